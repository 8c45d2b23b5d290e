//! From a record to steps: its dated entries, each with its phrases and what else matters over a case.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Document;
use super::parts::{Part, parts};
use super::quote::{Quote, plain};
use super::signs::{Sign, signs};
use super::step::{Phrase, Standing, Step};
use crate::finding::{Finding, Form, Kind, Verdict, Who};
use crate::lexicon::Topics;
use crate::lexicon::schema::CueKind;
use crate::linter::Linter;
use crate::pattern::words::UNKNOWN;
use crate::text::Text;
use crate::whole::Whole;

/// A name and the verb of saying after it are so many words at most, without the verb.
const FROM_NAME: usize = 4;

/// A step in the making, with what the rest of the case asks of it.
pub(super) struct Draft<'a> {
    pub step: Step,
    document: &'a Document<'a>,
    /// Where it begins in the record's text.
    pub start: usize,
    /// What the writer or a colleague states in it.
    pub stated: Vec<Stated>,
    /// Harm of the kind that somebody may disclose is spoken of, whoever says so.
    pub tells_of_harm: bool,
    /// What analysis about its first disclosure speaks of.
    pub sought: Topics,
    /// Its words in lower case, for the search for copies.
    pub words: Vec<String>,
    /// Words in it that are written as names are, and whether one stands within a sentence: what begins one has a capital whatever it is.
    pub names: BTreeMap<String, bool>,
}

/// A sentence of analysis.
pub(super) struct Stated {
    pub topics: Topics,
    pub sentence: String,
}

impl Draft<'_> {
    /// What puts steps in order: the date, then the name of the record, the place in it, and last its text.
    pub fn order(&self) -> impl Ord + '_ {
        let Document { name, row, record, .. } = self.document;
        (self.step.when, name, row, self.start, &record.text, &record.id)
    }
}

/// The steps of a record, in the order of its text.
pub(super) fn read<'a>(linter: &Linter, document: &'a Document<'a>) -> Vec<Draft<'a>> {
    let whole = Whole::new(document.record);
    let text = Text::new(&whole.text);
    let parts = parts(document, text.folded(), &linter.lexicon);
    let signs = signs(text.folded(), &linter.lexicon);
    let feeds = whole.text.match_indices('\n').map(|(at, _)| at).collect();
    let mut reader = Reader { linter, document, whole: &whole, text: &text, feeds, drafts: Vec::new() };
    reader.open(parts);
    reader.phrases(&signs);
    reader.signs(signs);
    reader.drafts.retain(|open| !open.is_title);
    reader.drafts.into_iter().map(|open| open.draft).collect()
}

/// A step while its record is read.
struct Open<'a> {
    draft: Draft<'a>,
    /// Of the folded text.
    range: Range<usize>,
    is_title: bool,
}

/// Reads one record.
pub(super) struct Reader<'r, 'a> {
    pub linter: &'r Linter,
    pub document: &'a Document<'a>,
    pub whole: &'r Whole<'r>,
    pub text: &'r Text<'r>,
    /// Where the lines of the record's text end.
    feeds: Vec<usize>,
    drafts: Vec<Open<'a>>,
}

