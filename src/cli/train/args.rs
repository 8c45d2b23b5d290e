//! `caselint train` as it is written.

use std::path::PathBuf;

use clap::{Args, Subcommand};

pub const EXAMPLES: &str = "\
Examples:
  caselint train                            all exercises, from where you left off
  caselint train first-sight                one set; caselint train list names them
  caselint train add-the-analysis/03-the-late-train --again
  caselint train progress                   what you have seen and missed, by family
  caselint train forget                     delete what is kept of you
  caselint train export --print pack/       handout, answers and notes for a session of 45 minutes
  caselint train export --static course/ --page caselint.html
                                            a page for a shared drive, and a SCORM package
  caselint train new note.txt > set/new.toml
  caselint train check our-exercises/

What you do is kept on this computer only: which exercises you have done, and how many phrases of each family you saw and missed. Your
words are not kept, and nobody is given a mark.";

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct TrainArgs {
    #[command(subcommand)]
    pub command: Option<TrainCommand>,

    /// A set, such as first-sight, or one exercise of it; all where nothing is named
    #[arg(value_name = "SET")]
    pub name: Option<String>,

    /// Do what you have already done as well
    #[arg(long)]
    pub again: bool,

    #[command(flatten)]
    pub course: CourseArgs,

    #[command(flatten)]
    pub progress: ProgressArgs,
}

#[derive(Debug, Subcommand)]
pub enum TrainCommand {
    /// List the sets and their exercises
    List(CourseArgs),
    /// Validate exercises, and compare the linter's verdicts with their keys
    Check(CheckArgs),
    /// Write a new exercise file for a note: the linter proposes, you decide
    New(NewArgs),
    /// Write a pack for a session, or a folder and a SCORM package that run in a browser
    Export(ExportArgs),
    /// Show what you have seen and missed, by family
    Progress(ProgressArgs),
    /// Delete what is kept of your training
    Forget(ProgressArgs),
    /// Add up several progress files, without names
    Group(GroupArgs),
}

#[derive(Debug, Default, Args)]
pub struct CourseArgs {
    /// Your own exercises: a folder with a folder for each set, instead of those that come with caselint
    #[arg(long, value_name = "FOLDER")]
    pub exercises: Option<PathBuf>,
}

#[derive(Debug, Default, Args)]
pub struct ProgressArgs {
    /// Where your progress is kept; caselint/training.json in your data folder where nothing is said
    #[arg(long, value_name = "FILE")]
    pub progress: Option<PathBuf>,

    /// Keep nothing
    #[arg(long, conflicts_with = "progress")]
    pub no_progress: bool,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Exercise files, or folders that hold some; the exercises that come with caselint where nothing is named
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// An invented note, .txt or .md. Never use a real one
    #[arg(value_name = "NOTE")]
    pub note: PathBuf,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// A set or one exercise; for --print the exercises of the session of 45 minutes where nothing is named, or all where none is of it
    #[arg(value_name = "SET")]
    pub name: Option<String>,

    /// Write the pack for a session into this folder, as pages to print
    #[arg(long, value_name = "FOLDER", required_unless_present = "static_folder")]
    pub print: Option<PathBuf>,

    /// Write a folder that runs from a shared drive, and beside it a SCORM 1.2 package (.zip) for a learning-management system
    #[arg(long = "static", value_name = "FOLDER", requires = "page")]
    pub static_folder: Option<PathBuf>,

    /// With --static: caselint.html, which brings the linter for browsers
    #[arg(long, value_name = "FILE", requires = "static_folder", required_unless_present = "print")]
    pub page: Option<PathBuf>,

    #[command(flatten)]
    pub course: CourseArgs,
}

#[derive(Debug, Args)]
pub struct GroupArgs {
    /// Progress files of several learners
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
}
