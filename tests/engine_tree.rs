//! The crates that the engine is built from. What is not in `engine/crates.txt` does not get in by accident, and none can reach a network.

// The list is that of one platform; others need a crate or two beside it.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use ignore::WalkBuilder;

const KNOWN: &str = include_str!("engine/crates.txt");

/// Crates that speak to a network, or that such crates are made of.
const NETWORK: &[&str] = &[
    "async-std",
    "curl",
    "h2",
    "hickory-resolver",
    "http",
    "hyper",
    "isahc",
    "mio",
    "native-tls",
    "openssl",
    "quinn",
    "reqwest",
    "rustls",
    "smol",
    "socket2",
    "tokio",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
    "webpki",
];

/// The crates of the engine with their versions, without its own.
fn crates() -> BTreeSet<String> {
    let arguments = ["tree", "--no-default-features", "-e", "normal", "--prefix", "none", "--locked", "--offline"];
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs, since it runs this test");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    // A line is `name v1.2.3`, with remarks such as `(*)` or `(proc-macro)` after it.
    let named = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    text.lines().map(named).filter(|name| !name.is_empty() && !name.starts_with("caselint ")).collect()
}

#[test]
fn the_engine_is_built_from_known_crates() {
    let known: BTreeSet<String> = KNOWN.lines().map(str::to_owned).collect();
    let built = crates();
    let new: Vec<&String> = built.difference(&known).collect();
    let gone: Vec<&String> = known.difference(&built).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "the engine's dependencies have changed.\n  new: {new:?}\n  gone: {gone:?}\nA new crate needs a reason, a permissive licence and no \
         network; a new version needs a look at its changes. Then tests/engine/crates.txt should hold:\n\n{}\n",
        built.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn no_crate_of_the_engine_speaks_to_a_network() {
    let built = crates();
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let found: Vec<String> = built.iter().map(|line| name(line)).filter(|name| NETWORK.contains(&name.as_str())).collect();
    assert!(built.len() > 10 && found.is_empty(), "{found:?} among {} crates", built.len());
}

/// What opens a socket, in the words of source code.
const SOCKETS: &[&str] =
    &["std::net", "tokio", "hyper", "axum", "tower_http", "socket2", "UnixStream", "UnixListener", "UnixDatagram"];

/// The rest of the program may use no network either: only `serve` may.
#[test]
fn the_network_stands_in_serve_alone() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut read = 0;
    for entry in WalkBuilder::new(&source).standard_filters(false).build() {
        let path = entry.expect("a folder can be read").into_path();
        if path.extension().is_none_or(|end| end != "rs") || path.starts_with(source.join("serve")) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        let found = SOCKETS.iter().find(|name| text.contains(**name));
        assert_eq!(found, None, "{}", path.display());
        read += 1;
    }
    assert!(read > 100);
}
