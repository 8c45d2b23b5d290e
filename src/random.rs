//! Numbers that look like chance and are the same each time.

/// The generator SplitMix64 (Steele, Lea and Flood 2014), which needs nothing from the system.
pub struct SplitMix(pub u64);

impl SplitMix {
    /// A number below `bound`, which must not be 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        // The high half of the product is even enough for bounds that are small beside 2^64.
        ((u128::from(z) * bound as u128) >> 64) as usize
    }

    /// Brings a list into an order of chance (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}
