//! Exercises in the terminal.

use std::io::{self, IsTerminal};
use std::ops::Range;

use caselint::Linter;
use caselint::train::{self, Answer, Choice, Course, Exercise, Outcome, Progress, ROWS, Sorted, Spotted, Task, row_says};

use super::args::TrainArgs;
use super::store::Store;
use super::talk::{Said, Talk};
use super::{TrainError, course, linter, page, rewriting};
use crate::cli::{Error, Status};

/// What exercises are judged with.
pub struct Room {
    pub course: Course,
    pub linter: Linter,
}

/// Does the exercises that are named, from where the learner left off.
pub fn run(args: &TrainArgs) -> Result<Status, Error> {
    let room = Room { course: course(&args.course)?, linter: linter()? };
    let store = Store::new(&args.progress)?;
    let mut progress = store.read()?;
    let named = room.course.named(args.name.as_deref());
    if named.is_empty() {
        return Err(TrainError::Unknown(args.name.clone().unwrap_or_default()).into());
    }
    let is_open = |exercise: &&Exercise| args.again || !progress.exercises.contains_key(&exercise.id);
    let open: Vec<&Exercise> = named.iter().copied().filter(is_open).collect();
    let is_typed = io::stdin().is_terminal();
    let (input, out) = (&mut io::stdin().lock(), &mut io::stdout().lock());
    let mut talk = Talk::new(input, out, is_typed);
    if open.is_empty() {
        talk.say("You have done all of these. --again does them once more; caselint train progress shows what you saw.")?;
        return Ok(Status::Clear);
    }
    welcome(&mut talk, &store, open.len(), named.len())?;
    for (number, exercise) in open.iter().enumerate() {
        talk.blank()?;
        talk.say(&format!("Exercise {} of {}: {}", number + 1, open.len(), exercise.title))?;
        let is_done = one(&mut talk, exercise, &room, &mut progress)?;
        if is_done {
            // Another session may have written meanwhile.
            let mut kept = store.read()?;
            kept.exercises.extend(progress.exercises.remove_entry(&exercise.id));
            store.write(&kept)?;
            progress = kept;
        }
        let is_last = number + 1 == open.len();
        if !is_done || !is_last && matches!(talk.ask("Enter goes on.")?, Said::Quit) {
            talk.say("Ended. Give the same command to go on.")?;
            return Ok(Status::Clear);
        }
    }
    talk.blank()?;
    talk.say("That was the last of these. What you saw, over all that you have done:")?;
    page::families(talk.out(), &progress.families())?;
    Ok(Status::Clear)
}

fn welcome(talk: &mut Talk, store: &Store, open: usize, all: usize) -> io::Result<()> {
    let done = all - open;
    let from = if done > 0 {
        format!(" You have done {done} of {all}; --again does them once more.")
    } else {
        String::new()
    };
    talk.say(&format!("The notes are invented. Nobody is given a mark.{from}"))?;
    talk.say("At every question: ? shows the note again, q ends.")?;
    match store.is_kept() {
        true => talk.say(&format!(
            "Which exercises you did, and counts by family, are kept in {}. Your words are not. caselint train forget deletes it.",
            store.name()
        )),
        false => talk.say("Nothing is kept."),
    }
}

/// Does one exercise; false where the learner has had enough.
fn one(talk: &mut Talk, exercise: &Exercise, room: &Room, progress: &mut Progress) -> io::Result<bool> {
    let note = &exercise.note;
    // The aim of a spotting task would tell what there is to spot.
    let aim = format!("Aim: {}.", exercise.aim);
    if exercise.task != Task::Spot {
        talk.say(&aim)?;
    }
    talk.say(&format!("About {}. {}, {}.", note.subject, note.agency, note.genre))?;
    talk.blank()?;
    talk.note(&note.text)?;
    talk.blank()?;
    match exercise.task {
        Task::Spot => {
            let Some(marks) = spot(talk, exercise)? else {
                return Ok(false);
            };
            let spotted = train::judge_spot(exercise, &marks);
            progress.spotted(exercise, &spotted);
            tell_spotted(talk, exercise, &spotted)?;
            talk.blank()?;
            talk.say(&aim)?;
        }
        Task::Sort => {
            let Some(rows) = sort(talk, exercise)? else { return Ok(false) };
            progress.sorted(exercise, &train::judge_sort(exercise, &rows));
        }
        Task::Rewrite => {
            let Some(judged) = rewriting::rewrite(talk, exercise, room)? else {
                return Ok(false);
            };
            progress.rewritten(exercise, &judged);
        }
    }
    talk.blank()?;
    for line in train::reading(&room.linter, exercise) {
        talk.say(&format!("To read: {line}"))?;
    }
    Ok(true)
}

