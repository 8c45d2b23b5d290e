//! Morphology of English: inflections of a word and other spellings of a form.
//!
//! This is the one module of the engine that knows any English. Rules stand here; exceptions are data (`lexicons/words/`).

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

/// What may follow `-our` where American spelling has `-or`. Others keep `-or-` on both sides: humorous, vaporise.
const OUR_ENDINGS: [&str; 16] =
    ["", "s", "ed", "er", "ers", "ing", "al", "ally", "able", "ably", "ful", "less", "ly", "ite", "ites", "hood"];
/// What may follow `-is-` or `-iz-`.
const ISE_ENDINGS: [&str; 8] = ["e", "ed", "es", "ing", "er", "ers", "ation", "ations"];
/// What may follow an `l` that British spelling doubles.
const DOUBLE_L_ENDINGS: [&str; 6] = ["ed", "ing", "er", "ers", "or", "ors"];

/// The forms of a word: base, third person or plural, past, participle, gerund. A place may be empty or hold variants.
pub type Slots = [Vec<String>; 5];

/// Inflects words and knows the spellings of their forms.
#[derive(Debug, Default)]
pub struct Morphology {
    irregular: FxHashMap<String, Slots>,
    /// Words in `-our`, without that ending.
    our: Vec<String>,
    only_ise: FxHashSet<String>,
}

impl Morphology {
    /// Takes the tables of `lexicons/words/`, in lower case.
    pub fn new(irregular: &BTreeMap<String, Vec<String>>, our: &[String], only_ise: &[String]) -> Self {
        Morphology {
            irregular: irregular.iter().map(|(word, forms)| (word.clone(), listed_slots(word, forms))).collect(),
            our: our.iter().filter_map(|word| word.strip_suffix("our")).map(str::to_owned).collect(),
            only_ise: only_ise.iter().cloned().collect(),
        }
    }

    /// All inflections of a base form, the base first, each once.
    pub fn inflections(&self, word: &str) -> Vec<String> {
        let mut forms = Vec::with_capacity(4);
        for form in self.slots(word).into_iter().flatten() {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        forms
    }

    /// The inflections by their place, so that a misspelling can be inflected beside its word.
    pub fn slots(&self, word: &str) -> Slots {
        if let Some(slots) = self.irregular.get(word) {
            return slots.clone();
        }
        let base = vec![word.to_owned()];
        if word.len() < 2 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return [base, vec![], vec![], vec![], vec![]];
        }
        let past = past(word);
        [base, vec![third(word)], vec![past.clone()], vec![past], vec![gerund(word)]]
    }

    /// Other spellings of one form, British or American; empty where there is none.
    pub fn spellings(&self, form: &str) -> Vec<String> {
        if !form.bytes().all(|b| b.is_ascii_lowercase()) {
            return Vec::new();
        }
        let found = [self.our_or(form), self.ise_ize(form), lyse_lyze(form), self.double_l(form)];
        found.into_iter().flatten().collect()
    }

    /// behaviour, behavior
    fn our_or(&self, form: &str) -> Option<String> {
        self.our.iter().find_map(|stem| {
            let rest = form.strip_prefix(stem.as_str())?;
            let (ending, other) = match rest.strip_prefix("our") {
                Some(ending) => (ending, "or"),
                None => (rest.strip_prefix("or")?, "our"),
            };
            OUR_ENDINGS.contains(&ending).then(|| format!("{stem}{other}{ending}"))
        })
    }

    /// sexualised, sexualized. A stem without a vowel (rise, size) or with one at its end (raise, noise) has one spelling only.
    fn ise_ize(&self, form: &str) -> Option<String> {
        ISE_ENDINGS.iter().find_map(|ending| {
            let stem = form.strip_suffix(ending)?;
            let (stem, other) = swap_s_z(stem, "is", "iz")?;
            let letters = stem.as_bytes();
            let whole = syllables(letters) > 0 && !is_vowel(letters, letters.len() - 1);
            (whole && !self.only_ise.contains(&format!("{stem}ise"))).then(|| format!("{stem}{other}{ending}"))
        })
    }

