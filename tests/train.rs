//! The exercises and their judging: keys, learners who do well and badly, and the program around them.

#![cfg(feature = "cli")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use caselint::Linter;
use caselint::train::{self, Answer, Choice, Course, Exercise, Judged, Nature, Outcome, Progress, Task};
use serde::Deserialize;
use support::fed;
use tempfile::TempDir;

const REWRITES: &str = include_str!("train/rewrites.toml");

fn linter() -> Linter {
    Linter::builder().build().expect("the embedded lexicon")
}

fn exercise<'a>(course: &'a Course, id: &str) -> &'a Exercise {
    course
        .exercises
        .iter()
        .find(|exercise| exercise.id == id)
        .unwrap_or_else(|| panic!("{id} is an exercise"))
}

#[test]
fn the_exercises_are_sound_and_the_linter_agrees() {
    let checked = train::check(&train::embedded(), &linter());
    let told: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(
        checked.exercises >= 28 && checked.marks > checked.exercises && checked.decoys >= checked.exercises,
        "{checked:?}"
    );
    assert!(checked.differs <= 3, "the linter differs from {} keys", checked.differs);
}

#[test]
fn the_exercises_are_many_and_unlike() {
    let course = Course::embedded();
    let sets = course.exercises.iter().fold(BTreeMap::new(), |mut sets: BTreeMap<&str, usize>, exercise| {
        *sets.entry(exercise.set()).or_default() += 1;
        sets
    });
    assert_eq!(sets.len(), 4);
    assert!(sets.values().all(|&count| count >= 6), "{sets:?}");
    let families: BTreeSet<&str> = course
        .exercises
        .iter()
        .flat_map(|exercise| &exercise.marks)
        .map(|mark| mark.family.as_str())
        .collect();
    assert_eq!(families.len(), 12, "{families:?}");
    let agencies: BTreeSet<&str> = course.exercises.iter().map(|exercise| exercise.note.agency.as_str()).collect();
    assert!(agencies.len() >= 12, "{agencies:?}");
    for ages in [0..5, 5..12, 12..16, 16..18, 18..90] {
        assert!(course.exercises.iter().any(|exercise| exercise.note.age.is_some_and(|age| ages.contains(&age))), "{ages:?}");
    }
    let minutes: Vec<Task> = course.exercises.iter().filter(|exercise| exercise.session).map(|exercise| exercise.task).collect();
    assert!([Task::Spot, Task::Sort, Task::Rewrite].iter().all(|task| minutes.contains(task)), "{minutes:?}");
}

#[derive(Deserialize)]
struct Rewrites {
    case: Vec<Rewrite>,
    #[serde(rename = "stock")]
    stock: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rewrite {
    name: String,
    exercise: String,
    /// Replaced in the note, one after the other.
    #[serde(default)]
    replace: Vec<(String, String)>,
    /// Added at its end.
    #[serde(default)]
    add: String,
    /// Pieces of the remarks that it must get, by nature.
    #[serde(default)]
    done: Vec<String>,
    #[serde(default)]
    mend: Vec<String>,
    #[serde(default)]
    think: Vec<String>,
    /// Remarks to mend that it must not get.
    #[serde(default)]
    not: Vec<String>,
}

fn rewrites() -> Rewrites {
    toml::from_str(REWRITES).expect("tests/train/rewrites.toml is sound")
}

fn said(judged: &Judged, nature: Nature) -> Vec<&str> {
    let remarks = judged.remarks.iter().filter(|remark| remark.nature == nature);
    remarks.map(|remark| remark.says.as_str()).collect()
}

#[test]
fn a_rewrite_is_told_what_became_of_the_note() {
    let (course, linter) = (Course::embedded(), linter());
    for case in rewrites().case {
        let exercise = exercise(&course, &case.exercise);
        let replaced = case.replace.iter().fold(exercise.note.text.trim().to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{}: “{old}” is not in the note", case.name);
            text.replace(old, new)
        });
        let judged = train::judge_rewrite(exercise, &course, &linter, &format!("{replaced} {}", case.add));
        for (nature, pieces) in [(Nature::Done, &case.done), (Nature::Mend, &case.mend), (Nature::Think, &case.think)] {
            for piece in pieces {
                let found = said(&judged, nature).iter().any(|says| says.contains(piece.as_str()));
                assert!(found, "{}: no {nature:?} says “{piece}”: {:#?}", case.name, judged.remarks);
            }
        }
        let mend = said(&judged, Nature::Mend);
        assert!(
            !case.not.iter().any(|piece| mend.iter().any(|says| says.contains(piece.as_str()))),
            "{}: {mend:#?}",
            case.name
        );
        assert_eq!(judged.done, mend.is_empty(), "{}", case.name);
        assert!(!case.mend.is_empty() || judged.done, "{}: {mend:#?}", case.name);
    }
}

