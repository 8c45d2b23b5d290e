//! Archives: the files in a `.zip`, each read as if it stood in a folder.

use std::io::Cursor;
use std::path::Path;

use super::{Context, Format, InputError, Notes, Notice, Package, Refusal, failed};

/// The records of all members, in the order of their names.
pub fn read(context: &Context, mut package: Package) -> Notes {
    let mut names = package.names();
    names.retain(|name| !name.ends_with('/') && !is_hidden(name));
    names.sort();
    let (read, passed): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| Format::of(Path::new(name)).is_some());
    let empty = read.is_empty() && passed.is_empty();
    let notices = Notice::passed(passed.iter().map(String::as_str)).map(|notice| Err(context.notice(notice)));
    let refusal = empty.then(|| Err(context.refused(Refusal::Other("the archive holds no file".to_owned()))));
    let context = context.clone();
    let members = read.into_iter().flat_map(move |name| {
        let format = Format::of(Path::new(&name));
        match package.read(&name) {
            Ok(bytes) => context.within(&name, Box::new(Cursor::new(bytes.unwrap_or_default())), format),
            Err(refusal) => failed(InputError::refused(&format!("{}/{name}", context.path), refusal)),
        }
    });
    Box::new(refusal.into_iter().chain(notices).chain(members))
}

/// What is hidden in a folder, and what a Mac packs beside each file.
fn is_hidden(name: &str) -> bool {
    name.split('/')
        .any(|part| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX")
}
