//! `caselint rules`: the concerns as a list.

use std::io::{self, Write};

use caselint::lexicon::schema::{AgeWording, Protected, Strength};
use caselint::upkeep::{Catalogue, Entry};
use serde::Serialize;

use super::args::{RulesArgs, RulesFormat};
use super::{Error, Status, wanted};
use crate::report::{count, name_of, safe};

/// Lists the concerns.
pub fn run(args: &RulesArgs) -> Result<Status, Error> {
    let catalogue = Catalogue::new(&wanted::lexicons(&args.lexicon)?).map_err(|errors| Error::Lexicon(errors.to_string()))?;
    let entries = match &args.family {
        Some(family) => catalogue.family(family)?,
        None => catalogue.entries.iter().collect(),
    };
    let out = &mut io::stdout().lock();
    match args.format {
        RulesFormat::Text => text(out, &entries),
        RulesFormat::Markdown => markdown(out, &entries),
        RulesFormat::Json => json(out, &entries),
    }?;
    Ok(Status::Clear)
}

/// The entries by family; they come in order of it.
fn families<'a>(entries: &'a [&'a Entry]) -> impl Iterator<Item = (&'a str, &'a [&'a Entry])> {
    entries
        .chunk_by(|one, other| one.family == other.family)
        .map(|family| (family[0].family.as_str(), family))
}

fn text(out: &mut dyn Write, entries: &[&Entry]) -> io::Result<()> {
    for (family, entries) in families(entries) {
        writeln!(out, "{}", safe(family))?;
        for entry in entries {
            let strength = name_of(entry.concern.strength);
            let note = if entry.concern.default { "" } else { "  (off until asked for)" };
            writeln!(out, "  {strength:<9} {}{note}", safe(&entry.name))?;
        }
        writeln!(out)?;
    }
    let of = |strength| entries.iter().filter(|e| e.concern.strength == strength).count();
    let off = entries.iter().filter(|e| !e.concern.default).count();
    let concerns = count(entries.len(), "concern");
    writeln!(out, "{concerns}, {off} off until asked for.")?;
    writeln!(out, "  {} blaming: the words judge in anyone's hands", of(Strength::Blaming))?;
    writeln!(out, "  {} context: the words can be proper, with analysis beside them", of(Strength::Context))?;
    writeln!(out, "What one means: caselint explain FAMILY/ID")
}

fn markdown(out: &mut dyn Write, entries: &[&Entry]) -> io::Result<()> {
    writeln!(out, "# Concerns")?;
    for (family, entries) in families(entries) {
        writeln!(out, "\n## {}\n\n| concern | strength | why it matters |\n| --- | --- | --- |", cell(family))?;
        for entry in entries {
            let off = if entry.concern.default { "" } else { ", off until asked for" };
            let strength = name_of(entry.concern.strength);
            writeln!(out, "| `{}` | {strength}{off} | {} |", cell(&entry.concern.id), cell(&entry.concern.why))?;
        }
    }
    Ok(())
}

fn cell(text: &str) -> String {
    safe(text).replace('|', "\\|")
}

/// A concern as programs get it.
#[derive(Serialize)]
struct Rule<'a> {
    rule: &'a str,
    family: &'a str,
    aliases: &'a [String],
    strength: Strength,
    protects: &'a [Protected],
    default: bool,
    why: &'a str,
    age: &'a [AgeWording],
    reframe: &'a [String],
    questions: &'a [String],
    sources: &'a [String],
}

fn json(out: &mut dyn Write, entries: &[&Entry]) -> io::Result<()> {
    let rules = entries.iter().map(|entry| {
        let concern = &entry.concern;
        Rule {
            rule: &entry.name,
            family: &entry.family,
            aliases: &concern.aliases,
            strength: concern.strength,
            protects: &concern.protects,
            default: concern.default,
            why: &concern.why,
            age: &concern.ages,
            reframe: &concern.reframe,
            questions: &concern.questions,
            sources: &concern.sources,
        }
    });
    serde_json::to_writer_pretty(&mut *out, &rules.collect::<Vec<_>>())?;
    writeln!(out)
}
