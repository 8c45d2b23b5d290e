//! The shape of a lexicon file, as it stands in TOML.
//!
//! Every lexicon file, ours or a user's, has this one shape. `build.rs` reads the files of `lexicons/` with these types and embeds
//! them, so this module holds plain data and nothing else.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use crate::pattern::pronouns::Pronouns;
use crate::pattern::short;

pub use super::gap_tables::{Absence, GAP_FAMILY, Gap, GapExtension, GapTable, Presence};
pub use super::tables::{ConcernTable, Extension};

/// The version of the file format that this program reads.
pub const FORMAT: u32 = 1;

/// One lexicon file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LexiconFile {
    /// Always [`FORMAT`].
    pub format: u32,
    /// The family of the concerns in this file.
    #[serde(default)]
    pub family: Option<String>,
    /// Concerns and gaps of this or another file to switch off: `family/id`.
    #[serde(default)]
    pub off: Vec<String>,
    /// A choice among families and concerns.
    #[serde(default)]
    pub profile: Option<Profile>,
    #[serde(default, rename = "concern")]
    pub concerns: Vec<ConcernTable>,
    #[serde(default, rename = "gap")]
    pub gaps: Vec<GapTable>,
    /// Word classes by name.
    #[serde(default, rename = "class")]
    pub classes: BTreeMap<String, Class>,
    #[serde(default, rename = "cue")]
    pub cues: Vec<Cue>,
    /// Irregular forms by base form: `go = ["goes", "went", "gone", "going"]`.
    #[serde(default)]
    pub irregular: BTreeMap<String, Vec<String>>,
    /// Other writings of a form: `consented = ["concented"]`. With a tilde every inflection is written alike:
    /// `"behave~" = ["behavve~"]`.
    #[serde(default)]
    pub alias: BTreeMap<String, Vec<String>>,
    /// Spelling variants and their exceptions.
    #[serde(default)]
    pub spelling: Option<Spelling>,
    /// “He” and “she”, which stand for one another.
    #[serde(default)]
    pub pronouns: Option<Pronouns>,
    /// The opening words of messages.
    #[serde(default)]
    pub messages: Option<Messages>,
    /// How often a word stands in a million words of case notes. What is not listed is rare.
    #[serde(default)]
    pub frequency: BTreeMap<String, u32>,
    /// Publications by id.
    #[serde(default, rename = "source")]
    pub sources: BTreeMap<String, Source>,
    /// What the reading of a whole case needs to know.
    #[serde(default)]
    pub case: CaseWords,
}

/// What the reading of a whole case needs to know beside the cues. Several files add up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseWords {
    /// Families whose phrases speak of what a child does.
    #[serde(default)]
    pub conduct: Vec<String>,
    /// Families whose phrases speak of contact that did not come about.
    #[serde(default)]
    pub missed: Vec<String>,
    /// What words of number count: `fifteen = 15`. Several in a row are added up.
    #[serde(default)]
    pub numbers: BTreeMap<String, u32>,
}

/// A choice among families and concerns, to be asked for by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub name: String,
    /// The families that are looked for; all, where none is named.
    #[serde(default)]
    pub families: Vec<String>,
    /// Families or concerns to look for besides.
    #[serde(default)]
    pub on: Vec<String>,
    /// Families or concerns to leave out.
    #[serde(default)]
    pub off: Vec<String>,
}

