//! Compiles a lexicon for the scan.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;

use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

use super::layers::{Layers, Placed};
use super::schema::{Condition, CueKind, Gap, GapExtension, Phrase, Presence};
use super::{CueSense, GapRule, Genres, Lexicon, Need, Owner, Problem, Rule, Topics, Words};
use crate::pattern::inflect::Morphology;
use crate::pattern::sets::{SetId, Sets};
use crate::pattern::{ast, nfa};
use crate::scan::Pass;
use crate::scan::index::{Entry, Index};
use crate::scan::tokens::flag;
use crate::text;

/// Word classes that the engine reads by name, and what their words do.
const CLASSES: [(&str, u16); 4] = [
    ("filler", flag::FILLER),
    ("negator", flag::NEGATOR),
    ("abbreviation", flag::ABBREVIATION),
    ("scope-end", flag::SCOPE_END),
];

/// Compiles all that can be compiled; the rest is told in `problems`. `thorough` looks at classes that no pattern uses, too, and at the
/// examples of classes.
pub fn compile(mut layers: Layers, thorough: bool, problems: &mut Vec<Problem>) -> Lexicon {
    forget_examples(&mut layers);
    let edition = edition(&layers);
    let morphology = Morphology::new(&layers.irregular, &layers.spelling.our, &layers.spelling.only_ise);
    let classes: BTreeMap<String, Vec<String>> =
        layers.classes.iter().map(|(name, class)| (name.clone(), class.item.words.clone())).collect();
    let mut compiler = Compiler {
        sets: Sets::new(&classes, &morphology, &layers.alias, &layers.frequency, &layers.pronouns),
        entries: Vec::new(),
        owners: Vec::new(),
        others: Vec::new(),
        conditions: FxHashMap::default(),
        problems,
    };
    if thorough {
        compiler.check_classes(&layers);
    }
    let topics = topic_names(&layers);
    if topics.len() > Topics::MOST {
        let message = format!("the cues name {} topics, and {} are the most", topics.len(), Topics::MOST);
        compiler.problems.push(Problem { file: layers.cues[0].file.clone(), line: None, message });
    }
    let mut rules = Vec::new();
    for Placed { family, file, item: mut concern } in layers.concerns {
        let rule = rules.len() as u32;
        let name = format!("{family}/{}", concern.id);
        let place = Place { file: &file, owner: &name, has_roles: layers.pronouns.roles.contains(&family) };
        compiler.phrases(&concern.phrases, Owner::Phrase(rule), Pass::Mentions, &place);
        compiler.phrases(&concern.leave, Owner::Sense(rule), Pass::Mentions, &place);
        for Placed { file, item: more, .. } in layers.extensions.iter().filter(|e| e.item.extends == name) {
            let place = Place { file, ..place };
            compiler.phrases(&more.phrases, Owner::Phrase(rule), Pass::Mentions, &place);
            compiler.phrases(&more.leave, Owner::Sense(rule), Pass::Mentions, &place);
        }
        let needs = compiler.conditions(&concern.needs, &place);
        let unless = compiler.conditions(&concern.unless, &place);
        // The patterns are compiled now, and only upkeep reads them as text.
        (concern.phrases, concern.leave) = (Vec::new(), Vec::new());
        let topics = compiler.topics(&concern.topics, &topics, &place);
        rules.push(Rule { name, family, concern, needs, unless, topics });
    }
    let gaps = compiler.gaps(layers.gaps, &layers.gap_extensions, &rules, &topics);
    let mut cues = Vec::new();
    for Placed { file, item: cue, .. } in &layers.cues {
        let place = Place { file, owner: "a cue", has_roles: false };
        // What is asked of the whole record is looked for with the conditions, and what is asked of a sentence only where there is a mention.
        let pass = if cue.kind == CueKind::DomesticAbuse { Pass::Conditions } else { Pass::Cues };
        let owner = Owner::Cue(cues.len() as u32);
        compiler.phrases(&cue.phrases, owner, pass, &place);
        // What answers anything in its entry, however far, makes its own paragraph worth reading.
        if cue.kind == CueKind::Challenge && cue.strong {
            compiler.phrases(&cue.phrases, owner, Pass::Conditions, &place);
        }
        let topics = compiler.topics(&cue.topics, &topics, &place);
        cues.push(CueSense { kind: cue.kind, who: cue.who, topics, strong: cue.strong });
    }
    let flags = compiler.class_flags();
    let possessive = compiler.sets.sexes.double.as_ref().map(|double| double.possessive);
    let mut words = |class: &str| match compiler.sets.class(class) {
        Ok(set) => compiler.sets.sets[set as usize].words.clone(),
        Err(_) => Vec::new(),
    };
    // “Her mother” tells of the mother.
    let mut object_pronouns = words("object-pronoun");
    object_pronouns.retain(|word| possessive != Some(*word));
    let words = Words {
        no: words("answer-no"),
        answer: words("answer"),
        link: words("link"),
        be: words("be"),
        have: words("have"),
        article: words("article"),
        object: object_pronouns,
        pronoun: words("subject-pronoun"),
        preposition: words("preposition"),
        relative: words("relative-pronoun"),
        ascribing: words("ascribing"),
        act: words("act"),
        event: words("event"),
        addressed: words("addressed"),
        organisation: words("organisation"),
        particular: words("particular"),
        binder: words("binder"),
        pointer: words("pointer"),
        negator: words("negator"),
        elsewhere: words("elsewhere"),
    };
    let Compiler { sets, entries, owners, others, conditions, .. } = compiler;
    let pronouns = sets.sexes.forms.clone();
    let subjects = sets.sexes.subject;
    let fillers = flags.iter().find(|(_, class)| *class == flag::FILLER).map(|(set, _)| *set);
    Lexicon {
        rules,
        gaps,
        cues,
        topics,
        owners,
        others,
        pronouns,
        subjects,
        conditions: conditions.len(),
        words,
        genres: Genres {
            first_account: classes.get("first-account-genre").cloned().unwrap_or_default(),
            domestic_abuse: classes.get("domestic-abuse-genre").cloned().unwrap_or_default(),
            general: classes.get("general-genre").cloned().unwrap_or_default(),
        },
        index: Index::new(sets, entries, &flags, fillers),
        messages: layers.messages,
        sources: layers.sources,
        profiles: layers.profiles.into_iter().map(|(name, profile)| (name, profile.item)).collect(),
        structure: structure(&classes),
        case: layers.case,
        edition,
    }
}

