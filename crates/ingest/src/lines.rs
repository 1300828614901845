//! Lines of bounded length from a stream.

use std::io::{self, BufRead, Read as _};

/// What came of one line.
#[derive(Debug)]
pub(crate) enum Line {
    /// Its bytes, without the line end.
    Whole(Vec<u8>),
    /// It has more than the limit; it was passed over.
    TooLong,
    /// Reading failed in it; nothing follows.
    Broken(io::Error),
}

/// The numbered lines of `input`, from 1, each at most `limit` bytes.
pub(crate) struct Lines<R> {
    input: R,
    limit: usize,
    number: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R, limit: usize) -> Self {
        Self { input, limit, number: 0, ended: false }
    }

    /// The next line; `None` at the end.
    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let capped = self.limit as u64 + 1;
        if self.input.by_ref().take(capped).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        } else if bytes.len() > self.limit {
            self.input.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Whole(bytes)))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = (u64, Line);

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        self.number += 1;
        let line = self.line().unwrap_or_else(|error| {
            self.ended = true;
            Some(Line::Broken(error))
        })?;
        Some((self.number, line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &[u8], limit: usize, expected: &[(u64, Option<&[u8]>)]) {
        let found: Vec<_> = Lines::new(input, limit)
            .map(|(number, line)| match line {
                Line::Whole(bytes) => (number, Some(bytes)),
                Line::TooLong => (number, None),
                Line::Broken(error) => panic!("{error}"),
            })
            .collect();
        let found: Vec<_> = found.iter().map(|(number, line)| (*number, line.as_deref())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_are_numbered_and_bounded() {
        check(b"ab\n\ncd", 2, &[(1, Some(b"ab")), (2, Some(b"")), (3, Some(b"cd"))]);
        check(b"abc\nd\n", 2, &[(1, None), (2, Some(b"d"))]);
        check(b"abc", 2, &[(1, None)]);
        check(b"", 2, &[]);
    }
}
