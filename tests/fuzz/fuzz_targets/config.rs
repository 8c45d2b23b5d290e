//! A configuration file.
#![no_main]

use std::path::Path;

use caselint::config::Config;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(error) = Config::parse(Path::new("caselint.toml"), text) {
        assert!(!error.to_string().is_empty());
    }
});
