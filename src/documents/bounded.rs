//! Streams that are read record by record, none of which may take too much.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes to read records from.
pub type Bytes = Box<dyn BufRead + Send>;

/// A stream that fails with [`io::ErrorKind::FileTooLarge`] where one record takes more than the limit.
pub struct Bounded {
    stream: Bytes,
    gauge: Gauge,
    /// In bytes.
    limit: u64,
}

/// The bytes that were read since the last record.
#[derive(Clone)]
pub struct Gauge(Arc<AtomicU64>);

impl Bounded {
    pub fn new(stream: Bytes, limit: u64) -> (Bounded, Gauge) {
        let gauge = Gauge(Arc::new(AtomicU64::new(0)));
        (Bounded { stream, gauge: gauge.clone(), limit }, gauge)
    }
}

impl Gauge {
    /// A record was read whole.
    pub fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        if self.gauge.0.fetch_add(read as u64, Ordering::Relaxed) > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}
