//! Who said what.

use jiff::civil::Date;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;
use stemma_model::{DocumentId, EntityId, QuoteId};

use super::expression::{expression, name_expression};
use super::filter::Filter;
use super::{Found, Page};
use crate::error::{Error, Kind};
use crate::names::{key, number};
use crate::store::Store;

/// Which quotations are wanted; every condition that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct QuoteQuery {
    /// Said by somebody whose name, in any document, has these words; or an entity's id.
    pub by: Option<String>,
    /// With these words in them; see [`SearchQuery::words`](crate::SearchQuery::words).
    pub about: Option<String>,
    /// Said, or else published, on this day or later.
    pub since: Option<Date>,
    /// Said, or else published, on this day or earlier.
    pub until: Option<Date>,
    /// Carried by this outlet.
    pub outlet: Option<String>,
    /// In one of these documents, if any are named.
    pub documents: Option<Vec<DocumentId>>,
    /// Which part of the answer.
    pub page: Page,
}

/// A quotation. Offsets count code points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuoteRow {
    /// The quotation.
    pub id: QuoteId,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// Its words; ` … ` where the cue interrupts them.
    pub text: String,
    /// How well its source is known.
    pub status: String,
    /// Who it is attributed to across documents.
    pub person: Option<String>,
    /// Their id.
    pub entity: Option<EntityId>,
    /// The fullest name its own document gives.
    pub speaker: Option<String>,
    /// The dictionary form of the word that attributes.
    pub cue: Option<String>,
    /// When it was said, else when it was published.
    pub date: Option<String>,
    /// The outlet that carries it.
    pub outlet: Option<String>,
    /// The headline above it.
    pub title: Option<String>,
    /// The document it stands in.
    pub document: DocumentId,
    /// The document's own id in its input.
    pub given_id: Option<String>,
    /// Where it begins.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
}

/// What a query is asked of that words alone decide.
const WORDS: &str = "quote_search f";

/// From how many matches of words on, the newest are found by a walk through all quotations. Looking
/// up a date takes 1.9 µs a match; a walk stops early unless the words are those of long ago, and
/// takes .1 s at the very worst (a million quotations, of which 86,809 have the words: 24 ms for 165).
const WALKED: i64 = 30_000;

const ROW: &str = "
    SELECT q.id, q.kind, q.text, q.status, e.name, s.entity, q.speaker, q.cue, q.date,
           d.outlet, d.title, d.id, d.given_id, q.start_point, q.end_point
    FROM quote q
    JOIN document d ON d.id = q.document
    LEFT JOIN speaker s ON s.quote = q.id
    LEFT JOIN entity e ON e.id = s.entity
    WHERE q.id = ?1";

impl Store {
    /// The quotations that `query` asks for, newest first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn quotes(&self, query: &QuoteQuery) -> Result<Found<QuoteRow>, Error> {
        let asked = asked(query);
        let Asked { from, filter, .. } = &asked;
        self.ask("look for quotations in", |connection| {
            let total: i64 = connection
                .prepare_cached(&format!("SELECT count(*) FROM {from}{}", filter.clause()))?
                .query_row(params_from_iter(filter.values()), |row| row.get(0))?;
            let walk = *from == WORDS && total >= WALKED;
            let mut pick = connection.prepare_cached(&asked.newest(walk, query.page))?;
            let ids: Vec<i64> = pick
                .query_map(params_from_iter(filter.values()), |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let mut show = connection.prepare_cached(ROW)?;
            let rows = ids
                .into_iter()
                .map(|id| Ok(show.query_row([id], quote_row)?))
                .collect::<Result<_, Kind>>()?;
            Ok(Found { rows, total: total.unsigned_abs() })
        })
    }

    /// The words of all quotations that `query` asks for, whatever page it wants, in no order that
    /// means anything; none if there are more than `most`, of which nothing is read.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn quote_words(
        &self,
        query: &QuoteQuery,
        most: usize,
    ) -> Result<Option<Vec<(QuoteId, String)>>, Error> {
        let Asked { from, id, filter, .. } = asked(query);
        let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        self.ask("look for quotations in", |connection| {
            let ids: Vec<i64> = connection
                .prepare_cached(&format!(
                    "SELECT {id} FROM {from}{} LIMIT {limit}",
                    filter.clause()
                ))?
                .query_map(params_from_iter(filter.values()), |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            if ids.len() > most {
                return Ok(None);
            }
            let mut words = connection.prepare_cached("SELECT text FROM quote WHERE id = ?1")?;
            let with_words = |id| {
                let words = words.query_row([id], |row| row.get(0))?;
                Ok((QuoteId::from_number(number(id)), words))
            };
            ids.into_iter().map(with_words).collect::<Result<_, Kind>>().map(Some)
        })
    }

    /// The quotation with `id`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn quote(&self, id: QuoteId) -> Result<Option<QuoteRow>, Error> {
        self.attempt("look for a quotation in", |connection| {
            let mut show = connection.prepare_cached(ROW)?;
            let mut rows = show.query_map([key(id.number())], quote_row)?;
            Ok(rows.next().transpose()?)
        })
    }
}

/// A query as the parts of a statement.
struct Asked {
    /// The tables that its conditions need, and no others: each join costs a look-up for every match.
    from: String,
    /// The same with the table that has the date.
    dated: String,
    id: &'static str,
    date: &'static str,
    filter: Filter,
}

