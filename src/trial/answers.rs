//! What a reader answered, as the sheet saves it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Whether the words marked on a sheet should be reworded or need analysis beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Answer {
    Agree,
    Disagree,
    /// The text shown is not enough to tell.
    CannotTell,
}

/// The answers of one reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Answers {
    /// The name of the sheet.
    pub sheet: String,
    /// Who read it, where they say so.
    #[serde(default)]
    pub reader: String,
    /// By the number of the mention. One without an answer is not there.
    #[serde(with = "rows")]
    pub answers: BTreeMap<usize, Answer>,
}

/// Why answers cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswersError {
    #[error("these are no answers to a sheet: {0}; save them on the sheet, as JSON or CSV")]
    Format(String),
    #[error("line {line}: `{answer}` is no answer; it is agree, disagree or cannot-tell")]
    Answer { line: usize, answer: String },
}

/// A line of the CSV.
const HEADER: &str = "sheet,item,answer";

impl Answers {
    /// No answers yet.
    pub fn to(sheet: &str) -> Self {
        Answers { sheet: sheet.to_owned(), reader: String::new(), answers: BTreeMap::new() }
    }

    /// Reads what a sheet saves, as JSON or as CSV with the columns sheet, item and answer.
    ///
    /// # Errors
    /// A text that is neither, or an answer that is none.
    pub fn read(text: &str) -> Result<Answers, AnswersError> {
        let text = text.trim_start_matches('\u{FEFF}').trim();
        if text.starts_with('{') {
            return serde_json::from_str(text).map_err(|error| AnswersError::Format(error.to_string()));
        }
        let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        let header = lines.next().map_or("", |(line, _)| line);
        if !plain(header).starts_with(HEADER) {
            return Err(AnswersError::Format(format!("the first line is not {HEADER}")));
        }
        let mut read: Option<Answers> = None;
        for (line, number) in lines {
            let line = plain(line);
            let [sheet, item, answer] = line.split(',').take(3).collect::<Vec<_>>()[..] else {
                return Err(AnswersError::Format(format!("line {number} has fewer than three columns")));
            };
            let item = item.parse().map_err(|_| AnswersError::Format(format!("line {number} has no number of an item")))?;
            let answers = read.get_or_insert_with(|| Answers::to(sheet));
            if answers.sheet != sheet {
                return Err(AnswersError::Format(format!("line {number} is of another sheet than those before")));
            }
            if !answer.is_empty() {
                let error = || AnswersError::Answer { line: number, answer: answer.to_owned() };
                answers.answers.insert(item, Answer::named(answer).ok_or_else(error)?);
            }
        }
        read.ok_or_else(|| AnswersError::Format("no line with an answer".to_owned()))
    }
}

impl Answer {
    fn named(name: &str) -> Option<Answer> {
        serde_json::from_value(name.to_lowercase().into()).ok()
    }
}

/// A line of the three plain columns, as spreadsheets may save it.
fn plain(line: &str) -> String {
    line.replace(['"', ' '], "").replace([';', '\t'], ",")
}

/// Answers as a list of rows, which is easier to read and write than a map with numbers as keys.
mod rows {
    use super::{Answer, BTreeMap, Deserialize, Serialize};
    use serde::{Deserializer, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Row {
        item: usize,
        answer: Answer,
    }

    pub fn serialize<S: Serializer>(answers: &BTreeMap<usize, Answer>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(answers.iter().map(|(&item, &answer)| Row { item, answer }))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<usize, Answer>, D::Error> {
        let rows = Vec::<Row>::deserialize(deserializer)?;
        Ok(rows.into_iter().map(|row| (row.item, row.answer)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_read_alike() {
        let json = r#"{"sheet": "a1", "reader": "AB", "answers": [{"item": 1, "answer": "agree"}, {"item": 3, "answer": "cannot-tell"}]}"#;
        let from_json = Answers::read(json).expect("JSON");
        for csv in [
            "sheet,item,answer\na1,1,agree\na1,2,\na1,3,cannot-tell\n",
            "\u{FEFF}\"sheet\";\"item\";\"answer\"\r\n\"a1\";\"1\";\"Agree\"\r\na1;3;cannot-tell\r\n",
        ] {
            let from_csv = Answers::read(csv).expect("CSV");
            assert_eq!((&from_csv.sheet, &from_csv.answers), (&from_json.sheet, &from_json.answers));
        }
        assert_eq!(Answers::read(&serde_json::to_string(&from_json).expect("JSON")), Ok(from_json));
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, told) in [
            ("", "first line"),
            ("{\"sheet\": 1}", "no answers"),
            ("sheet,item,answer\n", "no line"),
            ("sheet,item,answer\na,1", "fewer"),
            ("sheet,item,answer\na,x,agree", "number of an item"),
            ("sheet,item,answer\na,1,agree\nb,2,agree", "another sheet"),
            ("sheet,item,answer\na,1,maybe", "line 2: `maybe` is no answer"),
        ] {
            let error = Answers::read(text).expect_err(text).to_string();
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}