#[test]
fn a_stock_sentence_passes_nowhere() {
    let (course, linter) = (Course::embedded(), linter());
    for exercise in course.exercises.iter().filter(|exercise| exercise.task == Task::Rewrite) {
        for stock in rewrites().stock {
            let judged = train::judge_rewrite(exercise, &course, &linter, &format!("{} {stock}", exercise.note.text.trim()));
            let named = said(&judged, Nature::Mend).iter().any(|says| says.contains("beside any other note"));
            assert!(!judged.done && named, "{}: {stock}: {:#?}", exercise.id, judged.remarks);
        }
    }
}

#[test]
fn marks_are_compared_with_the_key() {
    let course = Course::embedded();
    let exercise = exercise(&course, "first-sight/05-period-five");
    let outcomes = |phrases: &[&str]| {
        let marks: Vec<_> = phrases.iter().flat_map(|phrase| train::find(&exercise.note.text, phrase)).collect();
        train::judge_spot(exercise, &marks)
    };
    let of = |spotted: &train::Spotted| spotted.items.iter().map(|seen| seen.outcome).collect::<Vec<_>>();
    // The decoy comes first in the text.
    assert_eq!(of(&outcomes(&[])), [Outcome::Left, Outcome::Missed]);
    assert_eq!(of(&outcomes(&["a manipulative girl"])), [Outcome::Left, Outcome::Seen]);
    assert_eq!(of(&outcomes(&["threw her book", "MANIPULATIVE"])), [Outcome::Overmarked, Outcome::Seen]);
    let elsewhere = outcomes(&["the bus"]);
    assert_eq!((of(&elsewhere), elsewhere.elsewhere.len()), (vec![Outcome::Left, Outcome::Missed], 1));
    // The whole note is no answer.
    let wide = outcomes(&[exercise.note.text.trim()]);
    assert_eq!((of(&wide), wide.wide.len()), (vec![Outcome::Left, Outcome::Missed], 1));
}

#[test]
fn rows_are_compared_with_the_key() {
    let course = Course::embedded();
    let exercise = exercise(&course, "whose-words/01-the-school-nurse");
    let choices = |rows: &[Option<u8>]| train::judge_sort(exercise, rows).iter().map(|item| item.choice).collect::<Vec<_>>();
    assert_eq!(choices(&[Some(1), Some(9)]), [Choice::Right, Choice::Right]);
    assert_eq!(choices(&[Some(4), Some(10)]), [Choice::OtherReason, Choice::OtherReason]);
    assert_eq!(choices(&[Some(9), Some(6)]), [Choice::Wrong, Choice::Wrong]);
    assert_eq!(choices(&[None]), [Choice::Open, Choice::Open]);
}

#[test]
fn progress_counts_the_last_time_and_groups_add_up() {
    let course = Course::embedded();
    let exercise = exercise(&course, "first-sight/05-period-five");
    let mut progress = Progress::default();
    progress.spotted(exercise, &train::judge_spot(exercise, &[]));
    assert_eq!((progress.families()["behaviour"].seen, progress.families()["behaviour"].missed), (0, 1));
    progress.spotted(exercise, &train::judge_spot(exercise, &train::find(&exercise.note.text, "manipulative")));
    assert_eq!((progress.families()["behaviour"].seen, progress.families()["behaviour"].missed), (1, 0));
    assert_eq!(progress.exercises[&exercise.id].times, 2);
    let mut group = train::Group::default();
    (0..3).for_each(|_| group.add(&progress));
    assert_eq!((group.learners, group.exercises[&exercise.id], group.families["behaviour"].seen), (3, 3, 3));
}

// --- The program --------------------------------------------------------------------------------------------------------------------------

