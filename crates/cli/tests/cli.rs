//! The real binary, as users run it: exit codes, messages, streams.

use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// The binary in a folder of its own with `files`.
fn stemma(files: &[(&str, &[u8])]) -> (TempDir, Command) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    let mut command = Command::cargo_bin("stemma").expect("the binary was built");
    command.current_dir(folder.path());
    (folder, command)
}

const REPORT: &[u8] =
    "Bridge to close\n\n“We will close it,” Mayor Ana Brok said on Monday.\n".as_bytes();

/// Runs `stemma ARGUMENTS` over `files` and checks the exit code and that standard error holds
/// each of `says`; gives standard output.
#[track_caller]
fn check(files: &[(&str, &[u8])], arguments: &[&str], code: i32, says: &[&str]) -> String {
    let (_folder, mut command) = stemma(files);
    let output = command.args(arguments).output().expect("the binary runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{errors}");
    for part in says {
        assert!(errors.contains(part), "no {part:?} in: {errors}");
    }
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

#[test]
fn one_record_a_document() {
    let out = check(
        &[("a.txt", REPORT), ("b.txt", b"Another\n\nNothing said.")],
        &["annotate", "."],
        0,
        &[],
    );
    assert_eq!(out.lines().count(), 2);
    assert!(out.contains("Ana Brok"));
}

#[test]
fn the_rest_goes_on_past_bad_inputs_and_the_exit_code_remembers() {
    let files: &[(&str, &[u8])] = &[
        ("good.txt", REPORT),
        ("empty.txt", b""),
        ("binary.txt", &[0, 159, 146, 150, 0, 1, 2, 3]),
        ("lines.jsonl", b"{\"text\":\"One said: 'no'.\"}\nnot json\n{\"title\":\"no text\"}\n"),
    ];
    let says = ["empty.txt", "binary.txt", "lines.jsonl:2", "lines.jsonl:3"];
    let out = check(files, &["annotate", "."], 1, &says);
    assert_eq!(out.lines().count(), 2);
    let page = check(files, &["report", "."], 1, &says);
    assert!(page.contains("<html") && page.contains("lines.jsonl:2"));
}

#[test]
fn an_unbalanced_mark_costs_nothing_but_itself() {
    let text = "Title\n\n“We never close this, Ms Lee said.\n\n“We go on,” Mr Day said.".as_bytes();
    let out = check(&[("a.txt", text)], &["annotate", "a.txt"], 0, &[]);
    assert!(out.contains("We go on"));
    let open = "Title\n\n“We go on,” Mr Day said.\n\n“We never close this, Ms Lee said.".as_bytes();
    check(&[("a.txt", open)], &["report", "a.txt"], 0, &["noted in it: open-quotation 1"]);
}

#[test]
fn a_dossier_beside_its_reports_is_passed_over() {
    let report: &[u8] = "Title\n\n“We go on,” Mr Day said.".as_bytes();
    let page = check(&[("a.txt", report)], &["report", "."], 0, &[]);
    let files: &[(&str, &[u8])] = &[("a.txt", report), ("dossier.html", page.as_bytes())];
    check(files, &["report", "."], 0, &["own-dossier 1"]);
    assert_eq!(check(files, &["annotate", "."], 0, &[]).lines().count(), 1);
}

#[test]
fn without_a_report_there_is_no_dossier() {
    let (folder, mut command) = stemma(&[("empty.txt", b"")]);
    let output = command.args(["report", "empty.txt", "-o", "out.html"]).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(errors.contains("empty.txt") && errors.contains("no dossier was written"), "{errors}");
    assert!(!folder.path().join("out.html").exists());
    assert_eq!(check(&[], &["report", "missing.txt"], 2, &["missing.txt", "no dossier"]), "");
}

#[test]
fn what_cannot_be_done_is_said_with_the_likely_fix() {
    check(&[], &["annotate", "missing.txt"], 1, &["missing.txt"]);
    check(
        &[("a.txt", REPORT)],
        &["report", "a.txt", "-o", "no/such/folder/x.html"],
        2,
        &["could not write"],
    );
    check(&[], &["report"], 2, &["Usage"]);
    for option in ["--about=x", "--limit=3", "--csv", "--since=2024"] {
        check(&[("a.txt", REPORT)], &["timeline", "a.txt", option], 2, &[&option[..5]]);
    }
    check(&[("a.txt", REPORT)], &["timeline", "a.txt", "--of", "Nobody"], 0, &["nothing found"]);
    check(&[], &["frobnicate"], 2, &["frobnicate"]);
}

#[test]
fn output_files_appear_whole() {
    let (folder, mut command) = stemma(&[("a.txt", REPORT)]);
    command
        .args(["report", "a.txt", "--format", "md", "-o", "out.md", "--quiet"])
        .assert()
        .success();
    let text = std::fs::read_to_string(folder.path().join("out.md")).expect("it was written");
    assert!(text.contains("Ana Brok"));
    let names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn standard_input_is_json_lines() {
    let (_folder, mut command) = stemma(&[]);
    let line = "{\"id\":\"x1\",\"text\":\"“No,” Mr Day said.\"}\n";
    let output = command.args(["annotate", "-"]).write_stdin(line).output().unwrap();
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one record");
    assert_eq!(record["document"]["given_id"], "x1");
}

#[test]
fn citron_reads_what_is_written_for_it() {
    let text = "Bridge\n\nMayor Ana Brok spoke. “Né ici,” she said.".as_bytes();
    let out = check(&[("a.txt", text)], &["annotate", "a.txt", "--format", "citron"], 0, &[]);
    let record: serde_json::Value = serde_json::from_str(&out).expect("one document");
    let whole: Vec<char> = record["text"].as_str().expect("its text").chars().collect();
    let quote = &record["quotes"][0];
    let spans = ["sources", "contents", "coreferences"].map(|field| &quote[field][0]);
    let words = [&quote["cue"], spans[0], spans[1], spans[2]].map(|span| {
        let [start, end] = ["start", "end"].map(|edge| span[edge].as_u64().unwrap() as usize);
        let there: String = whole[start..end].iter().collect();
        assert_eq!(span["text"], there);
        there
    });
    assert_eq!(words, ["said", "she", "“Né ici,”", "Ana Brok"]);
    let again = check(&[("b.json", out.as_bytes())], &["annotate", "b.json"], 0, &[]);
    assert!(again.contains("Né ici"), "Citron's files are read as input");
}

#[test]
fn order_and_threads_change_nothing() {
    let other =
        "Other\n\nThe bridge will shut, Mayor Ana Brok said: “We will close it.”".as_bytes();
    let files: &[(&str, &[u8])] = &[("a.txt", REPORT), ("b.txt", other)];
    let one =
        check(files, &["report", "a.txt", "b.txt", "--format", "json", "--threads", "1"], 0, &[]);
    let two =
        check(files, &["report", "b.txt", "a.txt", "--format", "json", "--threads", "2"], 0, &[]);
    assert_eq!(one, two);
}

#[test]
fn shells_and_manual_are_served() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(check(&[], &["completions", shell], 0, &[]).contains("stemma"));
    }
    assert!(check(&[], &["man"], 0, &[]).contains(".TH"));
}

