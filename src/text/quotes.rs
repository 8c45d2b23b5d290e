//! Quotations.

use std::ops::Range;

use super::bytes::{clamp, is_letter, is_white, next_fitting};

/// A quotation of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// With its quotation marks.
    pub range: Range<usize>,
    /// Without them.
    pub inner: Range<usize>,
}

/// A quotation between single signs is no longer: further apart they are apostrophes.
const LONGEST_SINGLE: usize = 600;
/// Nor is one that could as well end in a plural's apostrophe.
const LONGEST_DOUBTFUL: usize = 48;

/// The quotations of a paragraph in order, without those that stand within another. One that never closes is none.
pub fn quotations(text: &str, paragraph: Range<usize>) -> Vec<Quotation> {
    let within = clamp(text, paragraph);
    let bytes = text.as_bytes();
    let double = double_quotations(bytes, within.clone());
    let single = single_quotations(bytes, within);
    outermost(double, single)
}

/// Whether a quotation may open before `next`, after `before`.
fn opens(before: Option<u8>, next: Option<u8>) -> bool {
    let starts_word = before.is_none_or(|b| {
        is_white(b) || matches!(b, b'(' | b'[' | b'{' | b'-' | b'/' | b'"' | b'\'' | b'*' | b'|' | b':' | b',' | b'=')
    });
    starts_word && next.is_some_and(|b| !is_white(b))
}

fn neighbours(bytes: &[u8], within: &Range<usize>, at: usize) -> (Option<u8>, Option<u8>) {
    let before = (at > within.start).then(|| bytes[at - 1]);
    (before, bytes.get(at + 1).copied().filter(|_| at + 1 < within.end))
}

fn marks<'a>(bytes: &'a [u8], within: &Range<usize>, mark: u8) -> impl Iterator<Item = usize> + use<'a> {
    let start = within.start;
    let bytes = &bytes[..within.end];
    std::iter::successors(next_fitting(bytes, start, move |b| b == mark), move |&at| {
        next_fitting(bytes, at + 1, move |b| b == mark)
    })
}

fn double_quotations(bytes: &[u8], within: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for at in marks(bytes, &within, b'"') {
        let (before, next) = neighbours(bytes, &within, at);
        let may_open = opens(before, next);
        match open {
            // After a blank and before a word a quotation begins, whatever was left open.
            Some(start) if !may_open || next.is_none_or(|b| !is_letter(b) && !b.is_ascii_digit()) || at == start + 1 => {
                found.push(start..at + 1);
                open = None;
            }
            _ if may_open => open = Some(at),
            // A sign after a letter or a digit that closes nothing: inches, or the end of a quotation from another paragraph.
            _ => {}
        }
    }
    found
}

fn single_quotations(bytes: &[u8], within: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut doubtful: Option<usize> = None;
    for at in marks(bytes, &within, b'\'') {
        let (before, next) = neighbours(bytes, &within, at);
        let is_word = |b: Option<u8>| b.is_some_and(|b| is_letter(b) || b.is_ascii_digit());
        if is_word(before) && is_word(next) {
            continue;
        }
        if let Some(start) = open.filter(|&start| at - start > LONGEST_SINGLE) {
            found.extend(doubtful.take().map(|end| start..end + 1));
            open = None;
        }
        let closes = before.is_some_and(|b| !is_white(b)) && !is_word(next);
        match open {
            Some(start) if closes && at > start + 1 => {
                if at == start + 2 && bytes[at - 1].is_ascii_lowercase() {
                    // "rock 'n' roll"
                    open = None;
                } else if is_doubtful(bytes, &within, at) {
                    doubtful = doubtful.or((at - start <= LONGEST_DOUBTFUL).then_some(at));
                } else {
                    found.push(start..at + 1);
                    (open, doubtful) = (None, None);
                }
            }
            _ if opens(before, next) && !is_decade(bytes, at) => {
                if let (Some(start), Some(end)) = (open, doubtful.take()) {
                    found.push(start..end + 1);
                }
                open = Some(at);
            }
            _ => {}
        }
    }
    if let (Some(start), Some(end)) = (open, doubtful) {
        found.push(start..end + 1);
    }
    found
}

/// `parents' house`: an `s` before and a word in small letters after.
fn is_doubtful(bytes: &[u8], within: &Range<usize>, at: usize) -> bool {
    let after = &bytes[at + 1..within.end];
    bytes[at - 1].eq_ignore_ascii_case(&b's') && matches!(after, [b' ' | b'\n', next, ..] if next.is_ascii_lowercase())
}

/// `'90s`
fn is_decade(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1..at + 4), Some([b'0'..=b'9', b'0'..=b'9', b's']))
}

/// Both kinds in order. What stands within another goes, and so do single signs that lie across a double quotation's end.
fn outermost(double: Vec<Range<usize>>, single: Vec<Range<usize>>) -> Vec<Quotation> {
    let mut kept = Vec::with_capacity(double.len() + single.len());
    let mut first = 0;
    for range in &single {
        while double.get(first).is_some_and(|other| other.end <= range.start) {
            first += 1;
        }
        let touching = double[first..].iter().take_while(|other| other.start < range.end);
        if touching.clone().all(|other| range.start < other.start && other.end < range.end) {
            kept.push(range.clone());
        }
    }
    kept.extend(double);
    kept.sort_unstable_by_key(|range| (range.start, usize::MAX - range.end));
    let mut end = 0;
    kept.retain(|range| {
        let outside = range.start >= end;
        end = end.max(range.end);
        outside
    });
    kept.into_iter().map(|range| Quotation { inner: range.start + 1..range.end - 1, range }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::cases;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn file_of_cases() {
        let cases = cases::lines(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/text/quotations.txt")));
        assert!(cases.len() >= 30);
        let wrong = cases.iter().filter_map(|case| {
            let text = case.replace(['<', '>'], "");
            let mut found = text.clone();
            for quotation in quotations(&text, 0..text.len()).into_iter().rev() {
                assert_eq!(quotation.inner, quotation.range.start + 1..quotation.range.end - 1);
                found.insert(quotation.range.end, '>');
                found.insert(quotation.range.start, '<');
            }
            (found != *case).then(|| format!("expected {case}\n   found {found}"))
        });
        cases::report(&wrong.collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn in_order_without_overlap(text in "[a-zS \"'.,()\n0-9é日]{0,120}", from in 0usize..20, to in 0usize..130) {
            let mut last = 0;
            for quotation in quotations(&text, from..to) {
                prop_assert!(last <= quotation.range.start && quotation.inner.start <= quotation.inner.end);
                prop_assert!(text.get(quotation.range.clone()).is_some());
                let mark = text.as_bytes()[quotation.range.start];
                prop_assert!(matches!(mark, b'"' | b'\''));
                prop_assert_eq!(text.as_bytes()[quotation.range.end - 1], mark);
                last = quotation.range.end;
            }
        }

        #[test]
        fn any_string(text in any::<String>()) {
            quotations(&text, 0..text.len());
        }
    }
}
