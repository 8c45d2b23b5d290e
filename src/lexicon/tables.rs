//! A `[[concern]]` table: a concern of its own, or more words for one that exists.

use serde::{Deserialize, Serialize};

use super::schema::{AgeWording, Concern, Condition, Example, Phrase, Protected, Strength};

/// What stands under `[[concern]]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Form", untagged)]
pub enum ConcernTable {
    New(Box<Concern>),
    More(Extension),
}

/// More phrases for a concern that exists.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Extension {
    /// `family/id` of the concern.
    pub extends: String,
    pub phrases: Vec<Phrase>,
    /// Other senses of the same words (row 1).
    pub leave: Vec<Phrase>,
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
    strength: Option<Strength>,
    protects: Option<Vec<Protected>>,
    of_anyone: Option<bool>,
    of_speaker: Option<bool>,
    topics: Option<Vec<String>>,
    phrases: Option<Vec<Phrase>>,
    leave: Option<Vec<Phrase>>,
    needs: Option<Vec<Condition>>,
    unless: Option<Vec<Condition>>,
    default: Option<bool>,
    why: Option<String>,
    reframe: Option<Vec<String>>,
    questions: Option<Vec<String>>,
    sources: Option<Vec<String>>,
    age: Option<Vec<AgeWording>>,
    flags: Option<Vec<Example>>,
    leaves: Option<Vec<Example>>,
}

impl TryFrom<Form> for ConcernTable {
    type Error = String;

    fn try_from(form: Form) -> Result<Self, String> {
        match form.extends {
            Some(_) => extension(form).map(ConcernTable::More),
            None => concern(form).map(|concern| ConcernTable::New(Box::new(concern))),
        }
    }
}

fn extension(form: Form) -> Result<Extension, String> {
    let strange = [
        ("id", form.id.is_some()),
        ("aliases", form.aliases.is_some()),
        ("strength", form.strength.is_some()),
        ("protects", form.protects.is_some()),
        ("of_anyone", form.of_anyone.is_some()),
        ("of_speaker", form.of_speaker.is_some()),
        ("topics", form.topics.is_some()),
        ("needs", form.needs.is_some()),
        ("unless", form.unless.is_some()),
        ("default", form.default.is_some()),
        ("why", form.why.is_some()),
        ("reframe", form.reframe.is_some()),
        ("questions", form.questions.is_some()),
        ("sources", form.sources.is_some()),
        ("age", form.age.is_some()),
    ];
    if let Some((key, _)) = strange.iter().find(|(_, given)| *given) {
        return Err(format!(
            "`{key}` cannot stand beside `extends`, which takes `phrases`, `leave` and examples; give a concern of its own an `id`"
        ));
    }
    if form.phrases.is_none() && form.leave.is_none() {
        return Err("`extends` adds nothing here; give `phrases` or `leave`".into());
    }
    Ok(Extension {
        extends: form.extends.unwrap_or_default(),
        phrases: form.phrases.unwrap_or_default(),
        leave: form.leave.unwrap_or_default(),
        flags: form.flags.unwrap_or_default(),
        leaves: form.leaves.unwrap_or_default(),
    })
}

fn concern(form: Form) -> Result<Concern, String> {
    Ok(Concern {
        id: required("id", form.id)?,
        aliases: form.aliases.unwrap_or_default(),
        strength: required("strength", form.strength)?,
        protects: required("protects", form.protects)?,
        of_anyone: form.of_anyone.unwrap_or_default(),
        of_speaker: form.of_speaker.unwrap_or_default(),
        topics: form.topics.unwrap_or_default(),
        phrases: required("phrases", form.phrases)?,
        leave: form.leave.unwrap_or_default(),
        needs: form.needs.unwrap_or_default(),
        unless: form.unless.unwrap_or_default(),
        default: form.default.unwrap_or(true),
        why: required("why", form.why)?,
        reframe: required("reframe", form.reframe)?,
        questions: required("questions", form.questions)?,
        sources: required("sources", form.sources)?,
        ages: form.age.unwrap_or_default(),
        flags: form.flags.unwrap_or_default(),
        leaves: form.leaves.unwrap_or_default(),
    })
}

fn required<T>(key: &str, value: Option<T>) -> Result<T, String> {
    value.ok_or_else(|| format!("the concern has no `{key}`; add it"))
}
