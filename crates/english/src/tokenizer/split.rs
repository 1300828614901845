//! One stretch without white space, cut into tokens.
//!
//! Follows `_split_affixes` and `_attach_tokens` of spaCy's `tokenizer.pyx`: affixes come off both
//! ends until nothing changes or what is left is a special case; the rest is special, or an address,
//! or cut at its infixes.

use rapidhash::RapidHashMap;

use super::affix::{infixes, prefix_len, suffix_len};
use super::url::is_url;
use crate::model::Exception;

/// One token of a stretch: its length in bytes, and the norm a special case gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) len: u32,
    /// Row of [`Splitter::norm`], plus one.
    norm: u32,
}

impl Piece {
    fn plain(len: usize) -> Self {
        Self { len: u32::try_from(len).expect("words are under 4 GiB"), norm: 0 }
    }

    /// Which norm overrides the word's own.
    pub(crate) fn norm(self) -> Option<NormId> {
        self.norm.checked_sub(1).map(NormId)
    }
}

/// The number of a norm that special cases give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NormId(u32);

/// The special cases, and the rules applied around them.
#[derive(Debug)]
pub(crate) struct Splitter {
    specials: RapidHashMap<Box<str>, Box<[Piece]>>,
    norms: Vec<Box<str>>,
    /// Bytes of the longest special case: nothing longer is looked up, so that peeling a long run
    /// of brackets stays linear.
    longest: usize,
}

/// Which special cases count while splitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Specials {
    Apply,
    Ignore,
}

impl Splitter {
    pub(crate) fn new(exceptions: &[Exception]) -> Self {
        let longest = exceptions.iter().map(|exception| exception.text.len()).max().unwrap_or(0);
        let mut new = Self { specials: RapidHashMap::default(), norms: Vec::new(), longest };
        for exception in exceptions {
            let pieces = exception.tokens.iter().map(|token| Piece {
                norm: token.norm.as_deref().map_or(0, |norm| new.norm_number(norm)),
                ..Piece::plain(token.text.len())
            });
            let pieces = pieces.collect::<Vec<_>>().into();
            new.specials.insert(exception.text.as_str().into(), pieces);
        }
        new
    }

    fn norm_number(&mut self, norm: &str) -> u32 {
        let known = self.norms.iter().position(|known| &**known == norm).unwrap_or_else(|| {
            self.norms.push(norm.into());
            self.norms.len() - 1
        });
        u32::try_from(known + 1).expect("fewer norms than bytes")
    }

    /// The norm with this number.
    pub(crate) fn norm(&self, NormId(number): NormId) -> &str {
        &self.norms[number as usize]
    }

    /// How the special case `word` is cut, if it is one.
    pub(crate) fn special(&self, word: &str) -> Option<&[Piece]> {
        if word.len() > self.longest {
            return None;
        }
        self.specials.get(word).map(|pieces| &**pieces)
    }

    /// Append the tokens of `word`, which together have its length.
    pub(crate) fn split(&self, word: &str, specials: Specials, out: &mut Vec<Piece>) {
        let is_special = |text: &str| specials == Specials::Apply && self.special(text).is_some();
        let mut middle = word;
        let mut suffixes = Vec::new();
        while !middle.is_empty() && !is_special(middle) {
            let prefix = prefix_len(middle);
            let without_prefix = &middle[prefix..];
            if prefix > 0 && is_special(without_prefix) {
                out.push(Piece::plain(prefix));
                middle = without_prefix;
                break;
            }
            let suffix = suffix_len(without_prefix);
            let without_suffix = &middle[..middle.len() - suffix];
            if suffix > 0 && is_special(without_suffix) {
                suffixes.push(Piece::plain(suffix));
                middle = without_suffix;
                break;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            out.extend((prefix > 0).then(|| Piece::plain(prefix)));
            suffixes.extend((suffix > 0).then(|| Piece::plain(suffix)));
            middle = &middle[prefix..middle.len() - suffix];
        }
        self.attach(middle, specials, out);
        out.extend(suffixes.into_iter().rev());
    }

    fn attach(&self, middle: &str, specials: Specials, out: &mut Vec<Piece>) {
        if middle.is_empty() {
            return;
        }
        match self.special(middle).filter(|_| specials == Specials::Apply) {
            Some(pieces) => out.extend_from_slice(pieces),
            None if is_url(middle) => out.push(Piece::plain(middle.len())),
            None => cut_at_infixes(middle, out),
        }
    }
}

fn cut_at_infixes(word: &str, out: &mut Vec<Piece>) {
    let mut done = 0;
    for infix in infixes(word).into_iter().filter(|infix| infix.start != 0) {
        out.extend((infix.start > done).then(|| Piece::plain(infix.start - done)));
        out.push(Piece::plain(infix.len()));
        done = infix.end;
    }
    out.extend((word.len() > done).then(|| Piece::plain(word.len() - done)));
}

/// Whether the rules would cut `word` anywhere: such special cases must also be looked for in the
/// finished tokens.
pub(crate) fn has_affixes(word: &str) -> bool {
    word.contains(' ') || prefix_len(word) > 0 || suffix_len(word) > 0 || !infixes(word).is_empty()
}