/// Runs the program with a data folder of its own.
fn run(folder: &Path, arguments: &[&str], typed: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
    command.arg("train").args(arguments).current_dir(folder);
    command.env("XDG_DATA_HOME", folder.join("data")).env("LOCALAPPDATA", folder.join("data"));
    fed(&mut command, typed.as_bytes())
}

fn shown(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the output is UTF-8");
    text(&output.stdout) + &text(&output.stderr)
}

fn kept(folder: &Path) -> String {
    fs::read_to_string(folder.join("data/caselint/training.json")).expect("progress is kept")
}

/// What somebody types who gives each exercise what the key says, or the contrary.
fn typed(exercise: &Exercise, is_right: bool) -> String {
    let mut lines: Vec<String> = Vec::new();
    match exercise.task {
        Task::Spot => {
            let wanted = if is_right { &exercise.marks } else { &exercise.decoys };
            lines.extend(wanted.iter().map(|key| key.phrase.clone()));
            lines.push(String::new());
        }
        Task::Sort => lines.extend(exercise.keys().iter().map(|(answer, key)| match (is_right, answer) {
            (true, _) => key.row.to_string(),
            (false, Answer::Flag) => "1".to_owned(),
            (false, Answer::Leave) => "8".to_owned(),
        })),
        Task::Rewrite => {
            let model = exercise.model.as_ref().expect("a rewriting task has a model answer");
            let text = if is_right {
                model.text.split_whitespace().collect::<Vec<_>>().join(" ")
            } else {
                "Nothing to report.".to_owned()
            };
            lines.push(format!("1: {text}"));
            // Lines that are not there are refused, which does no harm.
            lines.extend((2..12).map(|line| format!("{line}:")));
            lines.push(String::new());
            lines.extend((!is_right).then(|| "m".to_owned()));
        }
    }
    lines.push(String::new());
    lines.join("\n") + "\n"
}

#[test]
fn every_exercise_can_be_done_to_the_end() {
    let course = Course::embedded();
    for is_right in [true, false] {
        let folder = TempDir::new().expect("a temporary folder");
        let all: String = course.exercises.iter().map(|exercise| typed(exercise, is_right)).collect();
        let output = run(folder.path(), &[], &all);
        let shown = shown(&output);
        assert_eq!(output.status.code(), Some(0), "{shown}");
        assert!(shown.contains("That was the last of these."), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() <= 80), "a line is too wide");
        let wrong = ["Missed:", "Not so", "To mend:", "You marked, and it may stay"];
        assert_eq!(wrong.iter().all(|word| !shown.contains(word)), is_right, "{shown}");
        if !is_right {
            assert!(wrong.iter().all(|word| shown.contains(word)), "{shown}");
        }
        let kept = kept(folder.path());
        let progress: Progress = serde_json::from_str(&kept).expect("progress is JSON");
        assert_eq!(progress.exercises.len(), course.exercises.len());
        assert!(!kept.contains("Nothing to report") && !kept.contains("consented"), "no words are kept: {kept}");
        for (family, tally) in progress.families() {
            assert_eq!(tally.missed + tally.overmarked == 0, is_right, "{family}: {tally:?}");
        }
    }
}

#[test]
fn a_learner_goes_on_where_they_left_off_and_can_be_forgotten() {
    let folder = TempDir::new().expect("a temporary folder");
    let first = run(folder.path(), &["first-sight"], "puts herself at risk\n\n\nq\n");
    assert!(
        shown(&first).contains("Exercise 1 of 7") && shown(&first).contains("Give the same command to go on."),
        "{}",
        shown(&first)
    );
    let second = run(folder.path(), &["first-sight"], "");
    assert!(
        shown(&second).contains("You have done 1 of 7") && shown(&second).contains("Exercise 1 of 6"),
        "{}",
        shown(&second)
    );
    let progress = shown(&run(folder.path(), &["progress"], ""));
    assert!(progress.contains("1 exercise done") && progress.contains("saw 1 of 1"), "{progress}");
    assert!(shown(&run(folder.path(), &["forget"], "")).starts_with("Deleted"));
    assert!(!folder.path().join("data/caselint/training.json").exists());
    assert!(shown(&run(folder.path(), &["forget"], "")).starts_with("Nothing is kept"));
}

