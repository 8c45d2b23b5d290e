//! The pattern language read by brute force, to hold the automaton against.
//!
//! It tries every way to read a pattern at every word, as `lexicons/README.md` says, and knows nothing of positions, sets and anchors:
//! words are compared letter by letter. It takes from the engine only where clauses end and where commas stand.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use proptest::prelude::*;

use super::ast::Node;
use super::inflect::Morphology;
use super::nfa;
use super::pronouns::Pronouns;
use super::sets::Sets;
use crate::scan::index::{Entry, Index};
use crate::scan::tokens::{Clauses, Token, flag};
use crate::scan::{Pass, scan};

const FILLERS: [&str; 3] = ["just", "really", "of course"];
const NEGATORS: [&str; 2] = ["not", "never"];
/// Classes whose members are plain words; `#` stands for any number.
const CLASSES: [(&str, &[&str]); 3] = [
    ("animal", &["ant", "bee cat", "dog"]),
    ("insect", &["ant bee", "bee", "bee cat dog"]),
    ("count", &["15 ant", "# bee", "not cat"]),
];

/// The words of one clause, as the oracle sees them.
struct Reading<'a> {
    words: Vec<&'a str>,
    /// Whether a comma stands before the word.
    comma: Vec<bool>,
    strict: bool,
}

/// What the words before were taken by.
#[derive(Clone, Copy)]
struct Last {
    end: usize,
    gap: bool,
}