/// A rule: phrases with one meaning, why they matter and what to write and ask instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concern {
    pub id: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub strength: Strength,
    pub protects: Vec<Protected>,
    /// The phrases are about the child, whoever is their subject ("dad has washed his hands of it"): row 5 does not look at the subject.
    #[serde(default)]
    pub of_anyone: bool,
    /// The phrases doubt whoever says something ("claims that"): a verb of saying in them tells of their subject, and gives nobody's words of the
    /// child (row 5).
    #[serde(default)]
    pub of_speaker: bool,
    #[serde(default)]
    pub topics: Vec<String>,
    pub phrases: Vec<Phrase>,
    /// Other senses of the same words (row 1).
    #[serde(default)]
    pub leave: Vec<Phrase>,
    #[serde(default)]
    pub needs: Vec<Condition>,
    #[serde(default)]
    pub unless: Vec<Condition>,
    #[serde(default = "yes")]
    pub default: bool,
    pub why: String,
    pub reframe: Vec<String>,
    pub questions: Vec<String>,
    pub sources: Vec<String>,
    #[serde(default, rename = "age")]
    pub ages: Vec<AgeWording>,
    #[serde(default)]
    pub flags: Vec<Example>,
    #[serde(default)]
    pub leaves: Vec<Example>,
}

fn yes() -> bool {
    true
}

/// How a phrase weighs: see the specification's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Proper with analysis beside it.
    Context,
    /// Judges in anyone's hands.
    Blaming,
}

/// Whom a concern protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protected {
    Child,
    AdultVictim,
    Parent,
}

/// The same pattern in another writing makes no other lexicon.
fn shortest<S: Serializer>(pattern: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&short::shortest(pattern))
}

/// See [`shortest`].
fn all_shortest<S: Serializer>(patterns: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(patterns.iter().map(|pattern| short::shortest(pattern)))
}

/// A pattern, alone or with its options.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Phrase {
    #[serde(serialize_with = "shortest")]
    pub pattern: String,
    /// The word that the scan looks for, where the pattern holds only common words.
    pub anchor: Option<String>,
    /// No fillers between the parts.
    pub strict: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseTable {
    pattern: String,
    #[serde(default)]
    anchor: Option<String>,
    #[serde(default)]
    strict: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PhraseForm {
    Plain(String),
    Table(PhraseTable),
}

impl<'de> Deserialize<'de> for Phrase {
    /// A string or a table in TOML; always the table in the embedded form, which cannot tell them apart.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = if deserializer.is_human_readable() {
            PhraseForm::deserialize(deserializer)?
        } else {
            PhraseForm::Table(PhraseTable::deserialize(deserializer)?)
        };
        Ok(match form {
            PhraseForm::Plain(pattern) => Phrase { pattern, anchor: None, strict: false },
            PhraseForm::Table(PhraseTable { pattern, anchor, strict }) => Phrase { pattern, anchor, strict },
        })
    }
}

/// What must, or must not, stand near a phrase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub within: Scope,
    /// Patterns, one of which must stand within the scope.
    #[serde(default, serialize_with = "all_shortest")]
    pub any: Vec<String>,
    /// The condition also holds when the subject is known to be under this age in years.
    #[serde(default)]
    pub under: Option<u8>,
}

/// How far a condition looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    Sentence,
    Entry,
    Record,
}

/// A graver wording for a subject under an age.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeWording {
    /// Years.
    pub under: u8,
    /// The law that the wording states, such as `england-wales`; absent where it states none.
    #[serde(default)]
    pub jurisdiction: Option<String>,
    pub why: String,
}

/// An example note. Square brackets stand around what must be reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub text: String,
    /// The row of the decision table that leaves it.
    #[serde(default)]
    pub row: Option<u8>,
    /// The subject's age in years.
    #[serde(default)]
    pub age: Option<u8>,
}

/// A word class.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    #[serde(default, serialize_with = "all_shortest")]
    pub words: Vec<String>,
    /// Further members for a class that another file defines.
    #[serde(default, serialize_with = "all_shortest")]
    pub more: Vec<String>,
    /// Examples that are members. Another example makes no other lexicon.
    #[serde(default, skip_serializing)]
    pub holds: Vec<String>,
    /// Examples that are not.
    #[serde(default, skip_serializing)]
    pub lacks: Vec<String>,
}

