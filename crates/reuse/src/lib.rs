//! The room `reuse` of Stemma.
