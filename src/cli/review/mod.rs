//! `caselint review`: one finding at a time, for a reader who may not edit other people's words.

mod input;
mod screen;

use std::fs::File;
use std::io::{self, Write};

use caselint::Finding;
use caselint::register::{Choice, NewDecision};

use super::files::of_file;
use super::gathered::{self, Gathered};
use super::ledger::{self, Ledger, Standing};
use super::register_args::ReviewArgs;
use super::unmatched::Unmatched;
use super::{Error, Status, clock};
use crate::report::{count, name_of, safe, safe_line};
use input::Keys;
use screen::Screen;

/// Goes through the findings that nobody has decided on.
pub fn run(args: &ReviewArgs) -> Result<Status, Error> {
    let by = ledger::reviewer(args.by.as_deref())?;
    let mut keys = Keys::new();
    let ledger = Ledger::open(&args.ledger)?;
    let read = gathered::read(&args.files, &ledger::folder(&args.ledger))?;
    let standing = ledger.standing()?;
    let queue = queue(&read.records, args, &ledger, &standing);
    let before = standing.len();
    let mut session = Session {
        args,
        by,
        ledger,
        lexicon: read.lexicon,
        records: &read.records,
        queue,
        at: 0,
        done: Vec::new(),
        output: None,
    };
    let mut screen = Screen::new(&keys);
    if session.queue.is_empty() {
        screen.say(&nothing_to_decide(&read.records, before))?;
    } else {
        // Before the first question, so that no answer is given in vain.
        session.output = args
            .output
            .as_deref()
            .map(|path| File::create_new(path).map_err(|error| of_file(path, error)))
            .transpose()?;
        session.go(&mut keys, &mut screen)?;
        session.end(&mut screen)?;
    }
    let unmatched = Unmatched::of(&session.ledger, &read.records)?;
    unmatched.lines().iter().try_for_each(|line| screen.say(line))?;
    Ok(match session.queue.iter().any(|item| !item.is_decided) {
        _ if read.errors > 0 => Status::Error,
        true => Status::Found,
        false => Status::Clear,
    })
}

fn nothing_to_decide(records: &[Gathered], before: usize) -> String {
    let records = count(records.len(), "record");
    if before > 0 {
        format!("{records}: no finding waits for a decision")
    } else {
        format!("{records}: nothing was found by these rules that asks for so much")
    }
}

/// A finding to decide on.
struct Item {
    /// By their numbers.
    record: usize,
    finding: usize,
    is_decided: bool,
}

/// The findings that ask enough and that no decision stands for.
fn queue(records: &[Gathered], args: &ReviewArgs, ledger: &Ledger, standing: &Standing) -> Vec<Item> {
    let mut queue = Vec::new();
    for (record, gathered) in records.iter().enumerate() {
        for (finding, found) in gathered.findings.iter().enumerate() {
            let is_decided = standing.contains_key(&(gathered.name.clone(), ledger.finding(found)));
            if found.ask >= args.threshold.into() && !is_decided {
                queue.push(Item { record, finding, is_decided: false });
            }
        }
    }
    queue
}

/// What one key did, so that one key takes it back.
struct Done {
    items: Vec<usize>,
    ids: Vec<i64>,
    choice: Choice,
}

struct Session<'a> {
    args: &'a ReviewArgs,
    by: String,
    ledger: Ledger,
    lexicon: String,
    records: &'a [Gathered],
    queue: Vec<Item>,
    /// The item that is shown.
    at: usize,
    done: Vec<Done>,
    /// What the decisions are written to at the end.
    output: Option<File>,
}

