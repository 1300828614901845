//! Views of a record: a pure function from a [`Record`](stemma_model::Record) to bytes.
//!
//! A record comes in and leaves as the JSON [`records`] that other programs read. Nothing is
//! decided in here: every statement, relation and reason was decided before, and a view only
//! chooses what to put next to what. The same record gives the same bytes.
//!
//! ```
//! use stemma_model::Record;
//!
//! let record = Record::default();
//! let json = serde_json::to_value(stemma_report::records::dossier(&record)).unwrap();
//! assert_eq!(json["documents"].as_array().map(Vec::len), Some(0));
//! ```

mod dates;
pub mod records;
mod sigla;

