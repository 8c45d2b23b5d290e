//! What the answers of readers come to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Answer, Answers, Key};
use crate::finding::Verdict;

/// The 97.5th percentile of the normal distribution, for intervals of 95 %.
const Z: f64 = 1.959_964;

/// Why answers do not fit a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrialError {
    #[error("the answers are to sheet {answered}, and the key is of sheet {key}; name the key that was written with the sheet")]
    OtherSheet { answered: String, key: String },
    #[error("the sheet has no item {0}; answer the sheet that the key was written with")]
    NoItem(usize),
}

/// What a trial came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reading {
    pub readers: usize,
    /// Mentions on the sheet.
    pub items: usize,
    pub flagged: Flagged,
    /// Mentions that caselint left alone: judged, and of them those that the readers would leave alone too.
    pub left: Figure,
    /// Mentions that no reader gave an answer to, or on which nobody could tell.
    pub unjudged: usize,
    /// Mentions that as many readers saw one way as the other. They count for neither.
    pub tied: usize,
    /// Where there are two readers or more.
    pub agreement: Option<Agreement>,
}

/// Mentions that caselint flagged: judged, and of them those that the readers would flag too.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Flagged {
    pub all: Figure,
    pub families: BTreeMap<String, Figure>,
}

/// A share with its interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Figure {
    pub judged: usize,
    pub agreed: usize,
    /// From 0 to 1; nothing where nothing was judged.
    pub share: Option<f64>,
    /// Wilson's interval of 95 %.
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// How often readers saw a mention alike: pairs of answers by two readers to one mention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Agreement {
    pub pairs: usize,
    pub same: usize,
}

impl Figure {
    /// The share of `agreed` in `judged`, with the interval of Wilson (1927).
    pub fn of(agreed: usize, judged: usize) -> Figure {
        if judged == 0 {
            return Figure::default();
        }
        let (n, p) = (judged as f64, agreed as f64 / judged as f64);
        let centre = p + Z * Z / (2.0 * n);
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let end = |value: f64| (value / (1.0 + Z * Z / n)).clamp(0.0, 1.0);
        Figure {
            judged,
            agreed,
            share: Some(p),
            low: Some(end(centre - half)),
            high: Some(end(centre + half)),
        }
    }
}

/// What readers made of one mention.
#[derive(Default)]
struct Votes {
    agree: usize,
    disagree: usize,
}

/// Puts the answers of all readers together. A mention counts as most of those see it who could tell.
///
/// # Errors
/// Answers to another sheet, or to an item that is not on it.
pub fn read(key: &Key, readers: &[Answers]) -> Result<Reading, TrialError> {
    let mut votes: BTreeMap<usize, Votes> = key.items.iter().map(|item| (item.number, Votes::default())).collect();
    for reader in readers {
        if reader.sheet != key.sheet {
            return Err(TrialError::OtherSheet { answered: reader.sheet.clone(), key: key.sheet.clone() });
        }
        for (number, answer) in &reader.answers {
            let votes = votes.get_mut(number).ok_or(TrialError::NoItem(*number))?;
            votes.agree += usize::from(*answer == Answer::Agree);
            votes.disagree += usize::from(*answer == Answer::Disagree);
        }
    }
    let mut families: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let (mut left, mut unjudged, mut tied) = ((0, 0), 0, 0);
    for item in &key.items {
        let Votes { agree, disagree } = votes[&item.number];
        let is_flag = item.verdict == Verdict::Flag;
        // On a sheet the question is whether the words should be flagged.
        let agrees = (agree > disagree) == is_flag;
        let (judged, agreed) = match agree.cmp(&disagree) {
            _ if agree + disagree == 0 => {
                unjudged += 1;
                continue;
            }
            std::cmp::Ordering::Equal => {
                tied += 1;
                continue;
            }
            _ if is_flag => {
                let family = families.entry(item.family.clone()).or_default();
                (&mut family.0, &mut family.1)
            }
            _ => (&mut left.0, &mut left.1),
        };
        *judged += 1;
        *agreed += usize::from(agrees);
    }
    let (judged, agreed) = families.values().fold((0, 0), |sum, family| (sum.0 + family.0, sum.1 + family.1));
    Ok(Reading {
        readers: readers.len(),
        items: key.items.len(),
        flagged: Flagged {
            all: Figure::of(agreed, judged),
            families: families.into_iter().map(|(name, (judged, agreed))| (name, Figure::of(agreed, judged))).collect(),
        },
        left: Figure::of(left.1, left.0),
        unjudged,
        tied,
        agreement: (readers.len() > 1).then(|| agreement(votes.values())),
    })
}

fn agreement<'a>(votes: impl Iterator<Item = &'a Votes>) -> Agreement {
    let pairs = |number: usize| number * number.saturating_sub(1) / 2;
    votes.fold(Agreement::default(), |sum, votes| Agreement {
        pairs: sum.pairs + pairs(votes.agree + votes.disagree),
        same: sum.same + pairs(votes.agree) + pairs(votes.disagree),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Reason;
    use crate::trial::KeyItem;

    /// Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    #[test]
    fn intervals_are_those_of_wilson() {
        for (agreed, judged, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let figure = Figure::of(agreed, judged);
            let near = |one: Option<f64>, other: f64| (one.expect("it was judged") - other).abs() < 5e-5;
            assert!(near(figure.low, low) && near(figure.high, high), "{agreed} of {judged}: {figure:?}");
        }
        assert_eq!(Figure::of(0, 0), Figure::default());
    }

    fn key(verdicts: &[Verdict]) -> Key {
        let item = |(number, verdict): (usize, &Verdict)| KeyItem {
            number: number + 1,
            rule: "missing/absconded".into(),
            family: "missing".into(),
            verdict: *verdict,
            reason: Reason::OwnView,
            fingerprint: String::new(),
        };
        Key {
            schema_version: 1,
            sheet: "s".into(),
            version: String::new(),
            lexicon: String::new(),
            seed: 1,
            flagged: 0,
            left: 0,
            items: verdicts.iter().enumerate().map(item).collect(),
        }
    }

    fn answers(given: &[(usize, Answer)]) -> Answers {
        Answers { answers: given.iter().copied().collect(), ..Answers::to("s") }
    }

    #[test]
    fn most_of_those_who_can_tell_decide() {
        use Answer::{Agree, CannotTell, Disagree};
        let key = key(&[Verdict::Flag, Verdict::Flag, Verdict::Leave, Verdict::Leave, Verdict::Flag]);
        let readers = [
            answers(&[(1, Agree), (2, Disagree), (3, Disagree), (4, Agree), (5, CannotTell)]),
            answers(&[(1, Agree), (2, CannotTell), (3, Agree), (4, Agree)]),
        ];
        let reading = read(&key, &readers).expect("the answers fit");
        assert_eq!((reading.flagged.all.judged, reading.flagged.all.agreed), (2, 1));
        assert_eq!((reading.left.judged, reading.left.agreed), (1, 0));
        assert_eq!((reading.unjudged, reading.tied), (1, 1));
        assert_eq!(reading.agreement, Some(Agreement { pairs: 3, same: 2 }));
    }

    #[test]
    fn answers_that_do_not_fit_are_refused() {
        let key = key(&[Verdict::Flag]);
        assert_eq!(read(&key, &[answers(&[(2, Answer::Agree)])]), Err(TrialError::NoItem(2)));
        let other = Answers::to("t");
        let refused = TrialError::OtherSheet { answered: "t".into(), key: "s".into() };
        assert_eq!(read(&key, &[other]), Err(refused));
    }
}
