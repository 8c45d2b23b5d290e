//! A `[[gap]]` table: a gap of its own, or more words for one that exists.

use serde::{Deserialize, Serialize};

use super::schema::{Example, Phrase, Scope, Who};

/// The family of every gap.
pub const GAP_FAMILY: &str = "gap";

/// What stands under `[[gap]]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Form", untagged)]
pub enum GapTable {
    New(Box<Gap>),
    More(GapExtension),
}

/// Something that a record leaves out: what is there, and what ought to stand with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    pub id: String,
    pub aliases: Vec<String>,
    /// What is looked at as one: an entry or the whole record.
    pub scope: Scope,
    /// The subject is under this age in years, or of an age that nothing tells.
    pub under: Option<u8>,
    pub default: bool,
    /// All of these are there. The first is what a finding points to.
    pub when: Vec<Presence>,
    /// None of this is there.
    pub lacks: Absence,
    /// What was looked for, in words: "a review date, a meeting or who reviews".
    pub sought: String,
    pub why: String,
    pub questions: Vec<String>,
    pub sources: Vec<String>,
    pub flags: Vec<Example>,
    pub leaves: Vec<Example>,
}

/// Something that is there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    #[serde(default)]
    pub phrases: Vec<Phrase>,
    /// Phrases that are enough by themselves, whatever `count` and `voices` say.
    #[serde(default)]
    pub enough: Vec<Phrase>,
    /// Other senses of these words.
    #[serde(default)]
    pub leave: Vec<Phrase>,
    /// Families or concerns whose phrases count too, save where they have another sense, are negated or are about somebody else.
    #[serde(default)]
    pub mentions: Vec<String>,
    /// Whose words count; anybody's, where nobody is named.
    #[serde(default)]
    pub voices: Vec<Who>,
    /// What is said of a parent or of another adult does not count.
    #[serde(default)]
    pub of_child: bool,
    /// How many places there are at least.
    #[serde(default = "one")]
    pub count: u8,
    /// They stand in one sentence with what the first presence found.
    #[serde(default)]
    pub same_sentence: bool,
}

fn one() -> u8 {
    1
}

/// What fills a gap.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    #[serde(default)]
    pub phrases: Vec<Phrase>,
    /// Topics, one of which the writer's own analysis speaks of.
    #[serde(default)]
    pub analysis: Vec<String>,
    /// Something that was said is questioned or rejected.
    #[serde(default)]
    pub challenge: bool,
}

/// More words for a gap that exists.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GapExtension {
    /// `gap/id`.
    pub extends: String,
    /// For the first presence.
    pub phrases: Vec<Phrase>,
    /// Other senses of the first presence's words.
    pub leave: Vec<Phrase>,
    /// What fills the gap besides.
    pub lacks: Vec<Phrase>,
    pub flags: Vec<Example>,
    pub leaves: Vec<Example>,
}

/// All keys of both. One type, so that a slip is told with its own line and not that of the table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    extends: Option<String>,
    id: Option<String>,
    aliases: Option<Vec<String>>,
    scope: Option<Scope>,
    under: Option<u8>,
    default: Option<bool>,
    when: Option<Vec<Presence>>,
    lacks: Option<Absence>,
    phrases: Option<Vec<Phrase>>,
    leave: Option<Vec<Phrase>>,
    sought: Option<String>,
    why: Option<String>,
    questions: Option<Vec<String>>,
    sources: Option<Vec<String>>,
    flags: Option<Vec<Example>>,
    leaves: Option<Vec<Example>>,
}

impl TryFrom<Form> for GapTable {
    type Error = String;

    fn try_from(form: Form) -> Result<Self, String> {
        match form.extends {
            Some(_) => extension(form).map(GapTable::More),
            None => gap(form).map(|gap| GapTable::New(Box::new(gap))),
        }
    }
}

