//! The linters that policies ask for. All share one lexicon, which is compiled when it is first needed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use caselint::Linter;
use caselint::policy::PROFILE;

/// A profile and a jurisdiction.
type Choice = (String, Option<String>);

thread_local! {
    static WHOLE: Linter = Linter::builder().build().expect("the embedded lexicon fits this very program");
    static CHOSEN: RefCell<HashMap<Choice, Rc<Linter>>> = RefCell::default();
}

/// The edition of the lexicon.
pub fn edition() -> String {
    WHOLE.with(|linter| linter.edition().to_owned())
}

/// The linter of a profile and a jurisdiction; only those that exist are kept.
pub fn linter(profile: Option<&str>, jurisdiction: Option<&str>) -> Result<Rc<Linter>, String> {
    let choice = (profile.unwrap_or(PROFILE).to_owned(), jurisdiction.map(str::to_owned));
    if let Some(linter) = CHOSEN.with_borrow(|chosen| chosen.get(&choice).cloned()) {
        return Ok(linter);
    }
    let linter = WHOLE
        .with(|whole| whole.choosing(Some(&choice.0), jurisdiction))
        .map_err(|error| error.to_string())?;
    let linter = Rc::new(linter);
    CHOSEN.with_borrow_mut(|chosen| chosen.insert(choice, linter.clone()));
    Ok(linter)
}
