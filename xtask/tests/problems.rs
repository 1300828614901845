//! Every code of a problem is explained in `docs/problems.md`, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;

#[test]
fn codes_in_the_source_are_those_in_the_manual() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let code = Regex::new(r#"Problem::new\(\s*"([a-z0-9-]+)""#).expect("a valid pattern");
    let mut in_source = BTreeSet::new();
    for room in fs::read_dir(root.join("crates")).expect("the rooms") {
        collect(&room.expect("a room").path().join("src"), &code, &mut in_source);
    }
    let manual = fs::read_to_string(root.join("docs/problems.md")).expect("the manual");
    let row = Regex::new(r"(?m)^\| `([a-z0-9-]+)` \|").expect("a valid pattern");
    let in_manual: BTreeSet<String> =
        row.captures_iter(&manual).map(|row| row[1].to_owned()).collect();
    assert_eq!(in_source, in_manual);
}

fn collect(folder: &Path, code: &Regex, found: &mut BTreeSet<String>) {
    for entry in
        fs::read_dir(folder).expect("the source").map(|entry| entry.expect("an entry").path())
    {
        if entry.is_dir() {
            collect(&entry, code, found);
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            let source = fs::read_to_string(&entry).expect("source text");
            found.extend(code.captures_iter(&source).map(|found| found[1].to_owned()));
        }
    }
}
