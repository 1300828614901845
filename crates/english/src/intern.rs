//! The strings of one document, each stored once.

use std::collections::HashMap;
use std::ops::Index;

/// The number of a string in its [`Interner`]; 0 is always the empty string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Sym(u32);

impl Sym {}

/// An append-only set of strings, all in one allocation.
#[derive(Clone, Debug)]
pub(crate) struct Interner {
    arena: String,
    /// Where each string ends in `arena`; it starts where the one before it ends.
    ends: Vec<u32>,
    by_hash: HashMap<Box<str>, Sym>,
}

impl Default for Interner {
    fn default() -> Self {
        let mut new = Self {
            arena: String::new(),
            ends: Vec::new(),
            by_hash: HashMap::new(),
        };
        new.intern("");
        new
    }
}

impl Interner {
    /// The number of `string`, which is added if it is new.
    pub(crate) fn intern(&mut self, string: &str) -> Sym {
        if let Some(&known) = self.by_hash.get(string) {
            return known;
        }
        let new = Sym(u32::try_from(self.ends.len()).expect("fewer than 2^32 distinct strings"));
        self.arena.push_str(string);
        self.ends
            .push(u32::try_from(self.arena.len()).expect("under 4 GiB of distinct strings"));
        self.by_hash.insert(string.into(), new);
        new
    }
}

impl Index<Sym> for Interner {
    type Output = str;

    fn index(&self, Sym(number): Sym) -> &str {
        let number = number as usize;
        let start = if number == 0 {
            0
        } else {
            self.ends[number - 1]
        };
        &self.arena[start as usize..self.ends[number] as usize]
    }
}
