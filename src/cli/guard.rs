//! One record that makes the checker break down costs one line, and the others go on.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

use crate::input::InputError;

thread_local! {
    /// Within [`guarded`]: where in the program it broke down.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps the message of a breakdown off standard error, as it may quote a record. Within [`guarded`] nothing is said; elsewhere the place
/// in the program is.
pub fn keep_quiet() {
    panic::set_hook(Box::new(|info| {
        let broke_at = info.location().map(ToString::to_string).unwrap_or_default();
        PLACE.with_borrow_mut(|place| match place {
            Some(place) => *place = broke_at,
            None => {
                super::complain(&format!("caselint broke down ({broke_at}), which is a defect of caselint; please report it"))
            }
        });
    }));
}

/// Does something that hostile input could break. `path` names the input.
pub fn guarded<T>(path: impl FnOnce() -> String, work: impl FnOnce() -> T) -> Result<T, InputError> {
    PLACE.set(Some(String::new()));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let place = PLACE.take().unwrap_or_default();
    result.map_err(|_| InputError::Unreadable {
        path: path(),
        reason: format!("caselint broke down over it ({place}), which is a defect of caselint; please report it"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breakdown_is_an_error_that_quotes_nothing() {
        keep_quiet();
        assert_eq!(guarded(|| "a.txt".to_owned(), || 1).ok(), Some(1));
        let error = guarded(|| "a.txt".to_owned(), || panic!("a record's text")).expect_err("it broke down").to_string();
        assert!(error.starts_with("a.txt: cannot be read: caselint broke down over it (src/cli/guard.rs:"), "{error}");
        assert!(!error.contains("text"), "{error}");
    }
}
