//! The room `story` of Stemma.
