//! The quality floors, on the gold corpora that lie beside the repository.
//!
//! A corpus that is not there is named and passed over: the texts may not be in the repository.

use std::path::{Path, PathBuf};

use stemma_eval::{Floors, Suite};

/// Scores `suite` on `corpus` below the folder of gold corpora and holds it against the floors.
#[track_caller]
fn check(suite: Suite, corpus: &str) {
    let dir: PathBuf =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold").join(corpus);
    if !dir.is_dir() {
        eprintln!("SKIPPED: no gold corpus at {}", dir.display());
        return;
    }
    let scores = suite.score(&dir).expect("the corpus can be scored");
    println!("{scores}");
    let floors = Floors::pinned();
    assert!(floors.covers(&scores), "no floor is pinned for {suite} on corpus {}", scores.corpus);
    let broken = floors.broken(&scores);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn article_extraction() {
    check(Suite::ArticleExtraction, "article-extraction");
}

#[test]
fn stories() {
    check(Suite::Stories, "ecbplus");
    check(Suite::Stories, "basil");
}
