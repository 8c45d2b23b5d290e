//! Mails and mailboxes: what was written, what is quoted below it, and what is attached.

mod quoted;

use std::io::{BufRead, BufReader, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use caselint::{Field, Record, Who};
use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Bytes, Context, Format, InputError, Limit, Note, Notes, Notice, Origin, Refusal, document, failed, keys};
use caselint::documents::Bounded;
use caselint::documents::encoding::mark_length;

/// Reads a mail and what is attached to it.
pub fn read(context: &Context, bytes: Vec<u8>) -> Result<Notes, InputError> {
    if bytes.is_empty() {
        return Err(context.refused(Refusal::Empty));
    }
    // The parser promises not to panic, and one mail that breaks the promise should not end the others.
    let read = catch_unwind(AssertUnwindSafe(|| match MessageParser::default().parse(&bytes) {
        Some(message) => Ok((note(&message, context)?, attachments(&message))),
        None => Err(Refusal::Broken("it has no head of a mail".to_owned())),
    }));
    let (note, attachments) = read.unwrap_or(Err(Refusal::Crashed)).map_err(|refusal| context.refused(refusal))?;
    let (read, passed): (Vec<_>, Vec<_>) = attachments.into_iter().partition(|attachment| attachment.format.is_some());
    let passed =
        Notice::passed(passed.iter().map(|attachment| attachment.name.as_str())).map(|notice| Err(context.notice(notice)));
    let context = context.clone();
    let read = read
        .into_iter()
        .flat_map(move |Attachment { name, bytes, format }| context.within(&name, Box::new(Cursor::new(bytes)), format));
    Ok(Box::new(std::iter::once(Ok(note)).chain(passed).chain(read)))
}

/// The record of a mail: its subject, what was written, and what is quoted, as boxes of a form.
fn note(message: &Message, context: &Context) -> Result<Note, Refusal> {
    let mut record = known(message);
    let mut boxed = |name: &str, text: String, voice: Option<Who>| {
        let earlier = record
            .fields
            .iter()
            .filter(|field| field.id.as_deref().is_some_and(|id| id.starts_with(name)))
            .count();
        let mut field = Field::default();
        field.id = Some(if earlier == 0 { name.to_owned() } else { format!("{name}-{}", earlier + 1) });
        (field.text, field.voice) = (text, voice);
        record.fields.push(field);
    };
    if let Some(subject) = message.subject().filter(|subject| !subject.trim().is_empty()) {
        boxed("subject", subject.to_owned(), None);
    }
    for stretch in quoted::divide(&body(message, context)?) {
        if stretch.is_quoted {
            boxed("quoted", stretch.text, Some(Who::Unknown));
        } else {
            boxed("body", stretch.text, None);
        }
    }
    Ok(Note { record, origin: Origin::default() })
}

/// What the head tells of the record.
fn known(message: &Message) -> Record {
    let mut object = serde_json::Map::new();
    object.insert("text".to_owned(), "".into());
    if let Some(id) = message.message_id() {
        object.insert("id".to_owned(), id.into());
    }
    if let Some(date) = message.date() {
        object.insert("date".to_owned(), format!("{:04}-{:02}-{:02}", date.year, date.month, date.day).into());
    }
    let from = message.from().and_then(Address::first).and_then(|from| from.name().or(from.address()));
    if let Some(from) = from {
        object.insert("author".to_owned(), from.into());
    }
    keys::record(object.clone()).unwrap_or_else(|_| {
        // A date that is none leaves the rest.
        object.remove("date");
        keys::record(object).unwrap_or_default()
    })
}

/// The text of a mail; where it has none, that of its page.
fn body(message: &Message, context: &Context) -> Result<String, Refusal> {
    let mut text = String::new();
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(part) => text.push_str(part),
            PartType::Html(page) => {
                let flow = document::html::read_text(page, &context.options.limits, true)?;
                text.push_str(&flow.finish().0);
            }
            _ => {}
        }
        text.push('\n');
    }
    Ok(text)
}

/// A file that hangs on a mail.
struct Attachment {
    name: String,
    bytes: Vec<u8>,
    /// `None` for pictures and the like, which hold no text.
    format: Option<Format>,
}

fn attachments(message: &Message) -> Vec<Attachment> {
    let attached = message.attachments().enumerate();
    attached.filter_map(|(number, part)| attachment(number + 1, part)).collect()
}

/// Nothing for a part without bytes of its own.
fn attachment(number: usize, part: &MessagePart) -> Option<Attachment> {
    let named = part.attachment_name().map(str::to_owned);
    let (bytes, implied, title) = match &part.body {
        PartType::Text(text) => (text.as_bytes(), Some(Format::Text), None),
        PartType::Html(page) => (page.as_bytes(), Some(Format::Html), None),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => (bytes.as_ref(), None, None),
        PartType::Message(message) => (message.raw_message(), Some(Format::Mail), message.subject()),
        PartType::Multipart(_) => return None,
    };
    let format = named.as_deref().and_then(|name| Format::of(Path::new(name))).or(implied);
    let format = Format::settle(bytes, format);
    let title = title.map(|title| format!("mail “{title}”"));
    let name = named.or(title).unwrap_or_else(|| format!("attachment {number}"));
    Some(Attachment { name, bytes: bytes.to_vec(), format })
}

/// The mails of a mailbox, read one at a time. What begins otherwise is one mail or none.
pub fn mailbox(context: Context, reader: Bytes) -> Notes {
    let (bounded, gauge) = Bounded::new(reader, context.limit(Limit::FileSize));
    let mut reader = BufReader::new(bounded);
    let head = match reader.fill_buf() {
        Ok(head) => head.to_vec(),
        Err(error) => return failed(context.unreadable(&error)),
    };
    let mark = mark_length(&head);
    reader.consume(mark);
    let is_mailbox = head[mark..].trim_ascii_start().starts_with(b"From ");
    if !is_mailbox {
        let mut mail = Vec::new();
        let is_mail = Format::settle(&head[mark..], None) == Some(Format::Mail);
        return match reader.read_to_end(&mut mail) {
            Err(error) => failed(context.unreadable(&error)),
            Ok(_) if is_mail || mail.is_empty() => read(&context, mail).unwrap_or_else(failed),
            Ok(_) => {
                failed(context.refused(Refusal::Broken("no mail begins in it, with a line that begins with “From ”".to_owned())))
            }
        };
    }
    let mut messages = MessageIterator::new(reader);
    let mut number = 0;
    let mut ended = false;
    let notes = std::iter::from_fn(move || {
        if ended {
            return None;
        }
        gauge.reset();
        number += 1;
        match messages.next()? {
            Ok(message) => Some(numbered(number, &context, message.unwrap_contents())),
            Err(error) => {
                ended = true;
                Some(failed(context.unreadable(&error)))
            }
        }
    });
    Box::new(notes.flatten())
}

/// The records of one mail, with its number.
fn numbered(number: usize, context: &Context, bytes: Vec<u8>) -> Notes {
    let context = Context { path: format!("{} (message {number})", context.path), ..context.clone() };
    match read(&context, bytes) {
        Ok(notes) => Box::new(notes.map(move |note| {
            note.map(|mut note| {
                note.origin.location.message = Some(number);
                note
            })
        })),
        Err(error) => failed(error),
    }
}
