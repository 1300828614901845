//! English text to tokens, sentences, tags, a dependency parse, entities and lemmas.
//!
//! A [`Pipeline`] is loaded once and turns text into a [`Doc`]; the document owns one table, and
//! [`Token`], [`Sentence`] and [`Entity`] are views of it. Every offset is a UTF-8 byte range into
//! [`Doc::text`]; [`record`] converts to the code points that leave the program.
//!
//! The answers are those of spaCy 3.8 with `en_core_web_sm` 3.8.0, token for token.

mod doc;
mod error;
mod flags;
mod intern;
pub mod record;
mod token;

pub use doc::{Doc, Entity, Sentence, Tokens};
pub use error::Error;
pub use flags::Flags;
pub use token::{Iob, Token};
