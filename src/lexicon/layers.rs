//! Puts lexicon files together to one lexicon.
//!
//! Files come in order: the embedded ones, then those of the user. A file may add to what another holds, and switch concerns off; what
//! it adds is applied when all files have been read, so that it may stand before what it adds to. Single values (an irregular form, an
//! opening of messages, a publication) are taken from the last file that gives them. Nothing else depends on the order.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Problem;
use super::names::{Named, Names, UnknownName, is_gap, is_name};
use super::schema::{
    CaseWords, Class, Concern, ConcernTable, Cue, Extension, FORMAT, GAP_FAMILY, Gap, GapExtension, GapTable, LexiconFile,
    Messages, Profile, Pronouns, Source, Spelling,
};
use crate::pattern::short::shortest;

/// All files as one. Where things stand is kept for messages.
#[derive(Debug, Default, Serialize)]
pub struct Layers {
    /// In order of family and id.
    pub concerns: Vec<Placed<Concern>>,
    /// What files add to concerns, each by the concern's present name.
    pub extensions: Vec<Placed<Extension>>,
    /// In order of id.
    pub gaps: Vec<Placed<Gap>>,
    /// What files add to gaps, each by the gap's present name.
    pub gap_extensions: Vec<Placed<GapExtension>>,
    pub classes: BTreeMap<String, Placed<Class>>,
    pub cues: Vec<Placed<Cue>>,
    pub irregular: BTreeMap<String, Vec<String>>,
    pub alias: BTreeMap<String, Vec<String>>,
    pub spelling: Spelling,
    pub pronouns: Pronouns,
    pub messages: Messages,
    pub frequency: BTreeMap<String, u32>,
    pub sources: BTreeMap<String, Source>,
    pub profiles: BTreeMap<String, Placed<Profile>>,
    pub case: CaseWords,
}

/// Something of a file, with the place that messages name. The family is empty where there is none.
#[derive(Debug, Clone, Serialize)]
pub struct Placed<T> {
    pub family: String,
    #[serde(skip)]
    pub file: String,
    pub item: T,
}

impl<T> Placed<T> {
    fn new(family: &str, file: &str, item: T) -> Self {
        Placed { family: family.to_owned(), file: file.to_owned(), item }
    }
}

impl Placed<Concern> {
    /// `family/id`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.family, self.item.id)
    }
}

impl Placed<Gap> {
    /// `gap/id`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.family, self.item.id)
    }
}

/// Puts the files together; what contradicts itself or matches nothing is a problem, and the first reading stays.
pub fn merge(files: Vec<(String, LexiconFile)>, problems: &mut Vec<Problem>) -> Layers {
    let mut merger = Merger {
        all: Layers::default(),
        more: Vec::new(),
        off: Vec::new(),
        case_families: Vec::new(),
        problems,
    };
    for (name, file) in files {
        merger.add(&name, file);
    }
    merger.finish()
}

struct Merger<'a> {
    all: Layers,
    /// Further members of classes, by file.
    more: Vec<(String, String, Class)>,
    /// Concerns that are switched off, by file.
    off: Vec<(String, String)>,
    /// Families that the reading of a case names, by file.
    case_families: Vec<(String, String)>,
    problems: &'a mut Vec<Problem>,
}

