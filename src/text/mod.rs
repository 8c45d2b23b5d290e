//! The text of a record: folded to plain signs, and divided into entries, paragraphs, sentences and quotations.
//!
//! [`Text`] folds once and leads every offset back to the original. Everything else works on folded text, in bytes, and takes time
//! linear in it, however long its lines are.

mod bytes;
#[cfg(test)]
pub(crate) mod cases;
mod dates;
mod entries;
mod fold;
mod fold_table;
pub mod form;
mod lines;
mod people;
mod quotes;
mod sections;
mod sentences;
mod vocabulary;

pub use entries::{Entry, EntryKind, entries, head_date};
pub use fold::Text;
pub use lines::is_soft_break;
pub use quotes::{Quotation, quotations};
pub use sections::{is_heading, is_item, paragraphs};
pub use sentences::sentences;
pub use vocabulary::Vocabulary;
