//! Documents are read by a child process of the same program, under limits of its own: their readers may panic, hang, or ask for more
//! memory than there is, on files that are broken or were made to do that.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Context, Format, InputError, Limit, Limits, Note, Notice, Options, Problem, Refusal, document, table};

/// The hidden command that the child is started with.
pub const COMMAND: &str = "read-document";

/// Begins each line of the child, so that nothing else that a reader may print is taken for one.
const MARK: char = '\u{1E}';

/// What a document holds may be so many times as long where it is written as JSON.
const TWICE: u64 = 2;

/// How many records may wait to be taken.
const WAITING: usize = 16;

/// How much of what the child says of its end is kept.
const LAST_WORDS: u64 = 4 << 10;

/// What the child is asked: a line, behind which the bytes of the file follow.
#[derive(Serialize, Deserialize)]
struct Request {
    format: Format,
    options: Options,
}

/// A line of the child.
#[derive(Serialize, Deserialize)]
enum Reply {
    Note(Box<Note>),
    Refusal(Refusal),
    Notice(Notice),
}

impl Reply {
    fn of_row(row: Result<Note, Problem>) -> Reply {
        match row {
            Ok(note) => Reply::Note(Box::new(note)),
            Err(Problem::Refusal(refusal)) => Reply::Refusal(refusal),
            Err(Problem::Stream(error)) => Reply::Refusal(Refusal::Other(error.to_string())),
            Err(Problem::Notice(notice)) => Reply::Notice(notice),
        }
    }
}

/// The records of a document, as the child gives them.
pub struct Contained {
    context: Context,
    child: Child,
    replies: Receiver<Reply>,
    last_words: Arc<Mutex<String>>,
    ended: bool,
}

impl Contained {
    /// Starts a child and hands it the bytes.
    pub fn start(context: Context, format: Format, bytes: Vec<u8>) -> Result<Self, InputError> {
        let unstartable = |error: io::Error| {
            context.refused(Refusal::Other(format!("the process that reads documents cannot be started: {error}")))
        };
        let program = std::env::current_exe().map_err(unstartable)?;
        let mut child = Command::new(program)
            .arg(COMMAND)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(unstartable)?;
        let request = Request { format, options: context.options.as_ref().clone() };
        if let Some(stdin) = child.stdin.take() {
            // A child that has ended does not read; why it ended is seen at the other end.
            thread::spawn(move || ask(stdin, &request, &bytes));
        }
        let (sender, replies) = sync_channel(WAITING);
        let longest = context.limit(Limit::UnpackedSize).saturating_mul(TWICE);
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || {
                let mut lines = BufReader::new(stdout);
                while let Some(reply) = next_reply(&mut lines, longest) {
                    if sender.send(reply).is_err() {
                        break;
                    }
                }
            });
        }
        let last_words = Arc::new(Mutex::new(String::new()));
        if let Some(stderr) = child.stderr.take() {
            let kept = last_words.clone();
            thread::spawn(move || listen(stderr, &kept));
        }
        Ok(Contained { context, child, replies, last_words, ended: false })
    }

    /// Why the child ended, where it did not end well.
    fn end(&mut self) -> Option<Refusal> {
        self.ended = true;
        let limits = &self.context.options.limits;
        let over = |limit| Some(Refusal::Over(limit, limits.get(limit)));
        let status = self.child.wait().ok()?;
        if status.success() {
            return None;
        }
        // The words of the program's own runtime; nothing of the document is among what is looked for.
        let words = self.last_words.lock().unwrap_or_else(PoisonError::into_inner);
        if words.contains("memory allocation of") {
            over(Limit::Memory)
        } else {
            Some(Refusal::Crashed)
        }
    }
}

impl Iterator for Contained {
    type Item = Result<Note, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        // Time that passes while nobody asks for a record is not the child's.
        let limit = self.context.limit(Limit::Seconds);
        let refusal = match self.replies.recv_timeout(Duration::from_secs(limit)) {
            Ok(Reply::Note(note)) => return Some(Ok(*note)),
            Ok(Reply::Notice(notice)) => return Some(Err(self.context.notice(notice))),
            Ok(Reply::Refusal(refusal)) => refusal,
            Err(RecvTimeoutError::Timeout) => {
                self.ended = true;
                Refusal::Over(Limit::Seconds, limit)
            }
            Err(RecvTimeoutError::Disconnected) => self.end()?,
        };
        Some(Err(self.context.refused(refusal)))
    }
}

