//! Cuts folded text into tokens, a clause at a time.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

use super::beside::{PASSED, Share};
use super::index::Index;
use crate::pattern::words::{Found, UNKNOWN, WordId, long_key, short_key};
use crate::text;

/// Signs that stand in the text as tokens of their own.
pub const SIGNS: &str = "? + $ % # @ =";

/// Whether a character is a token of its own.
pub fn is_sign(c: char) -> bool {
    c != ' ' && SIGNS.contains(c)
}

/// What a word may do in a pattern, beside being one.
pub mod flag {
    /// Holds a lead of the pass over mentions, conditions or cues: see [`crate::scan::Pass`].
    pub const MENTION: u16 = 1;
    pub const CONDITION: u16 = 2;
    pub const CUE: u16 = 4;
    /// The same of the pass over gaps.
    pub const GAP: u16 = 32768;
    /// The same for a member of several words: its rarest word. Cues and gaps share one.
    pub const MENTION_PART: u16 = 2048;
    pub const CONDITION_PART: u16 = 4096;
    pub const CUE_PART: u16 = 8192;
    /// Begins a filler of several words.
    pub const BEGINS_FILLER: u16 = 16384;
    /// May be passed over between the parts of a pattern.
    pub const FILLER: u16 = 8;
    /// Is never passed over.
    pub const NEGATOR: u16 = 16;
    /// Begins a class member of several words.
    pub const BEGINS: u16 = 32;
    /// A full stop behind it ends nothing.
    pub const ABBREVIATION: u16 = 64;
    pub const SCOPE_END: u16 = 128;
    /// A comma stands before it.
    pub const COMMA: u16 = 256;
    pub const NUMBER: u16 = 512;
    pub const SIGN: u16 = 1024;
}

/// A word, number or sign of the text.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Bytes of the folded text.
    pub start: usize,
    pub end: usize,
    pub id: WordId,
    /// See [`flag`].
    pub flags: u16,
    /// See [`super::beside`].
    pub share: Share,
}

/// What a byte does to the cutting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Stop,
    /// Ends a clause wherever it stands.
    End,
    Colon,
    Hyphen,
    Newline,
    Letter,
    Digit,
    Comma,
    Question,
    Sign,
}

impl Kind {
    /// Whether a byte can do no more than end a clause.
    #[inline]
    fn is_idle(self) -> bool {
        matches!(self, Kind::Blank | Kind::End | Kind::Stop | Kind::Colon | Kind::Hyphen | Kind::Newline)
    }
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Blank; 256];
    let mut b = 0;
    while b < 256 {
        kinds[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | 0x80..=0xFF => Kind::Letter,
            b'0'..=b'9' => Kind::Digit,
            b',' => Kind::Comma,
            b'.' => Kind::Stop,
            b'!' | b';' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'|' | b'\t' | 0x0B | 0x0C => Kind::End,
            b':' => Kind::Colon,
            b'-' => Kind::Hyphen,
            b'\n' => Kind::Newline,
            b'?' => Kind::Question,
            b'+' | b'$' | b'%' | b'#' | b'@' | b'=' | b'&' => Kind::Sign,
            _ => Kind::Blank,
        };
        b += 1;
    }
    kinds
};

/// The clauses of a stretch of folded text.
pub struct Clauses<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    index: &'t Index,
}

impl<'t> Clauses<'t> {
    pub fn new(text: &'t str, range: Range<usize>, index: &'t Index) -> Self {
        Clauses { text, at: range.start, end: range.end, index }
    }

    /// Puts the tokens of the next clause into `clause` and tells which flags they have together; `None` at the end of the text.
    pub fn next(&mut self, clause: &mut Vec<Token>) -> Option<u16> {
        let flags = self.cut(clause)?;
        let more = self.index.double.as_ref().map_or(0, |double| double.tell(clause));
        Some(flags | more)
    }

