//! Every code that reading can give is explained in `docs/problems.md`, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;

#[test]
fn codes_in_the_source_are_those_in_the_manual() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = Regex::new(r#"Problem::new\(\s*"([a-z0-9-]+)""#).expect("a valid pattern");
    let mut in_source = BTreeSet::new();
    collect(&root.join("src"), &code, &mut in_source);
    let manual = fs::read_to_string(root.join("../../docs/problems.md")).expect("the manual");
    let section =
        manual.split("\n## ").find(|part| part.starts_with("Reading")).expect("a section");
    let row = Regex::new(r"(?m)^\| `([a-z0-9-]+)` \|").expect("a valid pattern");
    let in_manual: BTreeSet<String> =
        row.captures_iter(section).map(|row| row[1].to_owned()).collect();
    assert_eq!(in_source, in_manual);
}

fn collect(folder: &Path, code: &Regex, found: &mut BTreeSet<String>) {
    for entry in
        fs::read_dir(folder).expect("the source").map(|entry| entry.expect("an entry").path())
    {
        if entry.is_dir() {
            collect(&entry, code, found);
        } else {
            let source = fs::read_to_string(&entry).expect("source text");
            found.extend(code.captures_iter(&source).map(|found| found[1].to_owned()));
        }
    }
}
