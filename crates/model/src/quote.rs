//! Who said what, as one document tells it.

use serde::{Deserialize, Serialize};

use crate::{ChainId, DateRange, QuoteId, Reason, Span};

/// An attribution: somebody's words, thoughts or intentions as one document reports them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Its id.
    pub id: QuoteId,
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// What is attributed: one span, or several where the cue interrupts. With its quotation marks.
    pub content: Vec<Span>,
    /// The parts of the content that stand in quotation marks, without the marks.
    pub marked: Vec<Span>,
    /// The word that attributes.
    pub cue: Option<Cue>,
    /// Who it is attributed to.
    pub source: Attribution,
    /// When, where, at what and to whom it was said.
    pub occasion: Occasion,
    /// The attribution is denied: "did not say that".
    pub negated: bool,
    /// The attribution is only supposed: "may say that", "if he says".
    pub hypothetical: bool,
    /// It stands in a headline.
    pub headline: bool,
    /// The quotation it stands inside, if any.
    pub inside: Option<QuoteId>,
    /// What the source does with the content: says, believes, knows or wants it.
    #[serde(default)]
    pub attitude: Attitude,
    /// How it was found.
    pub reason: Reason,
}

impl Quote {
    /// An assertion of which only the words are known: nobody's, without a cue or an occasion. What
    /// tests and measurements start from.
    #[must_use]
    pub fn plain(id: QuoteId, kind: QuoteKind, content: Vec<Span>) -> Self {
        Self {
            id,
            kind,
            content,
            marked: Vec::new(),
            cue: None,
            source: Attribution {
                status: SourceStatus::Unattributed,
                span: None,
                chain: None,
                name: None,
                candidates: Vec::new(),
                why: String::new(),
            },
            occasion: Occasion::default(),
            negated: false,
            hypothetical: false,
            headline: false,
            inside: None,
            attitude: Attitude::default(),
            reason: Reason::new("", ""),
        }
    }

    /// Whether it reports words: something asserted, or anything in the source's own words. What
    /// somebody is only said to believe, know or want is none.
    #[must_use]
    pub fn is_saying(&self) -> bool {
        self.attitude == Attitude::Assertion || !self.marked.is_empty()
    }

    /// The smallest span that covers the content.
    #[must_use]
    pub fn hull(&self) -> Option<Span> {
        self.content.iter().copied().reduce(Span::hull)
    }
}

/// How a quotation renders the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// Wholly in quotation marks.
    Direct,
    /// Without quotation marks.
    Indirect,
    /// Partly in quotation marks.
    Mixed,
}

/// What the source of an attribution does with its content: the attribution types of the Penn
/// Discourse Treebank (Prasad et al. 2007) and of PARC (Pareti 2015).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Attitude {
    /// Says it: *said that …*, *denied that …*.
    #[default]
    Assertion,
    /// Holds it for true, likely or good: *believes that …*, *sees it as …*.
    Belief,
    /// Knows or learns it: *knows that …*, *regrets that …*.
    Fact,
    /// Wants, asks for, promises or refuses it: *plans to …*, *urged them to …*, *supported the bid*.
    Eventuality,
}

/// The word or phrase that attributes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// Its place.
    pub span: Span,
    /// Its dictionary form: `say`, `rule out`, `according to`.
    pub lemma: String,
}

/// Who a quotation is attributed to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// How well the source is known.
    pub status: SourceStatus,
    /// The words that name it, where this document has them.
    pub span: Option<Span>,
    /// Its coreference chain.
    pub chain: Option<ChainId>,
    /// The fullest name the document gives it.
    pub name: Option<String>,
    /// Who else it could be.
    pub candidates: Vec<Candidate>,
    /// How it was decided, or why it could not be.
    pub why: String,
}

/// How well a source is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SourceStatus {
    /// Named, in place or through a pronoun or role.
    Named,
    /// Described but never named: "officials", "a source close to the talks".
    Unnamed,
    /// Several fit.
    Ambiguous,
    /// None was found.
    Unattributed,
}

/// Someone a source could be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The chain.
    pub chain: ChainId,
    /// Its name.
    pub name: String,
}

/// When, where, at what and to whom something was said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Occasion {
    /// The days it can have been said on, and the words that say so.
    pub date: Option<(DateRange, Span)>,
    /// The place: "in Brussels".
    pub place: Option<Span>,
    /// The setting: "at a joint press conference".
    pub setting: Option<Span>,
    /// The audience: "reporters".
    pub audience: Option<Span>,
}
