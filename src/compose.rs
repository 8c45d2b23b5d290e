//! From verdicts to findings: places in the record, messages, fingerprints.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::context::age::ToldAge;
use crate::context::voice::Heard;
use crate::finding::{Ask, Evidence, Finding, Form, Kind, Location, Outcome, Reason, Verdict, Voice};
use crate::gaps::Missing;
use crate::lexicon::schema::{AgeWording, GAP_FAMILY, Gap};
use crate::lexicon::{GapRule, Genres, Lexicon, Rule, Topics};
use crate::record::{Record, Subject};
use crate::resolve::Mention;
use crate::settings::Chosen;
use crate::tell::name_of;
use crate::text::Text;
use crate::verdict::Decision;
use crate::whole::Whole;

/// Words of a phrase that a message repeats at most.
const PHRASE_WORDS: usize = 12;
/// Characters of a stretch that evidence repeats at most.
const EVIDENCE_CHARS: usize = 120;

/// Places of what a gap begins with that its evidence tells at most.
const EVIDENCE_PLACES: usize = 12;

/// All that was seen of one mention. Ranges are bytes of the folded text.
pub struct Seen {
    pub heard: Heard,
    pub found: Found,
    /// The subject's age as the text tells it, where the rule has something to say of ages.
    pub told_age: Option<ToldAge>,
    pub decision: Decision,
    pub sentence: Range<usize>,
    pub excerpt: Range<usize>,
    /// The sentence of the analysis; empty where there is none.
    pub analysis: Range<usize>,
}

/// What the rows of the table found around a mention.
#[derive(Default)]
pub struct Found {
    pub sense: Option<Range<usize>>,
    pub wording: Option<Range<usize>>,
    pub general: Option<Range<usize>>,
    pub negation: Option<Range<usize>>,
    pub not_protected: Option<Range<usize>>,
    pub analysis: Option<Range<usize>>,
}

/// Writes the findings of one record, in order of place.
pub struct Composer<'a> {
    lexicon: &'a Lexicon,
    chosen: &'a Chosen,
    record: &'a Record,
    /// What is known of the subject, its age resolved.
    subject: &'a Subject,
    whole: &'a Whole<'a>,
    text: &'a Text<'a>,
    /// Whether the writers of such records are to record facts alone.
    is_first_account: bool,
    outcome: Outcome,
    shared: FxHashMap<u32, Shared>,
    lines: Lines,
    /// The SHA-256 of the sentence that was asked for last, so that a long one is read once.
    sentence: Option<(Range<usize>, [u8; 32])>,
    /// How often a rule was found in equal sentences, by its name.
    ordinals: BTreeMap<(&'a str, [u8; 32]), u32>,
}

/// What all findings of a rule have in common.
#[derive(Clone)]
struct Shared {
    reframe: Arc<[String]>,
    questions: Arc<[String]>,
    sources: Arc<[String]>,
}

impl<'a> Composer<'a> {
    pub fn new(
        lexicon: &'a Lexicon,
        chosen: &'a Chosen,
        record: &'a Record,
        subject: &'a Subject,
        whole: &'a Whole<'a>,
        text: &'a Text<'a>,
    ) -> Self {
        Composer {
            lexicon,
            chosen,
            record,
            subject,
            whole,
            text,
            is_first_account: Genres::holds(&lexicon.genres.first_account, record.genre.as_deref()),
            outcome: Outcome::default(),
            shared: FxHashMap::default(),
            lines: Lines::default(),
            sentence: None,
            ordinals: BTreeMap::new(),
        }
    }

    pub fn finish(self) -> Outcome {
        self.outcome
    }

