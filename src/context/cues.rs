//! The cues of an entry, by kind and in order of place.

use std::ops::Range;

use crate::lexicon::schema::{CueKind, Who};
use crate::lexicon::{CueSense, Lexicon, Owner, Topics};
use crate::scan::{self, Pass};

/// Cues of one kind, in order of place, so that the nearest is found without a look at all.
#[derive(Debug)]
pub struct Cues<T>(pub Vec<(Range<usize>, T)>);

impl<T> Default for Cues<T> {
    fn default() -> Self {
        Cues(Vec::new())
    }
}

/// Cues that can lie within one another; a cue is a few words, so that these are few.
const NESTED: usize = 8;

impl<T: Copy> Cues<T> {
    /// The cue that holds a place and ends at `limit` or before it.
    pub fn at(&self, place: usize, limit: usize) -> Option<Range<usize>> {
        let after = self.0.partition_point(|(range, _)| range.start <= place);
        let near = self.0[..after].iter().rev().take(NESTED);
        near.map(|(range, _)| range).find(|range| place < range.end && range.end <= limit).cloned()
    }

    /// The nearest cue within a stretch that ends where the stretch ends or before; of those that end together the longest.
    pub fn last_in(&self, stretch: Range<usize>) -> Option<(Range<usize>, T)> {
        let after = self.0.partition_point(|(range, _)| range.start < stretch.end);
        let near = self.0[..after].iter().rev().filter(|(range, _)| range.end <= stretch.end).take(NESTED);
        near.max_by_key(|(range, _)| (range.end, range.len()))
            .filter(|(range, _)| range.start >= stretch.start)
            .cloned()
    }

    /// The nearest cue that begins within a stretch, wherever it ends.
    pub fn last_begun(&self, stretch: Range<usize>) -> Option<(Range<usize>, T)> {
        let after = self.0.partition_point(|(range, _)| range.start < stretch.end);
        self.0[..after].last().filter(|(range, _)| range.start >= stretch.start).cloned()
    }

    /// The first cue that lies within a stretch.
    pub fn first_in(&self, stretch: Range<usize>) -> Option<(Range<usize>, T)> {
        let from = self.0.partition_point(|(range, _)| range.start < stretch.start);
        self.0.get(from).filter(|(range, _)| range.end <= stretch.end).cloned()
    }

    /// The first cue within a stretch of which something holds.
    pub fn first_where(&self, stretch: Range<usize>, holds: impl Fn(T) -> bool) -> Option<(Range<usize>, T)> {
        let from = self.0.partition_point(|(range, _)| range.start < stretch.start);
        let mut within = self.0[from..].iter().take_while(|(range, _)| range.end <= stretch.end);
        within.find(|(_, of)| holds(*of)).cloned()
    }

    /// A cue within a stretch that shares nothing with `apart`.
    pub fn any_in(&self, stretch: &Range<usize>, apart: &Range<usize>) -> Option<(Range<usize>, T)> {
        let before = stretch.start..apart.start.min(stretch.end);
        let behind = apart.end.max(stretch.start)..stretch.end;
        self.first_in(before).or_else(|| self.first_in(behind))
    }
}

/// How much a word that analysis speaks of says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// What the writer makes of it, outright.
    Outright,
    /// Something of it, right behind a phrase.
    Touching,
    /// Nothing: it needs a frame.
    Fact,
}

/// All cues of an entry.
#[derive(Debug, Default)]
pub struct AllCues {
    pub reporting: Cues<()>,
    pub speakers: Cues<Who>,
    pub negations: Cues<()>,
    pub not_negations: Cues<()>,
    pub frames: Cues<()>,
    /// What analysis speaks of, and how much it says by itself.
    pub topics: Cues<(Topics, Weight)>,
    pub actions: Cues<()>,
    /// Whether it answers what was said before it in the entry, however far.
    pub challenges: Cues<bool>,
    /// Somebody is told something, which is a challenge where it says more than arrangements.
    pub answers: Cues<()>,
    pub headings: Cues<()>,
    pub language: Cues<()>,
    /// Whether a correction is one by itself.
    pub corrections: Cues<bool>,
    /// Whether it counts wherever in its sentence it stands, or before the phrase alone.
    pub general: Cues<bool>,
    /// Whether it is a school year.
    pub ages: Cues<bool>,
    pub denials: Cues<()>,
    pub list_leads: Cues<()>,
    /// Who it is, and whether it is a title, which a name follows.
    pub not_protected: Cues<(Option<Who>, bool)>,
}

impl AllCues {
    /// Reads the cues of stretches, which come in order.
    pub fn read(text: &str, stretches: &[Range<usize>], lexicon: &Lexicon) -> Self {
        let mut all = AllCues::default();
        for hit in stretches.iter().flat_map(|stretch| scan::scan(text, stretch.clone(), &lexicon.index, Pass::Cues)) {
            if let Owner::Cue(cue) = lexicon.owners[hit.owner as usize] {
                all.add(hit.span.0..hit.span.1, &lexicon.cues[cue as usize]);
            }
        }
        all
    }

    fn add(&mut self, place: Range<usize>, sense: &CueSense) {
        let plain = match sense.kind {
            CueKind::Speaker => return self.speakers.0.push((place, sense.who.unwrap_or(Who::Unknown))),
            CueKind::Topic if sense.strong => return self.topics.0.push((place, (sense.topics, Weight::Outright))),
            CueKind::Topic => return self.topics.0.push((place, (sense.topics, Weight::Touching))),
            CueKind::Fact => return self.topics.0.push((place, (sense.topics, Weight::Fact))),
            CueKind::General => return self.general.0.push((place, sense.strong)),
            CueKind::Correction => return self.corrections.0.push((place, sense.strong)),
            CueKind::NotProtected => return self.not_protected.0.push((place, (sense.who, sense.strong))),
            CueKind::Challenge => return self.challenges.0.push((place, sense.strong)),
            CueKind::Age => return self.ages.0.push((place, sense.strong)),
            CueKind::Reporting => &mut self.reporting,
            CueKind::Negation => &mut self.negations,
            CueKind::NotNegation => &mut self.not_negations,
            CueKind::Frame => &mut self.frames,
            CueKind::Action => &mut self.actions,
            CueKind::Answer => &mut self.answers,
            CueKind::AnalysisHeading => &mut self.headings,
            CueKind::Language => &mut self.language,
            CueKind::ListLead => &mut self.list_leads,
            CueKind::Denial => &mut self.denials,
            // A pass of its own reads these, over the whole record.
            CueKind::DomesticAbuse => return,
            // They tell of a case, and nothing of a mention.
            CueKind::Harm | CueKind::MissedContact | CueKind::Contact | CueKind::Plan | CueKind::Review => return,
        };
        plain.0.push((place, ()));
    }
}
