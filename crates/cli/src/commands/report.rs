//! `stemma report`: the dossier.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::{Context, Result, bail};
use stemma_model::{Problem, Record};
use stemma_report::records::dossier;

use crate::Outcome;
use crate::args::{Format, Report};
use crate::commands::{Session, json_line, stored};
use crate::output::Sink;

/// Makes the record behind the inputs and writes it as one file.
pub fn run(args: &Report, session: &Session<'_>) -> Result<Outcome> {
    // Opened first: nobody should wait for a dossier that cannot be written.
    let mut sink = Sink::open(args.output.output.as_deref())?;
    let record = match args.inputs.store(&args.between)? {
        Some(store) => {
            let words =
                args.query.as_deref().context("give `--query WORDS` to choose from the store")?;
            stored::record(&store, words, &args.between, args.limit, session)?
        }
        None => session.record(&args.inputs.given())?,
    };
    if record.documents.is_empty() {
        session.outcome(&record.problems);
        bail!("there is no report in the inputs, so no dossier was written");
    }
    write(&mut sink, args.format, &record).context("could not write the dossier")?;
    sink.finish()?;
    session.console.note(&summary(&record, args));
    noted(&record).iter().for_each(|noted| session.console.note(noted));
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

/// The problems that cost no input, counted by their codes; the dossier has each at its place.
fn noted(record: &Record) -> Option<String> {
    let attested = record.documents.iter().zip(&record.annotations);
    let of_documents = attested
        .flat_map(|(document, attested)| document.problems.iter().chain(&attested.problems));
    let all: BTreeSet<&Problem> = record.problems.iter().chain(of_documents).collect();
    let mut counts = BTreeMap::<&str, usize>::new();
    for problem in all.into_iter().filter(|problem| !problem.skipped) {
        *counts.entry(&problem.code).or_default() += 1;
    }
    let counts: Vec<String> =
        counts.into_iter().map(|(code, count)| format!("{code} {count}")).collect();
    (!counts.is_empty()).then(|| format!("noted in it: {}", counts.join(", ")))
}

fn count(n: usize, what: &str) -> String {
    match (n, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{n} {stem}ies"),
        (_, None) => format!("{n} {what}s"),
    }
}
