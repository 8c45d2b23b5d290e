//! A pack for a session, as pages to print.

use std::fmt::Write;

use super::exercise::{Answer, Course, Exercise, Task};
use super::{ROWS, row_says};
use crate::lexicon::schema::Strength;
use crate::upkeep::{Catalogue, Entry};

const STYLE: &str = include_str!("print/style.css");
const SESSION: &str = include_str!("print/session.html");

/// Blank lines to write on.
const RULED: usize = 9;

/// A file of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    pub name: &'static str,
    pub html: String,
}

/// The pack for some exercises: what is handed out, the answers, the notes for whoever leads, and a page for each concern.
pub fn pack(course: &Course, exercises: &[&Exercise], catalogue: &Catalogue) -> Vec<Page> {
    let each = |write: &dyn Fn(&mut String, usize, &Exercise)| {
        let mut body = String::new();
        exercises.iter().enumerate().for_each(|(number, exercise)| write(&mut body, number + 1, exercise));
        body
    };
    let handout = format!(
        "<p class=lead>The notes are invented. Nobody is given a mark: talk about what you see.</p>{}",
        each(&|body, number, exercise| sheet(body, number, exercise))
    );
    let answers = each(&|body, number, exercise| key(body, number, exercise, catalogue));
    let session = SESSION.replace("{exercises}", &each(&|body, number, exercise| plan(body, number, exercise, course)));
    vec![
        page("handout.html", "Words in records: exercises", &handout),
        page("answers.html", "Words in records: answers", &answers),
        page("facilitator.html", "Words in records: notes for the facilitator", &session),
        page("what-you-may-write.html", "What you may write", &concerns(catalogue)),
    ]
}

fn page(name: &'static str, title: &str, body: &str) -> Page {
    let title = escape(title);
    let html = format!(
        "<!doctype html>\n<html lang=en-GB>\n<meta charset=utf-8>\n<meta name=viewport content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</html>\n"
    );
    Page { name, html }
}

/// An exercise as a learner gets it.
fn sheet(body: &mut String, number: usize, exercise: &Exercise) {
    let note = &exercise.note;
    let task = match exercise.task {
        Task::Spot => "Underline the words that blame, or that stand with nothing beside them. There may be none.",
        Task::Sort => "Decide for each phrase: flag or leave? Write the number of the row that fits.",
        Task::Rewrite => {
            "Write the note anew. Leave what people said, and write beside it what it means for the child. Make nothing up."
        }
    };
    let _ = write!(
        body,
        "<section><h2>{number}. {}</h2><p class=about>About {}. {}, {}.</p><blockquote>{}</blockquote><p><strong>{task}</strong></p>",
        escape(&exercise.title),
        escape(&note.subject),
        escape(&note.agency),
        escape(&note.genre),
        lines(&note.text)
    );
    match exercise.task {
        Task::Sort => {
            body.push_str("<table class=choose><thead><tr><th>Phrase<th>Row<th>Why</thead>");
            for (_, key) in exercise.keys() {
                let _ = write!(body, "<tr><td>“{}”<td><td>", escape(&key.phrase));
            }
            body.push_str("</table><ol class=rows>");
            for (row, says) in ROWS {
                let what = if row < 8 { "leave" } else { "flag" };
                let _ = write!(body, "<li value={row}>{what}: {says}");
            }
            body.push_str("</ol>");
        }
        Task::Rewrite => body.push_str(&"<div class=line></div>".repeat(RULED)),
        Task::Spot => body.push_str(&"<div class=line></div>".repeat(2)),
    }
    body.push_str("</section>");
}

