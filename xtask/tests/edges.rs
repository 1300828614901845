//! The rooms import each other in one direction only: ARCHITECTURE.md draws it, this test holds it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// What each room may import. A room that is not named here may not exist.
const ALLOWED: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &["model"]),
    ("english", &["model", "text"]),
    ("ingest", &["model", "text"]),
    ("annotate", &["model", "text", "english"]),
    ("reuse", &["model", "text"]),
    ("story", &["model", "text"]),
    ("store", &["model", "text"]),
    ("report", &["model", "text"]),
    ("engine", &["model", "text", "english", "ingest", "annotate", "reuse", "story", "store"]),
    ("cli", &["model", "engine", "report", "eval"]),
    ("eval", &["model", "text", "engine", "report"]),
];

/// The rooms each room imports, development dependencies left out.
fn edges() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    packages.iter().filter_map(|package| Some((room(package)?, imports(package)))).collect()
}

fn room(package: &Value) -> Option<String> {
    package["name"].as_str()?.strip_prefix("stemma-").map(str::to_owned)
}

fn imports(package: &Value) -> BTreeSet<String> {
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    dependencies.filter(|dependency| dependency["kind"].is_null()).filter_map(room).collect()
}

#[test]
fn rooms_import_only_what_the_architecture_allows() {
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let edges = edges();
    assert!(edges.len() >= 10, "cargo metadata lists the rooms");
    for (room, imports) in &edges {
        let may = allowed.get(room.as_str()).unwrap_or_else(|| panic!("`{room}` is not drawn"));
        for import in imports {
            assert!(may.contains(&import.as_str()), "`{room}` may not import `{import}`");
        }
    }
}
