//! Text of a record made safe to print.

use unicode_segmentation::UnicodeSegmentation;

/// Replaces whatever could steer a terminal or hide text, one character for one: control, bidirectional and invisible characters. White
/// space of any kind becomes a blank.
pub fn safe(text: &str) -> String {
    text.chars().map(safe_char).collect()
}

/// As [`safe`], with every run of white space as one blank, so that a phrase that goes over a line's end is one line.
pub fn safe_line(text: &str) -> String {
    safe(text).split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// As [`safe`], but line ends and tabs stay. Carriage returns go with their line's end.
pub fn safe_text(text: &str) -> String {
    let keep = |c: char| if matches!(c, '\n' | '\t') { c } else { safe_char(c) };
    text.replace("\r\n", "\n").replace('\r', "\n").chars().map(keep).collect()
}

/// How many characters a reader counts.
pub fn width(text: &str) -> usize {
    text.graphemes(true).count()
}

fn safe_char(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        // A soft hyphen may or may not be shown.
        '\u{AD}' => '-',
        _ if c.is_control() || is_hidden(c) => char::REPLACEMENT_CHARACTER,
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

/// Bidirectional controls, and characters that have no shape. The joiners U+200C and U+200D stay: names and emoji need them.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}')
}
