//! The check that those who keep a lexicon run: every file, every pattern, every class, every example.

use std::ops::Range;

use super::over_embedded;
use crate::finding::{Finding, Outcome};
use crate::lexicon::schema::{ConcernTable, Example, GAP_FAMILY, GapTable, Presence};
use crate::lexicon::{Lexicon, Problem, SourceFile, place};
use crate::linter::Linter;
use crate::record::Record;
use crate::settings::Chosen;

/// What a check found.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CheckReport {
    pub concerns: usize,
    pub gaps: usize,
    pub patterns: usize,
    pub examples: usize,
    /// In order of file and line.
    pub problems: Vec<Problem>,
}

/// Checks lexicon files on top of the embedded ones. A file that bears the name of an embedded one (`concerns/consent.toml`, in
/// whatever folder) takes its place.
pub fn check(files: &[SourceFile]) -> CheckReport {
    let all = over_embedded(files);
    let own: Vec<&str> = files.iter().map(|f| f.name.as_str()).collect();
    let mut report = CheckReport::default();
    let lexicon = Lexicon::compile(&all, true, &mut report.problems);
    let names = lexicon.names();
    let everything = Chosen::everything(&lexicon);
    let linter = Linter::new(lexicon, everything);
    for file in all.iter().filter(|f| own.is_empty() || own.contains(&f.name.as_str())) {
        // A file that cannot be read was told of above.
        let (name, Ok(file)) = (&file.name, file.read()) else {
            continue;
        };
        for table in &file.concerns {
            let mut tell = |message| report.problems.push(Problem { file: name.clone(), line: None, message });
            let (rule, phrases, leave, flags, leaves) = match table {
                ConcernTable::New(c) => {
                    let rule = format!("{}/{}", file.family.as_deref().unwrap_or("local"), c.id);
                    report.concerns += 1;
                    check_sources(&c.sources, &rule, &linter, &mut tell);
                    (rule, &c.phrases, &c.leave, &c.flags, &c.leaves)
                }
                ConcernTable::More(more) => {
                    // One that matches nothing was told of above.
                    let Ok(rule) = names.concern(&more.extends) else { continue };
                    (rule.to_owned(), &more.phrases, &more.leave, &more.flags, &more.leaves)
                }
            };
            check_examples(flags, leaves, &rule, &linter, &mut tell);
            report.patterns += phrases.len() + leave.len();
            report.examples += flags.len() + leaves.len();
        }
        for table in &file.gaps {
            let mut tell = |message| report.problems.push(Problem { file: name.clone(), line: None, message });
            let (rule, patterns, flags, leaves) = match table {
                GapTable::New(gap) => {
                    let rule = format!("{GAP_FAMILY}/{}", gap.id);
                    report.gaps += 1;
                    check_sources(&gap.sources, &rule, &linter, &mut tell);
                    let present = |p: &Presence| p.phrases.len() + p.enough.len() + p.leave.len();
                    let patterns = gap.when.iter().map(present).sum::<usize>() + gap.lacks.phrases.len();
                    (rule, patterns, &gap.flags, &gap.leaves)
                }
                GapTable::More(more) => {
                    // One that matches nothing was told of above.
                    let Ok(rule) = names.concern(&more.extends) else { continue };
                    (rule.to_owned(), more.phrases.len() + more.leave.len() + more.lacks.len(), &more.flags, &more.leaves)
                }
            };
            check_gap_examples(flags, leaves, &rule, &linter, &mut tell);
            report.patterns += patterns;
            report.examples += flags.len() + leaves.len();
        }
    }
    place::find_lines(&all, &mut report.problems);
    report
}

fn check_sources(sources: &[String], rule: &str, linter: &Linter, tell: &mut impl FnMut(String)) {
    for source in sources {
        let id = source.split('#').next().unwrap_or_default();
        if !linter.lexicon.sources.contains_key(id) {
            tell(format!(
                "{rule}: the source `{source}` is in no sources file; add [source.{id}] with title, publisher, year and url"
            ));
        }
    }
}

