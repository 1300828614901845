//! What a reader has put right, in terms that outlive every re-run.

use serde::{Deserialize, Serialize};

use crate::{DocumentId, Passage};

/// A reader's correction.
///
/// It names only what a re-run or an upgrade cannot change: names as documents write them,
/// documents by content hash, quotations by their place and words. Ids of reconstructed things
/// never stand in here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Correction {
    /// Two names are one person, organisation or place.
    SamePerson {
        /// One of the names.
        a: Named,
        /// The other.
        b: Named,
    },
    /// Two names that were taken for one are two.
    NotSamePerson {
        /// One of the names.
        a: Named,
        /// The other.
        b: Named,
    },
    /// Two documents tell one story.
    SameStory {
        /// One of the documents.
        a: DocumentId,
        /// The other.
        b: DocumentId,
    },
    /// Two documents that were taken to tell one story do not.
    NotSameStory {
        /// One of the documents.
        a: DocumentId,
        /// The other.
        b: DocumentId,
    },
    /// A quotation is somebody else's.
    Speaker {
        /// The hull of the quotation's content.
        quote: Passage,
        /// Its words, to find it again where offsets moved.
        words: String,
        /// Whose it is; `None` when it is only known not to be the machine's choice.
        name: Option<String>,
    },
    /// A document, or one quotation of it, takes no part in what is reconstructed.
    Ignore {
        /// The document.
        document: DocumentId,
        /// The hull of the quotation's content; `None` for the whole document.
        quote: Option<Passage>,
    },
}

/// A name as documents write it, everywhere or in one document only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Only where this document uses it; `None` for everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
}

impl Named {
    /// The name everywhere.
    #[must_use]
    pub fn everywhere(name: impl Into<String>) -> Self {
        Self { name: name.into(), document: None }
    }
}
