//! What stands around a mention, and what the rows of the decision table make of it: one module a row.

pub mod age;
pub mod analysis;
pub mod cues;
pub mod general;
pub mod layout;
pub mod name;
mod named;
pub mod needs;
pub mod negation;
pub mod printed;
pub mod protection;
mod reasoning;
pub mod roles;
pub mod sentence;
pub mod setting;
pub mod voice;
pub mod wording;

#[cfg(not(target_family = "wasm"))]
use regex::{Captures, Regex};
#[cfg(target_family = "wasm")]
use regex_lite::{Captures, Regex};
