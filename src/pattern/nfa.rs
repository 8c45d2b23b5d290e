//! A pattern as a small automaton (Glushkov's construction): a position for each word, class and gap step, held in a `u64`.

use super::ast::{Node, PatternError};
use super::sets::{SetId, Sets};
use super::words::WordId;

/// Words, classes and gap steps in one pattern.
pub const MAX_POSITIONS: usize = 64;
/// A pattern is anchored on words that stand at most this often in a million, all together.
const MAX_FREQUENCY: u64 = 12_000;

/// What a position finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Atom {
    Set(SetId),
    Sign(char),
    /// Any word but a negator.
    Any,
}

/// The automaton of one ordered pattern or of one part in free order. Masks hold a bit for each position.
#[derive(Debug, Clone)]
pub struct Nfa {
    pub atoms: Vec<Atom>,
    pub follow: Vec<u64>,
    pub precede: Vec<u64>,
    pub first: u64,
    pub last: u64,
    /// Positions of gaps.
    pub gaps: u64,
    /// Positions of words in their very case.
    pub exact: u64,
    /// Positions of what is reported; none where the whole match is.
    pub span: u64,
    /// No fillers between the parts.
    pub strict: bool,
    /// The positions one of which every match holds and that the scan looks for.
    pub anchor: u64,
    /// How often the words of the anchor stand in a million.
    pub frequency: u64,
    /// What every match holds: for each, sets of one of which it holds a member.
    pub required: Vec<Required>,
}

/// Sets of one of which a match holds a member.
pub type Required = Vec<SetId>;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub enum Pattern {
    Ordered(Nfa),
    Free {
        parts: Vec<Nfa>,
        window: usize,
        /// The part that the scan looks for.
        anchor: usize,
    },
}

impl Pattern {
    /// The automaton that the scan looks for.
    pub fn anchored(&self) -> &Nfa {
        match self {
            Pattern::Ordered(nfa) => nfa,
            Pattern::Free { parts, anchor, .. } => &parts[*anchor],
        }
    }

    /// The automaton of each part.
    pub fn parts(&self) -> &[Nfa] {
        match self {
            Pattern::Ordered(nfa) => std::slice::from_ref(nfa),
            Pattern::Free { parts, .. } => parts,
        }
    }
}

/// Compiles a parsed pattern. `anchor` is the word given by hand.
pub fn compile(node: &Node, strict: bool, anchor: Option<&str>, sets: &mut Sets) -> Result<Pattern, PatternError> {
    let hand = anchor.map(|word| sets.word(&word.to_lowercase()));
    let Node::Free { parts, window } = node else {
        let nfa = automaton(node, strict, hand, sets)?;
        reject_common(&nfa, anchor)?;
        return Ok(Pattern::Ordered(nfa));
    };
    let parts = parts.iter().map(|p| automaton(p, strict, None, sets)).collect::<Result<Vec<_>, _>>()?;
    let by_hand = |nfa: &Nfa| hand.is_some_and(|word| mask_of(nfa, word, sets) != 0);
    let anchor_part = match parts.iter().position(by_hand) {
        Some(part) => part,
        None => (0..parts.len()).min_by_key(|&p| parts[p].frequency).unwrap_or_default(),
    };
    reject_common(&parts[anchor_part], anchor)?;
    Ok(Pattern::Free { parts, window: usize::from(*window), anchor: anchor_part })
}

fn reject_common(nfa: &Nfa, by_hand: Option<&str>) -> Result<(), PatternError> {
    if nfa.frequency > MAX_FREQUENCY && by_hand.is_none() {
        return Err(PatternError(
            "only common words: nothing for the scan to look for; add a rarer word or give one of the words as `anchor`".into(),
        ));
    }
    Ok(())
}

