//! The public face of the engine.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::compose::Composer;
use crate::context::layout::Layout;
use crate::context::needs::Conditions;
use crate::context::roles::Roles;
use crate::finding::{Ask, Outcome};
use crate::gaps::{self, Weighed};
use crate::lexicon::schema::{CueKind, Scope};
use crate::lexicon::{Lexicon, LexiconErrors, Owner, SourceFile, UnknownName};
use crate::printed::Printed;
use crate::record::{Record, Subject};
use crate::resolve::{Mention, resolve};
use crate::scan::{Hit, Pass, scan, scan_record};
use crate::settings::{Chosen, Settings};
use crate::text::Text;
use crate::upkeep;
use crate::weigh::{Known, Weighing};
use crate::whole::Whole;

/// Checks records. Made once, used for many; it may be shared between threads.
#[derive(Debug)]
pub struct Linter {
    pub(crate) lexicon: Arc<Lexicon>,
    /// The families that no profile knows.
    own: BTreeSet<String>,
    settings: Settings,
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

/// The embedded lexicon as `build.rs` compiled it.
#[cfg(not(feature = "lean"))]
fn embedded() -> Lexicon {
    const {
        assert!(
            cfg!(target_endian = "little"),
            "the embedded lists are read as a little-endian machine keeps them; build with the feature lean"
        );
    }
    /// Bytes that lie as the numbers among them must.
    #[repr(C, align(8))]
    struct Aligned<B: ?Sized>(B);
    static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
    static LISTS: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/lexicon-lists.bin")));
    Lexicon::decode(COMPILED, &LISTS.0).expect("build.rs wrote these bytes with the same types")
}

/// The embedded lexicon, compiled now. Its problems were told when it was built.
#[cfg(feature = "lean")]
fn embedded() -> Lexicon {
    Lexicon::compile(&upkeep::embedded(), false, &mut Vec::new())
}

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
            (embedded(), BTreeSet::new())
        } else {
            with_files(self.files)?
        };
        Linter::chosen(Arc::new(lexicon), own, self.settings)
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

impl Linter {
    pub fn builder() -> LinterBuilder {
        LinterBuilder::default()
    }

    pub(crate) fn new(lexicon: Lexicon, chosen: Chosen) -> Linter {
        Linter { lexicon: Arc::new(lexicon), own: BTreeSet::new(), settings: Settings::default(), chosen }
    }

    fn chosen(lexicon: Arc<Lexicon>, own: BTreeSet<String>, settings: Settings) -> Result<Linter, BuildError> {
        let chosen = Chosen::new(settings.clone(), &lexicon, &own).map_err(BuildError::Names)?;
        Ok(Linter { lexicon, own, settings, chosen })
    }

    /// A linter of another profile or jurisdiction, which shares the words of this one. `None` leaves either as it is.
    ///
    /// # Errors
    /// A name that matches nothing.
    pub fn choosing(&self, profile: Option<&str>, jurisdiction: Option<&str>) -> Result<Linter, BuildError> {
        let mut settings = self.settings.clone();
        settings.profile = profile.map(str::to_owned).or(settings.profile);
        settings.jurisdiction = jurisdiction.map(str::to_owned).or(settings.jurisdiction);
        Linter::chosen(self.lexicon.clone(), self.own.clone(), settings)
    }

    /// A hash over the canonical form of the lexicon, in hexadecimal.
    pub fn edition(&self) -> &str {
        &self.lexicon.edition
    }

    /// What this linter does not look for, though it is on by default: whole families by their names, else single concerns and gaps.
    pub fn silent(&self) -> Vec<String> {
        self.chosen.silent(&self.lexicon)
    }

    /// Families, concerns and gaps that were told what to ask, in the order in which they were told.
    pub fn told_asks(&self) -> &[(String, Ask)] {
        &self.settings.asks
    }

    /// Finds what a record leaves standing. Never fails; the same record gives the same outcome.
    pub fn check(&self, record: &Record) -> Outcome {
        self.check_form(record, &Printed::default())
    }

    /// As [`Linter::check`], where it is known what is printed in the form that the record was written in.
    pub fn check_form(&self, record: &Record, printed: &Printed) -> Outcome {
        self.check_whole(&Whole::new(record), record, printed)
    }

