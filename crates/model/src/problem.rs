//! What went wrong without stopping anything.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{DocumentId, Span};

/// Something that could not be read, placed or decided: stored, shown, and never fatal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// The document it concerns; `None` when the input gave no document.
    pub document: Option<DocumentId>,
    /// Where the input came from: a path, `path:line`, or a URL.
    pub place: Option<String>,
    /// The place in the document's text.
    pub span: Option<Span>,
    /// A stable, hyphenated code; `docs/problems.md` lists them all.
    pub code: Cow<'static, str>,
    /// What was attempted and what was found.
    pub message: String,
    /// The likely fix.
    pub hint: Option<String>,
    /// Whether an input was skipped because of it: the exit code remembers.
    pub skipped: bool,
}

impl Problem {
    /// A problem with a code and a message, concerning nothing in particular yet.
    #[must_use]
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            document: None,
            place: None,
            span: None,
            code: code.into(),
            message: message.into(),
            hint: None,
            skipped: false,
        }
    }

    /// The same, concerning `document`.
    #[must_use]
    pub fn of(mut self, document: DocumentId) -> Self {
        self.document = Some(document);
        self
    }

    /// The same, at a path, `path:line` or URL.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// The same, at a span of its document.
    #[must_use]
    pub fn on(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The same with the likely fix.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, having cost an input.
    #[must_use]
    pub fn skipping(mut self) -> Self {
        self.skipped = true;
        self
    }
}
