//! Row 5: whether a phrase is about somebody whom its family does not protect.

use std::ops::Range;

use super::setting::Setting;
use crate::lexicon::schema::{Protected, Who};
use crate::resolve::Mention;

/// So many bytes may stand between a person and what is said of them.
const REACH: usize = 40;

/// The words that name somebody who is not protected as the one whom the phrase is about.
pub fn not_protected(mention: &Mention, sentence: &Range<usize>, protects: &[Protected], setting: &Setting) -> Option<Range<usize>> {
    let cues = setting.cues();
    let place = mention.whole.start;
    let (person, who) = cues.not_protected.last_in(sentence.start..place)?;
    if place - person.end > REACH || who == Some(Who::Parent) && protects.contains(&Protected::Parent) {
        return None;
    }
    // Somebody else, or a verb of saying, stands between.
    let between = person.end..place;
    let other = cues.speakers.first_in(between.clone()).is_some() || cues.reporting.first_in(between).is_some();
    (!other).then_some(person)
}
