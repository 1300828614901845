//! Reading whole records back.

use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use serde::de::DeserializeOwned;
use stemma_model::{Annotations, Document, DocumentId, Problem, Span};

use crate::codec::unpack;
use crate::error::{Error, Kind};
use crate::names::{key, number};
use crate::store::Store;
use crate::vector::Vectors;

/// A document with what it attests.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The document.
    pub document: Document,
    /// What it attests, without sentence vectors.
    pub annotations: Annotations,
}

/// What a list of documents shows of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The document.
    pub id: DocumentId,
    /// The input's own id.
    pub given_id: Option<String>,
    /// The outlet that carries it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its first possible day, ISO 8601, where the last is known too.
    pub date: Option<String>,
    /// Its URL without what does not tell pages apart.
    pub address: Option<String>,
    /// The digest of what annotated it.
    pub stage: String,
}

/// When a document was seen, as RFC 3339 times in UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The first time.
    pub first: String,
    /// The last time.
    pub last: String,
}

/// What is known of a URL that is asked again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// When it was last asked, RFC 3339 in UTC.
    pub checked: String,
    /// The caller's JSON.
    pub state: String,
}

const LISTING: &str = "SELECT d.id, d.given_id, d.outlet, d.title, d.date, d.address, a.stage
                       FROM document d JOIN annotation a ON a.document = d.id";

impl Store {
    /// How many documents there are.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn len(&self) -> Result<u64, Error> {
        self.attempt("count the documents of", |connection| {
            let count: i64 =
                connection.query_row("SELECT count(*) FROM document", [], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        })
    }

