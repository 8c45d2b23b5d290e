//! The folded view of a text, and the way back to the original.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::bytes::next_beyond_ascii;
use super::fold_table::{Fold, TABLE};

/// A text with typographic signs, widths and accents folded to plain ones. Letter case stays, and so do the letters of other scripts.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    original: &'a str,
    folded: Cow<'a, str>,
    runs: Vec<Run>,
}

/// Folded pieces of equal lengths, one after the other. What stands between two runs was copied.
#[derive(Debug, Clone, Copy)]
struct Run {
    folded: usize,
    original: usize,
    /// How many pieces.
    count: u32,
    /// Bytes of each piece in the folded and in the original text.
    folded_each: u8,
    original_each: u8,
}

impl Run {
    fn folded_end(&self) -> usize {
        self.folded + self.count as usize * usize::from(self.folded_each)
    }

    fn original_end(&self) -> usize {
        self.original + self.count as usize * usize::from(self.original_each)
    }
}

impl<'a> Text<'a> {
    /// Folds a text. ASCII, and whatever else needs no change, is borrowed.
    pub fn new(original: &'a str) -> Text<'a> {
        if original.is_ascii() {
            return Text { original, folded: Cow::Borrowed(original), runs: Vec::new() };
        }
        let folder = Folder::fold(original);
        if folder.runs.is_empty() {
            return Text { original, folded: Cow::Borrowed(original), runs: Vec::new() };
        }
        Text { original, folded: Cow::Owned(folder.folded), runs: folder.runs }
    }

    /// The text as it was given.
    #[cfg(test)]
    pub fn original(&self) -> &'a str {
        self.original
    }

    /// The folded text.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The original range of a folded one: whole characters, and all of those that gave the folded bytes. An accent of its own goes with its
    /// letter; other signs that were removed belong to the range only where they stand inside it.
    pub fn original_range(&self, folded: Range<usize>) -> Range<usize> {
        let start = self.original_start(folded.start);
        let end = self.original_end(folded.end.max(folded.start));
        // An empty range within a piece, or beside a removed sign, would turn round; it keeps its start.
        start..end.max(start)
    }

    /// Signs that were removed at this place lie before the start.
    fn original_start(&self, folded: usize) -> usize {
        let before = self.runs.partition_point(|run| run.folded <= folded);
        let original = self.original_offset(before, folded, |within, each| within / each);
        self.original.floor_char_boundary(original)
    }

    /// Signs that were removed at this place lie behind the end, but for accents.
    fn original_end(&self, folded: usize) -> usize {
        let before = self.runs.partition_point(|run| run.folded < folded);
        let original = self.original.ceil_char_boundary(self.original_offset(before, folded, usize::div_ceil));
        let is_removed = self.runs.get(before).is_some_and(|run| run.folded == folded && run.folded_each == 0);
        if !is_removed {
            return original;
        }
        let accents = self.original[original..].chars().take_while(|&sign| is_combining_mark(sign));
        original + accents.map(char::len_utf8).sum::<usize>()
    }

    /// The way back, given how many runs begin before the place. `pieces` counts the pieces of a run up to a place within it.
    fn original_offset(&self, before: usize, folded: usize, pieces: impl Fn(usize, usize) -> usize) -> usize {
        match before.checked_sub(1).map(|i| &self.runs[i]) {
            None => folded,
            Some(run) if folded >= run.folded_end() => run.original_end() + (folded - run.folded_end()),
            Some(run) => {
                run.original + pieces(folded - run.folded, usize::from(run.folded_each)) * usize::from(run.original_each)
            }
        }
    }
}

/// The sequences of the table.
struct Sequences {
    automaton: AhoCorasick,
    /// What each becomes, by its number in the automaton.
    folds: Vec<Fold>,
    /// The bytes that one begins with.
    first: [bool; 256],
}

