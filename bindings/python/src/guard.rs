//! A record that makes the engine break down costs its own row, and the others go on.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// Where in the program it broke down last.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps the message of a breakdown off standard error, as it may quote a record. The hook is that of this library alone.
pub fn keep_quiet() {
    panic::set_hook(Box::new(|info| {
        PLACE.set(info.location().map(ToString::to_string).unwrap_or_default());
    }));
}

/// Does something that hostile input could break. The error quotes nothing of it.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let place = PLACE.take();
        format!("caselint broke down over it ({place}), which is a defect of caselint; please report it")
    })
}
