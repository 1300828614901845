//! Stores of every version that was ever released open and answer.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{entry, record};
use stemma_model::{Correction, Named};
use stemma_store::{Entry, QuoteQuery, Store};
use tempfile::TempDir;

/// How many documents a fixture has.
const DOCUMENTS: u64 = 6;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/store")
}

fn correction() -> Correction {
    Correction::SamePerson { a: Named::everywhere("Ada Lind"), b: Named::everywhere("A. Lind") }
}

fn fill(store: &mut Store) {
    let entries: Vec<Entry> = (0..DOCUMENTS).map(entry).collect();
    let mut batch = store.batch().unwrap();
    batch.put(entries.clone()).unwrap();
    batch.reconstruct(&record(&entries), "basis").unwrap();
    batch.correct(&correction(), "2026-05-04T10:00:00Z", Some("an initial")).unwrap();
    batch.commit().unwrap();
}

fn dump(store: &Store) -> Vec<u8> {
    let mut out = Vec::new();
    store.dump(&mut out).unwrap();
    out
}

#[test]
fn every_released_version_opens_and_holds_what_it_held() {
    let mut fresh = Store::in_memory().unwrap();
    fill(&mut fresh);
    let mut versions = 0;
    for file in fs::read_dir(fixtures()).unwrap() {
        let file = file.unwrap().path();
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("old.stemma");
        fs::copy(&file, &path).unwrap();
        let store = Store::open(&path).unwrap();
        assert_eq!(store.len().unwrap(), DOCUMENTS, "{}", file.display());
        assert!(store.damage().unwrap().is_empty());
        assert_eq!(store.corrections_in_force().unwrap(), [correction()]);
        assert_eq!(store.quotes(&QuoteQuery::default()).unwrap().total, DOCUMENTS);
        assert!(
            dump(&store) == dump(&fresh),
            "{} does not migrate to today's rows",
            file.display()
        );
        versions += 1;
    }
    assert!(versions > 0);
}

/// Run once when a version is released: `cargo test -p stemma-store -- --ignored write_fixture`.
#[test]
#[ignore = "writes into testdata"]
fn write_fixture() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("new.stemma");
    fill(&mut Store::open(&path).unwrap());
    let connection = rusqlite::Connection::open(&path).unwrap();
    let version: i64 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM;")
        .unwrap();
    drop(connection);
    fs::copy(&path, fixtures().join(format!("v{version}.stemma"))).unwrap();
}
