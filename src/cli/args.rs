//! The command line as it is written.

use std::num::NonZero;
use std::path::PathBuf;

use caselint::policy::FailOn;
use caselint::{Ask, Date};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::hook::HookArgs;
#[cfg(feature = "register")]
use super::register_args::{REVIEW_EXAMPLES, RegisterCommand, ReviewArgs, SIGNOFF_EXAMPLES, SignoffArgs};
use crate::input::{Column, Limit, TextPath, limits};
#[cfg(feature = "serve")]
use crate::serve::{ServeArgs, TokenArgs};

const EXIT_STATUS: &str = "\
Exit status:
  0  nothing found that asks for --fail-on or more
  1  something found
  2  a file or record could not be read, or the command is wrong (also where something was found)
  130  ended by Ctrl-C; what was written is complete up to there";

const EXAMPLES: &str = "\
Examples:
  caselint check visit.txt                  one note
  caselint check cases/                     every file below a folder that can be read
  caselint case cases/0412/                 the records of one child together, in order of date
  caselint explain consent/consented        why a phrase matters, and what to write and ask instead
  caselint help check                       all that check can do";

const CHECK_EXAMPLES: &str = "\
Examples:
  caselint check visit.txt                  one note
  caselint check cases/                     every file below a folder that can be read
  caselint check --compact cases/           a line a finding: path:line:column: ask rule phrase
  caselint check --format json notes.jsonl  one JSON document, for programs
  caselint check - < visit.txt              a note from standard input
  caselint check --fail-on reword cases/    fail only where the writer should choose another word
  caselint check --summary-only cases/      how often findings come, by family, team and month
  caselint check --template form.docx cases/              with a blank form, whose own words are left alone
  caselint check --format csv --output found.csv cases/   a table for analysts, without the words
  caselint check --baseline last-month.json cases/        only what is new since an earlier --format json
  caselint check export.jsonl --format jsonl --output found.jsonl --resume found.state
                                            a large file; the same command goes on where it was interrupted
  caselint check report.docx mails.mbox     documents and mails; a finding tells paragraph, page, row or message
  caselint check --column text=Note --column id=Ref export.csv

Files that are read: .txt, .md, .docx, .odt, .rtf, .pdf, .html, .eml, .mbox, .csv, .tsv, .xlsx, .json, .jsonl and .zip, by content where the
name lies.

A .txt or .md note may begin with what is known of it:
  ---
  date: 21/03/2014
  subject:
    age: 12
  ---

