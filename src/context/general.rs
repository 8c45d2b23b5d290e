//! Row 3: whether a sentence states law, policy, training or research about nobody in particular.

use std::ops::Range;

use super::setting::Setting;
use crate::resolve::Mention;

/// The words that make the statement a general one.
pub fn general(mention: &Mention, setting: &Setting) -> Option<Range<usize>> {
    let sentence = setting.sentence_around(mention.span.start);
    setting.cues().general.last_in(sentence.start..mention.span.end.min(sentence.end)).map(|(range, ())| range)
}
