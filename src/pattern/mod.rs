//! The pattern language: read, compiled and matched.
//!
//! A pattern is parsed to an [`ast::Node`] ([`ast`]), its words and classes become sets of word ids ([`sets`], [`words`]), and the whole
//! becomes a small automaton held in a `u64` ([`nfa`]) that is run both ways around its anchor ([`matcher`]). Patterns are never
//! expanded to strings.

pub mod ast;
pub mod automata;
mod free;
pub mod inflect;
pub mod matcher;
pub mod nfa;
pub mod pronouns;
pub mod sets;
pub mod short;
pub mod words;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;
