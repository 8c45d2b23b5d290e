//! The public face of the engine.

use std::collections::BTreeSet;

use crate::compose::{Composer, Found, Seen};
use crate::context::age::told_age;
use crate::context::general::general;
use crate::context::layout::Layout;
use crate::context::name::name;
use crate::context::needs::Conditions;
use crate::context::negation::negation;
use crate::context::protection::not_protected;
use crate::context::setting::Setting;
use crate::context::voice::voice;
use crate::context::wording::wording;
use crate::finding::{Ask, Outcome};
use crate::lexicon::{Genres, Lexicon, LexiconErrors, Owner, SourceFile, UnknownName};
use crate::record::{Record, Subject};
use crate::resolve::{Mention, resolve};
use crate::scan::{Hit, Pass, scan, scan_record};
use crate::settings::{Chosen, Settings};
use crate::text::{Entry, EntryKind, Text};
use crate::upkeep;
use crate::verdict::{Facts, decide};
use crate::whole::Whole;

/// Checks records. Made once, used for many; it may be shared between threads.
#[derive(Debug)]
pub struct Linter {
    pub(crate) lexicon: Lexicon,
    chosen: Chosen,
}

/// Gathers what a [`Linter`] is made of. Names are those that `caselint rules` lists; a former name of a concern counts as its own.
#[derive(Debug, Default)]
pub struct LinterBuilder {
    files: Vec<SourceFile>,
    settings: Settings,
}

/// Why a linter cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    #[error(transparent)]
    Lexicon(#[from] LexiconErrors),
    /// Names that match nothing in the lexicon.
    #[error("{}", .0.iter().map(UnknownName::to_string).collect::<Vec<_>>().join("\n"))]
    Names(Vec<UnknownName>),
}

/// The family that protects adults, whatever else the record says.
const DOMESTIC_ABUSE: &str = "domestic-abuse";

/// Among so many mentions before one another concern is looked for.
const NEAR: usize = 4;

static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

impl LinterBuilder {
    /// A further lexicon file as TOML, on top of the embedded ones and of those given before; `name` is used in messages.
    pub fn lexicon(mut self, name: impl Into<String>, toml: impl Into<String>) -> Self {
        self.files.push(SourceFile { name: name.into(), text: toml.into() });
        self
    }

    /// The profile, a choice among families and concerns; `full` where nothing is said.
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.settings.profile = Some(name.into());
        self
    }

    /// Looks for these families only, out of those of the profile.
    pub fn families<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.settings.families = names.into_iter().map(Into::into).collect();
        self
    }

    /// Looks for a family or concern besides. Of several words on the same concern the last counts.
    pub fn enable(mut self, name: impl Into<String>) -> Self {
        self.settings.switches.push((name.into(), true));
        self
    }

    /// Leaves a family or concern out. Of several words on the same concern the last counts.
    pub fn disable(mut self, name: impl Into<String>) -> Self {
        self.settings.switches.push((name.into(), false));
        self
    }

    /// What findings of a family or concern ask, whatever the decision table says.
    pub fn ask(mut self, name: impl Into<String>, ask: Ask) -> Self {
        self.settings.asks.push((name.into(), ask));
        self
    }

    /// The nation whose law messages may state; `england-wales` where nothing is said.
    pub fn jurisdiction(mut self, jurisdiction: impl Into<String>) -> Self {
        self.settings.jurisdiction = Some(jurisdiction.into());
        self
    }

    /// A line on what to do locally, which ends messages about a child under 13.
    pub fn local_procedure(mut self, text: impl Into<String>) -> Self {
        self.settings.local_procedure = Some(text.into());
        self
    }

    /// What is known of the subject of records that do not say it themselves.
    pub fn subject_defaults(mut self, subject: Subject) -> Self {
        self.settings.subject = subject;
        self
    }

    /// Leaves a row of the decision table unread, to measure what it is worth; rows 6 and 7 go together.
    pub fn without_row(mut self, row: u8) -> Self {
        self.settings.without_rows.push(row);
        self
    }

    /// Makes the linter. The embedded lexicon is ready at once; with further files all is compiled anew.
    ///
    /// # Errors
    /// All that is wrong with the lexicon files, each with its place and mend; else all names that match nothing.
    pub fn build(self) -> Result<Linter, BuildError> {
        let (lexicon, own) = if self.files.is_empty() {
            (Lexicon::decode(EMBEDDED).expect("build.rs wrote these bytes with the same types"), BTreeSet::new())
        } else {
            with_files(self.files)?
        };
        let chosen = Chosen::new(self.settings, &lexicon, &own).map_err(BuildError::Names)?;
        Ok(Linter::new(lexicon, chosen))
    }
}

/// The lexicon with these files on top, and the families that only they have.
fn with_files(files: Vec<SourceFile>) -> Result<(Lexicon, BTreeSet<String>), LexiconErrors> {
    let families = |files: &[SourceFile]| -> BTreeSet<String> {
        let read = files.iter().filter_map(|file| file.read().ok());
        read.filter(|file| !file.concerns.is_empty())
            .map(|file| file.family.unwrap_or_else(|| "local".into()))
            .collect()
    };
    let mut all = upkeep::embedded();
    let own = families(&files).difference(&families(&all)).cloned().collect();
    all.extend(files);
    let mut problems = Vec::new();
    let lexicon = Lexicon::compile(&all, false, &mut problems);
    if problems.is_empty() { Ok((lexicon, own)) } else { Err(LexiconErrors(problems)) }
}

