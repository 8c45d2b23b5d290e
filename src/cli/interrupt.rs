//! Ctrl-C ends a run in good order: what is written stays complete, and the summary tells how far it came.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Status;

/// A flag that Ctrl-C sets. The second time it ends the program at once.
pub fn flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = flag.clone();
    let handler = move || {
        if set.swap(true, Ordering::Relaxed) {
            process::exit(Status::Interrupted as i32);
        }
    };
    // Without a handler Ctrl-C ends the program at once, which is no worse than before.
    let _ = ctrlc::set_handler(handler);
    flag
}
