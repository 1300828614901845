//! Problems as records.

use schemars::JsonSchema;
use serde::Serialize;
use stemma_model::{DocumentId, Problem};

use super::place::{Documents, Located};

/// Something that could not be read, placed or decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProblemRecord<'a> {
    /// A stable, hyphenated code; `docs/problems.md` lists them all.
    pub code: &'a str,
    /// What was attempted and what was found.
    pub message: &'a str,
    /// The likely fix.
    pub hint: Option<&'a str>,
    /// The document it concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// The input's own `id` of that document, where it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_id: Option<&'a str>,
    /// Where the input came from: a path, `path:line`, or a URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<&'a str>,
    /// First code point of what it concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// One past the last code point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// Whether an input was skipped because of it.
    pub skipped: bool,
}

impl<'a> ProblemRecord<'a> {
    /// The record of a problem that concerns `at`, or no document.
    fn new(problem: &'a Problem, at: Option<&Located<'a>>) -> Self {
        let place = at.zip(problem.span).map(|(at, span)| at.place(span));
        Self {
            code: &problem.code,
            message: &problem.message,
            hint: problem.hint.as_deref(),
            document: at.map(|at| at.document.id).or(problem.document),
            given_id: at.and_then(|at| at.document.given_id.as_deref()),
            place: problem.place.as_deref(),
            start: place.map(|place| place.start),
            end: place.map(|place| place.end),
            skipped: problem.skipped,
        }
    }

    /// The record of a problem of the document `at`.
    pub(super) fn of(problem: &'a Problem, at: &Located<'a>) -> Self {
        Self::new(problem, Some(at))
    }

    /// The record of a problem of a whole run.
    pub(super) fn among(problem: &'a Problem, documents: &Documents<'a>) -> Self {
        Self::new(problem, problem.document.and_then(|id| documents.get(id)))
    }
}
