//! The sheet of a trial: mentions in their sentences, to be judged without knowing what caselint made of them.

use super::html::{self, Line, Lines, put};
use crate::record::Date;
use crate::tell;
use crate::trial::Item;

/// What a reader may answer: the value that is saved, and what stands beside the button.
const ANSWERS: [(&str, &str); 3] = [("agree", "Agree"), ("disagree", "Disagree"), ("cannot-tell", "Cannot tell from this")];

/// A sheet for readers. It shows neither verdicts nor rules.
#[non_exhaustive]
pub struct Sheet<'a> {
    /// The name by which its answers find their key.
    pub name: &'a str,
    /// What the records are, such as the name of a team.
    pub title: Option<&'a str>,
    /// The day on which it was drawn.
    pub date: Option<Date>,
    pub items: &'a [Item],
}

impl<'a> Sheet<'a> {
    /// A sheet with nothing said beyond its items.
    pub fn new(name: &'a str, items: &'a [Item]) -> Self {
        Sheet { name, title: None, date: None, items }
    }

    /// The page as one HTML document. Its script does no more than save the answers to a file.
    pub fn to_html(&self) -> String {
        let mut page = String::new();
        let title = self.title.map_or("Trial sheet".to_owned(), |title| format!("{title}: trial sheet"));
        html::head(&mut page, &title, concat!(include_str!("style.css"), include_str!("sheet.css")), true);
        page.push_str("<header class=\"top\"><div class=\"width\"><span>caselint</span></div></header>\n<main id=\"main\" class=\"width\">\n");
        put!(page, "<h1>{}</h1>\n", Line(&title));
        self.opening(&mut page);
        put!(page, "<form id=\"sheet\" data-sheet=\"{}\" autocomplete=\"off\">\n", Line(self.name));
        page.push_str("<p class=\"reader\"><label for=\"reader\">Your initials, or leave this empty</label> <input id=\"reader\" type=\"text\" maxlength=\"40\"></p>\n");
        self.items.iter().for_each(|item| write(&mut page, item));
        page.push_str(
            "<div class=\"save\" hidden><p id=\"done\" role=\"status\"></p>\
             <button type=\"button\" data-as=\"json\">Save answers</button> <button type=\"button\" data-as=\"csv\" class=\"quiet\">Save as a spreadsheet (CSV)</button>\
             <p class=\"hint\">The file goes where your browser keeps downloads. It holds no text of a record.</p></div>\n\
             <noscript><p>Scripts are off, so answers cannot be saved from here. Print the sheet, or write them into a file with the \
             columns sheet, item and answer.</p></noscript>\n</form>\n</main>\n",
        );
        put!(
            page,
            "<footer class=\"foot\"><div class=\"width\"><p>Sheet {}, drawn by caselint {}. ",
            Line(self.name),
            crate::VERSION
        );
        put!(
            page,
            "This file sends nothing anywhere.</p></div></footer>\n<script>\n{}</script>\n</body>\n</html>\n",
            include_str!("sheet.js")
        );
        page
    }

    fn opening(&self, page: &mut String) {
        put!(page, "<p class=\"lead\">{} passages from records.", self.items.len());
        if let Some(date) = self.date {
            put!(page, " Drawn on {}.", tell::date(date));
        }
        page.push_str(
            " In each, some words are underlined. Please say for each whether you agree with this:</p>\n\
             <div class=\"inset\"><p><strong>The underlined words should be put differently, or need the writer’s own analysis beside them.</strong></p></div>\n\
             <p>Some of the passages are such that caselint points to them, and some are such that it leaves them alone; the sheet does not \
             show which. Judge the words as they stand, without looking them up. Where the passage is too short to tell, say so.</p>\n\
             <p>This file holds text of case records. Keep it where such records are kept.</p>\n",
        );
    }
}

fn write(page: &mut String, item: &Item) {
    let number = item.number;
    put!(page, "<fieldset id=\"i{number}\"><legend>{number}</legend>\n<blockquote class=\"text\" id=\"t{number}\">");
    put!(
        page,
        "{}<mark class=\"case\">{}</mark>{}</blockquote>\n",
        Lines(&item.before),
        Lines(&item.phrase),
        Lines(&item.behind)
    );
    page.push_str("<div class=\"answers\">");
    for (value, words) in ANSWERS {
        put!(
            page,
            "<label><input type=\"radio\" name=\"a{number}\" value=\"{value}\" aria-describedby=\"t{number}\"> {words}</label>\n"
        );
    }
    page.push_str("</div></fieldset>\n");
}
