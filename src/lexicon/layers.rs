//! Puts lexicon files together to one lexicon.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Problem;
use super::schema::{Class, Concern, Cue, FORMAT, LexiconFile, Messages, Source, Spelling};

/// All files as one. Where things stand is kept for messages.
#[derive(Debug, Default, Serialize)]
pub struct Layers {
    /// In order of family and id.
    pub concerns: Vec<Placed<Concern>>,
    pub classes: BTreeMap<String, Placed<Class>>,
    pub cues: Vec<Placed<Cue>>,
    pub irregular: BTreeMap<String, Vec<String>>,
    pub alias: BTreeMap<String, Vec<String>>,
    pub spelling: Spelling,
    pub messages: Messages,
    pub frequency: BTreeMap<String, u32>,
    pub sources: BTreeMap<String, Source>,
}

/// Something of a file, with the place that messages name. The family is empty where there is none.
#[derive(Debug, Serialize)]
pub struct Placed<T> {
    pub family: String,
    #[serde(skip)]
    pub file: String,
    pub item: T,
}

/// Puts the files together; what contradicts itself is a problem and the first reading stays.
pub fn merge(files: Vec<(String, LexiconFile)>, problems: &mut Vec<Problem>) -> Layers {
    let mut all = Layers::default();
    for (name, file) in files {
        let mut problem = |message: String| problems.push(Problem { file: name.clone(), line: None, message });
        if file.format != FORMAT {
            problem(format!("format = {} is not known; this program reads format = {FORMAT}", file.format));
            continue;
        }
        if !file.concerns.is_empty() && file.family.is_none() {
            problem("the file has concerns and no `family`; add `family = \"…\"` at the top".into());
        }
        let family = file.family.unwrap_or_else(|| "local".into());
        let placed = |family: &str| (family.to_owned(), name.clone());
        for mut item in file.concerns {
            // Examples belong to the check of a lexicon, which reads them for itself.
            item.flags.clear();
            item.leaves.clear();
            let (family, file) = placed(&family);
            all.concerns.push(Placed { family, file, item });
        }
        for (class, item) in file.classes {
            if let Some(other) = all.classes.get(&class) {
                problem(format!("the class {{{class}}} stands in {} already; give one of them another name", other.file));
                continue;
            }
            let (family, file) = placed("");
            all.classes.insert(class, Placed { family, file, item });
        }
        for item in file.cues {
            let (family, file) = placed("");
            all.cues.push(Placed { family, file, item });
        }
        all.irregular.extend(file.irregular);
        for (form, others) in file.alias {
            all.alias.entry(form).or_default().extend(others);
        }
        let spelling = file.spelling.unwrap_or_default();
        all.spelling.our.extend(spelling.our);
        all.spelling.only_ise.extend(spelling.only_ise);
        let messages = file.messages.unwrap_or_default();
        all.messages.lead.extend(messages.lead);
        all.messages.whose.extend(messages.whose);
        all.frequency.extend(file.frequency);
        all.sources.extend(file.sources);
    }
    let rule = |c: &Placed<Concern>| format!("{}/{}", c.family, c.item.id);
    all.concerns.sort_by_cached_key(rule);
    for pair in all.concerns.windows(2) {
        if let [first, second] = pair
            && rule(first) == rule(second)
        {
            let message = format!("{} stands in {} already; give one of them another id", rule(second), first.file);
            problems.push(Problem { file: second.file.clone(), line: None, message });
        }
    }
    all.concerns.dedup_by(|second, first| rule(first) == rule(second));
    // What is found never depends on the order of files.
    all.cues.sort_by_cached_key(|c| (c.item.kind, c.item.who, c.item.phrases.first().map(|p| p.pattern.clone())));
    all
}
