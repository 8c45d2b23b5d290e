//! Intervals by bootstrap: records are drawn again with replacement, and the figures are taken anew each time.

use serde::Serialize;

use super::Intervals;
use super::tally::Counts;
use crate::random::SplitMix;

/// The middle 95 % of the figures that drawing again gave.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

const DRAWS: usize = 2000;

/// The intervals over records; nothing where there are fewer than two. The draws are the same each time.
pub fn intervals(records: &[Counts]) -> Option<Intervals> {
    if records.len() < 2 {
        return None;
    }
    let mut random = SplitMix(0x9E37_79B9_7F4A_7C15);
    let draws: Vec<Counts> = (0..DRAWS)
        .map(|_| {
            let mut sum = Counts::default();
            (0..records.len()).for_each(|_| sum += records[random.below(records.len())]);
            sum
        })
        .collect();
    let middle = |figure: fn(&Counts) -> f64| {
        let mut figures: Vec<f64> = draws.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        Interval { low: figures[DRAWS / 40], high: figures[DRAWS - 1 - DRAWS / 40] }
    };
    Some(Intervals {
        precision: middle(Counts::precision),
        recall: middle(Counts::recall),
        f1: middle(Counts::f1),
    })
}
