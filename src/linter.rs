//! The public face of the engine.

use std::cell::RefCell;
use std::rc::Rc;

use crate::compose::{Composer, Seen};
use crate::context::layout::Layout;
use crate::context::needs::Conditions;
use crate::context::negation::negation;
use crate::context::setting::{Paragraph, Sentence};
use crate::context::voice::voice;
use crate::finding::Outcome;
use crate::lexicon::{Lexicon, LexiconErrors, SourceFile};
use crate::record::Record;
use crate::resolve::{Mention, resolve};
use crate::scan::{Pass, scan};
use crate::text::Text;
use crate::upkeep;
use crate::verdict::{Facts, decide};
use crate::whole::Whole;

/// Checks records. Made once, used for many; it may be shared between threads.
#[derive(Debug)]
pub struct Linter {
    pub(crate) lexicon: Lexicon,
    jurisdiction: String,
}

/// Gathers what a [`Linter`] is made of.
#[derive(Debug, Default)]
pub struct LinterBuilder {
    files: Vec<SourceFile>,
    jurisdiction: Option<String>,
}

static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

impl LinterBuilder {
    /// A further lexicon file as TOML, on top of the embedded ones; `name` is used in messages.
    pub fn lexicon(mut self, name: impl Into<String>, toml: impl Into<String>) -> Self {
        self.files.push(SourceFile { name: name.into(), text: toml.into() });
        self
    }

    /// The nation whose law messages may state; `england-wales` where nothing is said.
    pub fn jurisdiction(mut self, jurisdiction: impl Into<String>) -> Self {
        self.jurisdiction = Some(jurisdiction.into());
        self
    }

    /// Makes the linter. The embedded lexicon is ready at once; with further files all is compiled anew.
    ///
    /// # Errors
    /// All that is wrong with the lexicon files, each with its place and mend.
    pub fn build(self) -> Result<Linter, LexiconErrors> {
        if self.files.is_empty() {
            let lexicon = Lexicon::decode(EMBEDDED).expect("build.rs wrote these bytes with the same types");
            return Ok(Linter::new(lexicon, self.jurisdiction));
        }
        let mut files = upkeep::embedded();
        files.extend(self.files);
        let mut problems = Vec::new();
        let lexicon = Lexicon::compile(&files, false, &mut problems);
        if problems.is_empty() { Ok(Linter::new(lexicon, self.jurisdiction)) } else { Err(LexiconErrors(problems)) }
    }
}

impl Linter {
    pub fn builder() -> LinterBuilder {
        LinterBuilder::default()
    }

    pub(crate) fn new(lexicon: Lexicon, jurisdiction: Option<String>) -> Linter {
        Linter { lexicon, jurisdiction: jurisdiction.unwrap_or_else(|| "england-wales".into()) }
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
        let hits = scan(folded, 0..folded.len(), &self.lexicon.index, Pass::Mentions);
        if hits.is_empty() {
            return Outcome::default();
        }
        let layout = Layout::new(folded, &self.lexicon);
        let conditions = Conditions::new(folded, &self.lexicon, record.subject_age());
        let around = |scope, place| layout.around(scope, place);
        let mentions = resolve(&hits, &self.lexicon, &|rule, hit| conditions.hold(rule, hit, &around));
        let mut composer = Composer::new(&self.lexicon, &self.jurisdiction, record, &whole, &text);
        let last: RefCell<Option<(Rc<Paragraph>, usize, Rc<Sentence>)>> = RefCell::new(None);
        for mention in &mentions {
            let paragraph = layout.paragraph(mention.span.start);
            let Some(number) = paragraph.sentence_at(mention.span.start) else { continue };
            let known = last.borrow().as_ref().and_then(|(p, at, s)| (Rc::ptr_eq(p, &paragraph) && *at == number).then(|| s.clone()));
            let sentence = known.unwrap_or_else(|| {
                Rc::new(Sentence::read(folded, paragraph.sentences[number].clone(), &self.lexicon))
            });
            *last.borrow_mut() = Some((paragraph.clone(), number, sentence.clone()));
            composer.add(mention, &self.look(mention, &paragraph, &sentence, number));
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

    /// What is known of one mention, and what the decision table says.
    fn look(&self, mention: &Mention, paragraph: &Paragraph, sentence: &Sentence, number: usize) -> Seen {
        let heard = voice(mention, sentence, paragraph);
        let negation = negation(mention, sentence, &self.lexicon);
        let decision = decide(&Facts {
            strength: self.lexicon.rules[mention.rule as usize].concern.strength,
            other_sense: mention.sense.is_some(),
            negated: negation.is_some(),
            heard: &heard,
        });
        Seen { heard, negation, decision, sentence: sentence.range.clone(), excerpt: paragraph.around(number) }
    }
}
