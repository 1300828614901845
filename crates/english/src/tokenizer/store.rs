//! What one thread remembers of the texts it has seen: lexemes, and how stretches were cut.
//!
//! Both are pure functions of the characters, so remembering changes no answer; the store is emptied
//! between documents when it has grown past its bounds.

use rapidhash::RapidHashMap;

use super::split::{NormId, Piece, Specials, Splitter};
use crate::lexeme::Lexeme;
use crate::model::Words;

/// More lexemes than this are forgotten at the start of a document. A lexeme takes about 250 bytes;
/// 40,000 cover 98 % of the tokens of a news corpus.
const MAX_LEXEMES: usize = 40_000;

/// One token of a stretch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StorePiece {
    pub(super) len: u32,
    pub(super) lexeme: u32,
    pub(super) norm: Option<NormId>,
}

/// Lexemes by number, and cut stretches.
#[derive(Debug)]
pub(crate) struct Store {
    words: std::sync::Arc<Words>,
    lexemes: Vec<Lexeme>,
    by_text: RapidHashMap<Box<str>, u32>,
    stretches: RapidHashMap<Box<str>, Box<[StorePiece]>>,
    pieces: Vec<Piece>,
}

impl Store {
    pub(crate) fn new(words: std::sync::Arc<Words>) -> Self {
        Self {
            words,
            lexemes: Vec::new(),
            by_text: RapidHashMap::default(),
            stretches: RapidHashMap::default(),
            pieces: Vec::new(),
        }
    }

    /// Forget everything when there is too much of it. Lexeme numbers are void afterwards.
    pub(crate) fn trim(&mut self) {
        if self.lexemes.len() > MAX_LEXEMES || self.stretches.len() > MAX_LEXEMES {
            self.lexemes.clear();
            self.by_text.clear();
            self.stretches.clear();
        }
    }

    /// The lexeme with this number.
    pub(crate) fn lexeme(&self, number: u32) -> &Lexeme {
        &self.lexemes[number as usize]
    }

    /// The number of the lexeme of `text`.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(&known) = self.by_text.get(text) {
            return known;
        }
        let new = u32::try_from(self.lexemes.len()).expect("fewer lexemes than bytes");
        self.lexemes.push(Lexeme::new(text, &self.words));
        self.by_text.insert(text.into(), new);
        new
    }

    /// The tokens of one stretch.
    pub(super) fn stretch(&mut self, splitter: &Splitter, stretch: &str) -> &[StorePiece] {
        if !self.stretches.contains_key(stretch) {
            let cut = self.cut(splitter, stretch);
            self.stretches.insert(stretch.into(), cut);
        }
        &self.stretches[stretch]
    }

    fn cut(&mut self, splitter: &Splitter, stretch: &str) -> Box<[StorePiece]> {
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.clear();
        match splitter.special(stretch) {
            Some(special) => pieces.extend_from_slice(special),
            None => splitter.split(stretch, Specials::Apply, &mut pieces),
        }
        let mut rest = stretch;
        let cut = pieces.iter().map(|piece| {
            let (text, after) = rest.split_at(piece.len as usize);
            rest = after;
            StorePiece { len: piece.len, lexeme: self.number(text), norm: piece.norm() }
        });
        let cut = cut.collect();
        self.pieces = pieces;
        cut
    }
}
