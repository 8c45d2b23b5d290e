//! A run through all sources: takes what the threads give, in order, writes it and counts it.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

use super::output::Output;
use super::pool::{Position, Results};
use super::progress::Progress;
use super::resume::{Keeper, Reached};
use super::{Error, complain};
use crate::input::{self, InputError};
use crate::report::{Counted, Report, Totals};

/// How soon Ctrl-C is heeded while nothing comes.
const PATIENCE: Duration = Duration::from_millis(100);

/// A record that was checked.
pub struct Done {
    /// As the report writes it.
    pub written: Vec<u8>,
    pub counted: Counted,
}

pub struct Run {
    pub report: Arc<dyn Report>,
    pub out: Output,
    pub totals: Totals,
    /// It continues a run that was interrupted.
    pub goes_on: bool,
    /// What is done, by an earlier run too.
    pub position: Position,
    /// The last source that a record was read from.
    pub last_read: Option<usize>,
    pub keeper: Option<Keeper>,
    pub progress: Progress,
    /// How files are read.
    pub options: Arc<input::Options>,
    pub stop: Arc<AtomicBool>,
    /// Nothing but errors is told.
    pub quiet: bool,
}

impl Run {
    /// Takes all results. A run that goes on where an earlier one ended has its beginning already.
    pub fn all(&mut self, results: Results<Done>) -> Result<(), Error> {
        if !self.goes_on {
            self.report.start(&mut self.out).map_err(|error| self.out.error(error))?;
        }
        while let Some(channel) = self.next(&results.order)? {
            while let Some(items) = self.next(&channel)? {
                for result in items.results {
                    self.item(items.source, result)?;
                }
            }
        }
        if self.is_stopped() {
            self.totals.summary.interrupted = true;
        } else {
            results.end();
        }
        self.progress.end();
        self.finish()
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.totals.summary.gone = self.totals.compared.as_ref().map(|compared| compared.gone().count());
        // A run that will go on is not at its end.
        if self.keeper.is_none() || !self.totals.summary.interrupted {
            let finished = self.report.finish(&mut self.out, &self.totals);
            finished.map_err(|error| self.out.error(error))?;
        }
        self.out.flush().map_err(|error| self.out.error(error))?;
        match &self.keeper {
            Some(_) if self.totals.summary.interrupted => self.keep(),
            Some(keeper) => keeper.complete(),
            None => Ok(()),
        }
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// The next of a channel; nothing where there is none or the run is to end. Before it has to wait, what was written goes out.
    fn next<T>(&mut self, channel: &Receiver<T>) -> Result<Option<T>, Error> {
        if self.is_stopped() {
            return Ok(None);
        }
        match channel.try_recv() {
            Ok(next) => return Ok(Some(next)),
            Err(TryRecvError::Disconnected) => return Ok(None),
            Err(TryRecvError::Empty) => self.out.flush().map_err(|error| self.out.error(error))?,
        }
        while !self.is_stopped() {
            match channel.recv_timeout(PATIENCE) {
                Ok(next) => return Ok(Some(next)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
        Ok(None)
    }

    fn item(&mut self, source: usize, result: Result<Done, InputError>) -> Result<(), Error> {
        if source != self.position.source {
            self.position = Position { source, items: 0 };
        }
        self.position.items += 1;
        match result {
            Ok(done) => self.record(&done).map_err(|error| self.out.error(error))?,
            Err(error) => self.error(&error)?,
        }
        self.progress.at(self.position.source + 1, self.totals.summary.records);
        if self.keeper.as_ref().is_some_and(Keeper::is_due) {
            self.keep()?;
        }
        Ok(())
    }

    fn record(&mut self, done: &Done) -> io::Result<()> {
        let source = Some(self.position.source);
        self.totals.summary.files += usize::from(self.last_read != source);
        self.last_read = source;
        let is_first = self.totals.summary.records == 0;
        self.totals.add(&done.counted);
        self.report.put(&mut self.out, &done.written, is_first)
    }

    /// Counts and tells an error, after what was found before it. A notice is told and not counted.
    fn error(&mut self, error: &InputError) -> Result<(), Error> {
        error.passed_over().into_iter().for_each(|kinds| self.totals.summary.skip(kinds));
        if error.is_notice() && self.quiet {
            return Ok(());
        }
        self.totals.summary.errors += usize::from(!error.is_notice());
        self.out.flush().map_err(|error| self.out.error(error))?;
        self.progress.beside(|| complain(error));
        Ok(())
    }

    /// Writes how far the run has come; first what it came to.
    fn keep(&mut self) -> Result<(), Error> {
        self.out.keep().map_err(|error| self.out.error(error))?;
        let reached = Reached {
            position: self.position,
            last_read: self.last_read,
            bytes: self.out.bytes(),
            summary: self.totals.summary.clone(),
            skipped_kinds: self.totals.summary.skipped_kinds.clone(),
        };
        match &mut self.keeper {
            Some(keeper) => keeper.keep(reached),
            None => Ok(()),
        }
    }
}
