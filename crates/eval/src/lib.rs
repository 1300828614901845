//! The room `eval` of Stemma.
