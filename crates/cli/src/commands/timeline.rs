//! `stemma timeline`: the dated events behind the reports.

use std::io::Write;

use anyhow::{Context, Result};
use stemma_report::records::dossier;

use crate::Outcome;
use crate::args::{Timeline, TimelineFormat};
use crate::commands::{Session, json_line, stored};
use crate::output::Sink;

/// Prints one entry an event.
pub fn run(args: &Timeline, session: &Session<'_>) -> Result<Outcome> {
    if let Some(store) = args.inputs.store()? {
        stored::note_if_outdated(&store, session)?;
        return stored::timeline(&store, &args.question, &args.output, session);
    }
    let mut sink = Sink::open(args.output.output.as_deref())?;
    let record = session.record(&args.inputs.given())?;
    match args.format {
        TimelineFormat::Jsonl => {
            for entry in &dossier(&record).timeline {
                json_line(&mut sink, entry).context("could not write a record")?;
            }
        }
        TimelineFormat::Csv => sink.write_all(stemma_report::timeline_csv(&record).as_bytes())?,
        TimelineFormat::Ics => sink.write_all(stemma_report::timeline_ics(&record).as_bytes())?,
    }
    sink.finish()?;
    Ok(session.outcome(&record.problems))
}
