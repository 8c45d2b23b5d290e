//! What the records of one child show together: what matters, and phrases from whoever said them first.

use super::html::{self, Line, put};
use crate::case::{Case, History};
use crate::tell::case_lines::{history_line, in_short, is_telling, repeated};
use crate::tell::case_words::{agency, date, event, phrase, spot, title as words};

/// The heading of a case.
pub fn title(case: &Case) -> String {
    match case.identity.cases.first() {
        Some(named) => format!("Records of case {} together", named.name),
        None => "These records together".to_owned(),
    }
}

pub fn write(page: &mut String, number: usize, case: &Case) {
    put!(
        page,
        "<section class=\"case\" aria-labelledby=\"case-{number}\"><h2 id=\"case-{number}\">{}</h2>\n",
        Line(&title(case))
    );
    put!(page, "<p>{} records and dated entries, in order of date.</p>\n", case.steps.len());
    html::list(page, "", &in_short(case));
    let histories = repeated(case);
    let (telling, plain): (Vec<&History>, Vec<&History>) = histories.into_iter().partition(|history| is_telling(history));
    telling.into_iter().for_each(|history| in_full(page, case, history));
    if !plain.is_empty() {
        page.push_str("<h3>Repeated, and no more than that</h3>\n");
        html::list(page, "", &plain.into_iter().map(|history| history_line(case, history)).collect::<Vec<_>>());
    }
    page.push_str("</section>\n");
}

/// A phrase, appearance by appearance.
fn in_full(page: &mut String, case: &Case, history: &History) {
    put!(page, "<h3>{}</h3>\n<p>{}</p>\n", Line(&words(case, history)), Line(&history_line(case, history)));
    put!(
        page,
        "<div class=\"wide\" role=\"region\" aria-label=\"History of {}\" tabindex=\"0\"><table class=\"history\">\n",
        Line(&words(case, history))
    );
    page.push_str("<thead><tr><th scope=\"col\">Date</th><th scope=\"col\">Recorded by</th><th scope=\"col\">What happened</th>");
    page.push_str("<th scope=\"col\">Words</th></tr></thead>\n<tbody>\n");
    for appearance in &history.appearances {
        let step = &case.steps[appearance.step];
        let phrase = phrase(case, appearance);
        let after = if appearance.after_challenge { ", after it was questioned" } else { "" };
        let quote = &phrase.quote;
        put!(page, "<tr><td>{}</td><td>{}</td>", Line(&date(step.when)), Line(agency(step)));
        put!(page, "<td>{}{after}</td>", Line(&event(phrase, appearance.event)));
        put!(
            page,
            "<td>{}<mark class=\"case\">{}</mark>{} <span class=\"rule\">{}</span></td></tr>\n",
            Line(&quote.sentence[..quote.start]),
            Line(&quote.sentence[quote.start..quote.end]),
            Line(&quote.sentence[quote.end..]),
            Line(&spot(step, phrase.line))
        );
    }
    page.push_str("</tbody></table></div>\n");
}
