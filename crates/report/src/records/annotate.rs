//! `stemma annotate`: everything one document attests.

use schemars::JsonSchema;
use serde::Serialize;
use stemma_model::{
    Anchor, Annotations, BoilerplateKind, ChainId, Document, Event, EventId, EventStatus, Figure,
    FigureKind, MentionForm, MentionId, MentionKind, QuoteId, Reason, Timex, TimexType,
};

use super::claim::ConditionRecord;
use super::document::DocumentRecord;
use super::place::{Attested, Located, PlaceRecord, SpanRecord, value};
use super::problem::ProblemRecord;
use super::quote::QuoteRecord;

/// Everything one document attests, each list in text order.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AnnotateRecord<'a> {
    /// The document.
    pub document: DocumentRecord<'a>,
    /// The text the offsets count in, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
    /// Mentions of people, organisations, places and groups.
    pub mentions: Vec<MentionRecord<'a>>,
    /// Coreference inside the document.
    pub chains: Vec<ChainRecord<'a>>,
    /// Attributions.
    pub quotes: Vec<QuoteRecord<'a>>,
    /// Time expressions.
    pub dates: Vec<TimexRecord<'a>>,
    /// Numbers with their units.
    pub figures: Vec<FigureRecord<'a>>,
    /// Conditions.
    pub conditions: Vec<ConditionRecord<'a>>,
    /// Mentions of events.
    pub events: Vec<EventRecord<'a>>,
    /// Terms for what goes by competing names.
    pub framing: Vec<FramingRecord<'a>>,
    /// Parts that are not the report's own telling.
    pub boilerplate: Vec<BoilerplateRecord<'a>>,
    /// What could not be read or decided.
    pub problems: Vec<ProblemRecord<'a>>,
}

/// A mention of somebody or something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MentionRecord<'a> {
    /// Its id.
    pub id: MentionId,
    /// Its place.
    #[serde(flatten)]
    pub place: PlaceRecord<'a>,
    /// What it mentions.
    pub kind: MentionKind,
    /// By name, description or pronoun.
    pub form: MentionForm,
    /// The chain it belongs to.
    pub chain: Option<ChainId>,
}

/// The mentions of one referent inside one document.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ChainRecord<'a> {
    /// Its id.
    pub id: ChainId,
    /// The fullest name or description the document gives.
    pub name: &'a str,
    /// Roles and titles it goes by.
    pub roles: &'a [String],
    /// What it is.
    pub kind: MentionKind,
    /// Its mentions, in text order.
    pub mentions: &'a [MentionId],
    /// Why these are one.
    pub reason: &'a Reason,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TimexRecord<'a> {
    /// Its place.
    #[serde(flatten)]
    pub place: PlaceRecord<'a>,
    /// Its TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimexType,
    /// Its TIMEX3 value.
    pub value: &'a str,
    /// The first day it stands for, as far as known.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
    /// What it was reckoned from: `absolute`, `published`, `dateline`, `expression`, `missing`.
    pub anchor: &'static str,
    /// The expression it was reckoned from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor_span: Option<SpanRecord<'a>>,
    /// How it was resolved.
    pub reason: &'a Reason,
}

/// A number with its unit and what it counts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FigureRecord<'a> {
    /// Its place, unit included.
    #[serde(flatten)]
    pub place: PlaceRecord<'a>,
    /// What sort of quantity.
    pub kind: FigureKind,
    /// The number, scaled out: "57 billion" is 57e9; the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// A currency code, `%`, a measure; `null` for a bare count.
    pub unit: Option<&'a str>,
    /// Marked as not exact.
    pub approximate: bool,
    /// The marking itself.
    pub hedge: Option<&'a str>,
    /// What is counted or measured.
    pub what: Option<SpanRecord<'a>>,
}

/// A mention of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EventRecord<'a> {
    /// Its id.
    pub id: EventId,
    /// The words that carry it.
    #[serde(flatten)]
    pub place: PlaceRecord<'a>,
    /// The dictionary form of its head.
    pub lemma: &'a str,
    /// Whether it happened, as told.
    pub status: EventStatus,
    /// When, in ISO 8601.
    pub date: Option<String>,
    /// The expression that says so: an index into `dates`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_index: Option<u32>,
    /// Who takes part.
    pub participants: &'a [MentionId],
    /// The sentence it stands in.
    pub sentence: PlaceRecord<'a>,
}

/// A term for something that goes by competing names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FramingRecord<'a> {
    /// Its place.
    #[serde(flatten)]
    pub place: PlaceRecord<'a>,
    /// What it names.
    pub concept: &'a str,
    /// The competing form.
    pub form: &'a str,
    /// The quotation it stands inside: then the word is a source's, not the outlet's.
    pub quoted: Option<QuoteId>,
}

