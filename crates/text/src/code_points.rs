//! Between bytes and code points.

/// How many bytes lie between two checkpoints: a lookup scans at most this many.
const STRIDE: usize = 64;

/// A text's map between byte offsets and Unicode code points.
///
/// Built in one pass, a conversion takes constant time; an ASCII text needs no table at all.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points that start before byte `i * STRIDE`; empty for an ASCII text.
    checkpoints: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// The map of `text`, in time linear in its length.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text, checkpoints: Vec::new() };
        }
        let mut seen = 0;
        let checkpoints = text
            .as_bytes()
            .chunks(STRIDE)
            .map(|chunk| {
                let before = seen;
                seen += count_starts(chunk);
                before
            })
            .collect();
        Self { text, checkpoints }
    }

    /// The code-point offset of a byte offset. An offset inside a character counts as after it,
    /// one past the end as the end.
    #[must_use]
    pub fn of_byte(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if self.checkpoints.is_empty() {
            return byte;
        }
        let chunk = (byte / STRIDE).min(self.checkpoints.len() - 1);
        let tail = &self.text.as_bytes()[chunk * STRIDE..byte];
        (self.checkpoints[chunk] + count_starts(tail)) as usize
    }

    /// The byte offset of a code-point offset; one past the end gives the text's length.
    #[must_use]
    pub fn to_byte(&self, point: usize) -> usize {
        if self.checkpoints.is_empty() {
            return point.min(self.text.len());
        }
        let chunk = self.checkpoints.partition_point(|&before| before as usize <= point) - 1;
        let mut start = chunk * STRIDE;
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        let rest = point - self.checkpoints[chunk] as usize;
        self.text[start..].char_indices().nth(rest).map_or(self.text.len(), |(i, _)| start + i)
    }
}

/// How many characters start in `bytes`.
fn count_starts(bytes: &[u8]) -> u32 {
    let starts = bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count();
    u32::try_from(starts).expect("texts are shorter than 4 GiB")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_counting_and_round_trips(text in "(?s)(.|é|\u{1F600}|[a-z ]{20,40}){0,60}") {
            let map = CodePoints::of(&text);
            for (point, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(map.of_byte(byte), point);
                prop_assert_eq!(map.to_byte(point), byte);
            }
            prop_assert_eq!(map.of_byte(text.len()), text.chars().count());
            prop_assert_eq!(map.to_byte(text.chars().count()), text.len());
            prop_assert_eq!(map.to_byte(usize::MAX / 2), text.len());
        }
    }
}
