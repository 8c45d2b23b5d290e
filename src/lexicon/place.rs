//! Where in a file a problem stands, and how it is put.

use super::nearest::nearest;
use super::{Problem, SourceFile};

/// Gives each problem that has none the line that it is about, and puts all in order of place.
pub fn find_lines(files: &[SourceFile], problems: &mut [Problem]) {
    for problem in problems.iter_mut().filter(|p| p.line.is_none()) {
        let file = files.iter().find(|f| f.name == problem.file);
        problem.line = file.and_then(|file| line_of(&file.text, &problem.message));
    }
    problems.sort();
}

/// The line of an offset, counted from 1.
pub fn line_at(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset.min(text.len())].iter().filter(|&&b| b == b'\n').count()
}

/// A message of the TOML reader on one line. Of many keys or values that would be known it names the nearest.
pub fn plain(message: &str) -> String {
    let message = message.replace('\n', "; ");
    let unknown = [("unknown field `", "key"), ("unknown variant `", "value")];
    if let Some(mismatch) = message.strip_prefix("invalid type: ") {
        return mismatch
            .replace("expected u8", "where a whole number is expected")
            .replace("expected a sequence", "where a list is expected");
    }
    let Some((rest, what)) = unknown.iter().find_map(|(start, what)| Some((message.strip_prefix(start)?, what))) else {
        return message;
    };
    // Every second piece stood between backticks: first the key, then those that are known.
    let quoted: Vec<&str> = rest.split('`').step_by(2).collect();
    let (key, known) = (quoted[0], quoted[1..].iter().copied().filter(|name| !name.is_empty()));
    match nearest(key, known.clone()) {
        Some(near) => format!("the {what} `{key}` is not known here; did you mean `{near}`?"),
        None => format!("the {what} `{key}` is not known here; known are {}", known.collect::<Vec<_>>().join(", ")),
    }
}

/// The line that a message is about: that of the pattern, example or class it quotes, behind the concern it names.
fn line_of(text: &str, message: &str) -> Option<usize> {
    let id = message.split(':').next().and_then(|rule| rule.split('/').nth(1));
    let from = id.and_then(|id| text.find(&format!("id = \"{id}\""))).unwrap_or_default();
    let quoted = |open: &str, close: &str| {
        let start = message.find(open)? + open.len();
        let end = message[start..].rfind(close)? + start;
        Some(message[start..end].split(close).next().unwrap_or_default().replace('\\', "\\\\"))
    };
    let class = message
        .strip_prefix("class {")
        .and_then(|m| m.split('}').next())
        .map(|name| format!("[class.{name}]"));
    let needle = class.or_else(|| quoted(": `", "`")).or_else(|| quoted("“", "”"));
    let find = |needle: String| text[from..].find(&format!("\"{needle}\"")).or_else(|| text[from..].find(&needle));
    let found = needle.and_then(find).map(|at| from + at);
    let at = found.or((from > 0).then_some(from))?;
    Some(line_at(text, at))
}
