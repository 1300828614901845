//! The quality floors, on the gold corpora that lie beside the repository.
//!
//! A corpus that is not there is named and passed over: the texts may not be in the repository.

use std::path::{Path, PathBuf};

use stemma_eval::{Floors, Suite};

/// Scores `suite` on `corpus` below the folder of gold corpora and holds it against the floors.
#[track_caller]
fn check(suite: Suite, corpus: &str) {
    let dir = beside("../../../shared/gold").join(corpus);
    hold(suite, &dir, &dir);
}

/// A path from this crate's folder on.
fn beside(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Scores `suite` on `dir` and holds it against the floors; passes over it without `needed`.
#[track_caller]
fn hold(suite: Suite, dir: &Path, needed: &Path) {
    if !needed.exists() {
        eprintln!("SKIPPED: no gold corpus at {}", needed.display());
        return;
    }
    let scores = suite.score(dir).expect("the corpus can be scored");
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
fn reuse() {
    let texts = beside("../../../shared/corpus/allsides.jsonl.zst");
    hold(Suite::Reuse, &texts, &texts);
}

#[test]
fn paraphrase() {
    check(Suite::Paraphrase, "paraphrase");
}

#[test]
fn seeds() {
    check(Suite::Seeds, "seeds");
}

#[test]
fn coref() {
    check(Suite::Coref, "coref");
}

#[test]
fn basil() {
    check(Suite::Basil, "basil");
}

#[test]
fn conditions() {
    let texts = beside("../../../shared/corpus/allsides.jsonl.zst");
    hold(Suite::Conditions, &beside("../../testdata/conditions"), &texts);
}

#[test]
fn timeml() {
    check(Suite::Timeml, "timeml");
}

#[test]
fn timeline() {
    check(Suite::Timeline, "timeline");
}

#[test]
fn datetime() {
    check(Suite::Datetime, "datetime-specs");
}

#[test]
fn polnear_dev() {
    check(Suite::Polnear, "polnear/dev");
}

#[test]
fn stories() {
    check(Suite::Stories, "ecbplus");
    check(Suite::Stories, "basil");
}