A .jsonl file holds a record a line: {\"id\": \"…\", \"text\": \"…\", \"subject\": {\"age\": 12}}";

const CONFIG_HELP: &str = "\
Configuration:
  What a team always wants stands in a file caselint.toml in the working folder or in one above it. Flags win over it.
    profile = \"core\"
    on = [\"care-words\"]
    off = [\"behaviour/old-for-her-years\"]
    lexicons = [\"our-words.toml\"]
    local_procedure = \"Ring the front door team on 01234 567890 today.\"
    fail_on = \"reword\"
    [ask]
    \"engagement/missed-appointments\" = \"consider\"
    [subject]
    age = 15";

const CASE_EXAMPLES: &str = "\
Examples:
  caselint case cases/0412/                 every record of one child, below a folder
  caselint case chronology.md               a chronology with dated entries
  caselint case log.jsonl letters/          several files and folders together
  caselint case --format json cases/0412/   one JSON document, for programs

A record takes its date from its metadata, or from its head. A chronology is read entry by entry, each with its own date:
  | 12/07/2010 | School | Rang mother, no reply. |
What has no date stands apart, at the end.

Exit status:
  0  the case was read
  2  a file or record could not be read (the others were), or the command is wrong";

const ANNOTATE_EXAMPLES: &str = "\
Examples:
  caselint annotate notes.docx -o reviewed.docx     a Word comment at each finding
  caselint annotate visit.txt -o visit-marked.txt   phrases in [[ ]] with numbers, and the notes at the end

The file that is read is never changed, and nothing that somebody wrote is changed in the copy. Word takes no comments in headers, footers
and notes: what is found there is listed in a comment at the top of the copy, and told.

Exit status:
  0  the copy was written
  2  the file could not be read, or the copy not be written";

const REPORT_EXAMPLES: &str = "\
Examples:
  caselint report cases/ -o report.html     every record below a folder
  caselint report cases/0412/ --one-case --title \"Case 0412\" -o report.html
                                            the records of one child, with each phrase from whoever said it first
  caselint report export.csv --show-left -o report.html      also what was seen and left alone, and why

Records that bear the number of one case are also read together, as by caselint case.

Exit status:
  0  the page was written, whatever was found
  2  a file or record could not be read (the page names it), or the command is wrong";

const TRIAL_EXAMPLES: &str = "\
Examples:
  caselint trial cases/ -n 60 -o sheet.html           writes sheet.html for readers, and sheet.key.json, which you keep
  caselint trial read --key sheet.key.json answers-*.json
                                                      how often the readers agreed, by family

Readers open the sheet in a browser, answer, and save a file of answers. A printed sheet can be typed in as CSV:
  sheet,item,answer
  5f0c2a9b1d3e,1,agree
  5f0c2a9b1d3e,2,cannot-tell

Exit status:
  0  the sheet was written, or the answers were read
  2  a file or record could not be read, or the command is wrong";

const RULES_EXAMPLES: &str = "\
Examples:
  caselint rules                            all concerns and gaps, by family
  caselint rules --family consent           those of one family
  caselint rules --format markdown          as tables, for a handbook
  caselint rules --format json              for programs";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  caselint explain consent/consented        the id stands in every finding
  caselint explain --lexicon our-words.toml local/our-phrase";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  caselint completions bash > ~/.local/share/bash-completion/completions/caselint
  caselint completions zsh > ~/.zfunc/_caselint
  caselint completions fish > ~/.config/fish/completions/caselint.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  caselint man > caselint.1
  caselint man check > caselint-check.1
  caselint man lexicon diff | man -l -
  caselint man --all ~/.local/share/man/man1";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  caselint schema output > caselint-output.json
  caselint schema case > caselint-case.json
  caselint schema summary > caselint-summary.json
  caselint schema lexicon > caselint-lexicon.json";

const HOOK_EXAMPLES: &str = "\
Examples:
  caselint hook --stage finalise < note.json      one record: {\"text\": \"…\"}, or {\"fields\": [{\"id\": \"said\", \"text\": \"…\"}]}
  caselint hook --stdio                           one request a line, for systems that keep a child process
  caselint hook --stage finalise --on-finalise block < note.json

A request may carry its own policy, which goes before the flags:
  {\"record\": {\"text\": \"…\"}, \"policy\": {\"stage\": \"finalise\", \"fail_on\": \"reword\"}, \"offsets\": \"utf-16\"}

The decision is save, prompt or block. A draft is always saved, and so is a note that cannot be checked. Where nothing else is asked for
the profile is core. No caselint.toml is looked for; --config names one.

Exit status:
  0  save; with --stdio, standard input has ended
  1  prompt or block
  2  the record could not be read, or the command is wrong: save";

#[cfg(feature = "serve")]
const SERVE_EXAMPLES: &str = "\
Examples:
  caselint serve                                  on http://127.0.0.1:8787, for this computer alone
  caselint serve --demo                           with the case-note form of examples/presave
  caselint token case-system --file tokens.txt
  caselint serve --address 0.0.0.0:8787 --tokens tokens.txt --tls-cert cert.pem --tls-key key.pem

  curl -H 'Content-Type: application/json' -d '{\"record\": {\"text\": \"…\"}, \"policy\": {\"stage\": \"finalise\"}}' \\
    http://127.0.0.1:8787/v1/check

What can be asked stands at /openapi.json and in docs/server.md. Where nothing else is asked for the profile is core. No caselint.toml is
looked for; --config names one. No text of a record is logged or kept.

Exit status:
  0  stopped by Ctrl-C or SIGTERM
  2  it did not start";

#[cfg(feature = "serve")]
const TOKEN_EXAMPLES: &str = "\
Examples:
  caselint token case-system --file tokens.txt    prints the token, and adds its hash to the file

To take a token back, take its line out of the file; a server that runs reads it again by itself.";

const LEXICON_CHECK_EXAMPLES: &str = "\
Examples:
  caselint lexicon check our-words.toml     on top of the built-in lexicon
  caselint lexicon check lexicons/          a changed copy of the built-in lexicon
  caselint lexicon check                    the built-in lexicon itself

Exit status:
  0  the lexicon is sound
  1  something is to mend
  2  a file could not be read";

const DIFF_EXAMPLES: &str = "\
Examples:
  caselint lexicon diff built-in our-words.toml notes/     what our words add
  caselint lexicon diff old-words/ new-words/ notes/       what an edit changes

A line a finding: - is one that goes, + is one that comes, ~ is one that asks for something else.

Exit status:
  0  the findings are the same
  1  they differ
  2  a file could not be read, or a lexicon is not sound";

const NEW_EXAMPLES: &str = "\
Examples:
  caselint lexicon new our-service > our-service.toml
  caselint lexicon check our-service.toml
  caselint check --lexicon our-service.toml notes/";

const SCORE_EXAMPLES: &str = "\
Examples:
  caselint score our-notes.jsonl            precision and recall on notes that you have labelled
  caselint score --errors our-notes.jsonl   also each miss and false alarm in its place
  caselint score --lexicon our-words.toml our-notes.jsonl
  caselint score --words lexicons/ our-notes.jsonl    with a changed copy of the built-in lexicon

A line of a labelled file is a record with its labels:
  {\"id\": \"n1\", \"text\": \"He absconded.\", \"labels\": [{\"start\": 3, \"end\": 12, \"family\": \"missing\", \"verdict\": \"flag\"}]}
Offsets count UTF-8 bytes. A label with the verdict leave also carries the row of the decision table. What bears no label should
not be flagged.

Exit status:
  0  scored
  2  a file or line could not be read";

/// Finds words in case records that blame a child who was harmed, or that stand without analysis.
///
/// A record without findings is not thereby a good one: only these rules have found nothing. No text leaves this computer.
#[derive(Debug, Parser)]
#[command(name = "caselint", version, arg_required_else_help = true, after_help = format!("{EXAMPLES}\n\n{EXIT_STATUS}"))]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check case records
    #[command(after_help = format!("{CHECK_EXAMPLES}\n\n{CONFIG_HELP}\n\n{EXIT_STATUS}"))]
    Check(CheckArgs),
    /// Write a page about records, for a supervisor: what was found on the whole, and each record with its phrases marked in place
    ///
    /// The page is one HTML file that loads nothing, can be read without scripts and prints on A4. It holds the text of records.
    #[command(after_help = format!("{REPORT_EXAMPLES}\n\n{CONFIG_HELP}"))]
    Report(ReportArgs),
    /// Find out on your own records how often findings are right: a blind sheet for readers, and what their answers come to
    ///
    /// The sheet shows mentions that were flagged and mentions that were left alone, mixed by chance, without saying which is which. That
    /// stands in a key, a file of its own without any text of a record. Give readers the sheet alone.
    #[command(after_help = TRIAL_EXAMPLES, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Trial(TrialArgs),
    /// Read the records of one child together, in order of date
    ///
    /// Shows who said a phrase first, who repeated it and whether it was ever questioned; how the words about the child change; contacts
    /// missed in a row; disclosures without analysis; plans without review; and passages that were copied.
    #[command(after_help = format!("{CASE_EXAMPLES}\n\n{CONFIG_HELP}"))]
    Case(CaseArgs),
    /// Write a copy of a document with a comment at each finding
    #[command(after_help = format!("{ANNOTATE_EXAMPLES}\n\n{CONFIG_HELP}"))]
    Annotate(AnnotateArgs),
    /// Decide on findings one by one, without touching a record
    #[cfg(feature = "register")]
    #[command(after_help = format!("{REVIEW_EXAMPLES}\n\n{CONFIG_HELP}"))]
    Review(ReviewArgs),
    /// Sign off records of which every finding was decided on
    #[cfg(feature = "register")]
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    #[command(after_help = format!("{SIGNOFF_EXAMPLES}\n\n{CONFIG_HELP}"))]
    Signoff(Box<SignoffArgs>),
    /// Export what a register holds, or remove what is past its time
    #[cfg(feature = "register")]
    #[command(subcommand)]
    Register(RegisterCommand),
    /// List the concerns and gaps that are looked for
    #[command(after_help = RULES_EXAMPLES)]
    Rules(RulesArgs),
    /// Explain a concern or gap: why it matters, what to write and ask instead, sources, phrases, examples
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// Answer a case system before a note is saved: one record from standard input, or one a line
    #[command(after_help = HOOK_EXAMPLES, mut_arg("no_config", |arg| arg.hide(true)))]
    Hook(HookArgs),
    /// Serve such answers over HTTP
    #[cfg(feature = "serve")]
    #[command(after_help = SERVE_EXAMPLES, mut_arg("no_config", |arg| arg.hide(true)))]
    Serve(Box<ServeArgs>),
    /// Make a token for a client of serve
    #[cfg(feature = "serve")]
    #[command(after_help = TOKEN_EXAMPLES)]
    Token(TokenArgs),
    /// Measure precision and recall on records that somebody has labelled
    #[command(after_help = SCORE_EXAMPLES)]
    Score(ScoreArgs),
    /// Learn on invented notes: mark phrases, sort them, and write the analysis that they lack
    #[command(after_help = super::train::EXAMPLES)]
    Train(super::train::TrainArgs),
    /// Work on lexicons
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// Write the JSON Schema of what caselint writes or reads
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema(SchemaArgs),
    /// Write the completions for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Read one document from standard input, for `check`
    #[command(hide = true)]
    ReadDocument,
    /// Write the manual page of caselint or of one of its commands
    #[command(after_help = MAN_EXAMPLES)]
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// How findings are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,

    /// A line a finding, as --format compact
    #[arg(long, conflicts_with = "format")]
    pub compact: bool,

    /// Also list the mentions that were seen and left alone, with the reason
    #[arg(long)]
    pub show_left: bool,

    /// Show what led to each verdict: the row of the decision table, who speaks, and what was looked for and not found
    #[arg(long)]
    pub explain: bool,

    /// Write no findings, but how often they come in 1,000 words: by family, ask, voice, team and month
    #[arg(long, conflicts_with = "compact")]
    pub summary_only: bool,

    /// With --format csv or parquet: write the words too
    #[arg(long)]
    pub with_text: bool,

    /// With --format csv or parquet: write fingerprints, made with the secret in this file, such as one of openssl rand -hex 32
    ///
    /// A fingerprint stays the same while its sentence does. Without the secret nobody can find out which sentence it was made from. Keep
    /// the file where the records are, not where the table goes.
    #[arg(long, value_name = "FILE")]
    pub hash_key: Option<PathBuf>,

    /// The mildest finding that makes the exit status 1; analyse where nothing is said
    #[arg(long, value_enum, value_name = "ASK")]
    pub fail_on: Option<FailOn>,

    /// An earlier output of check, as json, jsonl or sarif: what it holds is counted apart and does not count for the exit status
    ///
    /// A finding is known by its rule and its sentence, wherever they stand. What the baseline holds and is found no more is told.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// When to use colour; NO_COLOR is heeded
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColorWhen,

    /// Write no findings and no summary, only errors; the exit status tells
    #[arg(short, long)]
    pub quiet: bool,

    /// Write to this file instead of standard output; the summary then goes to standard error
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Keep in this file how far the run has come, and continue an interrupted one from there
    ///
    /// Give the same command again: what was written to --output is kept, and no record is lost or repeated. The file goes when the run
    /// is complete. It holds no text of a record. A run is not continued where an option, the lexicon or a file of the input has changed.
    #[arg(long, value_name = "FILE", requires = "output")]
    pub resume: Option<PathBuf>,

    #[command(flatten)]
    pub records: RecordsArgs,
}

/// The records that a command checks.
#[derive(Debug, Args)]
pub struct RecordsArgs {
    /// Files, folders, or - for standard input; standard input where nothing is named
    ///
    /// Folders are read with all folders below them. Hidden files and those that a .gitignore or .ignore file names are not read.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// How many records are checked at a time; as many as there are processor cores where nothing is said
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,

    /// A blank form: what is printed in it is left alone in records; may be given several times
    #[arg(long, value_name = "FILE")]
    pub template: Vec<PathBuf>,

    /// What standard input holds
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub stdin_format: StdinFormat,

    #[command(flatten)]
    pub reading: ReadingArgs,

    #[command(flatten)]
    pub wanted: WantedArgs,
}

#[derive(Debug, Args)]
pub struct ReportArgs {
    #[command(flatten)]
    pub records: RecordsArgs,

    /// Write the page to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// What the records are, for the heading, such as the name of a team
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// The day that the page bears; today where nothing is said
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,

    /// Also show the mentions that were seen and left alone, and why
    #[arg(long)]
    pub show_left: bool,

    /// All records are of one child: also read them together
    #[arg(long)]
    pub one_case: bool,
}

#[derive(Debug, Args)]
pub struct TrialArgs {
    #[command(subcommand)]
    pub read: Option<TrialCommand>,

    #[command(flatten)]
    pub draw: DrawArgs,
}

#[derive(Debug, Subcommand)]
pub enum TrialCommand {
    /// Tell what the answers of readers come to
    #[command(after_help = TRIAL_EXAMPLES)]
    Read(TrialReadArgs),
}

#[derive(Debug, Args)]
pub struct DrawArgs {
    #[command(flatten)]
    pub records: RecordsArgs,

    /// How many mentions the sheet has: half of them flagged and half left alone, as far as there are so many
    #[arg(short = 'n', long = "number", value_name = "N", default_value_t = 60)]
    pub number: usize,

    /// The same records, number and seed give the same sheet
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,

    /// The file for the sheet; the key goes beside it, as FILE with .key.json
    #[arg(short, long, value_name = "FILE", required = true)]
    pub output: Option<PathBuf>,

    /// What the records are, for the heading
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// The day that the sheet bears; today where nothing is said
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
}

#[derive(Debug, Args)]
pub struct TrialReadArgs {
    /// Files of answers, one a reader, as the sheet saves them
    #[arg(value_name = "ANSWERS", required = true)]
    pub answers: Vec<PathBuf>,

    /// The key that was written with the sheet
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,

    /// How figures are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: ScoreFormat,
}

#[derive(Debug, Args)]
pub struct CaseArgs {
    /// Files, folders, or - for standard input; standard input where nothing is named
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// How the case is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: CaseFormat,

    /// When to use colour; NO_COLOR is heeded
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColorWhen,

    /// What standard input holds: a note, or a record a line
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub stdin_format: StdinFormat,

    #[command(flatten)]
    pub reading: ReadingArgs,

    #[command(flatten)]
    pub wanted: WantedArgs,
}

#[derive(Debug, Args)]
pub struct AnnotateArgs {
    /// A .docx, .md or .txt file
    #[arg(value_name = "FILE")]
    pub path: PathBuf,

    /// The copy to write; never the file that is read
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    /// Write over a copy that is there already
    #[arg(long)]
    pub force: bool,

    #[command(flatten)]
    pub reading: ReadingArgs,

    #[command(flatten)]
    pub wanted: WantedArgs,
}

/// How a case is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CaseFormat {
    /// What matters first, then the chronology, then each matter in full
    #[default]
    Terminal,
    /// One JSON document
    Json,
}

/// How files are read.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "How files are read")]
pub struct ReadingArgs {
    /// A column of .csv, .tsv and .xlsx files: text=NAME, id=NAME, date=NAME and the like; may be given several times
    ///
    /// The name is that of the header, or a number from 1. The keys are those of a record: text, id, date, age, date_of_birth, genre,
    /// agency, team, author, case and learning_disability. Several columns of text are read in order as the boxes of one form. Where no
    /// text is named, columns are guessed from the header and the first rows, and the guess is told on standard error.
    #[arg(long, value_name = "KEY=NAME")]
    pub column: Vec<Column>,

    /// The first row of .csv, .tsv and .xlsx files is a record; columns are then named by their numbers
    #[arg(long)]
    pub no_header: bool,

    /// The keys that lead to the texts of .json and .jsonl files, with dots between them, such as notes.body
    ///
    /// A list is read item by item. Each text is a record; keys of caselint beside it, such as id and date, count.
    #[arg(long, value_name = "KEYS")]
    pub text_path: Option<TextPath>,

    /// The most that is read before a file is refused: NAME=VALUE; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = limits::parse, long_help = limit_help())]
    pub limit: Vec<(Limit, u64)>,
}

fn limit_help() -> String {
    format!(
        "The most that is read before a file is refused: NAME=VALUE; may be given several times\n\nThe names, with what holds \
         where nothing is said: {}. A file that is read record by record, such as .csv, may be larger than file-size, and its \
         records may not.",
        limits::help()
    )
}

/// What is looked for, and what is known of the records.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "What is looked for")]
pub struct WantedArgs {
    /// A further lexicon file; may be given several times
    #[arg(long, value_name = "FILE")]
    pub lexicon: Vec<PathBuf>,

    /// A choice among families: full, core, or one of your own
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,

    /// Look for these families only; commas between several
    #[arg(long, value_name = "FAMILY", value_delimiter = ',')]
    pub family: Vec<String>,

    /// Look for a family, concern or gap besides; commas between several
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub on: Vec<String>,

    /// Leave a family, concern or gap out; commas between several
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub off: Vec<String>,

    /// What the findings of a family, concern or gap ask: ID=reword, ID=analyse or ID=consider
    #[arg(long, value_name = "ID=ASK", value_parser = ask)]
    pub ask: Vec<(String, Ask)>,

    /// The subject's age in years, for records that do not say it
    #[arg(long, value_name = "YEARS")]
    pub subject_age: Option<u8>,

    /// The nation whose law messages may state: england-wales, scotland, northern-ireland or none
    #[arg(long, value_name = "NATION")]
    pub jurisdiction: Option<String>,

    /// A line on what to do locally, for messages about a child under 13
    #[arg(long, value_name = "TEXT")]
    pub local_procedure: Option<String>,

    /// Read this configuration, and look for no caselint.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Look for no caselint.toml
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

/// Reads `ID=ASK`.
fn ask(text: &str) -> Result<(String, Ask), String> {
    let (name, ask) = text.split_once('=').ok_or("write ID=ASK, such as engagement/missed-appointments=consider")?;
    let ask = match ask {
        "reword" => Ask::Reword,
        "analyse" => Ask::Analyse,
        "consider" => Ask::Consider,
        _ => return Err(format!("`{ask}` is no ask; it is reword, analyse or consider")),
    };
    Ok((name.to_owned(), ask))
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
    /// A row a finding, for spreadsheets and analysts, without the words
    Csv,
    /// SARIF 2.1.0, for systems that review code
    Sarif,
    /// The same rows as Parquet
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// Whether each line of it stands for itself.
    pub fn is_of_lines(self) -> bool {
        matches!(self, Format::Compact | Format::Jsonl | Format::Csv)
    }

    /// Whether it has a row a finding.
    pub fn is_table(self) -> bool {
        match self {
            Format::Csv => true,
            #[cfg(feature = "parquet")]
            Format::Parquet => true,
            _ => false,
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
    /// A note, or a document that is known by what it begins with, such as .docx, .rtf or .pdf
    #[default]
    Text,
    Jsonl,
    Json,
    Csv,
    Eml,
    Mbox,
}

#[derive(Debug, Args)]
pub struct RulesArgs {
    /// The concerns of this family only; gap: the gaps
    #[arg(long, value_name = "FAMILY")]
    pub family: Option<String>,

    /// How they are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: RulesFormat,

    /// A further lexicon file; may be given several times
    #[arg(long, value_name = "FILE")]
    pub lexicon: Vec<PathBuf>,
}

/// How concerns are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum RulesFormat {
    #[default]
    Text,
    Json,
    Markdown,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The concern or gap, as a finding names it
    #[arg(value_name = "FAMILY/ID")]
    pub rule: String,

    /// A further lexicon file; may be given several times
    #[arg(long, value_name = "FILE")]
    pub lexicon: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// Files of labelled records (.jsonl), or folders that hold some
    #[arg(value_name = "LABELLED", required = true)]
    pub paths: Vec<PathBuf>,

    /// Also list each miss and false alarm, with the text around it
    #[arg(long)]
    pub errors: bool,

    /// How figures are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: ScoreFormat,

    /// Score these lexicon files: one that bears the path of a built-in one takes its place, others stand on top
    #[arg(long, value_name = "PATH", conflicts_with_all = ["lexicon", "profile", "family", "on", "off", "config"])]
    pub words: Vec<PathBuf>,

    #[command(flatten)]
    pub wanted: WantedArgs,
}

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ScoreFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// What the schema describes
    #[arg(value_enum, value_name = "WHAT")]
    pub what: Schema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Schema {
    /// The document of check --format json; a line of jsonl is one of its records
    Output,
    /// The document of case --format json
    Case,
    /// The document of check --summary-only --format json
    Summary,
    /// A lexicon file
    Lexicon,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub struct ManArgs {
    /// The command, such as check or lexicon diff; caselint itself where none is named
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,

    /// Write the pages of all commands into this folder, as files such as caselint-check.1
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    pub all: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Check lexicon files, and run every example in them
    #[command(after_help = LEXICON_CHECK_EXAMPLES)]
    Check(LexiconCheckArgs),
    /// Write a lexicon file to begin with
    #[command(after_help = NEW_EXAMPLES)]
    New(LexiconNewArgs),
    /// Tell which findings in notes a change of lexicons makes or unmakes
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(LexiconDiffArgs),
}

#[derive(Debug, Args)]
pub struct LexiconCheckArgs {
    /// Lexicon files, or folders with .toml files; the built-in lexicon where nothing is named
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct LexiconNewArgs {
    /// The family of the concerns: lower-case words with hyphens, your own or one that exists
    #[arg(value_name = "FAMILY")]
    pub family: String,
}

#[derive(Debug, Args)]
pub struct LexiconDiffArgs {
    /// A lexicon file or folder, on top of the built-in lexicon; or the word built-in
    #[arg(value_name = "OLD")]
    pub old: PathBuf,

    /// A lexicon file or folder, on top of the built-in lexicon; or the word built-in
    #[arg(value_name = "NEW")]
    pub new: PathBuf,

    /// Notes: files or folders
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
}
