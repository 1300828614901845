//! The strings of one document, each stored once.

use std::ops::Index;

use rapidhash::RapidHashMap;

/// The number of a string in its document's [`Strings`]; 0 is always the empty string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Sym(u32);

impl Sym {
    /// The empty string of every document.
    pub(crate) const EMPTY: Self = Self(0);
}

/// Strings by number, all in one allocation.
#[derive(Clone, Debug)]
pub(crate) struct Strings {
    arena: String,
    /// Where each string ends in `arena`; it starts where the one before it ends.
    ends: Vec<u32>,
}

impl Default for Strings {
    fn default() -> Self {
        Self { arena: String::new(), ends: vec![0] }
    }
}

impl Index<Sym> for Strings {
    type Output = str;

    fn index(&self, Sym(number): Sym) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.arena[start as usize..self.ends[number] as usize]
    }
}

/// [`Strings`] while they are being gathered.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    strings: Strings,
    known: RapidHashMap<Box<str>, Sym>,
}

impl Interner {
    /// The number of `string`, which is added if it is new.
    pub(crate) fn intern(&mut self, string: &str) -> Sym {
        if string.is_empty() {
            return Sym::EMPTY;
        }
        if let Some(&known) = self.known.get(string) {
            return known;
        }
        let Strings { arena, ends } = &mut self.strings;
        let new = Sym(u32::try_from(ends.len()).expect("fewer than 2^32 distinct strings"));
        arena.push_str(string);
        ends.push(u32::try_from(arena.len()).expect("under 4 GiB of distinct strings"));
        self.known.insert(string.into(), new);
        new
    }

    /// What was gathered.
    pub(crate) fn finish(self) -> Strings {
        self.strings
    }
}

impl Index<Sym> for Interner {
    type Output = str;

    fn index(&self, sym: Sym) -> &str {
        &self.strings[sym]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_strings_have_one_number() {
        let mut interner = Interner::default();
        let [a, b, again] = ["noun", "verb", "noun"].map(|string| interner.intern(string));
        assert_eq!(a, again);
        assert_ne!(a, b);
        assert_eq!(interner.intern(""), Sym::EMPTY);
        let strings = interner.finish();
        assert_eq!([&strings[a], &strings[b], &strings[Sym::EMPTY]], ["noun", "verb", ""]);
    }
}
