//! A lexicon file without what only those who keep it need, for what is loaded over a network.

use crate::pattern::short::shortest;

/// The keys that hold patterns.
const PATTERNS: [&str; 8] = ["any", "enough", "lacks", "leave", "more", "pattern", "phrases", "words"];

/// A lexicon file as short as it can be, without comments and examples. Its lexicon has the same edition.
///
/// # Errors
/// What is wrong with the TOML.
pub fn lean(text: &str) -> Result<String, Box<dyn std::error::Error>> {
    let mut file: toml::Table = toml::from_str(text)?;
    for key in ["concern", "gap"] {
        let tables = file.get_mut(key).and_then(toml::Value::as_array_mut);
        for table in tables.into_iter().flatten().filter_map(toml::Value::as_table_mut) {
            table.remove("flags");
            table.remove("leaves");
        }
    }
    let classes = file.get_mut("class").and_then(toml::Value::as_table_mut);
    for (_, class) in classes.into_iter().flatten() {
        let class = class.as_table_mut().ok_or("a class is a table")?;
        class.remove("holds");
        class.remove("lacks");
    }
    file.iter_mut().for_each(|(_, value)| shorten(value, false));
    Ok(toml::to_string(&file)?)
}

fn shorten(value: &mut toml::Value, is_pattern: bool) {
    match value {
        toml::Value::String(text) if is_pattern => *text = shortest(text),
        toml::Value::Array(items) => items.iter_mut().for_each(|item| shorten(item, is_pattern)),
        toml::Value::Table(table) => {
            table.iter_mut().for_each(|(key, value)| shorten(value, PATTERNS.contains(&key.as_str())));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::lean;
    use crate::lexicon::{Lexicon, SourceFile};
    use crate::upkeep;

    #[test]
    fn a_lean_lexicon_has_the_same_edition() {
        let edition = |files: &[SourceFile]| Lexicon::compile(files, false, &mut Vec::new()).edition;
        let whole = upkeep::embedded();
        let short = |file: &SourceFile| SourceFile { name: file.name.clone(), text: lean(&file.text).expect("a lexicon file") };
        let files: Vec<SourceFile> = whole.iter().map(short).collect();
        assert!(files.iter().map(|file| file.text.len()).sum::<usize>() < whole.iter().map(|file| file.text.len()).sum());
        assert_eq!(edition(&files), edition(&whole));
    }
}
