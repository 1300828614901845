//! Full text.

use jiff::civil::Date;
use rusqlite::params_from_iter;
use serde::Serialize;
use stemma_model::DocumentId;

use super::expression::expression;
use super::filter::Filter;
use super::{Found, Page};
use crate::error::Error;
use crate::names::number;
use crate::store::Store;

/// Which documents are wanted; every condition that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct SearchQuery {
    /// With all these words in headline or text, inflected or not: `"in this order"`,
    /// `begin*`, `-without`, `this OR that`.
    pub words: String,
    /// Published on this day or later.
    pub since: Option<Date>,
    /// Published on this day or earlier.
    pub until: Option<Date>,
    /// Carried by this outlet.
    pub outlet: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

/// A document with the place that fits best.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchRow {
    /// The document.
    pub document: DocumentId,
    /// The document's own id in its input.
    pub given_id: Option<String>,
    /// The outlet that carries it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its first possible day, where the last is known too.
    pub date: Option<String>,
    /// The text around the best place, with the words found between `[` and `]`.
    pub snippet: String,
    /// BM25, the larger the better.
    pub score: f64,
}

impl Store {
    /// The documents that `query` asks for, best first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn search(&self, query: &SearchQuery) -> Result<Found<SearchRow>, Error> {
        let Some(expression) = expression(&query.words) else {
            return Ok(Found { rows: Vec::new(), total: 0 });
        };
        let mut filter = Filter::default();
        filter.with("f.document_search MATCH ?", expression);
        filter.between("d.date", query.since, query.until);
        if let Some(outlet) = &query.outlet {
            filter.with("d.outlet = ? COLLATE NOCASE", outlet.clone());
        }
        let clause = filter.clause();
        // Counting needs the documents only where they are asked about.
        let plain = query.since.is_none() && query.until.is_none() && query.outlet.is_none();
        let join = if plain { "" } else { " JOIN document d ON d.id = f.rowid" };
        self.ask("search", |connection| {
            let total: i64 = connection
                .prepare_cached(&format!("SELECT count(*) FROM document_search f{join}{clause}"))?
                .query_row(params_from_iter(filter.values()), |row| row.get(0))?;
            let mut statement = connection.prepare_cached(&format!(
                "SELECT d.id, d.given_id, d.outlet, d.title, d.date,
                        snippet(document_search, 1, '[', ']', '…', 32), f.rank
                 FROM document_search f JOIN document d ON d.id = f.rowid{clause}
                 ORDER BY f.rank LIMIT {} OFFSET {}",
                query.page.take, query.page.skip
            ))?;
            let rows = statement.query_map(params_from_iter(filter.values()), |row| {
                Ok(SearchRow {
                    document: DocumentId::from_number(number(row.get(0)?)),
                    given_id: row.get(1)?,
                    outlet: row.get(2)?,
                    title: row.get(3)?,
                    date: row.get(4)?,
                    snippet: row.get(5)?,
                    score: -row.get::<_, f64>(6)?,
                })
            })?;
            Ok(Found { rows: rows.collect::<Result<_, _>>()?, total: total.unsigned_abs() })
        })
    }
}
