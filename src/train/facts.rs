//! What a rewrite says and the note does not: figures, names and quotations.
//!
//! This sees the letters only. A thing that is made up in plain words is not seen, save where an exercise names it as a trap.

use std::collections::BTreeSet;
use std::ops::Range;

use super::exercise::{Course, Exercise};
use super::matching::{Word, words};
use crate::text::{Text, paragraphs, quotations};

/// What was made up, as it stands in the rewrite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invented {
    Figure(String),
    Name(String),
    Quotation(String),
}

/// Looks for what only the rewrite has. `added` tells which of `new` the note did not have.
pub fn invented(exercise: &Exercise, course: &Course, text: &str, new: &[Word], added: &[bool]) -> Vec<Invented> {
    let known = known(exercise, course);
    let mut found = Vec::new();
    let fresh = new.iter().zip(added).filter(|(word, is_added)| **is_added && !known.contains(&word.text));
    for (word, _) in fresh.filter(|(word, _)| !is_asked(text, word)) {
        let written = text[word.range.clone()].to_owned();
        if is_number(word, course) {
            found.push(Invented::Figure(written));
        } else if is_name(&written) && !begins_sentence(text, word) {
            found.push(Invented::Name(written));
        }
    }
    let note = joined(&words(&exercise.note.text));
    let is_said = |quotation: &String| note.contains(&joined(&words(quotation)));
    found.extend(quoted(text).into_iter().filter(|quotation| !is_said(quotation)).map(Invented::Quotation));
    found.dedup();
    found
}

/// Words that are no news: those of the note and of what is known of its subject, and those that any analysis may bring.
fn known(exercise: &Exercise, course: &Course) -> BTreeSet<String> {
    let note = &exercise.note;
    let mut known: BTreeSet<String> = [&note.text, &note.subject, &note.agency]
        .into_iter()
        .flat_map(|text| words(text))
        .map(|word| word.text)
        .collect();
    known.extend(note.age.map(|age| age.to_string()));
    known.extend(course.free.iter().flat_map(|free| words(free)).map(|word| word.text));
    // A number may be written either way.
    for (number, word) in (1..).zip(&course.numbers) {
        let figure = number.to_string();
        if known.contains(&figure) || known.contains(word) {
            known.extend([figure, word.clone()]);
        }
    }
    known
}

fn is_number(word: &Word, course: &Course) -> bool {
    word.text.contains(|c: char| c.is_ascii_digit()) || course.numbers.contains(&word.text)
}

/// Whether a word is written as a name is. One of capitals only is an abbreviation.
fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().filter(|c| c.is_lowercase()).count() > 1
}

fn begins_sentence(text: &str, word: &Word) -> bool {
    let before = &text[..word.range.start];
    let bare = before.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '!' | '?' | ':' | ';' | ',' | '\n'));
    bare.is_empty() || bare.ends_with(['.', '!', '?', ':', '\n'])
}

/// Whether a word stands in a question: to ask is not to claim.
fn is_asked(text: &str, word: &Word) -> bool {
    let behind = &text[word.range.end..];
    behind.find(['.', '!', '?', '\n']).is_some_and(|end| behind[end..].starts_with('?'))
}

/// What stands between quotation marks.
fn quoted(text: &str) -> Vec<String> {
    let folded = Text::new(text);
    let within = 0..folded.folded().len();
    let quotations = paragraphs(folded.folded(), within).into_iter().flat_map(|part| quotations(folded.folded(), part));
    let written = |inner: Range<usize>| text[folded.original_range(inner)].to_owned();
    quotations.map(|quotation| written(quotation.inner)).collect()
}

/// Words with one blank between them and at both ends, so that whole words are compared.
fn joined(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    format!(" {} ", words.join(" "))
}
