//! Concerns and gaps as the rules of a SARIF document, each with its help.

use caselint::Ask;
use caselint::lexicon::schema::{GAP_FAMILY, Strength};
use caselint::upkeep::Catalogue;
use serde_json::{Value, json};

use super::sarif::level_of;

/// What is said of a rule.
struct Help<'a> {
    name: &'a str,
    family: &'a str,
    ask: Ask,
    why: &'a str,
    reframe: &'a [String],
    questions: &'a [String],
    sources: &'a [String],
}

/// All concerns and gaps, in order of their names.
pub fn rules(catalogue: &Catalogue) -> Vec<Value> {
    let concerns = catalogue.entries.iter().map(|entry| Help {
        name: &entry.name,
        family: &entry.family,
        ask: if entry.concern.strength == Strength::Blaming { Ask::Reword } else { Ask::Analyse },
        why: &entry.concern.why,
        reframe: &entry.concern.reframe,
        questions: &entry.concern.questions,
        sources: &entry.concern.sources,
    });
    let gaps = catalogue.gaps.iter().map(|entry| Help {
        name: &entry.name,
        family: GAP_FAMILY,
        ask: Ask::Consider,
        why: &entry.gap.why,
        reframe: &[],
        questions: &entry.gap.questions,
        sources: &entry.gap.sources,
    });
    concerns.chain(gaps).map(|help| rule(&help, catalogue)).collect()
}

fn rule(help: &Help, catalogue: &Catalogue) -> Value {
    json!({
        "id": help.name,
        "shortDescription": { "text": first_sentence(help.why) },
        "fullDescription": { "text": help.why },
        "help": { "text": plain(help), "markdown": markdown(help, catalogue) },
        "defaultConfiguration": { "level": level_of(help.ask) },
        "properties": { "tags": [help.family] },
    })
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

fn plain(help: &Help) -> String {
    let mut text = help.why.to_owned();
    for (heading, items) in [("Could read", help.reframe), ("Ask", help.questions)] {
        if !items.is_empty() {
            text.push_str(&format!("\n\n{heading}: {}", items.join(" ")));
        }
    }
    text
}

fn markdown(help: &Help, catalogue: &Catalogue) -> String {
    let mut text = help.why.to_owned();
    let sources: Vec<String> = help.sources.iter().filter_map(|cited| source(cited, catalogue)).collect();
    for (heading, items) in [("Could read", help.reframe), ("To ask", help.questions), ("Sources", &sources)] {
        if !items.is_empty() {
            let items: Vec<String> = items.iter().map(|item| format!("- {item}")).collect();
            text.push_str(&format!("\n\n**{heading}**\n\n{}", items.join("\n")));
        }
    }
    text
}

fn source(cited: &str, catalogue: &Catalogue) -> Option<String> {
    let (source, place) = catalogue.source(cited)?;
    let place = place.map_or_else(String::new, |place| format!(", at {place}"));
    Some(format!("[{}]({}), {} {}{place}", source.title, source.url, source.publisher, source.year))
}
