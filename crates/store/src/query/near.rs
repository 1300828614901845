//! By meaning: the sentences whose vectors are nearest.

use std::collections::BinaryHeap;

use jiff::civil::Date;
use rusqlite::params_from_iter;
use stemma_model::DocumentId;

use super::Found;
use super::filter::Filter;
use crate::error::Error;
use crate::names::number;
use crate::store::Store;
use crate::vector::{cosine, differing, signs};

/// How many sentences, for each one wanted, the first pass by signs hands to the second by cosine:
/// signs alone order near neighbours only roughly.
const SHORTLIST: usize = 20;

/// Which sentences are looked at; every condition that is given must hold for their document.
#[derive(Clone, Debug, Default)]
pub struct NearQuery {
    /// Published on this day or later.
    pub since: Option<Date>,
    /// Published on this day or earlier.
    pub until: Option<Date>,
    /// Carried by this outlet.
    pub outlet: Option<String>,
}

impl NearQuery {
    fn filter(&self) -> Filter {
        let mut filter = Filter::default();
        filter.between("d.date", self.since, self.until);
        if let Some(outlet) = &self.outlet {
            filter.with("d.outlet = ? COLLATE NOCASE", outlet.clone());
        }
        filter
    }
}

/// A sentence near a vector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Its document.
    pub document: DocumentId,
    /// Its place among the document's sentences, from 0.
    pub sentence: usize,
    /// The cosine of the two vectors.
    pub cosine: f32,
}

/// By how many signs a sentence differs, its document's key, its place in the document.
type Ranked = (u32, i64, usize);

impl Store {
    /// The `count` sentences nearest to `vector`, nearest first, of how many; among equals by
    /// document and place. Reads one bit an axis of every sentence that `query` lets in, and all of few.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn near(
        &self,
        vector: &[i8],
        query: &NearQuery,
        count: usize,
    ) -> Result<Found<Near>, Error> {
        self.unchanging(|| {
            let (shortlist, total) =
                self.shortlist(vector, query, count.saturating_mul(SHORTLIST))?;
            let mut near = self.compared(vector, shortlist)?;
            near.sort_by(|a, b| {
                b.cosine
                    .total_cmp(&a.cosine)
                    .then((a.document, a.sentence).cmp(&(b.document, b.sentence)))
            });
            near.truncate(count);
            Ok(Found { rows: near, total })
        })
    }

    /// The cosine of each sentence of `shortlist` with `vector`.
    fn compared(&self, vector: &[i8], shortlist: Vec<Ranked>) -> Result<Vec<Near>, Error> {
        self.attempt("compare sentences in", |connection| {
            let mut near = Vec::with_capacity(shortlist.len());
            let mut statement = connection.prepare_cached(
                "SELECT substr(body, ?2 * ?3 + 1, ?3) FROM vector WHERE document = ?1 AND dimensions = ?3",
            )?;
            for (_, document, sentence) in shortlist {
                let mut rows = statement.query([document, sentence as i64, vector.len() as i64])?;
                let Some(row) = rows.next()? else { continue };
                let bytes = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
                let axes: Vec<i8> = bytes.iter().map(|&byte| byte.cast_signed()).collect();
                let document = DocumentId::from_number(number(document));
                near.push(Near { document, sentence, cosine: cosine(vector, &axes) });
            }
            Ok(near)
        })
    }

    /// The `count` sentences whose signs differ in the fewest axes, and how many there are.
    fn shortlist(
        &self,
        vector: &[i8],
        query: &NearQuery,
        count: usize,
    ) -> Result<(Vec<Ranked>, u64), Error> {
        let wanted = signs(vector);
        let filter = query.filter();
        let clause = filter.clause();
        // The document's row is looked up only where something is asked of it.
        let join = if clause.is_empty() { "" } else { " JOIN document d ON d.id = s.document" };
        let mut best: BinaryHeap<Ranked> = BinaryHeap::new();
        let mut total = 0;
        self.attempt("compare sentences in", |connection| {
            if wanted.is_empty() || count == 0 {
                return Ok(());
            }
            let mut statement = connection.prepare_cached(&format!(
                "SELECT s.document, s.signs FROM sketch s{join}{clause}"
            ))?;
            let mut rows = statement.query(params_from_iter(filter.values()))?;
            while let Some(row) = rows.next()? {
                let document: i64 = row.get(0)?;
                let sketch = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
                for (sentence, signs) in sketch.chunks_exact(wanted.len()).enumerate() {
                    total += 1;
                    let entry = (differing(&wanted, signs), document, sentence);
                    if best.len() < count {
                        best.push(entry);
                    } else if best.peek().is_some_and(|worst| entry < *worst) {
                        best.pop();
                        best.push(entry);
                    }
                }
            }
            Ok(())
        })?;
        Ok((best.into_sorted_vec(), total))
    }

    /// Whether any sentence has a vector.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn has_vectors(&self) -> Result<bool, Error> {
        self.attempt("read", |connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM vector)";
            Ok(connection.query_row(sql, [], |row| row.get(0))?)
        })
    }
}
