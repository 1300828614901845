//! Views of a record: a pure function from a [`Record`](stemma_model::Record) to bytes.
//!
//! A record comes in and leaves as one self-contained HTML page ([`html`]), as Markdown that says
//! the same ([`markdown`]), or as the JSON [`records`] that other programs read. Nothing is
//! decided in here: every statement, relation and reason was decided before, and a view only
//! chooses what to put next to what. The same record gives the same bytes.
//!
//! ```
//! use stemma_model::Record;
//!
//! let record = Record::default();
//! let page = stemma_report::html(&record);
//! assert!(page.starts_with("<!DOCTYPE html>"));
//!
//! let json = serde_json::to_value(stemma_report::records::dossier(&record)).unwrap();
//! assert_eq!(json["documents"].as_array().map(Vec::len), Some(0));
//! ```

mod calendar;
mod dates;
mod edition;
mod html;
mod markdown;
pub mod records;
mod sigla;
mod view;

pub use calendar::{timeline_csv, timeline_ics};
pub use html::{html, html_within};
pub use markdown::markdown;