#[test]
fn nothing_is_kept_where_nothing_is_to_be_kept() {
    let folder = TempDir::new().expect("a temporary folder");
    let output = run(folder.path(), &["first-sight/01-the-bus-station", "--no-progress"], "\n\n");
    assert!(shown(&output).contains("Nothing is kept."), "{}", shown(&output));
    assert_eq!(fs::read_dir(folder.path()).expect("the folder is there").count(), 0);
}

#[test]
fn what_cannot_be_used_is_told_in_a_line() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("broken.json"), "{\"format\": 1").expect("the file is written");
    fs::write(folder.path().join("later.json"), "{\"format\": 9, \"exercises\": {}}").expect("the file is written");
    for (arguments, piece) in [
        (vec!["weather"], "`weather` is no set and no exercise"),
        (vec!["--progress", "broken.json"], "broken.json: this is no progress file"),
        (vec!["progress", "--progress", "later.json"], "format 9 is not known"),
        (vec!["group", "gone.json"], "gone.json"),
        (vec!["check", "gone.toml"], "gone.toml"),
        (vec!["list", "--exercises", "nowhere"], "nowhere"),
    ] {
        let output = run(folder.path(), &arguments, "");
        let shown = shown(&output);
        assert!(output.status.code() == Some(2) && shown.contains(piece), "{arguments:?}: {shown}");
    }
}

#[test]
fn a_group_is_added_up_without_names() {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, marks) in [("ana.json", "puts herself at risk\n\n\n"), ("ben.json", "\n\n")] {
        run(folder.path(), &["first-sight/01-the-bus-station", "--progress", name], marks);
    }
    let shown = shown(&run(folder.path(), &["group", "ana.json", "ben.json"], ""));
    assert!(shown.contains("2 learners") && shown.contains("saw 1 of 2"), "{shown}");
    assert!(!shown.contains("ana") && !shown.contains("ben"), "{shown}");
}

#[test]
fn a_new_exercise_is_sound_once_the_trainer_has_decided() {
    let folder = TempDir::new().expect("a temporary folder");
    let note = "---\ngenre: case note\nagency: School\nsubject:\n  age: 14\n---\nShe said that she consented to sex with a man of 30. Mum consented to the referral. She absconded.\n";
    fs::write(folder.path().join("note.txt"), note).expect("the note is written");
    let proposed = run(folder.path(), &["new", "note.txt"], "");
    let proposed = String::from_utf8(proposed.stdout).expect("UTF-8");
    fs::create_dir_all(folder.path().join("ours/first-sight")).expect("the folder is made");
    let path = folder.path().join("ours/first-sight/01-new.toml");
    fs::write(&path, &proposed).expect("the exercise is written");
    let undecided = run(folder.path(), &["check", "ours"], "");
    assert!(undecided.status.code() == Some(1) && shown(&undecided).contains("TO DO"), "{}", shown(&undecided));
    // The same file named from its own folder, so that no folder stands before it.
    let bare = run(path.parent().expect("a set"), &["check", "01-new.toml"], "");
    assert!(bare.status.code() == Some(1) && shown(&bare).contains("TO DO"), "{}", shown(&bare));
    fs::write(&path, proposed.replace("TO DO", "Decided")).expect("the exercise is written");
    let decided = run(folder.path(), &["check", "ours"], "");
    assert!(decided.status.success() && shown(&decided).contains("2 marks, 1 decoy: sound"), "{}", shown(&decided));
}

#[test]
fn a_pack_has_no_answers_in_its_handout() {
    let folder = TempDir::new().expect("a temporary folder");
    let output = run(folder.path(), &["export", "--print", "pack"], "");
    assert!(output.status.success(), "{}", shown(&output));
    let page = |name: &str| fs::read_to_string(folder.path().join("pack").join(name)).expect("the page is there");
    let course = Course::embedded();
    for exercise in course.exercises.iter().filter(|exercise| exercise.session) {
        let key = exercise.marks.first().expect("exercises of the session have a mark");
        let why = key.why.replace('"', "&quot;");
        assert!(page("answers.html").contains(&why) && !page("handout.html").contains(&why), "{}", exercise.id);
        assert!(
            page("handout.html").contains(&exercise.title) && page("facilitator.html").contains(&exercise.title),
            "{}",
            exercise.id
        );
    }
    assert!(page("what-you-may-write.html").matches("<section class=concern").count() > 150, "a page for each concern");
}
