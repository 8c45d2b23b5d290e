//! Rewriting a note in the terminal, sentence by sentence.

use std::io;

use caselint::train::{Exercise, Judged, Nature, judge_rewrite};

use super::play::Room;
use super::talk::{Said, Talk};

const HELP: &str = "\
Leave what people said, and write beside it what it means for the child. Type the number of a line and a colon to write that line anew \
(2: She said …), or the number and a plus to add behind it (2+ At 12 …). ? shows the lines, ! begins anew, and an empty line is for when you \
are done.";

/// The note as it is written anew; nothing where the learner has had enough.
pub fn rewrite(talk: &mut Talk, exercise: &Exercise, room: &Room) -> io::Result<Option<Judged>> {
    talk.say(HELP)?;
    let original = sentences(exercise);
    let mut lines = original.clone();
    show(talk, &lines)?;
    let judged = loop {
        match talk.ask("Write:")? {
            Said::Quit => return Ok(None),
            Said::Line(line) if line.is_empty() => {
                let judged = judge_rewrite(exercise, &room.course, &room.linter, &lines.join("\n"));
                tell(talk, &judged)?;
                if judged.done || !goes_on(talk)? {
                    cannot(talk, &judged)?;
                    break judged;
                }
                show(talk, &lines)?;
            }
            Said::Line(line) if line == "?" => show(talk, &lines)?,
            Said::Line(line) if line == "!" => {
                lines.clone_from(&original);
                show(talk, &lines)?;
            }
            Said::Line(line) => match edit(&mut lines, &line) {
                Some(number) => talk.detail(&format!("{}  {}", number + 1, lines[number]))?,
                None => {
                    let last = lines.len();
                    talk.say(&format!("Begin with a number from 1 to {last} and : or +, such as 1+ and what you add."))?;
                }
            },
        }
    };
    model(talk, exercise)?;
    Ok(Some(judged))
}

/// The sentences of the note, a line each.
fn sentences(exercise: &Exercise) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in exercise.note.text.trim().split('\n').filter(|line| !line.trim().is_empty()) {
        let mut rest = paragraph.trim();
        while let Some(end) = end_of_sentence(rest) {
            lines.push(rest[..end].trim().to_owned());
            rest = rest[end..].trim_start();
        }
        lines.push(rest.to_owned());
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Where a sentence ends and another begins with a capital: good enough for showing.
fn end_of_sentence(text: &str) -> Option<usize> {
    let ends = text.match_indices(['.', '!', '?', '”', '"']).map(|(at, sign)| at + sign.len());
    ends.into_iter().find(|&end| {
        let before = text[..end].trim_end_matches(['”', '"']);
        let behind = text[end..].strip_prefix(' ');
        before.ends_with(['.', '!', '?'])
            && behind.is_some_and(|behind| behind.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"'))
    })
}

fn show(talk: &mut Talk, lines: &[String]) -> io::Result<()> {
    lines
        .iter()
        .enumerate()
        .try_for_each(|(number, line)| talk.detail(&format!("{}  {line}", number + 1)))
}

/// Changes a line as was typed, and gives its number from 0; `None` where nothing of the kind was typed.
fn edit(lines: &mut [String], typed: &str) -> Option<usize> {
    let digits = typed.find(|c: char| !c.is_ascii_digit()).unwrap_or(typed.len());
    let number = typed[..digits].parse::<usize>().ok()?.checked_sub(1)?;
    let line = lines.get_mut(number)?;
    let rest = &typed[digits..];
    *line = match (rest.strip_prefix(':'), rest.strip_prefix('+')) {
        (Some(new), _) => new.trim().to_owned(),
        (_, Some(more)) => format!("{line} {}", more.trim()),
        _ => return None,
    };
    Some(number)
}

fn tell(talk: &mut Talk, judged: &Judged) -> io::Result<()> {
    for remark in &judged.remarks {
        let nature = match remark.nature {
            Nature::Done => "Done",
            Nature::Mend => "To mend",
            Nature::Think => "To think about",
        };
        talk.blank()?;
        talk.say(&format!("{nature}: {}", remark.says))?;
        if let Some(ask) = &remark.ask {
            talk.detail(&format!("Ask: {ask}"))?;
        }
    }
    talk.blank()
}

fn cannot(talk: &mut Talk, judged: &Judged) -> io::Result<()> {
    talk.say("What this cannot tell:")?;
    judged.cannot.iter().try_for_each(|cannot| talk.detail(cannot))?;
    talk.blank()
}

fn goes_on(talk: &mut Talk) -> io::Result<bool> {
    let said = talk.ask("Enter goes back to your text; m shows a model answer and goes on.")?;
    Ok(matches!(said, Said::Line(line) if line != "m"))
}

fn model(talk: &mut Talk, exercise: &Exercise) -> io::Result<()> {
    let Some(model) = &exercise.model else { return Ok(()) };
    talk.say("One way to write it; there are others:")?;
    talk.blank()?;
    talk.note(&model.text)?;
    talk.blank()?;
    talk.say("Why so:")?;
    model.reasons.iter().try_for_each(|reason| talk.detail(reason))
}