fn automaton(node: &Node, strict: bool, hand: Option<WordId>, sets: &mut Sets) -> Result<Nfa, PatternError> {
    let nfa = Nfa {
        atoms: Vec::new(),
        follow: Vec::new(),
        precede: Vec::new(),
        first: 0,
        last: 0,
        gaps: 0,
        exact: 0,
        span: 0,
        strict,
        anchor: 0,
        frequency: 0,
        required: Vec::new(),
    };
    let mut builder = Builder { nfa, sets };
    let whole = builder.fragment(node)?;
    let mut nfa = builder.nfa;
    if whole.nullable {
        return Err(PatternError("this can match nothing at all; one part must be there always".into()));
    }
    if (whole.first | whole.last) & nfa.gaps != 0 {
        return Err(PatternError("a gap stands at an end of the pattern; put it between two words".into()));
    }
    for at in 0..nfa.atoms.len() {
        let mut after = nfa.follow[at];
        while after != 0 {
            nfa.precede[after.trailing_zeros() as usize] |= 1 << at;
            after &= after - 1;
        }
    }
    (nfa.first, nfa.last, nfa.required) = (whole.first, whole.last, whole.required);
    match hand {
        None => (nfa.anchor, nfa.frequency) = whole.anchor.unwrap_or((0, u64::MAX)),
        Some(word) => {
            nfa.anchor = mask_of(&nfa, word, sets);
            if nfa.anchor == 0 || !required(&nfa) {
                return Err(PatternError(
                    "the anchor is no word that every match holds; give one that stands in each choice".into(),
                ));
            }
        }
    }
    Ok(nfa)
}

/// The positions whose set holds a word.
fn mask_of(nfa: &Nfa, word: WordId, sets: &Sets) -> u64 {
    let holds = |atom: &Atom| matches!(atom, Atom::Set(set) if sets.sets[*set as usize].words.binary_search(&word).is_ok());
    nfa.atoms.iter().enumerate().filter(|(_, atom)| holds(atom)).fold(0, |mask, (at, _)| mask | 1 << at)
}

/// Whether no match can do without the positions of the anchor.
fn required(nfa: &Nfa) -> bool {
    let mut reached = nfa.first & !nfa.anchor;
    loop {
        let mut next = reached;
        for at in (0..nfa.atoms.len()).filter(|at| reached >> at & 1 == 1) {
            next |= nfa.follow[at] & !nfa.anchor;
        }
        if next == reached {
            return reached & nfa.last == 0;
        }
        reached = next;
    }
}

struct Builder<'a, 'b> {
    nfa: Nfa,
    sets: &'a mut Sets<'b>,
}

/// A part of the automaton while it is built.
struct Fragment {
    first: u64,
    last: u64,
    nullable: bool,
    /// The rarest positions that every way through the part passes, and how often their words stand in a million.
    anchor: Option<(u64, u64)>,
    required: Vec<Required>,
}

const EMPTY: Fragment = Fragment { first: 0, last: 0, nullable: true, anchor: None, required: Vec::new() };

impl Builder<'_, '_> {
    fn fragment(&mut self, node: &Node) -> Result<Fragment, PatternError> {
        match node {
            Node::Sequence(parts) => parts.iter().try_fold(EMPTY, |before, part| {
                let after = self.fragment(part)?;
                Ok(self.concatenate(before, after))
            }),
            Node::Choice(options) => self.choice(options),
            Node::Optional(inner) => {
                let inner = self.fragment(inner)?;
                Ok(Fragment { nullable: true, anchor: None, required: Vec::new(), ..inner })
            }
            Node::Span(inner) => {
                let before = self.nfa.atoms.len();
                let inner = self.fragment(inner)?;
                self.nfa.span |= (before..self.nfa.atoms.len()).fold(0, |mask, at| mask | 1 << at);
                Ok(inner)
            }
            Node::Gap(most) => (0..*most).try_fold(EMPTY, |before, _| {
                let step = self.position(Atom::Any)?;
                self.nfa.gaps |= step.first;
                Ok(self.concatenate(before, Fragment { nullable: true, ..step }))
            }),
            Node::Sign(sign) => self.position(Atom::Sign(*sign)),
            Node::Word { .. } | Node::Exact(_) | Node::Class { .. } => self.set(node),
            Node::Free { .. } => Err(PatternError("`[… & …]` must be the whole pattern".into())),
        }
    }

