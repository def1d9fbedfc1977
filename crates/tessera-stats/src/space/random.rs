//! Random numbers that anybody can draw again.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The stream of ChaCha8 (Bernstein 2008) whose key is the seed in its first eight bytes, the lowest
/// first, followed by zeros.
///
/// One seed has 2⁶⁴ streams, so that work can be shared out without the share showing. Everything
/// between the generator and the answer stands in this file, because a library that draws may change
/// how it does so, and an edition that is ten years old must still give its answer.
pub(super) struct Draws(ChaCha8Rng);

impl Draws {
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(stream);
        Self(generator)
    }

    /// A number below `bound`, each equally likely (Lemire 2019, doi:10.1145/3230636); 0 where
    /// `bound` is.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        loop {
            let product = u64::from(self.0.next_u32()) * u64::from(bound);
            // Fewer than `bound` of the 2³² remainders are one too many for some results.
            let remainder = product as u32;
            if remainder >= bound || remainder >= bound.wrapping_neg() % bound {
                return (product >> 32) as u32;
            }
        }
    }

    /// Brings the first `count` items into random order, drawn from all of them (Durstenfeld 1964).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T], count: usize) {
        for place in 0..count.min(items.len()) {
            let drawn = self.below((items.len() - place) as u32) as usize;
            items.swap(place, place + drawn);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_stream_give_the_same_numbers_for_ever() {
        // Those of another ChaCha8, written in Python from RFC 8439 with 8 rounds and a nonce of 64 bits.
        let numbers = |seed, stream| {
            let mut draws = Draws::new(seed, stream);
            [(); 6].map(|()| draws.below(1000))
        };
        assert_eq!(numbers(1, 0), [628, 381, 929, 294, 397, 798]);
        assert_eq!(numbers(1, 1), [548, 103, 672, 817, 627, 638]);
        assert_eq!(numbers(2, 0), [798, 976, 548, 133, 741, 422]);
    }

    #[test]
    fn every_order_is_equally_likely() {
        let mut draws = Draws::new(1, 0);
        let mut counts = std::collections::BTreeMap::new();
        for _ in 0..24_000 {
            let mut items = [0, 1, 2, 3];
            draws.shuffle(&mut items, 4);
            *counts.entry(items).or_insert(0_i32) += 1;
        }
        assert_eq!(counts.len(), 24);
        let chi_squared: f64 = counts.values().map(|count| f64::from(count - 1000).powi(2) / 1000.0).sum();
        assert!(chi_squared < 49.7, "{chi_squared} on 23 degrees of freedom, 99.9%");
    }

    #[test]
    fn nothing_to_choose_from_is_no_trouble() {
        assert_eq!(Draws::new(1, 0).below(0), 0);
        Draws::new(1, 0).shuffle::<u8>(&mut [], 3);
    }
}
