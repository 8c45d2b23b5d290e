//! caselint reads free-text case records and reports the phrases that blame a person who was harmed, or that stand without the
//! analysis they need.
//!
//! ```
//! use caselint::{Linter, Record};
//!
//! let linter = Linter::builder().build()?;
//! let outcome = linter.check(&Record::from_text("She puts herself at risk."));
//! assert_eq!(outcome.findings[0].text, "puts herself at risk");
//! # Ok::<(), caselint::BuildError>(())
//! ```
//!
//! # The way through the house
//!
//! A [`Record`] becomes one text ([`whole`]), which is folded so that curly quotes, hyphens and accents no longer matter ([`text`]).
//! One pass over its words ([`scan`]) finds every pattern ([`pattern`]) of the [`lexicon`]. Hits that overlap are settled ([`resolve`]).
//! Each mention that is left is weighed ([`weigh`]): what stands around it is read ([`context`]), and the decision table gives a
//! [`verdict`]. What an entry or the record leaves out is looked for last ([`gaps`]). Then [`compose`] writes the [`Finding`].
//!
//! Nothing here reads a file, a clock or the environment, or prints; and nothing here knows English, save for the morphology in
//! [`pattern::inflect`].
#![forbid(unsafe_code)]
#![deny(clippy::disallowed_macros, clippy::disallowed_methods, clippy::disallowed_types)]

#[cfg(feature = "documents")]
pub mod annotate;
pub mod case;
mod compose;
pub mod config;
mod context;
#[cfg(feature = "documents")]
pub mod documents;
pub mod finding;
mod gaps;
pub mod lexicon;
mod linter;
pub mod offsets;
mod pack;
pub mod page;
mod pattern;
pub mod policy;
mod printed;
mod random;
pub mod record;
#[cfg(feature = "register")]
pub mod register;
mod resolve;
mod scan;
pub mod score;
mod settings;
#[cfg(feature = "serve")]
mod shapes;
pub mod tell;
mod text;
pub mod train;
pub mod trial;
pub mod upkeep;
mod verdict;
mod weigh;
mod whole;

pub use finding::{Ask, Evidence, Finding, Form, Kind, Location, Outcome, Reason, Verdict, Voice, Who};
pub use linter::{BuildError, Linter, LinterBuilder};
pub use printed::{Printed, Standing};
pub use record::{Date, Field, Record, Subject};

/// The name and version of this program, for output.
pub const NAME: &str = env!("CARGO_PKG_NAME");
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
