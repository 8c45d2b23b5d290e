//! Text as HTML: escaped, and without characters that steer or hide.

use std::fmt::{self, Display, Write};

use crate::tell::{safe, safe_text};

/// Puts formatted pieces at the end of a page. A string takes all that is written to it.
macro_rules! put {
    ($page:expr, $($piece:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($page, $($piece)*);
    }};
}
pub(super) use put;

/// A text on one line, for content and for attributes in quotation marks.
pub struct Line<'a>(pub &'a str);

/// A text whose line ends and tabs stay.
pub struct Lines<'a>(pub &'a str);

impl Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(&safe(self.0), f)
    }
}

impl Display for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(&safe_text(self.0), f)
    }
}

fn escape(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for c in text.chars() {
        match c {
            '&' => f.write_str("&amp;")?,
            '<' => f.write_str("&lt;")?,
            '>' => f.write_str("&gt;")?,
            '"' => f.write_str("&quot;")?,
            '\'' => f.write_str("&#39;")?,
            c => f.write_char(c)?,
        }
    }
    Ok(())
}

/// A list; nothing where there are no items.
pub fn list(page: &mut String, kind: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    put!(page, "<ul class=\"{kind}\">");
    items.iter().for_each(|item| put!(page, "<li>{}</li>", Line(item)));
    page.push_str("</ul>\n");
}

/// The beginning of a page, up to the skip link. `script` tells whether the page has a script of its own.
pub fn head(page: &mut String, title: &str, style: &str, script: bool) {
    let scripts = if script { "script-src 'unsafe-inline'; " } else { "" };
    put!(
        page,
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; {scripts}style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{}</title>\n<style>\n{style}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to main content</a>\n",
        Line(title)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup_or_steers() {
        let hostile = "</script><img src=x onerror=\"alert('1')\">&amp;\u{202E}\u{1b}[31m\0\r\nnext\tcell";
        let expected = "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;";
        assert_eq!(Line(hostile).to_string(), format!("{expected}\u{FFFD}\u{FFFD}[31m\u{FFFD}  next cell"));
        assert_eq!(Lines(hostile).to_string(), format!("{expected}\u{FFFD}\u{FFFD}[31m\u{FFFD}\nnext\tcell"));
    }
}
