//! Labels at the head of a paragraph, and adults' ages beside names.

use std::ops::Range;
use std::sync::LazyLock;

use super::subject::Subject;
use crate::context::Regex;
use crate::context::age::{self, ADULT};
use crate::lexicon::schema::Who;

/// An age beside a name: ", 34," or "(aged 34)". The last one before a phrase is read.
static AGE_BESIDE: LazyLock<Regex> = LazyLock::new(|| age::beside(r"[,(][ \n]*", "[,)]"));

/// An age stands within so many bytes behind a role.
const NEAR: usize = 20;

/// Somebody is named in so many words at most where an age follows: "Kim's aunt".
const HEAD: usize = 3;

impl Subject<'_> {
    /// The wrongdoer whose name or role heads the paragraph: "Perpetrator: male, 41. Lied about his address."
    pub fn labelled(&self) -> Option<Range<usize>> {
        let number = self.setting.paragraph_of(self.setting.sentence_at(self.before.start));
        let paragraph = self.setting.paragraphs.get(number)?;
        let above = number.checked_sub(1).map(|above| &self.setting.paragraphs[above]).filter(|above| above.is_heading);
        let of = |range: &Range<usize>| {
            let (person, who) = self.setting.cues().speakers.first_in(range.clone())?;
            (who == Who::Perpetrator && self.is_at_head(range, &person)).then_some(person)
        };
        let label = of(&paragraph.range).filter(|person| self.setting.text[person.end..].starts_with(':'));
        let person = label.or_else(|| of(&above?.range)).or_else(|| self.adult_at_head(&paragraph.range))?;
        let from = person.end.max(self.before.start);
        (from <= self.before.end && !self.names_other(&(from..self.before.end))).then_some(person)
    }

    /// The role at the head of a paragraph with an adult's age beside it: "Adult male, 34, known for supply."
    fn adult_at_head(&self, paragraph: &Range<usize>) -> Option<Range<usize>> {
        let (person, (who, _)) = self.setting.cues().not_protected.first_in(paragraph.clone())?;
        let beside = person.end..self.setting.text.floor_char_boundary(paragraph.end.min(person.end + NEAR)).max(person.end);
        let text = &self.setting.text[beside];
        let found = AGE_BESIDE.captures(text).filter(|found| found.get(0).is_some_and(|whole| whole.start() <= 1))?;
        let age = age::stated(&found, text, &self.setting.lexicon.structure)?;
        (who.is_none() && self.is_at_head(paragraph, &person) && age.years >= ADULT).then_some(person)
    }

    /// Whether no word stands before a person: a bullet or a number may.
    fn is_at_head(&self, paragraph: &Range<usize>, person: &Range<usize>) -> bool {
        self.setting.text[paragraph.start..person.start].chars().all(|sign| !sign.is_alphabetic())
    }

    /// The age of an adult beside whoever heads a stretch in which nobody else is named: "The male, 22, is known for supply."
    pub fn adult_heading(&self, stretch: &Range<usize>) -> Option<Range<usize>> {
        let text = &self.setting.text[stretch.clone()];
        let found = AGE_BESIDE.captures(text)?;
        let whole = found.get(0)?;
        let age = age::stated(&found, text, &self.setting.lexicon.structure)?;
        let (named, rest) = (stretch.start..stretch.start + whole.start(), stretch.start + whole.end()..stretch.end);
        let (named, and) = (self.read(&named), self.setting.lexicon.index.and());
        let is_joined = named.iter().chain(self.read(&rest).first()).any(|token| token.id == and);
        let is_of_one = (1..=HEAD).contains(&named.len()) && !is_joined;
        (age.years >= ADULT && is_of_one && !self.names_other(&rest))
            .then(|| stretch.start + age.place.start..stretch.start + age.place.end)
    }

    /// An adult's age beside whoever is named: "Carys's manager, Mrs Ellis, 36, is …", or in the heading of the entry.
    pub fn adult(&self) -> Option<Range<usize>> {
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
