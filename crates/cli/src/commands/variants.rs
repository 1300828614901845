//! `stemma variants`: every utterance with its versions.

use std::io::Write;

use anyhow::{Context, Result};
use stemma_report::records::dossier;

use crate::Outcome;
use crate::args::{VariantFormat, Variants};
use crate::commands::{Session, json_line, stored};
use crate::output::Sink;

/// Prints one record an utterance, or a critical apparatus of them all.
pub fn run(args: &Variants, session: &Session<'_>) -> Result<Outcome> {
    if let Some(store) = args.inputs.store(&args.question.between)? {
        stored::note_if_outdated(&store, session)?;
        return stored::variants(&store, args.by.as_ref(), &args.question, &args.output, session);
    }
    let mut sink = Sink::open(args.output.output.as_deref())?;
    let record = session.record(&args.inputs.given())?;
    match args.format {
        VariantFormat::Jsonl => {
            for utterance in &dossier(&record).utterances {
                json_line(&mut sink, utterance).context("could not write a record")?;
            }
        }
        VariantFormat::Tei => sink
            .write_all(stemma_engine::apparatus(&record).as_bytes())
            .context("could not write the apparatus")?,
    }
    sink.finish()?;
    Ok(session.outcome(&record.problems))
}
