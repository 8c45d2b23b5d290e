//! The class members of several words, as a tree over word ids.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::beside::{self, Share, Shares};
use super::runs::Runs;
use super::tokens::{Token, flag};
use crate::pack::{List, Stow};
use crate::pattern::matcher::Edge;
use crate::pattern::sets::{SetId, WordSet};
use crate::pattern::words::{NUMBER, UNKNOWN, WordId};

/// All members of several words of a lexicon.
///
/// The nodes are numbered level by level, so that the children of one follow each other; 0 is the root.
#[derive(Debug, Serialize, Deserialize)]
pub struct Members {
    /// By first word, its node, or 0.
    firsts: List<u32>,
    /// By the node of a first word, the shares of the second words.
    seconds: List<Shares>,
    /// By node, the word that leads to it.
    words: List<WordId>,
    /// By node, its first child; those of one are in order of their words.
    children: List<u32>,
    /// The sets that a node completes a member of.
    ends: Runs,
}

/// A node while the tree is built.
#[derive(Default)]
struct Node {
    children: BTreeMap<WordId, Node>,
    ends: Vec<SetId>,
}

impl Members {
    /// `shares` are those of all words.
    pub fn new(sets: &[WordSet], shares: &[Share]) -> Self {
        let mut root = Node::default();
        for (set, id) in sets.iter().zip(0..) {
            for phrase in &set.phrases {
                let node = phrase.iter().fold(&mut root, |node, &word| node.children.entry(word).or_default());
                node.ends.push(id);
            }
        }
        let (mut words, mut children, mut ends) = (vec![UNKNOWN], Vec::new(), Vec::new());
        let mut level = vec![&root];
        while !level.is_empty() {
            for node in &level {
                ends.extend(node.ends.iter().map(|&set| (children.len() as u32, set)));
                children.push(words.len() as u32);
                words.extend(node.children.keys());
            }
            level = level.iter().flat_map(|node| node.children.values()).collect();
        }
        children.push(words.len() as u32);
        let (mut firsts, mut seconds) = (vec![0; shares.len()], vec![Shares::default()]);
        for ((&word, node), number) in root.children.iter().zip(1..) {
            firsts[word as usize] = number;
            let mut second = Shares::default();
            node.children.keys().for_each(|&word| beside::add(&mut second, shares[word as usize]));
            seconds.push(second);
        }
        let ends = Runs::new(words.len(), &ends);
        Members {
            firsts: firsts.into(),
            seconds: seconds.into(),
            ends,
            words: words.into(),
            children: children.into(),
        }
    }

    pub fn lists(&mut self) -> impl Iterator<Item = &mut dyn Stow> {
        let own: [&mut dyn Stow; 4] = [&mut self.firsts, &mut self.seconds, &mut self.words, &mut self.children];
        own.into_iter().chain(self.ends.lists())
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
        let Some(token) = tokens.get(taken.end).filter(|t| t.flags & flag::COMMA == 0) else {
            return;
        };
        for word in words(token) {
            if let Some(node) = self.step(node, word) {
                let (start, end) = (taken.start, taken.end + 1);
                edges.extend(self.ends.get(node).iter().map(|&set| Edge { start, end, set }));
                self.follow(tokens, start..end, node, edges);
            }
        }
    }

    /// The node that a word leads to from another.
    #[inline]
    fn step(&self, node: u32, word: WordId) -> Option<u32> {
        let first = self.children[node as usize];
        let words = &self.words[first as usize..self.children[node as usize + 1] as usize];
        words.binary_search(&word).ok().map(|at| first + at as u32)
    }
}

/// What a token is read as: digits are the word that they are, and any number.
#[inline]
fn words(token: &Token) -> impl Iterator<Item = WordId> {
    let any = token.flags & flag::NUMBER != 0 && token.id != NUMBER;
    [token.id, NUMBER].into_iter().take(1 + usize::from(any))
}