impl Reading<'_> {
    /// Every match of a pattern: the words from the first to before the second.
    fn matches(&self, pattern: &Node) -> BTreeSet<(usize, usize)> {
        let mut found = BTreeSet::new();
        match pattern {
            Node::Free { parts, window } => {
                let places: Vec<Vec<_>> = parts.iter().map(|p| self.matches(p).into_iter().collect()).collect();
                self.arrange(&places, &mut Vec::new(), usize::from(*window), &mut found);
            }
            _ => (0..self.words.len()).for_each(|start| self.read(&[pattern], None, start, &mut found)),
        }
        found
    }

    /// Reads the parts that are left; `start` is the first word of the match, `last` the part before.
    fn read(&self, left: &[&Node], last: Option<Last>, start: usize, found: &mut BTreeSet<(usize, usize)>) {
        let Some((&part, rest)) = left.split_first() else {
            found.extend(last.map(|last| (start, last.end)));
            return;
        };
        match part {
            Node::Sequence(parts) => self.read(&[parts.iter().collect(), rest.to_vec()].concat(), last, start, found),
            Node::Choice(options) => {
                options
                    .iter()
                    .for_each(|option| self.read(&[vec![option], rest.to_vec()].concat(), last, start, found));
            }
            Node::Optional(inner) => {
                self.read(rest, last, start, found);
                self.read(&[vec![&**inner], rest.to_vec()].concat(), last, start, found);
            }
            Node::Span(inner) => self.read(&[vec![&**inner], rest.to_vec()].concat(), last, start, found),
            Node::Gap(most) => {
                self.read(rest, last, start, found);
                let less = Node::Gap(most - 1);
                let left = if *most > 1 { [vec![&less], rest.to_vec()].concat() } else { rest.to_vec() };
                for at in 0..self.words.len() {
                    if self.is_any(at) && last.is_some_and(|last| self.may_follow(last, at, true)) {
                        self.read(&left, Some(Last { end: at + 1, gap: true }), start, found);
                    }
                }
            }
            _ => {
                for place in self.places(part) {
                    let follows = match last {
                        Some(last) => self.may_follow(last, place.start, false),
                        None => place.start == start,
                    };
                    if follows {
                        self.read(rest, Some(Last { end: place.end, gap: false }), start, found);
                    }
                }
            }
        }
    }

    /// Where a word, sign or class stands.
    fn places(&self, part: &Node) -> Vec<Range<usize>> {
        let members: Vec<String> = match part {
            Node::Word { text, .. } => vec![text.clone()],
            Node::Sign(sign) => vec![sign.to_string()],
            Node::Exact(word) => {
                let stands = |at: &usize| self.words[*at] == word;
                return (0..self.words.len()).filter(stands).map(|at| at..at + 1).collect();
            }
            Node::Class { name, .. } => {
                let class = CLASSES.iter().find(|(class, _)| class == name).expect("a class of the test");
                class.1.iter().map(|&member| member.to_owned()).collect()
            }
            _ => unreachable!("{part:?} is no single part"),
        };
        members.iter().flat_map(|member| self.phrase(member)).collect()
    }

    fn phrase(&self, phrase: &str) -> Vec<Range<usize>> {
        let wanted: Vec<&str> = phrase.split(' ').collect();
        let is_word = |at: usize, wanted: &str| match wanted {
            "#" => self.words[at].bytes().all(|b| b.is_ascii_digit()),
            _ => self.words[at].eq_ignore_ascii_case(wanted),
        };
        let stands = |start: &usize| {
            let joined = |(i, wanted): (usize, &&str)| is_word(start + i, wanted) && (i == 0 || !self.comma[start + i]);
            start + wanted.len() <= self.words.len() && wanted.iter().enumerate().all(joined)
        };
        (0..self.words.len()).filter(stands).map(|start| start..start + wanted.len()).collect()
    }

    fn is_sign(&self, at: usize) -> bool {
        !self.words[at].bytes().any(|b| b.is_ascii_alphanumeric())
    }

    fn is_negator(&self, at: usize) -> bool {
        NEGATORS.iter().any(|negator| negator.eq_ignore_ascii_case(self.words[at]))
    }

    fn is_any(&self, at: usize) -> bool {
        !self.is_sign(at) && !self.is_negator(at)
    }

    /// Whether a part may begin at `start` behind another: nothing but signs and up to two fillers between, and a comma only beside a
    /// filler or a word of a gap.
    fn may_follow(&self, last: Last, start: usize, gap: bool) -> bool {
        if start < last.end {
            return false;
        }
        let comma = (last.end..=start).any(|at| self.comma[at]);
        let free = last.gap || gap;
        (0..=2).any(|fillers| {
            (fillers == 0 || !self.strict) && (!comma || free || fillers > 0) && self.passes(last.end, start, fillers)
        })
    }

    /// Whether the words between are signs and exactly so many fillers.
    fn passes(&self, at: usize, end: usize, fillers: usize) -> bool {
        if at == end {
            return fillers == 0;
        }
        let filler = |phrase: &&str| {
            let place = self.phrase(phrase).into_iter().find(|p| p.start == at && p.end <= end);
            fillers > 0 && place.is_some_and(|p| self.passes(p.end, end, fillers - 1))
        };
        self.is_sign(at) && self.passes(at + 1, end, fillers) || FILLERS.iter().any(filler)
    }

    /// Every way to take one place for each part, none over another, with no negator left between them.
    fn arrange(
        &self,
        places: &[Vec<(usize, usize)>],
        taken: &mut Vec<(usize, usize)>,
        window: usize,
        found: &mut BTreeSet<(usize, usize)>,
    ) {
        let Some((part, rest)) = places.split_first() else {
            let start = taken.iter().map(|p| p.0).min().unwrap_or_default();
            let end = taken.iter().map(|p| p.1).max().unwrap_or_default();
            let loose = |at: &usize| !taken.iter().any(|p| (p.0..p.1).contains(at));
            if end - start <= window && !(start..end).filter(loose).any(|at| self.is_negator(at)) {
                found.insert((start, end));
            }
            return;
        };
        for &place in part {
            if taken.iter().all(|p| place.1 <= p.0 || p.1 <= place.0) {
                taken.push(place);
                self.arrange(rest, taken, window, found);
                taken.pop();
            }
        }
    }
}

fn compile(pattern: &Node, strict: bool) -> Option<Index> {
    let mut classes: BTreeMap<String, Vec<String>> = CLASSES
        .iter()
        .map(|(name, members)| ((*name).to_owned(), members.iter().map(|m| m.replace('#', "{number}")).collect()))
        .collect();
    classes.insert("number".into(), Vec::new());
    classes.insert("filler".into(), FILLERS.map(str::to_owned).to_vec());
    classes.insert("negator".into(), NEGATORS.map(str::to_owned).to_vec());
    let (morphology, frequency) = (Morphology::default(), BTreeMap::new());
    let mut sets = Sets::new(&classes, &morphology, &BTreeMap::new(), &frequency, &Pronouns::default());
    let pattern = nfa::compile(pattern, strict, None, &mut sets).ok()?;
    let filler = sets.class("filler").expect("a class");
    let negator = sets.class("negator").expect("a class");
    let entry = Entry { pattern, pass: Pass::Mentions, owner: 0 };
    Some(Index::new(sets, vec![entry], &[(filler, flag::FILLER), (negator, flag::NEGATOR)], Some(filler)))
}

