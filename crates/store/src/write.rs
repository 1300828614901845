//! Writing: what a batch may do before it is committed.

use std::path::Path;

use rusqlite::{OptionalExtension, Transaction, params};
use stemma_model::{
    Annotations, Basis, Condition, DateRange, Document, DocumentId, Figure, Holder, Problem, Quote,
    Span, Timex,
};
use stemma_text::CodePoints;

use crate::codec::{pack, unpack};
use crate::error::{Error, Kind};
use crate::names::{day, key, name};
use crate::vector::Vectors;

/// Changes that become visible together or not at all.
#[derive(Debug)]
pub struct Batch<'s> {
    pub(crate) transaction: Transaction<'s>,
    path: Option<&'s Path>,
}

/// A document ready to be stored, with what it attests.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The document.
    pub document: Document,
    /// The canonical form of its URL, the same for all its variants, if it has one.
    pub address: Option<String>,
    /// What it attests.
    pub annotations: Annotations,
    /// The digest of what annotated it.
    pub stage: String,
}

impl<'s> Batch<'s> {
    pub(crate) fn new(transaction: Transaction<'s>, path: Option<&'s Path>) -> Self {
        Self { transaction, path }
    }

    /// Makes everything in the batch lasting.
    ///
    /// # Errors
    /// If the disk is full or fails. Nothing of the batch is stored then.
    pub fn commit(self) -> Result<(), Error> {
        let path = self.path;
        self.transaction.commit().map_err(|error| Error::new("write to", path, error))
    }

    pub(crate) fn attempt<T>(
        &self,
        work: impl FnOnce(&Transaction<'s>) -> Result<T, Kind>,
    ) -> Result<T, Error> {
        work(&self.transaction).map_err(|kind| Error::new("write to", self.path, kind))
    }

    /// Stores documents with what they attest; a document that is there already is annotated anew.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn put(&mut self, mut entries: Vec<Entry>) -> Result<(), Error> {
        // FTS5 writes a segment whenever row ids stop rising.
        entries.sort_by_key(|entry| key(entry.document.id.number()));
        self.attempt(|transaction| {
            if !entries.is_empty() {
                mark_changed(transaction)?;
            }
            for entry in entries {
                put_document(transaction, &entry)?;
                put_annotations(transaction, entry)?;
            }
            Ok(())
        })
    }

    /// Notes that `document`, which is in the store, was read once more. Where two records with
    /// one id differ in what the id does not cover, such as the file they came from, the one that
    /// sorts first stays, whatever the order of arrival.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn again(&mut self, document: &Document) -> Result<(), Error> {
        self.attempt(|transaction| {
            let id = key(document.id.number());
            let stored: Option<Vec<u8>> = transaction
                .prepare_cached("SELECT body FROM document WHERE id = ?1")?
                .query_row([id], |row| row.get(0))
                .optional()?;
            let Some(stored) = stored else { return Ok(()) };
            let body = pack(&without_text(document));
            if body == stored {
                return Ok(());
            }
            let kept: Document = unpack(&stored)
                .map_err(|error| Kind::Record(format!("the record of {}", document.id), error))?;
            if precedes(document, &kept) {
                transaction
                    .prepare_cached("UPDATE document SET source = ?2, body = ?3 WHERE id = ?1")?
                    .execute(params![id, document.source.to_string(), body])?;
            }
            Ok(())
        })
    }

    /// Notes when `document` was seen: the first and the last time are kept, whatever order the
    /// clock gives them in. `at` is an RFC 3339 time in UTC.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn seen(&mut self, document: DocumentId, at: &str) -> Result<(), Error> {
        self.attempt(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO arrival VALUES (?1, ?2, ?2) ON CONFLICT DO UPDATE SET
                     first_seen = min(first_seen, ?2), last_seen = max(last_seen, ?2)",
                )?
                .execute(params![key(document.number()), at])?;
            Ok(())
        })
    }

    /// Stores a problem with an input that gave no document.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn problem(&mut self, problem: &Problem) -> Result<(), Error> {
        self.attempt(|transaction| put_problem(transaction, problem, false))
    }

    /// Forgets the problems of inputs at `place`: it has been read again.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn forget_problems_at(&mut self, place: &str) -> Result<(), Error> {
        self.attempt(|transaction| {
            transaction
                .prepare_cached("DELETE FROM problem WHERE document IS NULL AND place = ?1")?
                .execute([place])?;
            Ok(())
        })
    }

    /// Keeps what is known of a URL that is asked again and again: `state` is the caller's JSON.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn fetched(&mut self, url: &str, checked: &str, state: &str) -> Result<(), Error> {
        self.attempt(|transaction| {
            transaction
                .prepare_cached("INSERT OR REPLACE INTO fetched VALUES (?1, ?2, ?3)")?
                .execute([url, checked, state])?;
            Ok(())
        })
    }
}

