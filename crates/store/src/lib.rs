//! The room `store` of Stemma.