    /// Adds a gap as a finding, behind those of phrases. It points to the first place.
    pub fn add_gap(&mut self, missing: &Missing) {
        let span = self.text.original_range(missing.places[0].clone());
        let Some((field, piece)) = self.whole.place(&span) else {
            return;
        };
        let GapRule { name: rule, gap, .. } = &self.lexicon.gaps[usize::from(missing.gap)];
        let (line, column) = self.lines.place(&self.whole.text, &piece, span.start);
        let fingerprint = self.fingerprint(rule, &missing.sentence);
        let original = |range: &Range<usize>| within(&self.text.original_range(range.clone()), &piece);
        let cue = if missing.heard.form == Form::Own { 0..0 } else { original(&missing.heard.cue) };
        let phrase = &self.whole.text[span.clone()];
        let places = missing.places.iter().take(EVIDENCE_PLACES);
        let mut evidence: Vec<Evidence> = places.map(|place| self.stretch("present", place, &piece)).collect();
        evidence.push(Evidence { kind: "not-found".into(), start: 0, end: 0, text: gap.sought.clone() });
        self.outcome.findings.push(Finding {
            kind: Kind::Gap,
            rule: rule.clone(),
            family: GAP_FAMILY.into(),
            ask: self.chosen.gap_ask(missing.gap).unwrap_or(Ask::Consider),
            gravity: self.gravity(None),
            field: self.field_name(field),
            line,
            column,
            location: Location::default(),
            text: phrase.to_owned(),
            voice: Voice { who: missing.heard.who, form: missing.heard.form, start: cue.start, end: cue.end },
            verdict: Verdict::Flag,
            row: None,
            reason: Reason::Missing,
            message: self.gap_message(gap, phrase),
            reframe: Arc::new([]),
            questions: gap.questions.clone().into(),
            sources: gap.sources.clone().into(),
            evidence,
            also: Vec::new(),
            fingerprint,
            sentence: original(&missing.sentence),
            excerpt: original(&missing.excerpt),
            analysis: 0..0,
            start: span.start - piece.start,
            end: span.end - piece.start,
        });
    }

    fn field_name(&self, field: Option<usize>) -> Option<String> {
        field.map(|at| self.record.fields[at].name(at).into_owned())
    }

    fn gap_message(&self, gap: &Gap, phrase: &str) -> String {
        let lead = self.lexicon.messages.lead.get(name_of(Reason::Missing).as_str()).map_or("", String::as_str);
        let lead = lead.replace("{phrase}", &shorten(phrase)).replace("{sought}", &gap.sought);
        match self.reviewer() {
            Some(reviewer) => format!("{lead} {reviewer} {}", gap.why),
            None => format!("{lead} {}", gap.why),
        }
    }

