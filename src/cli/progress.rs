//! How far a run has come, on standard error where that is a terminal.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::input::{From, Meter, Source};
use crate::report::count;

const TEMPLATE: &str = "{bar:24} {percent}% of {total_bytes}  {msg}  {bytes_per_sec}  {eta} left";
/// Where nobody knows how much there is to read.
const OPEN_TEMPLATE: &str = "{spinner} {bytes}  {msg}  {bytes_per_sec}";
/// How often the bar is drawn while nothing moves.
const TICK: Duration = Duration::from_millis(250);

/// A progress bar, or nothing where it would be in the way.
pub struct Progress {
    bar: Option<ProgressBar>,
    meter: Meter,
    files: usize,
}

impl Progress {
    /// The bar over these sources. `is_wanted` tells that nothing else is written to the terminal meanwhile.
    pub fn new<'a>(sources: impl Iterator<Item = &'a Source>, meter: Meter, is_wanted: bool) -> Self {
        if !is_wanted || !io::stderr().is_terminal() {
            return Progress { bar: None, meter, files: 0 };
        }
        let sizes: Vec<Option<u64>> = sources.map(size).collect();
        let total: Option<u64> = sizes.iter().copied().sum();
        let (bar, template) = match total {
            Some(total) => (ProgressBar::new(total), TEMPLATE),
            None => (ProgressBar::no_length(), OPEN_TEMPLATE),
        };
        // The templates are sound; were they not, the usual bar would do.
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style);
        bar.enable_steady_tick(TICK);
        Progress { bar: Some(bar), meter, files: sizes.len() }
    }

    /// So many records and files are done.
    pub fn at(&self, files: usize, records: usize) {
        if let Some(bar) = &self.bar {
            bar.set_position(self.meter.bytes());
            // Most calls change nothing that a reader could see in time.
            if records.is_multiple_of(16) {
                bar.set_message(format!("file {files} of {}, {}", self.files, count(records, "record")));
            }
        }
    }

    /// Writes something to standard error that is not to stand in the bar.
    pub fn beside(&self, write: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// The bytes of a source; `None` where they cannot be known.
fn size(source: &Source) -> Option<u64> {
    match &source.from {
        From::File(file) => std::fs::metadata(file).ok().filter(std::fs::Metadata::is_file).map(|data| data.len()),
        From::Stdin => None,
    }
}
