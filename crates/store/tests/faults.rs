//! What happens when things go wrong: nothing committed is lost, and the message helps.

mod common;

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{entry, record};
use proptest::prelude::*;
use proptest::test_runner::Config;
use stemma_model::{Correction, DocumentId, Named};
use stemma_store::{Entry, Error, QuoteQuery, SearchQuery, Store};
use tempfile::TempDir;

fn put(store: &mut Store, numbers: std::ops::Range<u64>) -> Result<(), Error> {
    let mut batch = store.batch()?;
    batch.put(numbers.map(entry).collect())?;
    batch.commit()
}

/// A store with `n` documents and what could be reconstructed from them, closed.
fn made(folder: &TempDir, n: u64) -> PathBuf {
    let path = folder.path().join("news.stemma");
    let mut store = Store::open(&path).unwrap();
    put(&mut store, 0..n).unwrap();
    let entries: Vec<Entry> = (0..n).map(entry).collect();
    let mut batch = store.batch().unwrap();
    batch.reconstruct(&record(&entries), "basis").unwrap();
    batch.commit().unwrap();
    path
}

fn dump(store: &Store) -> Vec<u8> {
    let mut out = Vec::new();
    store.dump(&mut out).unwrap();
    out
}

fn check_message(error: &Error, expected: &str) {
    let message = error.to_string();
    assert!(message.contains(expected), "`{message}` should say `{expected}`");
}

#[test]
fn a_missing_file_is_not_made_by_reading() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("none.stemma");
    let error = Store::open_read_only(&path).unwrap_err();
    assert!(error.is_missing() && !path.exists());
    check_message(&error, "stemma add");
    let error = Store::open(folder.path().join("no/folder/x.stemma")).unwrap_err();
    assert!(error.is_missing(), "{error:?}");
}

#[test]
fn other_peoples_files_are_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("other.db");
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        .unwrap();
    let before = fs::read(&path).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(error.is_damaged());
    check_message(&error, "not of Stemma's");
    assert_eq!(fs::read(&path).unwrap(), before);

    fs::write(&path, "Bridge to close\n\nThis is a report, not a database.".repeat(90)).unwrap();
    assert!(Store::open(&path).unwrap_err().is_damaged());
}

#[test]
fn a_newer_version_is_told_from_damage() {
    let folder = TempDir::new().unwrap();
    let path = made(&folder, 3);
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 999).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(error.is_newer_version() && !error.is_damaged());
    check_message(&error, "999");
}

#[test]
fn readers_see_the_last_commit_while_one_writes() {
    let folder = TempDir::new().unwrap();
    let path = made(&folder, 5);
    let mut writer = Store::open(&path).unwrap();
    let readers = [(); 3].map(|()| Store::open_read_only(&path).unwrap());
    let mut batch = writer.batch().unwrap();
    batch.put((5..9).map(entry).collect()).unwrap();
    assert!(readers.iter().all(|reader| reader.len().unwrap() == 5));
    batch.commit().unwrap();
    assert!(readers.iter().all(|reader| reader.len().unwrap() == 9));
}

#[test]
fn what_is_asked_at_once_sees_one_state() {
    let folder = TempDir::new().unwrap();
    let path = made(&folder, 5);
    let mut writer = Store::open(&path).unwrap();
    let reader = Store::open_read_only(&path).unwrap();
    let seen = reader.unchanging(|| {
        let before = reader.len()?;
        let mut batch = writer.batch()?;
        batch.put((5..9).map(entry).collect())?;
        batch.commit()?;
        // One question inside another ends with the outer one.
        let after = reader.unchanging(|| reader.len())?;
        Ok::<_, stemma_store::Error>((before, after, reader.len()?))
    });
    assert_eq!(seen.unwrap(), (5, 5, 5));
    assert_eq!(reader.len().unwrap(), 9);
}

#[test]
fn a_batch_that_is_dropped_leaves_nothing() {
    let mut store = Store::in_memory().unwrap();
    let empty = dump(&store);
    store.batch().unwrap().put((0..4).map(entry).collect()).unwrap();
    assert_eq!(dump(&store), empty);
}

#[test]
fn a_second_writer_is_told_and_a_patient_one_waits() {
    let folder = TempDir::new().unwrap();
    let path = made(&folder, 2);
    let mut first = Store::open(&path).unwrap();
    let mut second = Store::open(&path).unwrap().with_patience(Duration::from_millis(50)).unwrap();
    let batch = first.batch().unwrap();
    let error = second.batch().unwrap_err();
    assert!(error.is_busy());
    check_message(&error, "another program is writing");
    let mut patient = Store::open(&path).unwrap();
    let waiting = std::thread::spawn(move || put(&mut patient, 2..4));
    std::thread::sleep(Duration::from_millis(100));
    batch.commit().unwrap();
    waiting.join().unwrap().unwrap();
    assert_eq!(second.len().unwrap(), 4);
}

