//! Parquet files of other programs, as `dev/parquet_peers.py` writes them: every row is read as it
//! was written.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use stemma_ingest::{Input, pieces};

/// The columns that a writer of flat tables is given.
const FLAT: [&str; 4] = ["text", "same", "small", "float"];

#[test]
fn rows_are_read_as_others_wrote_them() {
    let Some(folder) = std::env::var_os("STEMMA_PARQUET_PEERS").map(PathBuf::from) else {
        eprintln!("skipped: STEMMA_PARQUET_PEERS names no folder of dev/parquet_peers.py");
        return;
    };
    let lines = fs::read_to_string(folder.join("rows.jsonl")).expect("the rows");
    let rows: Vec<Map<String, Value>> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a row")).collect();
    let entries =
        fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("one").path());
    let files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "parquet")).collect();
    files.iter().for_each(|path| check(path, &rows));
    eprintln!("{} files of {} rows each", files.len(), rows.len());
    assert!(!files.is_empty());
}

fn check(path: &Path, rows: &[Map<String, Value>]) {
    let name = path.file_name().expect("a name").to_string_lossy();
    let mut count = 0;
    for (piece, row) in pieces(&[Input::Path(path.to_owned())]).zip(rows) {
        let piece = piece.unwrap_or_else(|problem| panic!("{name}: {}", problem.message));
        let mut found: Map<String, Value> = serde_json::from_slice(&piece.bytes).expect("a row");
        let mut expected = row.clone();
        if name.starts_with("flat") {
            found.retain(|column, _| FLAT.contains(&column.as_str()));
            expected.retain(|column, _| FLAT.contains(&column.as_str()));
        }
        count += 1;
        assert_eq!(found, expected, "{name}, row {count}");
    }
    assert_eq!(count, rows.len(), "{name}");
}