/// Phrases that tell about context.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    pub kind: CueKind,
    /// Whose words they may be, of a speaker; or `parent`, of somebody whom some concerns protect.
    #[serde(default)]
    pub who: Option<Who>,
    /// What is spoken of: of a topic.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Counts by itself: a topic without an analytic frame, a correction without a quotation, a general statement wherever it stands.
    #[serde(default)]
    pub strong: bool,
    pub phrases: Vec<Phrase>,
}

/// What a cue tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueKind {
    /// A verb or phrase that gives somebody's words.
    Reporting,
    /// A person who may be speaking.
    Speaker,
    /// Reverses what follows in its clause.
    Negation,
    /// Looks like a negation and is none ("not only"); it consumes the words.
    NotNegation,
    /// Says that the writer weighs something ("I take this as").
    Frame,
    /// What analysis speaks of: see [`Cue::topics`].
    Topic,
    /// What analysis may rest upon, and is none by itself ("twice her age"): needs a frame wherever it stands. See [`Cue::topics`].
    Fact,
    /// Tells what was done or is planned ("referral made").
    Action,
    /// Questions, rejects or corrects what was said ("I do not accept that").
    Challenge,
    /// The writer or a colleague tells somebody something ("I told mum that"): a challenge where more follows than arrangements.
    Answer,
    /// Heads the part of an entry where the writer's analysis stands.
    AnalysisHeading,
    /// Calls something a word ("the phrase").
    Language,
    /// Takes a word back, avoids it or finds fault with it ("struck out").
    Correction,
    /// Speaks of people, law or research in general ("children under").
    General,
    /// Somebody whom no family protects as a child: an adult, a service, a suspect.
    NotProtected,
    /// Introduces a list of what may be so in general ("Signs to watch for:").
    ListLead,
    /// At the head of a sentence, denies what the one before it asked or reported ("She had not").
    Denial,
    /// Tells the child's age; strong where it is a school year.
    Age,
    /// Says that an adult is a victim of domestic abuse.
    DomesticAbuse,
    /// Speaks of harm done to the child; strong where it is a disclosure if somebody tells it. Read over a case, as those below.
    Harm,
    /// Contact that did not come about ("no reply").
    MissedContact,
    /// Somebody was seen or spoken to.
    Contact,
    /// A plan for the child.
    Plan,
    /// A plan was looked at again.
    Review,
}

/// Whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Who {
    Author,
    Child,
    Parent,
    Family,
    Peer,
    Public,
    Professional,
    Perpetrator,
    Unknown,
}

/// Spelling variants that a rule makes, and the words that it must not touch.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spelling {
    /// Stems that are also written with `-or`: behaviour, behavior.
    pub our: Vec<String>,
    /// Words in `-ise` that have no form in `-ize`: advise, promise.
    pub only_ise: Vec<String>,
}

/// The opening words of messages. `{phrase}` stands for the phrase, `{whose}` for the speaker.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Messages {
    /// By reason, such as `own-view`; of a gap, `{sought}` stands for what was looked for.
    #[serde(default)]
    pub lead: BTreeMap<String, String>,
    /// By speaker, such as `parent = "a parent's words"`.
    #[serde(default)]
    pub whose: BTreeMap<String, String>,
    /// What stands before the reason in a message about a first account, whose writers are to record facts alone: it speaks to the reviewer.
    #[serde(default)]
    pub first_account: Option<String>,
    /// What ends a message about a child under 13, where the concern has a wording for that age.
    #[serde(default)]
    pub under_13: Option<String>,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub title: String,
    pub publisher: String,
    pub year: u16,
    pub url: String,
}

impl Source {
    /// As it is cited in full, with the place in it.
    pub fn in_full(&self, place: Option<&str>) -> String {
        let place = place.map_or_else(String::new, |place| format!(", at {place}"));
        format!("{}. {}, {}{place}", self.title, self.publisher, self.year)
    }
}

/// A citation, which is `id` or `id#place`: the name of a publication, and the place in it.
pub fn citation(cited: &str) -> (&str, Option<&str>) {
    cited.split_once('#').map_or((cited, None), |(id, place)| (id, Some(place)))
}
