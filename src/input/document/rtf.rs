//! Rich Text Format. The crates that read it know neither notes nor tracked deletions nor the code pages of fonts, so it is read here.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::super::{Limit, Limits, Refusal};
use super::{Flow, Part};

/// Groups that hold no text of the document.
const UNREAD: [&str; 26] = [
    "annotation",
    "atnauthor",
    "atnid",
    "author",
    "bkmkend",
    "bkmkstart",
    "colortbl",
    "comment",
    "datastore",
    "fldinst",
    "fonttbl",
    "generator",
    "info",
    "listoverridetable",
    "listtable",
    "nonshppict",
    "object",
    "pict",
    "pntext",
    "rsidtbl",
    "stylesheet",
    "themedata",
    "title",
    "xe",
    "tc",
    "xmlnstbl",
];

/// Reads a document.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Flow, Refusal> {
    let mut reader = Reader {
        flow: Flow::default(),
        groups: Vec::new(),
        group: Group { unicode_skip: 1, ..Group::default() },
        fonts: Vec::new(),
        page: WINDOWS_1252,
        bytes: Vec::new(),
        skip: 0,
        limit: limits.get(Limit::Nesting),
        is_over: false,
    };
    reader.all(bytes);
    if reader.is_over {
        return Err(Refusal::Over(Limit::Nesting, reader.limit));
    }
    if !reader.groups.is_empty() {
        return Err(Refusal::Broken("it ends before its last group does".to_owned()));
    }
    reader.flush();
    Ok(reader.flow)
}

/// What holds within a pair of braces.
#[derive(Debug, Clone, Default)]
struct Group {
    is_unread: bool,
    /// Tracked as deleted.
    is_deleted: bool,
    /// It opened a part of the document.
    is_part: bool,
    /// It lists the fonts.
    is_fonts: bool,
    is_in_table: bool,
    /// How many signs stand in for one of Unicode, for old readers.
    unicode_skip: usize,
    font: i32,
}

