//! From a record to steps: its dated entries, each with its phrases and what else matters over a case.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Document;
use super::quote::{Quote, plain};
use super::step::{Note, NoteKind, Phrase, Standing, Step};
use super::when::When;
use crate::context::layout::Layout;
use crate::context::negation::negation;
use crate::context::setting::Setting;
use crate::context::voice::{Heard, voice};
use crate::finding::{Finding, Form, Kind, Who};
use crate::lexicon::schema::CueKind;
use crate::lexicon::{CueSense, Lexicon, Owner, Topics, holds};
use crate::linter::Linter;
use crate::pattern::words::UNKNOWN;
use crate::record::Date;
use crate::resolve::Mention;
use crate::scan::{Pass, scan, scan_record};
use crate::text::{self, Entry, EntryKind, Text};
use crate::whole::Whole;

/// A cell of a table that names an agency has at most so many bytes.
const LONGEST_CELL: usize = 40;

/// A name and the verb of saying after it are so many words at most, without the verb.
const FROM_NAME: usize = 4;

/// A step in the making, with what the rest of the case asks of it.
pub(super) struct Draft<'a> {
    pub step: Step,
    document: &'a Document<'a>,
    /// Where it begins in the record's text.
    start: usize,
    /// What the writer or a colleague states in it.
    pub stated: Vec<Stated>,
    /// Harm of the kind that somebody may disclose is spoken of, whoever says so.
    pub tells_of_harm: bool,
    /// What analysis about its first disclosure speaks of.
    pub sought: Topics,
    /// Its words in lower case, for the search for copies.
    pub words: Vec<String>,
    /// Words in it that are written as names are.
    pub names: BTreeSet<String>,
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
    let mut reader = Reader { linter, document, whole: &whole, text: &text, drafts: Vec::new(), states: Vec::new() };
    reader.open(parts);
    reader.phrases();
    reader.cues();
    reader.drafts.retain(|open| !open.is_title);
    reader.drafts.into_iter().map(|open| open.draft).collect()
}

/// A dated part of a record, or what stands before the first.
struct Part {
    /// Of the folded text.
    range: Range<usize>,
    when: Option<When>,
    agency: Option<String>,
    /// Nothing but headings stands in it.
    is_title: bool,
}

/// The parts of a record that stand under a date of their own; the whole record where there are none. Blocks headed by persons belong
/// to the part that they stand in.
fn parts(document: &Document, folded: &str, lexicon: &Lexicon) -> Vec<Part> {
    let vocabulary = &lexicon.structure;
    let entries = text::entries(folded, vocabulary);
    let is_divided = entries.iter().any(|entry| entry.kind == EntryKind::Dated);
    let head = || text::head_date(folded, vocabulary).and_then(|range| When::read(&folded[range], None, vocabulary));
    let own = document.record.date.map(When::day);
    let own = if is_divided { own } else { own.or_else(head) };
    let mut near: Option<Date> = own.map(|when| when.date);
    let mut parts: Vec<Part> = Vec::new();
    for entry in entries {
        match (&entry.heading, entry.kind, parts.last_mut()) {
            (Some(heading), EntryKind::Dated, _) => {
                let words = &folded[heading.clone()];
                // A day of the week alone is of the record's date.
                let is_day = |byte: u8| byte.is_ascii_digit();
                let when = When::read(words, near, vocabulary).or(own.filter(|_| !words.bytes().any(is_day)));
                near = when.map(|when| when.date).or(near);
                let agency = cell(&folded[heading.end..entry.range.end]);
                parts.push(Part { range: entry.range, when, agency, is_title: false });
            }
            (_, _, Some(last)) => {
                last.range.end = entry.range.end;
                last.is_title = last.is_title && is_title(folded, &entry);
            }
            (_, _, None) => {
                let is_title = is_divided && is_title(folded, &entry);
                parts.push(Part { range: entry.range, when: own, agency: None, is_title });
            }
        }
    }
    parts
}

