//! Single bits, and the codes of whole numbers that a shard consists of.

use crate::bytes::Broken;

/// How many bytes must follow the ones that [`BitReader`] reads, so that it can look ahead.
pub const PADDING: usize = 8;

/// Writes bits, the highest of a byte first.
#[derive(Clone, Debug, Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl BitWriter {
    /// The `count` lowest bits of a number; at most 32.
    pub fn bits(&mut self, value: u32, count: u32) {
        self.held = self.held << count | u64::from(value);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.held >> self.count) as u8);
        }
    }

    /// A number from 1 on, in Elias' gamma code: 1 takes a bit, 2 and 3 take three.
    pub fn gamma(&mut self, value: u32) {
        let log = value.ilog2();
        self.bits(0, log);
        self.bits(value, log + 1);
    }

    /// A number in the exponential Golomb code of the order `k`: below 2^k it takes k + 1 bits.
    pub fn golomb(&mut self, value: u32, k: u32) {
        self.gamma((value >> k) + 1);
        self.bits(value & ((1 << k) - 1), k);
    }

    /// A number below `range`, in as many bits as such numbers need, or one more.
    pub fn below(&mut self, value: u32, range: u32) {
        let log = range.ilog2();
        let short = (2 << log) - range;
        match value < short {
            true => self.bits(value, log),
            false => self.bits(value + short, log + 1),
        }
    }

    /// How many bits were written.
    pub fn len(&self) -> usize {
        self.bytes.len() * 8 + self.count as usize
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All bytes; the last is filled up with zeros.
    pub fn finish(mut self) -> Vec<u8> {
        self.bits(0, self.count.wrapping_neg() & 7);
        self.bytes
    }
}

/// Reads what [`BitWriter`] wrote.
#[derive(Clone, Debug)]
pub struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> BitReader<'a> {
    /// Reads bytes that [`PADDING`] others follow.
    pub fn new(padded: &'a [u8]) -> Self {
        BitReader { bytes: padded, at: 0, end: padded.len().saturating_sub(PADDING) * 8 }
    }

    /// The bits from here on, the next one highest; zeros behind the end.
    fn ahead(&self) -> u32 {
        let from = self.bytes.get(self.at / 8..).and_then(|rest| rest.first_chunk());
        let window = u64::from_be_bytes(from.copied().unwrap_or_default());
        (window << (self.at % 8) >> 32) as u32
    }

    fn skip(&mut self, count: u32) -> Result<(), Broken> {
        self.at += count as usize;
        if self.at > self.end { Err(Broken("more bits")) } else { Ok(()) }
    }

    /// A number of `count` bits, at most 32.
    pub fn bits(&mut self, count: u32) -> Result<u32, Broken> {
        let value = u64::from(self.ahead()) >> (32 - count);
        self.skip(count)?;
        Ok(value as u32)
    }

    /// See [`BitWriter::gamma`].
    pub fn gamma(&mut self) -> Result<u32, Broken> {
        let log = self.ahead().leading_zeros();
        if log > 24 {
            return Err(Broken("a smaller number"));
        }
        self.skip(log)?;
        self.bits(log + 1)
    }

    /// See [`BitWriter::golomb`].
    pub fn golomb(&mut self, k: u32) -> Result<u32, Broken> {
        let high = self.gamma()? - 1;
        Ok(high << k | self.bits(k)?)
    }

    /// See [`BitWriter::below`].
    pub fn below(&mut self, range: u32) -> Result<u32, Broken> {
        let log = range.ilog2();
        let short = (2 << log) - range;
        let value = self.bits(log)?;
        Ok(if value < short { value } else { (value << 1 | self.bits(1)?) - short })
    }

    /// That nothing is left but what fills up the last byte.
    pub fn end(&mut self) -> Result<(), Broken> {
        let left = self.end - self.at;
        match left < 8 && self.bits(left as u32)? == 0 {
            true => Ok(()),
            false => Err(Broken("the end")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_take_the_bits_they_should() {
        let check = |write: fn(&mut BitWriter), want: &str| {
            let mut writer = BitWriter::default();
            write(&mut writer);
            let bytes = writer.finish();
            let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
            assert_eq!(bits.len(), want.len().next_multiple_of(8));
            assert!(bits.starts_with(want), "{bits} for {want}");
            assert!(!bits[want.len()..].contains('1'));
        };
        check(|w| w.gamma(1), "1");
        check(|w| w.gamma(5), "00101");
        check(|w| w.golomb(3, 2), "111");
        check(|w| w.golomb(4, 2), "01000");
        check(|w| w.below(0, 1), "");
        check(|w| w.below(1, 3), "10");
        check(|w| w.below(0, 3), "0");
        check(|w| w.bits(0b1011, 4), "1011");
    }

    proptest! {
        #[test]
        fn all_codes_are_read_as_written(
            list in prop::collection::vec((0u32..1 << 20, 1u32..1 << 20, 0u32..8), 0..40)
        ) {
            let mut writer = BitWriter::default();
            for (value, range, k) in &list {
                writer.gamma(*range);
                writer.golomb(*value, *k);
                writer.below(value % range, *range);
                writer.bits(*value, 32);
            }
            let mut bytes = writer.finish();
            bytes.extend([0; PADDING]);
            let mut reader = BitReader::new(&bytes);
            for (value, range, k) in &list {
                prop_assert_eq!(reader.gamma(), Ok(*range));
                prop_assert_eq!(reader.golomb(*k), Ok(*value));
                prop_assert_eq!(reader.below(*range), Ok(value % range));
                prop_assert_eq!(reader.bits(32), Ok(*value));
            }
            prop_assert_eq!(reader.end(), Ok(()));
            prop_assert_eq!(reader.bits(8), Err(Broken("more bits")));
        }
    }
}
