//! The sample corpus, from outside: what was planted in it comes out, and nothing invented beside.
//!
//! `examples/planted.toml` says what was planted; the real binary makes the dossier.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use toml::Value as Toml;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// The dossier of the sample, made once.
fn dossier() -> &'static Value {
    static DOSSIER: OnceLock<Value> = OnceLock::new();
    DOSSIER.get_or_init(|| {
        let output = Command::new(env!("CARGO_BIN_EXE_stemma"))
            .args(["report", "--format", "json", "--quiet"])
            .arg(examples().join("tunnel"))
            .output()
            .expect("the binary runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("the dossier is JSON")
    })
}

fn planted(kind: &str) -> Vec<Toml> {
    let text = std::fs::read_to_string(examples().join("planted.toml")).expect("the list is there");
    let list: toml::Table = text.parse().expect("the list is TOML");
    list[kind].as_array().expect("a list of tables").clone()
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().unwrap_or_else(|| panic!("`{field}` is a list"))
}

fn text<'a>(value: &'a Toml, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("`{field}` is a string"))
}

/// The content-hash id of the report that the list calls `name`.
fn document(name: &str) -> &'static str {
    let matches = |document: &&Value| {
        let path = document["source"]["path"].as_str().unwrap_or_default();
        document["given_id"] == name || Path::new(path).file_name().is_some_and(|f| f == name)
    };
    let found = list(dossier(), "documents").iter().find(matches);
    found.and_then(|document| document["id"].as_str()).unwrap_or_else(|| panic!("no report {name}"))
}

/// Letters and digits alone, in lower case.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn content(quote: &Value) -> String {
    list(quote, "content").iter().map(|span| span["text"].as_str().unwrap_or_default()).collect()
}

/// The ids of the quotations in report `name` that hold `words`, or most of them.
fn quotes(name: &str, words: &str) -> BTreeSet<&'static str> {
    let (id, words) = (document(name), bare(words));
    let of_report = list(dossier(), "quotes").iter().filter(|quote| quote["document"] == id);
    let holds = |quote: &&Value| {
        let content = bare(&content(quote));
        content.contains(&words)
            || (words.contains(&content) && content.len() * 3 > words.len() * 2)
    };
    of_report.filter(holds).filter_map(|quote| quote["id"].as_str()).collect()
}

#[test]
fn copied_passages_are_found_whole() {
    for copied in planted("copied") {
        let reports: Vec<&str> = copied["in"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| document(name.as_str().unwrap()))
            .collect();
        let words = bare(text(&copied, "text"));
        let found = list(dossier(), "reuse").iter().any(|pair| {
            let sides = [&pair["a"], &pair["b"]];
            sides.iter().all(|side| {
                reports.contains(&side["document"].as_str().unwrap())
                    && bare(side["text"].as_str().unwrap()).contains(&words)
            })
        });
        assert!(found, "{}", text(&copied, "what"));
    }
}

#[test]
fn carried_text_has_one_origin() {
    for origin in planted("origin") {
        let reports: BTreeSet<&str> = origin["reports"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| document(name.as_str().unwrap()))
            .collect();
        let expected = origin["origins"].as_integer().unwrap();
        let found = list(dossier(), "clusters").iter().any(|cluster| {
            let members: BTreeSet<&str> =
                list(cluster, "passages").iter().filter_map(|p| p["document"].as_str()).collect();
            reports.is_subset(&members) && cluster["origins"]["at_least"] == expected
        });
        assert!(found, "{}", text(&origin, "what"));
    }
}

