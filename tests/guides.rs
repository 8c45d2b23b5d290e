//! Every wording that published guides name is found where it stands in a plain sentence, or `guides/none.toml` says why it is not looked for.
//!
//! `tests/real/phrases.csv` lists the wordings: phrases and their variants. `tests/guides/README.md` describes the files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use caselint::{Finding, Linter, Record, upkeep};
use serde::Deserialize;
use toml::{Table, Value};

/// A file of `tests/guides`: a family's, or that of what no family takes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Guide {
    #[serde(rename = "term")]
    terms: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    phrase: String,
    /// One sentence a wording, which stands in square brackets.
    #[serde(default)]
    texts: Vec<String>,
    /// Families besides that may take the words.
    #[serde(default)]
    or: Vec<String>,
    /// Why no family takes the wordings that follow: all of the phrase where none is named.
    why: Option<String>,
    #[serde(default)]
    wordings: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"))
}

/// The wordings of each phrase of the list, itself the first.
fn listed() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(root().join("real/phrases.csv")).expect("the list is there");
    let mut listed = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.splitn(4, ',').collect();
        assert!(cells.len() == 4 && !cells[..3].concat().contains('"'), "the first cells are not plain: {line}");
        let variants = cells[2].split('|').filter(|variant| !variant.is_empty());
        let wordings = std::iter::once(cells[1]).chain(variants).map(str::to_owned).collect();
        listed.insert(cells[1].to_owned(), wordings);
    }
    assert!(listed.len() > 300, "only {} phrases were read", listed.len());
    listed
}

/// The terms of each file, by its name without the ending.
fn guides() -> BTreeMap<String, Vec<Term>> {
    let entries = fs::read_dir(root().join("guides")).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("the file can be read");
        let guide: Guide = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        (name, guide.terms)
    };
    paths.into_iter().map(read).collect()
}

/// A linter that looks for all there is, what is off by itself included.
fn linter() -> Linter {
    let mut builder = Linter::builder();
    for file in upkeep::embedded() {
        let table: Table = file.text.parse().expect("an embedded file is TOML");
        let Some(family) = table.get("family").and_then(Value::as_str) else {
            continue;
        };
        for concern in table.get("concern").and_then(Value::as_array).into_iter().flatten() {
            let id = concern.get("id").and_then(Value::as_str).expect("a concern has an id");
            builder = builder.enable(format!("{family}/{id}"));
        }
    }
    builder.build().expect("the embedded lexicon is sound")
}

/// A sentence without its brackets, and where the wording stands in it.
fn marked(text: &str) -> (String, Range<usize>) {
    let (before, rest) = text.split_once('[').unwrap_or_else(|| panic!("no wording in brackets: {text}"));
    let (wording, after) = rest.split_once(']').unwrap_or_else(|| panic!("the bracket stays open: {text}"));
    ([before, wording, after].concat(), before.len()..before.len() + wording.len())
}

fn families(finding: &Finding) -> impl Iterator<Item = &str> {
    let rules = std::iter::once(&finding.rule).chain(&finding.also);
    rules.filter_map(|rule| rule.split_once('/')).map(|(family, _)| family)
}

#[test]
fn every_wording_has_a_sentence_or_a_reason() {
    let listed = listed();
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (file, terms) in guides() {
        for term in terms {
            let Some(wordings) = listed.get(&term.phrase) else {
                wrong.push(format!("{file}: “{}” is no phrase of the list", term.phrase));
                continue;
            };
            if term.why.is_some() != (file == "none") || term.why.is_some() != term.texts.is_empty() {
                wrong.push(format!("{file}: “{}” has sentences in a family's file, or a reason in none.toml", term.phrase));
            }
            let of_texts = term.texts.iter().map(|text| {
                let (plain, at) = marked(text);
                plain[at].to_owned()
            });
            let own: Vec<String> = match term.why {
                None => of_texts.collect(),
                Some(_) if term.wordings.is_empty() => wordings.clone(),
                Some(_) => term.wordings,
            };
            for wording in own {
                if !wordings.contains(&wording) {
                    wrong.push(format!("{file}: “{wording}” is no wording of “{}”", term.phrase));
                }
                *told.entry(wording).or_default() += 1;
            }
        }
    }
    wrong.extend(told.iter().filter(|told| *told.1 > 1).map(|(wording, _)| format!("“{wording}” stands twice")));
    let all: BTreeSet<&String> = listed.values().flatten().collect();
    wrong.extend(
        all.iter()
            .filter(|wording| !told.contains_key(**wording))
            .map(|wording| format!("“{wording}” stands nowhere")),
    );
    assert!(wrong.is_empty(), "{} of {} wordings:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn every_sentence_is_found_by_its_family() {
    let linter = linter();
    let mut wrong = Vec::new();
    for (family, terms) in guides() {
        for term in &terms {
            let fits = |finding: &Finding| families(finding).any(|found| found == family || term.or.iter().any(|or| or == found));
            for text in &term.texts {
                let (plain, at) = marked(text);
                let outcome = linter.check(&Record::from_text(plain));
                let here: Vec<&Finding> = outcome.findings.iter().filter(|finding| finding.overlaps(&at)).collect();
                if !here.iter().any(|finding| fits(finding)) {
                    let rules: Vec<&str> = here.iter().map(|finding| finding.rule.as_str()).collect();
                    wrong.push(format!("{family}: {text} found by {rules:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} sentences:\n{}", wrong.len(), wrong.join("\n"));
}