impl Session<'_> {
    fn go(&mut self, keys: &mut Keys, screen: &mut Screen) -> Result<(), Error> {
        let mut last = String::new();
        loop {
            let Some(at) = self.next(self.at) else {
                if !self.takes_back(keys, screen)? {
                    return Ok(());
                }
                continue;
            };
            self.at = at;
            screen.show(&self.view(&last))?;
            let Some(key) = keys.key()? else { return Ok(()) };
            last = match key {
                'q' => return Ok(()),
                'm' => {
                    let more = screen::more(self.finding(at));
                    screen.page(&more, keys)?;
                    String::new()
                }
                '?' => {
                    screen.page(screen::HELP, keys)?;
                    String::new()
                }
                'u' => self.undo()?,
                '.' | '\n' | ' ' => {
                    self.at += 1;
                    "left for later".to_owned()
                }
                _ => match choice(key) {
                    Some(choice) => self.decide(choice, key.is_uppercase(), keys, screen)?,
                    None => format!("`{}` is no key here; ? tells what each key does", safe(&key.to_string())),
                },
            };
        }
    }

    /// After the last decision: whether it was taken back after all.
    fn takes_back(&mut self, keys: &mut Keys, screen: &mut Screen) -> Result<bool, Error> {
        if self.done.is_empty() {
            return Ok(false);
        }
        if keys.is_terminal() {
            screen.say("That was the last. u takes your last decision back; any other key ends.")?;
        }
        let is_taken_back = keys.key()? == Some('u');
        if is_taken_back {
            self.undo()?;
        }
        Ok(is_taken_back)
    }

    /// The next item that is open, from `from` on. What was left for later comes with the next session.
    fn next(&self, from: usize) -> Option<usize> {
        let is_open = |at: &usize| !self.queue[*at].is_decided;
        (from..self.queue.len()).find(is_open)
    }

    fn finding(&self, at: usize) -> &Finding {
        let item = &self.queue[at];
        &self.records[item.record].findings[item.finding]
    }

    /// The open items of the same record with the same words under the same rule, the one that is shown among them.
    fn repeats(&self) -> Vec<usize> {
        let shown = &self.queue[self.at];
        let words = |at: usize| safe_line(&self.finding(at).text).to_lowercase();
        let is_repeat = |at: &usize| {
            let item = &self.queue[*at];
            item.record == shown.record
                && !item.is_decided
                && self.finding(*at).rule == self.finding(self.at).rule
                && words(*at) == words(self.at)
        };
        (0..self.queue.len()).filter(is_repeat).collect()
    }

    fn view(&self, last: &str) -> screen::View<'_> {
        let item = &self.queue[self.at];
        let record = &self.records[item.record];
        screen::View {
            record,
            finding: &record.findings[item.finding],
            number: item.record + 1,
            records: self.records.len(),
            left: self.queue.iter().filter(|item| !item.is_decided).count(),
            repeats: self.repeats().len() - 1,
            last: last.to_owned(),
        }
    }

    /// Writes a decision down. It is in the register when this returns.
    fn decide(&mut self, choice: Choice, all: bool, keys: &mut Keys, screen: &mut Screen) -> Result<String, Error> {
        let Some((reason, note)) = why(choice, keys, screen)? else {
            return Ok("nothing was decided".to_owned());
        };
        let items = if all { self.repeats() } else { vec![self.at] };
        let at = clock::now();
        let new = |at_item: &usize| {
            let (item, finding) = (&self.queue[*at_item], self.finding(*at_item));
            NewDecision {
                at: at.clone(),
                by: self.by.clone(),
                record: self.records[item.record].name.clone(),
                finding: self.ledger.finding(finding),
                rule: finding.rule.clone(),
                ask: name_of(finding.ask),
                choice,
                reason: reason.clone(),
                note: note.clone(),
                text: self.args.keep_text.then(|| finding.text.clone()),
                lexicon: self.lexicon.clone(),
            }
        };
        let decisions: Vec<NewDecision> = items.iter().map(new).collect();
        let ids = self.ledger.register.append(&decisions)?;
        items.iter().for_each(|at| self.queue[*at].is_decided = true);
        let times = if items.len() > 1 { format!(", {} times", items.len()) } else { String::new() };
        let said = format!("{}{times}{}", choice.words(), reason.map(|reason| format!(": {reason}")).unwrap_or_default());
        self.done.push(Done { items, ids, choice });
        Ok(said)
    }

    /// Takes the last decision of this session back, and shows its finding again.
    fn undo(&mut self) -> Result<String, Error> {
        let Some(done) = self.done.pop() else {
            return Ok("there is nothing to take back in this session".to_owned());
        };
        self.ledger.register.withdraw(&done.ids, &self.by, &clock::now())?;
        done.items.iter().for_each(|at| self.queue[*at].is_decided = false);
        self.at = done.items.first().copied().unwrap_or(0);
        Ok(format!("taken back: {}", done.choice.words()))
    }

    /// What came of it.
    fn end(&self, screen: &mut Screen) -> Result<(), Error> {
        screen.clear()?;
        let decided: usize = self.done.iter().map(|done| done.items.len()).sum();
        let left = self.queue.len() - decided;
        let of = |choice| self.done.iter().filter(|done| done.choice == choice).map(|done| done.items.len()).sum::<usize>();
        let counts = Choice::ALL.map(|choice| (choice, of(choice)));
        let counts: Vec<String> = counts
            .iter()
            .filter(|(_, number)| *number > 0)
            .map(|(choice, number)| format!("{number} {}", choice.words()))
            .collect();
        let what = if counts.is_empty() { String::new() } else { format!(" ({})", counts.join(", ")) };
        screen.say(&format!("{decided} decided{what}, {left} left"))?;
        match (&self.args.ledger.register, &self.args.output) {
            (Some(register), _) => screen.say(&format!(
                "The decisions are in {}. The same command goes on with what is left.",
                safe(&register.to_string_lossy())
            ))?,
            (None, Some(_)) => {}
            (None, None) => self.list(screen)?,
        }
        if let (Some(path), Some(mut file)) = (&self.args.output, self.output.as_ref()) {
            let json = serde_json::to_string_pretty(&self.ledger.register.standing()?).map_err(io::Error::from)?;
            writeln!(file, "{json}").map_err(|error| of_file(path, error))?;
            screen.say(&format!("The decisions are in {}.", safe(&path.to_string_lossy())))?;
        }
        Ok(())
    }

    /// Without a register: what was decided, record by record, to be kept by the reader.
    fn list(&self, screen: &mut Screen) -> Result<(), Error> {
        let standing = self.ledger.standing()?;
        for record in self.records {
            let decided = record.findings.iter().filter_map(|finding| {
                let decision = standing.get(&(record.name.clone(), self.ledger.finding(finding)))?;
                Some(super::signoff::line(record, finding, decision))
            });
            let lines: Vec<String> = decided.collect();
            if !lines.is_empty() {
                screen.say(&safe(&record.name))?;
                lines.iter().try_for_each(|line| screen.say(line))?;
            }
        }
        if !self.done.is_empty() {
            screen.say("Nothing of this was kept; --register FILE keeps decisions, --output FILE writes them.")?;
        }
        Ok(())
    }
}

