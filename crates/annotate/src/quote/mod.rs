//! Quotations: who said what, in which words.

pub mod clusters;
pub mod columns;
pub mod crf;
pub mod features;
pub mod label;
pub mod lexicon;
pub mod marks;
pub mod tagger;