    /// What opens the reason in a message about a first account, which speaks to its reviewer.
    fn reviewer(&self) -> Option<&'a String> {
        self.lexicon.messages.first_account.as_ref().filter(|_| self.is_first_account)
    }

    /// Evidence of a stretch, which has no place where it lies in another box than the finding.
    fn stretch(&self, kind: &str, range: &Range<usize>, piece: &Range<usize>) -> Evidence {
        let original = self.text.original_range(range.clone());
        let local = within(&original, piece);
        let text = self.whole.text[original].chars().take(EVIDENCE_CHARS).collect();
        let place = if local.is_empty() { 0..0 } else { local };
        Evidence { kind: kind.to_owned(), start: place.start, end: place.end, text }
    }

    /// Adds a mention by one of its rules as a finding, or to what was left. Mentions come in order of place.
    pub fn add(&mut self, mention: &Mention, by_rule: u32, seen: &Seen) {
        let span = self.text.original_range(mention.span.clone());
        // Words in the heading of a box are the form's.
        let Some((field, piece)) = self.whole.place(&span) else {
            return;
        };
        let rule = &self.lexicon.rules[by_rule as usize];
        let shared = self.shared.entry(by_rule).or_insert_with(|| share(rule)).clone();
        let (line, column) = self.lines.place(&self.whole.text, &piece, span.start);
        let local = |range: Range<usize>| within(&range, &piece);
        let original = |range: &Range<usize>| local(self.text.original_range(range.clone()));
        let cue = if seen.heard.form == Form::Own { 0..0 } else { original(&seen.heard.cue) };
        // What a record says of its subject goes before its text, and the text before what is said for all records.
        let told = seen.told_age.as_ref().filter(|_| self.record.subject_age().is_none());
        let years = told.map(|told| told.years).or(self.subject.age);
        let age = self.age_wording(rule, years);
        let phrase = &self.whole.text[span.clone()];
        let finding = Finding {
            kind: Kind::Phrase,
            rule: rule.name.clone(),
            family: rule.family.clone(),
            ask: seen.decision.ask,
            gravity: self.gravity(age),
            field: self.field_name(field),
            line,
            column,
            location: Location::default(),
            text: phrase.to_owned(),
            voice: Voice { who: seen.heard.who, form: seen.heard.form, start: cue.start, end: cue.end },
            verdict: seen.decision.verdict,
            row: seen.decision.row,
            reason: seen.decision.reason,
            message: self.message(rule, phrase, seen, age, years),
            reframe: shared.reframe,
            questions: shared.questions,
            sources: shared.sources,
            evidence: self.evidence(rule, seen, age.and(years), told, &piece),
            also: std::iter::once(&mention.rule)
                .chain(&mention.also)
                .filter(|&&other| other != by_rule)
                .map(|&r| self.lexicon.rules[r as usize].name.clone())
                .collect(),
            fingerprint: self.fingerprint(&rule.name, &seen.sentence),
            sentence: original(&seen.sentence),
            excerpt: original(&seen.excerpt),
            analysis: if seen.analysis.is_empty() { 0..0 } else { original(&seen.analysis) },
            start: span.start - piece.start,
            end: span.end - piece.start,
        };
        match finding.verdict {
            Verdict::Flag => self.outcome.findings.push(finding),
            Verdict::Leave => self.outcome.left.push(finding),
        }
    }

    /// The graver wording for the subject's age: the lowest age that fits, in the law of the jurisdiction.
    fn age_wording<'r>(&self, rule: &'r Rule, years: Option<u8>) -> Option<&'r AgeWording> {
        let age = years?;
        let fits = |w: &&AgeWording| age < w.under && w.jurisdiction.as_ref().is_none_or(|j| *j == self.chosen.jurisdiction);
        rule.concern.ages.iter().filter(fits).min_by_key(|w| w.under)
    }

    /// 1 for most; 2 where an age makes it graver and 3 where it is under 13; one more for a learning disability.
    fn gravity(&self, age: Option<&AgeWording>) -> u8 {
        let by_age = age.map_or(1, |w| if w.under <= 13 { 3 } else { 2 });
        by_age + u8::from(self.subject.learning_disability == Some(true))
    }

    fn message(&self, rule: &Rule, phrase: &str, seen: &Seen, age: Option<&AgeWording>, years: Option<u8>) -> String {
        let messages = &self.lexicon.messages;
        let lead = messages.lead.get(name_of(seen.decision.reason).as_str()).map_or("", String::as_str);
        let whose = messages.whose.get(name_of(seen.heard.who).as_str()).map_or("", String::as_str);
        let lead = lead.replace("{whose}", whose).replace("{phrase}", &shorten(phrase));
        if seen.decision.verdict == Verdict::Leave {
            return lead;
        }
        let why = age.map_or(&rule.concern.why, |w| &w.why);
        // Who may choose another word is the writer; who is to analyse a first account is its reviewer.
        let reviewer = self.reviewer().filter(|_| seen.decision.reason != Reason::OwnBlame);
        let mut message = match reviewer {
            Some(reviewer) => format!("{lead} {reviewer} {why}"),
            None => format!("{lead} {why}"),
        };
        if is_grave(rule, years) {
            for line in self.chosen.local_procedure.iter().chain(&messages.under_13) {
                message = format!("{message} {line}");
            }
        }
        message
    }

    /// `years` is the subject's age where the message speaks of it, and `told` the words that tell it.
    fn evidence(
        &self,
        rule: &Rule,
        seen: &Seen,
        years: Option<u8>,
        told: Option<&ToldAge>,
        piece: &Range<usize>,
    ) -> Vec<Evidence> {
        let stretch = |kind: &str, range: &Range<usize>| self.stretch(kind, range, piece);
        let mut evidence = Vec::new();
        let found = &seen.found;
        let (kind, cue) = match seen.decision.reason {
            Reason::OtherSense => ("other-sense", &found.sense),
            Reason::AboutWords => ("wording", &found.wording),
            Reason::General => ("general", &found.general),
            Reason::Negated => ("negation", &found.negation),
            Reason::NotProtected => ("person", &found.not_protected),
            Reason::Contextualised => ("analysis", &found.analysis),
            Reason::OwnBlame | Reason::Unanalysed | Reason::OwnView | Reason::Missing | Reason::Printed => ("", &None),
        };
        cue.iter().filter(|range| !range.is_empty()).for_each(|range| evidence.push(stretch(kind, range)));
        match seen.heard.form {
            Form::Own => {}
            Form::Direct => evidence.push(stretch("quotation", &seen.heard.cue)),
            Form::Indirect => evidence.push(stretch("reporting", &seen.heard.cue)),
        }
        if seen.decision.verdict == Verdict::Flag && seen.decision.reason != Reason::OwnBlame && rule.topics != Topics::default()
        {
            let sought: Vec<&str> = rule.topics.numbers().map(|topic| self.lexicon.topics[topic].as_str()).collect();
            evidence.push(Evidence { kind: "not-found".into(), start: 0, end: 0, text: sought.join(", ") });
        }
        if let Some(years) = years {
            let known = || Evidence { kind: "age".into(), start: 0, end: 0, text: years.to_string() };
            evidence.push(told.map_or_else(known, |told| stretch("age", &told.place)));
        }
        evidence
    }

    fn fingerprint(&mut self, rule: &'a str, sentence: &Range<usize>) -> String {
        let digest = match &self.sentence {
            Some((range, digest)) if range == sentence => *digest,
            _ => {
                let folded = self.text.folded()[sentence.clone()].to_lowercase();
                let words: Vec<&str> = folded.split_whitespace().collect();
                let digest: [u8; 32] = Sha256::digest(words.join(" ")).into();
                self.sentence = Some((sentence.clone(), digest));
                digest
            }
        };
        let ordinal = self.ordinals.entry((rule, digest)).or_default();
        *ordinal += 1;
        let mut hash = Sha256::new();
        hash.update([1]);
        hash.update(rule.as_bytes());
        hash.update([0]);
        hash.update(digest);
        hash.update((*ordinal - 1).to_be_bytes());
        hash.finalize()[..16].iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// Whether the subject is under 13 and the concern has a wording for that age, in whatever jurisdiction: then somebody has to act.
fn is_grave(rule: &Rule, years: Option<u8>) -> bool {
    years.is_some_and(|years| years < 13) && rule.concern.ages.iter().any(|wording| wording.under <= 13)
}

/// The part of a stretch that lies in a box, counted from the start of the box.
fn within(range: &Range<usize>, piece: &Range<usize>) -> Range<usize> {
    let clamp = |offset: usize| offset.clamp(piece.start, piece.end) - piece.start;
    clamp(range.start)..clamp(range.end)
}

fn share(rule: &Rule) -> Shared {
    let concern = &rule.concern;
    Shared {
        reframe: concern.reframe.clone().into(),
        questions: concern.questions.clone().into(),
        sources: concern.sources.clone().into(),
    }
}

fn shorten(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    match words.get(..PHRASE_WORDS) {
        Some(first) if words.len() > PHRASE_WORDS => format!("{} …", first.join(" ")),
        _ => words.join(" "),
    }
}

/// Lines and columns, counted onward from the place that was asked for last.
#[derive(Default)]
struct Lines {
    /// The piece that is counted in, the offset reached, and its line and column.
    piece: usize,
    at: usize,
    line: usize,
    column: usize,
}

impl Lines {
    /// The line and the column in characters of an offset in a piece, both counted from 1.
    fn place(&mut self, text: &str, piece: &Range<usize>, offset: usize) -> (usize, usize) {
        if self.line == 0 || self.piece != piece.start || offset < self.at {
            *self = Lines { piece: piece.start, at: piece.start, line: 1, column: 1 };
        }
        let passed = &text[self.at..offset];
        match passed.rfind('\n') {
            Some(last) => {
                self.line += passed.bytes().filter(|&b| b == b'\n').count();
                self.column = 1 + passed[last + 1..].chars().count();
            }
            None => self.column += passed.chars().count(),
        }
        self.at = offset;
        (self.line, self.column)
    }
}
