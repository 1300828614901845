//! The JSON records that leave the program, field by field as `docs/records.md` has them.
//!
//! Every type borrows from the model and only serialises; its JSON Schema is derived from it and
//! published under `docs/schema`. Offsets become Unicode code points on the way, and every span
//! carries its text. The conversions take time linear in what they write.

mod annotate;
mod citron;
mod claim;
mod contrast;
mod document;
mod dossier;
mod movement;
mod place;
mod problem;
mod quote;
mod reuse;
mod schema;
mod story;

pub use annotate::{
    AnnotateRecord, BoilerplateRecord, ChainRecord, EventRecord, FigureRecord, FramingRecord,
    MentionRecord, TimexRecord, annotate_record,
};
pub use citron::{CitronQuote, CitronRecord, citron_record};
pub use claim::{
    ClaimRecord, ClaimValueRecord, ConditionGroupRecord, ConditionRecord, PositionRecord,
    TimelineRecord, Voice,
};
pub use contrast::{
    ContrastRecord, CoverageCellRecord, CoverageRecord, HeadlineRecord, PointRecord, TermBasis,
    TermRecord, VerbRecord,
};
pub use document::{DocumentRecord, PublishedRecord, SourceRecord};
pub use dossier::{
    DossierConditionRecord, DossierDocumentRecord, DossierQuoteRecord, DossierRecord, dossier,
};
pub use movement::{MovementRecord, StateRecord};
pub use place::{DateRecord, DocumentRef, Documents, PlaceRecord, SpanRecord};
pub use problem::ProblemRecord;
pub use quote::{CandidateRecord, CueRecord, OccasionRecord, QuoteRecord, QuoteSourceRecord};
pub use reuse::{
    ChangeRecord, ClusterRecord, DescentRecord, FirstRecord, OriginsRecord, ReuseRecord,
    reuse_record,
};
pub use schema::{Schema, schemas};
pub use story::{
    EntityRecord, FormRecord, StoryDocumentRecord, StoryRecord, ThreadRecord, UtteranceRecord,
    VariantRecord, story_record,
};
