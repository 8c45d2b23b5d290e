//! The cases of `tests/pattern/`: a pattern, and under it what it finds and what it leaves.

use std::collections::BTreeMap;

use super::inflect::Morphology;
use super::nfa::Pattern;
use super::sets::Sets;
use super::short::shortest;
use super::{ast, nfa};
use crate::lexicon::schema::LexiconFile;
use crate::scan::index::{Entry, Index};
use crate::scan::tokens::flag;
use crate::scan::{Pass, scan};
use crate::text::Text;

const WORDS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pattern/words.toml"));
const CASES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pattern/cases.txt"));
const REFUSALS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pattern/refusals.txt"));

/// A pattern with its options, as the case files write them: `pattern ;; strict ;; anchor=word`.
struct Written<'a> {
    pattern: &'a str,
    strict: bool,
    anchor: Option<&'a str>,
}

fn written(line: &str) -> Written<'_> {
    let mut parts = line.split(" ;; ");
    let mut written = Written { pattern: parts.next().unwrap_or_default(), strict: false, anchor: None };
    for option in parts {
        written.strict |= option == "strict";
        written.anchor = option.strip_prefix("anchor=").or(written.anchor);
    }
    written
}

fn with_pattern<T>(line: &str, then: impl FnOnce(Result<Pattern, String>, Sets) -> T) -> T {
    let file: LexiconFile = toml::from_str(WORDS).expect("tests/pattern/words.toml");
    let spelling = file.spelling.unwrap_or_default();
    let morphology = Morphology::new(&file.irregular, &spelling.our, &spelling.only_ise);
    let classes: BTreeMap<String, Vec<String>> = file.classes.into_iter().map(|(name, class)| (name, class.words)).collect();
    let mut sets = Sets::new(&classes, &morphology, &file.alias, &file.frequency, &file.pronouns.unwrap_or_default());
    let line = written(line);
    let pattern = ast::parse(line.pattern).and_then(|node| nfa::compile(&node, line.strict, line.anchor, &mut sets));
    then(pattern.map_err(|error| error.to_string()), sets)
}

/// The line with its pattern in the shortest writing.
fn shortened(line: &str) -> String {
    let (pattern, options) = line.split_once(" ;; ").map_or((line, ""), |(pattern, options)| (pattern, options));
    format!("{} ;; {options}", shortest(pattern))
}

fn index(line: &str) -> Index {
    with_pattern(line, |pattern, mut sets| {
        let pattern = pattern.unwrap_or_else(|error| panic!("{line}: {error}"));
        let filler = sets.class("filler").expect("a class filler");
        let negator = sets.class("negator").expect("a class negator");
        let (pattern, other) = pattern.for_both(&mut sets);
        let entry = |pattern| Entry { pattern, pass: Pass::Mentions, owner: 0 };
        let entries = [pattern].into_iter().chain(other).map(entry).collect();
        Index::new(sets, entries, &[(filler, flag::FILLER), (negator, flag::NEGATOR)], Some(filler))
    })
}

/// The text with brackets around what was found.
fn found(index: &Index, text: &str) -> String {
    let text = Text::new(text);
    let folded = text.folded();
    let mut marked = text.original().to_owned();
    let mut spans: Vec<_> = scan(folded, 0..folded.len(), index, Pass::Mentions)
        .into_iter()
        .map(|hit| text.original_range(hit.span.0..hit.span.1))
        .collect();
    // The longest of those that overlap.
    spans.sort_by_key(|s| std::cmp::Reverse(s.len()));
    let mut kept: Vec<std::ops::Range<usize>> = Vec::new();
    for span in spans {
        if !kept.iter().any(|k| k.start < span.end && span.start < k.end) {
            kept.push(span);
        }
    }
    kept.sort_by_key(|s| std::cmp::Reverse(s.start));
    for span in kept {
        marked.insert(span.end, ']');
        marked.insert(span.start, '[');
    }
    marked
}

#[test]
fn patterns_find_what_the_cases_say() {
    let mut wrong = Vec::new();
    let mut current = None;
    let mut cases = 0;
    for line in CASES.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
        let Some(case) = line.strip_prefix("  ") else {
            current = Some((line, [index(line), index(&shortened(line))]));
            continue;
        };
        let (pattern, indexes) = current.as_ref().expect("a pattern stands above its cases");
        let wanted = unescape(case);
        let plain = wanted.replace(['[', ']'], "");
        cases += 1;
        for got in indexes.each_ref().map(|index| found(index, &plain)) {
            if got != wanted {
                wrong.push(format!("{pattern}\n    wanted {wanted:?}\n    got    {got:?}"));
            }
        }
    }
    assert!(cases >= 250, "{cases} cases were read");
    assert!(wrong.is_empty(), "{} of {cases} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// `\n`, `\t` and `\u{..}` stand for signs that an editor might change.
fn unescape(case: &str) -> String {
    let mut out = String::new();
    let mut rest = case;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (c, used) = match after.as_bytes().first() {
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(b'u') => {
                let end = after.find('}').expect("\\u{..} is closed");
                let code = u32::from_str_radix(&after[2..end], 16).expect("a code point");
                (char::from_u32(code).expect("a character"), end + 1)
            }
            _ => ('\\', 0),
        };
        out.push(c);
        rest = &after[used..];
    }
    out + rest
}

#[test]
fn patterns_that_cannot_work_are_refused_with_the_mend() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for line in REFUSALS.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
        let (pattern, part) = line.split_once(" => ").unwrap_or_else(|| panic!("no ` => ` in {line}"));
        cases += 1;
        with_pattern(pattern, |compiled, _| match compiled {
            Ok(_) => wrong.push(format!("{pattern} is taken")),
            Err(message) if !message.contains(part) => wrong.push(format!("{pattern}: {message}")),
            Err(_) => {}
        });
    }
    assert!(cases >= 50, "{cases} cases were read");
    assert!(wrong.is_empty(), "{} of {cases}:\n{}", wrong.len(), wrong.join("\n"));
}
