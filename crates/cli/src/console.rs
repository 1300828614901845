//! What the user is told while and after we work: progress, notes, skipped inputs.

use std::io::{IsTerminal, Write, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use stemma_model::Problem;

use crate::args::{Color, Global};

/// How many skipped inputs are named one by one before the rest is only counted.
const NAMED: usize = 100;

/// Standard error, as this run may use it.
pub struct Console {
    quiet: bool,
    color: bool,
    terminal: bool,
}

impl Console {
    /// The console that the flags ask for.
    #[must_use]
    pub fn new(global: &Global) -> Self {
        let terminal = stderr().is_terminal();
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        };
        Self { quiet: global.quiet, color, terminal }
    }

    /// Whether messages are coloured.
    #[must_use]
    pub fn color(&self) -> bool {
        self.color
    }

    /// A counter of documents, drawn on a terminal only.
    #[must_use]
    pub fn progress(&self, doing: &'static str) -> ProgressBar {
        if self.quiet || !self.terminal {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner().with_message(doing);
        let style = ProgressStyle::with_template(
            "{spinner} {msg} {human_pos} documents ({per_sec}, {elapsed})",
        );
        bar.set_style(style.expect("the template is well formed"));
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }

    /// Tells a counter how many documents there will be, so that it can say how long that takes.
    pub fn expect(bar: &ProgressBar, total: u64) {
        let style = ProgressStyle::with_template(
            "{spinner} {msg} {human_pos} of {human_len} documents ({per_sec}, {eta} left)",
        );
        bar.set_length(total);
        bar.set_style(style.expect("the template is well formed"));
    }

    /// Says one line that is not a result.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.line(&format!("stemma: {text}"));
        }
    }

    /// Names the inputs that were skipped; returns how many.
    pub fn skipped<'p>(&self, problems: impl IntoIterator<Item = &'p Problem>) -> usize {
        let skipped: Vec<&Problem> =
            problems.into_iter().filter(|problem| problem.skipped).collect();
        for problem in skipped.iter().take(NAMED) {
            self.line(&self.describe(problem));
        }
        if let Some(more) = skipped.len().checked_sub(NAMED).filter(|&more| more > 0) {
            self.line(&format!("… and {more} more inputs skipped"));
        }
        skipped.len()
    }

    /// Prints the error that ends the run, with its causes.
    pub fn error(&self, error: &anyhow::Error) {
        let label = self.paint("1;31", "error:");
        let mut text = format!("{label} {error}");
        for cause in error.chain().skip(1) {
            text.push_str(&format!("\n  caused by: {cause}"));
        }
        self.line(&text);
    }

    fn describe(&self, problem: &Problem) -> String {
        let place = problem.place.as_deref().map(|place| format!("{place}: ")).unwrap_or_default();
        let hint = problem.hint.as_deref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        let label = self.paint("1;33", "skipped");
        format!("{label} {place}{}{hint} [{}]", problem.message, problem.code)
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Standard error may be closed; there is nobody left to tell then.
    fn line(&self, text: &str) {
        let _ = writeln!(stderr().lock(), "{text}");
    }
}
