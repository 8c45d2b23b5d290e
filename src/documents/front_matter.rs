//! The block between `---` lines at the top of a note, which says what is known of the record.

use std::ops::Range;

use super::TextError;
use crate::Record;
use crate::record::keys;

/// Where the front matter of a text stands.
pub struct Block {
    /// The lines between the rules.
    pub keys: Range<usize>,
    /// Where the note begins.
    pub end: usize,
}

/// Finds the front matter of a note.
///
/// Case notes also use `---` as a mere rule. So the block counts only where one of its lines begins with a key that a record has: anything
/// else is text, and is checked.
pub fn find(text: &str) -> Option<Block> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| is_rule(line))?;
    let mut at = first.len();
    let mut has_key = false;
    for line in lines {
        if is_rule(line) {
            let block = Block { keys: first.len()..at, end: at + line.len() };
            return has_key.then_some(block);
        }
        has_key |= top_keys(line).any(|(_, key)| keys::is_known(key));
        at += line.len();
    }
    None
}

/// Reads the keys of a front matter.
pub fn read(block: &str) -> Result<Record, TextError> {
    // The opening rule is line 1.
    let error = |line: usize, problem: String| TextError::FrontMatter { line: line + 1, problem };
    for (number, key) in top_keys(block) {
        if matches!(key, "text" | "fields") {
            return Err(error(
                number,
                format!("“{key}” does not belong here; the text of the note follows after the second `---` line"),
            ));
        }
        if keys::is_of_subject(key) {
            return Err(error(
                number,
                format!("“{key}” belongs under `subject:`, on a line of its own that begins with two blanks"),
            ));
        }
    }
    serde_saphyr::from_str(block).map_err(|problem| {
        let number = problem.location().map_or(1, |location| usize::try_from(location.line()).unwrap_or(1)).max(1);
        let key = block.lines().nth(number - 1).and_then(key_of);
        let problem = match key.and_then(keys::expected) {
            Some(expected) => expected,
            None => {
                "this line is not YAML; write `key: value`, and put quotation marks around a value that holds a colon".to_owned()
            }
        };
        error(number, problem)
    })
}

fn is_rule(line: &str) -> bool {
    line.trim_end() == "---"
}

/// The key that a line begins with, and below `subject:` after its indentation.
fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let key = key.trim_start();
    let word = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    (word && (rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))).then_some(key)
}

/// The keys that are not below another, with their lines, from 1.
fn top_keys(block: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..)
        .zip(block.lines())
        .filter(|(_, line)| !line.starts_with([' ', '\t']))
        .filter_map(|(number, line)| Some((number, key_of(line)?)))
}
