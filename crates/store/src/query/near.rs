//! By meaning: the sentences whose vectors are nearest.

use std::collections::BinaryHeap;

use stemma_model::DocumentId;

use crate::error::Error;
use crate::names::number;
use crate::store::Store;
use crate::vector::{cosine, differing, signs};

/// How many sentences, for each one wanted, the first pass by signs hands to the second by cosine:
/// signs alone order near neighbours only roughly.
const SHORTLIST: usize = 20;

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

impl Store {
    /// The `count` sentences nearest to `vector`, nearest first; among equals by document and
    /// place. Reads one bit an axis of every sentence and all of few.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn near(&self, vector: &[i8], count: usize) -> Result<Vec<Near>, Error> {
        let shortlist = self.shortlist(vector, count.saturating_mul(SHORTLIST))?;
        let mut near = Vec::with_capacity(shortlist.len());
        self.attempt("compare sentences in", |connection| {
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
            Ok(())
        })?;
        near.sort_by(|a, b| {
            b.cosine
                .total_cmp(&a.cosine)
                .then((a.document, a.sentence).cmp(&(b.document, b.sentence)))
        });
        near.truncate(count);
        Ok(near)
    }

    /// The `count` sentences whose signs differ in the fewest axes.
    fn shortlist(&self, vector: &[i8], count: usize) -> Result<Vec<(u32, i64, usize)>, Error> {
        let wanted = signs(vector);
        let mut best: BinaryHeap<(u32, i64, usize)> = BinaryHeap::with_capacity(count + 1);
        self.attempt("compare sentences in", |connection| {
            if wanted.is_empty() || count == 0 {
                return Ok(());
            }
            let mut statement = connection.prepare_cached("SELECT document, signs FROM sketch")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let document: i64 = row.get(0)?;
                let sketch = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
                for (sentence, signs) in sketch.chunks_exact(wanted.len()).enumerate() {
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
        Ok(best.into_sorted_vec())
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