impl Merger<'_> {
    fn tell(&mut self, file: &str, message: String) {
        self.problems.push(Problem { file: file.to_owned(), line: None, message });
    }

    fn add(&mut self, name: &str, file: LexiconFile) {
        if file.format != FORMAT {
            self.tell(name, format!("format = {} is not known; this program reads format = {FORMAT}", file.format));
            return;
        }
        self.off.extend(file.off.into_iter().map(|id| (name.to_owned(), id)));
        self.concerns(name, file.family.as_deref(), file.concerns);
        self.gaps(name, file.gaps);
        for (class, item) in file.classes {
            self.class(name, class, item);
        }
        if let Some(profile) = file.profile {
            self.profile(name, profile);
        }
        let all = &mut self.all;
        all.cues.extend(file.cues.into_iter().map(|cue| Placed::new("", name, cue)));
        all.irregular.extend(file.irregular);
        for (form, others) in file.alias {
            all.alias.entry(form).or_default().extend(others);
        }
        let spelling = file.spelling.unwrap_or_default();
        all.spelling.our.extend(spelling.our);
        all.spelling.only_ise.extend(spelling.only_ise);
        if let Some(pronouns) = file.pronouns {
            all.pronouns = pronouns;
        }
        let messages = file.messages.unwrap_or_default();
        all.messages.lead.extend(messages.lead);
        all.messages.whose.extend(messages.whose);
        all.messages.first_account = messages.first_account.or(all.messages.first_account.take());
        all.messages.under_13 = messages.under_13.or(all.messages.under_13.take());
        all.frequency.extend(file.frequency);
        all.sources.extend(file.sources);
        all.case.conduct.extend(file.case.conduct.iter().cloned());
        all.case.missed.extend(file.case.missed.iter().cloned());
        all.case.numbers.extend(file.case.numbers);
        self.case_families
            .extend(file.case.conduct.into_iter().chain(file.case.missed).map(|family| (name.to_owned(), family)));
    }

    fn concerns(&mut self, file: &str, family: Option<&str>, tables: Vec<ConcernTable>) {
        if family.is_none() && tables.iter().any(|table| matches!(table, ConcernTable::New(_))) {
            self.tell(file, "the file has concerns and no `family`; add `family = \"…\"` at the top".into());
        }
        let family = family.unwrap_or("local");
        if !is_name(family) {
            self.tell(file, format!("family: `{family}` is no name; {NAME}"));
        }
        if family == GAP_FAMILY && !tables.is_empty() {
            self.tell(file, format!("family: `{GAP_FAMILY}` is kept for what stands under [[gap]]; take another name"));
        }
        for table in tables {
            match table {
                ConcernTable::New(concern) => {
                    if !is_name(&concern.id) {
                        self.tell(file, format!("id: `{}` is no name; {NAME}", concern.id));
                    }
                    self.all.concerns.push(Placed::new(family, file, *concern));
                }
                ConcernTable::More(extension) => self.all.extensions.push(Placed::new("", file, extension)),
            }
        }
    }

    fn gaps(&mut self, file: &str, tables: Vec<GapTable>) {
        for table in tables {
            match table {
                GapTable::New(gap) => {
                    if !is_name(&gap.id) {
                        self.tell(file, format!("id: `{}` is no name; {NAME}", gap.id));
                    }
                    self.all.gaps.push(Placed::new(GAP_FAMILY, file, *gap));
                }
                GapTable::More(extension) => self.all.gap_extensions.push(Placed::new("", file, extension)),
            }
        }
    }

    fn class(&mut self, file: &str, name: String, class: Class) {
        match (class.words.is_empty(), class.more.is_empty()) {
            (true, true) => {
                self.tell(file, format!("class {{{name}}}: it has no `words`; add them, or `more` to extend a class"))
            }
            (false, false) => {
                self.tell(file, format!("class {{{name}}}: `words` defines a class and `more` extends one; keep one of them"))
            }
            (true, false) => self.more.push((file.to_owned(), name, class)),
            (false, true) => match self.all.classes.get(&name) {
                Some(other) => {
                    let message = format!(
                        "class {{{name}}}: it stands in {} already; extend it with `more`, or take another name",
                        other.file
                    );
                    self.tell(file, message);
                }
                None => drop(self.all.classes.insert(name, Placed::new("", file, class))),
            },
        }
    }

    fn profile(&mut self, file: &str, profile: Profile) {
        match self.all.profiles.get(&profile.name) {
            Some(other) => {
                let message = format!("profile: `{}` stands in {} already; take another name", profile.name, other.file);
                self.tell(file, message);
            }
            None => drop(self.all.profiles.insert(profile.name.clone(), Placed::new("", file, profile))),
        }
    }

    /// Applies what files add to each other, and puts all in an order that does not depend on theirs.
    fn finish(mut self) -> Layers {
        self.extend_classes();
        self.drop_repeats();
        let names = self.names();
        self.resolve_extensions(&names);
        self.resolve_gap_extensions(&names);
        self.resolve_mentions(&names);
        self.switch_off(&names);
        self.check_profiles(&names);
        self.check_case(&names);
        let all = &mut self.all;
        all.cues
            .sort_by_cached_key(|c| (c.item.kind, c.item.who, c.item.phrases.first().map(|p| shortest(&p.pattern))));
        let lists = [&mut all.spelling.our, &mut all.spelling.only_ise, &mut all.case.conduct, &mut all.case.missed];
        for list in all.alias.values_mut().chain(lists) {
            list.sort_unstable();
            list.dedup();
        }
        self.all
    }

    fn extend_classes(&mut self) {
        self.more.sort_by(|(_, a, x), (_, b, y)| (a, &x.more).cmp(&(b, &y.more)));
        for (file, name, class) in std::mem::take(&mut self.more) {
            match self.all.classes.get_mut(&name) {
                Some(base) => {
                    base.item.words.extend(class.more);
                    base.item.holds.extend(class.holds);
                    base.item.lacks.extend(class.lacks);
                }
                None => {
                    let unknown = UnknownName::new("class", &name, self.all.classes.keys().map(String::as_str));
                    let nearest =
                        unknown.nearest.map(|n| format!("did you mean `{n}`?")).unwrap_or_else(|| "give it `words`".into());
                    self.tell(&file, format!("class {{{name}}}: no file defines it, so `more` has nothing to extend; {nearest}"));
                }
            }
        }
    }

    fn drop_repeats(&mut self) {
        let repeats = [
            drop_repeats(&mut self.all.concerns, Placed::<Concern>::name),
            drop_repeats(&mut self.all.gaps, Placed::<Gap>::name),
        ];
        repeats.into_iter().flatten().for_each(|(file, message)| self.tell(&file, message));
    }

    fn names(&mut self) -> Names {
        let mut names = Names::default();
        let all = &self.all;
        let concerns = all.concerns.iter().map(|c| (&c.family, &c.file, &c.item.id, &c.item.aliases));
        let gaps = all.gaps.iter().map(|g| (&g.family, &g.file, &g.item.id, &g.item.aliases));
        let rules: Vec<_> = concerns.chain(gaps).collect();
        // Present names go first, so that no former name hides one.
        for (family, _, id, _) in &rules {
            names.add(family, id, &[]);
        }
        let mut taken = Vec::new();
        for (family, file, id, aliases) in rules {
            for alias in names.add(family, id, aliases) {
                let message = format!("{family}/{id}: `{alias}` is the name of another concern; take it out of `aliases`");
                taken.push((file.clone(), message));
            }
        }
        taken.into_iter().for_each(|(file, message)| self.tell(&file, message));
        names
    }

    fn resolve_extensions(&mut self, names: &Names) {
        let mut known = Vec::new();
        for mut placed in std::mem::take(&mut self.all.extensions) {
            match names.concern(&placed.item.extends) {
                Ok(name) if is_gap(name) => {
                    self.tell(&placed.file, format!("extends: `{name}` is a gap; write it under [[gap]]"))
                }
                Ok(name) => {
                    placed.item.extends = name.to_owned();
                    known.push(placed);
                }
                Err(unknown) => self.tell(&placed.file, format!("extends: {unknown}")),
            }
        }
        let patterns = |e: &Placed<Extension>| {
            let phrases = e.item.phrases.iter().chain(&e.item.leave);
            (e.item.extends.clone(), phrases.map(|p| p.pattern.clone()).collect::<Vec<_>>())
        };
        known.sort_by_cached_key(patterns);
        self.all.extensions = known;
    }

    fn resolve_gap_extensions(&mut self, names: &Names) {
        let mut known = Vec::new();
        for mut placed in std::mem::take(&mut self.all.gap_extensions) {
            match names.concern(&placed.item.extends) {
                Ok(name) if is_gap(name) => {
                    placed.item.extends = name.to_owned();
                    known.push(placed);
                }
                Ok(name) => self.tell(&placed.file, format!("extends: `{name}` is a concern; write it under [[concern]]")),
                Err(unknown) => self.tell(&placed.file, format!("extends: {unknown}")),
            }
        }
        let patterns = |e: &Placed<GapExtension>| {
            let phrases = e.item.phrases.iter().chain(&e.item.leave).chain(&e.item.lacks);
            (e.item.extends.clone(), phrases.map(|p| p.pattern.clone()).collect::<Vec<_>>())
        };
        known.sort_by_cached_key(patterns);
        self.all.gap_extensions = known;
    }

    /// Gives the families and concerns whose phrases count in a gap their present names.
    fn resolve_mentions(&mut self, names: &Names) {
        let mut wrong = Vec::new();
        for placed in &mut self.all.gaps {
            let gap = placed.name();
            for name in placed.item.when.iter_mut().flat_map(|presence| &mut presence.mentions) {
                match names.any(name) {
                    Ok(Named::Family(known) | Named::Concern(known)) if known == GAP_FAMILY || is_gap(&known) => {
                        wrong.push((
                            placed.file.clone(),
                            format!("{gap}: `{name}` is a gap, and a gap has no mentions; take it out"),
                        ));
                    }
                    Ok(Named::Family(known) | Named::Concern(known)) => *name = known,
                    Err(unknown) => wrong.push((placed.file.clone(), format!("{gap}: mentions: {unknown}"))),
                }
            }
        }
        wrong.into_iter().for_each(|(file, message)| self.tell(&file, message));
    }

    fn switch_off(&mut self, names: &Names) {
        for (file, id) in std::mem::take(&mut self.off) {
            match names.concern(&id) {
                Ok(name) => {
                    let found = self.all.concerns.iter_mut().filter(|c| c.name() == name);
                    found.for_each(|c| c.item.default = false);
                    let found = self.all.gaps.iter_mut().filter(|g| g.name() == name);
                    found.for_each(|g| g.item.default = false);
                }
                Err(unknown) => self.tell(&file, format!("off: {unknown}")),
            }
        }
    }

    fn check_profiles(&mut self, names: &Names) {
        let mut unknown = Vec::new();
        for Placed { file, item: profile, .. } in self.all.profiles.values() {
            let families = profile.families.iter().filter_map(|name| names.family(name).err());
            let others = profile.on.iter().chain(&profile.off).filter_map(|name| names.any(name).err());
            unknown.extend(families.chain(others).map(|error| (file.clone(), format!("profile: {error}"))));
        }
        unknown.into_iter().for_each(|(file, message)| self.tell(&file, message));
    }

    fn check_case(&mut self, names: &Names) {
        for (file, family) in std::mem::take(&mut self.case_families) {
            if let Err(unknown) = names.family(&family) {
                self.tell(&file, format!("case: {unknown}"));
            }
        }
    }
}

/// Sorts rules by name and takes out those that bear the name of another; gives each with its file.
fn drop_repeats<T>(rules: &mut Vec<Placed<T>>, name: fn(&Placed<T>) -> String) -> Vec<(String, String)> {
    rules.sort_by_cached_key(name);
    let mut repeats = Vec::new();
    rules.dedup_by(|second, first| {
        let same = name(second) == name(first);
        if same {
            let mend = "give one of them another id, or write `extends` to add to it";
            repeats.push((second.file.clone(), format!("{}: it stands in {} already; {mend}", name(second), first.file)));
        }
        same
    });
    repeats
}

const NAME: &str = "names are lower-case words with hyphens between them";
