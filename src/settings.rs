//! What a linter is told besides the words: which concerns it looks for, what they ask, and what is known of the subject.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Ask;
use crate::lexicon::names::{Named, Names};
use crate::lexicon::schema::Profile;
use crate::lexicon::{Lexicon, UnknownName};
use crate::record::{Record, Subject};

/// The profile where none is asked for.
const DEFAULT_PROFILE: &str = "full";

/// The jurisdiction where none is given.
const DEFAULT_JURISDICTION: &str = "england-wales";

/// The nations whose law messages may state. A lexicon may name others.
const JURISDICTIONS: [&str; 4] = [DEFAULT_JURISDICTION, "scotland", "northern-ireland", "none"];

/// What was asked for, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub profile: Option<String>,
    pub families: Vec<String>,
    /// Families and concerns in the order in which they were switched; the last word counts.
    pub switches: Vec<(String, bool)>,
    pub asks: Vec<(String, Ask)>,
    pub jurisdiction: Option<String>,
    pub local_procedure: Option<String>,
    pub subject: Subject,
    /// Rows of the decision table that are not read, to measure what each is worth.
    pub without_rows: Vec<u8>,
}

/// What was asked for.
#[derive(Debug)]
pub(crate) struct Chosen {
    /// Whether a rule is looked for: concerns by number, then gaps.
    on: Vec<bool>,
    /// What findings of a rule ask, where that is not what they ask by themselves; in the same order.
    asks: Vec<Option<Ask>>,
    /// How many concerns there are.
    concerns: usize,
    pub jurisdiction: String,
    pub local_procedure: Option<String>,
    subject: Subject,
    without_rows: Vec<u8>,
}

impl Chosen {
    /// Every concern and gap, also those that are off until they are asked for.
    pub fn everything(lexicon: &Lexicon) -> Chosen {
        let rules = lexicon.reported().count();
        Chosen {
            on: vec![true; rules],
            asks: vec![None; rules],
            concerns: lexicon.rules.len(),
            jurisdiction: DEFAULT_JURISDICTION.into(),
            local_procedure: None,
            subject: Subject::default(),
            without_rows: Vec::new(),
        }
    }

    /// The concerns and gaps that are on where nothing is asked for.
    pub fn by_default(lexicon: &Lexicon) -> Chosen {
        let on = lexicon.reported().map(|(_, _, default)| default).collect();
        Chosen { on, ..Chosen::everything(lexicon) }
    }

    /// Resolves what was asked for. `own` are the families that only the user's files have: no profile knows them, so they are on.
    pub fn new(settings: Settings, lexicon: &Lexicon, own: &BTreeSet<String>) -> Result<Chosen, Vec<UnknownName>> {
        let mut choice = Choice { lexicon, names: lexicon.names(), chosen: Chosen::everything(lexicon), unknown: Vec::new() };
        choice.profile(settings.profile.as_deref().unwrap_or(DEFAULT_PROFILE), own);
        choice.families(&settings.families, &BTreeSet::new());
        for (name, on) in &settings.switches {
            choice.switch(name, *on);
        }
        choice.asks(&settings.asks);
        choice.jurisdiction(settings.jurisdiction);
        let Choice { mut chosen, unknown, .. } = choice;
        chosen.local_procedure = settings.local_procedure;
        chosen.subject = settings.subject;
        chosen.without_rows = settings.without_rows;
        if unknown.is_empty() { Ok(chosen) } else { Err(unknown) }
    }

    /// Whether a concern is looked for, by its number.
    pub fn is_on(&self, rule: u32) -> bool {
        self.on[rule as usize]
    }

    /// Whether a gap is looked for, by its number.
    pub fn is_gap_on(&self, gap: u16) -> bool {
        self.on[self.concerns + usize::from(gap)]
    }

    pub fn gap_ask(&self, gap: u16) -> Option<Ask> {
        self.asks[self.concerns + usize::from(gap)]
    }

    /// What is on by default and off here: whole families by their names, else single concerns and gaps.
    pub fn silent(&self, lexicon: &Lexicon) -> Vec<String> {
        let mut families: BTreeMap<&str, (bool, Vec<&str>)> = BTreeMap::new();
        for ((name, family, _), is_on) in lexicon.reported().zip(&self.on).filter(|((.., default), _)| *default) {
            let (is_heard, off) = families.entry(family).or_default();
            *is_heard |= *is_on;
            off.extend((!is_on).then_some(name));
        }
        let silent = families.into_iter().flat_map(|(family, (is_heard, off))| if is_heard { off } else { vec![family] });
        silent.map(str::to_owned).collect()
    }

