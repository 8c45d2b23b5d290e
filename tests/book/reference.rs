//! The reference of the book: a page a family, with all that each concern says and every example, made from the embedded lexicon.

use std::collections::BTreeMap;
use std::fmt::Write;

use caselint::lexicon::schema::{Example, Protected, Strength};
use caselint::upkeep::{Catalogue, Entry, GapEntry};

/// The names of the pages with their text, the first page leading to the others.
pub fn pages(catalogue: &Catalogue) -> Vec<(String, String)> {
    let mut families: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in &catalogue.entries {
        families.entry(&entry.family).or_default().push(entry);
    }
    let mut index = String::from(
        "# All concerns\n\nEvery phrase that caselint looks for, with its reason, other wordings, questions and examples. Each example is run as a test: \
         what stands in square brackets is found and flagged, or seen and left.\n\n| family | concerns |\n| --- | --- |\n",
    );
    let mut pages = Vec::new();
    for (family, entries) in &families {
        let names = entries.iter().map(|entry| link(family, &entry.name, &entry.concern.id));
        let _ = writeln!(index, "| [{family}]({family}.md) | {} |", names.collect::<Vec<_>>().join(", "));
        let texts = entries.iter().map(|entry| concern(entry, catalogue));
        pages.push((format!("{family}.md"), format!("# {family}\n\n{}", texts.collect::<String>())));
    }
    let names = catalogue.gaps.iter().map(|gap| link("gap", &gap.name, &gap.gap.id));
    let _ = writeln!(index, "| [gap](gap.md) | {} |", names.collect::<Vec<_>>().join(", "));
    let gaps = catalogue.gaps.iter().map(|entry| gap(entry, catalogue));
    pages.push(("gap.md".to_owned(), format!("# gap: what a record leaves out\n\n{}", gaps.collect::<String>())));
    pages.insert(0, ("README.md".to_owned(), index));
    pages
}

/// A link to a heading, whose address is what mdBook makes of its name.
fn link(page: &str, name: &str, words: &str) -> String {
    format!("[{words}]({page}.md#{})", name.replace('/', ""))
}

fn concern(entry: &Entry, catalogue: &Catalogue) -> String {
    let concern = &entry.concern;
    let strength = match concern.strength {
        Strength::Blaming => {
            "These words judge in anyone's hands. The record's own are to be reworded; somebody else's need analysis beside them."
        }
        Strength::Context => "These words can be proper, with analysis beside them.",
    };
    let whom: Vec<&str> = concern.protects.iter().map(whom).collect();
    let off = if concern.default { "" } else { " Off until asked for." };
    let mut page =
        format!("\n## {}\n\n{strength} Looked for about {}.{off}\n\n{}\n", entry.name, whom.join(" or "), plain(&concern.why));
    for age in &concern.ages {
        let nation = age.jurisdiction.as_ref().map_or(String::new(), |nation| format!(" ({nation})"));
        let _ = writeln!(page, "\n**Where the child is under {}**{nation}: {}", age.under, plain(&age.why));
    }
    list(&mut page, "Could read", concern.reframe.iter().map(|text| plain(text)));
    list(&mut page, "To ask", concern.questions.iter().map(|text| plain(text)));
    list(&mut page, "Looks for", concern.phrases.iter().map(|phrase| code(&phrase.pattern)));
    list(&mut page, "Leaves, as another sense", concern.leave.iter().map(|phrase| code(&phrase.pattern)));
    list(&mut page, "Flagged, for example", concern.flags.iter().map(shown));
    list(&mut page, "Left, for example", concern.leaves.iter().map(shown));
    list(&mut page, "Sources", concern.sources.iter().map(|cited| source(cited, catalogue)));
    page
}

fn gap(entry: &GapEntry, catalogue: &Catalogue) -> String {
    let gap = &entry.gap;
    let mut page =
        format!("\n## {}\n\n{}\n\nLooks for, and does not find: {}\n", entry.name, plain(&gap.why), plain(&gap.sought));
    list(&mut page, "To ask", gap.questions.iter().map(|text| plain(text)));
    list(&mut page, "Flagged, for example", gap.flags.iter().map(shown));
    list(&mut page, "Left, for example", gap.leaves.iter().map(shown));
    list(&mut page, "Sources", gap.sources.iter().map(|cited| source(cited, catalogue)));
    page
}

fn whom(whom: &Protected) -> &'static str {
    match whom {
        Protected::Child => "a child",
        Protected::AdultVictim => "an adult victim of domestic abuse",
        Protected::Parent => "a parent",
    }
}

fn list(page: &mut String, heading: &str, items: impl Iterator<Item = String>) {
    let items: String = items.map(|item| format!("- {item}\n")).collect();
    if !items.is_empty() {
        let _ = write!(page, "\n**{heading}**\n\n{items}");
    }
}

fn shown(shown: &Example) -> String {
    let age = shown.age.map_or(String::new(), |age| format!(" (aged {age})"));
    let row = shown.row.map_or(String::new(), |row| format!(" (row {row})"));
    format!("{}{age}{row}", example(&shown.text))
}

/// An example on one line.
pub fn example(text: &str) -> String {
    plain(&text.replace('\n', " / "))
}

fn source(cited: &str, catalogue: &Catalogue) -> String {
    match catalogue.source(cited) {
        Some((source, place)) => format!("{}, <{}>", plain(&source.in_full(place)), source.url),
        None => plain(cited),
    }
}

/// A pattern as it is written. Two signs guard one that stands in it.
fn code(pattern: &str) -> String {
    format!("`` {pattern} ``")
}

/// Text that is no markup.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for sign in text.chars() {
        if "\\`*_[]<>&#|~".contains(sign) {
            plain.push('\\');
        }
        plain.push(sign);
    }
    plain
}