    fn cut(&mut self, clause: &mut Vec<Token>) -> Option<u16> {
        clause.clear();
        let bytes = &self.text.as_bytes()[..self.end];
        // What only ends clauses means nothing before the first word.
        while bytes.get(self.at).is_some_and(|&byte| KINDS[byte as usize].is_idle()) {
            self.at += 1;
        }
        let mut flags = 0;
        let mut comma = 0;
        while let Some(&byte) = bytes.get(self.at) {
            let kind = KINDS[byte as usize];
            if kind == Kind::Letter {
                let before = clause.len();
                flags |= self.plain_words(clause, comma);
                if clause.len() > before {
                    comma = 0;
                    continue;
                }
            }
            let ends = match kind {
                Kind::Letter => {
                    let before = clause.len();
                    flags |= self.odd_word(bytes, clause, comma);
                    // A sign such as £ is no word, and the comma waits for one.
                    comma = if clause.len() > before { 0 } else { comma };
                    continue;
                }
                Kind::Digit => {
                    flags |= self.number(bytes, clause, comma);
                    comma = 0;
                    continue;
                }
                Kind::Blank => {
                    while bytes.get(self.at + 1) == Some(&b' ') {
                        self.at += 1;
                    }
                    false
                }
                Kind::Comma => {
                    comma = flag::COMMA;
                    false
                }
                Kind::End => true,
                Kind::Stop => self.stop_ends(bytes, clause),
                Kind::Colon => !between_digits(bytes, self.at),
                Kind::Hyphen => self.dash_ends(bytes),
                Kind::Newline if bytes.get(self.at + 1) == Some(&b'\n') => {
                    // A blank line needs no closer look.
                    while bytes.get(self.at + 1) == Some(&b'\n') {
                        self.at += 1;
                    }
                    true
                }
                Kind::Newline => !text::is_soft_break(self.text, self.at),
                Kind::Question if opens_word(bytes, self.at) => {
                    flags |= push(clause, self.at..self.at + 1, SIGN, comma);
                    false
                }
                Kind::Question => true,
                Kind::Sign if byte == b'&' => {
                    flags |= push(clause, self.at..self.at + 1, self.index.and, 0);
                    false
                }
                Kind::Sign => {
                    flags |= push(clause, self.at..self.at + 1, SIGN, comma);
                    false
                }
            };
            self.at += 1;
            if ends {
                if !clause.is_empty() {
                    return Some(flags);
                }
                comma = 0;
            }
        }
        (!clause.is_empty()).then_some(flags)
    }

    /// Plain words with single blanks between them, as most of a text is.
    #[inline]
    fn plain_words(&mut self, clause: &mut Vec<Token>, mut comma: u16) -> u16 {
        let bytes = self.text.as_bytes();
        let (mut at, mut flags) = (self.at, 0);
        while let Some((key, len)) = plain_word(self.text, at, self.end) {
            let end = at + len;
            flags |= push(clause, at..end, self.index.table.find_key(key), comma);
            comma = 0;
            at = end;
            if bytes[end] != b' ' {
                break;
            }
            at += 1;
            if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
                break;
            }
        }
        self.at = at;
        flags
    }

    /// A word of more than fifteen letters, one with apostrophes or letters beyond ASCII, or the last of the text.
    fn odd_word(&mut self, bytes: &[u8], clause: &mut Vec<Token>, comma: u16) -> u16 {
        let start = self.at;
        let mut end = start;
        let mut wide = 0;
        loop {
            while let Some(&b) = bytes.get(end)
                && KINDS[b as usize] == Kind::Letter
            {
                wide |= b & 0x80;
                end += 1;
            }
            if bytes.get(end) == Some(&b'\'') && is_letter(bytes, end + 1) {
                if end > start && begins_clitic(bytes, end) {
                    break;
                }
                end += 1;
                continue;
            }
            break;
        }
        self.at = end;
        let mut flags = if wide == 0 {
            push(clause, start..end, self.index.table.find(&bytes[start..end]), comma)
        } else {
            self.wide_words(start..end, clause, comma)
        };
        // A clitic is a word of its own: 's, 'd, 'll, 've, 're, 'm.
        while bytes.get(self.at) == Some(&b'\'') && begins_clitic(bytes, self.at) {
            let start = self.at;
            self.at += 1;
            while is_letter(bytes, self.at) {
                self.at += 1;
            }
            flags |= push(clause, start..self.at, self.index.table.find(&bytes[start..self.at]), 0);
        }
        flags
    }

    fn number(&mut self, bytes: &[u8], clause: &mut Vec<Token>, comma: u16) -> u16 {
        let start = self.at;
        while bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        let word = self.index.table.find(&bytes[start..self.at]);
        let found = if word.id() == UNKNOWN { self.index.number } else { word };
        push(clause, start..self.at, found, flag::NUMBER | comma)
    }

    /// Letters beyond ASCII are cut where Unicode cuts words.
    #[cold]
    fn wide_words(&self, range: Range<usize>, clause: &mut Vec<Token>, comma: u16) -> u16 {
        let mut all = 0;
        for (offset, word) in self.text[range.clone()].unicode_word_indices() {
            let start = range.start + offset;
            // The table knows no letter case but that of ASCII.
            let lower = word.to_lowercase();
            let comma = if all == 0 { comma } else { 0 };
            all |= push(clause, start..start + word.len(), self.index.table.find(lower.as_bytes()), comma);
        }
        all
    }

    fn stop_ends(&self, bytes: &[u8], clause: &[Token]) -> bool {
        if bytes.get(self.at + 1).is_some_and(|&b| b == b'.' || b.is_ascii_alphanumeric() || b >= 0x80) {
            return false;
        }
        // "Mr. ", "e.g. " and initials go on.
        !clause.last().is_some_and(|last| {
            last.end == self.at
                && (last.flags & flag::ABBREVIATION != 0
                    || (last.end - last.start == 1 && last.flags & (flag::NUMBER | flag::SIGN) == 0))
        })
    }

    fn dash_ends(&self, bytes: &[u8]) -> bool {
        if bytes.get(self.at + 1) == Some(&b'-') {
            return true;
        }
        let blank = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|b| b.is_ascii_whitespace());
        let dash = blank(self.at.checked_sub(1)) && blank(Some(self.at + 1));
        // "15 - 20 partners" is a range.
        let range = self.at >= 2
            && bytes[self.at - 2].is_ascii_digit()
            && bytes[self.at - 1] == b' '
            && bytes.get(self.at + 2).is_some_and(u8::is_ascii_digit);
        dash && !range
    }
}

