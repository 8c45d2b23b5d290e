//! A linter, as Python holds it.

use std::path::PathBuf;
use std::sync::Arc;

use caselint::offsets::Unit;
use caselint::record::keys;
use caselint::{Linter, Outcome, Record, page};
use pyo3::prelude::*;
use serde_json::Value;

use crate::arrow::{self, Options, Stream};
use crate::guard::guarded;
use crate::settings::Settings;
use crate::{InputError, SettingsError, threads};

/// Checks records. Its settings are one text, by which another process can make the same.
#[pyclass(frozen, module = "caselint._caselint")]
pub struct Engine {
    linter: Arc<Linter>,
}

#[pymethods]
impl Engine {
    #[new]
    fn new(py: Python<'_>, settings: &str) -> PyResult<Self> {
        let made = py.detach(|| {
            let settings: Settings = serde_json::from_str(settings).map_err(|error| error.to_string())?;
            settings.linter()
        });
        Ok(Engine { linter: Arc::new(made.map_err(SettingsError::new_err)?) })
    }

    /// The settings that files and `wanted` come to.
    #[staticmethod]
    #[pyo3(signature = (config, lexicons, wanted))]
    fn settings(config: Option<PathBuf>, lexicons: Vec<PathBuf>, wanted: &str) -> PyResult<String> {
        let settings = Settings::read(config.as_deref(), &lexicons, wanted).map_err(SettingsError::new_err)?;
        serde_json::to_string(&settings).map_err(|error| SettingsError::new_err(error.to_string()))
    }

    #[getter]
    fn edition(&self) -> &str {
        self.linter.edition()
    }

    /// Checks one record in the keys of caselint; both sides are JSON.
    fn check(&self, py: Python<'_>, record: &str) -> PyResult<String> {
        py.detach(|| self.checked(record)).map_err(InputError::new_err)
    }

    /// Checks several. Each gives a result, or says why there is none.
    fn check_batch(&self, py: Python<'_>, records: Vec<String>, threads: Option<usize>) -> Vec<(Option<String>, Option<String>)> {
        let results = py.detach(|| {
            let threads = threads.unwrap_or_else(threads::available);
            threads::each(records.len(), threads, |number| self.checked(&records[number]))
        });
        results
            .into_iter()
            .map(|result| result.map_or_else(|error| (None, Some(error)), |json| (Some(json), None)))
            .collect()
    }

    /// A record with what was found, as a piece of HTML.
    fn notebook(&self, py: Python<'_>, record: &str) -> PyResult<String> {
        let html = |record: &str| {
            let record = read(record)?;
            guarded(|| page::notebook(&record, &self.linter.check(&record)))
        };
        py.detach(|| html(record)).map_err(InputError::new_err)
    }

    /// Checks a table; see `arrow`.
    fn check_arrow(&self, batches: &Bound<'_, PyAny>, options: &str) -> PyResult<Stream> {
        arrow::check(self.linter.clone(), batches, &options_of(options)?)
    }

    /// The phrase histories of a table that is sorted by case; see `arrow`.
    fn histories_arrow(&self, batches: &Bound<'_, PyAny>, options: &str) -> PyResult<Stream> {
        arrow::histories(self.linter.clone(), batches, &options_of(options)?)
    }
}

impl Engine {
    fn checked(&self, record: &str) -> Result<String, String> {
        let record = read(record)?;
        let outcome: Outcome = guarded(|| {
            let mut outcome = self.linter.check(&record);
            outcome.count_in(Unit::Utf32, &record);
            outcome
        })?;
        serde_json::to_string(&outcome).map_err(|error| error.to_string())
    }
}

fn options_of(json: &str) -> PyResult<Options> {
    serde_json::from_str(json).map_err(|error| InputError::new_err(error.to_string()))
}

fn read(json: &str) -> Result<Record, String> {
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => keys::record(object),
        _ => Err("a record should be a text, or a group of keys such as {\"text\": \"…\"}".to_owned()),
    }
}