#[test]
fn a_full_disk_stops_the_batch_and_nothing_before_it() {
    let folder = TempDir::new().unwrap();
    let path = made(&folder, 20);
    let limit = fs::metadata(&path).unwrap().len() + (256 << 10);
    let mut store = Store::open(&path).unwrap().with_size_limit(limit).unwrap();
    let before = store.len().unwrap();
    let mut kept = before;
    let error = loop {
        match put(&mut store, kept..kept + 20) {
            Ok(()) => kept += 20,
            Err(error) => break error,
        }
    };
    assert!(error.is_full(), "{error:?}");
    check_message(&error, "free some");
    drop(store);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.len().unwrap(), kept);
    put(&mut store, kept..kept + 20).expect("there is room again");
}

/// A real full disk, where the test may mount one.
#[test]
fn a_full_file_system_is_told_as_such() {
    let folder = TempDir::new().unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(folder.path())
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("skipped: this test may not mount a small file system");
        return;
    }
    let result = std::panic::catch_unwind(|| {
        let mut store = Store::open(folder.path().join("news.stemma")).unwrap();
        let mut kept = 0;
        let error = loop {
            match put(&mut store, kept..kept + 20) {
                Ok(()) => kept += 20,
                Err(error) => break error,
            }
        };
        assert!(error.is_full(), "{error:?}");
        assert_eq!(store.len().unwrap(), kept);
    });
    let unmounted = Command::new("umount").arg("-l").arg(folder.path()).status().unwrap();
    assert!(unmounted.success());
    result.unwrap();
}

#[test]
fn a_read_only_file_answers_and_refuses() {
    let folder = TempDir::new().unwrap();
    let path = made(&folder, 6);
    let (mut mode, mut folder_mode) = (
        fs::metadata(&path).unwrap().permissions(),
        fs::metadata(folder.path()).unwrap().permissions(),
    );
    mode.set_readonly(true);
    folder_mode.set_readonly(true);
    fs::set_permissions(&path, mode).unwrap();
    fs::set_permissions(folder.path(), folder_mode.clone()).unwrap();
    let store = Store::open_read_only(&path).unwrap();
    assert_eq!(store.quotes(&QuoteQuery::default()).unwrap().total, 6);
    drop(store);
    let refused = Store::open(&path).and_then(|mut store| put(&mut store, 6..7));
    #[allow(
        clippy::permissions_set_readonly_false,
        reason = "a temporary folder must be removable"
    )]
    folder_mode.set_readonly(false);
    fs::set_permissions(folder.path(), folder_mode).unwrap();
    match refused {
        Err(error) => assert!(error.is_read_only() || error.is_missing(), "{error:?}"),
        Ok(()) => eprintln!("skipped: whoever runs this test may write everywhere"),
    }
}

#[test]
fn a_clock_that_goes_back_loses_no_time() {
    let mut store = Store::in_memory().unwrap();
    let id = entry(1).document.id;
    let mut batch = store.batch().unwrap();
    batch.put(vec![entry(1)]).unwrap();
    for at in ["2026-05-04T10:00:00Z", "2026-05-01T00:00:00Z", "2026-05-03T00:00:00Z"] {
        batch.seen(id, at).unwrap();
    }
    batch.commit().unwrap();
    let arrival = store.arrival(id).unwrap().unwrap();
    assert_eq!(
        (arrival.first.as_str(), arrival.last.as_str()),
        ("2026-05-01T00:00:00Z", "2026-05-04T10:00:00Z")
    );
}

#[test]
fn corrections_outlive_everything_else() {
    let folder = TempDir::new().unwrap();
    let path = made(&folder, 6);
    let same = Correction::SamePerson {
        a: Named::everywhere("Ada Lind"),
        b: Named { name: "A. Lind".into(), document: Some(DocumentId::of(&["x"])) },
    };
    let ignore = Correction::Ignore { document: DocumentId::of(&["y"]), quote: None };
    let mut store = Store::open(&path).unwrap();
    let mut batch = store.batch().unwrap();
    let number = batch.correct(&same, "2026-05-04T10:00:00Z", Some("the initial")).unwrap();
    assert_eq!(batch.correct(&same, "2026-05-05T10:00:00Z", None).unwrap(), number, "once");
    batch.correct(&ignore, "2026-05-05T10:00:00Z", None).unwrap();
    batch.commit().unwrap();
    let mut batch = store.batch().unwrap();
    batch.reconstruct(&record(&[]), "again").unwrap();
    assert!(batch.undo(number + 1, "2026-05-06T00:00:00Z").unwrap());
    assert!(!batch.undo(number + 1, "2026-05-07T00:00:00Z").unwrap(), "only once");
    batch.commit().unwrap();
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.corrections_in_force().unwrap(), [same]);
    let all = store.corrections().unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].note.as_deref(), Some("the initial"));
    assert_eq!(all[1].undone.as_deref(), Some("2026-05-06T00:00:00Z"));
}

