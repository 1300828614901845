//! Quotations as records.

use schemars::JsonSchema;
use serde::Serialize;
use stemma_model::{Attitude, ChainId, Quote, QuoteId, QuoteKind, Reason, SourceStatus};

use super::place::{Located, SpanRecord, value};

/// Somebody's words, thoughts or intentions as one document reports them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct QuoteRecord<'a> {
    /// Its id.
    pub id: QuoteId,
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// What its source does with it: says, believes, knows or wants it.
    pub attitude: Attitude,
    /// What is attributed: several spans where the cue interrupts. With its quotation marks.
    pub content: Vec<SpanRecord<'a>>,
    /// The parts that stand in quotation marks, without the marks.
    pub marked: Vec<SpanRecord<'a>>,
    /// The word or phrase that attributes.
    pub cue: Option<CueRecord<'a>>,
    /// Who it is attributed to.
    pub source: QuoteSourceRecord<'a>,
    /// When, where, at what and to whom it was said.
    pub occasion: OccasionRecord<'a>,
    /// The attribution is denied.
    pub negated: bool,
    /// The attribution is only supposed.
    pub hypothetical: bool,
    /// It stands in a headline.
    pub headline: bool,
    /// The quotation it stands inside, if any.
    pub inside: Option<QuoteId>,
    /// How it was found.
    pub reason: &'a Reason,
}

/// A cue: a span with its dictionary form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CueRecord<'a> {
    /// Its place.
    #[serde(flatten)]
    pub span: SpanRecord<'a>,
    /// Its dictionary form: `say`, `according to`.
    pub lemma: &'a str,
}

/// Who a quotation is attributed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct QuoteSourceRecord<'a> {
    /// How well the source is known.
    pub status: SourceStatus,
    /// The words that name it, where this document has them.
    pub span: Option<SpanRecord<'a>>,
    /// Its coreference chain.
    pub chain: Option<ChainId>,
    /// The fullest name the document gives it.
    pub name: Option<&'a str>,
    /// Who else it could be.
    pub candidates: Vec<CandidateRecord<'a>>,
    /// How it was decided, or why it could not be.
    pub why: &'a str,
}

/// Somebody a source could be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CandidateRecord<'a> {
    /// The chain.
    pub chain: ChainId,
    /// Its name.
    pub name: &'a str,
}

/// When, where, at what and to whom something was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OccasionRecord<'a> {
    /// The day or interval it can have been said on, in ISO 8601.
    pub date: Option<String>,
    /// The words that say so.
    pub date_span: Option<SpanRecord<'a>>,
    /// The place.
    pub place: Option<SpanRecord<'a>>,
    /// The setting: "at a joint press conference".
    pub setting: Option<SpanRecord<'a>>,
    /// The audience: "reporters".
    pub audience: Option<SpanRecord<'a>>,
}

impl<'a> QuoteRecord<'a> {
    pub(super) fn new(quote: &'a Quote, at: &Located<'a>) -> Self {
        let spans =
            |spans: &[stemma_model::Span]| spans.iter().map(|&span| at.span(span)).collect();
        Self {
            id: quote.id,
            kind: quote.kind,
            attitude: quote.attitude,
            content: spans(&quote.content),
            marked: spans(&quote.marked),
            cue: quote
                .cue
                .as_ref()
                .map(|cue| CueRecord { span: at.span(cue.span), lemma: &cue.lemma }),
            source: QuoteSourceRecord::new(quote, at),
            occasion: OccasionRecord::new(quote, at),
            negated: quote.negated,
            hypothetical: quote.hypothetical,
            headline: quote.headline,
            inside: quote.inside,
            reason: &quote.reason,
        }
    }
}

impl<'a> QuoteSourceRecord<'a> {
    fn new(quote: &'a Quote, at: &Located<'a>) -> Self {
        let source = &quote.source;
        let candidates = source
            .candidates
            .iter()
            .map(|candidate| CandidateRecord { chain: candidate.chain, name: &candidate.name });
        Self {
            status: source.status,
            span: source.span.map(|span| at.span(span)),
            chain: source.chain,
            name: source.name.as_deref(),
            candidates: candidates.collect(),
            why: &source.why,
        }
    }
}

impl<'a> OccasionRecord<'a> {
    fn new(quote: &Quote, at: &Located<'a>) -> Self {
        let occasion = &quote.occasion;
        Self {
            date: occasion.date.and_then(|(range, _)| value(range)),
            date_span: occasion.date.map(|(_, span)| at.span(span)),
            place: occasion.place.map(|span| at.span(span)),
            setting: occasion.setting.map(|span| at.span(span)),
            audience: occasion.audience.map(|span| at.span(span)),
        }
    }
}