    /// Whether there is no document.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_empty(&self) -> Result<bool, Error> {
        Ok(self.len()? == 0)
    }

    /// The digest of what annotated `document`; `None` if it is not in the store.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn stage_of(&self, document: DocumentId) -> Result<Option<String>, Error> {
        self.attempt("look for a document in", |connection| {
            Ok(connection
                .prepare_cached("SELECT stage FROM annotation WHERE document = ?1")?
                .query_row([key(document.number())], |row| row.get(0))
                .optional()?)
        })
    }

    /// The documents that something else than `stage` annotated, in id order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn annotated_by_others(&self, stage: &str) -> Result<Vec<DocumentId>, Error> {
        self.attempt("list the documents of", |connection| {
            let sql = "SELECT document FROM annotation WHERE stage <> ?1";
            let mut ids: Vec<DocumentId> = connection
                .prepare_cached(sql)?
                .query_map([stage], |row| document_id(row, 0))?
                .collect::<Result<_, _>>()?;
            ids.sort_unstable();
            Ok(ids)
        })
    }

    /// All documents, by id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn listing(&self) -> Result<Vec<Listing>, Error> {
        self.attempt("list the documents of", |connection| {
            let mut rows: Vec<Listing> = connection
                .prepare_cached(LISTING)?
                .query_map([], listing)?
                .collect::<Result<_, _>>()?;
            rows.sort_unstable_by_key(|row| row.id);
            Ok(rows)
        })
    }

    /// What a list shows of one document.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn listing_of(&self, document: DocumentId) -> Result<Option<Listing>, Error> {
        self.attempt("look for a document in", |connection| {
            Ok(connection
                .prepare_cached(&format!("{LISTING} WHERE d.id = ?1"))?
                .query_row([key(document.number())], listing)
                .optional()?)
        })
    }

    /// The document with `id`.
    ///
    /// # Errors
    /// If the file or the record is damaged.
    pub fn document(&self, id: DocumentId) -> Result<Option<Document>, Error> {
        self.attempt("read a document of", |connection| document(connection, id))
    }

    /// What the document with `id` attests, without sentence vectors.
    ///
    /// # Errors
    /// If the file or the record is damaged.
    pub fn annotations(&self, id: DocumentId) -> Result<Option<Annotations>, Error> {
        self.attempt("read the annotations of a document of", |connection| {
            let sql = "SELECT body FROM annotation WHERE document = ?1";
            body(connection, sql, id, "annotations")
        })
    }

    /// The document with `id` and what it attests.
    ///
    /// # Errors
    /// If the file or a record is damaged.
    pub fn stored(&self, id: DocumentId) -> Result<Option<Stored>, Error> {
        Ok(match (self.document(id)?, self.annotations(id)?) {
            (Some(document), Some(annotations)) => Some(Stored { document, annotations }),
            _ => None,
        })
    }

    /// The vectors of a document's sentences; empty where none were computed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn vectors(&self, id: DocumentId) -> Result<Vectors, Error> {
        self.attempt("read the sentence vectors of", |connection| {
            let vectors = connection
                .prepare_cached("SELECT dimensions, body FROM vector WHERE document = ?1")?
                .query_row([key(id.number())], |row| {
                    let dimensions = row.get::<_, i64>(0)?.unsigned_abs();
                    Ok(Vectors::from_bytes(dimensions as usize, row.get_ref(1)?.as_blob()?))
                })
                .optional()?;
            Ok(vectors.unwrap_or_default())
        })
    }

    /// The documents that `name` means: by id or the start of it, by the input's own id, or by the
    /// canonical form of a URL. In id order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn find_document(&self, name: &str) -> Result<Vec<DocumentId>, Error> {
        let found = |connection: &Connection, condition: &str, value: &dyn ToSql| {
            let sql = format!("SELECT id FROM document WHERE {condition}");
            let mut ids: Vec<DocumentId> = connection
                .prepare_cached(&sql)?
                .query_map([value], |row| document_id(row, 0))?
                .collect::<Result<_, _>>()?;
            ids.sort_unstable();
            Ok::<_, Kind>(ids)
        };
        self.attempt("look for a document in", |connection| {
            if let Ok(id) = name.parse::<DocumentId>() {
                return found(connection, "id = ?1", &key(id.number()));
            }
            let ids = found(connection, "given_id = ?1 OR address = ?1", &name)?;
            let digits = name.strip_prefix("d-").unwrap_or_default();
            let is_start = digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            if ids.is_empty() && is_start {
                let pattern = format!("{}*", digits.to_ascii_lowercase());
                return found(connection, "printf('%016x', id) GLOB ?1", &pattern);
            }
            Ok(ids)
        })
    }

    /// Documents that stand at one address with different contents: each group by date, then id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn versions(&self) -> Result<Vec<Vec<DocumentId>>, Error> {
        self.attempt("look for versions in", |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT address, id FROM document WHERE address IN (
                   SELECT address FROM document WHERE address IS NOT NULL
                   GROUP BY address HAVING count(DISTINCT sha256 || coalesce(title, '')) > 1)
                 ORDER BY address, date, printf('%016x', id)",
            )?;
            let rows = statement
                .query_map([], |row| Ok((row.get::<_, String>(0)?, document_id(row, 1)?)))?;
            let mut groups: Vec<(String, Vec<DocumentId>)> = Vec::new();
            for row in rows {
                let (address, id) = row?;
                match groups.last_mut() {
                    Some((last, ids)) if *last == address => ids.push(id),
                    _ => groups.push((address, vec![id])),
                }
            }
            Ok(groups.into_iter().map(|(_, ids)| ids).collect())
        })
    }

    /// When `document` was seen.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn arrival(&self, document: DocumentId) -> Result<Option<Arrival>, Error> {
        self.attempt("read the log of", |connection| {
            Ok(connection
                .prepare_cached("SELECT first_seen, last_seen FROM arrival WHERE document = ?1")?
                .query_row([key(document.number())], |row| {
                    Ok(Arrival { first: row.get(0)?, last: row.get(1)? })
                })
                .optional()?)
        })
    }

    /// What is known of `url` from asking before.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn fetched(&self, url: &str) -> Result<Option<Fetched>, Error> {
        self.attempt("read the log of", |connection| {
            Ok(connection
                .prepare_cached("SELECT checked, state FROM fetched WHERE url = ?1")?
                .query_row([url], |row| Ok(Fetched { checked: row.get(0)?, state: row.get(1)? }))
                .optional()?)
        })
    }

    /// Every problem, those without a document first, then by document and place.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn problems(&self) -> Result<Vec<Problem>, Error> {
        self.attempt("read the problems of", |connection| {
            let mut problems: Vec<Problem> = connection
                .prepare_cached(
                    "SELECT document, place, start, end, code, message, hint, skipped FROM problem",
                )?
                .query_map([], problem)?
                .collect::<Result<_, _>>()?;
            problems.sort_unstable();
            Ok(problems)
        })
    }

    /// The digest of what the reconstructed records were made from; `None` if there are none yet.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn basis(&self) -> Result<Option<String>, Error> {
        self.attempt("read", |connection| {
            Ok(connection
                .query_row("SELECT value FROM meta WHERE key = 'basis'", [], |row| row.get(0))
                .optional()?)
        })
    }

    /// Whether documents or corrections have come since the last reconstruction.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_outdated(&self) -> Result<bool, Error> {
        self.attempt("read", |connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'changed')";
            Ok(connection.query_row(sql, [], |row| row.get(0))?)
        })
    }

    /// The records in the first column of what `sql` selects.
    pub(crate) fn bodies<T: DeserializeOwned>(
        &self,
        what: &str,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<T>, Error> {
        self.attempt("read", |connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query(parameters)?;
            let mut records = Vec::new();
            while let Some(row) = rows.next()? {
                let bytes = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
                records.push(unpack(bytes).map_err(|error| Kind::Record(what.to_owned(), error))?);
            }
            Ok(records)
        })
    }
}