/// Whether nothing but headings and the head of a table stand in an entry.
fn is_title(folded: &str, entry: &Entry) -> bool {
    let says_nothing = |line: &str| line.is_empty() || text::is_heading(line) || line.starts_with('|');
    folded[entry.range.clone()].lines().all(|line| says_nothing(line.trim()))
}

/// The cell of a table that follows the date, where it may name an agency: few words without figures, and a cell behind it.
fn cell(behind: &str) -> Option<String> {
    let row = behind.lines().next()?.trim_start().strip_prefix('|')?;
    let (cell, rest) = row.split_once('|')?;
    let cell = cell.trim();
    let is_name =
        cell.len() <= LONGEST_CELL && cell.starts_with(char::is_alphabetic) && !cell.contains(|c: char| c.is_ascii_digit());
    let has_more = rest.chars().any(char::is_alphabetic);
    (is_name && has_more).then(|| cell.to_owned())
}

/// A step while its record is read.
struct Open<'a> {
    draft: Draft<'a>,
    /// Of the folded text.
    range: Range<usize>,
    is_title: bool,
}

struct Reader<'r, 'a> {
    linter: &'r Linter,
    document: &'a Document<'a>,
    whole: &'r Whole<'r>,
    text: &'r Text<'r>,
    drafts: Vec<Open<'a>>,
    /// Where analysis is stated. Of the folded text.
    states: Vec<Range<usize>>,
}

