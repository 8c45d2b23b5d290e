//! From the text of a pattern to its parts.

use thiserror::Error;

use crate::scan::tokens;

/// A gap of `..N` may pass this many words.
pub const MAX_GAP: u8 = 8;
/// Free order may spread over this many words.
pub const MAX_WINDOW: u8 = 24;
/// Free order has two parts to this many.
pub const MAX_PARTS: usize = 4;
/// Brackets within brackets.
const MAX_DEPTH: usize = 16;

/// One part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// A word in lower case, alone or in all its inflections.
    Word {
        text: String,
        inflected: bool,
    },
    /// A word in this very case.
    Exact(String),
    /// A member of a class, as listed or with every member inflected.
    Class {
        name: String,
        inflected: bool,
    },
    /// A literal sign.
    Sign(char),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Optional(Box<Node>),
    /// Up to so many words of any kind.
    Gap(u8),
    /// The part to be reported.
    Span(Box<Node>),
    /// Parts in any order, all within `window` words. Only ever the whole pattern.
    Free {
        parts: Vec<Node>,
        window: u8,
    },
}

/// What is wrong with a pattern, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct PatternError(pub String);

fn err<T>(message: impl Into<String>) -> Result<T, PatternError> {
    Err(PatternError(message.into()))
}

/// Reads a pattern.
pub fn parse(pattern: &str) -> Result<Node, PatternError> {
    let mut parser = Parser { chars: pattern.chars().collect(), at: 0, depth: 0, spans: 0 };
    let node = parser.choice()?;
    match parser.peek() {
        None => Ok(node),
        Some('&') => err("`&` stands only between the parts of `[a & b]/8`; the word is written `and`"),
        Some(c) => err(format!("“{c}” closes nothing; remove it or open it before")),
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: usize,
    spans: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// `a b | c`, up to a closing bracket or the end.
    fn choice(&mut self) -> Result<Node, PatternError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return err(format!("brackets within brackets more than {MAX_DEPTH} deep; move a part into a class"));
        }
        let mut options = vec![self.sequence()?];
        while self.eat('|') {
            options.push(self.sequence()?);
        }
        self.depth -= 1;
        if options.len() > 1 && options.iter().any(|o| matches!(o, Node::Sequence(v) if v.is_empty())) {
            return err("a choice has an empty side; write `(a | b)?` for a part that may be absent");
        }
        Ok(if options.len() == 1 { options.remove(0) } else { Node::Choice(options) })
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let mut parts = Vec::new();
        loop {
            self.skip_blanks();
            match self.peek() {
                None | Some(')' | '|' | '>' | ']' | '}' | '&') => break,
                Some('?') => {
                    self.at += 1;
                    let Some(last) = parts.pop() else {
                        return err("`?` follows nothing; for a literal question mark write `\\?`");
                    };
                    parts.push(Node::Optional(Box::new(last)));
                }
                Some(_) => parts.push(self.item()?),
            }
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::Sequence(parts) })
    }

    fn item(&mut self) -> Result<Node, PatternError> {
        match self.peek() {
            Some('(') => self.group('(', ')'),
            Some('<') => {
                self.spans += 1;
                if self.spans > 1 {
                    return err("`<` stands twice; one part can be reported");
                }
                Ok(Node::Span(Box::new(self.group('<', '>')?)))
            }
            Some('{') => self.class(),
            Some('[') => self.free(),
            Some('.') if self.chars.get(self.at + 1) == Some(&'.') => self.gap(),
            Some('\\') => self.sign(),
            Some('=') => self.exact(),
            Some('~') => err("`~` follows nothing; it stands right behind a word (consent~) or in a class ({put~})"),
            _ => self.word(),
        }
    }

    fn group(&mut self, open: char, close: char) -> Result<Node, PatternError> {
        self.at += 1;
        let node = self.choice()?;
        if !self.eat(close) {
            return err(format!("`{open}` is never closed; add `{close}`"));
        }
        if matches!(&node, Node::Sequence(parts) if parts.is_empty()) {
            return err(format!("`{open}{close}` is empty; remove it"));
        }
        Ok(node)
    }

    fn class(&mut self) -> Result<Node, PatternError> {
        self.at += 1;
        let start = self.at;
        while self.peek().is_some_and(|c| c != '}') {
            self.at += 1;
        }
        let written: String = self.chars[start..self.at].iter().collect();
        if !self.eat('}') {
            return err("`{` is never closed; add `}` behind the name of the class");
        }
        let (name, inflected) = match written.strip_suffix('~') {
            Some(name) => (name, true),
            None => (written.as_str(), false),
        };
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            return err(format!("“{{{written}}}” is no class name; names are lower case with hyphens"));
        }
        Ok(Node::Class { name: name.to_owned(), inflected })
    }

    fn free(&mut self) -> Result<Node, PatternError> {
        if self.at != 0 {
            return err("`[… & …]` must be the whole pattern; move what stands before it into a part of its own");
        }
        self.at += 1;
        let mut parts = vec![self.choice()?];
        while self.eat('&') {
            parts.push(self.choice()?);
        }
        if !self.eat(']') {
            return err("`[` is never closed; write `[a & b]/8`");
        }
        if !self.eat('/') {
            return err("free order lacks its window; write `[a & b]/8`");
        }
        let window = self.digits("the window of free order", MAX_WINDOW)?;
        self.skip_blanks();
        if self.peek().is_some() {
            return err("`[… & …]/N` must be the whole pattern; move what follows into a part of its own");
        }
        if !(2..=MAX_PARTS).contains(&parts.len()) {
            return err(format!("free order takes two to {MAX_PARTS} parts and has {}", parts.len()));
        }
        if parts.iter().any(|p| contains(p, &|n| matches!(n, Node::Gap(_) | Node::Span(_)))) {
            return err("a part of free order holds a gap or `< >`; neither has a meaning there");
        }
        Ok(Node::Free { parts, window })
    }

    fn gap(&mut self) -> Result<Node, PatternError> {
        self.at += 2;
        Ok(Node::Gap(self.digits("a gap", MAX_GAP)?))
    }

    fn digits(&mut self, what: &str, most: u8) -> Result<u8, PatternError> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        let written: String = self.chars[start..self.at].iter().collect();
        match written.parse() {
            Ok(n) if (1..=most).contains(&n) => Ok(n),
            _ => err(format!("{what} takes a number from 1 to {most}, and “{written}” is none")),
        }
    }

    fn sign(&mut self) -> Result<Node, PatternError> {
        self.at += 1;
        match self.peek() {
            Some(c) if tokens::is_sign(c) => {
                self.at += 1;
                Ok(Node::Sign(c))
            }
            Some(c) => err(format!("“\\{c}” is no sign that stands as a word of its own; these are: {}", tokens::SIGNS)),
            None => err("`\\` is the last character; a sign follows it"),
        }
    }

    fn exact(&mut self) -> Result<Node, PatternError> {
        self.at += 1;
        let run = self.run();
        match split(&run).as_slice() {
            [one] => Ok(Node::Exact(one.clone())),
            _ => err(format!("`=` takes one word and “{run}” is not one; give each word its own `=`")),
        }
    }

    fn run(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|c| !c.is_whitespace() && !"()|?{}[]&<>~=\\".contains(c)) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }

    /// A run of characters is one word or, where the text would be cut too, several.
    fn word(&mut self) -> Result<Node, PatternError> {
        let run = self.run();
        let inflected = self.eat('~');
        let mut words: Vec<Node> =
            split(&run).into_iter().map(|w| Node::Word { text: w.to_lowercase(), inflected: false }).collect();
        match words.last_mut() {
            Some(Node::Word { inflected: last, .. }) => *last = inflected,
            _ => return err(format!("“{run}” holds no word; a literal sign is written with `\\`")),
        }
        Ok(if words.len() == 1 { words.remove(0) } else { Node::Sequence(words) })
    }
}

/// The words of a run, cut as the text is cut.
fn split(run: &str) -> Vec<String> {
    let folded = crate::text::Text::new(run);
    if tokens::is_clitic(folded.folded()) {
        return vec![folded.folded().to_owned()];
    }
    tokens::words_of(folded.folded())
}

/// Whether a part, or any part of it, answers to `test`.
pub fn contains(node: &Node, test: &dyn Fn(&Node) -> bool) -> bool {
    test(node)
        || match node {
            Node::Sequence(nodes) | Node::Choice(nodes) | Node::Free { parts: nodes, .. } => {
                nodes.iter().any(|n| contains(n, test))
            }
            Node::Optional(node) | Node::Span(node) => contains(node, test),
            _ => false,
        }
}