impl Drop for Contained {
    fn drop(&mut self) {
        // It may have ended already, and then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask(mut stdin: impl Write, request: &Request, bytes: &[u8]) -> io::Result<()> {
    serde_json::to_writer(&mut stdin, request)?;
    stdin.write_all(b"\n")?;
    stdin.write_all(bytes)
}

/// The next line of the child; `None` where it has ended. A line that is cut holds more than a document may.
fn next_reply(lines: &mut impl BufRead, longest: u64) -> Option<Reply> {
    loop {
        let mut line = Vec::new();
        let read = lines.by_ref().take(longest).read_until(b'\n', &mut line).ok().filter(|read| *read > 0)?;
        if let Some(reply) = line.strip_prefix(MARK.to_string().as_bytes()) {
            let is_cut = read as u64 == longest && !line.ends_with(b"\n");
            let refusal = if is_cut {
                Refusal::Over(Limit::UnpackedSize, longest / TWICE)
            } else {
                Refusal::Crashed
            };
            return Some(serde_json::from_slice(reply).unwrap_or(Reply::Refusal(refusal)));
        }
    }
}

/// Keeps the first of what the child says, and takes the rest, so that it does not wait for a listener.
fn listen(mut stderr: impl Read, kept: &Mutex<String>) {
    let mut words = Vec::new();
    let _ = stderr.by_ref().take(LAST_WORDS).read_to_end(&mut words);
    kept.lock().unwrap_or_else(PoisonError::into_inner).push_str(&String::from_utf8_lossy(&words));
    let _ = io::copy(&mut stderr, &mut io::sink());
}

/// The child: reads a request and a document from standard input, and writes what it holds to standard output.
pub fn serve() -> io::Result<()> {
    let mut stdin = io::stdin().lock();
    let mut line = String::new();
    stdin.read_line(&mut line)?;
    let request: Request = serde_json::from_str(&line)?;
    confine(&request.options.limits);
    let mut bytes = Vec::new();
    stdin.read_to_end(&mut bytes)?;
    let mut out = io::stdout().lock();
    let mut reply = |reply: Reply| {
        write!(out, "{MARK}")?;
        serde_json::to_writer(&mut out, &reply)?;
        out.write_all(b"\n")?;
        out.flush()
    };
    match request.format {
        Format::Xlsx => table::read_workbook(bytes, &request.options, &mut |row| reply(Reply::of_row(row))),
        #[cfg(feature = "parquet")]
        Format::Parquet => table::read_parquet(bytes, &request.options, &mut |row| reply(Reply::of_row(row))),
        format => match document::read(format, bytes, &request.options.limits) {
            Ok((note, refusals)) => {
                if refusals.is_empty() && note.record.text.is_empty() {
                    reply(Reply::Notice(Notice::Other("it holds no text, or none but in pictures".to_owned())))?;
                }
                // A document of which nothing could be read is no empty record.
                if refusals.is_empty() || !note.record.text.is_empty() {
                    reply(Reply::Note(Box::new(note)))?;
                }
                refusals.into_iter().try_for_each(|refusal| reply(Reply::Refusal(refusal)))
            }
            Err(refusal) => reply(Reply::Refusal(refusal)),
        },
    }
}

/// Lowers what this process may use: memory, time of the processor, and files, of which it opens none. A crash leaves no image of the
/// memory, which holds the text of a record.
#[cfg(unix)]
fn confine(limits: &Limits) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let lower = |resource: Resource, value: u64| {
        let maximum = getrlimit(resource).maximum.map_or(value, |maximum| maximum.min(value));
        // A system that refuses leaves the timer of the parent.
        let _ = setrlimit(resource, Rlimit { current: Some(maximum), maximum: Some(maximum) });
    };
    lower(Resource::As, limits.get(Limit::Memory));
    lower(Resource::Cpu, limits.get(Limit::Seconds).saturating_add(1).saturating_mul(10));
    lower(Resource::Core, 0);
    lower(Resource::Nofile, 3);
}

#[cfg(not(unix))]
fn confine(_limits: &Limits) {}
