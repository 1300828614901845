//! `stemma parse`: the tokens of the English pipeline.

use std::io::Write;

use anyhow::{Context, Result};
use stemma_engine::{Conllu, Doc, Item, parse_record};
use stemma_model::Document;

use crate::Outcome;
use crate::args::{Parse, ParseFormat};
use crate::commands::{Session, json_line};
use crate::output::Sink;

/// Streams one parse a document.
pub fn run(args: &Parse, session: &Session<'_>) -> Result<Outcome> {
    let engine = session.engine()?;
    let mut sink = Sink::open(args.output.output.as_deref())?;
    let progress = session.console.progress("parsing");
    let mut problems = Vec::new();
    engine.parse(&args.inputs.to_read(), |item| {
        progress.inc(1);
        match item {
            Item::Problem(problem) => problems.push(problem),
            Item::Document(document, doc) => {
                write(&mut sink, args.format, &document, &doc)
                    .context("could not write a parse")?;
            }
        }
        anyhow::Ok(())
    })?;
    progress.finish_and_clear();
    sink.finish()?;
    Ok(session.outcome(&problems))
}

fn write(sink: &mut Sink, format: ParseFormat, document: &Document, doc: &Doc) -> Result<()> {
    let id = document.given_id.clone().unwrap_or_else(|| document.id.to_string());
    match format {
        ParseFormat::Jsonl => json_line(sink, &parse_record::Record::new(id, doc)),
        ParseFormat::Conllu => {
            write!(sink, "{}", Conllu::new(&id, doc))?;
            Ok(())
        }
    }
}
