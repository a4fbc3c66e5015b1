//! Random numbers from a seed: the same on every platform and in every release.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of random numbers.
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// Returns the stream for a seed and a subject, such as a row, a figure or a year. Therefore a figure of one year
    /// has the same value in every document.
    pub fn about(seed: u64, matter: &[u64]) -> Self {
        Self(ChaCha8Rng::seed_from_u64(matter.iter().fold(scramble(seed), |sum, part| scramble(sum ^ scramble(*part)))))
    }

    /// Returns a number from `low` to `high`, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        let width = u64::from(high.max(low) - low) + 1;
        low + u32::try_from(self.0.next_u64() % width).unwrap_or_default()
    }

    /// Returns true once in `n` draws on average.
    pub fn once_in(&mut self, n: u32) -> bool {
        self.between(1, n) == 1
    }

    /// Returns a random index of a list of this length; `None` if it is empty.
    pub fn place(&mut self, length: usize) -> Option<usize> {
        let last = u32::try_from(length.checked_sub(1)?).ok()?;
        usize::try_from(self.between(0, last)).ok()
    }
}

/// Mixes a number with SplitMix64, so that neighbouring numbers produce unrelated streams.
fn scramble(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_draws_the_same_numbers_for_ever() {
        let mut chance = Chance::about(7, &[1, 2]);
        let drawn: Vec<u32> = (0..6).map(|_| chance.between(1, 100)).collect();
        assert_eq!(drawn, [80, 81, 95, 26, 71, 15]);
    }
}
