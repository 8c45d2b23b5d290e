//! Row 5: whether a phrase is about somebody whom its family does not protect.

use std::ops::Range;
use std::sync::LazyLock;

use super::Regex;
use super::age::{self, ADULT};
use super::sentence::Sentence;
use super::setting::Setting;
use super::subject::{FRAGMENT, Subject};
use crate::lexicon::holds;
use crate::lexicon::schema::{Concern, Protected, Who};
use crate::resolve::Mention;

/// An age beside a name: ", 34," or "(aged 34)". The last one before a phrase is read.
static AGE_BESIDE: LazyLock<Regex> = LazyLock::new(|| age::beside(r"[,(][ \n]*", "[,)]"));

/// Whom phrases are about.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub protects: &'a [Protected],
    pub of_anyone: bool,
    pub of_speaker: bool,
}

impl<'a> From<&'a Concern> for About<'a> {
    fn from(concern: &'a Concern) -> Self {
        About { protects: &concern.protects, of_anyone: concern.of_anyone, of_speaker: concern.of_speaker }
    }
}

/// The words that name somebody who is not protected as the one of whom the phrase is said; an empty stretch where it is the subject of the
/// record, an adult.
pub fn not_protected(
    mention: &Mention,
    sentence: &Sentence,
    about: About,
    is_domestic: bool,
    age: Option<u8>,
    setting: &Setting,
) -> Option<Range<usize>> {
    let protects = |whom| about.protects.contains(&whom);
    if age.is_some_and(|age| age >= ADULT) && !protects(Protected::AdultVictim) && !is_domestic {
        return Some(0..0);
    }
    if about.of_anyone || !about.of_speaker && gives_words(mention, sentence, setting) || is_of_child(mention, sentence, setting)
    {
        return None;
    }
    // An adult counts as a victim where the record speaks of domestic abuse.
    let is_victim = protects(Protected::AdultVictim) && is_domestic;
    let of_children = !protects(Protected::Parent) && !is_victim;
    let counts = |who: Option<Who>| who != Some(Who::Parent) || of_children;
    let subject = Subject {
        sentence,
        before: sentence.range.start..mention.span.start,
        phrase: mention.span.clone(),
        setting,
    };
    subject
        .linked(counts)
        .or_else(|| subject.carried(counts, of_children))
        .or_else(|| subject.attributed())
        .or_else(|| subject.named(of_children))
        .or_else(|| subject.pronoun(of_children))
        .or_else(|| subject.labelled())
        .or_else(|| of_children.then(|| subject.adult()).flatten())
}

/// Whether the phrase itself says that somebody speaks of the child: "grandma is adamant that". What somebody will not say ("refuses to say") is
/// said of themselves.
fn gives_words(mention: &Mention, sentence: &Sentence, setting: &Setting) -> bool {
    let whole = mention.whole.start.min(mention.span.start)..mention.span.end;
    setting.cues().reporting.first_in(whole.clone()).is_some_and(|(verb, ())| {
        let before = sentence.tokens_in(&(whole.start..verb.start)).last();
        !before.is_some_and(|word| holds(&setting.lexicon.words.preposition, word.id))
    })
}

/// Whether the phrase itself names the child: "the male is her partner", "dad cannot control her".
fn is_of_child(mention: &Mention, sentence: &Sentence, setting: &Setting) -> bool {
    let words = &setting.lexicon.words;
    let mut tokens = sentence.tokens_in(&mention.span);
    tokens
        .next()
        .is_some_and(|token| holds(&words.particular, token.id) || holds(&words.object, token.id))
        || tokens.any(|token| holds(&words.object, token.id))
}

impl Subject<'_> {
    /// The wrongdoer whose name or role heads the paragraph: "Perpetrator: male, 41. Lied about his address."
    fn labelled(&self) -> Option<Range<usize>> {
        let number = self.setting.paragraph_of(self.setting.sentence_at(self.before.start));
        let paragraph = self.setting.paragraphs.get(number)?;
        let above = number.checked_sub(1).map(|above| &self.setting.paragraphs[above]).filter(|above| above.is_heading);
        let of = |range: &Range<usize>| {
            let (person, who) = self.setting.cues().speakers.first_in(range.clone())?;
            let begins = self.setting.text[range.start..person.start].chars().all(|sign| !sign.is_alphabetic());
            (who == Who::Perpetrator && begins).then_some(person)
        };
        let label = of(&paragraph.range).filter(|person| self.setting.text[person.end..].starts_with(':'));
        let person = label.or_else(|| of(&above?.range)).or_else(|| self.adult_at_head(&paragraph.range))?;
        let from = person.end.max(self.before.start);
        (from <= self.before.end && !self.names_other(&(from..self.before.end))).then_some(person)
    }

    /// The role at the head of a paragraph with an adult's age beside it: "Adult male, 34, known for supply."
    fn adult_at_head(&self, paragraph: &Range<usize>) -> Option<Range<usize>> {
        let (person, (who, _)) = self.setting.cues().not_protected.first_in(paragraph.clone())?;
        let beside = person.end..self.setting.text.floor_char_boundary(paragraph.end.min(person.end + FRAGMENT)).max(person.end);
        let text = &self.setting.text[beside];
        let found = AGE_BESIDE.captures(text).filter(|found| found.get(0).is_some_and(|whole| whole.start() <= 1))?;
        let age = age::stated(&found, text, &self.setting.lexicon.structure)?;
        (who.is_none() && person.start == paragraph.start && age.years >= ADULT).then_some(person)
    }

    /// An adult's age beside whoever is named: "Carys's manager, Mrs Ellis, 36, is …", or in the heading of the entry.
    fn adult(&self) -> Option<Range<usize>> {
        let near = self.near();
        let start = near.start;
        let text = &self.setting.text[near];
        let found = AGE_BESIDE.captures_iter(text).last()?;
        let age = age::stated(&found, text, &self.setting.lexicon.structure)?;
        let (named, rest) = (start..start + found.get(0)?.start(), start + found.get(0)?.end()..self.before.end);
        (age.years >= ADULT && self.is_close(&rest) && !self.is_one_of_several(&named))
            .then(|| start + age.place.start..start + age.place.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_beside_names() {
        let vocabulary = crate::text::cases::vocabulary();
        let age = |text: &str| AGE_BESIDE.captures_iter(text).last().and_then(|found| age::stated(&found, text, &vocabulary));
        for (text, expected) in [
            ("Mrs V, 34, was", Some(34)),
            ("Suspect (39) is", Some(39)),
            ("her uncle (aged 41 yrs) was", Some(41)),
            ("her sister, 27 y/o, is", Some(27)),
            ("on 3 May he", None),
            ("flat 12 is", None),
            ("seen at 4 (45 mins) she", None),
        ] {
            assert_eq!(age(text).map(|age| age.years), expected, "{text}");
        }
    }
}
