//! English text to tokens, sentences, tags, a dependency parse, entities and lemmas.
//!
//! A [`Pipeline`] is loaded once and turns text into a [`Doc`]; the document owns one table, and
//! [`Token`], [`Sentence`] and [`Entity`] are views of it. Every offset is a UTF-8 byte range into
//! [`Doc::text`]; [`record`] converts to the code points that leave the program.
//!
//! The answers are those of spaCy 3.8 with `en_core_web_sm` 3.8.0, token for token; `docs/english.md`
//! has the comparison. [`Model`] installs and finds the weights.
//!
//! ```no_run
//! use stemma_english::{Model, Pipeline};
//!
//! let model = Model::ensure(|line| eprintln!("{line}"))?;
//! let pipeline = Pipeline::load(&model)?;
//! let doc = pipeline.parse("Ms. Lee said the council would appeal.");
//! for sentence in doc.sentences() {
//!     println!("{}: {}", sentence.root().lemma(), sentence.text());
//! }
//! # Ok::<(), stemma_english::Error>(())
//! ```

mod blocks;
mod conllu;
mod doc;
mod error;
mod flags;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod hash;
mod intern;
mod lemma;
mod lexeme;
pub mod model;
mod nn;
mod pipeline;
pub mod record;
mod ruler;
mod sentence;
mod token;
mod tokenizer;
mod transition;
mod tree;
mod unicode;

pub use conllu::Conllu;
pub use doc::{Doc, Entity, Sentence, Tokens};
pub use error::Error;
pub use flags::Flags;
pub use model::{InstallOptions, Installed, Model};
pub use nn::product;
pub use pipeline::Pipeline;
pub use sentence::{DIMENSIONS, SentenceEncoder, Vector};
pub use token::{Iob, Token};
