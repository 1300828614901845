//! What happened when.

use jiff::civil::Date;
use rusqlite::params_from_iter;
use serde::Serialize;
use stemma_model::{DocumentId, StoryId, TimelineEntry};

use super::expression::expression;
use super::filter::Filter;
use super::{Found, Page};
use crate::error::Error;
use crate::names::key;
use crate::store::Store;

/// Which events are wanted; every condition that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct TimelineQuery {
    /// Told with these words; see [`SearchQuery::words`](crate::SearchQuery::words).
    pub about: Option<String>,
    /// Not over before this day.
    pub since: Option<Date>,
    /// Begun by this day.
    pub until: Option<Date>,
    /// Reported by this document.
    pub document: Option<DocumentId>,
    /// Reported by a document of this story.
    pub story: Option<StoryId>,
    /// Reported by at least so many documents.
    pub at_least: u64,
    /// Which part of the answer.
    pub page: Page,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimelineRow {
    /// Its place in the whole timeline, from 0.
    pub place: u64,
    /// Its first possible day.
    pub from: Option<String>,
    /// Its last possible day.
    pub to: Option<String>,
    /// How finely the sources speak.
    pub precision: String,
    /// Whether it happened, as told.
    pub status: String,
    /// The fullest sentence that tells it.
    pub text: String,
    /// How many documents report it.
    pub documents: u64,
}

impl Store {
    /// The events that `query` asks for, in order of time.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn timeline(&self, query: &TimelineQuery) -> Result<Found<TimelineRow>, Error> {
        let filter = conditions(query);
        let clause = filter.clause();
        self.ask("look for events in", |connection| {
            let total: i64 = connection
                .prepare_cached(&format!("SELECT count(*) FROM timeline_entry{clause}"))?
                .query_row(params_from_iter(filter.values()), |row| row.get(0))?;
            let mut statement = connection.prepare_cached(&format!(
                "SELECT id, date_from, date_to, precision, status, text, documents
                 FROM timeline_entry{clause} ORDER BY id LIMIT {} OFFSET {}",
                query.page.take, query.page.skip
            ))?;
            let rows = statement.query_map(params_from_iter(filter.values()), |row| {
                Ok(TimelineRow {
                    place: row.get::<_, i64>(0)?.unsigned_abs(),
                    from: row.get(1)?,
                    to: row.get(2)?,
                    precision: row.get(3)?,
                    status: row.get(4)?,
                    text: row.get(5)?,
                    documents: row.get::<_, i64>(6)?.unsigned_abs(),
                })
            })?;
            Ok(Found { rows: rows.collect::<Result<_, _>>()?, total: total.unsigned_abs() })
        })
    }

    /// The whole record of the event at `place` in the timeline.
    ///
    /// # Errors
    /// If the file or the record is damaged.
    pub fn timeline_entry(&self, place: u64) -> Result<Option<TimelineEntry>, Error> {
        let sql = "SELECT body FROM timeline_entry WHERE id = ?1";
        Ok(self.bodies("an event", sql, [i64::try_from(place).unwrap_or(-1)])?.pop())
    }
}

fn conditions(query: &TimelineQuery) -> Filter {
    let mut filter = Filter::default();
    if let Some(about) = &query.about {
        match expression(about) {
            Some(expression) => filter.with(
                "id IN (SELECT rowid FROM timeline_search WHERE timeline_search MATCH ?)",
                expression,
            ),
            None => filter.nothing(),
        }
    }
    if let Some(document) = query.document {
        let condition = "id IN (SELECT entry FROM timeline_document WHERE document = ?)";
        filter.with(condition, key(document.number()));
    }
    if let Some(story) = query.story {
        let condition = "id IN (SELECT entry FROM timeline_document WHERE document IN (
                           SELECT document FROM story_document WHERE story = ?))";
        filter.with(condition, key(story.number()));
    }
    filter.between("coalesce(date_to, date_from)", query.since, None);
    filter.between("date_from", None, query.until);
    if query.at_least > 1 {
        filter.with("documents >= ?", i64::try_from(query.at_least).unwrap_or(i64::MAX));
    }
    filter
}