/// The marks that the learner types.
fn spot(talk: &mut Talk, exercise: &Exercise) -> io::Result<Option<Vec<Range<usize>>>> {
    talk.say(
        "Which words would you mark, because they blame or because they stand with nothing beside them? Type them as they stand, a phrase a \
         line. An empty line ends. There may be none.",
    )?;
    let mut marks = Vec::new();
    loop {
        match talk.ask("Mark:")? {
            Said::Quit => return Ok(None),
            Said::Line(line) if line.is_empty() => return Ok(Some(marks)),
            Said::Line(line) if line == "?" => talk.note(&exercise.note.text)?,
            Said::Line(line) => {
                let places = train::find(&exercise.note.text, &line);
                if places.is_empty() {
                    talk.say("These words are not in the note. Type them as they stand there; a part of a sentence will do.")?;
                }
                marks.extend(places);
            }
        }
    }
}

fn tell_spotted(talk: &mut Talk, exercise: &Exercise, spotted: &Spotted) -> io::Result<()> {
    for seen in &spotted.items {
        let key = &seen.key;
        let outcome = match seen.outcome {
            Outcome::Seen => "You saw",
            Outcome::Missed => "Missed",
            Outcome::Left => "Rightly left",
            Outcome::Overmarked => "You marked, and it may stay",
        };
        talk.blank()?;
        talk.say(&format!("{outcome}: “{}” ({}: {})", key.phrase, key.family, row_says(key.row)))?;
        tell_why(talk, key)?;
    }
    if !spotted.wide.is_empty() || !spotted.elsewhere.is_empty() {
        talk.blank()?;
    }
    let text = |range: &Range<usize>| exercise.note.text[range.clone()].to_owned();
    for range in &spotted.wide {
        talk.say(&format!("“{}” takes in several things at once. Mark the words that carry the concern, no more.", text(range)))?;
    }
    for range in &spotted.elsewhere {
        talk.say(&format!("“{}” is not in the key. If you see something in it, talk it over with a colleague.", text(range)))?;
    }
    Ok(())
}

/// The rows that the learner chooses, with the answer after each.
fn sort(talk: &mut Talk, exercise: &Exercise) -> io::Result<Option<Vec<Option<u8>>>> {
    talk.say("For each phrase, type the number of the row that fits.")?;
    rows(talk)?;
    let mut chosen = Vec::new();
    for (number, (_, key)) in exercise.keys().into_iter().enumerate() {
        talk.blank()?;
        let Some(row) = row(talk, exercise, &key.phrase)? else {
            return Ok(None);
        };
        chosen.push(row);
        tell_sorted(talk, &train::judge_sort(exercise, &chosen)[number])?;
    }
    Ok(Some(chosen))
}

fn rows(talk: &mut Talk) -> io::Result<()> {
    ROWS.iter().try_for_each(|(row, says)| {
        let what = if *row < 8 { "leave" } else { "flag" };
        talk.detail(&format!("{row:>2}  {what}: {says}"))
    })
}

fn row(talk: &mut Talk, exercise: &Exercise, phrase: &str) -> io::Result<Option<Option<u8>>> {
    talk.say(&format!("“{phrase}”"))?;
    loop {
        match talk.ask("Row:")? {
            Said::Quit => return Ok(None),
            Said::Line(line) if line.is_empty() => return Ok(Some(None)),
            Said::Line(line) if line == "?" => {
                talk.note(&exercise.note.text)?;
                rows(talk)?;
            }
            Said::Line(line) => match line.parse::<u8>() {
                Ok(row) if (1..=10).contains(&row) => return Ok(Some(Some(row))),
                _ => talk.say("Type a number from 1 to 10, or only Enter to see the answer.")?,
            },
        }
    }
}

fn tell_sorted(talk: &mut Talk, sorted: &Sorted) -> io::Result<()> {
    let key = &sorted.key;
    let (verdict, rightly) = if sorted.answer == Answer::Flag { ("flag", "flagged") } else { ("leave", "left") };
    let said = match sorted.choice {
        Choice::Right => "Yes".to_owned(),
        Choice::OtherReason => format!("Rightly {rightly}, but for another reason"),
        Choice::Wrong => "Not so".to_owned(),
        Choice::Open => "The key".to_owned(),
    };
    talk.say(&format!("{said}: {verdict}, row {}, {}.", key.row, row_says(key.row)))?;
    tell_why(talk, key)
}

fn tell_why(talk: &mut Talk, key: &train::Key) -> io::Result<()> {
    talk.detail(&key.why)?;
    if let Some(write) = &key.write {
        talk.detail(&format!("You may write: {write}"))?;
    }
    match &key.linter {
        Some(linter) => talk.detail(&format!("The linter judges otherwise: {linter}")),
        None => Ok(()),
    }
}
