//! `stemma search`: full text, and sentences that say the like.

use anyhow::Result;
use clap::Args;
use stemma_engine::archive::{self, LikeRow, NearQuery, SearchQuery, SearchRow};

use crate::Outcome;
use crate::commands::Session;
use crate::commands::listing::{Between, Form, Row, StoreFile, or_empty, print, short};

/// Search the texts of a store, by words or by meaning, best first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma search --store news.stemma '\"travel ban\" -airline court*'
  stemma search hurricane relief --since 2017-08 --until 2017-12 --json
  stemma search --store news.stemma -- hurricane -relief
  stemma search --like 'Parliament voted against the budget'")]
pub struct Search {
    #[command(flatten)]
    pub store: StoreFile,
    /// The words: all must occur, inflected or not; "a phrase", begin*, -without, this OR that
    #[arg(required_unless_present = "like", value_name = "WORDS")]
    pub words: Vec<String>,
    /// Instead of words: the sentences that say the like of this one, in whatever words
    #[arg(long, value_name = "TEXT", conflicts_with = "words")]
    pub like: Option<String>,
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

impl Row for LikeRow {
    const SHOWN: &'static [&'static str] =
        &["likeness", "date", "outlet", "headline", "sentence", "document"];
    const FIELDS: &'static [&'static str] =
        &["likeness", "date", "outlet", "title", "text", "document", "given_id", "start", "end"];

    fn cells(&self) -> Vec<String> {
        vec![
            format!("{:.2}", self.likeness),
            or_empty(self.date.as_ref()),
            or_empty(self.outlet.as_ref()),
            or_empty(self.title.as_ref()),
            short(&self.text, 280),
            self.document.to_string(),
        ]
    }
}

/// Prints the documents or sentences that fit.
pub fn run(args: &Search, session: &Session<'_>) -> Result<Outcome> {
    if let Some(text) = &args.like {
        let query = NearQuery {
            since: args.between.since,
            until: args.between.until,
            outlet: args.outlet.clone(),
        };
        let store = args.store.read()?;
        let found = archive::like(&store, text, &query, args.form.page())?;
        return print(&found, &args.form, session);
    }
    let query = SearchQuery {
        words: args.words.join(" "),
        since: args.between.since,
        until: args.between.until,
        outlet: args.outlet.clone(),
        page: args.form.page(),
    };
    print(&args.store.read()?.search(&query)?, &args.form, session)
}
