//! What caselint.html asks beyond a check: to open files, to report on what is on the page, to write copies with the findings in them, and
//! the exercises of the Training page.

mod checked;
mod copy;
mod open;
mod report;
mod told;
mod training;

use caselint::Linter;
use serde::Deserialize;
use serde_json::json;

use crate::{exchange, linters, request};

/// What was chosen on the page.
#[derive(Deserialize)]
struct Chosen {
    profile: Option<String>,
    /// The child's age, for notes that do not say it.
    age: Option<u8>,
}

impl Chosen {
    fn linter(&self) -> Result<std::rc::Rc<Linter>, String> {
        linters::linter(self.profile.as_deref(), None)
    }
}

/// A file that is opened. Its bytes come beside the request.
#[derive(Deserialize)]
struct FileRequest {
    name: String,
    /// When a copy is made, as `2026-03-12T09:30:00Z`.
    time: Option<String>,
    #[serde(flatten)]
    chosen: Chosen,
}

const FILE: &str = "{name, time, profile, age} and a file";

/// Reads a file and checks its records.
#[expect(unsafe_code, reason = "exports the name, which is given once")]
#[unsafe(no_mangle)]
pub extern "C" fn read() {
    exchange::answer(|request| {
        let FileRequest { name, chosen, .. } = request::read(&request, FILE)?;
        let opened = open::open(&name, exchange::take_file(), chosen.age)?;
        let records = checked::told(&*chosen.linter()?, &name, &opened.notes);
        let answer = json!({"records": records, "notices": opened.notices, "problems": opened.problems, "copy": opened.copy});
        Ok(answer.to_string().into_bytes())
    });
}

/// Writes a copy of a file, with the findings in it.
#[expect(unsafe_code, reason = "exports the name, which is given once")]
#[unsafe(no_mangle)]
pub extern "C" fn annotate() {
    exchange::answer(|request| {
        let FileRequest { name, time, chosen } = request::read(&request, FILE)?;
        copy::write(&*chosen.linter()?, &name, exchange::take_file(), chosen.age, time)
    });
}

/// Writes the report on what is on the page.
#[expect(unsafe_code, reason = "exports the name, which is given once")]
#[unsafe(no_mangle)]
pub extern "C" fn report() {
    exchange::answer(|request| {
        let request: report::Request = request::read(&request, "{files, problems, date, profile}")?;
        let linter = linters::linter(request.profile.as_deref(), None)?;
        Ok(report::write(&linter, &request).into_bytes())
    });
}

/// Answers the Training page: see `training.rs`.
#[expect(unsafe_code, reason = "exports the name, which is given once")]
#[unsafe(no_mangle)]
pub extern "C" fn train() {
    exchange::answer(|request| {
        let request = request::read(&request, "what the Training page asks")?;
        let linter = linters::linter(None, None)?;
        serde_json::to_vec(&training::answer(request, &linter)?).map_err(|error| error.to_string())
    });
}
