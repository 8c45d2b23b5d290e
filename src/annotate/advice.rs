//! What a finding says to the person who reads the document, paragraph by paragraph.

use crate::Finding;
use crate::tell::asks;

/// The message, how it could be put, what to ask, and the rule, so that it can be looked up.
pub fn paragraphs(finding: &Finding) -> Vec<String> {
    let reframe = finding.reframe.first().map(|text| format!("Could read: {text}"));
    let questions = (!finding.questions.is_empty()).then(|| format!("Ask: {}", finding.questions.join(" ")));
    let rule = format!("caselint, {}: {}", asks(finding.ask), finding.rule);
    [Some(finding.message.clone()), reframe, questions, Some(rule)].into_iter().flatten().collect()
}
