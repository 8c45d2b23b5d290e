//! The check that those who keep a lexicon run: every file, every pattern, every class, every example.

use std::ops::Range;

use super::embedded;
use crate::lexicon::schema::{Concern, Example};
use crate::lexicon::{Lexicon, Problem, SourceFile};
use crate::finding::{Finding, Outcome};
use crate::linter::Linter;
use crate::record::Record;

/// What a check found.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CheckReport {
    pub concerns: usize,
    pub patterns: usize,
    pub examples: usize,
    /// In order of file and line.
    pub problems: Vec<Problem>,
}

/// Checks lexicon files on top of the embedded ones. A file that bears the name of an embedded one (`concerns/consent.toml`, in
/// whatever folder) takes its place.
pub fn check(files: &[SourceFile]) -> CheckReport {
    let mut all: Vec<SourceFile> = embedded();
    all.retain(|old| !files.iter().any(|new| same_file(&new.name, &old.name)));
    let own: Vec<&str> = files.iter().map(|f| f.name.as_str()).collect();
    all.extend(files.iter().cloned());
    let mut report = CheckReport::default();
    let linter = Linter::new(Lexicon::compile(&all, true, &mut report.problems), None);
    for file in all.iter().filter(|f| own.is_empty() || own.contains(&f.name.as_str())) {
        // A file that cannot be read was told of above.
        let (name, Ok(file)) = (&file.name, file.read()) else { continue };
        let family = file.family.as_deref().unwrap_or("local");
        for concern in &file.concerns {
            report.concerns += 1;
            report.patterns += concern.phrases.len() + concern.leave.len();
            report.examples += concern.flags.len() + concern.leaves.len();
            let rule = format!("{family}/{}", concern.id);
            let mut tell = |message| report.problems.push(Problem { file: name.clone(), line: None, message });
            check_sources(concern, &rule, &linter, &mut tell);
            check_examples(concern, &rule, family, &linter, &mut tell);
        }
    }
    for problem in &mut report.problems {
        if problem.line.is_none() {
            problem.line = all.iter().find(|f| f.name == problem.file).and_then(|f| line_of(&f.text, &problem.message));
        }
    }
    report.problems.sort();
    report
}

fn same_file(path: &str, embedded: &str) -> bool {
    let path = path.replace('\\', "/");
    path.strip_suffix(embedded).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

fn check_sources(concern: &Concern, rule: &str, linter: &Linter, tell: &mut impl FnMut(String)) {
    for source in &concern.sources {
        let id = source.split('#').next().unwrap_or_default();
        if !linter.lexicon.sources.contains_key(id) {
            tell(format!("{rule}: the source `{source}` is in no sources file; add [source.{id}] with title, publisher, year and url"));
        }
    }
}

fn check_examples(concern: &Concern, rule: &str, family: &str, linter: &Linter, tell: &mut impl FnMut(String)) {
    for (example, flagged) in concern.flags.iter().map(|e| (e, true)).chain(concern.leaves.iter().map(|e| (e, false))) {
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

fn overlaps(finding: &Finding, span: &Range<usize>) -> bool {
    finding.start < span.end && span.start < finding.end
}

fn must_flag(outcome: &Outcome, span: &Range<usize>, rule: &str) -> Result<(), String> {
    let here: Vec<&Finding> = outcome.findings.iter().filter(|f| overlaps(f, span)).collect();
    if here.iter().any(|f| f.rule == rule || f.also.iter().any(|a| a == rule)) {
        return Ok(());
    }
    let left = outcome.left.iter().find(|f| overlaps(f, span));
    Err(match (here.first(), left) {
        (Some(other), _) => format!("is flagged by {} and not by this concern; make its phrases longer or more exact", other.rule),
        (None, Some(left)) => format!("is left by row {} ({}); narrow what leaves it", left.row.unwrap_or_default(), left.rule),
        (None, None) => "is not flagged; add a phrase or change the example".to_owned(),
    })
}

fn must_leave(outcome: &Outcome, span: &Range<usize>, family: &str, row: Option<u8>) -> Result<(), String> {
    if let Some(finding) = outcome.findings.iter().find(|f| f.family == family && overlaps(f, span)) {
        return Err(format!("is flagged by {}; add the other sense to `leave` or narrow the phrase", finding.rule));
    }
    let rows: Vec<u8> = outcome.left.iter().filter(|f| f.family == family && overlaps(f, span)).filter_map(|f| f.row).collect();
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

/// The line that a message is about: that of the pattern, example or class it quotes, behind the concern it names.
fn line_of(text: &str, message: &str) -> Option<usize> {
    let id = message.split(':').next().and_then(|rule| rule.split('/').nth(1));
    let from = id.and_then(|id| text.find(&format!("id = \"{id}\""))).unwrap_or_default();
    let quoted = |open: &str, close: &str| {
        let start = message.find(open)? + open.len();
        let end = message[start..].rfind(close)? + start;
        Some(message[start..end].split(close).next().unwrap_or_default().replace('\\', "\\\\"))
    };
    let class = message.strip_prefix("class {").and_then(|m| m.split('}').next()).map(|name| format!("[class.{name}]"));
    let needle = class.or_else(|| quoted(": `", "`")).or_else(|| quoted("“", "”"));
    let found = needle.and_then(|needle| text[from..].find(&needle)).map(|at| from + at);
    let at = found.or((from > 0).then_some(from))?;
    Some(1 + text[..at].matches('\n').count())
}
