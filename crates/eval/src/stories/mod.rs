//! Stories against ECB+ and BASIL, through the same call as `stemma stories`.
//!
//! ECB+ (Cybulska and Vossen 2014): a folder is a story; the two folders of a topic tell different
//! events of one kind. It is scored in the parts: topics 1 to 20, on which thresholds were
//! chosen, 21 to 35, and whatever lies above. BASIL (Fan et al. 2019): the three outlets' reports of
//! one event are a story; scored with the reports' dates and without. Beside each stands plain
//! TF-IDF with average link ([`peer`]). The score is B³ (Bagga and Baldwin 1998), as `score.py`
//! beside ECB+ computes it.

mod bcubed;
mod gold;
mod peer;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;

use stemma_engine::{Engine, Input, read_stories};

use crate::corpus::digest;
use crate::error::{Error, Kind};
use crate::reading::lines;
use crate::{Metric, Scores};

use bcubed::bcubed;
use gold::{Part, Report, parts};

/// Scores the corpus in `dir`: ECB+ (folders `1ecb`, `1ecbplus` …) or BASIL (`articles/`).
///
/// # Errors
/// When the corpus is neither, or cannot be read.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let parts = parts(dir)?;
    let mut metrics = Vec::new();
    for part in &parts {
        let gold = part.gold();
        metrics.extend(bcubed(&found(part)?, &gold).metrics(&part.name));
        let peer = bcubed(&peer::stories(&part.reports), &gold);
        metrics.push(Metric::new(format!("{}, TF-IDF average link B3 F1", part.name), peer.f1()));
    }
    let documents = parts.iter().map(|part| part.reports.len()).max().unwrap_or_default();
    Ok(Scores { suite: "stories", corpus: digest(dir)?, documents, metrics })
}

/// The story of each report, as the command tells it; reports that were not read are in none.
fn found(part: &Part) -> Result<BTreeMap<String, usize>, Error> {
    let file =
        lines(&part.reports).map_err(|source| Kind::Read { path: std::env::temp_dir(), source })?;
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let open = || Engine::open(threads, |_| {});
    let read = read_stories(&[Input::Path(file.path().to_owned())], &[], threads, open, || {})?;
    let story: BTreeMap<_, usize> = read
        .grouping
        .stories
        .iter()
        .enumerate()
        .flat_map(|(at, story)| story.documents.iter().map(move |&id| (id, at)))
        .collect();
    let place = |document: &stemma_model::Document| {
        Some((document.given_id.clone()?, *story.get(&document.id)?))
    };
    Ok(read.documents.iter().filter_map(place).collect())
}

impl Part {
    fn gold(&self) -> BTreeMap<String, String> {
        self.reports.iter().map(|report| (report.id.clone(), report.story.clone())).collect()
    }
}