    /// Whether a row of the decision table is read.
    pub fn reads_row(&self, row: u8) -> bool {
        !self.without_rows.contains(&row)
    }

    pub fn ask(&self, rule: u32) -> Option<Ask> {
        self.asks[rule as usize]
    }

    /// What is known of a record's subject, with its age where that is known. A record that says anything of age is not overruled.
    pub fn subject(&self, record: &Record) -> Subject {
        let (known, default) = (&record.subject, &self.subject);
        let says_age = known.age.is_some() || known.date_of_birth.is_some();
        let by_default = || default.age.or_else(|| default.date_of_birth?.years_until(record.date?));
        Subject {
            age: if says_age { record.subject_age() } else { by_default() },
            date_of_birth: known.date_of_birth,
            learning_disability: known.learning_disability.or(default.learning_disability),
        }
    }
}

/// Makes a [`Chosen`].
struct Choice<'a> {
    lexicon: &'a Lexicon,
    names: Names,
    chosen: Chosen,
    unknown: Vec<UnknownName>,
}

impl Choice<'_> {
    fn profile(&mut self, name: &str, own: &BTreeSet<String>) {
        for ((_, _, default), on) in self.lexicon.reported().zip(&mut self.chosen.on) {
            *on = default;
        }
        let Some(Profile { families, on, off, .. }) = self.lexicon.profiles.get(name) else {
            // A lexicon without profiles has the default one all the same.
            if name != DEFAULT_PROFILE {
                self.unknown
                    .push(UnknownName::new("profile", name, self.lexicon.profiles.keys().map(String::as_str)));
            }
            return;
        };
        self.families(families, own);
        let switches = on.iter().map(|name| (name, true)).chain(off.iter().map(|name| (name, false)));
        // The part goes before the whole: a family may be off and one of its concerns on.
        let mut switches: Vec<(&String, bool)> = switches.collect();
        switches.sort_by_key(|(name, _)| name.contains('/'));
        for (name, on) in switches {
            self.switch(name, on);
        }
    }

    /// Leaves only these families on. One whose concerns are all off until they are asked for is asked for by its name.
    fn families(&mut self, wanted: &[String], besides: &BTreeSet<String>) {
        if wanted.is_empty() {
            return;
        }
        let mut known = besides.clone();
        for name in wanted {
            match self.names.family(name) {
                Ok(family) => drop(known.insert(family.to_owned())),
                Err(error) => self.unknown.push(error),
            }
        }
        let rules = || self.lexicon.reported();
        let by_default: BTreeSet<&str> = rules().filter(|(_, _, default)| *default).map(|(_, family, _)| family).collect();
        for ((_, family, _), on) in rules().zip(&mut self.chosen.on) {
            *on = known.contains(family) && (*on || !by_default.contains(family));
        }
    }

    fn switch(&mut self, name: &str, on: bool) {
        self.each(name, |chosen, rule| chosen.on[rule] = on);
    }

    /// What a concern asks goes before what its family asks.
    fn asks(&mut self, asks: &[(String, Ask)]) {
        let (concerns, families): (Vec<_>, Vec<_>) = asks.iter().partition(|(name, _)| name.contains('/'));
        for (name, ask) in families.into_iter().chain(concerns) {
            self.each(name, |chosen, rule| chosen.asks[rule] = Some(*ask));
        }
    }

    /// Does something for each rule that a name stands for.
    fn each(&mut self, name: &str, mut change: impl FnMut(&mut Chosen, usize)) {
        let named = match self.names.any(name) {
            Ok(named) => named,
            Err(error) => return self.unknown.push(error),
        };
        for (number, (name, family, _)) in self.lexicon.reported().enumerate() {
            let is_meant = match &named {
                Named::Family(wanted) => family == wanted,
                Named::Concern(wanted) => name == wanted,
            };
            if is_meant {
                change(&mut self.chosen, number);
            }
        }
    }

    fn jurisdiction(&mut self, wanted: Option<String>) {
        let Some(wanted) = wanted else { return };
        let ages = self.lexicon.rules.iter().flat_map(|rule| &rule.concern.ages);
        let mut known: Vec<&str> = ages.filter_map(|age| age.jurisdiction.as_deref()).chain(JURISDICTIONS).collect();
        known.sort_unstable();
        known.dedup();
        if known.contains(&wanted.as_str()) {
            self.chosen.jurisdiction = wanted;
        } else {
            self.unknown.push(UnknownName::new("jurisdiction", &wanted, known));
        }
    }
}
