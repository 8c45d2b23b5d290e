//! HTML: saved pages, exports of case systems, and the bodies of mails.

use std::cell::RefCell;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::super::{Limit, Limits, Refusal};
use super::Flow;

/// What is not read with all that stands in it. `del` is what the page no longer says, and `select` what could be chosen.
const UNREAD: [&str; 7] = ["script", "style", "head", "template", "noscript", "select", "del"];

/// What begins and ends a paragraph.
const BLOCKS: [&str; 27] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "p",
    "pre",
    "section",
];

/// Reads a page.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Flow, Refusal> {
    read_text(&decode(bytes), limits, false)
}

/// Reads a page that is text already. With `marks_quotes`, lines of a quotation begin with `>`, as in the text of a mail.
pub fn read_text(html: &str, limits: &Limits, marks_quotes: bool) -> Result<Flow, Refusal> {
    let limit = limits.get(Limit::Nesting);
    let state = State {
        flow: Flow::default(),
        unread: None,
        pre: 0,
        quotes: 0,
        limit,
        is_over: false,
        marks_quotes,
    };
    let options = TokenizerOpts { discard_bom: true, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Reader(RefCell::new(state)), options);
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let state = tokenizer.sink.0.into_inner();
    if state.is_over { Err(Refusal::Over(Limit::Nesting, limit)) } else { Ok(state.flow) }
}

/// By the byte order mark, as UTF-8 where it is that, by what the page says of itself, else as Windows-1252.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let label = head.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let label = label.and_then(|rest| rest.split(['"', '\'', '>', ' ', '/', ';']).next());
    let said = label.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|encoding| *encoding != UTF_8);
    said.unwrap_or(WINDOWS_1252).decode(bytes).0.into_owned()
}

struct State {
    flow: Flow,
    /// The element that is not read, and how many of its name are open.
    unread: Option<(String, usize)>,
    pre: usize,
    quotes: usize,
    limit: u64,
    is_over: bool,
    marks_quotes: bool,
}

struct Reader(RefCell<State>);

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return state.start(&tag),
            Token::TagToken(tag) => state.end(&tag.name),
            Token::CharacterTokens(text) => state.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        // Few pages need to close their head: what only a body holds ends it.
        let is_of_body = name == "table" || name == "ul" || name == "ol" || BLOCKS.contains(&name);
        if is_of_body && self.unread.as_ref().is_some_and(|(unread, _)| unread == "head") {
            self.unread = None;
        }
        if let Some((unread, count)) = &mut self.unread {
            *count += usize::from(unread == name && !tag.self_closing);
        } else if UNREAD.contains(&name) && !tag.self_closing {
            self.unread = Some((name.to_owned(), 1));
        } else {
            self.open(name);
        }
        self.is_over |= self.flow.depth() as u64 > self.limit;
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn open(&mut self, name: &str) {
        match name {
            "br" => self.line_break(),
            "li" => {
                self.flow.close_paragraph();
                self.flow.item();
            }
            "table" if !self.is_over => self.flow.open_table(),
            "tr" => self.flow.row(),
            "td" | "th" => self.flow.cell(),
            _ if BLOCKS.contains(&name) => self.flow.close_paragraph(),
            _ => {}
        }
        self.pre += usize::from(name == "pre");
        self.quotes += usize::from(name == "blockquote");
    }

    fn end(&mut self, name: &str) {
        if let Some((unread, count)) = &mut self.unread {
            if unread == name {
                *count -= 1;
            }
            if *count == 0 {
                self.unread = None;
            }
            return;
        }
        match name {
            "table" => self.flow.close_table(),
            "li" | "ul" | "ol" | "td" | "th" | "tr" => self.flow.close_paragraph(),
            _ if BLOCKS.contains(&name) => self.flow.close_paragraph(),
            _ => {}
        }
        self.pre = self.pre.saturating_sub(usize::from(name == "pre"));
        self.quotes = self.quotes.saturating_sub(usize::from(name == "blockquote"));
    }

    fn text(&mut self, text: &str) {
        if self.unread.is_some() || self.is_over {
            return;
        }
        if self.marks_quotes && self.quotes > 0 && !self.flow.has_text() && !text.trim().is_empty() {
            self.flow.text("> ");
        }
        if self.pre > 0 { self.flow.text(text) } else { self.flow.spaced(text) }
    }

    fn line_break(&mut self) {
        self.flow.text("\n");
        if self.marks_quotes && self.quotes > 0 {
            self.flow.text("> ");
        }
    }
}
