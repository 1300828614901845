//! Checking every stored statement against its source.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use sha2::{Digest, Sha256};
use stemma_model::{Annotations, ChainId, Document, DocumentId, QuoteId, Span};
use stemma_store::{Derived, QuotePlace, Store, Stored};
use stemma_text::CodePoints;

use super::pool;
use crate::error::Error;

/// What a check found wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The file's pages, indexes or references are broken.
    DamagedFile,
    /// A record does not unpack.
    DamagedRecord,
    /// A document that something refers to is not there.
    MissingDocument,
    /// A document's text is not what its hash was taken of.
    ChangedSource,
    /// A statement's words are not at its offsets.
    MovedSpan,
    /// Something reconstructed refers to something attested that is not there.
    MissingRecord,
    /// What was reconstructed was made from other documents or corrections than there are now.
    Outdated,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Finding {
    /// What sort of fault.
    pub code: Fault,
    /// The document it concerns.
    pub document: Option<DocumentId>,
    /// What was compared, and how it differs.
    pub message: String,
}

/// What a check looked at and found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// Documents whose text was hashed.
    pub documents: u64,
    /// Attested spans whose place was looked up.
    pub spans: u64,
    /// Reconstructed records whose evidence was looked up.
    pub derived: u64,
    /// What is wrong, sorted.
    pub findings: Vec<Finding>,
}

/// What reconstructed records ask of one document.
#[derive(Default)]
struct Asked {
    /// By which record, and what.
    demands: Vec<(u32, Demand)>,
}

/// What a reconstructed record asks of a document.
enum Demand {
    /// That it is there.
    Document,
    /// That its text has this place.
    Span(Span),
    /// That it attests this quotation.
    Quote(QuoteId),
    /// That it attests this chain.
    Chain(ChainId),
}

/// What all reconstructed records ask of documents.
#[derive(Default)]
struct Demands {
    /// The records, by number.
    names: Vec<String>,
    by_document: BTreeMap<DocumentId, Asked>,
}

impl Demands {
    fn take(&mut self, record: Derived) {
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let mut ask = |document: DocumentId, demand| {
            self.by_document.entry(document).or_default().demands.push((number, demand));
        };
        record.documents.iter().for_each(|&document| ask(document, Demand::Document));
        record.passages.iter().for_each(|it| ask(it.document, Demand::Span(it.span)));
        record.quotes.iter().for_each(|&(document, quote)| ask(document, Demand::Quote(quote)));
        record.chains.iter().for_each(|&(document, chain)| ask(document, Demand::Chain(chain)));
        self.names.push(record.name);
    }

    /// How `document`, which is there as `stored`, or not at all, falls short.
    fn unmet(&self, id: DocumentId, stored: Option<&Stored>) -> Vec<Finding> {
        let Some(asked) = self.by_document.get(&id) else { return Vec::new() };
        let quotes: BTreeSet<QuoteId> =
            stored.iter().flat_map(|it| &it.annotations.quotes).map(|quote| quote.id).collect();
        let chains: BTreeSet<ChainId> =
            stored.iter().flat_map(|it| &it.annotations.chains).map(|chain| chain.id).collect();
        let mut findings = Vec::new();
        for (number, demand) in &asked.demands {
            let name = &self.names[*number as usize];
            let (code, message) = match (stored, demand) {
                (None, _) => (Fault::MissingDocument, format!("{name} rests on it")),
                (Some(it), Demand::Span(span)) if it.document.text.get(span.range()).is_none() => {
                    let message = format!("{name} rests on bytes {}..{}", span.start, span.end);
                    (Fault::MovedSpan, message)
                }
                (_, Demand::Quote(quote)) if !quotes.contains(quote) => {
                    (Fault::MissingRecord, format!("{name} rests on {quote}"))
                }
                (_, Demand::Chain(chain)) if !chains.contains(chain) => {
                    (Fault::MissingRecord, format!("{name} rests on {chain}"))
                }
                _ => continue,
            };
            findings.push(Finding { code, document: Some(id), message });
        }
        findings
    }
}

/// Re-checks everything in `store`: the file, each document's text against its hash, each
/// attested span and stored quotation against the text, each reconstructed record's evidence
/// against what documents attest. `basis` is the digest that reconstruction would have now;
/// `progress` is told after each document.
///
/// # Errors
/// If the file cannot be read at all.
pub fn verify(
    store: &Store,
    basis: &str,
    threads: NonZeroUsize,
    mut progress: impl FnMut(u64),
) -> Result<Verified, Error> {
    let mut verified = Verified::default();
    let damaged = |message| Finding { code: Fault::DamagedFile, document: None, message };
    verified.findings.extend(store.damage()?.into_iter().map(damaged));
    let mut demands = Demands::default();
    store.each_derived(|record| {
        verified.derived += 1;
        match record {
            Ok(record) => demands.take(record),
            Err(error) => verified.findings.push(Finding {
                code: Fault::DamagedRecord,
                document: None,
                message: error.to_string(),
            }),
        }
    })?;
    let ids: Vec<DocumentId> = store.document_ids()?;
    for id in demands.by_document.keys().filter(|id| ids.binary_search(id).is_err()) {
        verified.findings.extend(demands.unmet(*id, None));
    }
    let work = |reader: &Store, &id: &DocumentId| check_document(reader, id, &demands);
    pool::for_each(store, threads, &ids, work, |outcome| {
        verified.documents += 1;
        verified.spans += outcome.spans;
        verified.findings.extend(outcome.findings);
        progress(verified.documents);
        Ok(())
    })?;
    if store.basis()?.is_some_and(|stored| stored != basis) {
        verified.findings.push(Finding {
            code: Fault::Outdated,
            document: None,
            message: "documents or corrections have come since the last reconstruction; \
                      `stemma add` brings it up to date"
                .into(),
        });
    }
    verified.findings.sort();
    verified.findings.dedup();
    Ok(verified)
}