    /// travelled, traveled. Words with a stressed last syllable (control) are listed as irregular, and have no such variant.
    fn double_l(&self, form: &str) -> Option<String> {
        DOUBLE_L_ENDINGS.iter().find_map(|ending| {
            let stem = form.strip_suffix(ending)?;
            let single = stem.strip_suffix('l').filter(|s| s.ends_with('l'));
            let base = single.unwrap_or(stem);
            // From one `l` the way back is open only for these two: compiled and consoled come from words in `-e`.
            let sure = single.is_some() || base.ends_with("el") || base.ends_with("al");
            let double = format!("{base}l");
            let listed = self.irregular.contains_key(base) || self.irregular.contains_key(&double);
            let unstressed = base.ends_with('l') && doubles(base) && syllables(base.as_bytes()) > 1;
            (sure && unstressed && !listed).then(|| if single.is_some() { format!("{base}{ending}") } else { double + ending })
        })
    }
}

/// Several forms in one place are divided by `/`.
fn listed_slots(word: &str, forms: &[String]) -> Slots {
    let mut slots = Slots::default();
    slots[0].push(word.to_owned());
    for (slot, form) in slots.iter_mut().skip(1).zip(forms) {
        slot.extend(form.split('/').filter(|f| !f.is_empty()).map(str::to_owned));
    }
    slots
}

fn third(word: &str) -> String {
    let hisses = word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh");
    match consonant_y(word) {
        Some(stem) => format!("{stem}ies"),
        None => format!("{word}{}", if hisses { "es" } else { "s" }),
    }
}

fn past(word: &str) -> String {
    match consonant_y(word) {
        Some(stem) => format!("{stem}ied"),
        None if word.ends_with('e') => format!("{word}d"),
        None => lengthened(word) + "ed",
    }
}

fn gerund(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ie").filter(|stem| syllables(stem.as_bytes()) == 0) {
        return format!("{stem}ying");
    }
    let keeps_e = ["ee", "ie", "oe", "ye"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('e') {
        Some(stem) if !keeps_e => format!("{stem}ing"),
        _ => lengthened(word) + "ing",
    }
}

/// The word without its `y`, where a consonant stands before it.
fn consonant_y(word: &str) -> Option<&str> {
    let stem = word.strip_suffix('y')?;
    (!stem.is_empty() && !is_vowel(stem.as_bytes(), stem.len() - 1)).then_some(stem)
}

/// The word as it stands before an ending that begins with a vowel.
fn lengthened(word: &str) -> String {
    match word.chars().last() {
        Some(last) if doubles(word) => format!("{word}{last}"),
        _ => word.to_owned(),
    }
}

/// One syllable that ends in consonant, single vowel, consonant; and in British spelling any word that so ends in `l`.
fn doubles(word: &str) -> bool {
    let letters = word.as_bytes();
    let n = letters.len();
    n > 2
        && !is_vowel(letters, n - 1)
        && !matches!(letters[n - 1], b'w' | b'x' | b'h')
        && is_vowel(letters, n - 2)
        && !is_vowel(letters, n - 3)
        && (letters[n - 1] == b'l' || syllables(letters) == 1)
}

fn lyse_lyze(form: &str) -> Option<String> {
    ISE_ENDINGS[..6].iter().find_map(|ending| {
        let (stem, other) = swap_s_z(form.strip_suffix(ending)?, "lys", "lyz")?;
        (!stem.is_empty()).then(|| format!("{stem}{other}{ending}"))
    })
}

/// The part before `s` or `z`, and the other of the two.
fn swap_s_z<'a>(stem: &'a str, s: &'a str, z: &'a str) -> Option<(&'a str, &'a str)> {
    stem.strip_suffix(s).map(|rest| (rest, z)).or_else(|| stem.strip_suffix(z).map(|rest| (rest, s)))
}

/// `y` is a vowel but at the start; `u` after `q` is none.
fn is_vowel(letters: &[u8], at: usize) -> bool {
    match letters[at] {
        b'a' | b'e' | b'i' | b'o' => true,
        b'u' => at == 0 || letters[at - 1] != b'q',
        b'y' => at > 0,
        _ => false,
    }
}

