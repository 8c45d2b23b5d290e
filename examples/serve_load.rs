//! A load for `caselint serve`, from a process of its own: how long answers take, and how many there are in a second.
//!
//!     cargo run --release --example serve_load -- 127.0.0.1:8787 NOTE.json --connections 64 --requests 100000 [--rate 1000] [--pid PID]
//!
//! Without a rate each connection asks again as soon as it has its answer. With one, requests are due at fixed times, and the wait of a request
//! that is sent late counts, so that a server that falls behind is seen to.

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

struct Plan {
    address: SocketAddr,
    request: Vec<u8>,
    connections: usize,
    requests: u64,
    /// Requests a second over all connections; 0 for as many as there can be.
    rate: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [address, note, flags @ ..] = args.as_slice() else {
        return Err("give the address and a file with the body of a request".into());
    };
    let flag = |name: &str, default: u64| -> Result<u64, std::num::ParseIntError> {
        let value = flags.iter().position(|flag| flag == name).and_then(|at| flags.get(at + 1));
        value.map_or(Ok(default), |value| value.parse())
    };
    let body = fs::read(note)?;
    let head = format!(
        "POST /v1/check HTTP/1.1\r\nHost: load\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let plan = Arc::new(Plan {
        address: address.parse()?,
        request: [head.into_bytes(), body].concat(),
        connections: usize::try_from(flag("--connections", 64)?)?,
        requests: flag("--requests", 100_000)?,
        rate: flag("--rate", 0)?,
    });
    let pid = flag("--pid", 0)?;
    let before = resident(pid);
    let begun = Instant::now();
    let mut times = run(&plan, begun)?;
    let seconds = begun.elapsed().as_secs_f64();
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{} requests over {} connections in {seconds:.1} s: {:.0} a second",
        times.len(),
        plan.connections,
        times.len() as f64 / seconds
    );
    println!("median {:.2} ms, 99th percentile {:.2} ms, longest {:.2} ms", at(0.5), at(0.99), at(1.0));
    if let (Some(before), Some(after)) = (before, resident(pid)) {
        println!("resident memory: {before} kB before, {after} kB after");
    }
    Ok(())
}

/// How long each request took.
fn run(plan: &Arc<Plan>, begun: Instant) -> io::Result<Vec<Duration>> {
    let taken = Arc::new(AtomicU64::new(0));
    let workers: Vec<_> = (0..plan.connections)
        .map(|_| {
            let (plan, taken) = (plan.clone(), taken.clone());
            thread::spawn(move || connection(&plan, &taken, begun))
        })
        .collect();
    let mut times = Vec::new();
    for worker in workers {
        times.extend(worker.join().map_err(|_| io::Error::other("a connection broke down"))??);
    }
    Ok(times)
}

fn connection(plan: &Plan, taken: &AtomicU64, begun: Instant) -> io::Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(plan.address)?;
    stream.set_nodelay(true)?;
    let mut answers = BufReader::new(stream.try_clone()?);
    let mut times = Vec::new();
    loop {
        let number = taken.fetch_add(1, Ordering::Relaxed);
        if number >= plan.requests {
            return Ok(times);
        }
        let due = match plan.rate {
            0 => Instant::now(),
            rate => begun + Duration::from_secs_f64(number as f64 / rate as f64),
        };
        thread::sleep(due.saturating_duration_since(Instant::now()));
        stream.write_all(&plan.request)?;
        answer(&mut answers)?;
        times.push(due.elapsed());
    }
}

/// Reads an answer, which must be a good one.
fn answer(answers: &mut impl BufRead) -> io::Result<()> {
    let (mut line, mut length, mut is_first) = (String::new(), 0, true);
    loop {
        line.clear();
        if answers.read_line(&mut line)? == 0 {
            return Err(io::Error::other("the connection was closed"));
        }
        if is_first && !line.starts_with("HTTP/1.1 200") {
            return Err(io::Error::other(line));
        }
        is_first = false;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        if line.trim().is_empty() {
            io::copy(&mut answers.take(length), &mut io::sink())?;
            return Ok(());
        }
    }
}

/// The resident memory of a process in kB, where the system tells it.
fn resident(pid: u64) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().split(' ').next()?.parse().ok()
}
