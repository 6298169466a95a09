//! Numbers that look random and are the same on every machine: splitmix64, without floats.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// The stream of one purpose of one post: streams of other names or numbers share nothing.
    pub(super) fn new(seed: u64, purpose: &str, n: u32) -> Self {
        let name = purpose.bytes().fold(0, |hash, byte| mix(hash ^ u64::from(byte)));
        Random(mix(mix(seed ^ name) ^ u64::from(n)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number from 0 to `end`, without `end`; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        // The upper half of a product is evenly spread, for ends far below 2^32.
        (((self.next() >> 32) * u64::from(end)) >> 32) as u32
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// Whether something happens that does so in `percent` of all cases.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of several, all alike. The list has at least one.
    pub(super) fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u32) as usize]
    }

    /// One of several whose weight falls with its place as Zipf's law has it.
    pub(super) fn zipf<T: Copy>(&mut self, list: &[T]) -> T {
        // The first place whose share of the weights so far exceeds the draw; the weights are
        // those of the harmonic series, moved on by two lest the first takes too much.
        let weight = |at: usize| 1_000_000 / (at as u32 + 3);
        let total: u32 = (0..list.len()).map(weight).sum();
        let mut draw = self.below(total);
        for (at, item) in list.iter().enumerate() {
            match draw.checked_sub(weight(at)) {
                Some(rest) => draw = rest,
                None => return *item,
            }
        }
        list[0]
    }
}

/// Spreads each bit over all.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
