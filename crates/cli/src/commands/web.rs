//! Fetching, as `stemma add URL` and `stemma watch` do it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use jiff::{SignedDuration, Timestamp};
use stemma_engine::Engine;
use stemma_engine::archive::{self, FetchOptions, Fetcher, Store, Visited, Visiting};
use stemma_model::Problem;

use crate::commands::Session;
use crate::commands::add::adding;

/// The longest pause between requests that makes sense: an hour.
const MOST_SECONDS: f64 = 3600.0;

/// How the web is asked.
#[derive(Debug, Args)]
#[command(next_help_heading = "From the web")]
pub struct Web {
    /// Seconds between two requests to one host; a site can ask for more
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pub pause: f64,
    /// How many announced pages to fetch at most; the next run goes on from there
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub most: usize,
    /// Name this in requests, so that sites know whom to write to: an address of mail or web
    #[arg(long, value_name = "TEXT")]
    pub contact: Option<String>,
    /// Ask hosts in private networks, too
    #[arg(long)]
    pub allow_private: bool,
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
    let allowed = (0.0..=MOST_SECONDS).contains(&seconds);
    allowed.then_some(seconds).ok_or_else(|| format!("expected 0 to {MOST_SECONDS} seconds"))
}

impl Web {
    /// What asks, by these rules.
    pub fn fetcher(&self) -> Fetcher {
        let defaults = FetchOptions::default();
        let contact = self.contact.as_ref().map(|contact| format!("; {contact}"));
        // What is no printable ASCII may not stand in a header.
        let contact = contact.unwrap_or_default().replace(|c: char| !(' '..='~').contains(&c), " ");
        Fetcher::new(FetchOptions {
            user_agent: defaults.user_agent.replace(')', &format!("{contact})")),
            pause: Duration::from_secs_f64(self.pause),
            allow_private: self.allow_private,
            ..defaults
        })
    }
}

/// Whether an argument is an address of the web rather than a path.
pub fn is_address(argument: &Path) -> bool {
    let text = argument.to_string_lossy().to_ascii_lowercase();
    text.starts_with("http://") || text.starts_with("https://")
}

/// Asks addresses, with one set of rules and one loaded engine.
pub struct Asking<'a> {
    /// How many announced pages are fetched at most.
    pub most: usize,
    /// What asks.
    pub fetcher: Fetcher,
    /// What reads.
    pub engine: &'a Engine,
    /// What the user is told.
    pub session: &'a Session<'a>,
}

impl Asking<'_> {
    /// Fetches what stands at `addresses`, and what that announces, into `store`. The addresses
    /// are not to be asked again by themselves for `pause`.
    pub fn ask(
        &self,
        store: &mut Store,
        addresses: &[String],
        pause: SignedDuration,
        problems: &mut Vec<Problem>,
    ) -> Result<Visited> {
        let progress = self.session.console.progress("fetching");
        let visiting =
            Visiting { fetcher: &self.fetcher, pause, most: self.most, now: Timestamp::now() };
        let visited = archive::fetch(
            store,
            addresses,
            &visiting,
            &adding(self.engine, self.session),
            |visited| progress.set_position(visited.answered),
            |problem| problems.push(problem.clone()),
        );
        progress.finish_and_clear();
        let visited = visited.context("not all was fetched; run the command again to go on")?;
        if visited.left > 0 {
            let left = visited.left;
            let note = format!("{left} announced pages are left; run the command again");
            self.session.console.note(&note);
        }
        Ok(visited)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_paths() {
        for address in ["http://a.example", "HTTPS://a.example/feed"] {
            assert!(is_address(Path::new(address)), "{address}");
        }
        for path in ["http", "https:", "reports/http://x", "-", "ftp://a.example", "ééééé"] {
            assert!(!is_address(Path::new(path)), "{path}");
        }
    }
}
