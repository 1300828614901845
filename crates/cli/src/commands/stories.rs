//! `stemma stories`: which reports tell one event.

use anyhow::{Context, Result};
use serde::Serialize;
use stemma_model::{Document, DocumentId, Reason, Story, StoryId};
use stemma_report::records::DateRecord;

use crate::Outcome;
use crate::args::Stories;
use crate::commands::{Session, json_line, stored};
use crate::output::Sink;

/// A story as this command streams it: the dossier's, but that its documents go by the id that
/// their own input gave them, so that the lines can be joined to that input.
#[derive(Serialize)]
struct Line<'a> {
    id: StoryId,
    title: &'a str,
    documents: Vec<Member<'a>>,
    date: DateRecord,
    reason: &'a Reason,
}

#[derive(Serialize)]
struct Member<'a> {
    /// The input's own id; the content hash where it gave none.
    id: String,
    /// The content hash.
    document: DocumentId,
    given_id: Option<&'a str>,
    outlet: Option<&'a str>,
    title: Option<&'a str>,
}

impl<'a> Member<'a> {
    fn of(document: &'a Document) -> Self {
        let given_id = document.given_id.as_deref();
        Self {
            id: given_id.map_or_else(|| document.id.to_string(), str::to_owned),
            document: document.id,
            given_id,
            outlet: document.outlet.as_deref(),
            title: document.title.as_ref().map(|title| title.text.as_str()),
        }
    }
}

/// Prints one record a story.
pub fn run(args: &Stories, session: &Session<'_>) -> Result<Outcome> {
    if let Some(store) = args.inputs.store(&args.question.between)? {
        stored::note_if_outdated(&store, session)?;
        return stored::stories(&store, &args.question, &args.output, session);
    }
    let mut sink = Sink::open(args.output.output.as_deref())?;
    let progress = session.console.progress("reading");
    let grouped = session.stories(&args.inputs.given().to_read(), || progress.inc(1))?;
    progress.finish_and_clear();
    for story in &grouped.grouping.stories {
        json_line(&mut sink, &line(story, &grouped.documents))
            .context("could not write a record")?;
    }
    sink.finish()?;
    Ok(session.outcome(&grouped.problems))
}

/// `documents` are in id order.
fn line<'a>(story: &'a Story, documents: &'a [Document]) -> Line<'a> {
    let find = |id: &DocumentId| documents.binary_search_by_key(id, |document| document.id).ok();
    let found = story.documents.iter().filter_map(find).map(|at| Member::of(&documents[at]));
    Line {
        id: story.id,
        title: &story.title,
        documents: found.collect(),
        date: story.date.into(),
        reason: &story.reason,
    }
}