fn extension(form: Form) -> Result<GapExtension, String> {
    let strange = [
        ("id", form.id.is_some()),
        ("aliases", form.aliases.is_some()),
        ("scope", form.scope.is_some()),
        ("under", form.under.is_some()),
        ("default", form.default.is_some()),
        ("when", form.when.is_some()),
        ("sought", form.sought.is_some()),
        ("why", form.why.is_some()),
        ("questions", form.questions.is_some()),
        ("sources", form.sources.is_some()),
        ("lacks.analysis", form.lacks.as_ref().is_some_and(|lacks| !lacks.analysis.is_empty())),
        ("lacks.challenge", form.lacks.as_ref().is_some_and(|lacks| lacks.challenge)),
    ];
    if let Some((key, _)) = strange.iter().find(|(_, given)| *given) {
        return Err(format!(
            "`{key}` cannot stand beside `extends`, which takes `phrases`, `leave`, `lacks.phrases` and examples; \
             give a gap of its own an `id`"
        ));
    }
    if form.phrases.is_none() && form.leave.is_none() && form.lacks.is_none() {
        return Err("`extends` adds nothing here; give `phrases`, `leave` or `lacks.phrases`".into());
    }
    Ok(GapExtension {
        extends: form.extends.unwrap_or_default(),
        phrases: form.phrases.unwrap_or_default(),
        leave: form.leave.unwrap_or_default(),
        lacks: form.lacks.unwrap_or_default().phrases,
        flags: form.flags.unwrap_or_default(),
        leaves: form.leaves.unwrap_or_default(),
    })
}

fn gap(form: Form) -> Result<Gap, String> {
    if form.phrases.is_some() || form.leave.is_some() {
        return Err("`phrases` and `leave` of a gap stand under `[[gap.when]]`; beside `extends` they add to it".into());
    }
    let gap = Gap {
        id: required("id", form.id)?,
        aliases: form.aliases.unwrap_or_default(),
        scope: required("scope", form.scope)?,
        under: form.under,
        default: form.default.unwrap_or(true),
        when: required("when", form.when)?,
        lacks: required("lacks", form.lacks)?,
        sought: required("sought", form.sought)?,
        why: required("why", form.why)?,
        questions: required("questions", form.questions)?,
        sources: required("sources", form.sources)?,
        flags: form.flags.unwrap_or_default(),
        leaves: form.leaves.unwrap_or_default(),
    };
    sound(&gap)?;
    Ok(gap)
}

/// What can be told of a gap from its table alone.
fn sound(gap: &Gap) -> Result<(), String> {
    let is_voiced = gap.when.iter().any(|presence| !presence.voices.is_empty());
    let problem = match gap.scope {
        Scope::Sentence => Some("`scope` is `entry` or `record`: a gap cannot be told from one sentence"),
        // Whose words they are, and what answers them, is read within an entry and never across two.
        Scope::Record if is_voiced => Some("`voices` are told within an entry; take them out, or write `scope = \"entry\"`"),
        Scope::Record if !gap.lacks.analysis.is_empty() || gap.lacks.challenge => Some(
            "`analysis` and `challenge` never reach into another entry; look for `phrases` under `lacks`, or write `scope = \"entry\"`",
        ),
        _ if gap.when.is_empty() => Some("`when` is empty; say what is there"),
        _ if gap.when[0].same_sentence => {
            Some("the first `when` cannot have `same_sentence`, which means a sentence with the first; give it to a later one")
        }
        _ if gap.when.iter().any(|presence| presence.phrases.is_empty() && presence.mentions.is_empty()) => {
            Some("a `when` has neither `phrases` nor `mentions`; add what is looked for")
        }
        _ if gap.when.iter().any(|presence| presence.count == 0) => {
            Some("`count` is 1 or more; what is not there belongs to `lacks`")
        }
        _ if gap.lacks == Absence::default() => Some("`lacks` is empty; say by `phrases` or `analysis` what would fill the gap"),
        _ => None,
    };
    problem.map_or(Ok(()), |problem| Err(format!("{GAP_FAMILY}/{}: {problem}", gap.id)))
}

fn required<T>(key: &str, value: Option<T>) -> Result<T, String> {
    value.ok_or_else(|| format!("the gap has no `{key}`; add it"))
}
