//! Stories.

use jiff::civil::Date;
use rusqlite::params_from_iter;
use serde::Serialize;
use stemma_model::{DocumentId, Story, StoryId};

use super::expression::expression;
use super::filter::Filter;
use super::{Found, Page};
use crate::error::Error;
use crate::names::{key, number};
use crate::store::Store;

/// Which stories are wanted; every condition that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct StoryQuery {
    /// Told by a document with these words; see
    /// [`SearchQuery::words`](crate::SearchQuery::words).
    pub about: Option<String>,
    /// Told by this document.
    pub document: Option<DocumentId>,
    /// Not over before this day.
    pub since: Option<Date>,
    /// Begun by this day.
    pub until: Option<Date>,
    /// Told by at least so many documents.
    pub at_least: u64,
    /// Which part of the answer.
    pub page: Page,
}

/// A story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoryRow {
    /// The story.
    pub id: StoryId,
    /// The headline of its most central document.
    pub title: String,
    /// Its first day.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
    /// How many documents tell it.
    pub documents: u64,
    /// The outlets that carry it, by name.
    pub outlets: Vec<String>,
}

impl Store {
    /// The stories that `query` asks for, newest first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn stories(&self, query: &StoryQuery) -> Result<Found<StoryRow>, Error> {
        let filter = conditions(query);
        let clause = filter.clause();
        self.ask("look for stories in", |connection| {
            let total: i64 = connection
                .prepare_cached(&format!("SELECT count(*) FROM story{clause}"))?
                .query_row(params_from_iter(filter.values()), |row| row.get(0))?;
            let mut statement = connection.prepare_cached(&format!(
                "SELECT id, title, date_from, date_to, documents FROM story{clause}
                 ORDER BY date_from DESC, id LIMIT {} OFFSET {}",
                query.page.take, query.page.skip
            ))?;
            let mut outlets = connection.prepare_cached(
                "SELECT DISTINCT outlet FROM story_document s JOIN document d ON d.id = s.document
                 WHERE s.story = ?1 AND outlet IS NOT NULL ORDER BY outlet",
            )?;
            let mut rows = Vec::new();
            let mut found = statement.query(params_from_iter(filter.values()))?;
            while let Some(row) = found.next()? {
                let id: i64 = row.get(0)?;
                rows.push(StoryRow {
                    id: StoryId::from_number(number(id)),
                    title: row.get(1)?,
                    from: row.get(2)?,
                    to: row.get(3)?,
                    documents: row.get::<_, i64>(4)?.unsigned_abs(),
                    outlets: outlets
                        .query_map([id], |row| row.get(0))?
                        .collect::<Result<_, _>>()?,
                });
            }
            Ok(Found { rows, total: total.unsigned_abs() })
        })
    }

    /// The whole record of a story.
    ///
    /// # Errors
    /// If the file or the record is damaged.
    pub fn story(&self, id: StoryId) -> Result<Option<Story>, Error> {
        let sql = "SELECT body FROM story WHERE id = ?1";
        Ok(self.bodies("a story", sql, [key(id.number())])?.pop())
    }
}

fn conditions(query: &StoryQuery) -> Filter {
    let mut filter = Filter::default();
    let told_by = |documents: &str| {
        format!("id IN (SELECT story FROM story_document WHERE document IN ({documents}))")
    };
    if let Some(about) = &query.about {
        let matching = "SELECT rowid FROM document_search WHERE document_search MATCH ?";
        match expression(about) {
            Some(expression) => filter.with(told_by(matching), expression),
            None => filter.nothing(),
        }
    }
    if let Some(document) = query.document {
        filter.with(told_by("?"), key(document.number()));
    }
    filter.between("coalesce(date_to, date_from)", query.since, None);
    filter.between("date_from", None, query.until);
    if query.at_least > 1 {
        filter.with("documents >= ?", i64::try_from(query.at_least).unwrap_or(i64::MAX));
    }
    filter
}
