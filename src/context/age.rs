//! The age of the one whom a phrase is about, where the text tells it.

use std::ops::Range;
use std::sync::LazyLock;

use super::setting::Setting;
use super::{Captures, Regex};
use crate::text::{EntryKind, Vocabulary};

/// An age and the words that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldAge {
    pub years: u8,
    pub place: Range<usize>,
}

/// From this age on somebody is an adult.
pub const ADULT: u8 = 18;

/// A title is at most so many bytes long.
const TITLE: usize = 160;

/// Pupils of a school year turn this much older than its number in the course of it (England and Wales: year 8 is 12 to 13).
const SCHOOL_YEAR: u8 = 5;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new("[0-9]{1,2}").expect("the pattern is fixed and sound"));

/// A number beside what it is the age of: `before` and `behind` are expressions for what stands around it.
pub fn beside(before: &str, behind: &str) -> Regex {
    let number = r"(?:(?<before>[A-Za-z]+)[ \n]+)?(?<age>[0-9]{1,2})(?<behind>(?:[ \n]*[A-Za-z/]+){0,2})[ \n]*";
    Regex::new(&format!("{before}{number}{behind}")).expect("the pattern is fixed and sound")
}

/// The age that such an expression has found in a text, unless other words beside the number, or further digits, make it a time, a date or
/// an amount.
pub fn stated(found: &Captures, text: &str, vocabulary: &Vocabulary) -> Option<ToldAge> {
    let words = ["before", "behind"]
        .into_iter()
        .filter_map(|name| found.name(name))
        .flat_map(|part| part.as_str().split_whitespace());
    let end = found.get(0)?.end();
    if text[end..].starts_with(|next: char| next.is_ascii_digit()) || !words.into_iter().all(|word| vocabulary.is_age_word(word))
    {
        return None;
    }
    let age = found.name("age")?;
    Some(ToldAge { years: age.as_str().parse().ok()?, place: age.range() })
}

/// An age in a title: "Keeley-Ann M, 13", "Lacey (13)", "Child B, aged 9 yrs".
static IN_TITLE: LazyLock<Regex> = LazyLock::new(|| beside(r"(?:[,(]|(?:^|[ ])-)[ ]*", r"(?:[,).:;\n-]|$)"));

/// The child's age as the sentence of a mention tells it, else the heading of its entry, else the title of the record. Of several ages in one
/// place none is taken, and an adult's is somebody else's.
pub fn told_age(sentence: &Range<usize>, setting: &Setting) -> Option<ToldAge> {
    in_sentence(sentence, setting).or_else(|| in_heading(setting)).or_else(|| in_title(setting))
}

fn in_sentence(sentence: &Range<usize>, setting: &Setting) -> Option<ToldAge> {
    let cues = &setting.cues().ages;
    let (place, is_school_year) = cues.first_in(sentence.clone())?;
    let is_only = cues.first_in(place.end..sentence.end).is_none();
    if setting.lexicon.structure.begins_with_amount(&setting.text[place.end..sentence.end]) {
        return None;
    }
    // Of "12 to 14 years" the later counts: what is said of an age must be right.
    let years: u8 = NUMBER.find_iter(&setting.text[place.clone()]).last()?.as_str().parse().ok()?;
    let years = if is_school_year { years + SCHOOL_YEAR } else { years };
    (is_only && years < ADULT).then_some(ToldAge { years, place })
}

fn in_heading(setting: &Setting) -> Option<ToldAge> {
    let heading = setting.entry.heading.clone().filter(|_| setting.entry.kind == EntryKind::Person)?;
    only_age(setting.text, heading, &setting.lexicon.structure)
}

/// The first line of the record.
fn in_title(setting: &Setting) -> Option<ToldAge> {
    let start = setting.text.len() - setting.text.trim_start().len();
    let far = setting.text.floor_char_boundary(start + TITLE);
    let end = setting.text[start..far].find('\n').map_or(far, |at| start + at);
    only_age(setting.text, start..end, &setting.lexicon.structure)
}

fn only_age(text: &str, line: Range<usize>, vocabulary: &Vocabulary) -> Option<ToldAge> {
    let (start, text) = (line.start, &text[line]);
    let mut ages = IN_TITLE.captures_iter(text).filter_map(|found| stated(&found, text, vocabulary));
    let ToldAge { years, place } = ages.next()?;
    let is_only = ages.next().is_none();
    (is_only && (1..ADULT).contains(&years)).then(|| ToldAge { years, place: start + place.start..start + place.end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_in_titles() {
        let vocabulary = crate::text::cases::vocabulary();
        let age = |line: &str| only_age(line, 0..line.len(), &vocabulary).map(|age| age.years);
        for (line, expected) in [
            ("INITIAL ASSESSMENT - Keeley-Ann M, 13", Some(13)),
            ("INITIAL ASSESSMENT - 13", Some(13)),
            ("Lacey (13)", Some(13)),
            ("Child B, aged 9 yrs", Some(9)),
            ("Child B, 9yo. Seen alone", Some(9)),
            ("Esme (13), Rafe (10)", None),
            ("Mrs V, 34", None),
            ("Strategy meeting 12.03.25", None),
            ("Strategy meeting, 12.03.25", None),
            ("Visit, 3 May", None),
            ("T/C from Keeley's tutor, 3.15pm. She said", None),
            ("Visit to Keeley, 4pm. She said", None),
            ("Visit to Keeley (9:15)", None),
            ("Call from Keeley, 10 minutes. She said", None),
            ("Notes for Keeley, 12-14 March", None),
        ] {
            assert_eq!(age(line), expected, "{line}");
        }
    }
}
