//! The room `engine` of Stemma.