/// The decision that a key stands for.
fn choice(key: char) -> Option<Choice> {
    Some(match key.to_ascii_lowercase() {
        'r' => Choice::ReturnToAuthor,
        's' => Choice::ForSupervision,
        'k' => Choice::Kept,
        'n' => Choice::NotApplicable,
        'w' => Choice::Reworded,
        'a' => Choice::AnalysisAdded,
        _ => return None,
    })
}

/// A reason from the list, and words of one's own.
type Why = (Option<String>, Option<String>);

/// Asks why; nothing where the decision is taken back.
fn why(choice: Choice, keys: &mut Keys, screen: &mut Screen) -> Result<Option<Why>, Error> {
    let reasons = choice.reasons();
    screen.ask_why(choice, reasons)?;
    loop {
        // Where the input ends, the decision was made and the reason was not given.
        let Some(key) = keys.key()? else {
            return Ok(Some((None, None)));
        };
        let reason = key.to_digit(10).and_then(|digit| reasons.get((digit as usize).checked_sub(1)?));
        match (key, reason) {
            ('u', _) => return Ok(None),
            ('t', _) => {
                screen.prompt("In your own words: ")?;
                let note = keys.line()?.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
                return Ok(Some((None, note)));
            }
            (_, Some(reason)) => return Ok(Some((Some((*reason).to_owned()), None))),
            ('\n' | ' ', _) => return Ok(Some((None, None))),
            _ => screen.prompt("A number, t, Enter, or u: ")?,
        }
    }
}
