//! Files of our own, such as lexicons, which are UTF-8 and nothing else.

use std::path::Path;

use super::InputError;
use super::encoding::{mark_length, place};

/// Decodes a whole text file, without its byte order mark.
fn decode(path: &str, mut bytes: Vec<u8>) -> Result<String, InputError> {
    refuse_utf16(path, &bytes)?;
    let mark = mark_length(&bytes);
    bytes.drain(..mark);
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        let (line, column) = place(&bytes[..at]);
        return Err(InputError::Nul { path: path.to_owned(), line, column });
    }
    String::from_utf8(bytes).map_err(|error| {
        let (line, column) = place(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
        InputError::NotUtf8 { path: path.to_owned(), line, column }
    })
}

/// Reads a whole file as text, without its byte order mark.
pub fn read_text(path: &Path) -> Result<String, InputError> {
    let name = path.to_string_lossy();
    let bytes = std::fs::read(path).map_err(|error| InputError::unreadable(&name, &error))?;
    decode(&name, bytes)
}

/// Refuses text that begins with a byte order mark of UTF-16, which is what Windows calls “Unicode”.
fn refuse_utf16(path: &str, bytes: &[u8]) -> Result<(), InputError> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(InputError::Utf16 { path: path.to_owned() });
    }
    Ok(())
}
