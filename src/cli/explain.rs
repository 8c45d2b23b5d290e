//! `caselint explain`: all that is known of a concern or gap, on a page.

use std::io::{self, Write};

use caselint::lexicon::schema::{Condition, Example, Gap, Phrase, Presence, Scope};
use caselint::upkeep::{Catalogue, Entry, Named};

use super::args::ExplainArgs;
use super::{Error, Status, wanted};
use crate::report::{lines, name_of, safe};

/// Everything fits into a terminal of this many columns.
const WIDTH: usize = 80;

/// Explains a concern or gap.
pub fn run(args: &ExplainArgs) -> Result<Status, Error> {
    let catalogue = Catalogue::new(&wanted::lexicons(&args.lexicon)?).map_err(|errors| Error::Lexicon(errors.to_string()))?;
    let named = catalogue.named(&args.rule)?;
    let mut page = Page { out: &mut io::stdout().lock() };
    match named {
        Named::Concern(entry) => {
            page.name(&entry.name, &args.rule)?;
            page.entry(entry, &catalogue)?;
        }
        Named::Gap(entry) => {
            page.name(&entry.name, &args.rule)?;
            page.gap(&entry.gap, &catalogue)?;
        }
        _ => {}
    }
    Ok(Status::Clear)
}

struct Page<'a> {
    out: &'a mut dyn Write,
}

impl Page<'_> {
    /// The name, and that it is another now where it was asked for by a former one.
    fn name(&mut self, name: &str, asked: &str) -> io::Result<()> {
        if name != asked {
            self.paragraph(&format!("{asked} is called {name} now."), "")?;
            self.blank()?;
        }
        self.paragraph(name, "")?;
        self.blank()
    }

    fn gap(&mut self, gap: &Gap, catalogue: &Catalogue) -> io::Result<()> {
        self.paragraph(&what_gap(gap), "")?;
        self.section("Why it matters", [&gap.why])?;
        self.section("Looks for, and does not find", [&gap.sought])?;
        self.section("To ask", &gap.questions)?;
        self.sources(&gap.sources, catalogue)?;
        for (number, presence) in gap.when.iter().enumerate() {
            self.section(&when(number, presence), presence.mentions.iter().map(|name| format!("findings of {name}")))?;
            let heading = if presence.mentions.is_empty() { when(number, presence) } else { "Or".to_owned() };
            self.section(&heading, presence.phrases.iter().map(phrase))?;
            self.section("Or, enough by themselves", presence.enough.iter().map(phrase))?;
            self.section("Leaves, as another sense", presence.leave.iter().map(phrase))?;
        }
        self.section("Filled by", gap.lacks.phrases.iter().map(phrase))?;
        let analysis = (!gap.lacks.analysis.is_empty()).then(|| gap.lacks.analysis.join(", "));
        self.section("Filled by the record's own analysis about", analysis)?;
        self.section("Filled by a challenge", gap.lacks.challenge.then_some("to something that was said"))?;
        self.section("Flagged, for example", gap.flags.iter().map(example))?;
        self.section("Left, for example", gap.leaves.iter().map(example))
    }

    fn entry(&mut self, entry: &Entry, catalogue: &Catalogue) -> io::Result<()> {
        let concern = &entry.concern;
        self.paragraph(&what(entry), "")?;
        self.section("Why it matters", [concern.why.clone()])?;
        for age in &concern.ages {
            let law = age.jurisdiction.as_ref().map_or(String::new(), |nation| format!(" ({nation})"));
            self.section(&format!("Where the child is under {}{law}", age.under), [age.why.clone()])?;
        }
        self.section("Could read", &concern.reframe)?;
        self.section("To ask", &concern.questions)?;
        self.sources(&concern.sources, catalogue)?;
        self.section("Looks for", concern.phrases.iter().map(phrase))?;
        self.section("Only where there is", concern.needs.iter().map(condition))?;
        self.section("Not where there is", concern.unless.iter().map(condition))?;
        self.section("Leaves, as another sense", concern.leave.iter().map(phrase))?;
        self.section("Flagged, for example", concern.flags.iter().map(example))?;
        self.section("Left, for example", concern.leaves.iter().map(example))
    }

    /// The publications in full. An address is never broken.
    fn sources(&mut self, cited: &[String], catalogue: &Catalogue) -> io::Result<()> {
        if !cited.is_empty() {
            self.blank()?;
            self.paragraph("Sources", "")?;
        }
        for cited in cited {
            let known = catalogue.source(cited);
            let text = match known {
                Some((source, place)) => source.in_full(place),
                None => format!("{cited} (in no sources file)"),
            };
            self.paragraph(&text, "  ")?;
            if let Some((source, _)) = known {
                writeln!(self.out, "    {}", safe(&source.url))?;
            }
        }
        Ok(())
    }

    /// A heading with its items; nothing where there are none.
    fn section(&mut self, heading: &str, items: impl IntoIterator<Item = impl AsRef<str>>) -> io::Result<()> {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return Ok(());
        }
        self.blank()?;
        self.paragraph(heading, "")?;
        items.try_for_each(|item| self.paragraph(item.as_ref(), "  "))
    }

    /// A text broken to the width, its later lines indented a little more.
    fn paragraph(&mut self, text: &str, indent: &str) -> io::Result<()> {
        let hang = if indent.is_empty() { "" } else { "  " };
        let text = safe(text);
        for (number, line) in lines(&text, WIDTH - indent.len() - hang.len()).into_iter().enumerate() {
            writeln!(self.out, "{indent}{}{line}", if number == 0 { "" } else { hang })?;
        }
        Ok(())
    }

    fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }
}

