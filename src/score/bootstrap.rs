//! Intervals by bootstrap: records are drawn again with replacement, and the figures are taken anew each time.

use serde::Serialize;

use super::Intervals;
use super::tally::Counts;

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

/// The generator SplitMix64 (Steele, Lea and Flood 2014), which needs nothing from the system.
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        // The high half of the product is even enough for bounds that are small beside 2^64.
        ((u128::from(z) * bound as u128) >> 64) as usize
    }
}
