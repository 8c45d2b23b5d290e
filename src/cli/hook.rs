//! `caselint hook`: one record before it is saved, or one a line.

use std::io::{self, BufRead, BufReader, Read, Write};

use caselint::policy::Decision;
use clap::Args;
use serde::Serialize;

use super::args::WantedArgs;
use super::{Error, Status};
use crate::presave::{Checker, PolicyArgs, Problem, Request};

/// Bytes of a request.
const MOST: u64 = 16 << 20;

#[derive(Debug, Args)]
pub struct HookArgs {
    /// Answer a request a line, until standard input ends
    #[arg(long)]
    pub stdio: bool,

    #[command(flatten)]
    pub policy: PolicyArgs,

    #[command(flatten)]
    pub wanted: WantedArgs,
}

/// Answers what standard input asks.
pub fn run(args: &HookArgs) -> Result<Status, Error> {
    let checker = Checker::new(&args.wanted, &args.policy)?;
    let (input, output) = (io::stdin().lock(), io::stdout().lock());
    if args.stdio {
        lines(&checker, BufReader::new(input), output)
    } else {
        one(&checker, input, output)
    }
}

/// Answers one request.
fn one(checker: &Checker, input: impl Read, mut output: impl Write) -> Result<Status, Error> {
    let mut request = Vec::new();
    input.take(MOST + 1).read_to_end(&mut request).map_err(unreadable)?;
    answer(checker, &request, &mut output)
}

/// Answers each line. A line that cannot be read costs its own answer, and the status tells nothing of any.
fn lines(checker: &Checker, mut input: impl BufRead, mut output: impl Write) -> Result<Status, Error> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if (&mut input).take(MOST + 1).read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
            return Ok(Status::Clear);
        }
        if line.len() as u64 > MOST && !line.ends_with(b"\n") {
            skip_line(&mut input)?;
        }
        if !line.trim_ascii().is_empty() {
            answer(checker, &line, &mut output)?;
        }
    }
}

fn unreadable(error: io::Error) -> Error {
    Error::File { path: "standard input".into(), error }
}

/// Passes over the rest of a line.
fn skip_line(input: &mut impl BufRead) -> Result<(), Error> {
    loop {
        let buffer = input.fill_buf().map_err(unreadable)?;
        let (end, len) = (buffer.iter().position(|byte| *byte == b'\n'), buffer.len());
        input.consume(end.map_or(len, |end| end + 1));
        if end.is_some() || len == 0 {
            return Ok(());
        }
    }
}

fn answer(checker: &Checker, request: &[u8], output: &mut impl Write) -> Result<Status, Error> {
    let answer = if request.len() as u64 > MOST {
        Err(Problem::new(413, "Content Too Large", format!("a request may have {} MB", MOST >> 20)))
    } else {
        Request::read_any(request).and_then(|request| checker.check(&request))
    };
    let status = match &answer {
        Ok(answer) if answer.content.decision == Decision::Save => Status::Clear,
        Ok(_) => Status::Found,
        Err(_) => Status::Error,
    };
    match answer {
        Ok(answer) => write(output, &answer),
        Err(problem) => write(output, &Failed { decision: problem.decision, error: &problem }),
    }?;
    Ok(status)
}

/// The decision stands where it stands in an answer.
#[derive(Serialize)]
struct Failed<'a> {
    decision: Decision,
    error: &'a Problem,
}

fn write(output: &mut impl Write, answer: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    output.write_all(&line)?;
    output.flush()
}
