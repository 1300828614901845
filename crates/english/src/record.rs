//! The `parse` record that leaves the program, and the way back from it.
//!
//! ```text
//! {id, text?, tokens:[{text, start, ws, norm, lemma, pos, tag, morph, head, dep, sent_start,
//!                      ent_iob, ent_type, lower?, shape?, …}]}
//! ```
//! `start` counts Unicode code points; `head` is a token index; `ws` is `" "` or `""`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::doc::{Doc, LexemeRow};
use crate::error::{Error, Kind};
use crate::flags::Flags;
use crate::intern::Interner;
use crate::token::{Iob, Token};

/// One document of `stemma parse`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The document's name in its input.
    pub id: String,
    /// The text the offsets count in, when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its tokens.
    pub tokens: Vec<TokenRecord>,
}

/// One token of a [`Record`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRecord {
    /// Its characters.
    pub text: String,
    /// Its first code point.
    pub start: usize,
    /// The space after it, if one.
    pub ws: String,
    /// Normal form.
    pub norm: String,
    /// Lower case.
    #[serde(default)]
    pub lower: String,
    /// Letter classes.
    #[serde(default)]
    pub shape: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub pos: String,
    /// Penn Treebank tag.
    pub tag: String,
    /// Morphological features.
    pub morph: String,
    /// Index of its head.
    pub head: usize,
    /// Relation to its head.
    pub dep: String,
    /// Whether a sentence starts here.
    pub sent_start: bool,
    /// `O`, `B` or `I`.
    pub ent_iob: String,
    /// Entity label or empty.
    pub ent_type: String,
    /// Only white space.
    #[serde(default)]
    pub space: bool,
    /// Only letters.
    #[serde(default)]
    pub alpha: bool,
    /// Only punctuation.
    #[serde(default)]
    pub punct: bool,
    /// Title case.
    #[serde(default)]
    pub title: bool,
    /// A numeral in digits or words.
    #[serde(default)]
    pub num: bool,
}

impl Record {
    /// The record of `doc`, with its text.
    #[must_use]
    pub fn new(id: impl Into<String>, doc: &Doc) -> Self {
        let mut code_points = CodePoints::default();
        let tokens = doc
            .tokens()
            .map(|token| token_record(token, code_points.at(doc.text(), token.start())))
            .collect();
        Self { id: id.into(), text: Some(doc.text().to_owned()), tokens }
    }

    /// The document this record describes.
    ///
    /// # Errors
    /// When there is no text, or a token is not where the record says, or a head does not exist.
    pub fn to_doc(&self) -> Result<Doc, Error> {
        let text = self.text.clone().unwrap_or_default();
        let mut builder = Builder {
            doc: Doc { text, ..Doc::default() },
            strings: Interner::default(),
            rows: HashMap::new(),
            at: (0, 0),
        };
        for (i, token) in self.tokens.iter().enumerate() {
            builder.push(i, token, self.tokens.len())?;
        }
        builder.doc.table.link();
        Ok(Doc { strings: builder.strings.finish(), ..builder.doc })
    }
}

/// Byte offsets to code points, for offsets that only grow.
#[derive(Default)]
struct CodePoints {
    byte: usize,
    code_point: usize,
}

impl CodePoints {
    fn at(&mut self, text: &str, byte: usize) -> usize {
        self.code_point += text[self.byte..byte].chars().count();
        self.byte = byte;
        self.code_point
    }
}

fn token_record(token: Token<'_>, start: usize) -> TokenRecord {
    TokenRecord {
        text: token.text().into(),
        start,
        ws: token.whitespace().into(),
        norm: token.norm().into(),
        lower: token.lower().into(),
        shape: token.shape().into(),
        lemma: token.lemma().into(),
        pos: token.pos().into(),
        tag: token.tag().into(),
        morph: token.morph().into(),
        head: token.head().i(),
        dep: token.dep().into(),
        sent_start: token.is_sent_start(),
        ent_iob: token.ent_iob().as_str().into(),
        ent_type: token.ent_type().into(),
        space: token.is_space(),
        alpha: token.is_alpha(),
        punct: token.is_punct(),
        title: token.is_title(),
        num: token.like_num(),
    }
}

/// Builds a document token by token.
struct Builder {
    doc: Doc,
    strings: Interner,
    rows: HashMap<String, u32>,
    /// (code point, byte) where the token before ended.
    at: (usize, usize),
}

impl Builder {
    fn push(&mut self, i: usize, token: &TokenRecord, length: usize) -> Result<(), Error> {
        let start = self.locate(i, token)?;
        let head = u32::try_from(token.head).ok().filter(|_| token.head < length);
        let head = head.ok_or(Kind::RecordHead { token: i, head: token.head, length })?;
        let lexeme = self.lexeme(token);
        let (strings, table) = (&mut self.strings, &mut self.doc.table);
        table.start.push(offset(start));
        table.end.push(offset(start + token.text.len()));
        table.space.push(!token.ws.is_empty());
        table.lexeme.push(lexeme);
        table.norm.push(strings.intern(&token.norm));
        table.lemma.push(strings.intern(&token.lemma));
        table.pos.push(strings.intern(&token.pos));
        table.tag.push(strings.intern(&token.tag));
        table.morph.push(strings.intern(&token.morph));
        table.dep.push(strings.intern(&token.dep));
        table.head.push(head);
        table.sent_start.push(token.sent_start);
        table.ent_iob.push(Iob::parse(&token.ent_iob));
        table.ent_type.push(strings.intern(&token.ent_type));
        Ok(())
    }

    /// The byte where `token` starts.
    fn locate(&mut self, i: usize, token: &TokenRecord) -> Result<usize, Error> {
        let mismatch =
            || Kind::RecordMismatch { token: i, found: token.text.clone(), start: token.start };
        let skipped = token.start.checked_sub(self.at.0).ok_or_else(mismatch)?;
        let rest = &self.doc.text[self.at.1..];
        let gap: usize = rest.chars().take(skipped).map(char::len_utf8).sum();
        if !rest[gap..].starts_with(&token.text) {
            return Err(mismatch().into());
        }
        let start = self.at.1 + gap;
        self.at = (token.start + token.text.chars().count(), start + token.text.len());
        Ok(start)
    }

    fn lexeme(&mut self, token: &TokenRecord) -> u32 {
        if let Some(&row) = self.rows.get(&token.text) {
            return row;
        }
        let row = offset(self.doc.lexemes.len());
        let flags = Flags::SPACE.when(token.space)
            | Flags::ALPHA.when(token.alpha)
            | Flags::PUNCT.when(token.punct)
            | Flags::TITLE.when(token.title)
            | Flags::LIKE_NUM.when(token.num);
        let lower = self.strings.intern(&token.lower);
        let shape = self.strings.intern(&token.shape);
        self.doc.lexemes.push(LexemeRow { lower, shape, flags });
        self.rows.insert(token.text.clone(), row);
        row
    }
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).expect("texts are under 4 GiB")
}
