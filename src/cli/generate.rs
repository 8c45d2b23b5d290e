//! What is made from the definitions themselves: schemas, completions, manual pages.

use std::io::{self, Write};

use clap::CommandFactory;

use super::args::{Cli, CompletionsArgs, ManArgs, Schema, SchemaArgs};
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
    let mut title = caselint::NAME.to_owned();
    for name in &args.command {
        let Some(below) = command.find_subcommand(name) else {
            return Err(Error::NoCommand { name: args.command.join(" ") });
        };
        title = format!("{title}-{name}");
        command = below.clone();
    }
    let mut page = Vec::new();
    let source = format!("{} {}", caselint::NAME, caselint::VERSION);
    clap_mangen::Man::new(command.display_name(&title))
        .title(&title)
        .source(source)
        .manual("caselint")
        .render(&mut page)?;
    io::stdout().lock().write_all(unfilled(&String::from_utf8_lossy(&page)).as_bytes())?;
    Ok(Status::Clear)
}

/// The page with its examples as they stand: the generator would fill their lines, under the heading EXTRA.
fn unfilled(page: &str) -> String {
    let Some((before, after)) = page.split_once(".SH EXTRA\n") else {
        return page.to_owned();
    };
    let (examples, rest) = after.split_at(after.find("\n.SH ").map_or(after.len(), |at| at + 1));
    format!("{before}.SH NOTES\n.nf\n{}\n.fi\n{rest}", examples.trim_end())
}
