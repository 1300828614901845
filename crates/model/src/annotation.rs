//! Everything one document attests.

use serde::{Deserialize, Serialize};

use crate::{
    Basis, ChainId, ConditionId, DateRange, Dated, DocumentId, EventId, MentionId, Problem, Quote,
    QuoteId, Reason, Span, Timex,
};

/// Everything one document attests, each list in text order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// The document.
    pub document: DocumentId,
    /// Its own date.
    pub published: Dated,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Mentions of people, organisations, places and groups.
    pub mentions: Vec<Mention>,
    /// Which mentions are the same.
    pub chains: Vec<Chain>,
    /// Attributions.
    pub quotes: Vec<Quote>,
    /// Time expressions.
    pub dates: Vec<Timex>,
    /// Numbers with their units.
    pub figures: Vec<Figure>,
    /// Conditions.
    pub conditions: Vec<Condition>,
    /// Mentions of events.
    pub events: Vec<Event>,
    /// Terms that competing concepts go by.
    pub framing: Vec<FramingCue>,
    /// What could not be decided.
    pub problems: Vec<Problem>,
}

impl Annotations {
    /// The sentence that covers `span`; `None` where none does, as across two sentences. Sentences
    /// stand in text order, so this takes logarithmic time.
    #[must_use]
    pub fn sentence_at(&self, span: Span) -> Option<&Sentence> {
        let after = self.sentences.partition_point(|sentence| sentence.span.start <= span.start);
        let last = self.sentences[..after].last();
        last.filter(|sentence| sentence.span.covers(span))
    }

    /// Of a document that attests nothing, not even its date: what a document that is gone leaves,
    /// and what tests and measurements start from.
    #[must_use]
    pub fn empty(document: DocumentId) -> Self {
        Self {
            document,
            published: Dated {
                range: DateRange::unknown(),
                basis: Basis::None,
                evidence: Vec::new(),
                reason: Reason::new("", ""),
            },
            sentences: Vec::new(),
            mentions: Vec::new(),
            chains: Vec::new(),
            quotes: Vec::new(),
            dates: Vec::new(),
            figures: Vec::new(),
            conditions: Vec::new(),
            events: Vec::new(),
            framing: Vec::new(),
            problems: Vec::new(),
        }
    }
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Its place.
    pub span: Span,
    /// Its static sentence vector, quantised to `-127..=127` along each axis after scaling the
    /// largest component to 127; empty where none was computed. Compare by cosine.
    pub vector: Vec<i8>,
}

/// A mention of somebody or something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Its id.
    pub id: MentionId,
    /// Its place.
    pub span: Span,
    /// What it mentions.
    pub kind: MentionKind,
    /// How it does so.
    pub form: MentionForm,
    /// The chain it belongs to.
    pub chain: Option<ChainId>,
}

/// What a mention is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// One person.
    Person,
    /// An organisation, agency or company.
    Organisation,
    /// A country, town or other place.
    Place,
    /// Several people: "the presidents of nine countries".
    Group,
    /// Anything else.
    Other,
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// By name.
    Name,
    /// By role or description.
    Nominal,
    /// By pronoun.
    Pronoun,
}

/// The mentions of one referent inside one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// Its id.
    pub id: ChainId,
    /// The fullest name the document gives; else the fullest description.
    pub name: String,
    /// Roles and titles it goes by: "NATO Secretary General".
    pub roles: Vec<String>,
    /// What it is.
    pub kind: MentionKind,
    /// Its mentions, in text order.
    pub mentions: Vec<MentionId>,
    /// Why these are one.
    pub reason: Reason,
}

/// A number with its unit and what it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Its place, unit included.
    pub span: Span,
    /// What sort of quantity.
    pub kind: FigureKind,
    /// The number, scaled out: "57 billion" is 57e9. The lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// The unit: a currency code (ISO 4217), `%`, a measure, or none for a bare count.
    pub unit: Option<String>,
    /// Marked as not exact: "about", "more than".
    pub approximate: bool,
    /// The marking itself, lower-cased: `more than`, `about`, `up to`.
    pub hedge: Option<String>,
    /// What is counted or measured.
    pub what: Option<Span>,
}

/// Sorts of quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum FigureKind {
    /// Money.
    Money,
    /// How many.
    Count,
    /// A share of a whole.
    Share,
    /// A place in an order.
    Rank,
    /// A physical measure.
    Measure,
}

/// A condition: one thing said to depend on another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Its id.
    pub id: ConditionId,
    /// The words that make it one: "only after", "must first", "hinges on".
    pub trigger: Span,
    /// What has to hold.
    pub condition: Span,
    /// What depends on it.
    pub consequence: Span,
    /// The pattern that found it.
    pub pattern: String,
    /// Whether the consequence is affirmed or denied under the condition.
    pub polarity: Polarity,
    /// The modal or hedge on the consequence: `will`, `could`; none for a plain statement.
    pub modality: Option<String>,
    /// Necessary or sufficient, where the words tell.
    pub force: ConditionForce,
    /// Who states it.
    pub holder: Holder,
    /// How it was found.
    pub reason: Reason,
}

/// Whether something is affirmed or denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Affirmed.
    Positive,
    /// Denied.
    Negative,
}

/// What a condition does for its consequence, where the words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ConditionForce {
    /// Without it, not.
    Necessary,
    /// With it, so.
    Sufficient,
    /// The words do not tell.
    Unspecified,
}

/// Who states a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holder {
    /// The source of a quotation.
    Quote(QuoteId),
    /// The outlet, in its own voice.
    Outlet,
    /// A headline, in its own voice.
    Headline,
}

/// A mention of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// The words that carry it.
    pub span: Span,
    /// The dictionary form of its head.
    pub lemma: String,
    /// Whether it happened.
    pub status: EventStatus,
    /// When, with the expression that says so (an index into [`Annotations::dates`]).
    pub date: Option<(DateRange, u32)>,
    /// Who takes part.
    pub participants: Vec<MentionId>,
    /// The sentence it stands in.
    pub sentence: Span,
}

/// Whether an event happened, as told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum EventStatus {
    /// Told as past or present fact.
    Happened,
    /// Told as to come.
    Planned,
    /// Told as not having happened.
    Denied,
    /// Told as depending on something.
    Conditional,
}

/// A term for something that goes by competing names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FramingCue {
    /// Its place.
    pub span: Span,
    /// What it names: `capital-of-ukraine`.
    pub concept: String,
    /// The competing form, folded: `kiev`.
    pub form: String,
    /// It stands inside this quotation, so the word is a source's, not the outlet's.
    pub quoted: Option<QuoteId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_by_what_stands_in_it() {
        let spans = [(0, 10), (11, 20), (22, 30)].map(|(start, end)| Span::new(start, end));
        let sentences = spans.map(|span| Sentence { span, vector: Vec::new() }).into();
        let annotations =
            Annotations { sentences, ..Annotations::empty(DocumentId::of(&["report"])) };
        let at = |start, end| annotations.sentence_at(Span::new(start, end)).map(|it| it.span);
        assert_eq!(at(0, 3), Some(spans[0]));
        assert_eq!(at(12, 20), Some(spans[1]));
        assert_eq!(at(25, 25), Some(spans[2]));
        assert_eq!(at(8, 13), None, "two sentences");
        assert_eq!(at(20, 21), None, "between two");
        assert_eq!(Annotations::empty(annotations.document).sentence_at(spans[0]), None);
    }
}
