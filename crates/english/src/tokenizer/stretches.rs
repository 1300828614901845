//! Text to stretches of white space and of anything else.

use crate::unicode::is_space_char;

/// One stretch: bytes, and whether one space after it belongs to no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) space: bool,
}

/// The stretches of `text` that hold tokens, in order.
pub(super) fn stretches(text: &str) -> impl Iterator<Item = Stretch> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let in_space = is_space_char(rest.chars().next()?);
        let end = rest.find(|c| is_space_char(c) != in_space).map_or(text.len(), |len| at + len);
        let space = !in_space && text[end..].starts_with(' ');
        let stretch = Stretch { start: at, end, space };
        at = end + usize::from(space);
        Some(stretch)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, bool)> {
        stretches(text).map(|s| (&text[s.start..s.end], s.space)).collect()
    }

    #[test]
    fn one_space_is_no_token() {
        assert_eq!(cut("a b"), [("a", true), ("b", false)]);
        assert_eq!(cut("a  b"), [("a", true), (" ", false), ("b", false)]);
        assert_eq!(cut("a\n b"), [("a", false), ("\n ", false), ("b", false)]);
        assert_eq!(cut(" a "), [(" ", false), ("a", true)]);
        assert_eq!(cut(""), []);
    }
}