/// The clauses of a text, as the engine cuts it.
fn clauses(text: &str, index: &Index) -> Vec<Vec<Token>> {
    let mut clauses = Clauses::new(text, 0..text.len(), index);
    let (mut all, mut clause) = (Vec::new(), Vec::new());
    while clauses.next(&mut clause).is_some() {
        all.push(clause.clone());
    }
    all
}

/// What the scan finds in a clause, by the numbers of its words.
fn scanned(text: &str, clause: &[Token], index: &Index) -> BTreeSet<(usize, usize)> {
    let range = clause[0].start..clause[clause.len() - 1].end;
    let word = |byte: usize, end: bool| clause.iter().position(|t| byte == if end { t.end } else { t.start });
    let hits = scan(text, 0..text.len(), index, Pass::Mentions);
    let within = hits.iter().filter(|hit| range.start <= hit.start && hit.end <= range.end);
    within.filter_map(|hit| Some((word(hit.start, false)?, word(hit.end, true)? + 1))).collect()
}

/// Holds the scan against the oracle in one text; tells how many matches the oracle had.
fn compare(pattern: &Node, strict: bool, text: &str, index: &Index) -> Result<usize, TestCaseError> {
    let mut count = 0;
    for clause in clauses(text, index) {
        let words = clause.iter().map(|t| &text[t.start..t.end]).collect();
        let reading = Reading { words, comma: clause.iter().map(|t| t.flags & flag::COMMA != 0).collect(), strict };
        let all = reading.matches(pattern);
        let hits = scanned(text, &clause, index);
        count += all.len();
        for hit in &hits {
            prop_assert!(all.contains(hit), "found {hit:?}, which is no match; matches: {all:?}");
        }
        let overlaps = |a: &(usize, usize), b: &(usize, usize)| a.0 < b.1 && b.0 < a.1;
        let length = |a: &(usize, usize)| a.1 - a.0;
        let free = matches!(pattern, Node::Free { .. });
        for one in &all {
            // Around its anchor a match is passed over for a longer one, and in free order for a tighter one.
            let covered = hits.iter().any(|hit| overlaps(hit, one) && (free || length(hit) >= length(one)));
            prop_assert!(covered, "{one:?} was not found; found: {hits:?}, matches: {all:?}");
            let plan = index.plan(0);
            if plan.parts == 1 && index.automaton(&plan, 0).anchor().count_ones() == 1 {
                // With a single anchor no match is passed over for one that does not hold it.
                let held = hits.iter().any(|hit| hit.0 <= one.0 && one.1 <= hit.1);
                prop_assert!(held, "{one:?} is not within what was found: {hits:?}");
            }
        }
    }
    Ok(count)
}

fn leaf() -> impl Strategy<Value = Node> {
    let word = prop::sample::select(vec!["ant", "bee", "cat", "dog", "just", "not"]);
    let class = prop::sample::select(vec!["animal", "insect", "count"]);
    prop_oneof![
        6 => word.prop_map(|text| Node::Word { text: text.into(), inflected: false }),
        3 => class.prop_map(|name| Node::Class { name: name.into(), inflected: false }),
        1 => Just(Node::Exact("Dog".into())),
    ]
}

/// A part without gaps.
fn part() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::Sequence),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::Choice),
            inner.prop_map(|inner| Node::Optional(Box::new(inner))),
        ]
    })
}

fn ordered() -> impl Strategy<Value = Node> {
    let middle = prop_oneof![3 => part(), 2 => (1u8..4).prop_map(Node::Gap)];
    (part(), prop::collection::vec(middle, 0..4), leaf())
        .prop_map(|(first, middle, last)| Node::Sequence([vec![first], middle, vec![last]].concat()))
}