/// Notes that what is reconstructed is older than what it should be made from.
pub(crate) fn mark_changed(transaction: &Transaction<'_>) -> Result<(), Kind> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO meta VALUES ('changed', 'yes')")?
        .execute([])?;
    Ok(())
}

/// Whether of two records with one id `a` is the one to keep.
fn precedes(a: &Document, b: &Document) -> bool {
    (&a.source, pack(&without_text(a))) < (&b.source, pack(&without_text(b)))
}

/// The document without its text, which has a table of its own.
fn without_text(document: &Document) -> Document {
    Document { text: String::new(), ..document.clone() }
}

fn put_document(transaction: &Transaction<'_>, entry: &Entry) -> Result<(), Kind> {
    let document = &entry.document;
    let id = key(document.id.number());
    let title = document.title.as_ref().map(|title| title.text.as_str());
    let DateRange { from, to, .. } = entry.annotations.published.range;
    let inserted = transaction
        .prepare_cached(
            "INSERT INTO document VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            id,
            document.given_id,
            document.source.to_string(),
            document.url,
            entry.address,
            document.outlet,
            title,
            document.published,
            day(from),
            day(to),
            name(&entry.annotations.published.basis),
            document.language,
            document.sha256,
            document.text.len() as i64,
            pack(&without_text(document)),
        ])?;
    if inserted == 0 {
        return redate(transaction, id, entry);
    }
    transaction
        .prepare_cached("INSERT INTO document_text VALUES (?1, ?2)")?
        .execute(params![id, document.text])?;
    transaction
        .prepare_cached("INSERT INTO document_search (rowid, title, text) VALUES (?1, ?2, ?3)")?
        .execute(params![id, title, document.text])?;
    Ok(())
}

/// What `annotate` says of a document that is there already may have changed.
fn redate(transaction: &Transaction<'_>, id: i64, entry: &Entry) -> Result<(), Kind> {
    let published = &entry.annotations.published;
    transaction
        .prepare_cached(
            "UPDATE document SET date_from = ?2, date_to = ?3, basis = ?4, address = ?5 WHERE id = ?1",
        )?
        .execute(params![
            id,
            day(published.range.from),
            day(published.range.to),
            name::<Basis>(&published.basis),
            entry.address
        ])?;
    Ok(())
}

fn put_annotations(transaction: &Transaction<'_>, entry: Entry) -> Result<(), Kind> {
    let Entry { document, mut annotations, stage, .. } = entry;
    let id = key(document.id.number());
    forget_annotations(transaction, id)?;
    let date = annotations.published.range.first_day().map(|day| day.to_string());
    put_quotes(transaction, &document, &annotations.quotes, date.as_deref())?;
    put_figures(transaction, id, &annotations.figures)?;
    put_dates(transaction, id, &annotations.dates)?;
    put_conditions(transaction, id, &annotations.conditions)?;
    for problem in document.problems.iter().chain(&annotations.problems) {
        let problem = Problem { document: Some(document.id), ..problem.clone() };
        put_problem(transaction, &problem, false)?;
    }
    let vectors = Vectors::take_from(&mut annotations);
    if vectors.dimensions > 0 {
        transaction.prepare_cached("INSERT INTO vector VALUES (?1, ?2, ?3)")?.execute(params![
            id,
            vectors.dimensions as i64,
            vectors.bytes()
        ])?;
        transaction
            .prepare_cached("INSERT INTO sketch VALUES (?1, ?2)")?
            .execute(params![id, vectors.signs()])?;
    }
    transaction.prepare_cached("INSERT INTO annotation VALUES (?1, ?2, ?3)")?.execute(params![
        id,
        stage,
        pack(&annotations)
    ])?;
    Ok(())
}

/// Takes out what an earlier run found in the document.
fn forget_annotations(transaction: &Transaction<'_>, document: i64) -> Result<(), Kind> {
    let known = transaction
        .prepare_cached("DELETE FROM annotation WHERE document = ?1")?
        .execute([document])?;
    if known == 0 {
        return Ok(());
    }
    // An external-content index is told what it forgets.
    transaction
        .prepare_cached(
            "INSERT INTO quote_search (quote_search, rowid, text)
             SELECT 'delete', id, text FROM quote WHERE document = ?1",
        )?
        .execute([document])?;
    for table in ["quote", "figure", "timex", "condition", "problem", "vector", "sketch"] {
        transaction
            .prepare_cached(&format!("DELETE FROM {table} WHERE document = ?1"))?
            .execute([document])?;
    }
    Ok(())
}

