//! The real binary over a store, as users run it.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const FIRST: &str = r#"{"id":"first","url":"https://www.city.example/bridge?utm_source=feed","outlet":"City News","title":"Bridge to close","published":"2026-05-04","text":"Bridge to close\n\n“We will close the bridge on Monday only if the repairs cost more than 40 million crowns,” Mayor Ana Brok said on Sunday. Residents were not surprised by the plan."}"#;
const SECOND: &str = r#"{"id":"second","url":"https://m.city.example/bridge","outlet":"City News","title":"Bridge to close","published":"2026-05-05","text":"Bridge to close\n\n“We would close the bridge on Monday only if the repairs cost more than 40 million crowns,” Mayor Ana Brok said on Monday. Residents were not surprised by the plan."}"#;

/// A folder with two reports in a store.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("reports.jsonl"), format!("{FIRST}\n{SECOND}\n"))
        .expect("a file");
    check(folder.path(), &["add", "reports.jsonl"], 0, &["2 new", "2 documents in all"]);
    folder
}

/// Runs `stemma ARGUMENTS` in `folder` with the store `news.stemma`; checks the exit code and what
/// standard error says; gives standard output.
#[track_caller]
fn check(folder: &Path, arguments: &[&str], code: i32, says: &[&str]) -> String {
    let mut command = Command::cargo_bin("stemma").expect("the binary was built");
    let output = command
        .current_dir(folder)
        .env("STEMMA_STORE", "news.stemma")
        .args(arguments)
        .output()
        .expect("the binary runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
    for part in says {
        assert!(errors.contains(part), "no {part:?} in: {errors}");
    }
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

#[test]
fn questions_are_answered_as_tables_json_and_csv() {
    let folder = folder();
    let ask = |arguments: &[&str]| check(folder.path(), arguments, 0, &[]);
    let quotes = lines(&ask(&["quotes", "--by", "brok", "--about", "bridge", "--json"]));
    assert_eq!(quotes.len(), 2);
    assert_eq!(quotes[0]["given_id"], "second", "newest first");
    let table = ask(&["quotes", "--by", "Brok"]);
    assert!(table.contains("Ana Brok") && table.contains("City News"), "{table}");
    let csv = ask(&["quotes", "--csv"]);
    assert!(csv.starts_with("date,person,") && csv.lines().count() == 3, "{csv}");
    assert_eq!(ask(&["quotes", "--since", "2027"]), "");
    assert!(ask(&["search", "\"repairs cost\""]).contains("[repairs cost]"));
    let behind = ask(&["search", "repairs", "cost", "--store", "news.stemma", "--json"]);
    assert_eq!(lines(&behind).len(), 2, "{behind}");
    assert_eq!(ask(&["search", "--json", "--", "repairs", "-cost"]), "");
    assert!(ask(&["people", "--kind", "person"]).contains("Ana Brok"));
    assert!(ask(&["stories", "--json"]).contains("Bridge to close"));
    assert!(ask(&["report", "--query", "bridge", "--format", "md"]).contains("Ana Brok"));
    for command in ["timeline", "variants"] {
        ask(&[command]);
        ask(&[command, "--csv"]);
    }
    let says = ask(&["timeline", "--of", "Ana Brok"]);
    assert!(says.contains("Ana Brok speaks: `say`"), "{says}");
}

#[test]
fn adding_again_changes_nothing_and_verify_is_content() {
    let folder = folder();
    check(folder.path(), &["add", "reports.jsonl"], 0, &["0 new, 2 known"]);
    check(folder.path(), &["verify"], 0, &["2 documents", "all as they were stored"]);
    std::fs::write(folder.path().join("bad.jsonl"), "not JSON\n").expect("a file");
    check(folder.path(), &["add", "bad.jsonl"], 1, &["bad.jsonl:1", "1 skipped"]);
}

#[test]
fn edits_of_one_report_are_told() {
    let folder = folder();
    let out = check(folder.path(), &["compare", "--edits"], 0, &["1 edits"]);
    assert!(
        out.contains("https://city.example/bridge: between 2026-05-04 and 2026-05-05"),
        "{out}"
    );
    assert!(out.contains("will → would"), "{out}");
    let out = check(folder.path(), &["compare", "first", "second", "--json"], 0, &[]);
    assert_eq!(lines(&out)[0]["differences"][0]["kind"], "quote-altered");
    check(folder.path(), &["compare", "first", "third"], 2, &["no document goes by `third`"]);
}

#[test]
fn corrections_are_made_listed_carried_over_and_undone() {
    let folder = folder();
    let quotes = lines(&check(folder.path(), &["quotes", "--json"], 0, &[]));
    let id = quotes[0]["id"].as_str().expect("an id");
    check(
        folder.path(),
        &["correct", "speaker", id, "Ben Stone", "--note", "heard it"],
        0,
        &["correction 1"],
    );
    assert!(check(folder.path(), &["correct", "list"], 0, &[]).contains("Ben Stone — heard it"));
    let exported = check(folder.path(), &["correct", "export"], 0, &[]);
    std::fs::write(folder.path().join("c.jsonl"), &exported).expect("a file");
    check(folder.path(), &["correct", "undo", "1"], 0, &[]);
    check(folder.path(), &["correct", "undo", "1"], 2, &["no correction 1 in force"]);
    check(folder.path(), &["correct", "import", "c.jsonl"], 0, &["1 corrections"]);
    check(
        folder.path(),
        &["correct", "same-person", "Nobody Known", "Ana Brok"],
        2,
        &["nobody in this store"],
    );
}

#[test]
fn what_is_exported_can_be_added_elsewhere() {
    let folder = folder();
    check(folder.path(), &["export", "documents", "-o", "out.jsonl"], 0, &[]);
    let annotations = |store: &str| {
        let out = check(folder.path(), &["export", "annotations", "--store", store], 0, &[]);
        let mut texts: Vec<Value> =
            lines(&out).iter().map(|record| record["text"].clone()).collect();
        texts.sort_by_key(ToString::to_string);
        texts
    };
    check(folder.path(), &["add", "--store", "other.stemma", "out.jsonl"], 0, &["2 new"]);
    assert_eq!(annotations("news.stemma"), annotations("other.stemma"));
}

#[test]
fn without_a_store_the_message_says_how_to_make_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    check(folder.path(), &["quotes"], 2, &["there is no such file", "stemma add"]);
    check(folder.path(), &["compare", "a"], 2, &["DOCUMENT"]);
}