/// The answers to an exercise.
fn key(body: &mut String, number: usize, exercise: &Exercise, catalogue: &Catalogue) {
    let _ = write!(body, "<section><h2>{number}. {}</h2><p>{}.</p><dl>", escape(&exercise.title), escape(&exercise.aim));
    for (answer, key) in exercise.keys() {
        let verdict = if answer == Answer::Flag { "Flag" } else { "Leave" };
        let _ = write!(
            body,
            "<dt>“{}”<dd><strong>{verdict}</strong>, row {}: {}. {}",
            escape(&key.phrase),
            key.row,
            row_says(key.row),
            escape(&key.why)
        );
        if let Some(write) = &key.write {
            let _ = write!(body, " <em>You may write: {}</em>", escape(write));
        }
        if let Some(linter) = &key.linter {
            let _ = write!(body, " <em>The linter judges otherwise: {}</em>", escape(linter));
        }
    }
    body.push_str("</dl>");
    if !exercise.points.is_empty() {
        body.push_str("<p>A good analysis covers:<ul>");
        exercise.points.iter().for_each(|point| item(body, &point.says));
        body.push_str("</ul>");
    }
    if let Some(model) = &exercise.model {
        let _ = write!(body, "<p>One way to write it; there are others:<blockquote>{}</blockquote><ul>", lines(&model.text));
        model.reasons.iter().for_each(|reason| item(body, reason));
        body.push_str("</ul>");
    }
    cited(body, &exercise.sources, catalogue);
    body.push_str("</section>");
}

/// What whoever leads needs to know of an exercise.
fn plan(body: &mut String, number: usize, exercise: &Exercise, course: &Course) {
    let set = course.sets.iter().find(|set| set.id == exercise.set()).map_or("", |set| set.title.as_str());
    let _ = write!(body, "<tr><td>{number}<td>{}<td>{}<td>{}", escape(&exercise.title), escape(set), escape(&exercise.aim));
}

/// A page for each concern.
fn concerns(catalogue: &Catalogue) -> String {
    let on: Vec<&Entry> = catalogue.entries.iter().filter(|entry| entry.concern.default).collect();
    let mut body = "<nav><p class=lead>A page for each concern. Print the ones you need.</p>".to_owned();
    for family in on.chunk_by(|one, other| one.family == other.family) {
        let _ = write!(body, "<p><strong>{}</strong>: ", escape(&family[0].family));
        let links: Vec<String> = family
            .iter()
            .map(|entry| format!("<a href=\"#{0}\">{1}</a>", escape(&entry.name), escape(&entry.concern.id)))
            .collect();
        body.push_str(&links.join(", "));
    }
    body.push_str("</nav>");
    on.iter().for_each(|entry| concern(&mut body, entry, catalogue));
    body
}

fn concern(body: &mut String, entry: &Entry, catalogue: &Catalogue) {
    let concern = &entry.concern;
    let strength = match concern.strength {
        Strength::Blaming => {
            "These words judge in anyone's hands. Somebody else's may be reported, with analysis beside them; choose others yourself."
        }
        Strength::Context => "These words can be proper, with analysis beside them.",
    };
    let _ = write!(
        body,
        "<section class=concern id=\"{0}\"><h2>{0}</h2><p>{strength}</p><h3>Why it matters</h3><p>{1}</p><h3>You may write</h3><ul>",
        escape(&entry.name),
        escape(&concern.why)
    );
    concern.reframe.iter().for_each(|text| item(body, text));
    body.push_str("</ul><h3>Ask yourself</h3><ul>");
    concern.questions.iter().for_each(|text| item(body, text));
    body.push_str("</ul>");
    for (heading, examples) in [("Would be pointed to", &concern.flags), ("May stay", &concern.leaves)] {
        if !examples.is_empty() {
            let _ = write!(body, "<h3>{heading}</h3><ul>");
            examples.iter().take(2).for_each(|example| item(body, &example.text.replace(['[', ']'], "")));
            body.push_str("</ul>");
        }
    }
    cited(body, &concern.sources, catalogue);
    body.push_str("</section>");
}

fn cited(body: &mut String, sources: &[String], catalogue: &Catalogue) {
    let known = sources.iter().filter_map(|cited| catalogue.source(cited));
    let texts: Vec<String> = known.map(|(source, place)| source.in_full(place)).collect();
    if !texts.is_empty() {
        let _ = write!(body, "<p class=sources>To read: {}</p>", escape(&texts.join("; ")));
    }
}

fn item(body: &mut String, text: &str) {
    let _ = write!(body, "<li>{}", escape(text));
}

/// A text of several lines.
fn lines(text: &str) -> String {
    escape(text.trim()).replace('\n', "<br>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
