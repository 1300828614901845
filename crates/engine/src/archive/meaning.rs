//! Questions by meaning: sentences and quotations that say the like in other words.

use serde::Serialize;
use stemma_english::{SentenceEncoder, Vector};
use stemma_model::{Annotations, Document, DocumentId, QuoteId};
use stemma_store::{Found, NearQuery, Page, QuoteQuery, QuoteRow, Store};

use crate::error::Error;

/// How many quotations are compared one by one, at most, where a question names speakers, words
/// or days: encoding so many takes a twentieth of a second. Where it lets in more, those of the
/// documents with the nearest sentences are compared.
const COMPARED: usize = 4096;

/// How many near sentences are looked at for each quotation wanted, by judgement: not every
/// sentence holds one, but a document's are all compared once any of its sentences is near.
const SENTENCES_A_QUOTE: u64 = 8;

/// A sentence that says the like. Offsets count code points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LikeRow {
    /// The document it stands in.
    pub document: DocumentId,
    /// The document's own id in its input.
    pub given_id: Option<String>,
    /// The outlet that carries it.
    pub outlet: Option<String>,
    /// The headline above it.
    pub title: Option<String>,
    /// The document's first possible day, where the last is known too.
    pub date: Option<String>,
    /// Its words.
    pub text: String,
    /// Where it begins.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// The cosine of the two meanings, from -1 to 1.
    pub likeness: f32,
}

/// Gives every sentence of `annotations` its vector, unless they have them.
///
/// Linear in the text: a table look-up a word.
pub fn add_vectors(document: &Document, annotations: &mut Annotations) {
    if annotations.sentences.iter().any(|sentence| !sentence.vector.is_empty()) {
        return;
    }
    let encoder = SentenceEncoder::new();
    for sentence in &mut annotations.sentences {
        sentence.vector = encoder.encode(document.slice(sentence.span)).quantised();
    }
}

/// The sentences nearest to `text` in meaning, nearest first. Nothing is near a text without a
/// known word.
///
/// # Errors
/// If the store cannot be read.
pub fn like(
    store: &Store,
    text: &str,
    query: &NearQuery,
    page: Page,
) -> Result<Found<LikeRow>, Error> {
    let Some(vector) = known(text) else { return Ok(Found { rows: Vec::new(), total: 0 }) };
    store.unchanging(|| nearest_sentences(store, &vector, query, page))
}

/// The sentences that `query` lets in, by how near they are to `wanted`.
fn nearest_sentences(
    store: &Store,
    wanted: &Vector,
    query: &NearQuery,
    page: Page,
) -> Result<Found<LikeRow>, Error> {
    let (skip, take) = (to_usize(page.skip), to_usize(page.take));
    let found = store.near(&wanted.quantised(), query, skip.saturating_add(take))?;
    let mut rows = Vec::new();
    for near in found.rows.into_iter().skip(skip) {
        let (Some(stored), Some(listing)) =
            (store.stored(near.document)?, store.listing_of(near.document)?)
        else {
            continue;
        };
        let Some(sentence) = stored.annotations.sentences.get(near.sentence) else { continue };
        let text = stored.document.slice(sentence.span);
        let start = stored.document.text[..sentence.span.range().start].chars().count() as u64;
        rows.push(LikeRow {
            document: listing.id,
            given_id: listing.given_id,
            outlet: listing.outlet,
            title: listing.title,
            date: listing.date,
            text: text.to_owned(),
            start,
            end: start + text.chars().count() as u64,
            likeness: near.cosine,
        });
    }
    Ok(Found { rows, total: found.total })
}

/// The quotations that `query` asks for, those first that are nearest to `text` in meaning.
///
/// # Errors
/// If the store cannot be read.
pub fn quotes_like(
    store: &Store,
    text: &str,
    query: &QuoteQuery,
) -> Result<Found<QuoteRow>, Error> {
    let Some(wanted) = known(text) else { return Ok(Found { rows: Vec::new(), total: 0 }) };
    store.unchanging(|| nearest_quotes(store, &wanted, query))
}

/// The quotations that `query` asks for, by how near they are to `wanted`.
fn nearest_quotes(
    store: &Store,
    wanted: &Vector,
    query: &QuoteQuery,
) -> Result<Found<QuoteRow>, Error> {
    let encoder = SentenceEncoder::new();
    let mut ranked: Vec<(f32, QuoteId)> = candidates(store, wanted, query)?
        .into_iter()
        .map(|(id, words)| (wanted.cosine(&encoder.encode(&words)), id))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let total = ranked.len() as u64;
    let page = ranked.into_iter().skip(to_usize(query.page.skip)).take(to_usize(query.page.take));
    let mut rows = Vec::new();
    for (_, id) in page {
        rows.extend(store.quote(id)?);
    }
    Ok(Found { rows, total })
}

/// The quotations worth comparing with `wanted`.
fn candidates(
    store: &Store,
    wanted: &Vector,
    query: &QuoteQuery,
) -> Result<Vec<(QuoteId, String)>, Error> {
    if let Some(all) = store.quote_words(query, COMPARED)? {
        return Ok(all);
    }
    let count = query.page.skip.saturating_add(query.page.take).saturating_mul(SENTENCES_A_QUOTE);
    // The days in question are those of the saying, not of the report: they bound no sentence.
    let within = NearQuery { outlet: query.outlet.clone(), ..NearQuery::default() };
    let near = store.near(&wanted.quantised(), &within, to_usize(count))?;
    let mut documents: Vec<DocumentId> = near.rows.into_iter().map(|near| near.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let in_them = QuoteQuery { documents: Some(documents), ..query.clone() };
    Ok(store.quote_words(&in_them, usize::MAX)?.unwrap_or_default())
}

/// The vector of a text, unless no word of it is known.
fn known(text: &str) -> Option<Vector> {
    let vector = SentenceEncoder::new().encode(text);
    vector.as_slice().iter().any(|&axis| axis != 0.0).then_some(vector)
}

fn to_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
