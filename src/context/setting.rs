//! An entry as the rows of the table see it: its paragraphs, sentences, quotations and cues.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use super::analysis::Analysis;
use super::cues::AllCues;
use super::named::Named;
use super::sentence::Sentence;
use crate::lexicon::schema::CueKind;
use crate::lexicon::{Lexicon, Owner};
use crate::resolve::Mention;
use crate::scan::{self, Pass};
use crate::text::{self, Entry, EntryKind, Quotation};

/// An entry that holds a mention or what a gap begins with.
pub struct Setting<'a> {
    pub text: &'a str,
    pub lexicon: &'a Lexicon,
    pub entry: Entry,
    pub paragraphs: Vec<Paragraph>,
    pub sentences: Vec<Range<usize>>,
    /// What is read of the entry.
    stretches: Vec<Range<usize>>,
    quotations: Vec<Quotation>,
    cues: OnceCell<AllCues>,
    analysis: OnceCell<Analysis>,
    named: OnceCell<Named>,
    /// The sentence that was read last: mentions come in order of place.
    last: RefCell<Option<(usize, Rc<Sentence>)>>,
}

/// A paragraph of an entry.
pub struct Paragraph {
    pub range: Range<usize>,
    /// The numbers of its sentences in the entry.
    pub sentences: Range<usize>,
    pub is_heading: bool,
    /// It is a writer's: neither a heading nor, whatever its shape, the heading of a box.
    pub is_written: bool,
    /// The paragraph or heading that introduces the list which it is an item of.
    pub lead: Option<usize>,
}

impl Paragraph {
    fn is_read(&self) -> bool {
        !self.sentences.is_empty()
    }
}

impl<'a> Setting<'a> {
    /// Reads an entry. `places` are those of phrases, in order: only paragraphs near one, headings and what stands under a heading of
    /// analysis are cut into sentences; the others have none. Without places all is read.
    pub fn read(
        text: &'a str,
        entry: Entry,
        places: Option<&[usize]>,
        is_written: &dyn Fn(&Range<usize>) -> bool,
        lexicon: &'a Lexicon,
    ) -> Self {
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for range in text::paragraphs(text, entry.range.clone()) {
            let is_heading = text::is_heading(&text[range.clone()]);
            let lead = if text::is_item(text, &range) { lead(text, &paragraphs) } else { None };
            let is_written = !is_heading && is_written(&range);
            paragraphs.push(Paragraph { range, sentences: 0..0, is_heading, is_written, lead });
        }
        let wanted = match places.filter(|_| entry.kind == EntryKind::Whole) {
            Some(places) => wanted(text, &paragraphs, places, lexicon),
            None => vec![true; paragraphs.len()],
        };
        let (mut sentences, mut quotations) = (Vec::new(), Vec::new());
        for (paragraph, wanted) in paragraphs.iter_mut().zip(&wanted) {
            let first = sentences.len();
            if *wanted {
                sentences.extend(text::sentences(text, paragraph.range.clone(), &lexicon.structure));
                if sentences.len() == first {
                    sentences.push(paragraph.range.clone());
                }
                quotations.extend(text::quotations(text, paragraph.range.clone()));
            }
            paragraph.sentences = first..sentences.len();
        }
        let stretches = paragraphs.iter().filter(|paragraph| paragraph.is_read()).map(|paragraph| paragraph.range.clone());
        Setting {
            text,
            lexicon,
            stretches: joined(stretches),
            entry,
            paragraphs,
            sentences,
            quotations,
            cues: OnceCell::new(),
            analysis: OnceCell::new(),
            named: OnceCell::new(),
            last: RefCell::new(None),
        }
    }

    /// Whether all of the entry was read.
    pub fn is_full(&self) -> bool {
        self.paragraphs.iter().all(Paragraph::is_read)
    }

    /// Whether a place was read with what stands beside it, as a phrase is.
    pub fn covers(&self, place: usize) -> bool {
        let at = self.paragraphs.partition_point(|paragraph| paragraph.range.start <= place).saturating_sub(1);
        self.paragraphs[beside(at, self.paragraphs.len())].iter().all(Paragraph::is_read)
    }

    /// What introduces the list of which a sentence is an item.
    pub fn lead_of(&self, sentence: usize) -> Option<Range<usize>> {
        let lead = self.paragraphs.get(self.paragraph_of(sentence))?.lead?;
        let last = self.paragraphs[lead].sentences.clone().next_back()?;
        self.sentences.get(last).cloned()
    }

    /// The number of the sentence that holds a place, or of the last before it.
    pub fn sentence_at(&self, place: usize) -> usize {
        self.sentences.partition_point(|s| s.start <= place).saturating_sub(1)
    }

    /// The range of the sentence that holds a place.
    pub fn sentence_around(&self, place: usize) -> Range<usize> {
        self.sentences.get(self.sentence_at(place)).cloned().unwrap_or(self.entry.range.clone())
    }

    /// Whether a place stands in what somebody wrote, and not in a heading.
    pub fn is_written(&self, place: usize) -> bool {
        self.paragraphs
            .get(self.paragraph_of(self.sentence_at(place)))
            .is_none_or(|paragraph| paragraph.is_written)
    }

    /// The number of the paragraph of a sentence.
    pub fn paragraph_of(&self, sentence: usize) -> usize {
        self.paragraphs.partition_point(|p| p.sentences.start <= sentence).saturating_sub(1)
    }

