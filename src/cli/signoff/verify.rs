//! `caselint signoff verify`: whether records are as they were when they were signed off.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::super::files::of_file;
use super::super::gathered;
use super::super::ledger::{self, Ledger};
use super::super::register_args::{RegisterArgs, VerifyArgs};
use super::super::{Error, Status};
use super::say;
use super::statement::SignOff;
use crate::report::{count, safe};

pub fn run(args: &VerifyArgs) -> Result<Status, Error> {
    let ledger = Ledger::open_existing(&args.register, args.hash_key.as_deref())?;
    let signed = statement(args, &ledger)?;
    let mut out = io::stdout().lock();
    if !signed.is_whole(&ledger) {
        say(&mut out, "The statement itself was altered after it was signed, or it belongs to another register.")?;
        return Ok(Status::Found);
    }
    let register = RegisterArgs { register: Some(args.register.clone()), hash_key: args.hash_key.clone() };
    let read = gathered::read(&args.files, &ledger::folder(&register))?;
    let now: BTreeMap<&str, String> =
        read.records.iter().map(|record| (record.name.as_str(), ledger.hash(&record.written()))).collect();
    let then: BTreeMap<&str, &str> = signed.records.iter().map(|record| (record.record.as_str(), record.hash.as_str())).collect();
    let is_same = |name: &str| now.get(name).map(String::as_str) == then.get(name).copied();
    let same = then.keys().filter(|name| is_same(name)).count();
    let (by, role, at) = (safe(&signed.by), safe(&signed.role), safe(&signed.at));
    say(&mut out, &format!("{by} ({role}) signed {} on {at}. As they were: {same}.", count(then.len(), "record")))?;
    let changed: Vec<&str> = then.keys().copied().filter(|name| now.contains_key(name) && !is_same(name)).collect();
    let missing: Vec<&str> = then.keys().copied().filter(|name| !now.contains_key(name)).collect();
    let new: Vec<&str> = now.keys().copied().filter(|name| !then.contains_key(name)).collect();
    let lists = [("Changed since", &changed), ("Not among what was read now", &missing), ("Not part of what was signed", &new)];
    for (what, names) in lists {
        names.iter().try_for_each(|name| writeln!(out, "{what}: {}", safe(name)))?;
    }
    Ok(match changed.is_empty() && missing.is_empty() {
        _ if read.errors > 0 => Status::Error,
        true => Status::Clear,
        false => Status::Found,
    })
}

/// The statement that is named, or the last of the register.
fn statement(args: &VerifyArgs, ledger: &Ledger) -> Result<SignOff, Error> {
    let json = match &args.statement {
        Some(path) => fs::read_to_string(path).map_err(|error| of_file(path, error))?,
        None => {
            let last = ledger.register.statements()?.pop();
            let none = || Error::Usage(format!("{}: nothing was signed off in this register", safe(&name(&args.register))));
            last.ok_or_else(none)?.json
        }
    };
    serde_json::from_str(&json).map_err(|_| {
        let place = args.statement.as_ref().unwrap_or(&args.register);
        Error::Usage(format!("{}: this is no statement of caselint signoff", safe(&name(place))))
    })
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
