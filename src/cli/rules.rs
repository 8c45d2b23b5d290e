//! `caselint rules`: the concerns and gaps as a list.

use std::io::{self, Write};

use caselint::lexicon::schema::{AgeWording, GAP_FAMILY, Protected, Scope, Strength};
use caselint::upkeep::{Catalogue, Entry, GapEntry};
use serde::Serialize;

use super::args::{RulesArgs, RulesFormat};
use super::{Error, Status, wanted};
use crate::report::{count, name_of, safe};

/// Lists the concerns and gaps.
pub fn run(args: &RulesArgs) -> Result<Status, Error> {
    let catalogue = Catalogue::new(&wanted::lexicons(&args.lexicon)?).map_err(|errors| Error::Lexicon(errors.to_string()))?;
    let entries = match &args.family {
        Some(family) => catalogue.family(family)?,
        None => catalogue.entries.iter().collect(),
    };
    let has_gaps = args.family.as_ref().is_none_or(|family| family == GAP_FAMILY);
    let gaps = if has_gaps { catalogue.gaps.as_slice() } else { &[] };
    let out = &mut io::stdout().lock();
    match args.format {
        RulesFormat::Text => text(out, &entries, gaps),
        RulesFormat::Markdown => markdown(out, &entries, gaps),
        RulesFormat::Json => json(out, &entries, gaps),
    }?;
    Ok(Status::Clear)
}

/// The entries by family; they come in order of it.
fn families<'a>(entries: &'a [&'a Entry]) -> impl Iterator<Item = (&'a str, &'a [&'a Entry])> {
    entries
        .chunk_by(|one, other| one.family == other.family)
        .map(|family| (family[0].family.as_str(), family))
}

fn text(out: &mut dyn Write, entries: &[&Entry], gaps: &[GapEntry]) -> io::Result<()> {
    for (family, entries) in families(entries) {
        writeln!(out, "{}", safe(family))?;
        for entry in entries {
            let strength = name_of(entry.concern.strength);
            writeln!(out, "  {strength:<9} {}{}", safe(&entry.name), note(entry.concern.default))?;
        }
        writeln!(out)?;
    }
    if !gaps.is_empty() {
        writeln!(out, "{GAP_FAMILY}")?;
        for GapEntry { name, gap, .. } in gaps {
            writeln!(out, "  {:<9} {}{}", name_of(gap.scope), safe(name), note(gap.default))?;
        }
        writeln!(out)?;
    }
    if !entries.is_empty() {
        text_of_concerns(out, entries)?;
    }
    if !gaps.is_empty() {
        let off = gaps.iter().filter(|entry| !entry.gap.default).count();
        writeln!(out, "{}, {off} off until asked for: what an entry, or the whole record, leaves out", count(gaps.len(), "gap"))?;
    }
    writeln!(out, "What one means: caselint explain FAMILY/ID")
}

fn note(default: bool) -> &'static str {
    if default { "" } else { "  (off until asked for)" }
}

/// How many concerns there are, and of which strength.
fn text_of_concerns(out: &mut dyn Write, entries: &[&Entry]) -> io::Result<()> {
    let of = |strength| entries.iter().filter(|e| e.concern.strength == strength).count();
    let off = entries.iter().filter(|e| !e.concern.default).count();
    let concerns = count(entries.len(), "concern");
    writeln!(out, "{concerns}, {off} off until asked for.")?;
    writeln!(out, "  {} blaming: the words judge in anyone's hands", of(Strength::Blaming))?;
    writeln!(out, "  {} context: the words can be proper, with analysis beside them", of(Strength::Context))
}

fn markdown(out: &mut dyn Write, entries: &[&Entry], gaps: &[GapEntry]) -> io::Result<()> {
    writeln!(out, "# Concerns")?;
    for (family, entries) in families(entries) {
        writeln!(out, "\n## {}\n\n| concern | strength | why it matters |\n| --- | --- | --- |", cell(family))?;
        for entry in entries {
            let off = if entry.concern.default { "" } else { ", off until asked for" };
            let strength = name_of(entry.concern.strength);
            writeln!(out, "| `{}` | {strength}{off} | {} |", cell(&entry.concern.id), cell(&entry.concern.why))?;
        }
    }
    if !gaps.is_empty() {
        writeln!(out, "\n## {GAP_FAMILY}\n\n| gap | of | what is looked for | why it matters |\n| --- | --- | --- | --- |")?;
    }
    for GapEntry { gap, .. } in gaps {
        let off = if gap.default { "" } else { ", off until asked for" };
        let (id, scope, sought, why) = (cell(&gap.id), name_of(gap.scope), cell(&gap.sought), cell(&gap.why));
        writeln!(out, "| `{id}` | {scope}{off} | {sought} | {why} |")?;
    }
    Ok(())
}

fn cell(text: &str) -> String {
    safe(text).replace('|', "\\|")
}

/// A concern or gap as programs get it.
#[derive(Serialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Rule<'a> {
    Phrase(Concern<'a>),
    Gap(Gap<'a>),
}

#[derive(Serialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
pub struct Concern<'a> {
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

#[derive(Serialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
pub struct Gap<'a> {
    rule: &'a str,
    family: &'a str,
    aliases: &'a [String],
    scope: Scope,
    under: Option<u8>,
    default: bool,
    sought: &'a str,
    why: &'a str,
    questions: &'a [String],
    sources: &'a [String],
}

impl<'a> From<&'a Entry> for Rule<'a> {
    fn from(Entry { name, family, concern, .. }: &'a Entry) -> Self {
        Rule::Phrase(Concern {
            rule: name,
            family,
            aliases: &concern.aliases,
            strength: concern.strength,
            protects: &concern.protects,
            default: concern.default,
            why: &concern.why,
            age: &concern.ages,
            reframe: &concern.reframe,
            questions: &concern.questions,
            sources: &concern.sources,
        })
    }
}

impl<'a> From<&'a GapEntry> for Rule<'a> {
    fn from(GapEntry { name, gap, .. }: &'a GapEntry) -> Self {
        Rule::Gap(Gap {
            rule: name,
            family: GAP_FAMILY,
            aliases: &gap.aliases,
            scope: gap.scope,
            under: gap.under,
            default: gap.default,
            sought: &gap.sought,
            why: &gap.why,
            questions: &gap.questions,
            sources: &gap.sources,
        })
    }
}

fn json(out: &mut dyn Write, entries: &[&Entry], gaps: &[GapEntry]) -> io::Result<()> {
    let rules: Vec<Rule> = entries.iter().copied().map(Rule::from).chain(gaps.iter().map(Rule::from)).collect();
    serde_json::to_writer_pretty(&mut *out, &rules)?;
    writeln!(out)
}