/// Asks everything there is to ask; only that nothing panics counts.
fn ask_everything(path: &Path) -> Result<(), Error> {
    let store = Store::open(path)?;
    let mut failed = Ok(());
    let mut note = |result: Result<(), Error>| {
        if let Err(error) = result {
            failed = Err(error);
        }
    };
    note(
        store.quotes(&QuoteQuery { about: Some("crowns".into()), ..Default::default() }).map(drop),
    );
    note(store.search(&SearchQuery { words: "council".into(), ..Default::default() }).map(drop));
    note(store.near(&[1; 24], &stemma_store::NearQuery::default(), 5).map(drop));
    note(store.people(&Default::default()).map(drop));
    note(store.stories(&Default::default()).map(drop));
    note(store.timeline(&Default::default()).map(drop));
    note(store.variants(&Default::default()).map(drop));
    match store.listing() {
        Ok(rows) => rows.iter().for_each(|row| note(store.stored(row.id).map(drop))),
        Err(error) => note(Err(error)),
    }
    note(store.dump(&mut std::io::sink()));
    failed
}

#[test]
fn a_damaged_page_is_told_as_damage() {
    let folder = TempDir::new().unwrap();
    let path = made(&folder, 40);
    let length = fs::metadata(&path).unwrap().len();
    let mut told = 0;
    for page in 1..length / 8192 {
        let copy = folder.path().join("copy.stemma");
        fs::copy(&path, &copy).unwrap();
        let mut file = OpenOptions::new().write(true).open(&copy).unwrap();
        file.seek(SeekFrom::Start(page * 8192)).unwrap();
        file.write_all(&[0xa5; 8192]).unwrap();
        drop(file);
        if let Err(error) = ask_everything(&copy) {
            assert!(error.is_damaged(), "page {page}: {error:?}");
            told += 1;
        }
    }
    assert!(told > length / 8192 / 3, "{told} of {} damaged pages were met", length / 8192);
}

proptest! {
    #![proptest_config(Config { cases: 48, ..Config::default() })]
    #[test]
    fn whatever_the_file_holds_opening_it_does_not_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..60),
        keep in 0.0..1.2_f64,
    ) {
        let folder = TempDir::new().unwrap();
        let path = made(&folder, 8);
        let mut bytes = Vec::new();
        File::open(&path).unwrap().read_to_end(&mut bytes).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate((bytes.len() as f64 * keep.min(1.0)) as usize);
        fs::write(&path, &bytes).unwrap();
        let _ = ask_everything(&path);
    }
}

/// Which file a child of [`killed_at_any_moment`] writes to.
const CHILD: &str = "STEMMA_TEST_KILLED_CHILD";
/// How many documents a child puts in a batch, after which it prints how many there are.
const BATCH: u64 = 5;

/// Not a test of its own: the process that is killed.
#[test]
#[ignore = "runs as a child of the kill tests"]
fn child() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let mut store = Store::open(path).unwrap();
    let mut at = store.len().unwrap();
    loop {
        put(&mut store, at..at + BATCH).unwrap();
        at += BATCH;
        // Straight to the pipe: the harness keeps what is printed.
        let mut out = OpenOptions::new().write(true).open("/dev/stdout").unwrap();
        writeln!(out, "committed {at}").unwrap();
    }
}

/// Kills a writer `times` times and checks after each that everything it had told as committed is
/// there, whole, and nothing half done.
fn kill(times: u64) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("news.stemma");
    Store::open(&path).unwrap();
    let mut least = 0;
    for round in 0..times {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--ignored", "--nocapture", "--quiet"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // Spread over the start, the batches and the commits: 5 to 65 ms.
        std::thread::sleep(Duration::from_micros(5_000 + (round * 7_919) % 60_000));
        child.kill().unwrap();
        let mut told = String::new();
        child.stdout.take().unwrap().read_to_string(&mut told).unwrap();
        child.wait().unwrap();
        let committed = told.lines().filter_map(|line| line.strip_prefix("committed "));
        let committed = committed.filter_map(|n| n.trim().parse().ok()).max().unwrap_or(least);
        let store = Store::open(&path).unwrap();
        let found = store.len().unwrap();
        assert!(
            found >= committed && found.is_multiple_of(BATCH),
            "{committed} told, {found} found"
        );
        least = found;
    }
    let store = Store::open(&path).unwrap();
    assert!(store.damage().unwrap().is_empty());
    let mut full = Store::in_memory().unwrap();
    put(&mut full, 0..least).unwrap();
    assert!(least > 0 && dump(&store) == dump(&full), "after {times} kills at {least} documents");
    eprintln!("{times} kills, {least} documents, none lost");
}

#[test]
fn killed_at_any_moment() {
    kill(20);
}

#[test]
#[ignore = "takes minutes: run by hand"]
fn killed_five_hundred_times() {
    kill(500);
}
