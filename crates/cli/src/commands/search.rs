//! `stemma search`: full text.

use anyhow::Result;
use clap::Args;
use stemma_engine::archive::{SearchQuery, SearchRow};

use crate::Outcome;
use crate::commands::Session;
use crate::commands::listing::{Between, Form, Row, StoreFile, or_empty, print};

/// Search the texts of a store, best first, with the place that fits
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma search --store news.stemma '\"travel ban\" -airline court*'
  stemma search hurricane relief --since 2017-08 --until 2017-12 --json")]
pub struct Search {
    #[command(flatten)]
    pub store: StoreFile,
    /// The words: all must occur, inflected or not; "a phrase", begin*, -without, this OR that
    #[arg(required = true, value_name = "WORDS", allow_hyphen_values = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub between: Between,
    /// Carried by this outlet
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    #[command(flatten)]
    pub form: Form,
}

impl Row for SearchRow {
    const SHOWN: &'static [&'static str] = &["date", "outlet", "headline", "place", "document"];
    const FIELDS: &'static [&'static str] =
        &["date", "outlet", "title", "snippet", "score", "document", "given_id"];

    fn cells(&self) -> Vec<String> {
        vec![
            or_empty(self.date.as_ref()),
            or_empty(self.outlet.as_ref()),
            or_empty(self.title.as_ref()),
            self.snippet.split_whitespace().collect::<Vec<_>>().join(" "),
            self.document.to_string(),
        ]
    }
}

/// Prints the documents that fit.
pub fn run(args: &Search, session: &Session<'_>) -> Result<Outcome> {
    let query = SearchQuery {
        words: args.words.join(" "),
        since: args.between.since,
        until: args.between.until,
        outlet: args.outlet.clone(),
        page: args.form.page(),
    };
    print(&args.store.read()?.search(&query)?, &args.form, session)
}
