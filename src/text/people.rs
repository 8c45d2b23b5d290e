//! Headings that name a person: `Bed 2`, `Child B`, `Aiden, 9`.

use std::ops::Range;

use super::bytes::{is_blank, is_letter, skip, skip_back};
use super::vocabulary::{Vocabulary, holds};

/// A heading, and whether it may stand in a text only once: the label of a form ("Child: Tia") may not.
pub(super) struct Person {
    pub range: Range<usize>,
    pub is_sure: bool,
}

/// The heading that begins at `at` in the line that ends at `end`.
pub(super) fn person_at(bytes: &[u8], at: usize, end: usize, vocabulary: &Vocabulary) -> Option<Person> {
    if !bytes.get(at)?.is_ascii_alphabetic() {
        return None;
    }
    let word_end = skip(bytes, at, end, is_letter);
    let word = &bytes[at..word_end];
    // A look at what follows spares most lines the look into the lists.
    let may_be_label = match bytes.get(word_end..end) {
        Some([b':', ..]) => true,
        Some([b' ', next, ..]) => next.is_ascii_digit() || next.is_ascii_uppercase() || is_blank(*next) || *next == b'#',
        _ => false,
    };
    if may_be_label && holds(&vocabulary.person_labels, word) {
        let colon = bytes.get(word_end) == Some(&b':') && word_end < end;
        let heading_end = if colon { name_after(bytes, word_end, end)? } else { labelled(bytes, word_end, end)? };
        return Some(Person { range: at..heading_end, is_sure: !colon });
    }
    let name = name_end(bytes, at, end)?;
    let heading_end = age_end(bytes, name, end).filter(|&age| is_set_apart(bytes, age, end, false))?;
    let is_date = holds(&vocabulary.months, word) || holds(&vocabulary.weekdays, word);
    (!is_date).then_some(Person { range: at..heading_end, is_sure: true })
}

/// After a label: a number or one capital letter, with a name and an age where they follow, and something that sets it apart.
fn labelled(bytes: &[u8], label_end: usize, end: usize) -> Option<usize> {
    let at = skip(bytes, label_end, end, |b| is_blank(b) || b == b'#');
    if at == label_end || at == end {
        return None;
    }
    let digits = skip(bytes, at, end.min(at + 4), |b| b.is_ascii_digit());
    let letter = usize::from(digits < end && bytes[digits].is_ascii_alphabetic());
    let mark = digits + letter;
    let is_mark = digits > at || bytes[at].is_ascii_uppercase();
    if !is_mark || !is_set_apart(bytes, mark, end, digits > at) {
        return None;
    }
    let aged = age_end(bytes, mark, end).filter(|&age| is_set_apart(bytes, age, end, false));
    Some(aged.or_else(|| name_after(bytes, mark, end)).unwrap_or(mark))
}

/// A name, with an age or without, after a colon or a dash.
fn name_after(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let start = skip(bytes, at, end.min(at + 4), |b| matches!(b, b' ' | b':' | b'-'));
    let name = name_end(bytes, start, end)?;
    let with_age = age_end(bytes, name, end).unwrap_or(name);
    let is_whole = skip(bytes, with_age, end, is_blank) == end;
    is_whole.then_some(with_age)
}

/// The end of an age that follows a name: `, 9`, ` (9)`, `, aged 9 yrs`.
fn age_end(bytes: &[u8], name: usize, end: usize) -> Option<usize> {
    let (open, bracket) = match bytes.get(name).filter(|_| name < end)? {
        b',' => (name + 1, false),
        b' ' if bytes.get(name + 1) == Some(&b'(') => (name + 2, true),
        _ => return None,
    };
    let open = skip(bytes, open, end, is_blank);
    let word = skip(bytes, open, end.min(open + 5), |b| b.is_ascii_lowercase());
    let number = if word > open { skip(bytes, word, end, is_blank) } else { open };
    let digits = skip(bytes, number, end.min(number + 3), |b| b.is_ascii_digit());
    if digits == number || digits - number > 2 || word > open && number == word {
        return None;
    }
    let unit = skip(bytes, digits, end.min(digits + 12), |b| b.is_ascii_lowercase() || matches!(b, b'/' | b' '));
    let unit = skip_back(bytes, unit, digits, |b| b == b' ');
    let after = bytes.get(unit).copied().filter(|_| unit < end);
    if bracket {
        (after == Some(b')')).then_some(unit + 1)
    } else {
        (after != Some(b',')).then_some(unit)
    }
}

/// The end of one to three words that begin with capitals.
fn name_end(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let mut last = at;
    for word in 0..3 {
        let start = if word == 0 { at } else { last + 1 };
        if word > 0 && bytes.get(last) != Some(&b' ') || !bytes.get(start).is_some_and(u8::is_ascii_uppercase) {
            break;
        }
        last = skip(bytes, start, end, |b| is_letter(b) || matches!(b, b'\'' | b'-' | b'.'));
    }
    (last > at && last <= end).then_some(last)
}

/// Whether the line ends here, or a stop, a dash, a bracket, a wide blank or (where allowed) a capital follows.
fn is_set_apart(bytes: &[u8], at: usize, end: usize, before_capital: bool) -> bool {
    let rest = &bytes[at.min(end)..end];
    match rest {
        [] => true,
        [b'.' | b':' | b')' | b';' | b'|' | b'\t' | b',' | b'*' | b'\r', rest @ ..] => {
            rest.first().is_none_or(|&b| is_blank(b) || b == b'*')
        }
        [b' ', b' ' | b'-' | b'(' | b'|' | b'\t' | b'/', ..] => true,
        [b' ', next, ..] => before_capital && next.is_ascii_uppercase(),
        _ => false,
    }
}
