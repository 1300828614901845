//! `stemma compare`: two documents side by side, or the versions of one.

use std::io::Write;

use anyhow::{Context, Result, bail};
use clap::Args;
use stemma_engine::archive::{Comparison, Difference, Edit, Side, Store, Stored, compare, edits};

use crate::Outcome;
use crate::args::Output;
use crate::commands::listing::StoreFile;
use crate::commands::{Session, json_line};
use crate::output::Sink;

/// Put two documents of a store side by side, or list what was edited in reports
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma compare --store news.stemma d-3f2a d-91c0
  stemma compare https://news.example/a https://other.example/b --json
  stemma compare --edits                 reports that were changed after publication")]
pub struct Compare {
    #[command(flatten)]
    pub store: StoreFile,
    /// Two documents: an id or the start of one, the input's own id, or a URL
    #[arg(num_args = 2, value_name = "DOCUMENT", required_unless_present = "edits")]
    pub documents: Vec<String>,
    /// List the reports that stand at one address in several versions, with what was changed
    #[arg(long, conflicts_with = "documents")]
    pub edits: bool,
    /// Print JSON, one record a line
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub output: Output,
}

/// Prints what differs.
pub fn run(args: &Compare, session: &Session<'_>) -> Result<Outcome> {
    let store = args.store.read()?;
    let mut sink = Sink::open(args.output.output.as_deref())?;
    if args.edits {
        let edits = edits(&store)?;
        for edit in &edits {
            if args.json {
                json_line(&mut sink, edit)?;
            } else {
                write_edit(&mut sink, edit).context("could not write an edit")?;
            }
        }
        session.console.note(&format!("{} edits", edits.len()));
    } else {
        let (a, b) = (document(&store, &args.documents[0])?, document(&store, &args.documents[1])?);
        let comparison = compare(&a, &b);
        if comparison.a.document == comparison.b.document {
            bail!("both are the document {}: name two", comparison.a.document);
        }
        if args.json {
            json_line(&mut sink, &comparison)?;
        } else {
            write_comparison(&mut sink, &comparison).context("could not write the comparison")?;
        }
    }
    sink.finish()?;
    Ok(Outcome::Done)
}

/// The one document that `name` means.
pub fn document(store: &Store, name: &str) -> Result<Stored> {
    let mut found = store.find_document(name)?;
    if let Some(address) =
        stemma_engine::archive::canonical_address(name).filter(|_| found.is_empty())
    {
        found = store.find_document(&address)?;
    }
    match found.as_slice() {
        [] => bail!(
            "no document goes by `{name}`: give its id, the start of it, its own id or its URL"
        ),
        [id] => {
            store.stored(*id)?.with_context(|| format!("{id} has no annotations; run `stemma add`"))
        }
        several => {
            let names: Vec<String> = several.iter().take(5).map(ToString::to_string).collect();
            bail!("`{name}` could be {} documents: {}", several.len(), names.join(", "))
        }
    }
}

fn write_edit(sink: &mut Sink, edit: &Edit) -> Result<()> {
    let told = |time: &Option<String>| time.clone().unwrap_or_else(|| "?".into());
    let order = if edit.ordered { "" } else { " (which came first is not known)" };
    writeln!(
        sink,
        "{}: between {} and {}{order}",
        edit.address,
        told(&edit.after),
        told(&edit.before)
    )?;
    write_comparison(sink, &edit.changes)
}

fn write_comparison(sink: &mut Sink, comparison: &Comparison) -> Result<()> {
    write_side(sink, "A", &comparison.a)?;
    write_side(sink, "B", &comparison.b)?;
    let shorter = comparison.a.words.min(comparison.b.words).max(1);
    let share = 100.0 * f64::from(comparison.shared_words) / f64::from(shorter);
    writeln!(sink, "shared   {} words, {share:.0} % of the shorter", comparison.shared_words)?;
    for difference in &comparison.differences {
        writeln!(sink, "{}", line(difference))?;
    }
    Ok(writeln!(sink)?)
}

fn write_side(sink: &mut Sink, name: &str, side: &Side) -> Result<()> {
    let parts = [side.date.as_ref(), side.outlet.as_ref(), side.title.as_ref()];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    Ok(writeln!(
        sink,
        "{name}        {} · {} · {} words",
        side.document,
        parts.join(" · "),
        side.words
    )?)
}

fn line(difference: &Difference) -> String {
    let who = |name: &Option<String>| name.clone().unwrap_or_else(|| "somebody".into());
    match difference {
        Difference::QuoteAltered { speaker, a, b, changes, .. } => {
            format!("altered  {}: {}\n     A   {a}\n     B   {b}", who(speaker), changes.join(", "))
        }
        Difference::QuoteReattributed { text, a, b } => {
            format!("whose?   {} in A, {} in B: {text}", who(a), who(b))
        }
        Difference::QuoteOnlyInFirst { speaker, text } => {
            format!("quote A  {}: {text}", who(speaker))
        }
        Difference::QuoteOnlyInSecond { speaker, text } => {
            format!("quote B  {}: {text}", who(speaker))
        }
        Difference::FigureChanged { a, b, sentence } => format!("figure   {a} → {b}: {sentence}"),
        Difference::HeadlineChanged { a, b } => format!("headline {a} → {b}"),
        Difference::SentenceOnlyInFirst { text } => format!("only A   {text}"),
        Difference::SentenceOnlyInSecond { text } => format!("only B   {text}"),
    }
}
