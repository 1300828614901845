//! The room `ingest` of Stemma.
