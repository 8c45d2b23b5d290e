//! The parts beside the running text that a comment needs: the list of comments, the relation to it, and its type.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::AnnotateError;

/// A comment as Word keeps it.
pub struct Comment {
    pub id: u64,
    pub paragraphs: Vec<String>,
}

/// Who comments, and when where that is known.
pub struct Signature<'a> {
    pub author: &'a str,
    pub date: Option<&'a str>,
}

/// A new list of comments, with Word's names under `prefix`.
pub fn new_comments(prefix: &str, namespace: &str) -> String {
    let declared = prefix.trim_end_matches(':');
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{prefix}comments \
         xmlns:{declared}=\"{namespace}\"></{prefix}comments>"
    )
}

/// The list with these comments behind those that it has.
pub fn add_comments(xml: &str, part: &str, comments: &[Comment], signature: &Signature) -> Result<String, AnnotateError> {
    let prefix = root_prefix(xml, part)?;
    append(xml, part, &comments.iter().map(|comment| element(&prefix, comment, signature)).collect::<String>())
}

fn element(prefix: &str, comment: &Comment, signature: &Signature) -> String {
    let date = signature.date.map_or_else(String::new, |date| format!(" {prefix}date=\"{}\"", escape(date)));
    // Ten points: the size of the running text would leave room for a few words only.
    let look = format!("<{prefix}rPr><{prefix}sz {prefix}val=\"20\"/></{prefix}rPr>");
    let paragraph = |text: &String| {
        format!(
            "<{prefix}p><{prefix}r>{look}<{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r></{prefix}p>",
            escape(text)
        )
    };
    let (id, author) = (comment.id, escape(signature.author));
    let body: String = comment.paragraphs.iter().map(paragraph).collect();
    format!(
        "<{prefix}comment {prefix}id=\"{id}\" {prefix}author=\"{author}\"{date} {prefix}initials=\"cl\">{body}</{prefix}comment>"
    )
}

/// The id that the next comment of a list can have.
pub fn next_id(xml: &str) -> u64 {
    let ids = attributes(xml, "comment", &["id"]).into_iter().filter_map(|[id]| id?.parse::<u64>().ok());
    ids.max().map_or(0, |most| most + 1)
}

/// The kind of a relation to the comments of a document, in the namespace that the document is written in.
fn relation(namespace: &str) -> &'static str {
    if namespace.contains("purl.oclc.org") {
        "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    }
}

/// The name of the part that a document in `folder` keeps its comments in, by its relations.
pub fn comments_part(relations: &str, folder: &str) -> Option<String> {
    let all = attributes(relations, "Relationship", &["Type", "Target"]);
    let target = all
        .into_iter()
        .find_map(|[kind, target]| target.filter(|_| kind.is_some_and(|kind| kind.ends_with("/comments"))));
    target.map(|target| match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}{target}"),
    })
}

/// No relations yet.
pub const NO_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
     xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

/// The relations with one to the comments.
pub fn add_relation(relations: &str, part: &str, namespace: &str) -> Result<String, AnnotateError> {
    let taken = attributes(relations, "Relationship", &["Id"]);
    let is_free = |id: &String| !taken.iter().any(|[other]| other.as_ref() == Some(id));
    // There are more numbers than relations.
    let id = (1..).map(|number| format!("caselint{number}")).find(is_free).unwrap_or_default();
    let prefix = root_prefix(relations, part)?;
    let kind = relation(namespace);
    append(relations, part, &format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"comments.xml\"/>"))
}

/// The types with that of the comments, unless it is there.
pub fn add_type(types: &str, part: &str, name: &str) -> Result<String, AnnotateError> {
    let wanted = format!("/{name}");
    if attributes(types, "Override", &["PartName"]).iter().any(|[known]| known.as_ref() == Some(&wanted)) {
        return Ok(types.to_owned());
    }
    let prefix = root_prefix(types, part)?;
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
    append(types, part, &format!("<{prefix}Override PartName=\"{wanted}\" ContentType=\"{kind}\"/>"))
}

/// Puts something at the end of the outermost element of a part.
fn append(xml: &str, part: &str, added: &str) -> Result<String, AnnotateError> {
    let unknown = || AnnotateError::Unknown { part: part.to_owned() };
    let end = xml.rfind('>').ok_or_else(unknown)?;
    let start = xml[..end].rfind('<').ok_or_else(unknown)?;
    let tag = &xml[start..=end];
    if tag.starts_with("</") {
        return Ok(format!("{}{added}{}", &xml[..start], &xml[start..]));
    }
    // An element that is empty: its tag is opened.
    let opened = tag.strip_suffix("/>").ok_or_else(unknown)?;
    let name = opened.trim_start_matches('<').split_whitespace().next().ok_or_else(unknown)?;
    Ok(format!("{}{opened}>{added}</{name}>{}", &xml[..start], &xml[end + 1..]))
}

/// What the name of the outermost element begins with, up to its colon.
fn root_prefix(xml: &str, part: &str) -> Result<String, AnnotateError> {
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name();
                return Ok(name.as_ref().split_once(':').map_or_else(String::new, |(prefix, _)| format!("{prefix}:")));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Err(AnnotateError::Unknown { part: part.to_owned() })
}

/// The values of attributes of all elements of a name, both without prefix.
fn attributes<const N: usize>(xml: &str, element: &str, wanted: &[&str; N]) -> Vec<[Option<String>; N]> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == element => {
                let value = |name: &&str| {
                    let mut all = tag.attributes().flatten();
                    let named = all.find(|attribute| attribute.key.local_name().as_ref() == *name)?;
                    Some(named.value.into_owned())
                };
                found.push(wanted.each_ref().map(value));
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// A text as XML has it. Signs that no XML may hold are replaced.
fn escape(text: &str) -> String {
    let is_allowed = |sign: char| !sign.is_control() || matches!(sign, '\t' | '\n');
    let clean: String = text.chars().map(|sign| if is_allowed(sign) { sign } else { char::REPLACEMENT_CHARACTER }).collect();
    quick_xml::escape::escape(clean.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_appended_within_the_outermost_element() {
        let cases = [
            ("<a><b/></a>", "<a><b/>+</a>"),
            ("<x:a y=\"1\"/>\n", "<x:a y=\"1\">+</x:a>\n"),
            ("<?xml version=\"1.0\"?><a></a><!-- end -->", ""),
        ];
        for (xml, expected) in cases {
            assert_eq!(append(xml, "p", "+").unwrap_or_default(), expected, "{xml}");
        }
    }

    #[test]
    fn ids_do_not_clash() {
        let comments = "<w:comments><w:comment w:id=\"4\"/><w:comment w:id=\"11\"><w:p/></w:comment></w:comments>";
        assert_eq!(next_id(comments), 12);
        assert_eq!(next_id(&new_comments("w:", "x")), 0);
        let relations = "<Relationships><Relationship Id=\"caselint1\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>";
        let added = add_relation(relations, "p", "").expect("it can be added");
        assert!(added.contains("Id=\"caselint2\""), "{added}");
        assert_eq!(comments_part(relations, "word/"), None);
        assert_eq!(comments_part(&added, "word/").as_deref(), Some("word/comments.xml"));
    }
}