/// The high bit of each byte that is no ASCII letter; all bytes are looked at in one go.
#[inline]
fn others(chunk: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let lower = (chunk | (0x20 * EACH)) & !HIGH;
    // Adding sets the high bit of each byte that is at least `a`, and of each beyond `z`.
    let from_a = lower + (0x80 - 0x61) * EACH;
    let beyond_z = lower + (0x80 - 0x7B) * EACH;
    (!from_a | beyond_z | chunk) & HIGH
}

/// The key and the length of the word that begins with the letter at `at`, if it has at most fifteen letters, all ASCII, and no
/// apostrophe behind it, as most words do. It is read as one number or two, for which the text must go on for a few bytes, be it beyond
/// `end`.
#[inline]
fn plain_word(text: &str, at: usize, end: usize) -> Option<(u64, usize)> {
    let (chunks, _) = text.as_bytes().get(at..)?.as_chunks();
    let [first, second] = chunks.first_chunk()?.map(u64::from_le_bytes);
    let (len, key) = match (others(first), others(second)) {
        (0, 0) => return None,
        (0, others) => (8 + others.trailing_zeros() as usize / 8, long_key(first, second, others)),
        (others, _) => (others.trailing_zeros() as usize / 8, short_key(first, others)),
    };
    // What stands behind the letters must be no part of the word.
    let behind = *text.as_bytes()[..end].get(at + len)?;
    (behind != b'\'' && behind < 0x80).then_some((key, len))
}

/// A sign that stands for itself.
const SIGN: Found = Found::new(UNKNOWN, flag::SIGN, PASSED);

fn push(clause: &mut Vec<Token>, range: Range<usize>, found: Found, more: u16) -> u16 {
    let flags = found.flags() | more;
    clause.push(Token { start: range.start, end: range.end, id: found.id(), flags, share: found.share() });
    flags
}

fn is_letter(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|&b| KINDS[b as usize] == Kind::Letter)
}

fn between_digits(bytes: &[u8], at: usize) -> bool {
    at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
}

/// "?CSE": the mark stands before a word and behind none.
fn opens_word(bytes: &[u8], at: usize) -> bool {
    let after = bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric());
    after && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
}

/// What may follow an apostrophe as a word of its own.
const CLITICS: [&[u8]; 6] = [b"s", b"d", b"m", b"ll", b"ve", b"re"];

/// Whether a word is an apostrophe and what may follow it.
pub fn is_clitic(word: &str) -> bool {
    word.strip_prefix('\'')
        .is_some_and(|rest| CLITICS.iter().any(|clitic| clitic.eq_ignore_ascii_case(rest.as_bytes())))
}

/// Whether the apostrophe at `at` begins a word of its own.
fn begins_clitic(bytes: &[u8], at: usize) -> bool {
    let mut end = at + 1;
    while is_letter(bytes, end) {
        end += 1;
    }
    CLITICS.iter().any(|clitic| clitic.eq_ignore_ascii_case(&bytes[at + 1..end]))
}

/// The words of a piece of folded text, as written, cut as the text is cut. Commas and clauses do not matter here.
pub fn words_of(text: &str) -> Vec<String> {
    static NO_WORDS: LazyLock<Index> = LazyLock::new(Index::empty);
    let mut clauses = Clauses::new(text, 0..text.len(), &NO_WORDS);
    let mut words = Vec::new();
    let mut clause = Vec::new();
    while clauses.next(&mut clause).is_some() {
        words.extend(clause.iter().filter(|t| t.flags & flag::SIGN == 0).map(|t| text[t.start..t.end].to_owned()));
    }
    words
}