#[test]
fn variants_are_rightly_typed() {
    let mut wrong = Vec::new();
    for variant in planted("variant") {
        let side = |which: &str| quotes(text(&variant[which], "in"), text(&variant[which], "text"));
        let (a, b) = (side("a"), side("b"));
        let joins = |pair: &&Value| {
            let (x, y) = (pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap());
            (a.contains(x) && b.contains(y)) || (a.contains(y) && b.contains(x))
        };
        let utterances = list(dossier(), "utterances").iter();
        let relations: BTreeSet<&str> = utterances
            .flat_map(|utterance| list(utterance, "variants"))
            .filter(joins)
            .filter_map(|pair| pair["relation"].as_str())
            .collect();
        if !relations.contains(text(&variant, "relation")) {
            wrong.push(format!(
                "{} ({}): found {relations:?} between {a:?} and {b:?}",
                text(&variant, "what"),
                text(&variant, "relation")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn figures_stand_to_each_other_as_planted() {
    let mut wrong = Vec::new();
    for claim in planted("claim") {
        let values: Vec<(&str, f64)> = claim["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(|value| {
                let number = &value["value"];
                let number = number.as_float().or(number.as_integer().map(|n| n as f64)).unwrap();
                (document(text(value, "in")), number)
            })
            .collect();
        let gives = |candidate: &Value, (report, number): (&str, f64)| {
            list(candidate, "values").iter().any(|value| {
                let same = value["value"]
                    .as_str()
                    .and_then(|v| v.parse::<f64>().ok())
                    .or(value["value"].as_f64())
                    == Some(number);
                same && list(value, "evidence").iter().any(|span| span["document"] == report)
            })
        };
        let about: Vec<&Value> = list(dossier(), "claims")
            .iter()
            .filter(|candidate| values.iter().all(|&value| gives(candidate, value)))
            .collect();
        if !about.iter().any(|candidate| candidate["status"] == text(&claim, "status")) {
            let found: Vec<_> = about.iter().map(|claim| &claim["status"]).collect();
            wrong.push(format!(
                "{} ({}): found {found:?}",
                text(&claim, "what"),
                text(&claim, "status")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn conditions_have_their_parts() {
    let mut wrong = Vec::new();
    for condition in planted("condition") {
        let report = document(text(&condition, "in"));
        let part =
            |found: &Value, name: &str| bare(found[name]["text"].as_str().unwrap_or_default());
        let found = list(dossier(), "conditions").iter().any(|found| {
            found["document"] == report
                && ["trigger", "condition", "consequence"]
                    .iter()
                    .all(|name| part(found, name).contains(&bare(text(&condition, name))))
        });
        if !found {
            wrong.push(format!("{report}: {}", text(&condition, "condition")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The people that go by a form, by id.
fn people(form: &str) -> BTreeMap<&'static str, &'static str> {
    let goes_by = |person: &&Value| list(person, "forms").iter().any(|f| f["text"] == form);
    let found = list(dossier(), "people").iter().filter(goes_by);
    found.map(|p| (p["id"].as_str().unwrap(), p["name"].as_str().unwrap())).collect()
}

#[test]
fn a_person_is_one_under_every_spelling() {
    for person in planted("person") {
        let forms = person["forms"].as_array().unwrap().iter().map(|form| form.as_str().unwrap());
        let found: Vec<_> = forms.map(people).collect();
        assert!(
            found.iter().all(|people| people.len() == 1),
            "{}: {found:?}",
            text(&person, "name")
        );
        assert!(found.windows(2).all(|pair| pair[0] == pair[1]), "{found:?}");
    }
    for apart in planted("apart") {
        let found: BTreeSet<&str> = apart["people"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|name| people(name.as_str().unwrap()).into_keys())
            .collect();
        assert_eq!(found.len(), 2, "{apart:?}");
    }
}

#[test]
fn every_span_reproduces_its_text() {
    let output = Command::new(env!("CARGO_BIN_EXE_stemma"))
        .args(["annotate", "--text", "--quiet"])
        .arg(examples().join("tunnel"))
        .output()
        .expect("the binary runs");
    let records: Vec<Value> = String::from_utf8(output.stdout)
        .expect("records are UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a record a line"))
        .collect();
    let texts: BTreeMap<&str, Vec<char>> = records
        .iter()
        .map(|r| {
            (r["document"]["id"].as_str().unwrap(), r["text"].as_str().unwrap().chars().collect())
        })
        .collect();
    let mut checked = 0;
    let mut stack: Vec<(&Value, Option<&str>)> = vec![(dossier(), None)];
    while let Some((value, inherited)) = stack.pop() {
        let document = value["document"].as_str().or(inherited);
        if let (Some(start), Some(end), Some(text)) =
            (value["start"].as_u64(), value["end"].as_u64(), value["text"].as_str())
        {
            let chars = &texts[document.expect("a span names its document")];
            let there: String = chars[start as usize..end as usize].iter().collect();
            assert_eq!(there, text);
            checked += 1;
        }
        match value {
            Value::Array(items) => stack.extend(items.iter().map(|item| (item, document))),
            Value::Object(fields) => {
                let own =
                    fields.get("id").and_then(Value::as_str).filter(|id| id.starts_with("d-"));
                stack.extend(fields.values().map(|field| (field, own.or(document))));
            }
            _ => {}
        }
    }
    assert!(checked > 200, "only {checked} spans");
}

#[test]
fn what_moved_between_the_stories_is_found() {
    let names: BTreeMap<&str, &str> = list(dossier(), "people")
        .iter()
        .filter_map(|person| Some((person["id"].as_str()?, person["name"].as_str()?)))
        .collect();
    let threads = list(dossier(), "threads").iter();
    let found: Vec<&Value> = threads.flat_map(|thread| list(thread, "movements")).collect();
    let has = |state: &Value, words: Option<&Toml>| match words.and_then(Toml::as_str) {
        None => state.is_null(),
        Some(words) => list(state, "evidence")
            .iter()
            .any(|span| bare(span["text"].as_str().unwrap()).contains(&bare(words))),
    };
    for moved in planted("movement") {
        let by = moved.get("by").and_then(Toml::as_str);
        let hit = found.iter().any(|it| {
            it["kind"] == text(&moved, "kind")
                && it["entity"].as_str().and_then(|id| names.get(id).copied()) == by
                && has(&it["earlier"], moved.get("before"))
                && has(&it["later"], moved.get("after"))
        });
        assert!(hit, "{moved:?}");
    }
    let stories: BTreeMap<&str, &str> = list(dossier(), "stories")
        .iter()
        .filter_map(|story| Some((story["id"].as_str()?, story["date"]["from"].as_str()?)))
        .collect();
    for movement in found.iter().filter(|movement| !movement["earlier"].is_null()) {
        let day = |state: &str| stories[movement[state]["story"].as_str().unwrap()];
        assert!(day("earlier") < day("later"), "{movement}");
    }
}
