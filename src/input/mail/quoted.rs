//! Replies quoted in mails: whose words are whose.

use std::ops::Range;

/// A stretch of a mail's text.
#[derive(Debug, PartialEq, Eq)]
pub struct Stretch {
    pub text: String,
    /// Somebody else wrote it before, and it stands below or between.
    pub is_quoted: bool,
}

/// Lines with which mail programs begin what was written before, down to the end of the mail.
const DIVIDERS: [&str; 4] = ["original message", "forwarded message", "original appointment", "begin forwarded message"];

/// Keys of the head that Outlook writes above what was written before.
const HEAD_KEYS: [&str; 4] = ["sent:", "date:", "to:", "subject:"];

/// How many lines an attribution ("On Monday … wrote:") may take, and how long it may be in bytes.
const ATTRIBUTION_LINES: usize = 3;
const LONGEST_ATTRIBUTION: usize = 300;

/// Divides the text of a mail. The marks of quoted lines are taken off.
pub fn divide(text: &str) -> Vec<Stretch> {
    let lines: Vec<&str> = text.lines().collect();
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let (range, is_quoted) = match quotation(&lines, at) {
            Some(end) => (at..end, true),
            None => (at..at + 1, false),
        };
        at = range.end;
        add(&mut stretches, &lines[range], is_quoted);
    }
    stretches.retain(|stretch| !stretch.text.trim().is_empty());
    stretches
}

fn add(stretches: &mut Vec<Stretch>, lines: &[&str], is_quoted: bool) {
    let continues = stretches.last().is_some_and(|last| last.is_quoted == is_quoted);
    if !continues {
        stretches.push(Stretch { text: String::new(), is_quoted });
    }
    let Some(last) = stretches.last_mut() else { return };
    for line in lines {
        last.text.push_str(if is_quoted { unmarked(line) } else { line });
        last.text.push('\n');
    }
}

/// Where a quotation that begins at a line ends; `None` where none begins.
fn quotation(lines: &[&str], at: usize) -> Option<usize> {
    if is_marked(lines[at]) {
        return Some(marked(lines, at).end);
    }
    if let Some(end) = attribution(lines, at) {
        let next = (end..lines.len()).find(|&line| !lines[line].trim().is_empty());
        // Below it either marked lines follow, after which the writer may go on, or all that is left.
        return Some(match next {
            Some(next) if is_marked(lines[next]) => marked(lines, next).end,
            _ => lines.len(),
        });
    }
    (is_divider(lines[at]) || is_head(lines, at)).then_some(lines.len())
}

/// The marked lines from one on, with the blank lines between them.
fn marked(lines: &[&str], from: usize) -> Range<usize> {
    let mut end = from;
    for (at, line) in lines.iter().enumerate().skip(from) {
        if is_marked(line) {
            end = at + 1;
        } else if !line.trim().is_empty() {
            break;
        }
    }
    from..end
}

fn is_marked(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// A quoted line without its marks.
fn unmarked(line: &str) -> &str {
    line.trim_start().trim_start_matches(['>', ' '])
}

/// The end of “On 3 March 2026 at 10:02, Jo Hill <jo@example.org> wrote:”, which may take several lines.
fn attribution(lines: &[&str], at: usize) -> Option<usize> {
    let first = lines[at].trim();
    let begins = ["On ", "Le ", "Am "].iter().any(|start| first.starts_with(start)) || first.ends_with("wrote:");
    if !begins {
        return None;
    }
    let mut length = 0;
    let window = lines.iter().enumerate().skip(at).take(ATTRIBUTION_LINES);
    for (number, line) in window {
        length += line.len();
        let line = line.trim();
        if line.is_empty() || length > LONGEST_ATTRIBUTION {
            return None;
        }
        // A sentence of the record may end so, too; an address, a time or a year stands in a mail's attribution.
        if line.ends_with("wrote:") {
            let whole = lines[at..=number].join(" ");
            return whole
                .contains(['@', ','])
                .then_some(number + 1)
                .filter(|_| whole.bytes().any(|byte| byte.is_ascii_digit()));
        }
    }
    None
}

/// “-----Original Message-----” and the like.
fn is_divider(line: &str) -> bool {
    let bare = line.trim().trim_matches(['-', '_', ' ', ':']).to_ascii_lowercase();
    let is_set_apart = line.trim_start().starts_with("--") || line.trim_end().ends_with(':');
    is_set_apart && DIVIDERS.contains(&bare.as_str())
}

/// “From: …” with “Sent: …” or the like in the next lines.
fn is_head(lines: &[&str], at: usize) -> bool {
    let key = |line: &str| line.trim().trim_start_matches('*').to_ascii_lowercase();
    let is_key = |line: &&&str| HEAD_KEYS.iter().any(|known| key(line).starts_with(known));
    key(lines[at]).starts_with("from:") && lines[at + 1..].iter().take(4).filter(is_key).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stretches, with `>` before those that are quoted.
    fn divided(text: &str) -> Vec<String> {
        divide(text)
            .iter()
            .map(|stretch| format!("{}{}", if stretch.is_quoted { "> " } else { "" }, stretch.text.trim()))
            .collect()
    }

    #[test]
    fn replies_are_told_from_what_they_answer() {
        let outlook = "Thanks.\n\nFrom: Jo Hill\nSent: 03 March 2026 10:02\nTo: Sam\nSubject: K\n\nShe is fine.";
        assert_eq!(
            divided(outlook),
            ["Thanks.", "> From: Jo Hill\nSent: 03 March 2026 10:02\nTo: Sam\nSubject: K\n\nShe is fine."]
        );
        let between = "On 3 Mar 2026, at 10:02, Jo Hill\n<jo@example.org> wrote:\n\n> Is she\n> fine?\n\nYes.\n> And he?\nNo.";
        let parts = ["> On 3 Mar 2026, at 10:02, Jo Hill\n<jo@example.org> wrote:\n\nIs she\nfine?", "Yes.", "> And he?", "No."];
        assert_eq!(divided(between), parts);
        assert_eq!(
            divided("See below.\n-----Original Message-----\nShe left."),
            ["See below.", "> -----Original Message-----\nShe left."]
        );
        assert_eq!(divided("Hi\n\n>> one\n> > two"), ["Hi", "> one\ntwo"]);
    }

    #[test]
    fn the_writer_s_own_lines_stay_so() {
        for own in [
            "On Monday she came home.\nShe was well.",
            "From: school.\nShe was well.",
            "In her letter she wrote:\nI am well.",
            "",
        ] {
            assert!(divide(own).iter().all(|stretch| !stretch.is_quoted), "{own}");
        }
    }
}
