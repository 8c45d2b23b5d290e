//! Every concern of the embedded lexicon has examples of both kinds. That they hold is for `caselint lexicon check`.

use caselint::upkeep;
use toml::{Table, Value};

#[test]
fn every_concern_has_examples_to_flag_and_to_leave() {
    let mut concerns = 0;
    let mut without = Vec::new();
    for file in upkeep::embedded() {
        let table: Table = file.text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.name));
        for concern in table.get("concern").and_then(Value::as_array).into_iter().flatten() {
            concerns += 1;
            let has = |key: &str| concern.get(key).and_then(Value::as_array).is_some_and(|examples| !examples.is_empty());
            if !has("flags") || !has("leaves") {
                without.push(format!("{}: {}", file.name, concern["id"]));
            }
        }
    }
    assert!(concerns > 100, "only {concerns} concerns were found");
    assert!(without.is_empty(), "without examples:\n{}", without.join("\n"));
}
