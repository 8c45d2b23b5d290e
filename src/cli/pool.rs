//! Records spread over threads, and what they gave in the order in which they stand.
//!
//! One thread reads whatever holds many records and hands them on in batches; a source of one record is opened by the thread that checks
//! it. Each piece of work has a channel of its own for what it gives, and the channels are taken in the order in which they were made.
//! A thread that is ahead waits at a full channel, so that memory is bounded however much there is to read.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use caselint::{Printed, Standing};

use super::guard::guarded;
use crate::input::{self, Format, From, InputError, Note, Source};

/// At most so many records go to a thread at a time.
const BATCH: usize = 64;
/// A batch is complete with so many bytes of text.
const BATCH_BYTES: usize = 128 << 10;
/// From so many bytes of text it is learnt what is printed in the forms of an export, where it has not so many records.
const SAMPLE_BYTES: usize = 8 << 20;
/// How many pieces of work a thread may be ahead.
const AHEAD: usize = 4;

/// What was read, in order; an error that ended the search for a source stands in its place.
pub type Sources = Vec<Result<Source, InputError>>;

/// How far a run has come: so many records and errors of the source of this number are done, and all of the sources before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Position {
    pub source: usize,
    pub items: usize,
}

/// What some records of a source, or errors in their places, gave.
pub struct Items<T> {
    /// The number of the source.
    pub source: usize,
    pub results: Vec<Result<T, InputError>>,
}

/// What is done with each record.
pub type Check<T> = dyn Fn(&Source, Note, &Printed) -> T + Send + Sync;

/// What the pool is given to do.
pub struct Plan<T> {
    pub sources: Sources,
    /// What is done already.
    pub from: Position,
    pub jobs: NonZero<usize>,
    pub check: Box<Check<T>>,
    pub options: Arc<input::Options>,
    /// What is printed in all forms.
    pub template: Printed,
    /// Set to end the run.
    pub stop: Arc<AtomicBool>,
}

/// The results of a run in progress.
pub struct Results<T> {
    /// A channel for each piece of work, in order.
    pub order: Receiver<Receiver<Items<T>>>,
    reader: JoinHandle<()>,
}

impl<T> Results<T> {
    /// Takes what each record, or the error in its place, gave, with the number of its source; in order, to the end of the run.
    pub fn each(self, mut take: impl FnMut(usize, Result<T, InputError>)) {
        for items in self.order.iter().flatten() {
            items.results.into_iter().for_each(|result| take(items.source, result));
        }
        self.end();
    }

    /// Ends a run of which all results were taken. A reader that broke down did not read all there is.
    pub fn end(self) {
        if let Err(cause) = self.reader.join() {
            std::panic::resume_unwind(cause);
        }
    }
}

/// Records to check, and where what they give goes.
struct Job<T> {
    number: usize,
    source: Arc<Source>,
    printed: Arc<Printed>,
    notes: Box<dyn Iterator<Item = Result<Note, InputError>> + Send>,
    to: SyncSender<Items<T>>,
}

/// More threads make nothing faster, and a computer has an end of them.
const MOST_JOBS: NonZero<usize> = NonZero::new(256).expect("it is not zero");

/// As many threads as were asked for, else as there are cores.
pub fn jobs(asked: Option<NonZero<usize>>) -> NonZero<usize> {
    asked
        .unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN))
        .min(MOST_JOBS)
}

/// Starts the threads. They are not waited for: where a run ends early, they end with the program.
pub fn start<T: Send + 'static>(plan: Plan<T>) -> Results<T> {
    let Plan { sources, from, jobs, check, options, template, stop } = plan;
    let ahead = jobs.get() * AHEAD;
    let (queue, jobs_to_do) = sync_channel(ahead);
    let (channels, order) = sync_channel(ahead);
    let jobs_to_do = Arc::new(Mutex::new(jobs_to_do));
    let check: Arc<Check<T>> = check.into();
    for _ in 0..jobs.get() {
        let (jobs_to_do, check, stop) = (jobs_to_do.clone(), check.clone(), stop.clone());
        thread::spawn(move || work(&jobs_to_do, &*check, &stop));
    }
    let reader = Reader { queue, channels, options, template: Arc::new(template), stop };
    let read = move || {
        // Nothing, where the run ends early.
        let _ = reader.read(sources, from);
    };
    Results { order, reader: thread::spawn(read) }
}

/// Reads sources and hands work to the threads. Its methods give nothing where the run has ended early.
struct Reader<T> {
    queue: SyncSender<Job<T>>,
    channels: SyncSender<Receiver<Items<T>>>,
    options: Arc<input::Options>,
    template: Arc<Printed>,
    stop: Arc<AtomicBool>,
}

impl<T> Reader<T> {
    fn read(&self, sources: Sources, from: Position) -> Option<()> {
        for (number, source) in sources.into_iter().enumerate().skip(from.source) {
            let done = if number == from.source { from.items } else { 0 };
            match source {
                Ok(source) => self.source(number, source, done)?,
                Err(error) if done == 0 => drop(self.channel()?.send(Items { source: number, results: vec![Err(error)] })),
                Err(_) => {}
            }
        }
        Some(())
    }