/// What kind of concern it is.
fn what(entry: &Entry) -> String {
    let concern = &entry.concern;
    let strength = match name_of(concern.strength).as_str() {
        "blaming" => {
            "These words judge in anyone's hands. The record's own are to be reworded; somebody else's need analysis beside them."
        }
        _ => "These words can be proper, with analysis beside them.",
    };
    let whom: Vec<&str> = concern
        .protects
        .iter()
        .map(|whom| match name_of(whom).as_str() {
            "child" => "a child",
            "adult-victim" => "an adult victim of domestic abuse",
            _ => "a parent",
        })
        .collect();
    let off = if concern.default { "" } else { " Off until asked for." };
    let whom = match whom.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => whom.concat(),
    };
    format!("{strength} Looked for about {whom}.{off}")
}

/// What kind of gap it is.
fn what_gap(gap: &Gap) -> String {
    let scope = match gap.scope {
        Scope::Record => "the whole record",
        _ => "each entry",
    };
    let age = gap
        .under
        .map_or(String::new(), |under| format!(" about a child under {under}, or of an age that nothing tells"));
    let off = if gap.default { "" } else { " Off until asked for." };
    format!("Something that a record leaves out. Looked for in {scope}{age}. It asks to consider.{off}")
}

/// What a presence asks for, as a heading over its words.
fn when(number: usize, presence: &Presence) -> String {
    let count = match presence.count {
        1 => String::new(),
        count => format!(", at least {count} times"),
    };
    let sentence = if presence.same_sentence { ", in the same sentence" } else { "" };
    let of_child = if presence.of_child { ", said of the child" } else { "" };
    let voices: Vec<String> = presence.voices.iter().map(name_of).collect();
    let voices = if voices.is_empty() {
        String::new()
    } else {
        format!(", as the words of: {}", voices.join(", "))
    };
    format!("{}{count}{sentence}{of_child}{voices}", if number == 0 { "Where there is" } else { "And" })
}

fn phrase(phrase: &Phrase) -> String {
    let strict = if phrase.strict { "  (nothing between the words)" } else { "" };
    format!("{}{strict}", phrase.pattern)
}

fn condition(condition: &Condition) -> String {
    let within = match condition.within {
        Scope::Sentence => "sentence",
        Scope::Entry => "entry",
        Scope::Record => "record",
    };
    let any = condition.any.join("  or  ");
    match (condition.under, condition.any.is_empty()) {
        (Some(under), true) => format!("a subject under {under}"),
        (Some(under), false) => format!("in the {within}: {any}; or a subject under {under}"),
        (None, _) => format!("in the {within}: {any}"),
    }
}

fn example(example: &Example) -> String {
    let age = example.age.map_or(String::new(), |age| format!("  (aged {age})"));
    let row = example.row.map_or(String::new(), |row| format!("  (row {row})"));
    format!("{}{age}{row}", example.text)
}
