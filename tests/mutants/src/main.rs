//! Puts all mutants that cargo-mutants lists into one program, which asks a variable of its environment which of them to be. One build then
//! serves all, where cargo-mutants builds for each: `caselint-mutants MUTANTS.json ROOT` rewrites the files below ROOT.
//!
//! What cannot stand beside the right code is printed, a line each, and left out.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

#[derive(Deserialize)]
struct Mutant {
    file: String,
    genre: String,
    name: String,
    replacement: String,
    span: Span,
}

#[derive(Deserialize)]
struct Span {
    start: Place,
}

/// Both count from 1.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    line: usize,
    column: usize,
}

type Bytes = Range<usize>;

/// A piece of a source file that some mutants change.
enum Piece {
    /// A body: mutants return at once.
    Body {
        at: usize,
    },
    Binary {
        whole: Bytes,
        left: Bytes,
        operator: Bytes,
        right: Bytes,
    },
    Unary {
        whole: Bytes,
        operand: Bytes,
    },
    Guard {
        whole: Bytes,
    },
    /// A match arm, by its pattern and its guard.
    Arm {
        pattern: Bytes,
        guard: Option<Bytes>,
    },
}

impl Piece {
    fn range(&self) -> Bytes {
        match self {
            Piece::Body { at } => *at..*at,
            Piece::Binary { whole, .. } | Piece::Unary { whole, .. } | Piece::Guard { whole } => whole.clone(),
            Piece::Arm { pattern, guard } => pattern.end..guard.as_ref().map_or(pattern.end, |guard| guard.end),
        }
    }
}