static SEQUENCES: LazyLock<Sequences> = LazyLock::new(|| {
    let rows = TABLE.iter().flat_map(|(fold, sequences)| sequences.iter().map(move |sequence| (*sequence, *fold)));
    let (sequences, folds): (Vec<&str>, Vec<Fold>) = rows.unzip();
    let mut first = [false; 256];
    for sequence in &sequences {
        first[usize::from(sequence.as_bytes()[0])] = true;
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .start_kind(StartKind::Anchored)
        .build(sequences)
        .expect("the table is a few hundred bytes, far below the automaton's limits");
    Sequences { automaton, folds, first }
});

struct Folder {
    folded: String,
    runs: Vec<Run>,
}

impl Folder {
    /// ASCII is copied in bulk; every other sign is looked up in the table, then in Unicode's decompositions.
    fn fold(original: &str) -> Folder {
        let mut folder = Folder { folded: String::with_capacity(original.len()), runs: Vec::new() };
        let mut at = 0;
        while let Some(next) = next_beyond_ascii(original.as_bytes(), at) {
            folder.folded.push_str(&original[at..next]);
            at = folder.fold_sign(original, next);
        }
        folder.folded.push_str(&original[at..]);
        folder
    }

    /// Folds what stands at `at` and returns where it ends.
    fn fold_sign(&mut self, original: &str, at: usize) -> usize {
        let sequences = &*SEQUENCES;
        let first = original.as_bytes()[at];
        let input = Input::new(original).range(at..).anchored(Anchored::Yes);
        if let Some(hit) = sequences.first[usize::from(first)].then(|| sequences.automaton.find(input)).flatten() {
            let replacement = self.replacement(sequences.folds[hit.pattern().as_usize()], &original[hit.end()..]);
            self.replace(at..hit.end(), replacement);
            return hit.end();
        }
        let Some(sign) = original[at..].chars().next() else {
            return original.len();
        };
        let end = at + sign.len_utf8();
        if is_combining_mark(sign) && self.folded.as_bytes().last().is_some_and(u8::is_ascii_alphabetic) {
            self.replace(at..end, "");
            return end;
        }
        let mut plain = String::new();
        if !is_other_script(sign) && self.plain_form(sign, &mut plain) {
            self.replace(at..end, &plain)
        } else {
            self.folded.push(sign)
        }
        end
    }

    /// Writes the compatible form of a sign without its accents, where that is ASCII.
    fn plain_form(&self, sign: char, plain: &mut String) -> bool {
        let mut is_ascii = true;
        decompose_compatible(sign, |part| match part {
            '\u{2044}' => plain.push('/'),
            part if is_combining_mark(part) => {}
            part => {
                is_ascii &= part.is_ascii();
                plain.push(part);
            }
        });
        // "1½" is one and a half, not eleven halves.
        if plain.contains('/') && self.folded.as_bytes().last().is_some_and(u8::is_ascii_digit) {
            plain.insert(0, ' ');
        }
        is_ascii && !plain.is_empty()
    }

    fn replacement(&self, fold: Fold, after: &str) -> &'static str {
        let (before, after) = (self.folded.chars().next_back(), after.chars().next());
        let is_digit = |sign: Option<char>| sign.is_some_and(|c| c.is_ascii_digit());
        let is_open = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
        let joins = match fold {
            Fold::To(text) => return text,
            Fold::MiddleDot => return if is_digit(before) && is_digit(after) { "." } else { "*" },
            Fold::EnDash => is_digit(before) || is_digit(after),
            Fold::EmDash => is_digit(before) && is_digit(after),
        };
        match (joins || is_open(before), joins || is_open(after)) {
            (true, true) => "-",
            (true, false) => "- ",
            (false, true) => " -",
            (false, false) => " - ",
        }
    }

    fn replace(&mut self, original: Range<usize>, text: &str) {
        let folded = self.folded.len();
        self.folded.push_str(text);
        let (Ok(folded_each), Ok(original_each)) = (u8::try_from(text.len()), u8::try_from(original.len())) else {
            unreachable!("no sign and no sequence of the table is longer than a few dozen bytes");
        };
        match self.runs.last_mut() {
            Some(run)
                if (run.folded_end(), run.original_end()) == (folded, original.start)
                    && (run.folded_each, run.original_each) == (folded_each, original_each)
                    && run.count < u32::MAX =>
            {
                run.count += 1;
            }
            _ => self.runs.push(Run { folded, original: original.start, count: 1, folded_each, original_each }),
        }
    }
}