fn free() -> impl Strategy<Value = Node> {
    let part = (leaf(), prop::option::of(part()), any::<bool>()).prop_map(|(leaf, part, before)| match part {
        None => leaf,
        Some(part) => Node::Sequence(if before { vec![leaf, part] } else { vec![part, leaf] }),
    });
    (prop::collection::vec(part, 2..=4), 2u8..12).prop_map(|(parts, window)| Node::Free { parts, window })
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => prop::sample::select(vec!["ant", "bee", "cat", "dog"]),
        3 => prop::sample::select(vec!["just", "really", "of course", "of"]),
        1 => prop::sample::select(vec!["not", "never"]),
        2 => prop::sample::select(vec!["15", "7", "Dog", "elk", "% ", "+ "]),
    ];
    let between = prop_oneof![12 => Just(" "), 2 => Just(", "), 1 => prop::sample::select(vec![". ", "; ", " - ", "-", " ?"])];
    prop::collection::vec((word, between), 0..14)
        .prop_map(|pairs| pairs.into_iter().flat_map(|(word, between)| [word, between]).collect())
}

/// Words that the pattern may find, put down by chance and not without slips.
fn tell(part: &Node, chance: &mut impl FnMut(usize) -> usize, text: &mut String) {
    const SLIPS: [&str; 11] =
        [" just ", " really, ", ", just ", " of course ", " of course really ", " + ", ", ", ", + ", " +, ", ". ", " not "];
    let mut put = |word: &str, chance: &mut dyn FnMut(usize) -> usize| {
        text.push_str(word);
        text.push_str(SLIPS.get(chance(16)).unwrap_or(&" "));
    };
    match part {
        Node::Sequence(parts) => parts.iter().for_each(|part| tell(part, chance, text)),
        Node::Choice(options) => tell(&options[chance(options.len())], chance, text),
        Node::Optional(inner) => (0..chance(2)).for_each(|_| tell(inner, chance, text)),
        Node::Gap(most) => (0..chance(usize::from(*most) + 1)).for_each(|_| {
            let word = ["elk", "ant", "just", "7", "of"][chance(5)].to_owned();
            tell(&Node::Word { text: word, inflected: false }, chance, text);
        }),
        Node::Free { parts, .. } => {
            let first = chance(parts.len());
            (0..parts.len()).for_each(|at| tell(&parts[(first + at) % parts.len()], chance, text));
        }
        Node::Class { name, .. } => {
            let members = CLASSES.iter().find(|(class, _)| class == name).expect("a class of the test").1;
            put(&members[chance(members.len())].replace('#', "7"), chance);
        }
        Node::Word { text: word, .. } | Node::Exact(word) => put(word, chance),
        Node::Span(_) | Node::Sign(_) => unreachable!("the test makes none"),
    }
}

/// A random text with words in its midst that the pattern may find.
fn telling(pattern: &Node, around: &str, chances: &[u8]) -> String {
    let mut chances = chances.iter().cycle();
    let mut text = around.to_owned();
    text.push(' ');
    tell(pattern, &mut |below| chances.next().map_or(0, |&c| usize::from(c) % below), &mut text);
    text + around
}

fn texts() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    prop::collection::vec((text(), prop::collection::vec(any::<u8>(), 64)), 6)
}

/// Holds the scan against the oracle in each text; tells how many matches there were. Patterns that the language refuses have none.
fn compare_all(pattern: &Node, strict: bool, texts: &[(String, Vec<u8>)]) -> Result<Option<usize>, TestCaseError> {
    let Some(index) = compile(pattern, strict) else {
        return Ok(None);
    };
    let mut count = 0;
    for (around, chances) in texts {
        for text in [around.clone(), telling(pattern, around, chances)] {
            count += compare(pattern, strict, &text, &index).map_err(|e| TestCaseError::fail(format!("{text:?}: {e}")))?;
        }
    }
    Ok(Some(count))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn ordered_patterns_are_found_as_the_oracle_reads_them(pattern in ordered(), strict in any::<bool>(), texts in texts()) {
        compare_all(&pattern, strict, &texts)?;
    }

    #[test]
    fn free_order_is_found_as_the_oracle_reads_it(pattern in free(), strict in any::<bool>(), texts in texts()) {
        compare_all(&pattern, strict, &texts)?;
    }
}

