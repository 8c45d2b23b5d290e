//! The command line as it is written.

use std::path::PathBuf;

use caselint::Ask;
use clap::{Args, Parser, Subcommand, ValueEnum};

const EXIT_STATUS: &str = "\
Exit status:
  0  nothing found that asks for --fail-on or more
  1  something found
  2  a file or record could not be read, or the command is wrong (also where something was found)";

const CHECK_EXAMPLES: &str = "\
Examples:
  caselint check visit.txt                  one note
  caselint check cases/                     every .txt, .md and .jsonl file below a folder
  caselint check --compact cases/           a line a finding: path:line:column: ask rule phrase
  caselint check --format json notes.jsonl  one JSON document, for programs
  caselint check - < visit.txt              a note from standard input
  caselint check --fail-on reword cases/    fail only where the writer should choose another word

A .txt or .md note may begin with what is known of it:
  ---
  date: 21/03/2014
  subject:
    age: 12
  ---

A .jsonl file holds a record a line: {\"id\": \"…\", \"text\": \"…\", \"subject\": {\"age\": 12}}";

/// Finds words in case records that blame a child who was harmed, or that stand without analysis.
///
/// A record without findings is not thereby a good one: only these rules have found nothing. No text leaves this computer.
#[derive(Debug, Parser)]
#[command(name = "caselint", version, arg_required_else_help = true, after_help = EXIT_STATUS)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check case records
    #[command(after_help = format!("{CHECK_EXAMPLES}\n\n{EXIT_STATUS}"))]
    Check(CheckArgs),
    /// Work on lexicons
    #[command(subcommand)]
    Lexicon(LexiconCommand),
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Files, folders, or - for standard input; standard input where nothing is named
    ///
    /// Folders are read with all folders below them. Hidden files and those that a .gitignore or .ignore file names are not read.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,

    /// A line a finding, as --format compact
    #[arg(long, conflicts_with = "format")]
    pub compact: bool,

    /// Also list the mentions that were seen and left alone, with the reason
    #[arg(long)]
    pub show_left: bool,

    /// The mildest finding that makes the exit status 1
    #[arg(long, value_enum, default_value_t, value_name = "ASK")]
    pub fail_on: FailOn,

    /// When to use colour; NO_COLOR is heeded
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColorWhen,

    /// Write no findings and no summary, only errors; the exit status tells
    #[arg(short, long)]
    pub quiet: bool,

    /// A further lexicon file; may be given several times
    #[arg(long, value_name = "FILE")]
    pub lexicon: Vec<PathBuf>,

    /// What standard input holds: a note, or a record a line
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub stdin_format: StdinFormat,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Excerpts with explanations, for people
    #[default]
    Terminal,
    /// A line a finding
    Compact,
    /// One JSON document
    Json,
    /// A JSON object a record, each on a line
    Jsonl,
}

/// From which ask on the exit status is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum FailOn {
    /// Words that the writer should replace
    Reword,
    /// Also words that stand without analysis
    #[default]
    Analyse,
    /// Also advice on what is missing
    Consider,
    /// Nothing
    Never,
}

impl FailOn {
    /// The mildest ask that fails; `None` where none does.
    pub fn ask(self) -> Option<Ask> {
        match self {
            FailOn::Reword => Some(Ask::Reword),
            FailOn::Analyse => Some(Ask::Analyse),
            FailOn::Consider => Some(Ask::Consider),
            FailOn::Never => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum StdinFormat {
    #[default]
    Text,
    Jsonl,
}

#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Check lexicon files, and run every example in them
    Check(LexiconCheckArgs),
}

#[derive(Debug, Args)]
pub struct LexiconCheckArgs {
    /// Lexicon files, or folders with .toml files; the built-in lexicon where nothing is named
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}
