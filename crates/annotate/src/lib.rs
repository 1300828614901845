//! The room `annotate` of Stemma.
