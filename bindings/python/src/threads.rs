//! Work on rows, shared among threads.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// So many rows are taken at a time, since it costs time to put results into their places.
const SHARE: usize = 16;

/// How many threads there are where nothing is said.
pub fn available() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// What `work` makes of each number below `rows`, in order. A thread that ends early takes the next rows, so that a long one holds up no other.
pub fn each<T: Send>(rows: usize, threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = threads.min(rows.div_ceil(SHARE));
    if threads <= 1 {
        return (0..rows).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let shares: Mutex<Vec<(usize, Vec<T>)>> = Mutex::default();
    let run = || {
        loop {
            let start = next.fetch_add(SHARE, Ordering::Relaxed);
            if start >= rows {
                break;
            }
            let share = (start..rows.min(start + SHARE)).map(&work).collect();
            shares.lock().unwrap_or_else(PoisonError::into_inner).push((start, share));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(run);
        }
        run();
    });
    let mut shares = shares.into_inner().unwrap_or_else(PoisonError::into_inner);
    shares.sort_by_key(|(start, _)| *start);
    shares.into_iter().flat_map(|(_, share)| share).collect()
}
