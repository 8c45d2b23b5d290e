//! What the program is built from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use super::root;

/// The lines of `cargo tree` for the program as it is built by itself, on one platform, in a form.
fn tree(form: &str, more: &[&str]) -> BTreeSet<String> {
    let arguments =
        ["tree", "-e", "normal", "--target", "x86_64-unknown-linux-gnu", "--prefix", "none", "--locked", "--offline", "-f", form];
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(more)
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    let lines = text.lines().map(|line| line.trim_end_matches(" (*)").to_owned());
    lines.filter(|line| !line.is_empty() && !line.starts_with("caselint ")).collect()
}

/// All crates that are in the program, the standard library aside.
pub fn crates() -> String {
    tree("{p}", &[]).len().to_string()
}

/// Those that its own manifest names.
pub fn direct() -> String {
    tree("{p}", &["--depth", "1"]).len().to_string()
}

/// Those of the engine alone.
pub fn engine() -> String {
    let list = fs::read_to_string(root().join("tests/engine/crates.txt")).expect("the engine's crates are listed");
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count().to_string()
}

/// How many crates are under which licence.
pub fn licences() -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in tree("{p}\t{l}", &[]) {
        let licence = line.split('\t').nth(1).unwrap_or_default().replace('/', " OR ").replace("  OR  ", " OR ");
        *counts.entry(licence).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by(|(a, n), (b, m)| m.cmp(n).then(a.cmp(b)));
    let rows = rows.iter().map(|(licence, count)| format!("| {licence} | {count} |\n"));
    format!("\n\n| licence, as the crate states it | crates |\n| --- | --: |\n{}\n", rows.collect::<String>())
}
