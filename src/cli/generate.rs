//! What is made from the definitions themselves: schemas, completions, manual pages.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};

use super::args::{Cli, CompletionsArgs, ManArgs, Schema, SchemaArgs};
use super::files::of_file;
use super::{Error, Status};

static OUTPUT_SCHEMA: &str = include_str!("../../schemas/output.json");
static CASE_SCHEMA: &str = include_str!("../../schemas/case.json");
static SUMMARY_SCHEMA: &str = include_str!("../../schemas/summary.json");
static LEXICON_SCHEMA: &str = include_str!("../../schemas/lexicon.json");

/// `caselint schema`
pub fn schema(args: &SchemaArgs) -> Result<Status, Error> {
    let text = match args.what {
        Schema::Output => OUTPUT_SCHEMA,
        Schema::Case => CASE_SCHEMA,
        Schema::Summary => SUMMARY_SCHEMA,
        Schema::Lexicon => LEXICON_SCHEMA,
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Status::Clear)
}

/// `caselint completions`
pub fn completions(args: &CompletionsArgs) -> Result<Status, Error> {
    // Written to memory first: the generator panics where it cannot write.
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), caselint::NAME, &mut text);
    io::stdout().lock().write_all(&text)?;
    Ok(Status::Clear)
}

/// `caselint man`
pub fn man(args: &ManArgs) -> Result<Status, Error> {
    let mut command = Cli::command();
    command.build();
    if let Some(folder) = &args.all {
        fs::create_dir_all(folder).map_err(|error| of_file(folder, error))?;
        return pages(caselint::NAME, &command, folder).map(|()| Status::Clear);
    }
    let mut title = caselint::NAME.to_owned();
    for name in &args.command {
        let Some(below) = command.find_subcommand(name) else {
            return Err(Error::NoCommand { name: args.command.join(" ") });
        };
        title = format!("{title}-{name}");
        command = below.clone();
    }
    io::stdout().lock().write_all(page(&title, command)?.as_bytes())?;
    Ok(Status::Clear)
}

/// Writes the pages of a command and of those below it into a folder.
fn pages(title: &str, command: &Command, folder: &Path) -> Result<(), Error> {
    let path = folder.join(format!("{title}.1"));
    let written = page(title, command.clone())?;
    fs::write(&path, written).map_err(|error| of_file(&path, error))?;
    let mut below = command.get_subcommands().filter(|below| below.get_name() != "help" && !below.is_hide_set());
    below.try_for_each(|below| pages(&format!("{title}-{}", below.get_name()), below, folder))
}

fn page(title: &str, command: Command) -> io::Result<String> {
    let mut page = Vec::new();
    let source = format!("{} {}", caselint::NAME, caselint::VERSION);
    let command = command.display_name(title.to_owned());
    clap_mangen::Man::new(command).title(title).source(source).manual("caselint").render(&mut page)?;
    Ok(unfilled(&String::from_utf8_lossy(&page)))
}

/// The page with its examples as they stand: the generator would fill their lines, under the heading EXTRA.
fn unfilled(page: &str) -> String {
    let Some((before, after)) = page.split_once(".SH EXTRA\n") else {
        return page.to_owned();
    };
    let (examples, rest) = after.split_at(after.find("\n.SH ").map_or(after.len(), |at| at + 1));
    format!("{before}.SH NOTES\n.nf\n{}\n.fi\n{rest}", examples.trim_end())
}