/// What the record says of itself.
struct Known {
    /// The subject's age in years.
    age: Option<u8>,
    /// Its genre is one of domestic abuse.
    is_domestic: bool,
    /// Where it speaks of domestic abuse, in order.
    domestic: Vec<usize>,
    /// It is a training paper, a policy or the like.
    is_paper: bool,
}

impl Known {
    /// Whether an adult counts as a victim in an entry. A block headed by somebody else is about that person alone.
    fn is_domestic(&self, entry: &Entry) -> bool {
        let from = self.domestic.partition_point(|&place| place < entry.range.start);
        let spoken = match entry.kind {
            EntryKind::Person => self.domestic.get(from).is_some_and(|&place| place < entry.range.end),
            EntryKind::Whole | EntryKind::Dated => !self.domestic.is_empty(),
        };
        self.is_domestic || spoken
    }
}

impl Linter {
    pub fn builder() -> LinterBuilder {
        LinterBuilder::default()
    }

    pub(crate) fn new(lexicon: Lexicon, chosen: Chosen) -> Linter {
        Linter { lexicon, chosen }
    }

    /// A hash over the canonical form of the lexicon, in hexadecimal.
    pub fn edition(&self) -> &str {
        &self.lexicon.edition
    }

    /// Finds what a record leaves standing. Never fails; the same record gives the same outcome.
    pub fn check(&self, record: &Record) -> Outcome {
        let whole = Whole::new(record);
        let text = Text::new(&whole.text);
        let folded = text.folded();
        let hits = scan_record(folded, &self.lexicon.index);
        let owner = |hit: &Hit| self.lexicon.owners[hit.owner as usize];
        let is_cue = |hit: &&Hit| matches!(owner(hit), Owner::Cue(_));
        let is_mention = |hit: &&Hit| matches!(owner(hit), Owner::Phrase(_) | Owner::Sense(_));
        let places: Vec<usize> = hits.iter().filter(is_mention).map(|hit| hit.start).collect();
        if places.is_empty() {
            return Outcome::default();
        }
        let layout = Layout::new(folded, places, &self.lexicon);
        let subject = self.chosen.subject(record);
        let conditions = Conditions::new(&hits, &self.lexicon, subject.age);
        let around = |scope, place| layout.around(scope, place);
        let kept = |rule, hit: &_| conditions.hold(rule, hit, &around);
        let mentions = resolve(&hits, &self.lexicon, &|rule| self.chosen.is_on(rule), &kept);
        let mut composer = Composer::new(&self.lexicon, &self.chosen, record, &subject, &whole, &text);
        let is_paper = Genres::holds(&self.lexicon.genres.general, record.genre.as_deref());
        let is_domestic = Genres::holds(&self.lexicon.genres.domestic_abuse, record.genre.as_deref());
        let domestic = hits.iter().filter(is_cue).map(|hit| hit.start).collect();
        let known = Known { age: subject.age, is_domestic, domestic, is_paper };
        for (number, mention) in mentions.iter().enumerate() {
            composer.add(mention, &self.look(&mentions, number, &known, &layout.setting(mention.span.start)));
        }
        composer.finish()
    }

    /// How many patterns the scan finds in a record, settled or not: the scan alone, for measuring it.
    #[doc(hidden)]
    pub fn count_hits(&self, record: &Record) -> usize {
        let whole = Whole::new(record);
        let text = Text::new(&whole.text);
        scan(text.folded(), 0..text.folded().len(), &self.lexicon.index, Pass::Mentions).len()
    }

    /// What is known of one mention of the record, and what the decision table says.
    fn look(&self, mentions: &[Mention], at: usize, known: &Known, setting: &Setting) -> Seen {
        let mention = &mentions[at];
        let before = mentions[..at]
            .iter()
            .rev()
            .take(NEAR)
            .find(|other| other.rule != mention.rule && other.sense.is_none());
        let number = setting.sentence_at(mention.span.start);
        let sentence = setting.sentence(number);
        let rule = &self.lexicon.rules[mention.rule as usize];
        let heard = voice(&mention.span, &sentence.range, setting);
        let found = Found {
            sense: mention.sense.clone().or_else(|| name(mention, &sentence, setting)),
            wording: wording(mention, setting),
            general: general(mention, &sentence, known.is_paper, setting),
            negation: negation(mention, &sentence, &heard, setting),
            not_protected: not_protected(
                mention,
                &sentence,
                &rule.concern,
                rule.family == DOMESTIC_ABUSE || known.is_domestic(&setting.entry),
                known.age,
                setting,
            ),
            analysis: setting.analysis(mentions).of(mention, rule.topics, before, setting),
        };
        let mut decision = decide(&Facts {
            strength: rule.concern.strength,
            other_sense: found.sense.is_some() && self.chosen.reads_row(1),
            about_words: found.wording.is_some() && self.chosen.reads_row(2),
            general: found.general.is_some() && self.chosen.reads_row(3),
            negated: found.negation.is_some() && self.chosen.reads_row(4),
            not_protected: found.not_protected.is_some() && self.chosen.reads_row(5),
            analysed: found.analysis.is_some() && self.chosen.reads_row(6),
            heard: &heard,
        });
        if let Some(ask) = self.chosen.ask(mention.rule) {
            decision.ask = ask;
        }
        let told_age = told_age(&sentence.range, setting);
        let sought = rule.topics.numbers().map(|topic| self.lexicon.topics[topic].clone()).collect();
        Seen {
            heard,
            found,
            told_age,
            sought,
            decision,
            sentence: sentence.range.clone(),
            excerpt: setting.excerpt(number),
        }
    }
}
