//! `stemma annotate`: what each document attests.

use anyhow::{Context, Result};
use stemma_engine::Item;
use stemma_report::records::{annotate_record, citron_record};

use crate::Outcome;
use crate::args::{Annotate, AnnotateFormat};
use crate::commands::{Session, json_line};
use crate::output::Sink;

/// Streams one record a document.
pub fn run(args: &Annotate, session: &Session<'_>) -> Result<Outcome> {
    let engine = session.engine()?;
    let mut sink = Sink::open(args.output.output.as_deref())?;
    let progress = session.console.progress("annotating");
    let mut problems = Vec::new();
    engine.annotate(&args.inputs.to_read(), |item| {
        progress.inc(1);
        match item {
            Item::Problem(problem) => problems.push(problem),
            Item::Document(document, annotations) => {
                let written = match args.format {
                    AnnotateFormat::Jsonl => {
                        json_line(&mut sink, &annotate_record(&document, &annotations, args.text))
                    }
                    AnnotateFormat::Citron => {
                        json_line(&mut sink, &citron_record(&document, &annotations))
                    }
                };
                written.context("could not write a record")?;
            }
        }
        anyhow::Ok(())
    })?;
    progress.finish_and_clear();
    sink.finish()?;
    Ok(session.outcome(&problems))
}
