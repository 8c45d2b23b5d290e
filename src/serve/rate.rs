//! How often one client may ask.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Fills at a steady rate up to a second's worth; each request takes one out.
#[derive(Debug, Default)]
pub struct Bucket(Mutex<Option<Level>>);

#[derive(Debug, Clone, Copy)]
struct Level {
    requests: f64,
    at: Instant,
}

impl Bucket {
    /// Takes a request out, where one is left.
    pub fn take(&self, rate: u32, now: Instant) -> bool {
        let most = f64::from(rate);
        let mut level = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (before, since) =
            level.map_or((most, 0.0), |level| (level.requests, now.saturating_duration_since(level.at).as_secs_f64()));
        let filled = (before + since * most).min(most);
        let is_left = filled >= 1.0;
        *level = Some(Level { requests: if is_left { filled - 1.0 } else { filled }, at: now });
        is_left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_second_fills_it() {
        let (bucket, start) = (Bucket::default(), Instant::now());
        let taken = |at| (0..5).filter(|_| bucket.take(2, start + Duration::from_millis(at))).count();
        assert_eq!([taken(0), taken(0), taken(500), taken(60_000)], [2, 0, 1, 2]);
    }
}
