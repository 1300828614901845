//! What commands that read files answer from a store instead: stories, events, variants, dossiers.

use anyhow::{Result, bail};
use clap::Args;
use stemma_engine::archive::{
    self, Page, SearchQuery, Store, StoryQuery, StoryRow, TimelineQuery, TimelineRow, VariantQuery,
    VariantRow,
};
use stemma_engine::reconstruct;
use stemma_model::{DocumentId, Record};

use crate::Outcome;
use crate::args::Output;
use crate::commands::Session;
use crate::commands::listing::{Between, Form, Row, or_empty, print, short};

/// What is asked of a store.
#[derive(Debug, Args)]
#[command(next_help_heading = "With a store")]
pub struct Question {
    /// Only with these words: "a phrase", begin*, -without, this OR that
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true, conflicts_with = "paths")]
    pub about: Option<String>,
    #[command(flatten)]
    pub between: Between,
    /// Only what at least so many documents tell
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "paths")]
    pub at_least: u64,
    #[command(flatten)]
    pub shape: Shape,
}

/// How an answer is printed, beside the output that every command has.
#[derive(Debug, Args)]
pub struct Shape {
    /// Print JSON, one record a line, instead of a table
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print comma-separated values with a header, instead of a table
    #[arg(long, conflicts_with = "paths")]
    pub csv: bool,
    /// How many rows to print at most
    #[arg(long, value_name = "N", default_value_t = 20, conflicts_with = "paths")]
    pub limit: u64,
    /// How many rows to pass over first
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "paths")]
    pub skip: u64,
}

impl Question {
    fn form(&self, output: &Output) -> Form {
        let Shape { json, csv, limit, skip } = self.shape;
        Form { json, csv, limit, skip, output: output.clone() }
    }
}

impl Row for StoryRow {
    const SHOWN: &'static [&'static str] = &["from", "to", "story", "documents", "outlets", "id"];
    const FIELDS: &'static [&'static str] = &["from", "to", "title", "documents", "outlets", "id"];

    fn cells(&self) -> Vec<String> {
        vec![
            or_empty(self.from.as_ref()),
            or_empty(self.to.as_ref()),
            self.title.clone(),
            self.documents.to_string(),
            short(&self.outlets.join("; "), 80),
            self.id.to_string(),
        ]
    }
}

impl Row for TimelineRow {
    const SHOWN: &'static [&'static str] = &["from", "to", "event", "documents"];
    const FIELDS: &'static [&'static str] =
        &["from", "to", "precision", "status", "text", "documents", "place"];

    fn cells(&self) -> Vec<String> {
        let to = self.to.as_ref().filter(|to| Some(*to) != self.from.as_ref());
        vec![
            or_empty(self.from.as_ref()),
            or_empty(to),
            short(&self.text, 240),
            self.documents.to_string(),
        ]
    }
}

impl Row for VariantRow {
    const SHOWN: &'static [&'static str] = &["said", "who", "versions", "relations", "id"];
    const FIELDS: &'static [&'static str] =
        &["from", "to", "person", "relations", "documents", "quotes", "id"];

    fn cells(&self) -> Vec<String> {
        let version = |quote: &archive::QuoteRow| {
            let carrier = quote.outlet.as_ref().or(quote.title.as_ref());
            format!("{}: {}", short(&or_empty(carrier), 30), short(&quote.text, 160))
        };
        vec![
            or_empty(self.from.as_ref()),
            or_empty(self.person.as_ref()),
            self.quotes.iter().map(version).collect::<Vec<_>>().join("\n"),
            self.relations.join(", "),
            self.id.to_string(),
        ]
    }
}

/// Prints the stories that are asked for, newest first.
pub fn stories(
    store: &Store,
    question: &Question,
    output: &Output,
    session: &Session<'_>,
) -> Result<Outcome> {
    let form = question.form(output);
    let query = StoryQuery {
        about: question.about.clone(),
        document: None,
        since: question.between.since,
        until: question.between.until,
        at_least: question.at_least,
        page: form.page(),
    };
    print(&store.stories(&query)?, &form, session)
}

/// Prints the events that are asked for, in order of time.
pub fn timeline(
    store: &Store,
    question: &Question,
    output: &Output,
    session: &Session<'_>,
) -> Result<Outcome> {
    let form = question.form(output);
    let query = TimelineQuery {
        about: question.about.clone(),
        since: question.between.since,
        until: question.between.until,
        at_least: question.at_least,
        page: form.page(),
        ..TimelineQuery::default()
    };
    print(&store.timeline(&query)?, &form, session)
}

/// Prints the utterances in several versions that are asked for, most quoted first.
pub fn variants(
    store: &Store,
    by: Option<&String>,
    question: &Question,
    output: &Output,
    session: &Session<'_>,
) -> Result<Outcome> {
    let form = question.form(output);
    let query = VariantQuery {
        by: by.cloned(),
        about: question.about.clone(),
        relation: None,
        since: question.between.since,
        until: question.between.until,
        page: form.page(),
    };
    print(&store.variants(&query)?, &form, session)
}

/// The record behind the documents of a store that `words` find, best first, at most `limit`.
pub fn record(
    store: &Store,
    words: &str,
    between: &Between,
    limit: u64,
    session: &Session<'_>,
) -> Result<Record> {
    let query = SearchQuery {
        words: words.to_owned(),
        since: between.since,
        until: between.until,
        outlet: None,
        page: Page { skip: 0, take: limit },
    };
    let found = store.search(&query)?;
    if found.rows.is_empty() {
        bail!("no document in the store fits `{words}`");
    }
    if found.total > limit {
        let total = found.total;
        session.console.note(&format!("the {limit} best of {total} documents; `--limit` for more"));
    }
    let ids: Vec<DocumentId> = found.rows.iter().map(|row| row.document).collect();
    Ok(archive::part(store, &ids, session.threads, reconstruct)?)
}

/// Words of a search that find a name as it stands.
pub fn exactly(name: &str) -> String {
    format!("\"{}\"", name.replace('"', " "))
}

/// Says so where a store's answers are older than its documents.
pub fn note_if_outdated(store: &Store, session: &Session<'_>) -> Result<()> {
    if store.is_outdated()? {
        session
            .console
            .note("documents or corrections have come since; `stemma add` brings this up to date");
    }
    Ok(())
}