fn put_quotes(
    transaction: &Transaction<'_>,
    document: &Document,
    quotes: &[Quote],
    date: Option<&str>,
) -> Result<(), Kind> {
    let mut quotes: Vec<&Quote> = quotes.iter().collect();
    quotes.sort_by_key(|quote| key(quote.id.number()));
    let points = CodePoints::of(&document.text);
    for quote in quotes {
        put_quote(transaction, document, &points, quote, date)?;
    }
    Ok(())
}

fn put_quote(
    transaction: &Transaction<'_>,
    document: &Document,
    points: &CodePoints<'_>,
    quote: &Quote,
    date: Option<&str>,
) -> Result<(), Kind> {
    let hull = quote.hull().unwrap_or(Span { start: 0, end: 0 });
    let text = document.joined(&quote.content);
    let said = quote.occasion.date.map(|(range, _)| range);
    let said_on = said.and_then(DateRange::first_day).map(|day| day.to_string());
    let inserted = transaction
        .prepare_cached(
            "INSERT INTO quote
             VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            key(quote.id.number()),
            key(document.id.number()),
            hull.start,
            hull.end,
            name(&quote.kind),
            name(&quote.source.status),
            quote.source.name,
            quote.source.span.map(|span| document.slice(span)),
            quote.cue.as_ref().map(|cue| &cue.lemma),
            text,
            said.and_then(|range| day(range.from)),
            said.and_then(|range| day(range.to)),
            said_on.as_deref().or(date),
            quote.negated,
            quote.hypothetical,
            quote.headline,
            points.of_byte(hull.start()) as i64,
            points.of_byte(hull.end()) as i64,
        ])?;
    if inserted > 0 {
        transaction
            .prepare_cached("INSERT INTO quote_search (rowid, text) VALUES (?1, ?2)")?
            .execute(params![key(quote.id.number()), text])?;
    }
    Ok(())
}

fn put_figures(
    transaction: &Transaction<'_>,
    document: i64,
    figures: &[Figure],
) -> Result<(), Kind> {
    let mut insert = transaction
        .prepare_cached("INSERT OR IGNORE INTO figure VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)")?;
    // SQLite has no not-a-number.
    for figure in figures.iter().filter(|figure| !figure.value.is_nan()) {
        insert.execute(params![
            document,
            figure.span.start,
            figure.span.end,
            name(&figure.kind),
            figure.value,
            figure.upper,
            figure.unit,
            figure.approximate,
            figure.what.map(|span| span.start),
            figure.what.map(|span| span.end),
        ])?;
    }
    Ok(())
}

fn put_dates(transaction: &Transaction<'_>, document: i64, dates: &[Timex]) -> Result<(), Kind> {
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO timex VALUES (?1,?2,?3,?4,?5,?6,?7)")?;
    for date in dates {
        insert.execute(params![
            document,
            date.span.start,
            date.span.end,
            name(&date.kind),
            date.value,
            date.range.and_then(|range| day(range.from)),
            date.range.and_then(|range| day(range.to)),
        ])?;
    }
    Ok(())
}

fn put_conditions(
    transaction: &Transaction<'_>,
    document: i64,
    conditions: &[Condition],
) -> Result<(), Kind> {
    let mut insert = transaction.prepare_cached(
        "INSERT OR IGNORE INTO condition VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)",
    )?;
    for condition in conditions {
        let holder = match condition.holder {
            Holder::Quote(quote) => Some(key(quote.number())),
            Holder::Outlet | Holder::Headline => None,
        };
        insert.execute(params![
            key(condition.id.number()),
            document,
            condition.trigger.start,
            condition.trigger.end,
            condition.condition.start,
            condition.condition.end,
            condition.consequence.start,
            condition.consequence.end,
            condition.pattern,
            name(&condition.polarity),
            name(&condition.force),
            holder,
        ])?;
    }
    Ok(())
}

pub(crate) fn put_problem(
    transaction: &Transaction<'_>,
    problem: &Problem,
    derived: bool,
) -> Result<(), Kind> {
    // The same problem told twice is one: `IS` also compares what is missing.
    transaction
        .prepare_cached(
            "INSERT INTO problem SELECT ?1,?2,?3,?4,?5,?6,?7,?8,?9 WHERE NOT EXISTS (
               SELECT 1 FROM problem WHERE document IS ?1 AND place IS ?2 AND start IS ?3
               AND end IS ?4 AND code = ?5 AND message = ?6 AND derived = ?9)",
        )?
        .execute(params![
            problem.document.map(|document| key(document.number())),
            problem.place,
            problem.span.map(|span| span.start),
            problem.span.map(|span| span.end),
            problem.code,
            problem.message,
            problem.hint,
            problem.skipped,
            derived,
        ])?;
    Ok(())
}
