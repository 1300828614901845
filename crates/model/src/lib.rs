//! The nouns of Stemma: what a document *attests* and what the engine *reconstructs* from many.
//!
//! Every other room meets the others only in these types. A [`Document`] comes out of `ingest`;
//! `annotate` turns one document into its [`Annotations`]; `reuse` and `story` turn many of both
//! into [`Alignment`]s, [`Story`]s, [`Utterance`]s and the rest; a [`Record`] holds it all and is
//! what `report` draws. References point from the reconstructed to the attested, never back, and
//! nothing reconstructed is stated without evidence ([`Passage`]) and a [`Reason`].
//!
//! This crate has no algorithms and performs no I/O. Spans are UTF-8 byte offsets in here; the
//! records that leave the program count Unicode code points, and `report` converts.
//!
//! ```
//! use stemma_model::{Span, DocumentId};
//!
//! let text = "“We will appeal,” Ms. Lee said.";
//! let span = Span::of(text, "Ms. Lee").unwrap();
//! assert_eq!(span.of_text(text), "Ms. Lee");
//!
//! let id = DocumentId::of(&["the bytes", "that make it"]);
//! assert_eq!(id.to_string().parse(), Ok(id));
//! ```

mod annotation;
mod claim;
mod contrast;
mod correction;
mod date;
mod document;
mod id;
mod movement;
mod problem;
mod quote;
mod reason;
mod record;
mod reuse;
mod span;
mod story;

pub use annotation::{
    Annotations, Chain, Condition, ConditionForce, Event, EventStatus, Figure, FigureKind,
    FramingCue, Holder, Mention, MentionForm, MentionKind, Polarity, Sentence,
};
pub use claim::{
    Claim, ClaimStatus, ClaimValue, Earlier, EarlierRelation, Position, Stance, TimelineEntry,
};
pub use contrast::{
    Cell, Contrast, Coverage, CoverageCell, Headline, HeadlineVerdict, Point, PointKind, Term, Verb,
};
pub use correction::{Correction, Named};
pub use date::{Anchor, Basis, DateRange, Dated, Precision, Timex, TimexType};
pub use document::{Block, BlockKind, Boilerplate, BoilerplateKind, Document, Source, Title};
pub use id::{
    AlignmentId, ChainId, ClaimId, ClusterId, ConditionId, DocumentId, EntityId, EventId, IdError,
    MentionId, MovementId, PositionId, QuoteId, StoryId, ThreadId, UtteranceId,
};
pub use movement::{Movement, MovementKind, State};
pub use problem::Problem;
pub use quote::{Attitude, Attribution, Candidate, Cue, Occasion, Quote, QuoteKind, SourceStatus};
pub use reason::Reason;
pub use record::Record;
pub use reuse::{
    Alignment, AlignmentKind, Change, ChangeOp, Cluster, ClusterKind, Collation, CollationPlace,
    Descent, Earliest, Origins, Reading,
};
pub use span::{Passage, Span};
pub use story::{Entity, Form, Relation, Story, Thread, Utterance, Variant};
