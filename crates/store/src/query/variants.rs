//! One saying in several versions.

use jiff::civil::Date;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;
use stemma_model::{QuoteId, Relation, Utterance, UtteranceId};

use super::expression::expression;
use super::filter::Filter;
use super::quotes::{QuoteRow, by_name};
use super::{Found, Page};
use crate::error::Error;
use crate::names::{key, name, number};
use crate::store::Store;

/// Which utterances are wanted; every condition that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct VariantQuery {
    /// Said by somebody whose name, in any document, has these words; or an entity's id.
    pub by: Option<String>,
    /// With these words in one of the quotations; see
    /// [`SearchQuery::words`](crate::SearchQuery::words).
    pub about: Option<String>,
    /// With two quotations that stand so to each other.
    pub relation: Option<Relation>,
    /// Said on this day or later.
    pub since: Option<Date>,
    /// Said on this day or earlier.
    pub until: Option<Date>,
    /// Which part of the answer.
    pub page: Page,
}

/// An utterance that several quotations report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VariantRow {
    /// The utterance.
    pub id: UtteranceId,
    /// Who said it.
    pub person: Option<String>,
    /// The first day it can have been said on.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
    /// How its quotations stand to each other, in alphabetical order.
    pub relations: Vec<String>,
    /// How many documents quote it.
    pub documents: u64,
    /// The quotations, by date of document.
    pub quotes: Vec<QuoteRow>,
}

impl Store {
    /// The utterances with more than one quotation that `query` asks for, most quoted first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn variants(&self, query: &VariantQuery) -> Result<Found<VariantRow>, Error> {
        self.unchanging(|| {
            let (ids, total) = self.picked_variants(query)?;
            Ok(Found { rows: self.shown_variants(ids)?, total })
        })
    }

    /// The utterances with these keys, with their quotations.
    fn shown_variants(&self, ids: Vec<i64>) -> Result<Vec<VariantRow>, Error> {
        let mut rows = self.attempt("look for variants in", |connection| {
            let mut show = connection.prepare_cached(
                "SELECT u.id, (SELECT name FROM entity WHERE id = u.entity), u.said_from, u.said_to,
                        u.relations, u.documents
                 FROM utterance u WHERE u.id = ?1",
            )?;
            let rows = ids.into_iter().map(|id| show.query_row([id], variant_row));
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        for row in &mut rows {
            row.quotes = self.quotes_of(row.id)?;
        }
        Ok(rows)
    }

    /// The keys of the utterances on the page that is wanted, and how many there are in all. They are
    /// looked for once: counting by itself would take as long again.
    fn picked_variants(&self, query: &VariantQuery) -> Result<(Vec<i64>, u64), Error> {
        let filter = conditions(query);
        self.attempt("look for variants in", |connection| {
            let mut pick = connection.prepare_cached(&format!(
                "SELECT u.id FROM utterance u{}
                 ORDER BY u.documents DESC, u.quotes DESC, u.id",
                filter.clause()
            ))?;
            let mut rows = pick.query(params_from_iter(filter.values()))?;
            let page = query.page.skip..query.page.skip.saturating_add(query.page.take);
            let (mut ids, mut total) = (Vec::new(), 0);
            while let Some(row) = rows.next()? {
                if page.contains(&total) {
                    ids.push(row.get(0)?);
                }
                total += 1;
            }
            Ok((ids, total))
        })
    }

    /// The quotations that report an utterance, by date, then id.
    fn quotes_of(&self, utterance: UtteranceId) -> Result<Vec<QuoteRow>, Error> {
        let ids: Vec<QuoteId> = self.attempt("look for variants in", |connection| {
            Ok(connection
                .prepare_cached("SELECT quote FROM utterance_quote WHERE utterance = ?1")?
                .query_map([key(utterance.number())], |row| {
                    Ok(QuoteId::from_number(number(row.get(0)?)))
                })?
                .collect::<Result<_, _>>()?)
        })?;
        let mut quotes = Vec::new();
        for id in ids {
            quotes.extend(self.quote(id)?);
        }
        quotes.sort_by(|a, b| (&a.date, a.id).cmp(&(&b.date, b.id)));
        Ok(quotes)
    }

    /// The whole record of an utterance.
    ///
    /// # Errors
    /// If the file or the record is damaged.
    pub fn utterance(&self, id: UtteranceId) -> Result<Option<Utterance>, Error> {
        let sql = "SELECT body FROM utterance WHERE id = ?1";
        Ok(self.bodies("an utterance", sql, [key(id.number())])?.pop())
    }
}

fn variant_row(row: &Row<'_>) -> rusqlite::Result<VariantRow> {
    let relations: String = row.get(4)?;
    Ok(VariantRow {
        id: UtteranceId::from_number(number(row.get(0)?)),
        person: row.get(1)?,
        from: row.get(2)?,
        to: row.get(3)?,
        relations: relations.split_whitespace().map(str::to_owned).collect(),
        documents: row.get::<_, i64>(5)?.unsigned_abs(),
        quotes: Vec::new(),
    })
}

fn conditions(query: &VariantQuery) -> Filter {
    let mut filter = Filter::default();
    filter.always("u.quotes > 1");
    if let Some(by) = &query.by {
        by_name(&mut filter, "u.entity", by);
    }
    if let Some(about) = &query.about {
        // The `+` and the cross join keep SQLite from sorting what has the words before it looks
        // each up: most of it stands in no saying of several versions.
        let condition = "+u.id IN (
            SELECT v.utterance FROM quote_search f CROSS JOIN variant_quote v ON v.quote = f.rowid
            WHERE f.quote_search MATCH ?)";
        match expression(about) {
            Some(expression) => filter.with(condition, expression),
            None => filter.nothing(),
        }
    }
    if let Some(relation) = &query.relation {
        let condition = "' ' || u.relations || ' ' LIKE '% ' || ? || ' %'";
        filter.with(condition, name(relation));
    }
    filter.between("u.said_to", query.since, None);
    filter.between("u.said_from", None, query.until);
    filter
}