/// What the check of one document gave.
#[derive(Default)]
struct Outcome {
    spans: u64,
    findings: Vec<Finding>,
}

fn check_document(store: &Store, id: DocumentId, demands: &Demands) -> Result<Outcome, Error> {
    let finding = |code, message| Finding { code, document: Some(id), message };
    let mut outcome = Outcome::default();
    let stored = match store.stored(id) {
        Ok(Some(stored)) => stored,
        Ok(None) => {
            let message = "its text or its annotations are not there".into();
            outcome.findings.push(finding(Fault::MissingDocument, message));
            return Ok(outcome);
        }
        Err(error) if error.is_damaged() => {
            outcome.findings.push(finding(Fault::DamagedRecord, error.to_string()));
            return Ok(outcome);
        }
        Err(error) => return Err(error.into()),
    };
    let Stored { document, annotations } = &stored;
    let found = sha256(&document.text);
    if found != document.sha256 {
        let message = format!("its text has the hash {found}, its record says {}", document.sha256);
        outcome.findings.push(finding(Fault::ChangedSource, message));
    }
    for (what, span) in spans(document, annotations) {
        outcome.spans += 1;
        if document.text.get(span.range()).is_none() {
            let message =
                format!("{what} at bytes {}..{} lies outside its text", span.start, span.end);
            outcome.findings.push(finding(Fault::MovedSpan, message));
        }
    }
    let points = CodePoints::of(&document.text);
    for place in store.quote_places(id)? {
        outcome.spans += 1;
        if let Some(message) = misplaced(document, &points, annotations, &place) {
            outcome.findings.push(finding(Fault::MovedSpan, message));
        }
    }
    outcome.findings.extend(demands.unmet(id, Some(&stored)));
    Ok(outcome)
}

/// SHA-256 as 64 lower-case hexadecimal digits.
pub(super) fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How a quotation's row disagrees with the text, if it does.
fn misplaced(
    document: &Document,
    points: &CodePoints<'_>,
    annotations: &Annotations,
    place: &QuotePlace,
) -> Option<String> {
    let Some(quote) = annotations.quotes.iter().find(|quote| quote.id == place.id) else {
        return Some(format!("{} is listed but not among its annotations", place.id));
    };
    let parts: Option<Vec<&str>> =
        quote.content.iter().map(|span| document.text.get(span.range())).collect();
    let hull = quote.hull()?;
    let point = |byte| points.of_byte(byte) as u32;
    let counted = (point(hull.start()), point(hull.end()));
    let words = parts.is_some_and(|parts| parts.join(Document::GAP) == place.text);
    if words && hull == place.hull {
        return (counted != place.points).then(|| {
            format!(
                "{} stands at code point {}..{}, its record says {}..{}",
                place.id, counted.0, counted.1, place.points.0, place.points.1
            )
        });
    }
    Some(match document.text.find(&place.text) {
        Some(start) => format!(
            "the words of {} stand at byte {start}, its record says {}..{}",
            place.id, place.hull.start, place.hull.end
        ),
        None => format!("the words of {} are not in the text", place.id),
    })
}

/// Every span of a document and its annotations, with what it is the place of.
fn spans(document: &Document, annotations: &Annotations) -> Vec<(&'static str, Span)> {
    let mut spans = Vec::new();
    let mut take = |what, found: &mut dyn Iterator<Item = Span>| {
        spans.extend(found.map(|span| (what, span)));
    };
    take("a block", &mut document.blocks.iter().map(|block| block.span));
    take("boilerplate", &mut document.boilerplate.iter().map(|part| part.span));
    take("the evidence of its date", &mut annotations.published.evidence.iter().copied());
    take("a sentence", &mut annotations.sentences.iter().map(|sentence| sentence.span));
    take("a mention", &mut annotations.mentions.iter().map(|mention| mention.span));
    for quote in &annotations.quotes {
        take("a quotation", &mut quote.content.iter().chain(&quote.marked).copied());
        take("a cue", &mut quote.cue.iter().map(|cue| cue.span));
        take("a source", &mut quote.source.span.into_iter());
        let occasion = &quote.occasion;
        let date = occasion.date.map(|(_, span)| span);
        let around = [date, occasion.place, occasion.setting, occasion.audience];
        take("an occasion", &mut around.into_iter().flatten());
    }
    take("a date", &mut annotations.dates.iter().map(|date| date.span));
    take(
        "a figure",
        &mut annotations.figures.iter().flat_map(|it| [Some(it.span), it.what]).flatten(),
    );
    for condition in &annotations.conditions {
        let parts = [condition.trigger, condition.condition, condition.consequence];
        take("a condition", &mut parts.into_iter());
    }
    take("an event", &mut annotations.events.iter().flat_map(|event| [event.span, event.sentence]));
    take("a term", &mut annotations.framing.iter().map(|cue| cue.span));
    spans
}
