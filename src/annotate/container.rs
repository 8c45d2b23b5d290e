//! A container with some of its parts put anew; all others are copied as they are packed.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::AnnotateError;

/// Parts by their names.
pub type Parts = BTreeMap<String, String>;

/// The container with these parts in place of those of the same names, and the rest of them behind.
pub fn replace(bytes: &[u8], parts: Parts) -> Result<Vec<u8>, AnnotateError> {
    write(bytes, parts).map_err(|error| AnnotateError::Packing(error.to_string()))
}

fn write(bytes: &[u8], mut parts: Parts) -> Result<Vec<u8>, ZipError> {
    let mut old = ZipArchive::new(Cursor::new(bytes))?;
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let member = old.by_index_raw(index)?;
        match parts.remove(member.name()?.as_ref()) {
            None => new.raw_copy_file(member)?,
            Some(part) => {
                let time = member.last_modified().unwrap_or_default();
                new.start_file(member.name()?, options().last_modified_time(time))?;
                new.write_all(part.as_bytes())?;
            }
        }
    }
    for (name, part) in parts {
        new.start_file(name, options())?;
        new.write_all(part.as_bytes())?;
    }
    Ok(new.finish()?.into_inner())
}

/// No clock: a part has the time of the one in whose place it stands, or none.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
}