/// A part that is never quoted from nor counted as copied.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BoilerplateRecord<'a> {
    /// Its place.
    #[serde(flatten)]
    pub place: PlaceRecord<'a>,
    /// What it is.
    pub kind: BoilerplateKind,
    /// How it was told.
    pub reason: &'a Reason,
}

/// The `annotate` record of one document, with its text if `with_text`.
#[must_use]
pub fn annotate_record<'a>(
    document: &'a Document,
    annotations: &'a Annotations,
    with_text: bool,
) -> AnnotateRecord<'a> {
    let attested = Attested { at: Located::new(document), annotations };
    let at = &attested.at;
    AnnotateRecord {
        document: DocumentRecord::new(&attested),
        text: with_text.then_some(document.text.as_str()),
        mentions: mentions(&attested),
        chains: chains(annotations),
        quotes: annotations.quotes.iter().map(|quote| QuoteRecord::new(quote, at)).collect(),
        dates: annotations.dates.iter().map(|timex| TimexRecord::new(timex, at)).collect(),
        figures: annotations.figures.iter().map(|figure| FigureRecord::new(figure, at)).collect(),
        conditions: annotations
            .conditions
            .iter()
            .map(|condition| ConditionRecord::new(condition, at))
            .collect(),
        events: annotations.events.iter().map(|event| EventRecord::new(event, at)).collect(),
        framing: framing(&attested),
        boilerplate: boilerplate(at),
        problems: document
            .problems
            .iter()
            .chain(&annotations.problems)
            .map(|problem| ProblemRecord::of(problem, at))
            .collect(),
    }
}

fn mentions<'a>(attested: &Attested<'a>) -> Vec<MentionRecord<'a>> {
    let record = |mention: &'a stemma_model::Mention| MentionRecord {
        id: mention.id,
        place: attested.at.place(mention.span),
        kind: mention.kind,
        form: mention.form,
        chain: mention.chain,
    };
    attested.annotations.mentions.iter().map(record).collect()
}

fn chains(annotations: &Annotations) -> Vec<ChainRecord<'_>> {
    let chains = annotations.chains.iter();
    chains
        .map(|stemma_model::Chain { id, name, roles, kind, mentions, reason }| ChainRecord {
            id: *id,
            name,
            roles,
            kind: *kind,
            mentions,
            reason,
        })
        .collect()
}

fn framing<'a>(attested: &Attested<'a>) -> Vec<FramingRecord<'a>> {
    let record = |cue: &'a stemma_model::FramingCue| FramingRecord {
        place: attested.at.place(cue.span),
        concept: &cue.concept,
        form: &cue.form,
        quoted: cue.quoted,
    };
    attested.annotations.framing.iter().map(record).collect()
}

fn boilerplate<'a>(at: &Located<'a>) -> Vec<BoilerplateRecord<'a>> {
    let record = |part: &'a stemma_model::Boilerplate| BoilerplateRecord {
        place: at.place(part.span),
        kind: part.kind,
        reason: &part.reason,
    };
    at.document.boilerplate.iter().map(record).collect()
}

impl<'a> TimexRecord<'a> {
    fn new(timex: &'a Timex, at: &Located<'a>) -> Self {
        let (anchor, anchor_span) = match timex.anchor {
            Anchor::Absolute => ("absolute", None),
            Anchor::Published => ("published", None),
            Anchor::Dateline => ("dateline", None),
            Anchor::Expression(span) => ("expression", Some(at.span(span))),
            Anchor::Missing => ("missing", None),
        };
        let day = |date: jiff::civil::Date| date.to_string();
        Self {
            place: at.place(timex.span),
            kind: timex.kind,
            value: &timex.value,
            from: timex.range.and_then(|range| range.from).map(day),
            to: timex.range.and_then(|range| range.to).map(day),
            anchor,
            anchor_span,
            reason: &timex.reason,
        }
    }
}

impl<'a> FigureRecord<'a> {
    fn new(figure: &'a Figure, at: &Located<'a>) -> Self {
        Self {
            place: at.place(figure.span),
            kind: figure.kind,
            value: figure.value,
            upper: figure.upper,
            unit: figure.unit.as_deref(),
            approximate: figure.approximate,
            hedge: figure.hedge.as_deref(),
            what: figure.what.map(|span| at.span(span)),
        }
    }
}

impl<'a> EventRecord<'a> {
    fn new(event: &'a Event, at: &Located<'a>) -> Self {
        Self {
            id: event.id,
            place: at.place(event.span),
            lemma: &event.lemma,
            status: event.status,
            date: event.date.and_then(|(range, _)| value(range)),
            date_index: event.date.map(|(_, index)| index),
            participants: &event.participants,
            sentence: at.place(event.sentence),
        }
    }
}