    /// A sentence, read.
    pub fn sentence(&self, number: usize) -> Rc<Sentence> {
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((known, sentence)) if *known == number => sentence.clone(),
            _ => {
                let range = self.sentences.get(number).cloned().unwrap_or(self.entry.range.clone());
                let sentence = Rc::new(Sentence::read(self.text, range, self.lexicon));
                *last = Some((number, sentence.clone()));
                sentence
            }
        }
    }

    /// A sentence with its neighbours in its paragraph.
    pub fn excerpt(&self, sentence: usize) -> Range<usize> {
        let Some(paragraph) = self.paragraphs.get(self.paragraph_of(sentence)) else {
            return self.entry.range.clone();
        };
        let first = sentence.saturating_sub(1).max(paragraph.sentences.start);
        let last = (sentence + 1).min(paragraph.sentences.end - 1);
        self.sentences[first].start..self.sentences[last].end
    }

    /// The quotation that a stretch lies in.
    pub fn quotation(&self, stretch: &Range<usize>) -> Option<&Quotation> {
        let after = self.quotations.partition_point(|q| q.range.start <= stretch.start);
        let quotation = &self.quotations[after.checked_sub(1)?];
        (stretch.end <= quotation.range.end).then_some(quotation)
    }

    pub fn cues(&self) -> &AllCues {
        self.cues.get_or_init(|| AllCues::read(self.text, &self.stretches, self.lexicon))
    }

    /// The names of people whom families do not protect.
    pub fn named(&self) -> &Named {
        self.named.get_or_init(|| Named::read(self))
    }

    /// The analysis of the entry; `mentions` are those of the record, in order of place.
    pub fn analysis(&self, mentions: &[Mention]) -> &Analysis {
        self.analysis.get_or_init(|| Analysis::read(self, mentions))
    }
}

/// What introduces an item that follows these paragraphs: a line with a colon, be it an item itself, or a heading, or what introduces the item
/// before it. A numbered line without a colon can be a heading or an item, and counts as an item.
fn lead(text: &str, before: &[Paragraph]) -> Option<usize> {
    let last = before.last()?;
    let is_heading = last.is_heading && !text::is_item(text, &last.range);
    let introduces = is_heading || text[last.range.clone()].trim_end_matches(['*', '_', ' ']).ends_with(':');
    if introduces { Some(before.len() - 1) } else { last.lead }
}

/// Which paragraphs are to be read: those that hold a phrase, the one before and the two behind, what introduces their list, headings,
/// and all that stands under a heading of analysis or begins with one.
fn wanted(text: &str, paragraphs: &[Paragraph], places: &[usize], lexicon: &Lexicon) -> Vec<bool> {
    let mut wanted: Vec<bool> = paragraphs.iter().map(|paragraph| !paragraph.is_written).collect();
    let mut place = places.partition_point(|&place| paragraphs.first().is_some_and(|first| place < first.range.start));
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let behind = place + places[place..].partition_point(|&place| place < paragraph.range.end);
        if behind > place {
            wanted[beside(at, paragraphs.len())].fill(true);
            paragraph.lead.iter().for_each(|&lead| wanted[lead] = true);
        }
        place = behind;
    }
    let mut is_under = false;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let is_headed = may_be_headed(text, paragraph) && begins_with_heading(text, &paragraph.range, lexicon);
        if !paragraph.is_written {
            is_under = is_headed;
        }
        wanted[at] |= is_under || is_headed;
        // A heading that only its words tell from a statement stands alone in its paragraph.
        is_under |= is_headed && paragraph.range.len() <= LABEL;
    }
    wanted
}

/// The numbers of the paragraph before one, of that and of the two behind.
fn beside(at: usize, count: usize) -> Range<usize> {
    at.saturating_sub(1)..(at + 3).min(count)
}

/// Whether a paragraph looks as if it began with a label; a look that spares most paragraphs the search for one.
fn may_be_headed(text: &str, paragraph: &Paragraph) -> bool {
    let bytes = &text.as_bytes()[paragraph.range.clone()];
    let head = |len: usize| &bytes[..len.min(bytes.len())];
    !paragraph.is_written
        || bytes.len() <= LABEL / 2
        || head(LABEL).contains(&b':')
        || head(LABEL / 2).iter().any(|byte| b".-|/".contains(byte))
}

/// Whether a heading of analysis stands at the beginning of a paragraph.
fn begins_with_heading(text: &str, paragraph: &Range<usize>, lexicon: &Lexicon) -> bool {
    let end = text.floor_char_boundary(paragraph.end.min(paragraph.start + LABEL));
    let hits = scan::scan(text, paragraph.start..end, &lexicon.index, Pass::Cues);
    let is_heading = |owner: u32| matches!(lexicon.owners[owner as usize], Owner::Cue(cue) if lexicon.cues[cue as usize].kind == CueKind::AnalysisHeading);
    hits.iter().any(|hit| is_heading(hit.owner))
}

/// A label at the beginning of a paragraph is at most so many bytes long.
const LABEL: usize = 60;

/// Stretches that touch as one; so that a clause over the end of a line stays whole.
fn joined(stretches: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(last) if stretch.start <= last.end + 2 => last.end = stretch.end,
            _ => joined.push(stretch),
        }
    }
    joined
}
