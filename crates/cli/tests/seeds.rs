//! The five seed reports, from outside: what they tell of one question over 19 months comes out
//! dated. They are under their publishers' copyright and lie beside the repository; without them
//! the tests say so and pass over.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The dossier of the seeds, if they are there.
fn dossier() -> Option<Value> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    if !seeds.is_dir() {
        eprintln!("skipped: {} is not there", seeds.display());
        return None;
    }
    let output = Command::new(env!("CARGO_BIN_EXE_stemma"))
        .args(["report", "--format", "json", "--quiet"])
        .arg(seeds)
        .output()
        .expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("the dossier is JSON"))
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().expect("a list")
}

#[test]
fn what_three_reports_date_differently_is_one_event() {
    let Some(dossier) = dossier() else { return };
    let timeline = list(&dossier, "timeline");
    let on = |day: &'static str| timeline.iter().filter(move |entry| entry["date"]["from"] == day);
    // `last September`, `September 2022` and `September 30`: the application to join.
    let application = on("2022-09-30").next().expect("an entry on 2022-09-30");
    assert_eq!(application["date"]["to"], "2022-09-30");
    assert_eq!(list(application, "documents").len(), 3, "{application}");
    for day in ["2022-10-02", "2022-10-04", "2022-11-15", "2022-11-21", "2022-11-30"] {
        assert_eq!(on(day).count(), 1, "{day}");
    }
    assert!(on("2008-01-01").any(|entry| list(entry, "documents").len() == 2));
    // The summits of two years stay apart.
    let of_summit = |place: &str| {
        let names = |span: &Value| span["text"].as_str().is_some_and(|text| text.contains(place));
        timeline.iter().position(|entry| list(entry, "evidence").iter().any(names))
    };
    assert_ne!(of_summit("Washington on"), of_summit("Vilnius"));
}

#[test]
fn money_is_read_as_money() {
    let Some(dossier) = dossier() else { return };
    let pounds =
        list(&dossier, "claims").iter().flat_map(|claim| list(claim, "values")).any(|value| {
            value["unit"] == "GBP"
                && value["value"].as_str().and_then(|number| number.parse::<f64>().ok())
                    == Some(57e9)
        });
    assert!(pounds, "{}", dossier["claims"]);
}
