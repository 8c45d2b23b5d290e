//! Row 5: whether a phrase is about somebody whom its family does not protect.

mod clauses;
mod labels;
mod pronouns;
mod subject;

use std::ops::Range;

use super::age::ADULT;
use super::sentence::Sentence;
use super::setting::Setting;
use crate::lexicon::holds;
use crate::lexicon::schema::{Concern, Protected, Who};
use crate::resolve::Mention;
use crate::scan::tokens::Token;
use subject::Subject;

/// Whom phrases are about.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub protects: &'a [Protected],
    pub of_anyone: bool,
    pub of_speaker: bool,
}

impl<'a> From<&'a Concern> for About<'a> {
    fn from(concern: &'a Concern) -> Self {
        About { protects: &concern.protects, of_anyone: concern.of_anyone, of_speaker: concern.of_speaker }
    }
}

/// The words that name somebody who is not protected as the one of whom the phrase is said; an empty stretch where it is the subject of the
/// record, an adult.
pub fn not_protected(
    mention: &Mention,
    sentence: &Sentence,
    about: About,
    is_domestic: bool,
    age: Option<u8>,
    setting: &Setting,
) -> Option<Range<usize>> {
    let protects = |whom| about.protects.contains(&whom);
    if age.is_some_and(|age| age >= ADULT) && !protects(Protected::AdultVictim) && !is_domestic {
        return Some(0..0);
    }
    if about.of_anyone || !about.of_speaker && gives_words(mention, sentence, setting) || is_of_child(mention, sentence, setting)
    {
        return None;
    }
    // An adult counts as a victim where the record speaks of domestic abuse.
    let is_victim = protects(Protected::AdultVictim) && is_domestic;
    let of_children = !protects(Protected::Parent) && !is_victim;
    let counts = |who: Option<Who>| who != Some(Who::Parent) || of_children;
    let subject = Subject {
        sentence,
        before: sentence.range.start..mention.span.start,
        phrase: mention.span.clone(),
        setting,
    };
    subject
        .linked(counts)
        .or_else(|| subject.carried(counts, of_children))
        .or_else(|| subject.attributed())
        .or_else(|| subject.named(of_children))
        .or_else(|| subject.pronoun(of_children))
        .or_else(|| subject.addressed(counts))
        .or_else(|| subject.labelled())
        .or_else(|| of_children.then(|| subject.adult()).flatten())
}

/// Whether the phrase itself says that somebody speaks of the child: "grandma is adamant that". What somebody will not say ("refuses to say") is
/// said of themselves, and behind an article stands no verb ("on the phone").
fn gives_words(mention: &Mention, sentence: &Sentence, setting: &Setting) -> bool {
    let whole = mention.whole.start.min(mention.span.start)..mention.span.end;
    setting.cues().reporting.first_in(whole.clone()).is_some_and(|(verb, ())| {
        let before = sentence.tokens_in(&(whole.start..verb.start)).last();
        let words = &setting.lexicon.words;
        !before.is_some_and(|word| holds(&words.preposition, word.id) || holds(&words.article, word.id))
    })
}

/// Whether the phrase itself names the child: "the male is her partner", "dad cannot control her".
fn is_of_child(mention: &Mention, sentence: &Sentence, setting: &Setting) -> bool {
    let words = &setting.lexicon.words;
    let is_object = |token: &Token| holds(&words.object, token.id);
    // Whom a pronoun stands for is to be seen.
    let is_particular = |token: &Token| holds(&words.particular, token.id) && !holds(&words.pronoun, token.id);
    // "It is his own choice"
    let leads = |token: &&Token| holds(&words.pointer, token.id) || holds(&words.be, token.id);
    let mut tokens = sentence.tokens_in(&mention.span).skip_while(leads);
    tokens.next().is_some_and(|token| is_particular(token) || is_object(token)) || tokens.any(is_object)
}
