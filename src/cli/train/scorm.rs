//! A SCORM 1.2 package: a page, and a manifest that tells a learning-management system of it.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

const MANIFEST: &str = include_str!("imsmanifest.xml");

/// The package of a page. The same page gives the same bytes.
pub fn package(title: &str, html: &str) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The manifest must lie at the root.
    zip.start_file("imsmanifest.xml", options)?;
    zip.write_all(MANIFEST.replace("{title}", &escape(title)).as_bytes())?;
    zip.start_file("index.html", options)?;
    zip.write_all(html.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