struct Reader {
    flow: Flow,
    groups: Vec<Group>,
    group: Group,
    /// The code pages of fonts.
    fonts: Vec<(i32, &'static Encoding)>,
    /// The code page of the document.
    page: &'static Encoding,
    /// Text that is still to be decoded.
    bytes: Vec<u8>,
    /// Signs that stand in for one of Unicode, and are passed over.
    skip: usize,
    limit: u64,
    is_over: bool,
}

impl Reader {
    fn all(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'{' => self.open(),
                b'}' => {
                    if self.close() {
                        return;
                    }
                }
                b'\\' => at = self.control(bytes, at),
                b'\r' | b'\n' | 0 => {}
                _ => self.byte(byte),
            }
            if self.is_over {
                return;
            }
        }
    }

    fn open(&mut self) {
        self.flush();
        self.groups.push(self.group.clone());
        (self.group.is_part, self.group.is_fonts) = (false, self.group.is_fonts);
        self.is_over = self.groups.len() as u64 > self.limit;
    }

    /// Ends a group. What follows the document's own is not part of it.
    fn close(&mut self) -> bool {
        self.flush();
        if self.group.is_part {
            self.flow.close_part();
        }
        if let Some(outer) = self.groups.pop() {
            self.group = outer;
        }
        self.groups.is_empty()
    }

    /// Reads what follows a backslash, and tells where that ends.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let rest = &bytes[at..];
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            return at + self.symbol(rest);
        }
        let minus = usize::from(rest.get(letters) == Some(&b'-'));
        let digits = rest[letters + minus..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = if digits > 0 { letters + minus + digits } else { letters };
        let word = std::str::from_utf8(&rest[..letters]).unwrap_or_default();
        let number = std::str::from_utf8(&rest[letters..end]).ok().and_then(|digits| digits.parse::<i32>().ok());
        let blank = usize::from(rest.get(end) == Some(&b' '));
        if word == "bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return (at + end + blank).saturating_add(length).min(bytes.len());
        }
        self.word(word, number);
        at + end + blank
    }

    /// A control sign, and how long it is.
    fn symbol(&mut self, rest: &[u8]) -> usize {
        match rest.first() {
            Some(b'\'') => {
                let digits = rest.get(1..3).and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.byte(byte);
                }
                3.min(rest.len())
            }
            Some(b'*') => {
                self.group.is_unread = true;
                1
            }
            Some(b'~') => {
                self.text("\u{A0}");
                1
            }
            Some(b'_') => {
                self.text("-");
                1
            }
            Some(byte @ (b'\\' | b'{' | b'}')) => {
                self.byte(*byte);
                1
            }
            Some(b'\r' | b'\n') => {
                self.paragraph();
                1
            }
            Some(_) => 1,
            None => 0,
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        self.flush();
        if let Some(part) = part(word) {
            // `\*` before it says that old readers may pass over it, and we need not.
            if self.groups.last().is_some_and(|outer| !outer.is_unread) {
                self.group.is_unread = false;
                self.group.is_part = true;
                self.flow.open_part(part);
            }
            return;
        }
        match word {
            "fonttbl" => (self.group.is_unread, self.group.is_fonts) = (true, true),
            // The text of a picture's shape stands in groups of its own.
            "shpinst" | "shp" if self.groups.last().is_some_and(|outer| !outer.is_unread) => self.group.is_unread = false,
            "listtext" | "pntext" => {
                self.group.is_unread = true;
                self.flow.item();
            }
            "sp" => self.group.is_unread = true,
            _ if UNREAD.contains(&word) => self.group.is_unread = true,
            "ansicpg" => self.page = number.and_then(code_page).unwrap_or(WINDOWS_1252),
            "f" => self.group.font = number.unwrap_or(0),
            "fcharset" if self.group.is_fonts => {
                let page = number.and_then(charset);
                self.fonts.extend(page.map(|page| (self.group.font, page)));
            }
            "uc" => self.group.unicode_skip = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(1),
            "u" => {
                // Written as a signed number of 16 bits; a pair of surrogates is rare enough to be lost.
                let sign = number.and_then(|number| char::from_u32((number & 0xFFFF).cast_unsigned()));
                self.text(sign.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]));
                self.skip = self.group.unicode_skip;
            }
            // A note at the end of the document begins as one at the foot of the page.
            "ftnalt" => self.flow.turn_part(Part::Endnote),
            "deleted" => self.group.is_deleted = number != Some(0),
            "plain" => (self.group.is_deleted, self.group.font) = (false, 0),
            _ => self.layout(word),
        }
    }

    /// Words that set text apart, and signs that have words.
    fn layout(&mut self, word: &str) {
        if self.group.is_unread {
            return;
        }
        match word {
            "par" | "sect" | "page" | "nestcell" | "nestrow" => self.paragraph(),
            "line" => self.text("\n"),
            "tab" => self.text("\t"),
            "pard" => self.group.is_in_table = false,
            "intbl" => self.group.is_in_table = true,
            "trowd" if !self.flow.is_in_table() => {
                self.flow.open_table();
                self.flow.row();
                self.flow.cell();
            }
            "cell" => self.flow.cell(),
            "row" => {
                self.flow.row();
                self.flow.cell();
            }
            _ => {
                let signs = [
                    ("emdash", "—"),
                    ("endash", "–"),
                    ("lquote", "‘"),
                    ("rquote", "’"),
                    ("ldblquote", "“"),
                    ("rdblquote", "”"),
                    ("bullet", "•"),
                    ("emspace", " "),
                    ("enspace", " "),
                ];
                if let Some((_, sign)) = signs.iter().find(|(known, _)| *known == word) {
                    self.text(sign);
                }
            }
        }
    }

    fn paragraph(&mut self) {
        self.flush();
        if self.is_read() {
            self.flow.close_paragraph();
        }
    }

    fn is_read(&self) -> bool {
        !self.group.is_unread && !self.group.is_deleted
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_read() {
            self.bytes.push(byte);
        }
    }

    /// Decodes the text that has come so far.
    fn flush(&mut self) {
        self.skip = 0;
        if self.bytes.is_empty() {
            return;
        }
        let font = self.fonts.iter().find(|(font, _)| *font == self.group.font);
        let page = font.map_or(self.page, |(_, page)| page);
        let bytes = std::mem::take(&mut self.bytes);
        let text = page.decode_without_bom_handling(&bytes).0;
        self.text(&text);
    }

    fn text(&mut self, text: &str) {
        self.skip = 0;
        if !self.is_read() {
            return;
        }
        if !self.bytes.is_empty() {
            self.flush();
        }
        if !self.group.is_in_table && self.flow.is_in_table() {
            self.flow.close_table();
        } else if self.group.is_in_table && !self.flow.is_in_table() {
            self.flow.open_table();
            self.flow.row();
            self.flow.cell();
        }
        self.flow.text(text);
    }
}

/// The part of the document that a group holds.
fn part(word: &str) -> Option<Part> {
    Some(match word {
        "header" | "headerl" | "headerr" | "headerf" => Part::Header,
        "footer" | "footerl" | "footerr" | "footerf" => Part::Footer,
        "footnote" => Part::Footnote,
        "shptxt" => Part::TextBox,
        _ => return None,
    })
}

/// The code pages of Windows that have a name of the form `windows-1252`, and two others.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        874 | 1250..=1258 => format!("windows-{number}"),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The code page of a font's character set.
fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        0 => return None,
        77 => 10000,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    code_page(page)
}
