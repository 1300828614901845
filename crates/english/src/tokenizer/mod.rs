//! Text to tokens, exactly as spaCy's English tokenizer cuts it.
//!
//! 1. The text falls into stretches of white space and of anything else ([`stretches`]); one space
//!    after a word belongs to no token.
//! 2. Each stretch is cut by itself ([`split`]), so its tokens can be remembered ([`store`]).
//! 3. Special cases that the rules would cut apart are put together again in the finished tokens
//!    ([`phrases`]).
//!
//! Time is linear in the text; source: `tokenizer.pyx` of spaCy 3.8.

mod affix;
mod phrases;
mod split;
pub(crate) mod store;
mod stretches;
mod tables;
mod url;

pub(crate) use phrases::Phrases;
pub(crate) use split::{NormId, Splitter};

use crate::model::Exception;
use store::Store;
use stretches::stretches;

/// The rules, which never change; what they remember of texts is in a [`Store`].
#[derive(Debug)]
pub(crate) struct Tokenizer {
    pub(crate) splitter: Splitter,
    pub(crate) phrases: Phrases,
}

/// A token before anything is known but its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawToken {
    /// First byte.
    pub(crate) start: u32,
    /// Bytes.
    pub(crate) len: u32,
    /// Number of its lexeme in the store.
    pub(crate) lexeme: u32,
    /// Norm that a special case gave it.
    pub(crate) norm: Option<NormId>,
    /// Whether a space follows that belongs to no token.
    pub(crate) space: bool,
}

impl Tokenizer {
    pub(crate) fn new(exceptions: &[Exception]) -> Self {
        let splitter = Splitter::new(exceptions);
        let phrases = Phrases::new(exceptions, &splitter);
        Self { splitter, phrases }
    }

    /// The tokens of `text`, which is under 4 GiB.
    pub(crate) fn tokenize(&self, text: &str, store: &mut Store) -> Vec<RawToken> {
        let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
        for stretch in stretches(text) {
            let mut start = stretch.start;
            for piece in store.stretch(&self.splitter, &text[stretch.start..stretch.end]) {
                tokens.push(RawToken {
                    start: u32::try_from(start).expect("texts are under 4 GiB"),
                    len: piece.len,
                    lexeme: piece.lexeme,
                    norm: piece.norm,
                    space: false,
                });
                start += piece.len as usize;
            }
            if let Some(last) = tokens.last_mut() {
                last.space = stretch.space;
            }
        }
        self.phrases.restore(text, tokens, &self.splitter, store)
    }
}