    fn set(&mut self, node: &Node) -> Result<Fragment, PatternError> {
        let id = self.sets.set(node)?;
        let set = &self.sets.sets[id as usize];
        if set.words.is_empty() && set.phrases.is_empty() {
            return Err(PatternError("a class in this pattern has no members; it can match nothing".into()));
        }
        let (frequency, exact) = (set.frequency, set.exact.is_some());
        let step = self.position(Atom::Set(id))?;
        if exact {
            self.nfa.exact |= step.first;
        }
        Ok(Fragment { anchor: Some((step.first, frequency)), required: vec![vec![id]], ..step })
    }

    fn position(&mut self, atom: Atom) -> Result<Fragment, PatternError> {
        let at = self.nfa.atoms.len();
        if at == MAX_POSITIONS {
            return Err(PatternError(format!(
                "more than {MAX_POSITIONS} words, classes and gap steps; move choices into a class or divide the pattern"
            )));
        }
        self.nfa.atoms.push(atom);
        self.nfa.follow.push(0);
        self.nfa.precede.push(0);
        Ok(Fragment { first: 1 << at, last: 1 << at, nullable: false, anchor: None, required: Vec::new() })
    }

    fn concatenate(&mut self, before: Fragment, after: Fragment) -> Fragment {
        let mut ends = before.last;
        while ends != 0 {
            self.nfa.follow[ends.trailing_zeros() as usize] |= after.first;
            ends &= ends - 1;
        }
        Fragment {
            first: if before.nullable { before.first | after.first } else { before.first },
            last: if after.nullable { before.last | after.last } else { after.last },
            nullable: before.nullable && after.nullable,
            anchor: [before.anchor, after.anchor].into_iter().flatten().min_by_key(|(_, frequency)| *frequency),
            required: [before.required, after.required].concat(),
        }
    }

    /// A choice. Its single words and classes become one set, so that they take one position.
    fn choice(&mut self, options: &[Node]) -> Result<Fragment, PatternError> {
        let single = |node: &&Node| matches!(node, Node::Word { .. } | Node::Class { .. });
        let (singles, mut others): (Vec<&Node>, Vec<&Node>) = options.iter().partition(single);
        let singles = Node::Choice(singles.into_iter().cloned().collect());
        match &singles {
            Node::Choice(nodes) if nodes.is_empty() => {}
            _ if others.is_empty() => return self.set(&singles),
            _ => others.push(&singles),
        }
        self.alternatives(&others)
    }

    fn alternatives(&mut self, options: &[&Node]) -> Result<Fragment, PatternError> {
        let mut whole = Fragment { nullable: false, anchor: Some((0, 0)), ..EMPTY };
        let mut any = Some(Vec::new());
        for option in options {
            let option = match option {
                Node::Choice(_) => self.set(option)?,
                _ => self.fragment(option)?,
            };
            // The rarest that each choice requires make up what the whole requires.
            let rarest = option
                .required
                .into_iter()
                .min_by_key(|r| r.iter().map(|&s| self.sets.sets[s as usize].frequency).sum::<u64>());
            any = any.zip(rarest).map(|(any, rarest)| [any, rarest].concat());
            whole.first |= option.first;
            whole.last |= option.last;
            whole.nullable |= option.nullable;
            whole.anchor = match (whole.anchor, option.anchor) {
                (Some((mask, frequency)), Some((m, f))) => Some((mask | m, frequency + f)),
                _ => None,
            };
        }
        if whole.nullable {
            whole.anchor = None;
        } else if let Some(mut any) = any {
            any.sort_unstable();
            any.dedup();
            whole.required.push(any);
        }
        Ok(whole)
    }
}
