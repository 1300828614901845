//! `stemma timeline`: the dated events behind the reports, or all that one actor does and says.

use std::io::Write;

use anyhow::{Context, Result};
use stemma_model::Record;
use stemma_report::records::dossier;

use crate::Outcome;
use crate::args::{Timeline, TimelineFormat};
use crate::commands::stored::{self, Question};
use crate::commands::{Session, json_line};
use crate::output::Sink;

/// Prints one entry an event.
pub fn run(args: &Timeline, session: &Session<'_>) -> Result<Outcome> {
    let store = args.inputs.store(&args.question.between)?;
    if let Some(store) = &store {
        stored::note_if_outdated(store, session)?;
    }
    match (store, &args.of) {
        (Some(store), None) => stored::timeline(&store, &args.question, &args.output, session),
        (Some(store), Some(actor)) => {
            let named = stored::exactly(actor);
            let Question { between, shape, .. } = &args.question;
            let record = stored::record(&store, &named, between, shape.limit, session)?;
            write(args, &of(actor, record), session)
        }
        (None, of_whom) => {
            let record = session.record(&args.inputs.given())?;
            let record = match of_whom {
                Some(actor) => of(actor, record),
                None => record,
            };
            write(args, &record, session)
        }
    }
}

/// The record with the timeline of one actor in place of that of all.
fn of(actor: &str, record: Record) -> Record {
    let timeline = stemma_engine::of_actor(actor, &record.documents, &record.annotations);
    Record { timeline, ..record }
}

fn write(args: &Timeline, record: &Record, session: &Session<'_>) -> Result<Outcome> {
    let mut sink = Sink::open(args.output.output.as_deref())?;
    match args.format {
        TimelineFormat::Jsonl => {
            for entry in &dossier(record).timeline {
                json_line(&mut sink, entry).context("could not write a record")?;
            }
        }
        TimelineFormat::Csv => sink.write_all(stemma_report::timeline_csv(record).as_bytes())?,
        TimelineFormat::Ics => sink.write_all(stemma_report::timeline_ics(record).as_bytes())?,
    }
    sink.finish()?;
    if record.timeline.is_empty() {
        session.console.note("nothing found");
    }
    Ok(session.outcome(&record.problems))
}
