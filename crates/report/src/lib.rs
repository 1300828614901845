//! The room `report` of Stemma.
