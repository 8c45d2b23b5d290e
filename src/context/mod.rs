//! What stands around a mention and takes part in its verdict: one file a question.

pub mod layout;
pub mod needs;
pub mod negation;
pub mod setting;
pub mod voice;
