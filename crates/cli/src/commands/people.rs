//! `stemma people`: who and what is mentioned.

use anyhow::Result;
use clap::{Args, ValueEnum};
use stemma_engine::archive::{PeopleQuery, PersonRow};
use stemma_model::MentionKind;

use crate::Outcome;
use crate::commands::Session;
use crate::commands::listing::{Form, Row, StoreFile, print};

/// List people, organisations and places in a store, most mentioned first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma people --store news.stemma --kind person
  stemma people lavrov --json")]
pub struct People {
    #[command(flatten)]
    pub store: StoreFile,
    /// Of this name, in full or in part, or with this id (`e-…`)
    pub name: Option<String>,
    /// Only of this kind
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    #[command(flatten)]
    pub form: Form,
}

/// What may be mentioned.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    /// One person
    Person,
    /// An organisation, agency or company
    Organisation,
    /// A country, town or other place
    Place,
    /// Several people
    Group,
    /// Anything else
    Other,
}

impl From<Kind> for MentionKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Organisation => Self::Organisation,
            Kind::Place => Self::Place,
            Kind::Group => Self::Group,
            Kind::Other => Self::Other,
        }
    }
}

impl Row for PersonRow {
    const SHOWN: &'static [&'static str] =
        &["name", "kind", "mentions", "documents", "quotes", "also written", "id"];
    const FIELDS: &'static [&'static str] =
        &["name", "kind", "mentions", "documents", "quotes", "forms", "id"];

    fn cells(&self) -> Vec<String> {
        let others: Vec<&str> =
            self.forms.iter().filter(|form| **form != self.name).map(String::as_str).collect();
        vec![
            self.name.clone(),
            self.kind.clone(),
            self.mentions.to_string(),
            self.documents.to_string(),
            self.quotes.to_string(),
            others.join("; "),
            self.id.to_string(),
        ]
    }
}

/// Prints the people that are asked for.
pub fn run(args: &People, session: &Session<'_>) -> Result<Outcome> {
    let query = PeopleQuery {
        name: args.name.clone(),
        kind: args.kind.map(MentionKind::from),
        page: args.form.page(),
    };
    print(&args.store.read()?.people(&query)?, &args.form, session)
}
