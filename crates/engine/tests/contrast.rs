//! How the five reports of `../shared/seeds` differ, held against what a careful reader finds.
//!
//! Passed over, with a line that says so, where the reports are not there.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;
use stemma_engine::{Engine, Input, reconstruct};
use stemma_model::{Cell, DocumentId, Record, Source};

/// A path beside the repository.
fn shared(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path)
}

/// The record behind the seeds; `None` where they are not there.
fn seeds() -> Option<&'static Record> {
    static RECORD: LazyLock<Option<Record>> = LazyLock::new(|| {
        let folder = shared("seeds");
        if !folder.is_dir() {
            eprintln!("SKIPPED: no reports at {}", folder.display());
            return None;
        }
        let engine = Engine::open(NonZeroUsize::MIN, |_| {}).expect("the model is installed");
        Some(reconstruct(engine.collect(&[Input::Path(folder)], || ()), &[]))
    });
    RECORD.as_ref()
}

/// The documents by the start of their file's name: `000` to `004`.
fn document(record: &Record, number: &str) -> DocumentId {
    let named = |source: &Source| match source {
        Source::Path { path, .. } => {
            Path::new(path).file_name().is_some_and(|n| n.to_string_lossy().starts_with(number))
        }
        _ => false,
    };
    record.documents.iter().find(|d| named(&d.source)).expect("a seed of that number").id
}

/// Holds which reports have a point with these words against the one that alone has it.
#[track_caller]
fn check_only(words: &str, number: &str) {
    let Some(record) = seeds() else { return };
    let mut told = BTreeSet::new();
    for coverage in &record.contrast.coverage {
        for cell in coverage.cells.iter().filter(|cell| cell.state != Cell::Absent) {
            let text = record.documents.iter().find(|d| d.id == cell.document).expect("a column");
            if cell.evidence.iter().any(|span| text.slice(*span).contains(words)) {
                told.insert(cell.document);
            }
        }
    }
    assert_eq!(told, BTreeSet::from([document(record, number)]), "who has {words:?}");
}

#[test]
fn what_one_report_alone_has_is_told_by_one() {
    check_only("£57 billion", "004");
    check_only("overwhelmingly voted", "000");
    check_only("presidents of nine NATO countries", "002");
}

#[test]
fn terms_are_those_of_the_key() {
    let (Some(record), key) = (seeds(), shared("gold/seeds/key.json")) else { return };
    let Ok(key) = std::fs::read_to_string(&key) else {
        eprintln!("SKIPPED: no key at {}", key.display());
        return;
    };
    let key: Value = serde_json::from_str(&key).expect("the key is JSON");
    let concepts = key["terms"].as_object().expect("terms by concept");
    for (form, reports) in concepts.values().filter_map(Value::as_object).flatten() {
        let folded = form.to_lowercase();
        let term = record.contrast.terms.iter().find(|term| term.form == folded);
        let uses = term.unwrap_or_else(|| panic!("no term {form:?}")).uses.iter();
        let found: BTreeSet<DocumentId> = uses.map(|place| place.document).collect();
        for report in reports.as_array().expect("reports") {
            let number =
                format!("00{}", report.as_str().expect("S0 to S4").trim_start_matches('S'));
            assert!(found.contains(&document(record, &number)), "{form:?} in {number}");
        }
    }
}

#[test]
fn conditions_on_membership_stand_together() {
    let Some(record) = seeds() else { return };
    let (label, members) = record.condition_groups.first().expect("conditions were found");
    assert!(label.contains("Membership") && members.len() >= 12, "{label}: {}", members.len());
    let reports: BTreeSet<DocumentId> = members.iter().map(|(document, _)| *document).collect();
    assert!(reports.len() >= 3, "from several reports");
}

#[test]
fn a_headline_that_rewords_its_condition_says_so() {
    let Some(record) = seeds() else { return };
    let of = |number: &str| {
        let id = document(record, number);
        record.contrast.headlines.iter().find(|h| h.document == id).expect("a headline")
    };
    let reworded = |number: &str| {
        of(number).differences.iter().any(|words| words.starts_with("has the condition as"))
    };
    assert!(reworded("000") && !of("000").support.is_empty());
    assert!(reworded("001"));
    assert!(!of("001").differences.iter().any(|words| words.starts_with("leaves out")));
}

#[test]
fn a_speakers_own_words_commit_him() {
    let Some(record) = seeds() else { return };
    let lasting =
        record.positions.iter().find(|p| p.reason.parts.iter().any(|r| r.rule == "how-long"));
    let position = lasting.expect("“as long as it takes” is a commitment");
    let holder = record.entities.iter().find(|e| Some(e.id) == position.entity).expect("a holder");
    assert_eq!(holder.name, "Jens Stoltenberg");
    let urged = record.positions.iter().filter_map(|p| p.towards).any(|place| {
        let text = record.documents.iter().find(|d| d.id == place.document).expect("a document");
        text.slice(place.span).contains("Stoltenberg") || text.slice(place.span).contains("chief")
    });
    assert!(urged, "somebody is urged to something");
}