/// Whether a sign belongs to a script none of whose letters has an ASCII form.
fn is_other_script(sign: char) -> bool {
    matches!(sign, '\u{386}'..='\u{1cff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folds(original: &str, folded: &str) {
        assert_eq!(Text::new(original).folded(), folded, "{original:?}");
    }

    #[test]
    fn ascii_is_borrowed() {
        assert!(matches!(Text::new("plain\ttext\r\n").folded, Cow::Borrowed(_)));
        assert!(matches!(Text::new("только чтение").folded, Cow::Borrowed(_)));
    }

    #[test]
    fn signs() {
        folds("“Don’t” – she said…", "\"Don't\" - she said...");
        folds("«oui» ‹non› 5′ 6″ ´a´", "\"oui\" 'non' 5' 6\" 'a'");
        folds("self‑harm self‐harm self\u{ad}harm", "self-harm self-harm selfharm");
        folds("a\u{a0}b\u{2009}c\u{202f}d", "a b c d");
        folds("\u{feff}On\u{200b}e \u{202a}two\u{202c}", "One two");
        folds("• one\n▪ two\n● three\n◦ four\n‣ five\n· six", "* one\n* two\n* three\n* four\n* five\n* six");
        folds("38·5", "38.5");
        folds("one\u{2028}two\u{85}three", "one\ntwo\nthree");
    }

    #[test]
    fn dashes() {
        folds("word—word", "word - word");
        folds("word–word", "word - word");
        folds("word – word — word", "word - word - word");
        folds("15–20 partners, 2019—20", "15-20 partners, 2019-20");
        folds("9am–5pm", "9am-5pm");
        folds("he was 15—she knew", "he was 15 - she knew");
        folds("–Item\n—Item", "- Item\n- Item");
        folds("told me—“no”—and left", "told me - \"no\" - and left");
        folds("it was −5", "it was -5");
    }

    #[test]
    fn letters() {
        folds("Zoë Cafe\u{301} Ångström Łukasz Søren", "Zoe Cafe Angstrom Lukasz Soren");
        folds("ﬁle ＡＢＣ １２ ½ 1½ № ™ m²", "file ABC 12 1/2 1 1/2 No TM m2");
        folds("Мой и́з हिन्दी 中文。한글", "Мой и́з हिन्दी 中文。한글");
        folds("£5 and 20°C", "£5 and 20°C");
        folds("â€œdonâ€™tâ€\u{9d} Â£5", "\"don't\" £5");
    }

    #[test]
    fn ranges() {
        let text = Text::new("\u{feff}“Zoe\u{308}” said…");
        assert_eq!(text.folded(), "\"Zoe\" said...");
        let original = |range| &text.original()[text.original_range(range)];
        assert_eq!(original(1..4), "Zoe\u{308}");
        assert_eq!(original(0..5), "“Zoe\u{308}”");
        assert_eq!(original(6..10), "said");
        assert_eq!(original(11..12), "…");
        assert_eq!(original(0..13), "“Zoe\u{308}” said…");
    }

    #[test]
    fn removed_signs_belong_to_no_neighbour() {
        let text = Text::new("\u{feff}on\u{ad}e\u{200b}\u{ad} Zoe\u{308}\u{301}\u{ad}\u{308} t\u{200d}wo\u{feff}");
        assert_eq!(text.folded(), "one Zoe two");
        let original = |range| &text.original()[text.original_range(range)];
        assert_eq!(original(0..3), "on\u{ad}e");
        assert_eq!(original(4..7), "Zoe\u{308}\u{301}");
        assert_eq!(original(8..11), "t\u{200d}wo");
        assert_eq!(text.original_range(0..11), 3..text.original().len() - 3);
        assert_eq!(Text::new("\u{feff}\u{200b}").original_range(0..0), 6..6);
    }

    #[test]
    fn no_sign_of_another_script_has_an_ascii_form() {
        let folder = Folder { folded: String::new(), runs: Vec::new() };
        for sign in ('\u{80}'..='\u{ffff}').filter(|&sign| is_other_script(sign)) {
            assert!(!folder.plain_form(sign, &mut String::new()), "U+{:04X}", u32::from(sign));
        }
    }

    #[test]
    fn runs_are_compact() {
        let wide = "Ａ".repeat(1000);
        assert_eq!(Text::new(&wide).runs.len(), 1);
        assert_eq!(Text::new(&wide).original_range(500..501), 1500..1503);
    }

    fn mixed() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[a-c .\n“”’–—…é\u{301}\u{ad}\u{feff}½ＡбⅧ•日]{0,60}"]
    }

    proptest! {
        #[test]
        fn ranges_are_whole_characters_in_order(original in mixed()) {
            let text = Text::new(&original);
            let length = text.folded().len();
            let all = text.original_range(0..length);
            let outside = original[..all.start].chars().chain(original[all.end..].chars());
            let is_removed = |sign: char| is_combining_mark(sign) || Text::new(&sign.to_string()).folded().is_empty();
            prop_assert!(outside.clone().all(is_removed), "{:?}", outside.collect::<String>());
            let mut last = 0;
            for at in 0..length.saturating_sub(1) {
                let range = text.original_range(at..at + 1);
                prop_assert!(original.is_char_boundary(range.start) && original.is_char_boundary(range.end));
                prop_assert!(last <= range.start && range.start < range.end);
                last = range.start;
            }
        }

        #[test]
        fn copied_words_come_back(before in "[“é\u{ad}\u{feff}½Ａб•—]{0,20}", after in "[“é\u{ad}½Ａб•—]{0,20}") {
            let original = format!("{before} WORD {after}");
            let text = Text::new(&original);
            let at = text.folded().find("WORD").expect("ASCII is copied");
            prop_assert_eq!(&original[text.original_range(at..at + 4)], "WORD");
        }

        #[test]
        fn folding_twice_changes_nothing(original in "[a-z .\n“”’–—…é\u{ad}½Ａ•бй\u{301}日]{0,60}") {
            let once = Text::new(&original).folded().to_owned();
            let twice = Text::new(&once).folded().to_owned();
            prop_assert_eq!(twice, once);
        }
    }
}
