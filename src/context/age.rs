//! The age of the one whom a phrase is about, where the text tells it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::setting::Setting;
use crate::text::EntryKind;

/// An age and the words that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldAge {
    pub years: u8,
    pub place: Range<usize>,
}

/// From this age on somebody is an adult.
pub const ADULT: u8 = 18;

/// Whether an age in digits is an adult's.
pub fn is_adult(age: &str) -> bool {
    age.parse().is_ok_and(|age: u8| age >= ADULT)
}

/// A title is at most so many bytes long.
const TITLE: usize = 160;

/// Pupils of a school year turn this much older than its number in the course of it (England and Wales: year 8 is 12 to 13).
const SCHOOL_YEAR: u8 = 5;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new("[0-9]{1,2}").expect("the pattern is fixed and sound"));

/// An age in a title: "Keeley-Ann M, 13", "Lacey (13)", "Child B, aged 9 yrs".
static IN_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[,(-][ ]*(?:[A-Za-z]+[ ]+)?([0-9]{1,2})(?:[ ]*(?:[a-z/]{1,5})){0,2}[ ]*(?:[,).:;\n-]|$)")
        .expect("the pattern is fixed and sound")
});

/// The child's age as the sentence of a mention tells it, else the heading of its entry, else the title of the record. Of several ages in one
/// place none is taken, and an adult's is somebody else's.
pub fn told_age(sentence: &Range<usize>, setting: &Setting) -> Option<ToldAge> {
    in_sentence(sentence, setting).or_else(|| in_heading(setting)).or_else(|| in_title(setting))
}

fn in_sentence(sentence: &Range<usize>, setting: &Setting) -> Option<ToldAge> {
    let cues = &setting.cues().ages;
    let (place, is_school_year) = cues.first_in(sentence.clone())?;
    let is_only = cues.first_in(place.end..sentence.end).is_none();
    // Of "12 to 14 years" the later counts: what is said of an age must be right.
    let years: u8 = NUMBER.find_iter(&setting.text[place.clone()]).last()?.as_str().parse().ok()?;
    let years = if is_school_year { years + SCHOOL_YEAR } else { years };
    (is_only && years < ADULT).then_some(ToldAge { years, place })
}

fn in_heading(setting: &Setting) -> Option<ToldAge> {
    let heading = setting.entry.heading.clone().filter(|_| setting.entry.kind == EntryKind::Person)?;
    only_age(setting.text, heading)
}

/// The first line of the record.
fn in_title(setting: &Setting) -> Option<ToldAge> {
    let start = setting.text.len() - setting.text.trim_start().len();
    let far = setting.text.floor_char_boundary(start + TITLE);
    let end = setting.text[start..far].find('\n').map_or(far, |at| start + at);
    only_age(setting.text, start..end)
}

fn only_age(text: &str, line: Range<usize>) -> Option<ToldAge> {
    let mut ages = IN_TITLE.captures_iter(&text[line.clone()]).filter_map(|found| {
        let age = found.get(1)?;
        let years = age.as_str().parse().ok()?;
        Some(ToldAge { years, place: line.start + age.start()..line.start + age.end() })
    });
    let first = ages.next()?;
    (ages.next().is_none() && (1..ADULT).contains(&first.years)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_in_titles() {
        let age = |line: &str| only_age(line, 0..line.len()).map(|age| age.years);
        for (line, expected) in [
            ("INITIAL ASSESSMENT - Keeley-Ann M, 13", Some(13)),
            ("Lacey (13)", Some(13)),
            ("Child B, aged 9 yrs", Some(9)),
            ("Esme (13), Rafe (10)", None),
            ("Mrs V, 34", None),
            ("Strategy meeting 12.03.25", None),
            ("Visit, 3 May", None),
        ] {
            assert_eq!(age(line), expected, "{line}");
        }
    }
}
