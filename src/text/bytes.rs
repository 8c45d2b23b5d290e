//! Small steps over the bytes of a text.

use std::ops::Range;

/// A blank within a line. Form feeds and bare carriage returns count as blanks.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | 0x0b | 0x0c)
}

/// A blank or the end of a line.
pub(super) fn is_white(byte: u8) -> bool {
    byte == b'\n' || is_blank(byte)
}

/// A sign that closes what a sentence's end may stand in.
pub(super) fn is_closer(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b')' | b']' | b'}')
}

/// A letter, or a byte of a letter outside ASCII.
pub(super) fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii()
}

/// The first position from `at` whose byte does not fit, at most `limit`.
pub(super) fn skip(bytes: &[u8], at: usize, limit: usize, fits: impl Fn(u8) -> bool) -> usize {
    let limit = limit.min(bytes.len());
    (at..limit).find(|&i| !fits(bytes[i])).unwrap_or(limit.max(at))
}

/// The start of the run of fitting bytes that ends at `at`, at least `limit`.
pub(super) fn skip_back(bytes: &[u8], at: usize, limit: usize, fits: impl Fn(u8) -> bool) -> usize {
    (limit..at).rev().find(|&i| !fits(bytes[i])).map_or(limit.min(at), |i| i + 1)
}

/// The first position from `at` whose byte fits. Whole blocks are looked at together, which the compiler turns into vector
/// instructions.
pub(super) fn next_fitting(bytes: &[u8], at: usize, fits: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 16;
    let rest = bytes.get(at..)?;
    let misses = |block: &&[u8]| !block.iter().fold(false, |any, &byte| any | fits(byte));
    let passed = rest.chunks_exact(BLOCK).take_while(misses).count() * BLOCK;
    rest[passed..].iter().position(|&byte| fits(byte)).map(|length| at + passed + length)
}

/// The first position from `at` whose byte is no ASCII. Eight bytes are looked at in one go, as a number.
pub(super) fn next_beyond_ascii(bytes: &[u8], at: usize) -> Option<usize> {
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let (chunks, _) = bytes.get(at..)?.as_chunks();
    let passed = at + chunks.iter().take_while(|&&chunk| u64::from_ne_bytes(chunk) & HIGH == 0).count() * 8;
    bytes[passed..].iter().position(|byte| !byte.is_ascii()).map(|length| passed + length)
}

/// The start of the line that ends at `at`, at least `limit`. Whole blocks are looked at together, as above.
pub(super) fn line_start(bytes: &[u8], at: usize, limit: usize) -> usize {
    const BLOCK: usize = 16;
    let line = &bytes[limit..at];
    let misses = |block: &&[u8]| !block.iter().fold(false, |any, &byte| any | (byte == b'\n'));
    let rest = line.len() - line.rchunks_exact(BLOCK).take_while(misses).count() * BLOCK;
    line[..rest].iter().rposition(|&byte| byte == b'\n').map_or(limit, |newline| limit + newline + 1)
}

/// The range without white space at its ends.
pub(super) fn trim(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let start = skip(bytes, range.start, range.end, is_white);
    start..skip_back(bytes, range.end.max(start), start, is_white)
}

/// The end of the line that holds `at`: the offset of its newline, or `limit`.
pub(super) fn line_end(text: &str, at: usize, limit: usize) -> usize {
    next_fitting(&text.as_bytes()[..limit], at, |byte| byte == b'\n').unwrap_or(limit)
}

/// The range brought within the text and onto char boundaries.
pub(super) fn clamp(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end).max(start)
}
