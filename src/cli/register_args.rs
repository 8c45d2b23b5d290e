//! The command line of what decides on findings and keeps it.

use std::path::PathBuf;

use caselint::Ask;
use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use serde::Serialize;

use super::args::{ReadingArgs, WantedArgs};

pub const REVIEW_EXAMPLES: &str = "\
Examples:
  caselint review cases/0412/ --register reviews.db    decisions are kept; the same command goes on with what is left
  caselint review cases/0412/                          without a register: what was decided is printed at the end
  caselint review visit.docx --output decisions.json   or written to a file

Keys: r return to author, s for supervision, k kept, n not applicable here, w reworded, a analysis added; a capital letter decides the same
for all repeats in the record. Then a number gives a reason, t one in your own words, Enter none. . leaves it for later, u takes the last
decision back, m shows all of the advice, q stops. Where standard input is no terminal, each line is a key.

An entry that is signed already is never altered: what is reworded or added stands in a dated addendum beside it.

Exit status:
  0  every finding is decided on
  1  some are left
  2  a file could not be read, or the register not be used";

pub const SIGNOFF_EXAMPLES: &str = "\
Examples:
  caselint signoff cases/0412/ --by \"Jo Marsh\" --role \"team manager\" --register reviews.db
  caselint signoff cases/0412/ --by \"Jo Marsh\" --role \"team manager\" --register reviews.db -o signoff-0412
                                          also as signoff-0412.json and signoff-0412.html
  caselint signoff verify cases/0412/ --register reviews.db     whether records have changed since

It prints a paragraph for the note on management oversight, and for each record what goes back to its author. It is about wording alone, and
never says that a record is good.

Exit status:
  0  signed; for verify: nothing has changed
  1  not signed, since findings wait for a decision; for verify: something has changed
  2  something could not be read, or the register not be used";

const EXPORT_EXAMPLES: &str = "\
Examples:
  caselint register export reviews.db > decisions.csv
  caselint register export reviews.db --format json --output decisions.json";

const PURGE_EXAMPLES: &str = "\
Examples:
  caselint register purge reviews.db --before 2020-04-01     decisions and statements from before that day
  caselint register purge reviews.db --record visit-0412     decisions about one record

What is removed is wiped from the file, and cannot be brought back.";

/// Where decisions are kept.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Where decisions are kept")]
pub struct RegisterArgs {
    /// The register, one SQLite file; made where there is none
    ///
    /// It holds ids and names of records, keyed hashes, rules and decisions, and no text of a record. Decisions are appended, never changed.
    #[arg(long, value_name = "FILE")]
    pub register: Option<PathBuf>,

    /// The secret that its hashes are made with, in place of the one that is kept beside it as FILE.key
    #[arg(long, value_name = "FILE", requires = "register")]
    pub hash_key: Option<PathBuf>,
}

/// The files that are checked for the register.
#[derive(Debug, Args)]
pub struct FilesArgs {
    /// Files or folders
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// A blank form: what is printed in it is left alone in records; may be given several times
    #[arg(long, value_name = "FILE")]
    pub template: Vec<PathBuf>,

    #[command(flatten)]
    pub reading: ReadingArgs,

    #[command(flatten)]
    pub wanted: WantedArgs,
}

#[derive(Debug, Args)]
pub struct ReviewArgs {
    #[command(flatten)]
    pub files: FilesArgs,

    #[command(flatten)]
    pub ledger: RegisterArgs,

    /// Who decides; the user of this computer where nothing is said
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,

    /// The mildest finding that is shown
    #[arg(long, value_enum, default_value_t, value_name = "ASK")]
    pub threshold: Threshold,

    /// Keep the phrases in the register too
    #[arg(long, requires = "register")]
    pub keep_text: bool,

    /// Write what stands decided at the end to this file, as JSON
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct SignoffArgs {
    #[command(subcommand)]
    pub command: Option<SignoffCommand>,

    #[command(flatten)]
    pub files: FilesArgs,

    /// Who signs
    #[arg(long, value_name = "NAME", required = true)]
    pub by: Option<String>,

    /// As what, such as \"team manager\"
    #[arg(long, value_name = "ROLE", required = true)]
    pub role: Option<String>,

    /// The mildest finding that must be decided on
    #[arg(long, value_enum, default_value_t, value_name = "ASK")]
    pub threshold: Threshold,

    /// Write the statement to NAME.json and NAME.html too
    #[arg(short, long, value_name = "NAME")]
    pub output: Option<PathBuf>,

    /// The register that holds the decisions, and takes the statement; made where there is none
    #[arg(long, value_name = "FILE", required = true)]
    pub register: Option<PathBuf>,

    /// The secret that its hashes are made with, in place of the one that is kept beside it as FILE.key
    #[arg(long, value_name = "FILE")]
    pub hash_key: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum SignoffCommand {
    /// Tell whether records have changed since they were signed off
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    pub files: FilesArgs,

    /// The register that holds the statement
    #[arg(long, value_name = "FILE")]
    pub register: PathBuf,

    /// The secret of the register, in place of FILE.key
    #[arg(long, value_name = "FILE")]
    pub hash_key: Option<PathBuf>,

    /// A statement that was written to a file, in place of the last one of the register
    #[arg(long, value_name = "FILE")]
    pub statement: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum RegisterCommand {
    /// Write all decisions, withdrawn ones among them
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(ExportArgs),
    /// Remove decisions for good, as rules of retention ask
    #[command(after_help = PURGE_EXAMPLES)]
    Purge(PurgeArgs),
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The register
    #[arg(value_name = "FILE")]
    pub register: PathBuf,

    /// How it is written; json has the statements of sign-off too
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: ExportFormat,

    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How a register is written for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ExportFormat {
    #[default]
    Csv,
    Json,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).args(["before", "record"]))]
pub struct PurgeArgs {
    /// The register
    #[arg(value_name = "FILE")]
    pub register: PathBuf,

    /// What was decided and signed before this day, such as 2020-04-01
    #[arg(long, value_name = "DATE")]
    pub before: Option<String>,

    /// What was decided about this record, by the name that the register has for it
    #[arg(long, value_name = "NAME")]
    pub record: Option<String>,
}

/// From which ask on findings are to be decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Threshold {
    /// Words that the writer should replace
    Reword,
    /// Also words that stand without analysis
    #[default]
    Analyse,
    /// Also advice on what is missing
    Consider,
}

impl From<Threshold> for Ask {
    fn from(threshold: Threshold) -> Ask {
        match threshold {
            Threshold::Reword => Ask::Reword,
            Threshold::Analyse => Ask::Analyse,
            Threshold::Consider => Ask::Consider,
        }
    }
}
