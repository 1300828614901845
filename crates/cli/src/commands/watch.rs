//! `stemma watch`: feeds into a store, as they change.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer};
use stemma_engine::archive::{self, Added, Store};

use crate::Outcome;
use crate::commands::Session;
use crate::commands::add::{compare, told};
use crate::commands::listing::StoreFile;
use crate::commands::web::{Asking, Web, is_address};

/// How long a feed is left alone where the list does not say, by judgement: news is hardly older
/// when it is read, and a site answers four requests an hour.
const EVERY: SignedDuration = SignedDuration::from_mins(15);

/// No feed is asked more often, whatever the list says.
const LEAST: SignedDuration = SignedDuration::from_secs(10);

/// How long to sleep at most before looking at the list and the clock again: a machine that was
/// suspended goes on within a minute.
const NAP: SignedDuration = SignedDuration::from_secs(60);

/// Poll a list of feeds and sitemaps, and add what is new
#[derive(Debug, Args)]
#[command(after_help = "The list is TOML, and is read again before each round:

  every = \"15m\"

  [[feed]]
  url = \"https://news.example/feed.xml\"

  [[feed]]
  url = \"https://paper.example/sitemap-news.xml\"
  every = \"2h\"

A feed that fails is left alone for twice as long each time, up to a day. What is known of each
feed is kept in the store: a watch that is stopped goes on where it was.

Examples:
  stemma watch feeds.toml --store news.stemma --contact desk@example.org
  stemma watch feeds.toml --once --quiet       for cron")]
pub struct Watch {
    /// The list of feeds
    #[arg(value_name = "FEEDS.toml")]
    pub list: PathBuf,
    #[command(flatten)]
    pub store: StoreFile,
    /// Ask the feeds that are due, once, and end
    #[arg(long)]
    pub once: bool,
    /// Leave comparing the documents to a later run
    #[arg(long)]
    pub later: bool,
    #[command(flatten)]
    pub web: Web,
}

/// What is watched.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default, deserialize_with = "duration")]
    every: Option<SignedDuration>,
    #[serde(default)]
    feed: Vec<Feed>,
}

/// A feed or sitemap.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Feed {
    url: String,
    #[serde(default, deserialize_with = "duration")]
    every: Option<SignedDuration>,
}

fn duration<'de, D: Deserializer<'de>>(source: D) -> Result<Option<SignedDuration>, D::Error> {
    let text = String::deserialize(source)?;
    let found: SignedDuration = text.parse().map_err(|_| {
        serde::de::Error::custom(format!("`{text}` is no span of time such as `15m` or `2h`"))
    })?;
    Ok(Some(found))
}

impl List {
    fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("could not read the list of feeds `{}`", path.display()))?;
        Self::parse(&text).with_context(|| format!("`{}` is no list of feeds", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        let list: Self = toml::from_str(text)?;
        if list.feed.is_empty() {
            bail!("it names no feed; each is a `[[feed]]` with a `url`");
        }
        if let Some(feed) = list.feed.iter().find(|feed| !is_address(Path::new(&feed.url))) {
            bail!("`{}` is no web address", feed.url);
        }
        Ok(list)
    }

    fn every(&self, feed: &Feed) -> SignedDuration {
        feed.every.or(self.every).unwrap_or(EVERY).max(LEAST)
    }
}

/// Asks feeds as they fall due: for ever, or once.
pub fn run(args: &Watch, session: &Session<'_>) -> Result<Outcome> {
    let mut list = List::read(&args.list)?;
    let mut store = args.store.write()?;
    let engine = session.engine()?;
    let asking =
        Asking { most: args.web.most, fetcher: args.web.fetcher(), engine: &engine, session };
    loop {
        let outcome = round(&list, &asking, args.later, &mut store)?;
        if args.once {
            return Ok(outcome);
        }
        thread::sleep(until_due(&list, &store)?);
        // A list that is being edited may be broken for a moment: the last one holds.
        match List::read(&args.list) {
            Ok(read) => list = read,
            Err(error) => session.console.note(&format!("{error:#}; the list before it is kept")),
        }
    }
}

/// Asks every feed that is due, and compares what came.
fn round(list: &List, asking: &Asking<'_>, later: bool, store: &mut Store) -> Result<Outcome> {
    let mut problems = Vec::new();
    let mut added = Added::default();
    let mut asked = 0;
    for feed in &list.feed {
        if archive::next_visit(store, &feed.url, Timestamp::now())?.is_some() {
            continue;
        }
        asked += 1;
        let address = std::slice::from_ref(&feed.url);
        added += asking.ask(store, address, list.every(feed), &mut problems)?.added;
    }
    if added.new + added.renewed > 0 && !later {
        compare(store, asking.session)?;
    }
    if asked > 0 {
        let feeds = if asked == 1 { "1 feed".to_owned() } else { format!("{asked} feeds") };
        asking.session.console.note(&format!("{feeds} asked: {}", told(added, store)?));
    }
    Ok(asking.session.outcome(&problems))
}

/// How long until a feed is due: a second at least, a minute at most.
fn until_due(list: &List, store: &Store) -> Result<Duration> {
    let now = Timestamp::now();
    let mut pause = NAP;
    for feed in &list.feed {
        let next = archive::next_visit(store, &feed.url, now)?;
        pause = pause.min(next.map_or(SignedDuration::ZERO, |next| next.duration_since(now)));
    }
    Ok(pause.max(SignedDuration::from_secs(1)).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        let list = List::parse(
            "every = \"1h\"\n[[feed]]\nurl = \"https://a.example/f\"\n[[feed]]\n\
             url = \"https://b.example/f\"\nevery = \"1s\"\n",
        )
        .expect("a list");
        assert_eq!(list.every(&list.feed[0]), SignedDuration::from_hours(1));
        assert_eq!(list.every(&list.feed[1]), LEAST);
        let list = List::parse("[[feed]]\nurl = \"http://a.example\"").expect("a list");
        assert_eq!(list.every(&list.feed[0]), EVERY);
    }

    #[test]
    fn a_list_that_cannot_be_meant_is_refused() {
        for (text, says) in [
            ("every = \"1h\"", "names no feed"),
            ("[[feed]]\nurl = \"news.xml\"", "no web address"),
            ("every = \"often\"\n[[feed]]\nurl = \"http://a.example\"", "no span of time"),
            ("[[feeds]]\nurl = \"http://a.example\"", "unknown field"),
        ] {
            let error = List::parse(text).expect_err(text);
            assert!(format!("{error:#}").contains(says), "{error:#}");
        }
    }
}