fn check_examples(flags: &[Example], leaves: &[Example], rule: &str, linter: &Linter, tell: &mut impl FnMut(String)) {
    let family = rule.split('/').next().unwrap_or_default();
    for (example, flagged) in flags.iter().map(|e| (e, true)).chain(leaves.iter().map(|e| (e, false))) {
        let result = match (marked(&example.text), flagged) {
            (None, true) => Err("has no [brackets] around what must be flagged; add them".to_owned()),
            (Some((text, span)), true) => must_flag(&outcome(linter, text, example), &span, rule),
            (Some((text, span)), false) => must_leave(&outcome(linter, text, example), &span, family, example.row),
            (None, false) => must_be_quiet(&outcome(linter, example.text.clone(), example), family),
        };
        if let Err(what) = result {
            tell(format!("{rule}: the example “{}” {what}", example.text));
        }
    }
}

/// A gap is flagged where its finding touches the brackets, and left where it gives none at all.
fn check_gap_examples(flags: &[Example], leaves: &[Example], rule: &str, linter: &Linter, tell: &mut impl FnMut(String)) {
    for (example, flagged) in flags.iter().map(|e| (e, true)).chain(leaves.iter().map(|e| (e, false))) {
        let (text, span) = match marked(&example.text) {
            Some((text, span)) => (text, Some(span)),
            None => (example.text.clone(), None),
        };
        let outcome = outcome(linter, text, example);
        let found = outcome.findings.iter().find(|finding| finding.rule == rule);
        let problem = match (found, span, flagged) {
            _ if example.row.is_some() => "has a `row`, and no row of the table leaves a gap; take it out",
            (_, None, true) => "has no [brackets] around what the finding points to; add them",
            (_, Some(_), false) => "has [brackets], and what gives no finding has no place; take them out",
            (None, _, true) => "is not flagged; add to `when`, narrow `lacks`, or change the example",
            (Some(found), Some(span), true) if !found.overlaps(&span) => {
                "is flagged elsewhere; move the [brackets] or the first `when`"
            }
            (Some(_), None, false) => "is flagged; add to `lacks`, narrow `when`, or change the example",
            _ => continue,
        };
        tell(format!("{rule}: the example “{}” {problem}", example.text));
    }
}

fn outcome(linter: &Linter, text: String, example: &Example) -> Outcome {
    let mut record = Record::from_text(text);
    record.subject.age = example.age;
    linter.check(&record)
}

/// The text without its square brackets, and what stood within them.
fn marked(text: &str) -> Option<(String, Range<usize>)> {
    let open = text.find('[')?;
    let close = open + text[open..].find(']')?;
    let plain = [&text[..open], &text[open + 1..close], &text[close + 1..]].concat();
    Some((plain, open..close - 1))
}

fn must_flag(outcome: &Outcome, span: &Range<usize>, rule: &str) -> Result<(), String> {
    let here: Vec<&Finding> = outcome.findings.iter().filter(|f| f.overlaps(span)).collect();
    if here.iter().any(|f| f.rule == rule || f.also.iter().any(|a| a == rule)) {
        return Ok(());
    }
    let left = outcome.left.iter().find(|f| f.overlaps(span));
    Err(match (here.first(), left) {
        (Some(other), _) => {
            format!("is flagged by {} and not by this concern; make its phrases longer or more exact", other.rule)
        }
        (None, Some(left)) => format!("is left by row {} ({}); narrow what leaves it", left.row.unwrap_or_default(), left.rule),
        (None, None) => "is not flagged; add a phrase or change the example".to_owned(),
    })
}

fn must_leave(outcome: &Outcome, span: &Range<usize>, family: &str, row: Option<u8>) -> Result<(), String> {
    if let Some(finding) = outcome.findings.iter().find(|f| f.family == family && f.overlaps(span)) {
        return Err(format!("is flagged by {}; add the other sense to `leave` or narrow the phrase", finding.rule));
    }
    let rows: Vec<u8> = outcome
        .left
        .iter()
        .filter(|f| f.family == family && f.overlaps(span))
        .filter_map(|f| f.row)
        .collect();
    match row {
        Some(row) if !rows.contains(&row) => Err(match rows.first() {
            Some(other) => format!("is left by row {other} and not by row {row}; change the row or the phrases"),
            None => "gives no mention at all; add the sense to `leave`, or take the brackets and the row away".to_owned(),
        }),
        _ => Ok(()),
    }
}

fn must_be_quiet(outcome: &Outcome, family: &str) -> Result<(), String> {
    match outcome.findings.iter().find(|f| f.family == family) {
        Some(finding) => Err(format!("is flagged by {} (“{}”); narrow the phrase", finding.rule, finding.text)),
        None => Ok(()),
    }
}
