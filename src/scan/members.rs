//! The class members of several words, as a tree over word ids.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::beside::{self, Share, Shares};
use super::runs::Runs;
use super::tokens::{Token, flag};
use crate::pack;
use crate::pattern::matcher::Edge;
use crate::pattern::sets::{SetId, WordSet};
use crate::pattern::words::{NUMBER, WordId};

/// All members of several words of a lexicon.
#[derive(Debug, Serialize, Deserialize)]
pub struct Members {
    /// By first word, its node; 0 is the root and never led to.
    #[serde(with = "pack")]
    firsts: Vec<u32>,
    /// By the node of a first word, the shares of the second words.
    #[serde(with = "pack")]
    seconds: Vec<Shares>,
    /// An open table of (node, word) and the node that they lead to, in one number each.
    #[serde(with = "pack")]
    table: Vec<[u64; 2]>,
    /// The sets that a node completes a member of.
    ends: Runs,
}

impl Members {
    /// `shares` are those of all words.
    pub fn new(sets: &[WordSet], shares: &[Share]) -> Self {
        let mut members = Members {
            firsts: vec![0; shares.len()],
            seconds: vec![Shares::default()],
            table: Vec::new(),
            ends: Runs::default(),
        };
        let phrases = || sets.iter().zip(0..).flat_map(|(set, id)| set.phrases.iter().map(move |phrase| (phrase, id)));
        for (phrase, _) in phrases() {
            let first = &mut members.firsts[phrase[0] as usize];
            if *first == 0 {
                *first = members.seconds.len() as u32;
                members.seconds.push(Shares::default());
            }
            beside::add(&mut members.seconds[*first as usize], shares[phrase[1] as usize]);
        }
        let mut steps: FxHashMap<u64, u32> = FxHashMap::default();
        let mut ends = Vec::new();
        let mut nodes = members.seconds.len() as u32;
        for (phrase, id) in phrases() {
            let mut node = members.firsts[phrase[0] as usize];
            for &word in &phrase[1..] {
                node = *steps.entry(step(node, word)).or_insert_with(|| {
                    nodes += 1;
                    nodes - 1
                });
            }
            ends.push((node, id as SetId));
        }
        members.ends = Runs::new(nodes as usize, &ends);
        members.table = vec![[0; 2]; (steps.len() * 2).next_power_of_two()];
        let mut steps: Vec<_> = steps.into_iter().collect();
        steps.sort_unstable();
        let table = &mut members.table;
        for (key, node) in steps {
            let mut at = slot(key, table.len());
            while table[at][1] != 0 {
                at = (at + 1) & (table.len() - 1);
            }
            table[at] = [key, u64::from(node)];
        }
        members
    }

    /// Notes the members that begin within a range of tokens.
    #[inline(never)]
    pub fn within(&self, tokens: &[Token], range: Range<usize>, edges: &mut Vec<Edge>) {
        for (token, at) in tokens[range.clone()].iter().zip(range) {
            if token.flags & flag::BEGINS != 0 {
                self.at(tokens, at, edges);
            }
        }
    }

    /// Notes the members that begin at a token. Of two words that could begin one most do not, which their shares tell.
    #[inline]
    fn at(&self, tokens: &[Token], start: usize, edges: &mut Vec<Edge>) {
        let Some(second) = tokens.get(start + 1) else { return };
        for word in words(&tokens[start]) {
            let node = self.firsts[word as usize];
            if node != 0 && beside::holds(&self.seconds[node as usize], second.share) {
                self.follow(tokens, start..start + 1, node, edges);
            }
        }
    }

    /// Notes the members that begin with the tokens of `taken`, which lead to `node`.
    fn follow(&self, tokens: &[Token], taken: Range<usize>, node: u32, edges: &mut Vec<Edge>) {
        let Some(token) = tokens.get(taken.end).filter(|t| t.flags & flag::COMMA == 0) else { return };
        for word in words(token) {
            if let Some(node) = self.step(node, word) {
                let (start, end) = (taken.start, taken.end + 1);
                edges.extend(self.ends.get(node).iter().map(|&set| Edge { start, end, set }));
                self.follow(tokens, start..end, node, edges);
            }
        }
    }

    #[inline]
    fn step(&self, node: u32, word: WordId) -> Option<u32> {
        let key = step(node, word);
        let mut at = slot(key, self.table.len());
        loop {
            let [known, node] = self.table[at];
            if node == 0 {
                return None;
            }
            if known == key {
                return Some(node as u32);
            }
            at = (at + 1) & (self.table.len() - 1);
        }
    }
}

/// What a token is read as: digits are the word that they are, and any number.
#[inline]
fn words(token: &Token) -> impl Iterator<Item = WordId> {
    let any = token.flags & flag::NUMBER != 0 && token.id != NUMBER;
    [token.id, NUMBER].into_iter().take(1 + usize::from(any))
}

fn step(node: u32, word: WordId) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

fn slot(key: u64, size: usize) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (size - 1)
}