/// Finds the pieces that mutants name by their places.
struct Finder<'a> {
    wanted: &'a BTreeMap<(usize, usize), Vec<(usize, &'a Mutant)>>,
    found: Vec<(Piece, Vec<(usize, &'a Mutant)>)>,
}

impl<'a> Finder<'a> {
    fn at(&self, span: proc_macro2::Span, genre: &str) -> Vec<(usize, &'a Mutant)> {
        let place = span.start();
        let here = self.wanted.get(&(place.line, place.column + 1));
        here.into_iter().flatten().filter(|(_, mutant)| mutant.genre == genre).copied().collect()
    }

    fn add(&mut self, piece: Piece, mutants: Vec<(usize, &'a Mutant)>) {
        if !mutants.is_empty() {
            self.found.push((piece, mutants));
        }
    }
}

fn bytes(node: &impl Spanned) -> Bytes {
    node.span().byte_range()
}

fn has_let(expression: &syn::Expr) -> bool {
    match expression {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_block(&mut self, block: &'ast syn::Block) {
        if let Some(first) = block.stmts.first() {
            let at = bytes(first).start;
            self.add(Piece::Body { at }, self.at(first.span(), "FnValue"));
        }
        visit::visit_block(self, block);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        if !has_let(&binary.left) && !has_let(&binary.right) {
            let piece = Piece::Binary {
                whole: bytes(binary),
                left: bytes(&binary.left),
                operator: bytes(&binary.op),
                right: bytes(&binary.right),
            };
            self.add(piece, self.at(binary.op.span(), "BinaryOperator"));
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        self.add(Piece::Unary { whole: bytes(unary), operand: bytes(&unary.expr) }, self.at(unary.span(), "UnaryOperator"));
        visit::visit_expr_unary(self, unary);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let guard = arm.guard.as_ref().map(|(_, guard)| guard);
        if let Some(guard) = guard.filter(|guard| !has_let(guard)) {
            self.add(Piece::Guard { whole: bytes(&**guard) }, self.at(guard.span(), "MatchArmGuard"));
        }
        let piece = Piece::Arm { pattern: bytes(&arm.pat), guard: guard.map(|guard| bytes(&**guard)) };
        self.add(piece, self.at(arm.span(), "MatchArm"));
        visit::visit_arm(self, arm);
    }
}

/// The text between two places, with all pieces in it that can be any of their mutants.
fn render(text: &str, range: Bytes, pieces: &[(Piece, Vec<(usize, &Mutant)>)]) -> String {
    let mut out = String::new();
    let mut at = range.start;
    for (number, (piece, mutants)) in pieces.iter().enumerate() {
        let whole = piece.range();
        if whole.start < at || whole.end > range.end {
            continue;
        }
        out.push_str(&text[at..whole.start]);
        at = whole.end;
        let inner = |range: &Bytes| render(text, range.clone(), &pieces[number + 1..]);
        match piece {
            Piece::Body { .. } => {
                for (id, mutant) in mutants {
                    out.push_str(&format!("\nif crate::mutants::is({id}) {{ return {}; }}\n", mutant.replacement));
                }
            }
            Piece::Binary { left, operator, right, .. } => {
                let (left, right) = (inner(left), inner(right));
                out.push('(');
                for (id, mutant) in mutants {
                    out.push_str(&format!(
                        "\nif crate::mutants::is({id}) {{ ({left}) {} ({right}) }} else\n",
                        mutant.replacement
                    ));
                }
                out.push_str(&format!("{{ ({left}) {} ({right}) }})", &text[operator.clone()]));
            }
            Piece::Unary { operand, whole } => {
                let sign = &text[whole.start..operand.start];
                let operand = inner(operand);
                out.push('(');
                for (id, _) in mutants {
                    out.push_str(&format!("\nif crate::mutants::is({id}) {{ {operand} }} else\n"));
                }
                out.push_str(&format!("{{ {sign}({operand}) }})"));
            }
            Piece::Guard { whole } => {
                let mut guard = inner(whole);
                for (id, mutant) in mutants {
                    let is = format!("\ncrate::mutants::is({id})\n");
                    guard = if mutant.replacement == "true" {
                        format!("({is} || {guard})")
                    } else {
                        format!("(!{is} && {guard})")
                    };
                }
                out.push_str(&guard);
            }
            Piece::Arm { guard, .. } => {
                let stands: Vec<String> = mutants.iter().map(|(id, _)| format!("\n!crate::mutants::is({id})\n")).collect();
                let stands = stands.join(" && ");
                match guard {
                    Some(guard) => out.push_str(&format!(" if {stands} && ({})", inner(guard))),
                    None => out.push_str(&format!(" if {stands}")),
                }
            }
        }
    }
    out.push_str(&text[at..range.end]);
    out
}

const ASKS: &str = "
#[doc(hidden)]
pub mod mutants {
    static CHOSEN: std::sync::LazyLock<Option<usize>> = std::sync::LazyLock::new(|| std::env::var(\"MUTANT\").ok()?.parse().ok());
    pub fn is(number: usize) -> bool {
        *CHOSEN == Some(number)
    }
}
";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [list, root, dropped @ ..] = &arguments[..] else {
        panic!("caselint-mutants MUTANTS.json ROOT [NUMBER…]")
    };
    let dropped: HashSet<usize> = dropped.iter().map(|number| number.parse().expect("a number of a mutant")).collect();
    let mutants: Vec<Mutant> =
        serde_json::from_str(&fs::read_to_string(list).expect("the list can be read")).expect("it is cargo-mutants' list");
    let mut files: BTreeMap<&str, BTreeMap<(usize, usize), Vec<(usize, &Mutant)>>> = BTreeMap::new();
    for (number, mutant) in mutants.iter().enumerate().filter(|(number, _)| !dropped.contains(number)) {
        let start = mutant.span.start;
        files
            .entry(&mutant.file)
            .or_default()
            .entry((start.line, start.column))
            .or_default()
            .push((number, mutant));
    }
    let mut placed = HashSet::new();
    for (file, wanted) in &files {
        let path = Path::new(root).join(file);
        let text = fs::read_to_string(&path).expect("the source can be read");
        let mut finder = Finder { wanted, found: Vec::new() };
        finder.visit_file(&syn::parse_file(&text).expect("the source is Rust"));
        // Outer pieces first, so that inner ones are rendered within them.
        finder.found.sort_by_key(|(piece, _)| {
            (piece.range().start, !matches!(piece, Piece::Body { .. }), usize::MAX - piece.range().end)
        });
        placed.extend(finder.found.iter().flat_map(|(_, mutants)| mutants.iter().map(|(number, _)| *number)));
        fs::write(&path, render(&text, 0..text.len(), &finder.found)).expect("the source can be written");
    }
    let lib = Path::new(root).join("src/lib.rs");
    fs::write(&lib, fs::read_to_string(&lib).expect("the source can be read") + ASKS).expect("the source can be written");
    for (number, mutant) in mutants.iter().enumerate().filter(|(number, _)| !placed.contains(number)) {
        println!("{number}\tleft out\t{}", mutant.name);
    }
}
