//! `caselint train export`: a pack to print, and a folder and a package for browsers.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use caselint::lexicon::SourceFile;
use caselint::train::{self, Course, Exercise, SETS};

use super::args::ExportArgs;
use super::{TrainError, catalogue, course, files, scorm};
use crate::cli::{Error, Status};
use crate::input::read_text;
use crate::report::safe;

/// Where caselint.html takes exercises from; without any it has those that come with caselint.
const SLOT: &str = "<script type=\"application/json\" id=\"caselint-exercises\">";

/// The name of the package within the folder.
const PACKAGE: &str = "caselint-training-scorm12.zip";

/// Writes what was asked for.
pub fn run(args: &ExportArgs) -> Result<Status, Error> {
    let course = course(&args.course)?;
    if let Some(folder) = &args.print {
        print(args, &course, folder)?;
    }
    if let (Some(folder), Some(page)) = (&args.static_folder, &args.page) {
        for_browsers(args, &course, folder, page)?;
    }
    Ok(Status::Clear)
}

fn print(args: &ExportArgs, course: &Course, folder: &Path) -> Result<(), Error> {
    let exercises: Vec<&Exercise> = match &args.name {
        Some(_) => named(args, course)?,
        None => {
            let of_session: Vec<&Exercise> = course.exercises.iter().filter(|exercise| exercise.session).collect();
            // A folder of one's own may name none for the session.
            if of_session.is_empty() { course.exercises.iter().collect() } else { of_session }
        }
    };
    for page in train::pack(course, &exercises, &catalogue()?) {
        write(folder, page.name, page.html.as_bytes())?;
    }
    Ok(())
}

/// A page that needs neither server nor installation, and a package that holds the same page.
fn for_browsers(args: &ExportArgs, course: &Course, folder: &Path, page: &Path) -> Result<(), Error> {
    let exercises = named(args, course)?;
    let is_wanted = |file: &SourceFile| {
        let name = file.name.replace('\\', "/");
        name.ends_with(SETS) || exercises.iter().any(|exercise| name.ends_with(&format!("{}.toml", exercise.id)))
    };
    let mut wanted = files(args.course.exercises.as_deref())?;
    wanted.retain(is_wanted);
    let html =
        with_exercises(&read_text(page)?, &wanted).ok_or_else(|| TrainError::NoPage(page.to_string_lossy().into_owned()))?;
    write(folder, "index.html", html.as_bytes())?;
    let title = args.name.as_ref().and_then(|name| course.sets.iter().find(|set| set.id == *name));
    let title = title.map_or("Words in records about children", |set| set.title.as_str());
    let package =
        scorm::package(title, &html).map_err(|error| TrainError::Write { path: PACKAGE.to_owned(), error: error.into() })?;
    write(folder, PACKAGE, &package)
}

/// The exercises that are named; all, where nothing is.
fn named<'c>(args: &ExportArgs, course: &'c Course) -> Result<Vec<&'c Exercise>, Error> {
    let exercises = course.named(args.name.as_deref());
    if exercises.is_empty() {
        return Err(TrainError::Unknown(args.name.clone().unwrap_or_default()).into());
    }
    Ok(exercises)
}

/// The page with these exercises in its slot; `None` where it has none.
fn with_exercises(page: &str, files: &[SourceFile]) -> Option<String> {
    let (before, behind) = page.split_once(SLOT)?;
    let behind = &behind[behind.find("</script>")?..];
    // No text may end the script early.
    let json = serde_json::to_string(files).ok()?.replace('<', "\\u003c");
    Some([before, SLOT, &json, behind].concat())
}

/// Writes a file of the folder, and tells.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let path = folder.join(name);
    let failed = |error| TrainError::Write { path: path.to_string_lossy().into_owned(), error };
    fs::create_dir_all(folder).map_err(failed)?;
    fs::write(&path, bytes).map_err(failed)?;
    writeln!(io::stdout().lock(), "{}", safe(&path.to_string_lossy())).map_err(Error::from)
}