/// Examples belong to the check of a lexicon, which reads them for itself.
fn forget_examples(layers: &mut Layers) {
    for Placed { item, .. } in &mut layers.concerns {
        item.flags.clear();
        item.leaves.clear();
    }
    for Placed { item, .. } in &mut layers.extensions {
        item.flags.clear();
        item.leaves.clear();
    }
    for Placed { item, .. } in &mut layers.gaps {
        item.flags.clear();
        item.leaves.clear();
    }
    for Placed { item, .. } in &mut layers.gap_extensions {
        item.flags.clear();
        item.leaves.clear();
    }
}

/// Concerns and cues are sorted and maps are in order, so that the same words give the same edition in whatever files they stand.
fn edition(layers: &Layers) -> String {
    let canonical = postcard::to_stdvec(layers).unwrap_or_default();
    Sha256::digest(canonical)[..8].iter().map(|b| format!("{b:02x}")).collect()
}

/// The topics that cues speak of, in order of name.
fn topic_names(layers: &Layers) -> Vec<String> {
    let names: BTreeSet<&String> = layers.cues.iter().flat_map(|cue| &cue.item.topics).collect();
    names.into_iter().cloned().collect()
}

/// Plain words for the text module.
fn structure(classes: &BTreeMap<String, Vec<String>>) -> text::Vocabulary {
    let words = |name: &str| -> FxHashSet<String> { classes.get(name).into_iter().flatten().cloned().collect() };
    text::Vocabulary {
        abbreviations: words("abbreviation"),
        months: words("month"),
        weekdays: words("weekday"),
        date_labels: words("date-label"),
        person_labels: words("person-label"),
        age_words: words("age-word"),
        amounts: words("amount"),
    }
}

/// The concerns whose phrases a presence counts.
fn counted(presence: &Presence, rules: &[Rule]) -> Vec<u32> {
    let counts = |rule: &Rule| presence.mentions.iter().any(|name| *name == rule.family || *name == rule.name);
    (0..).zip(rules).filter(|(_, rule)| counts(rule)).map(|(number, _)| number).collect()
}

/// Where a pattern stands, for messages.
struct Place<'a> {
    file: &'a str,
    owner: &'a str,
    /// Whether a pattern here tells who is who.
    has_roles: bool,
}

struct Compiler<'a> {
    sets: Sets<'a>,
    entries: Vec<Entry>,
    owners: Vec<Owner>,
    /// See [`Lexicon::others`].
    others: Vec<Option<u8>>,
    /// The patterns of conditions by their numbers.
    conditions: FxHashMap<String, u32>,
    problems: &'a mut Vec<Problem>,
}

