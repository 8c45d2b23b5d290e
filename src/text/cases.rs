//! Reading the case files under `tests/text`.

use super::Vocabulary;

/// The words as they are shipped.
pub(crate) fn vocabulary() -> Vocabulary {
    let file = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicons/context/structure.toml"));
    let file: toml::Table = file.parse().expect("structure.toml is TOML");
    let words = |class: &str| {
        let words = file["class"][class]["words"].as_array().expect("a class has words");
        words.iter().map(|word| word.as_str().expect("a word is a string").to_owned()).collect()
    };
    Vocabulary {
        abbreviations: words("abbreviation"),
        months: words("month"),
        weekdays: words("weekday"),
        date_labels: words("date-label"),
        person_labels: words("person-label"),
        age_words: words("age-word"),
        amounts: words("amount"),
    }
}

/// One case a line; `#` begins a comment, `\n` is a line's end and `\t` a tab.
pub(super) fn lines(file: &str) -> Vec<String> {
    let is_case = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    file.lines().filter(is_case).map(|line| line.replace("\\n", "\n").replace("\\t", "\t")).collect()
}

/// One case a block, each after a line that begins with `---`.
pub(super) fn blocks(file: &str) -> Vec<String> {
    file.split("\n---")
        .skip(1)
        .filter_map(|block| Some(block.split_once('\n')?.1.trim_end().to_owned()))
        .collect()
}

/// The pieces between marks, each with the number of the mark before it.
pub(super) fn pieces<'a>(case: &'a str, marks: &[&str]) -> Vec<(Option<usize>, &'a str)> {
    let (mut pieces, mut before, mut rest) = (Vec::new(), None, case);
    loop {
        let next = marks.iter().enumerate().filter_map(|(i, mark)| Some((rest.find(mark)?, i))).min();
        let Some((at, mark)) = next else { break };
        pieces.push((before, &rest[..at]));
        (before, rest) = (Some(mark), &rest[at + marks[mark].len()..]);
    }
    pieces.push((before, rest));
    pieces
}

/// Fails with all that is wrong at once, so that one change of a rule shows everything that it changes.
pub(super) fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
