//! `stemma why`: why two documents are one story, or are not.

use std::io::{Write, stdout};

use anyhow::{Context, Result, bail};
use stemma_model::{Document, DocumentId, Reason, Source};

use crate::Outcome;
use crate::args::Why;
use crate::commands::{Session, file_name};

/// Prints the reasons as an indented tree.
pub fn run(args: &Why, session: &Session<'_>) -> Result<Outcome> {
    let progress = session.console.progress("reading");
    let grouped = session.stories(&args.inputs.to_read(), || progress.inc(1))?;
    progress.finish_and_clear();
    let a = find(&grouped.documents, &args.a)?;
    let b = find(&grouped.documents, &args.b)?;
    let reason = grouped.grouping.why(a, b).context("these two were not compared")?;
    let mut out = stdout().lock();
    for (which, id) in [("first", a), ("second", b)] {
        writeln!(out, "{which}: {}", named(&grouped.documents, id))
            .context("could not write to standard output")?;
    }
    write_tree(&mut out, &reason, 0).context("could not write to standard output")?;
    Ok(session.outcome(&grouped.problems))
}

/// The document that goes by `name`: its own id, its content hash, its path or its file name.
fn find(documents: &[Document], name: &str) -> Result<DocumentId> {
    let goes_by = |document: &&Document| {
        let path = match &document.source {
            Source::Path { path, .. } => path.as_str(),
            Source::Url(url) => url.as_str(),
            Source::Stdin(_) => "",
        };
        document.given_id.as_deref() == Some(name)
            || document.id.to_string() == name
            || path == name
            || file_name(path) == name
    };
    let mut found = documents.iter().filter(goes_by);
    match (found.next(), found.next()) {
        (Some(document), None) => Ok(document.id),
        (None, _) => bail!("no document goes by `{name}`: give its id, its path or its file name"),
        (Some(_), Some(_)) => bail!("several documents go by `{name}`: give its id"),
    }
}

/// The headline of a document, with its outlet and date where they are given.
fn named(documents: &[Document], id: DocumentId) -> String {
    let Some(document) = documents.iter().find(|document| document.id == id) else {
        return id.to_string();
    };
    let title = document.title.as_ref().map_or("(no headline)", |title| title.text.as_str());
    let known = [document.outlet.as_deref(), document.published.as_deref()];
    known.into_iter().flatten().fold(title.to_owned(), |name, part| format!("{name} · {part}"))
}

fn write_tree(out: &mut impl Write, reason: &Reason, depth: usize) -> std::io::Result<()> {
    let score = reason.score.map(|score| format!(" [{score:.2}]")).unwrap_or_default();
    writeln!(out, "{:indent$}{}: {}{score}", "", reason.rule, reason.note, indent = 2 * depth)?;
    reason.parts.iter().try_for_each(|part| write_tree(out, part, depth + 1))
}