/// The comparison means something only where there are matches.
#[test]
fn most_random_patterns_are_taken_and_match() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    for kind in [ordered().boxed(), free().boxed()] {
        let (mut taken, mut matched) = (0, 0);
        for _ in 0..300 {
            let pattern = kind.new_tree(&mut runner).expect("a pattern").current();
            let texts = texts().new_tree(&mut runner).expect("texts").current();
            let Some(count) = compare_all(&pattern, false, &texts).expect("they agree") else {
                continue;
            };
            taken += 1;
            matched += usize::from(count > 0);
        }
        assert!(taken >= 150, "{taken} of 300 patterns were taken");
        assert!(matched * 5 >= taken * 2, "{matched} of {taken} patterns matched");
    }
}

/// An index of patterns of every kind.
fn many() -> Index {
    let patterns = [
        "ant ..4 dog",
        "{animal} 's? cat",
        "[ant & bee & (cat | dog)]/8",
        "ant <bee (cat | \\?)> dog?",
        "{count}",
        "=Dog \\+? cat",
        "15 ant",
        "[{insect} & dog]/24",
        "заяц ant",
    ];
    let classes: BTreeMap<String, Vec<String>> = CLASSES
        .iter()
        .map(|(name, members)| ((*name).to_owned(), members.iter().map(|m| m.replace('#', "15")).collect()))
        .chain([("filler".to_owned(), FILLERS.map(str::to_owned).to_vec())])
        .collect();
    let (morphology, frequency) = (Morphology::default(), BTreeMap::new());
    let mut sets = Sets::new(&classes, &morphology, &BTreeMap::new(), &frequency, &Pronouns::default());
    let entry = |(owner, pattern): (usize, &&str)| {
        let node = super::ast::parse(pattern).expect("a pattern");
        let pattern = nfa::compile(&node, false, None, &mut sets).expect("a pattern");
        Entry { pattern, pass: Pass::Mentions, owner: owner as u32 }
    };
    let entries = patterns.iter().enumerate().map(entry).collect();
    let filler = sets.class("filler").expect("a class");
    Index::new(sets, entries, &[(filler, flag::FILLER)], Some(filler))
}

/// Anything at all, and texts in which words that are looked for stand among signs that mean something.
fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec!["ant", "Bee", "CAT", "dog", "15", "заяц", "just", "of course"]).prop_map(str::to_owned),
        3 => "[ ,.;:'?+&$%#@=()|\t\n\r-]{1,3}",
        1 => "[’“”–—…é\u{301}\u{ad}\u{feff}½Ａб•日😀]{1,2}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn hits_are_whole_characters_within_the_text(text in anything(), from in 0usize..200, to in 0usize..200) {
        static MANY: std::sync::LazyLock<Index> = std::sync::LazyLock::new(many);
        let folded = crate::text::Text::new(&text);
        for text in [text.as_str(), folded.folded()] {
            let end = text.ceil_char_boundary(to.min(text.len()));
            let start = text.floor_char_boundary(from.min(end));
            let mut last = 0;
            for clause in clauses(text, &MANY) {
                for token in clause {
                    prop_assert!(last <= token.start && token.start < token.end && text.get(token.start..token.end).is_some());
                    last = token.end;
                }
            }
            for hit in scan(text, start..end, &MANY, Pass::Mentions) {
                prop_assert!(start <= hit.start && hit.end <= end && hit.start < hit.end);
                prop_assert!(hit.start <= hit.span.0 && hit.span.1 <= hit.end && hit.span.0 < hit.span.1);
                prop_assert!(text.get(hit.start..hit.end).is_some() && text.get(hit.span.0..hit.span.1).is_some());
            }
        }
    }

    #[test]
    fn reading_a_pattern_never_panics(pattern in "[a-c {}()|?~.<>\\[\\]&/0-9=\\\\+£é'-]{0,24}", other in any::<String>()) {
        for pattern in [pattern, other] {
            let _ = super::ast::parse(&pattern);
        }
    }
}