impl Asked {
    /// The statement for the ids on a page, newest first: by looking up the date of each match, or
    /// by a walk through all quotations from the newest on.
    fn newest(&self, walk: bool, page: Page) -> String {
        let Self { from, dated, id, date, filter } = self;
        let (clause, page) = (filter.clause(), format!("LIMIT {} OFFSET {}", page.take, page.skip));
        if walk {
            format!(
                "SELECT q.id FROM quote q INDEXED BY quote_by_date
                 WHERE q.id IN (SELECT {id} FROM {from}{clause})
                 ORDER BY q.date DESC, q.id {page}"
            )
        } else {
            format!("SELECT {id} FROM {dated}{clause} ORDER BY {date} DESC, {id} {page}")
        }
    }
}

fn asked(query: &QuoteQuery) -> Asked {
    let mut filter = Filter::default();
    let mut from = Vec::new();
    if let Some(about) = &query.about {
        from.push(WORDS);
        match expression(about) {
            Some(expression) => filter.with("f.quote_search MATCH ?", expression),
            None => filter.nothing(),
        }
    }
    if let Some(by) = &query.by {
        from.push(if from.is_empty() {
            "speaker s"
        } else {
            "JOIN speaker s ON s.quote = f.rowid"
        });
        // The `+` keeps SQLite from going through all that somebody said to find what stands in a
        // few documents.
        let column = if query.documents.is_some() { "+s.entity" } else { "s.entity" };
        by_name(&mut filter, column, by);
    }
    let (id, date, quote) = match (&query.by, &query.about) {
        (Some(_), _) => ("s.quote", "s.date", "JOIN quote q ON q.id = s.quote"),
        (None, Some(_)) => ("f.rowid", "q.date", "JOIN quote q ON q.id = f.rowid"),
        (None, None) => ("q.id", "q.date", "quote q"),
    };
    filter.between(date, query.since, query.until);
    let days = query.since.is_some() || query.until.is_some();
    let of_quote = query.outlet.is_some()
        || query.documents.is_some()
        || query.by.is_none() && (days || query.about.is_none());
    if of_quote {
        from.push(quote);
    }
    if let Some(outlet) = &query.outlet {
        from.push("JOIN document d ON d.id = q.document");
        filter.with("d.outlet = ? COLLATE NOCASE", outlet.clone());
    }
    if let Some(documents) = &query.documents {
        let keys: Vec<i64> = documents.iter().map(|id| key(id.number())).collect();
        let keys = serde_json::to_string(&keys).expect("numbers serialise");
        filter.with("q.document IN (SELECT value FROM json_each(?))", keys);
    }
    let from = from.join(" ");
    let dated =
        if of_quote || query.by.is_some() { from.clone() } else { format!("{from} {quote}") };
    Asked { from, dated, id, date, filter }
}

/// Adds that the entity in `column` goes by `name`, or is it.
pub(super) fn by_name(filter: &mut Filter, column: &str, name: &str) {
    if let Ok(entity) = name.parse::<EntityId>() {
        return filter.with(format!("{column} = ?"), key(entity.number()));
    }
    match name_expression(name) {
        Some(expression) => filter.with(
            format!(
                "{column} IN (SELECT entity FROM entity_form WHERE id IN (
                   SELECT rowid FROM entity_search WHERE entity_search MATCH ?))"
            ),
            expression,
        ),
        None => filter.nothing(),
    }
}

fn quote_row(row: &Row<'_>) -> rusqlite::Result<QuoteRow> {
    let entity: Option<i64> = row.get(5)?;
    Ok(QuoteRow {
        id: QuoteId::from_number(number(row.get(0)?)),
        kind: row.get(1)?,
        text: row.get(2)?,
        status: row.get(3)?,
        person: row.get(4)?,
        entity: entity.map(|key| EntityId::from_number(number(key))),
        speaker: row.get(6)?,
        cue: row.get(7)?,
        date: row.get(8)?,
        outlet: row.get(9)?,
        title: row.get(10)?,
        document: DocumentId::from_number(number(row.get(11)?)),
        given_id: row.get(12)?,
        start: row.get::<_, u32>(13)?.into(),
        end: row.get::<_, u32>(14)?.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_finds_what_looking_up_finds() {
        let store = Store::in_memory().unwrap();
        store
            .attempt("fill", |connection| {
                Ok(connection.execute_batch(
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
                     INSERT INTO quote (id, document, start, end, kind, status, text, date, negated,
                                        hypothetical, headline)
                     SELECT i * 7919 % 1009, 1, 0, 1, 'direct', 'resolved',
                            CASE i % 3 WHEN 0 THEN 'red line' ELSE 'line' END,
                            CASE WHEN i % 5 THEN date('2026-01-01', '+' || i % 20 || ' days') END,
                            0, 0, 0
                     FROM n;
                     INSERT INTO quote_search (quote_search) VALUES ('rebuild');",
                )?)
            })
            .unwrap();
        let asked = asked(&QuoteQuery { about: Some("red".into()), ..QuoteQuery::default() });
        let ids = |walk, page| -> Vec<i64> {
            let list = |connection: &rusqlite::Connection| {
                let mut pick = connection.prepare(&asked.newest(walk, page))?;
                let rows =
                    pick.query_map(params_from_iter(asked.filter.values()), |row| row.get(0))?;
                Ok(rows.collect::<Result<_, _>>()?)
            };
            store.ask("list", list).unwrap()
        };
        for page in [Page::default(), Page { skip: 70, take: 20 }, Page { skip: 0, take: 500 }] {
            assert_eq!(ids(true, page), ids(false, page), "{page:?}");
        }
        assert_eq!(ids(true, Page { skip: 0, take: 500 }).len(), 100);
    }
}