    fn source(&self, number: usize, source: Source, done: usize) -> Option<()> {
        let source = Arc::new(source);
        let mut notes = Notes::of(source.clone(), self.options.clone());
        if !holds_many(&source) {
            return self.send(number, &source, &self.template, notes.skip(done));
        }
        // Somebody may wait for the answer to a record before the next is written.
        let is_dialogue = source.from == From::Stdin;
        let most = if is_dialogue { 1 } else { BATCH };
        let (printed, sample) = if is_dialogue { Default::default() } else { learn(&mut notes, &source) };
        let printed = if printed.is_empty() {
            self.template.clone()
        } else {
            Arc::new(printed.with(&self.template))
        };
        let mut notes = sample.into_iter().chain(notes).skip(done);
        loop {
            match batch(&mut notes, most) {
                batch if batch.is_empty() => return Some(()),
                batch => self.send(number, &source, &printed, batch.into_iter())?,
            }
        }
    }

    fn send(
        &self,
        number: usize,
        source: &Arc<Source>,
        printed: &Arc<Printed>,
        notes: impl Iterator<Item = Result<Note, InputError>> + Send + 'static,
    ) -> Option<()> {
        let to = self.channel()?;
        self.queue
            .send(Job { number, source: source.clone(), printed: printed.clone(), notes: Box::new(notes), to })
            .ok()
    }

    /// The channel that comes next in the order.
    fn channel(&self) -> Option<SyncSender<Items<T>>> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        let (to, from) = sync_channel(1);
        self.channels.send(from).ok().map(|()| to)
    }
}

/// Whether the records of a source are spread over the threads. Others hold one as a rule, and are spread as a whole.
fn holds_many(source: &Source) -> bool {
    use Format::{Delimited, Json, Jsonl, Mbox, Parquet, Xlsx, Zip};
    matches!(source.format, Jsonl | Json | Delimited | Mbox | Xlsx | Parquet | Zip)
}

/// Learns from the first records of an export what is printed in its forms, and gives these records.
fn learn(notes: &mut Notes, source: &Source) -> (Printed, Vec<Result<Note, InputError>>) {
    let (mut standing, mut sample, mut bytes) = (Standing::default(), Vec::new(), 0);
    while sample.len() < Standing::SAMPLE && bytes < SAMPLE_BYTES {
        let Some(note) = notes.next() else { break };
        if let Ok(note) = &note {
            bytes += size(note);
            // Whoever breaks it down here does so again where the record is checked, and is told of there.
            let _ = guarded(|| source.path.clone(), || standing.add(&note.record));
        }
        sample.push(note);
    }
    (standing.printed(), sample)
}

/// The next records, up to a number and a number of bytes.
fn batch(notes: &mut impl Iterator<Item = Result<Note, InputError>>, most: usize) -> Vec<Result<Note, InputError>> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < most && bytes < BATCH_BYTES {
        let Some(note) = notes.next() else { break };
        bytes += note.as_ref().map_or(0, size);
        batch.push(note);
    }
    batch
}

/// The bytes of a record's text.
fn size(note: &Note) -> usize {
    note.record.text.len() + note.record.fields.iter().map(|field| field.text.len()).sum::<usize>()
}

/// The records of a source, which is opened when the first is wanted. A reader that breaks down ends them with an error.
struct Notes {
    source: Arc<Source>,
    options: Arc<input::Options>,
    opened: Option<input::Notes>,
    ended: bool,
}

impl Notes {
    fn of(source: Arc<Source>, options: Arc<input::Options>) -> Self {
        Notes { source, options, opened: None, ended: false }
    }

    fn try_next(&mut self) -> Result<Option<Result<Note, InputError>>, InputError> {
        if self.opened.is_none() {
            self.opened = Some(input::open(&self.source, &self.options)?);
        }
        Ok(self.opened.as_mut().and_then(Iterator::next))
    }
}

impl Iterator for Notes {
    type Item = Result<Note, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let source = self.source.clone();
        guarded(|| source.path.clone(), || self.try_next()).flatten().unwrap_or_else(|error| {
            self.ended = true;
            Some(Err(error))
        })
    }
}

/// What each thread does until there is no more work. Where nobody takes what it gives, the run has ended early.
fn work<T>(jobs: &Mutex<Receiver<Job<T>>>, check: &Check<T>, stop: &AtomicBool) {
    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    while let Some(Job { number, source, printed, notes, to }) = next() {
        let result = |note: Result<Note, InputError>| {
            let note = note?;
            let row = note.origin.row;
            guarded(|| place(&source, row), || check(&source, note, &printed))
        };
        let mut results = notes.take_while(|_| !stop.load(Ordering::Relaxed)).map(result).peekable();
        // Several at a time, since it costs time to wake the one who takes them.
        while results.peek().is_some() {
            if to.send(Items { source: number, results: results.by_ref().take(BATCH).collect() }).is_err() {
                break;
            }
        }
    }
}

/// The file and, where a record is a line of it, the line.
fn place(source: &Source, row: Option<usize>) -> String {
    match row {
        Some(row) => format!("{}:{row}", source.path),
        None => source.path.clone(),
    }
}