impl Compiler<'_> {
    fn phrases(&mut self, phrases: &[Phrase], owner: Owner, pass: Pass, place: &Place) {
        for phrase in phrases {
            let compiled = ast::parse(&phrase.pattern)
                .and_then(|node| nfa::compile(&node, phrase.strict, phrase.anchor.as_deref(), &mut self.sets));
            match compiled {
                Ok(pattern) => {
                    let (pattern, other) = pattern.for_both(&mut self.sets);
                    let has_roles = match owner {
                        Owner::Phrase(_) => place.has_roles && pattern.speaks_of_first(&mut self.sets),
                        Owner::Sense(_) => pattern.tells_of_first(&mut self.sets),
                        _ => false,
                    };
                    for (side, pattern) in (0..).zip([pattern].into_iter().chain(other)) {
                        self.entries.push(Entry { pattern, pass, owner: self.owners.len() as u32 });
                        self.owners.push(owner);
                        self.others.push(has_roles.then_some(side));
                    }
                }
                Err(error) => self.problems.push(Problem {
                    file: place.file.to_owned(),
                    line: None,
                    message: format!("{}: `{}`: {error}", place.owner, phrase.pattern),
                }),
            }
        }
    }

    fn conditions(&mut self, conditions: &[Condition], place: &Place) -> Vec<Need> {
        let mut needs = Vec::new();
        for condition in conditions {
            let any = condition.any.iter().map(|pattern| self.condition(pattern, place)).collect();
            needs.push(Need { any, within: condition.within, under: condition.under });
        }
        needs
    }

    /// The number of a condition's pattern. Many concerns need the same, and it is looked for once.
    fn condition(&mut self, pattern: &str, place: &Place) -> u32 {
        if let Some(&number) = self.conditions.get(pattern) {
            return number;
        }
        let number = self.conditions.len() as u32;
        self.conditions.insert(pattern.to_owned(), number);
        let phrase = Phrase { pattern: pattern.to_owned(), anchor: None, strict: false };
        self.phrases(&[phrase], Owner::Condition(number), Pass::Conditions, place);
        number
    }

    fn gaps(
        &mut self,
        gaps: Vec<Placed<Gap>>,
        extensions: &[Placed<GapExtension>],
        rules: &[Rule],
        topics: &[String],
    ) -> Vec<GapRule> {
        let compile = |(number, placed): (u16, Placed<Gap>)| {
            let name = placed.name();
            let Placed { file, item: mut gap, .. } = placed;
            let place = Place { file: &file, owner: &name, has_roles: false };
            for (at, presence) in (0..).zip(&mut gap.when) {
                // What a gap begins with is looked for in all of a record, and the rest only where there is enough of that.
                let pass = if at == 0 { Pass::Conditions } else { Pass::Gaps };
                // The patterns are compiled now, and only upkeep reads them as text.
                self.phrases(&take(&mut presence.phrases), Owner::Present(number, at), pass, &place);
                self.phrases(&take(&mut presence.enough), Owner::Enough(number, at), pass, &place);
                self.phrases(&take(&mut presence.leave), Owner::PresentSense(number, at), pass, &place);
            }
            self.phrases(&take(&mut gap.lacks.phrases), Owner::Fills(number), Pass::Gaps, &place);
            for Placed { file, item: more, .. } in extensions.iter().filter(|e| e.item.extends == name) {
                let place = Place { file, owner: &name, has_roles: false };
                self.phrases(&more.phrases, Owner::Present(number, 0), Pass::Conditions, &place);
                self.phrases(&more.leave, Owner::PresentSense(number, 0), Pass::Conditions, &place);
                self.phrases(&more.lacks, Owner::Fills(number), Pass::Gaps, &place);
            }
            let topics = self.topics(&gap.lacks.analysis, topics, &place);
            let mentions = gap.when.iter().map(|presence| counted(presence, rules)).collect();
            GapRule { name, gap, mentions, topics }
        };
        (0..).zip(gaps).map(compile).collect()
    }

    fn topics(&mut self, wanted: &[String], known: &[String], place: &Place) -> Topics {
        let mut topics = Topics::default();
        for name in wanted {
            match known.binary_search(name) {
                Ok(number) => topics.0 |= 1 << (number % Topics::MOST),
                Err(_) => self.problems.push(Problem {
                    file: place.file.to_owned(),
                    line: None,
                    message: format!("{}: no cue speaks of the topic `{name}`; the topics are {}", place.owner, known.join(", ")),
                }),
            }
        }
        topics
    }

    fn check_classes(&mut self, layers: &Layers) {
        for (name, Placed { file, item: class, .. }) in &layers.classes {
            let mut problem = |message: String| {
                let message = format!("class {{{name}}}: {message}");
                self.problems.push(Problem { file: file.clone(), line: None, message });
            };
            let set = match self.sets.class(name) {
                Ok(set) => set,
                Err(error) => {
                    problem(error.to_string());
                    continue;
                }
            };
            for (examples, member) in [(&class.holds, true), (&class.lacks, false)] {
                for example in examples.iter().filter(|e| self.sets.has_member(set, e) != member) {
                    let (is, mend) = if member { ("is no", "add it to") } else { ("is a", "take it out of") };
                    problem(format!("“{example}” {is} member; {mend} `words` or change the example"));
                }
            }
        }
    }

    /// The sets of the classes that the engine reads by name.
    fn class_flags(&mut self) -> Vec<(SetId, u16)> {
        CLASSES.iter().filter_map(|(name, flags)| Some((self.sets.class(name).ok()?, *flags))).collect()
    }
}