pub(crate) fn document_id(row: &Row<'_>, column: usize) -> rusqlite::Result<DocumentId> {
    Ok(DocumentId::from_number(number(row.get(column)?)))
}

fn document(connection: &Connection, id: DocumentId) -> Result<Option<Document>, Kind> {
    let text: Option<String> = connection
        .prepare_cached("SELECT text FROM document_text WHERE document = ?1")?
        .query_row(params![key(id.number())], |row| row.get(0))
        .optional()?;
    let Some(text) = text else { return Ok(None) };
    let sql = "SELECT body FROM document WHERE id = ?1";
    let document: Option<Document> = body(connection, sql, id, "record")?;
    Ok(document.map(|document| Document { text, ..document }))
}

fn body<T: DeserializeOwned>(
    connection: &Connection,
    sql: &str,
    id: DocumentId,
    what: &str,
) -> Result<Option<T>, Kind> {
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached(sql)?
        .query_row([key(id.number())], |row| row.get(0))
        .optional()?;
    bytes
        .map(|bytes| {
            unpack(&bytes).map_err(|error| Kind::Record(format!("the {what} of {id}"), error))
        })
        .transpose()
}

fn listing(row: &Row<'_>) -> rusqlite::Result<Listing> {
    Ok(Listing {
        id: document_id(row, 0)?,
        given_id: row.get(1)?,
        outlet: row.get(2)?,
        title: row.get(3)?,
        date: row.get(4)?,
        address: row.get(5)?,
        stage: row.get(6)?,
    })
}

fn problem(row: &Row<'_>) -> rusqlite::Result<Problem> {
    let document: Option<i64> = row.get(0)?;
    let span = match (row.get(2)?, row.get(3)?) {
        (Some(start), Some(end)) => Some(Span { start, end }),
        _ => None,
    };
    Ok(Problem {
        document: document.map(|key| DocumentId::from_number(number(key))),
        place: row.get(1)?,
        span,
        code: row.get::<_, String>(4)?.into(),
        message: row.get(5)?,
        hint: row.get(6)?,
        skipped: row.get(7)?,
    })
}
