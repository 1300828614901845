//! What a word's letters alone tell about it.

use std::ops::BitOr;

/// A set of yes-or-no properties of a word form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(u16);

impl Flags {
    /// Only white space.
    pub const SPACE: Self = Self(1);
    /// Only punctuation (Unicode category P).
    pub const PUNCT: Self = Self(1 << 1);
    /// Only letters.
    pub const ALPHA: Self = Self(1 << 2);
    /// Title case: capitals start words and nothing else.
    pub const TITLE: Self = Self(1 << 3);
    /// A numeral in digits or words (`12`, `3/4`, `eleven`, `5th`).
    pub const LIKE_NUM: Self = Self(1 << 4);
    /// Cased, and every cased letter is a capital.
    pub const UPPER: Self = Self(1 << 5);
    /// Cased, and no cased letter is a capital.
    pub const LOWER: Self = Self(1 << 6);
    /// Only digits.
    pub const DIGIT: Self = Self(1 << 7);

    /// Whether every property of `other` is in this set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// This set when `condition` holds, else the empty one.
    #[must_use]
    pub fn when(self, condition: bool) -> Self {
        if condition { self } else { Self::default() }
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
