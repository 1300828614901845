//! `stemma quotes`: who said what.

use anyhow::Result;
use clap::Args;
use stemma_engine::archive::{self, QuoteQuery, QuoteRow};

use crate::Outcome;
use crate::commands::Session;
use crate::commands::listing::{Between, Form, Row, StoreFile, or_empty, print, short};

/// Find quotations in a store: by whom, about what, when
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma quotes --store news.stemma --by Merkel --about \"refugees OR asylum\" --since 2015
  stemma quotes --about '\"red line\"' --csv --limit 1000 -o red-line.csv
  stemma quotes --by Merkel --like 'We will manage this'")]
pub struct Quotes {
    #[command(flatten)]
    pub store: StoreFile,
    /// Said by somebody of this name, in full or in part, or with this id (`e-…`)
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// With these words: "a phrase", begin*, -without, this OR that
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    pub about: Option<String>,
    /// Those first that say the like of this, in whatever words
    #[arg(long, value_name = "TEXT")]
    pub like: Option<String>,
    #[command(flatten)]
    pub between: Between,
    /// Carried by this outlet
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    #[command(flatten)]
    pub form: Form,
}

impl Row for QuoteRow {
    const SHOWN: &'static [&'static str] = &["date", "who", "words", "outlet", "document"];
    const FIELDS: &'static [&'static str] = &[
        "date", "person", "entity", "speaker", "status", "kind", "cue", "text", "outlet", "title",
        "document", "given_id", "start", "end", "id",
    ];

    fn cells(&self) -> Vec<String> {
        let who = self.person.as_ref().or(self.speaker.as_ref());
        vec![
            or_empty(self.date.as_ref()),
            who.map_or_else(|| format!("({})", self.status), Clone::clone),
            short(&self.text, 280),
            or_empty(self.outlet.as_ref()),
            self.document.to_string(),
        ]
    }
}

/// Prints the quotations that are asked for, newest or nearest first.
pub fn run(args: &Quotes, session: &Session<'_>) -> Result<Outcome> {
    let query = QuoteQuery {
        by: args.by.clone(),
        about: args.about.clone(),
        since: args.between.since,
        until: args.between.until,
        outlet: args.outlet.clone(),
        documents: None,
        page: args.form.page(),
    };
    let store = args.store.read()?;
    let found = match &args.like {
        Some(text) => archive::quotes_like(&store, text, &query)?,
        None => store.quotes(&query)?,
    };
    print(&found, &args.form, session)
}
