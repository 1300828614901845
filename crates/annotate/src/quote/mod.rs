//! Quotations: who said what, in which words.

pub mod marks;
