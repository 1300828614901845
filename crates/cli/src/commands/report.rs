//! `stemma report`: the dossier.

use std::io::Write;

use anyhow::{Context, Result};
use stemma_model::Record;
use stemma_report::records::dossier;

use crate::Outcome;
use crate::args::{Format, Report};
use crate::commands::{Session, json_line, stored};
use crate::output::Sink;

/// Makes the record behind the inputs and writes it as one file.
pub fn run(args: &Report, session: &Session<'_>) -> Result<Outcome> {
    // Opened first: nobody should wait for a dossier that cannot be written.
    let mut sink = Sink::open(args.output.output.as_deref())?;
    let record = match args.inputs.store()? {
        Some(store) => {
            let words =
                args.query.as_deref().context("give `--query WORDS` to choose from the store")?;
            stored::record(&store, words, &args.between, args.limit, session)?
        }
        None => session.record(&args.inputs.given())?,
    };
    write(&mut sink, args.format, &record).context("could not write the dossier")?;
    sink.finish()?;
    session.console.note(&summary(&record, args));
    Ok(session.outcome(&record.problems))
}

fn write(sink: &mut Sink, format: Format, record: &Record) -> Result<()> {
    match format {
        Format::Json => json_line(sink, &dossier(record)),
        Format::Html => Ok(sink.write_all(stemma_report::html(record).as_bytes())?),
        Format::Md => Ok(sink.write_all(stemma_report::markdown(record).as_bytes())?),
    }
}

/// What was found, in a line.
fn summary(record: &Record, args: &Report) -> String {
    let place = args.output.output.as_deref().map(|path| format!(" in {}", path.display()));
    format!(
        "{}, {}, {}, {}{}",
        count(record.documents.len(), "report"),
        count(record.stories.len(), "story"),
        count(record.quotes().filter(|(_, quote)| quote.is_saying()).count(), "quotation"),
        count(record.alignments.len(), "copied passage"),
        place.unwrap_or_default()
    )
}

fn count(n: usize, what: &str) -> String {
    match (n, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{n} {stem}ies"),
        (_, None) => format!("{n} {what}s"),
    }
}