fn syllables(letters: &[u8]) -> usize {
    let begins = |&at: &usize| is_vowel(letters, at) && (at == 0 || !is_vowel(letters, at - 1));
    (0..letters.len()).filter(begins).count()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    const CASES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pattern/inflections.txt"));
    const IRREGULAR: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicons/words/irregular.toml"));
    const SPELLING: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicons/words/spelling.toml"));
    const ALIAS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicons/words/alias.toml"));

    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct File {
        irregular: BTreeMap<String, Vec<String>>,
        spelling: Spelling,
        alias: BTreeMap<String, Vec<String>>,
    }

    #[derive(Default, Deserialize)]
    struct Spelling {
        our: Vec<String>,
        only_ise: Vec<String>,
    }

    fn read(toml: &str) -> File {
        toml::from_str(toml).expect("the file is TOML")
    }

    fn morphology() -> Morphology {
        let spelling = read(SPELLING).spelling;
        Morphology::new(&read(IRREGULAR).irregular, &spelling.our, &spelling.only_ise)
    }

    fn cases(sign: char) -> Vec<(&'static str, Vec<&'static str>)> {
        let lines = CASES.lines().filter(|line| !line.starts_with('#'));
        let pairs = lines.filter_map(|line| line.split_once(sign));
        pairs.map(|(word, forms)| (word.trim(), forms.split_whitespace().collect())).collect()
    }

    #[test]
    fn inflects_every_case() {
        let (morphology, cases) = (morphology(), cases(':'));
        assert!(cases.len() >= 200, "only {} cases", cases.len());
        for (word, forms) in cases {
            assert_eq!(morphology.inflections(word), forms, "{word}");
        }
    }

    #[test]
    fn spells_every_case() {
        let (morphology, cases) = (morphology(), cases('='));
        assert!(cases.len() >= 60, "only {} cases", cases.len());
        for (form, others) in cases {
            assert_eq!(morphology.spellings(form), others, "{form}");
        }
    }

    #[test]
    fn slots_of_a_misspelling_stand_beside_those_of_its_word() {
        let morphology = morphology();
        assert_eq!(morphology.slots("concent")[2], ["concented"]);
        assert_eq!(morphology.slots("consent")[2], ["consented"]);
        assert_eq!(morphology.slots("learn")[2], ["learned", "learnt"]);
        assert!(morphology.slots("won't")[1..].iter().all(Vec::is_empty));
    }

    #[test]
    fn aliases_hold_the_misspellings_that_the_specification_names() {
        let (morphology, aliases) = (morphology(), read(ALIAS).alias);
        let named =
            [("concented", "consented"), ("consentual", "consensual"), ("promiscous", "promiscuous"), ("alledged", "alleged")];
        let pairs = aliases.iter().flat_map(|(form, others)| others.iter().map(move |other| (form, other)));
        let spread: Vec<(String, String)> = pairs
            .flat_map(|(form, other)| match (form.strip_suffix('~'), other.strip_suffix('~')) {
                (Some(form), Some(other)) => {
                    morphology.slots(other).concat().into_iter().zip(morphology.slots(form).concat()).collect()
                }
                _ => vec![(other.clone(), form.clone())],
            })
            .collect();
        for (other, form) in named {
            assert!(spread.contains(&(other.to_owned(), form.to_owned())), "{other} for {form}");
        }
    }

    #[test]
    fn irregular_words_have_at_most_four_places() {
        for (word, forms) in read(IRREGULAR).irregular {
            assert!((1..=4).contains(&forms.len()), "{word}: {forms:?}");
        }
    }

    #[test]
    fn an_alias_is_one_word_and_leads_to_one_form() {
        let (morphology, aliases) = (morphology(), read(ALIAS).alias);
        let mut forms = FxHashSet::default();
        let mut owner = FxHashMap::default();
        for (form, others) in &aliases {
            for other in others {
                let inflected = form.ends_with('~');
                assert_eq!(other.ends_with('~'), inflected, "{form}: {other}");
                let (form, other) = (form.trim_end_matches('~'), other.trim_end_matches('~'));
                let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'\'';
                assert!(form.bytes().chain(other.bytes()).all(plain), "{form}: {other}");
                let whole = |word: &str| if inflected { morphology.inflections(word) } else { vec![word.to_owned()] };
                forms.extend(whole(form));
                for other in whole(other) {
                    let before = owner.insert(other.clone(), form.to_owned());
                    assert!(before.is_none(), "{other} stands for {form} and for {before:?}");
                }
            }
        }
        for word in read(IRREGULAR).irregular.keys() {
            forms.extend(morphology.inflections(word));
        }
        for (alias, form) in owner {
            assert!(!forms.contains(&alias), "{alias}, an alias of {form}, is a word of its own");
        }
    }
}
