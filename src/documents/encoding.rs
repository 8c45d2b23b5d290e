//! Bytes to text: UTF-8, UTF-16 and Windows-1252, told apart by what the bytes are.

use std::io::{BufRead, BufReader, Read};

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;
use serde::{Deserialize, Serialize};

use super::bounded::Bytes;
use super::refusal::Notice;

/// An encoding that texts are written in. What is not UTF-8 is turned into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl Encoding {
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
            Encoding::Windows1252 => "Windows-1252",
        }
    }
}

/// A decoded text.
pub struct Decoded {
    pub text: String,
    /// Bytes of the file that stood before the text, where both count alike: the byte order mark of UTF-8.
    pub mark: usize,
    /// What the user should know of how it was read.
    pub notices: Vec<Notice>,
}

/// Why bytes are not read as text: the first place that does not fit. Line and column, in characters, count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("{line}:{column}: this byte is not UTF-8, and the text is not Windows-1252 either")]
    NotUtf8 { line: usize, column: usize },
    #[error("{line}:{column}: a control character stands here, and there are many, so this is no text")]
    NotText { line: usize, column: usize },
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The bytes 81, 8D, 8F, 90 and 9D are no signs in Windows-1252.
const NO_SIGNS: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// How much of a stream is looked at.
pub const HEAD: usize = 8 << 10;

/// UTF-16, by its byte order mark or, without one, by every other byte being NUL, as in any text of Latin letters.
fn utf16(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xFF, 0xFE, ..] => return Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let (pairs, _) = head.as_chunks::<2>();
    let high = pairs.iter().filter(|pair| pair[0] == 0).count();
    let low = pairs.iter().filter(|pair| pair[1] == 0).count();
    let most = |count: usize| count * 10 >= pairs.len() * 7;
    let few = |count: usize| count * 10 <= pairs.len();
    match pairs.len() {
        0..2 => None,
        _ if most(low) && few(high) => Some(Encoding::Utf16Le),
        _ if most(high) && few(low) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Decodes a whole text.
///
/// # Errors
/// It is no text, or in no encoding that is known.
pub fn decode(mut bytes: Vec<u8>) -> Result<Decoded, DecodeError> {
    let (mut text, mark, encoding) = match utf16(&bytes[..bytes.len().min(HEAD)]) {
        Some(encoding) => {
            let wide = if encoding == Encoding::Utf16Be { UTF_16BE } else { UTF_16LE };
            (wide.decode(&bytes).0.into_owned(), 0, encoding)
        }
        None => {
            let mark = mark_length(&bytes);
            bytes.drain(..mark);
            refuse_binary(&bytes)?;
            let (text, encoding) = narrow(bytes).map_err(|before| not_utf8(&before))?;
            (text, mark, encoding)
        }
    };
    let mut notices = Vec::new();
    if encoding != Encoding::Utf8 {
        notices.push(Notice::Encoding(encoding));
    }
    let nuls = text.bytes().filter(|&byte| byte == 0).count();
    if nuls > 0 {
        notices.push(Notice::Nuls(nuls));
    }
    tidy(&mut text);
    Ok(Decoded { text, mark, notices })
}

/// Refuses what is no text at all: many NUL bytes and other control characters.
fn refuse_binary(bytes: &[u8]) -> Result<(), DecodeError> {
    let is_control = |byte: u8| matches!(byte, 0..=8 | 0x0E..=0x19 | 0x1C..=0x1F);
    // Some systems fill the last block of a file with NUL bytes.
    let end = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |at| at + 1);
    let controls = bytes[..end].iter().filter(|&&byte| is_control(byte)).count();
    if controls > 3 && controls * 100 > end {
        let at = bytes.iter().position(|&byte| is_control(byte)).unwrap_or_default();
        let (line, column) = place(&bytes[..at]);
        return Err(DecodeError::NotText { line, column });
    }
    Ok(())
}

/// Decodes a piece of text: UTF-8, else Windows-1252. A text that is neither is given back up to the byte that does not fit.
pub fn narrow(bytes: Vec<u8>) -> Result<(String, Encoding), Vec<u8>> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, Encoding::Utf8)),
        Err(error) if is_windows_1252(error.as_bytes()) => {
            Ok((WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned(), Encoding::Windows1252))
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(valid);
            Err(bytes)
        }
    }
}

/// Whether bytes that are not UTF-8 are Windows-1252. Where most signs beyond ASCII are whole in UTF-8, it is UTF-8 with a fault.
fn is_windows_1252(bytes: &[u8]) -> bool {
    if bytes.iter().any(|byte| NO_SIGNS.contains(byte)) {
        return false;
    }
    let (whole, broken) = bytes.utf8_chunks().fold((0, 0), |(whole, broken), chunk| {
        let signs = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (whole + signs, broken + usize::from(!chunk.invalid().is_empty()))
    });
    broken > whole
}

fn not_utf8(before: &[u8]) -> DecodeError {
    let (line, column) = place(before);
    DecodeError::NotUtf8 { line, column }
}

/// How long the byte order mark of UTF-8 at the start is: 3 or 0.
pub fn mark_length(bytes: &[u8]) -> usize {
    if bytes.starts_with(MARK) { MARK.len() } else { 0 }
}

/// Line and column, in characters and from 1, of the byte after `before`.
pub fn place(before: &[u8]) -> (usize, usize) {
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    (line, String::from_utf8_lossy(&before[start..]).chars().count() + 1)
}

/// Makes blanks of NUL bytes and of the sign that ends files of DOS, and line feeds of carriage returns that stand alone. Every
/// offset stays as it is.
fn tidy(text: &mut String) {
    let has_bare_return = text.as_bytes().windows(2).any(|pair| pair[0] == b'\r' && pair[1] != b'\n') || text.ends_with('\r');
    if !has_bare_return && !text.contains(['\0', '\x1A']) {
        return;
    }
    let mut tidied = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        tidied.push(match sign {
            '\0' | '\x1A' => ' ',
            '\r' if signs.peek() != Some(&'\n') => '\n',
            _ => sign,
        });
    }
    *text = tidied;
}

/// What a stream begins with, as far as that is there without waiting for more: a program may write its records one by one.
pub fn peek(reader: &mut Bytes) -> std::io::Result<Vec<u8>> {
    let buffer = reader.fill_buf()?;
    Ok(buffer[..buffer.len().min(HEAD)].to_vec())
}

/// A stream in UTF-8 from one in UTF-16; any other stays as it is, but for its byte order mark. `head` is what it begins with.
pub fn widen(head: &[u8], mut reader: Bytes) -> std::io::Result<(Bytes, Option<Notice>)> {
    let Some(encoding) = utf16(head) else {
        let mut mark = vec![0; mark_length(head)];
        reader.read_exact(&mut mark)?;
        return Ok((reader, None));
    };
    let wide = if encoding == Encoding::Utf16Be { UTF_16BE } else { UTF_16LE };
    let narrow = DecodeReaderBytesBuilder::new().encoding(Some(wide)).bom_sniffing(true).build(reader);
    Ok((Box::new(BufReader::new(narrow)), Some(Notice::Encoding(encoding))))
}
