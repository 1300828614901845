//! Thrift's compact protocol, in which Parquet writes its metadata.
//!
//! Source: `thrift-compact-protocol.md` in Apache Thrift.

use std::io;

use super::unsound;

/// How deep structures may lie in one another: Parquet's own lie six deep.
const MAX_DEPTH: usize = 16;

/// One value; bytes are borrowed from what it was read from.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A whole number of any width, or a truth value.
    Int(i64),
    Bytes(&'a [u8]),
    List(Vec<Self>),
    /// Fields by their ids.
    Struct(Vec<(i16, Self)>),
}

impl<'a> Value<'a> {
    /// The field `id` of a structure.
    pub(super) fn get(&self, id: i16) -> Option<&Self> {
        let Self::Struct(fields) = self else { return None };
        fields.iter().find(|(known, _)| *known == id).map(|(_, value)| value)
    }

    pub(super) fn int(&self, id: i16) -> Option<i64> {
        if let Self::Int(number) = self.get(id)? { Some(*number) } else { None }
    }

    pub(super) fn bytes(&self, id: i16) -> Option<&'a [u8]> {
        if let Self::Bytes(bytes) = self.get(id)? { Some(bytes) } else { None }
    }

    pub(super) fn list(&self, id: i16) -> &[Self] {
        if let Some(Self::List(values)) = self.get(id) { values } else { &[] }
    }
}

/// The structure that `bytes` start with, and how long it is.
///
/// Memory and time are linear in that length: a list that says it is longer than it is ends with
/// the bytes.
///
/// # Errors
/// `UnexpectedEof` if it does not end in `bytes`, `InvalidData` if it is none.
pub(super) fn structure(bytes: &[u8]) -> io::Result<(Value<'_>, usize)> {
    let mut reader = Reader(bytes);
    let value = reader.structure(MAX_DEPTH)?;
    Ok((value, bytes.len() - reader.0.len()))
}

/// The number of seven bits a byte (LEB128) that `bytes` start with, and its length.
pub(super) fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let length = bytes.iter().take(10).position(|byte| byte & 0x80 == 0)? + 1;
    let number =
        bytes[..length].iter().rev().fold(0, |sum, byte| sum << 7 | u64::from(byte & 0x7f));
    Some((number, length))
}

/// The signed number that is kept as `number`: 0, -1, 1, -2 …
pub(super) fn zigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// A place, length or count that has to be there.
///
/// # Errors
/// If it is not, or is negative.
pub(super) fn natural<T: TryFrom<i64>>(number: Option<i64>) -> io::Result<T> {
    let natural = number.and_then(|number| T::try_from(number).ok());
    natural.ok_or_else(|| unsound("a place or a count in its metadata is missing"))
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: u64) -> io::Result<&'a [u8]> {
        let split = usize::try_from(count).ok().and_then(|count| self.0.split_at_checked(count));
        let (taken, rest) = split.ok_or_else(cut)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> io::Result<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn varint(&mut self) -> io::Result<u64> {
        let (number, length) = varint(self.0).ok_or_else(cut)?;
        self.0 = &self.0[length..];
        Ok(number)
    }

    fn structure(&mut self, depth: usize) -> io::Result<Value<'a>> {
        let mut fields = Vec::new();
        let mut id = 0_i16;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Ok(Value::Struct(fields));
            }
            id = match head >> 4 {
                0 => zigzag(self.varint()?) as i16,
                step => id.wrapping_add(i16::from(step)),
            };
            let value = match head & 0x0f {
                1 => Value::Int(1),
                2 => Value::Int(0),
                kind => self.value(kind, depth)?,
            };
            fields.push((id, value));
        }
    }

    fn value(&mut self, kind: u8, depth: usize) -> io::Result<Value<'a>> {
        let depth =
            depth.checked_sub(1).ok_or_else(|| unsound("its metadata are nested too deep"))?;
        match kind {
            1..=3 => Ok(Value::Int(i64::from(self.byte()? as i8))),
            4..=6 => Ok(Value::Int(zigzag(self.varint()?))),
            7 => self.take(8).map(Value::Bytes),
            8 => {
                let length = self.varint()?;
                self.take(length).map(Value::Bytes)
            }
            9 | 10 => self.list(depth),
            12 => self.structure(depth),
            _ => Err(unsound("its metadata have a field of an unknown kind")),
        }
    }

    fn list(&mut self, depth: usize) -> io::Result<Value<'a>> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.varint()?,
            count => u64::from(count),
        };
        (0..count)
            .map(|_| self.value(head & 0x0f, depth))
            .collect::<io::Result<_>>()
            .map(Value::List)
    }
}

fn cut() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "its metadata break off")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn structures_have_fields_by_id() {
        // 1: i32 -1, 2: true, 3: "ab", 20: [{}, {1: 3}].
        let bytes = [
            0x15, 0x01, 0x11, 0x18, 0x02, b'a', b'b', 0x09, 0x28, 0x2c, 0x00, 0x15, 0x06, 0x00,
            0x00,
        ];
        let (value, length) = structure(&bytes).expect("a structure");
        assert_eq!(length, bytes.len());
        assert_eq!(
            (value.int(1), value.int(2), value.bytes(3)),
            (Some(-1), Some(1), Some(&b"ab"[..]))
        );
        assert_eq!(value.list(20)[1].int(1), Some(3));
        assert_eq!((value.int(3), value.get(4)), (None, None));
    }

    #[test]
    fn what_breaks_off_or_lies_is_told() {
        let kind = |bytes: &[u8]| structure(bytes).expect_err("a fault").kind();
        assert_eq!(kind(&[0x15]), io::ErrorKind::UnexpectedEof);
        assert_eq!(kind(&[0x18, 0x7f, b'a']), io::ErrorKind::UnexpectedEof);
        // A list of 2^32 structures.
        assert_eq!(kind(&[0x19, 0xfc, 0x80, 0x80, 0x80, 0x80, 0x10]), io::ErrorKind::UnexpectedEof);
        assert_eq!(kind(&[0x1c; 100]), io::ErrorKind::InvalidData);
    }

    #[test]
    fn numbers() {
        assert_eq!(varint(&[0xac, 0x02, 0xff]), Some((300, 2)));
        assert_eq!((varint(&[0x80]), varint(&[0xff; 12])), (None, None));
        assert_eq!([0, 1, 2, 3, u64::MAX].map(zigzag), [0, -1, 1, -2, i64::MIN]);
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            if let Ok((_, length)) = structure(&bytes) {
                prop_assert!(length <= bytes.len());
            }
        }
    }
}
