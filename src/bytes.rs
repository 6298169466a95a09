//! Small binary files: whole numbers of one to five bytes, texts, and ascending lists.
//!
//! A file that was cut off or overwritten is an error, never a panic: every length is checked
//! against what is left before anything of that length is made.

use std::fmt;

/// A file that doesn't hold what it should; the text says what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken(pub &'static str);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("broken file: expected ")?;
        f.write_str(self.0)
    }
}

impl std::error::Error for Broken {}

/// Reads from the front of a file.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// From the first byte on.
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { rest: bytes }
    }

    /// One byte.
    pub fn u8(&mut self) -> Result<u8, Broken> {
        let (first, rest) = self.rest.split_first().ok_or(Broken("a byte"))?;
        self.rest = rest;
        Ok(*first)
    }

    /// A whole number of one to five bytes (LEB128): seven bits a byte, the lowest first; the
    /// eighth says that more follow.
    pub fn u32(&mut self) -> Result<u32, Broken> {
        let mut value = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.u8()?;
            if shift == 28 && byte > 0x0F {
                break;
            }
            value |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Broken("a number of at most 32 bits"))
    }

    /// So many bytes as they are.
    pub fn bytes(&mut self, length: usize) -> Result<&'a [u8], Broken> {
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(Broken("more bytes"))?;
        self.rest = rest;
        Ok(bytes)
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    /// A text: its length in bytes, then itself in UTF-8.
    pub fn text(&mut self) -> Result<&'a str, Broken> {
        let length = self.u32()?;
        str::from_utf8(self.bytes(length as usize)?).map_err(|_| Broken("UTF-8"))
    }

    /// A list of ascending numbers: how many, then how many numbers stand between each and the one
    /// before it.
    pub fn ascending(&mut self) -> Result<Vec<u32>, Broken> {
        let count = self.u32()? as usize;
        // A number takes a byte at least, so no count can ask for much memory.
        if count > self.rest.len() {
            return Err(Broken("as many numbers as counted"));
        }
        let mut list = Vec::with_capacity(count);
        let mut least = Some(0u32);
        for _ in 0..count {
            let gap = self.u32()?;
            let number = least.and_then(|least| least.checked_add(gap));
            let number = number.ok_or(Broken("a number of at most 32 bits"))?;
            list.push(number);
            least = number.checked_add(1);
        }
        Ok(list)
    }

    /// That nothing is left.
    pub fn end(&self) -> Result<(), Broken> {
        if self.rest.is_empty() { Ok(()) } else { Err(Broken("the end")) }
    }
}

/// Writes what [`Reader`] reads.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// An empty file.
    pub fn new() -> Self {
        Writer::default()
    }

    /// One byte.
    pub fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// A whole number, as [`Reader::u32`] reads it.
    pub fn u32(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// Bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// A text, as [`Reader::text`] reads it.
    pub fn text(&mut self, text: &str) {
        self.u32(text.len() as u32);
        self.bytes(text.as_bytes());
    }

    /// A strictly ascending list, as [`Reader::ascending`] reads it.
    pub fn ascending(&mut self, list: &[u32]) {
        self.u32(list.len() as u32);
        let mut least = 0u32;
        for number in list {
            self.u32(number.wrapping_sub(least));
            least = number.wrapping_add(1);
        }
    }

    /// The file.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_take_as_few_bytes_as_they_can() {
        let check = |value: u32, length: usize| {
            let mut writer = Writer::new();
            writer.u32(value);
            let bytes = writer.finish();
            assert_eq!(bytes.len(), length, "{value}");
            assert_eq!(Reader::new(&bytes).u32(), Ok(value));
        };
        check(0, 1);
        check(127, 1);
        check(128, 2);
        check(16_383, 2);
        check(16_384, 3);
        check(u32::MAX, 5);
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let check = |bytes: &[u8], read: fn(&mut Reader) -> bool| {
            assert!(read(&mut Reader::new(bytes)), "{bytes:?}");
        };
        check(&[], |r| r.u8() == Err(Broken("a byte")));
        check(&[0x80], |r| r.u32() == Err(Broken("a byte")));
        check(&[0xFF; 5], |r| r.u32() == Err(Broken("a number of at most 32 bits")));
        check(&[5, b'a'], |r| r.text() == Err(Broken("more bytes")));
        check(&[1, 0xFF], |r| r.text() == Err(Broken("UTF-8")));
        check(&[0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 1], |r| {
            r.ascending() == Err(Broken("as many numbers as counted"))
        });
        check(&[2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0], |r| {
            r.ascending() == Err(Broken("a number of at most 32 bits"))
        });
        check(&[0], |r| r.end() == Err(Broken("the end")));
    }

    proptest! {
        #[test]
        fn all_is_read_as_it_was_written(
            byte: u8, number: u32, text: String, list in prop::collection::btree_set(any::<u32>(), 0..20)
        ) {
            let list: Vec<u32> = list.into_iter().collect();
            let mut writer = Writer::new();
            writer.u8(byte);
            writer.u32(number);
            writer.text(&text);
            writer.ascending(&list);
            writer.bytes(&[1, 2]);
            let bytes = writer.finish();
            let mut reader = Reader::new(&bytes);
            prop_assert_eq!(reader.u8(), Ok(byte));
            prop_assert_eq!(reader.u32(), Ok(number));
            prop_assert_eq!(reader.text(), Ok(&*text));
            prop_assert_eq!(reader.ascending(), Ok(list));
            prop_assert_eq!(reader.bytes(1), Ok(&[1][..]));
            prop_assert_eq!(reader.rest(), &[2]);
            prop_assert_eq!(reader.end(), Ok(()));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut reader = Reader::new(&bytes);
            while reader.ascending().is_ok() && reader.text().is_ok() && reader.u8().is_ok() {}
        }
    }
}