/// The names under `Commands:` in a help text.
fn subcommands(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    listed
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// The help of a command and of everything under it, as Markdown.
fn manual(path: &[&str]) -> String {
    let (_folder, mut command) = stemma(&[]);
    let output = command.args(path).arg("--help").env("COLUMNS", "100").output().unwrap();
    let help = String::from_utf8(output.stdout).expect("help is UTF-8");
    let own = format!("## stemma {}\n\n```text\n{}\n```\n\n", path.join(" "), help.trim_end());
    let under =
        subcommands(&help).into_iter().map(|name| manual(&[path, &[name.as_str()]].concat()));
    std::iter::once(own).chain(under).collect()
}

/// `docs/commands.md` says what every command and flag does: it is their help, and stale help
/// fails. `UPDATE_DOCS=1` writes it anew.
#[test]
fn every_command_and_flag_is_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/commands.md");
    let head = "# Commands\n\nWhat `--help` says, command by command. The records that they \
                print are in [records.md](records.md).\n\n";
    let now = format!("{head}{}", manual(&[]).replace("## stemma \n", "## stemma\n"));
    assert!(now.matches("\n## ").count() >= 10, "{now}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &now).expect("docs/commands.md can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, now, "docs/commands.md is stale: run with UPDATE_DOCS=1");
}
