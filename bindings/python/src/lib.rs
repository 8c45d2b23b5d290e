//! The engine of caselint for Python: what `python/caselint` is made of. Records and results cross as JSON, tables as Arrow.
#![deny(unsafe_code)]

mod arrow;
mod engine;
mod guard;
mod settings;
mod threads;

use pyo3::prelude::*;

pyo3::create_exception!(caselint, CaselintError, pyo3::exceptions::PyValueError, "What is wrong, where, and how to mend it.");
pyo3::create_exception!(
    caselint,
    SettingsError,
    CaselintError,
    "A linter cannot be made of this: a lexicon, a configuration, a name."
);
pyo3::create_exception!(caselint, InputError, CaselintError, "A record or a table cannot be read as it is.");

#[pymodule]
fn _caselint(module: &Bound<'_, PyModule>) -> PyResult<()> {
    guard::keep_quiet();
    module.add("VERSION", caselint::VERSION)?;
    module.add("CaselintError", module.py().get_type::<CaselintError>())?;
    module.add("SettingsError", module.py().get_type::<SettingsError>())?;
    module.add("InputError", module.py().get_type::<InputError>())?;
    module.add_class::<engine::Engine>()?;
    module.add_class::<arrow::Stream>()
}
