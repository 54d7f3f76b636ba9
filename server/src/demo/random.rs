//! A small generator of its own (splitmix64), so that the same day always makes the same agency,
//! whatever the version of any library.

use chrono::{DateTime, Utc};
use uuid::{Builder, Uuid};

/// Deterministic random numbers; a fork is independent of how much its parent was used later.
#[derive(Clone, Debug)]
pub struct Random(u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

impl Random {
    /// A generator for a seed.
    pub fn new(seed: u64) -> Self {
        Self(mixed(seed.wrapping_add(STEP)))
    }

    /// Another generator for one purpose, named by two numbers.
    pub fn fork(&self, first: u64, second: u64) -> Self {
        let label = mixed(first.wrapping_mul(STEP)).wrapping_add(second);
        Self(mixed(self.0 ^ mixed(label)))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// From 0 to `count` − 1; 0 for an empty range.
    pub fn below(&mut self, count: u64) -> u64 {
        self.bits().checked_rem(count).unwrap_or(0)
    }

    /// From `least` to `most`, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = u64::try_from(most.saturating_sub(least).saturating_add(1)).unwrap_or(1);
        least.saturating_add(i64::try_from(self.below(width)).unwrap_or(0))
    }

    /// Around `middle`, at most `spread` away, seldom far: the mean of three throws.
    pub fn around(&mut self, middle: i64, spread: i64) -> i64 {
        let sum: i64 = (0..3).map(|_| self.between(-spread, spread)).sum();
        middle + sum / 2
    }

    /// True in `per_mille` of 1,000 cases.
    pub fn chance(&mut self, per_mille: i64) -> bool {
        self.between(0, 999) < per_mille
    }

    /// An index into a list of `length`; 0 for an empty list.
    pub fn index(&mut self, length: usize) -> usize {
        let count = u64::try_from(length).unwrap_or(0);
        usize::try_from(self.below(count)).unwrap_or(0)
    }

    /// One of the texts.
    pub fn pick(&mut self, texts: &[&'static str]) -> &'static str {
        texts
            .get(self.index(texts.len()))
            .copied()
            .unwrap_or_default()
    }

    /// An index, each with the chance of its weight; `None` when all weights are 0.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u64> + Clone) -> Option<usize> {
        let total: u64 = weights.clone().sum();
        if total == 0 {
            return None;
        }
        let mut left = self.below(total);
        for (index, weight) in weights.enumerate() {
            if left < weight {
                return Some(index);
            }
            left -= weight;
        }
        None
    }

    /// A UUIDv7 of that moment.
    pub fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        let mut bytes = [0; 10];
        let random = self
            .bits()
            .to_be_bytes()
            .into_iter()
            .chain(self.bits().to_be_bytes());
        for (byte, random) in bytes.iter_mut().zip(random) {
            *byte = random;
        }
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let draw = |seed| {
            let mut random = Random::new(seed);
            (0..5).map(|_| random.bits()).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn numbers_stay_in_their_range_and_ids_are_version_7() {
        let mut random = Random::new(1);
        for _ in 0..1000 {
            assert!((3..=9).contains(&random.between(3, 9)));
            assert!((-50..=250).contains(&random.around(100, 100)));
            assert_eq!(random.weighted([0, 5, 0].into_iter()), Some(1));
        }
        assert_eq!(random.weighted([0, 0].into_iter()), None);
        assert_eq!(random.id(DateTime::UNIX_EPOCH).get_version_num(), 7);
    }
}