    /// As [`Linter::check`] of a record of one text, where that text lies elsewhere and is not to be copied. Of `about` all is read but the
    /// texts.
    pub fn check_text(&self, text: &str, about: &Record) -> Outcome {
        self.check_whole(&Whole::of_text(text), about, &Printed::default())
    }

    fn check_whole(&self, whole: &Whole, record: &Record, printed: &Printed) -> Outcome {
        let text = Text::new(&whole.text);
        let folded = text.folded();
        let hits = scan_record(folded, &self.lexicon.index);
        let owner = |hit: &Hit| self.lexicon.owners[hit.owner as usize];
        let is_cue = |hit: &Hit, kind| matches!(owner(hit), Owner::Cue(cue) if self.lexicon.cues[cue as usize].kind == kind);
        let is_mention = |hit: &Hit| matches!(owner(hit), Owner::Phrase(_) | Owner::Sense(_));
        if !hits.iter().any(|hit| is_mention(hit) || owner(hit).begins_gap()) {
            return Outcome::default();
        }
        let places =
            |is_one: &dyn Fn(&Hit) -> bool| hits.iter().filter(|hit| is_one(hit)).map(|hit| hit.start).collect::<Vec<_>>();
        let is_written = |stretch: &Range<usize>| whole.place(&text.original_range(stretch.clone())).is_some();
        let read = places(&|hit| is_mention(hit) || is_cue(hit, CueKind::Challenge));
        let layout = Layout::new(folded, read, &is_written, &self.lexicon);
        let subject = self.chosen.subject(record);
        let mentions = self.mentions(&hits, &layout, &subject);
        let mut composer = Composer::new(&self.lexicon, &self.chosen, record, &subject, whole, &text);
        let weighing = Weighing {
            lexicon: &self.lexicon,
            chosen: &self.chosen,
            printed,
            mentions: &mentions,
            known: Known::new(record, &subject, places(&|hit| is_cue(hit, CueKind::DomesticAbuse)), &self.lexicon),
        };
        let mut weighed = Vec::new();
        for (number, mention) in mentions.iter().enumerate() {
            let whose = whole.voice(record, &text.original_range(mention.span.clone()));
            let (rule, seen) = weighing.weigh(number, whose, &layout.setting(mention.span.start));
            composer.add(mention, rule, &seen);
            weighed.push(Weighed { rule, reason: seen.decision.reason, heard: seen.heard });
        }
        // A paper about nobody leaves nothing out.
        if !weighing.known.is_paper {
            let search = gaps::Search {
                lexicon: &self.lexicon,
                chosen: &self.chosen,
                layout: &layout,
                hits: &hits,
                mentions: &mentions,
                weighed: &weighed,
                age: subject.age,
            };
            search.run().iter().for_each(|missing| composer.add_gap(missing));
        }
        composer.finish()
    }

    /// The mentions of a record among the hits of its scan.
    pub(crate) fn mentions(&self, hits: &[Hit], layout: &Layout, subject: &Subject) -> Vec<Mention> {
        let conditions = Conditions::new(hits, &self.lexicon, subject.age);
        let around = |scope, place| layout.around(scope, place);
        let roles = Roles::new(layout.text(), &self.lexicon);
        let kept =
            |rule, hit: &Hit| roles.fit(hit, &|| around(Scope::Sentence, hit.start)) && conditions.hold(rule, hit, &around);
        resolve(hits, &self.lexicon, &|rule| self.chosen.is_on(rule), &kept, &|hit| roles.fit_sense(hit))
    }

    /// What is known of a record's subject.
    pub(crate) fn subject(&self, record: &Record) -> Subject {
        self.chosen.subject(record)
    }

    /// How many patterns the scan finds in a record, settled or not: the scan alone, for measuring it.
    #[doc(hidden)]
    pub fn count_hits(&self, record: &Record) -> usize {
        let whole = Whole::new(record);
        let text = Text::new(&whole.text);
        scan(text.folded(), 0..text.folded().len(), &self.lexicon.index, Pass::Mentions).len()
    }
}