impl<'a> Reader<'_, 'a> {
    fn open(&mut self, parts: Vec<Part>) {
        let record = self.document.record;
        for Part { range, when, agency, is_title } in parts {
            let original = self.text.original_range(range.clone());
            // An entry begins where its line does, which may be blank.
            let words = self.whole.text[original.clone()].trim_start();
            let start = original.end - words.len();
            let step = Step {
                document: self.document.name.clone(),
                row: self.document.row,
                id: record.id.clone(),
                line: self.line(start),
                when,
                agency: agency.or_else(|| record.agency.clone()),
                genre: record.genre.clone(),
                author: record.author.clone(),
                ..Step::default()
            };
            let folded = &self.text.folded()[range.clone()];
            let draft = Draft {
                step,
                document: self.document,
                start,
                stated: Vec::new(),
                tells_of_harm: false,
                sought: Topics::default(),
                words: words_of(folded),
                names: self.names(folded),
            };
            self.drafts.push(Open { draft, range, is_title });
        }
    }

    /// The line of the file of a place in the record's text.
    pub fn line(&self, at: usize) -> usize {
        self.feeds.partition_point(|&feed| feed < at) + 1 + self.document.lines_before
    }

    /// The step that holds a place of the folded text. A step that holds anything is more than a title.
    pub fn at(&mut self, place: usize) -> &mut Draft<'a> {
        // Parts cover the text, so that there is one.
        let number = self.drafts.partition_point(|open| open.range.start <= place).saturating_sub(1);
        self.drafts[number].is_title = false;
        &mut self.drafts[number].draft
    }

    /// The phrases of the record, by the decision table.
    fn phrases(&mut self, signs: &[Sign]) {
        let outcome = self.linter.check(self.document.record);
        let conduct = &self.linter.lexicon.case.conduct;
        let challenges = signs.iter().filter(|sign| matches!(sign.sense.kind, CueKind::Challenge | CueKind::Answer));
        let challenges: FxHashSet<Range<usize>> = challenges.map(|sign| self.text.original_range(sign.span.clone())).collect();
        let mut all: Vec<&Finding> = outcome.findings.iter().chain(&outcome.left).collect();
        all.sort_by_key(|finding| self.place(finding));
        for finding in all {
            let start = self.place(finding);
            let number = self.number_at(start);
            let phrase = self.phrase(finding, &challenges);
            let open = &mut self.drafts[number];
            open.is_title = false;
            if finding.verdict == Verdict::Flag {
                open.draft.step.asks.add(finding.ask);
            }
            let Some(phrase) = phrase else { continue };
            let speaks_of_conduct = conduct.contains(&phrase.family);
            let stands = !matches!(phrase.standing, Standing::Corrected | Standing::Negated);
            open.draft.step.words.conduct += usize::from(speaks_of_conduct && stands);
            open.draft.step.phrases.push(phrase);
        }
    }

    /// Where a finding begins in the record's text.
    fn place(&self, finding: &Finding) -> usize {
        self.box_start(finding) + finding.start
    }

    fn box_start(&self, finding: &Finding) -> usize {
        self.whole.start(finding.field.as_deref().and_then(|name| self.document.record.field(name)))
    }

    /// The number of the step that holds a place of the record's own text.
    fn number_at(&self, place: usize) -> usize {
        let begins_before = |open: &Open| self.text.original_range(open.range.clone()).start <= place;
        self.drafts.partition_point(begins_before).saturating_sub(1)
    }

    fn phrase(&self, finding: &Finding, challenges: &FxHashSet<Range<usize>>) -> Option<Phrase> {
        if finding.kind != Kind::Phrase {
            return None;
        }
        let base = self.box_start(finding);
        let whole = |range: &Range<usize>| base + range.start..base + range.end;
        let decisive = finding
            .evidence
            .iter()
            .find(|evidence| evidence.start < evidence.end && is_decisive(&evidence.kind));
        let is_challenge = decisive.is_some_and(|found| challenges.contains(&whole(&(found.start..found.end))));
        let standing = Standing::of(finding, is_challenge)?;
        let is_answered = !standing.is_bare();
        Some(Phrase {
            rule: finding.rule.clone(),
            also: finding.also.clone(),
            family: finding.family.clone(),
            quote: Quote::of(&self.whole.text, &whole(&finding.sentence), &whole(&(finding.start..finding.end))),
            who: finding.voice.who,
            form: finding.voice.form,
            name: self.name(finding.voice.who, finding.voice.form, base + finding.voice.start, base + finding.sentence.start),
            standing,
            because: decisive.filter(|_| is_answered).map(|found| plain(&found.text)),
            line: finding.line + if finding.field.is_none() { self.document.lines_before } else { 0 },
            field: finding.field.clone(),
        })
    }

    /// The name of the speaker, where nothing else tells who speaks: it stands right before the verb of saying, or begins the sentence
    /// with few words between ("Julia, 14, told me").
    pub fn name(&self, who: Who, form: Form, verb: usize, sentence: usize) -> Option<String> {
        if who != Who::Unknown || form != Form::Indirect {
            return None;
        }
        let words: Vec<&str> = runs(self.whole.text.get(sentence..verb)?).collect();
        let near = words.last().filter(|word| self.is_name(word));
        let first = words.first().filter(|word| words.len() <= FROM_NAME && self.is_name(word));
        near.or(first).map(|&word| word.to_owned())
    }

    /// The names in a text; see [`Draft::names`].
    fn names(&self, folded: &str) -> BTreeMap<String, bool> {
        let structure = &self.linter.lexicon.structure;
        let is_day = |word: &str| {
            let word = word.to_lowercase();
            structure.months.contains(&word) || structure.weekdays.contains(&word)
        };
        let mut names = BTreeMap::new();
        let mut is_within = false;
        for piece in folded.split_whitespace() {
            if let Some(word) = runs(piece).next().filter(|word| self.is_name(word) && !is_day(word)) {
                *names.entry(word.to_owned()).or_default() |= is_within;
            }
            is_within = piece.ends_with(char::is_lowercase);
        }
        names
    }

    /// Whether a word that no pattern knows is written as a name is.
    fn is_name(&self, word: &str) -> bool {
        let mut letters = word.chars();
        let is_written_so = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        is_written_so && self.linter.lexicon.index.word(word) == UNKNOWN
    }
}

/// Whether evidence is what decided a verdict, and not whose words or whose age it is.
fn is_decisive(kind: &str) -> bool {
    matches!(kind, "analysis" | "wording" | "negation")
}

/// The words of a text without its signs.
pub(super) fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The words of a text in lower case, without its signs.
pub(super) fn words_of(text: &str) -> Vec<String> {
    runs(text).map(str::to_lowercase).collect()
}