/// A cue of a case where it stands.
struct Sign {
    span: Range<usize>,
    sense: CueSense,
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
                names: runs(folded).filter(|word| self.is_name(word)).map(str::to_owned).collect(),
            };
            self.drafts.push(Open { draft, range, is_title });
        }
    }

    /// The line of the file of a place in the record's text.
    fn line(&self, at: usize) -> usize {
        self.whole.text[..at].matches('\n').count() + 1 + self.document.lines_before
    }

    /// The step that holds a place of the folded text. A step that holds anything is more than a title.
    fn at(&mut self, place: usize) -> &mut Draft<'a> {
        // Parts cover the text, so that there is one.
        let number = self.drafts.partition_point(|open| open.range.start <= place).saturating_sub(1);
        self.drafts[number].is_title = false;
        &mut self.drafts[number].draft
    }

    /// The phrases of the record, by the decision table.
    fn phrases(&mut self) {
        let outcome = self.linter.check(self.document.record);
        let conduct = &self.linter.lexicon.case.conduct;
        let challenges = self.challenges();
        let mut all: Vec<&Finding> = outcome.findings.iter().chain(&outcome.left).collect();
        all.sort_by_key(|finding| self.place(finding));
        for finding in all {
            let start = self.place(finding);
            let number = self.number_at(start);
            let is_left = !outcome.findings.iter().any(|flagged| std::ptr::eq(flagged, finding));
            let phrase = self.phrase(finding, &challenges);
            let open = &mut self.drafts[number];
            open.is_title = false;
            if !is_left {
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

    fn phrase(&self, finding: &Finding, challenges: &[Range<usize>]) -> Option<Phrase> {
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
    fn name(&self, who: Who, form: Form, verb: usize, sentence: usize) -> Option<String> {
        if who != Who::Unknown || form != Form::Indirect {
            return None;
        }
        let words: Vec<&str> = runs(self.whole.text.get(sentence..verb)?).collect();
        let near = words.last().filter(|word| self.is_name(word));
        let first = words.first().filter(|word| words.len() <= FROM_NAME && self.is_name(word));
        near.or(first).map(|&word| word.to_owned())
    }

    /// Whether a word that no pattern knows is written as a name is.
    fn is_name(&self, word: &str) -> bool {
        let mut letters = word.chars();
        let is_written_so = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        is_written_so && self.linter.lexicon.index.word(word) == UNKNOWN
    }

    /// Where the record challenges what was said.
    fn challenges(&self) -> Vec<Range<usize>> {
        let signs = self.signs(|kind| kind == CueKind::Challenge);
        signs.iter().map(|sign| self.text.original_range(sign.span.clone())).collect()
    }

    /// The cues of some kinds, in order of place.
    fn signs(&self, is_wanted: impl Fn(CueKind) -> bool) -> Vec<Sign> {
        let lexicon = &self.linter.lexicon;
        let hits = scan(self.text.folded(), 0..self.text.folded().len(), &lexicon.index, Pass::Cues);
        let sense = |owner: u32| match lexicon.owners[owner as usize] {
            Owner::Cue(cue) => Some(lexicon.cues[cue as usize]),
            _ => None,
        };
        let signs = hits.iter().filter_map(|hit| Some(Sign { span: hit.span.0..hit.span.1, sense: sense(hit.owner)? }));
        signs.filter(|sign| is_wanted(sign.sense.kind)).collect()
    }

    /// What the cues of a case tell: notes, words of harm, and what is stated about their meaning.
    fn cues(&mut self) {
        let linter = self.linter;
        let folded = self.text.folded();
        let hits = scan_record(folded, &linter.lexicon.index);
        let signs = apart(self.signs(is_of_case));
        let others = self.signs(|kind| matches!(kind, CueKind::Topic | CueKind::Challenge));
        // Everything is to be read that may say something.
        let mut places: Vec<usize> = signs.iter().chain(&others).map(|sign| sign.span.start).collect();
        places.extend(hits.iter().map(|hit| hit.start));
        places.sort_unstable();
        places.dedup();
        let layout = Layout::new(folded, places.clone(), &linter.lexicon);
        let mentions = linter.mentions(&hits, &layout, &linter.subject(self.document.record));
        for entry in &layout.entries {
            let first = places.partition_point(|&place| place < entry.range.start);
            if let Some(&place) = places.get(first).filter(|&&place| place < entry.range.end) {
                self.statements(&layout.setting(place), &mentions);
            }
        }
        for sign in &signs {
            self.sign(sign, &layout.setting(sign.span.start), &mentions);
        }
    }

    /// What the writer or a colleague states in an entry.
    fn statements(&mut self, setting: &Setting, mentions: &[Mention]) {
        let mut by_sentence: BTreeMap<usize, Topics> = BTreeMap::new();
        for (topic, place) in setting.analysis(mentions).statements() {
            if !is_stated(&heard(place, &setting.sentence_around(place.start), setting)) {
                continue;
            }
            self.states.push(place.clone());
            by_sentence.entry(setting.sentence_at(place.start)).or_default().0 |= 1 << topic;
        }
        for (number, topics) in by_sentence {
            let Some(sentence) = setting.sentences.get(number) else {
                continue;
            };
            let quoted = self.original(sentence).trim();
            let stated = Stated { topics, sentence: plain(quoted) };
            self.at(sentence.start).stated.push(stated);
        }
    }

    /// The record's own text of a stretch of the folded one.
    fn original(&self, stretch: &Range<usize>) -> &str {
        &self.whole.text[self.text.original_range(stretch.clone())]
    }

    /// Takes in what one cue tells.
    fn sign(&mut self, sign: &Sign, setting: &Setting, mentions: &[Mention]) {
        let sentence = setting.sentence(setting.sentence_at(sign.span.start));
        let heard = heard(&sign.span, &sentence.range, setting);
        let mention = Mention { rule: 0, span: sign.span.clone(), whole: sign.span.clone(), sense: None, also: Vec::new() };
        let is_negated = negation(&mention, &sentence, &heard, setting).is_some();
        let kind = match (sign.sense.kind, is_negated) {
            (CueKind::Contact, false) => NoteKind::Contact,
            (CueKind::Contact, true) | (CueKind::MissedContact, false) => NoteKind::MissedContact,
            (CueKind::Plan, false) => NoteKind::Plan,
            (CueKind::Review, false) => NoteKind::Review,
            (CueKind::Harm, false) => {
                let draft = self.at(sign.span.start);
                draft.step.words.harm += 1;
                draft.tells_of_harm |= sign.sense.strong;
                let name = self.name_of(&heard, &sentence.range);
                // "What she describes is sexual abuse" is what the writer makes of it.
                let is_analysis = self.states.iter().any(|place| place.start < sign.span.end && sign.span.start < place.end);
                if !sign.sense.strong || is_analysis || !is_told(&heard, name.as_deref()) {
                    return;
                }
                NoteKind::Disclosure
            }
            _ => return,
        };
        let analysis = setting.analysis(mentions).of(&mention, sign.sense.topics, None, setting);
        self.note(kind, sign, &sentence.range, &heard, analysis);
    }

    /// Adds a note, once a sentence and kind.
    fn note(&mut self, kind: NoteKind, sign: &Sign, sentence: &Range<usize>, heard: &Heard, analysis: Option<Range<usize>>) {
        let (span, around) = (self.text.original_range(sign.span.clone()), self.text.original_range(sentence.clone()));
        let quote = Quote::of(&self.whole.text, &around, &span);
        let note = Note {
            kind,
            who: heard.who,
            form: heard.form,
            name: self.name_of(heard, sentence),
            analysis: analysis.map(|found| plain(self.original(&found))),
            line: self.line(span.start),
            quote,
        };
        let draft = self.at(sign.span.start);
        let is_known = |known: &Note| known.kind == kind && known.quote.is_same_sentence(&note.quote);
        if draft.step.notes.last().is_none_or(|known| !is_known(known)) {
            if kind == NoteKind::Disclosure {
                draft.sought.0 |= sign.sense.topics.0;
            }
            draft.step.notes.push(note);
        }
    }

    fn name_of(&self, heard: &Heard, sentence: &Range<usize>) -> Option<String> {
        let (verb, sentence) = (self.text.original_range(heard.cue.clone()), self.text.original_range(sentence.clone()));
        self.name(heard.who, heard.form, verb.start, sentence.start)
    }
}

/// Whose words they are. "What she describes is sexual abuse": a form of "be" right behind the verb of saying leads to what the writer
/// makes of it.
fn heard(stretch: &Range<usize>, sentence: &Range<usize>, setting: &Setting) -> Heard {
    let heard = voice(stretch, sentence, setting);
    let next = runs(&setting.text[heard.cue.end..sentence.end.max(heard.cue.end)]).next();
    let is_own = next.is_some_and(|word| holds(&setting.lexicon.words.be, setting.lexicon.index.word(word)));
    if heard.form == Form::Indirect && is_own { Heard::OWN } else { heard }
}

/// Whether evidence is what decided a verdict, and not whose words or whose age it is.
fn is_decisive(kind: &str) -> bool {
    matches!(kind, "analysis" | "wording" | "negation")
}

fn is_of_case(kind: CueKind) -> bool {
    matches!(kind, CueKind::Harm | CueKind::MissedContact | CueKind::Contact | CueKind::Plan | CueKind::Review)
}

/// Whether somebody other than the writer or a colleague says so: the child, the family, a friend, a neighbour, or a person by name.
fn is_told(heard: &Heard, name: Option<&str>) -> bool {
    match heard.who {
        Who::Child | Who::Parent | Who::Family | Who::Peer | Who::Public => heard.form != Form::Own,
        Who::Unknown => name.is_some() || heard.form == Form::Direct,
        _ => false,
    }
}

/// Whether the writer says so, or a colleague who is named as one. A pronoun leaves open who it is.
fn is_stated(heard: &Heard) -> bool {
    heard.form == Form::Own || heard.who == Who::Professional && !heard.by_pronoun
}

/// Signs that do not overlap: of those that do, the longest.
fn apart(mut signs: Vec<Sign>) -> Vec<Sign> {
    signs.sort_by_key(|sign| (sign.span.start, Reverse(sign.span.end)));
    let mut kept: Vec<Sign> = Vec::new();
    for sign in signs {
        match kept.last_mut().filter(|last| sign.span.start < last.span.end) {
            Some(last) if sign.span.len() > last.span.len() => *last = sign,
            Some(_) => {}
            None => kept.push(sign),
        }
    }
    kept
}

/// The words of a text without its signs.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The words of a text in lower case, without its signs.
pub(super) fn words_of(text: &str) -> Vec<String> {
    runs(text).map(str::to_lowercase).collect()
}
