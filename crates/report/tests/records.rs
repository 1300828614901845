//! The JSON that leaves the program: it fits the published schemas, the schemas are fresh, every
//! field is documented, and every span reproduces its text in code points.

mod sample;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use stemma_report::records::{
    Documents, annotate_record, dossier, reuse_record, schemas, story_record,
};

fn docs(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(path)
}

fn json(record: impl serde::Serialize) -> Value {
    serde_json::to_value(record).expect("records serialise")
}

fn validate(name: &str, instances: &[Value]) {
    let schema = schemas().into_iter().find(|schema| schema.name == name).expect("it is published");
    let validator = jsonschema::validator_for(&schema.schema).expect("the schema is valid");
    assert!(!instances.is_empty());
    for instance in instances {
        let errors: Vec<String> = validator
            .iter_errors(instance)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn records_fit_their_schemas() {
    let record = sample::sample();
    let documents = Documents::new(&record.documents);
    validate("dossier", &[json(dossier(&record))]);
    let pairs = record.documents.iter().zip(&record.annotations);
    let annotated: Vec<Value> =
        pairs.map(|(document, own)| json(annotate_record(document, own, true))).collect();
    validate("annotate", &annotated);
    let reuse = record.alignments.iter().map(|pair| json(reuse_record(pair, &documents)));
    validate("reuse", &reuse.collect::<Vec<_>>());
    let stories = record.stories.iter().map(|story| json(story_record(story, &documents)));
    validate("stories", &stories.collect::<Vec<_>>());
}

#[test]
fn a_schema_rejects_what_is_not_its_record() {
    let record = sample::sample();
    let mut broken = json(dossier(&record));
    broken["quotes"][0]["kind"] = Value::from("shouted");
    let schema = schemas().into_iter().find(|schema| schema.name == "dossier").expect("published");
    assert!(!jsonschema::is_valid(&schema.schema, &broken));
    broken["quotes"][0].as_object_mut().expect("an object").remove("kind");
    assert!(!jsonschema::is_valid(&schema.schema, &broken));
}

/// Run with `STEMMA_UPDATE_SCHEMAS=1` to write the schemas anew.
#[test]
fn published_schemas_are_fresh() {
    let update = std::env::var_os("STEMMA_UPDATE_SCHEMAS").is_some();
    for schema in schemas() {
        let path = docs("schema").join(format!("{}.schema.json", schema.name));
        let fresh = serde_json::to_string_pretty(&schema.schema).expect("serialises") + "\n";
        if update {
            std::fs::create_dir_all(docs("schema")).expect("the folder can be made");
            std::fs::write(&path, &fresh).expect("the schema can be written");
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            published == fresh,
            "docs/schema/{}.schema.json is stale: run the test with STEMMA_UPDATE_SCHEMAS=1",
            schema.name
        );
    }
}

#[test]
fn every_field_is_documented() {
    let reference = std::fs::read_to_string(docs("records.md")).expect("docs/records.md exists");
    let mut fields = BTreeMap::new();
    for schema in schemas() {
        collect_fields(&schema.schema, schema.name, &mut fields);
    }
    assert!(fields.len() > 80, "the walk finds the fields");
    let missing: Vec<_> =
        fields.iter().filter(|(field, _)| !reference.contains(&format!("`{field}`"))).collect();
    assert!(missing.is_empty(), "docs/records.md does not name {missing:?}");
}

fn collect_fields(schema: &Value, of: &'static str, fields: &mut BTreeMap<String, &'static str>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                fields.extend(properties.keys().map(|name| (name.clone(), of)));
            }
            object.values().for_each(|part| collect_fields(part, of, fields));
        }
        Value::Array(parts) => parts.iter().for_each(|part| collect_fields(part, of, fields)),
        _ => {}
    }
}

#[test]
fn every_span_reproduces_its_text_and_names_its_input() {
    let record = sample::sample();
    let texts: BTreeMap<String, Vec<char>> =
        record.documents.iter().map(|d| (d.id.to_string(), d.text.chars().collect())).collect();
    let given: BTreeMap<String, Option<&str>> =
        record.documents.iter().map(|d| (d.id.to_string(), d.given_id.as_deref())).collect();
    let mut checked = 0;
    walk(&json(dossier(&record)), &mut |object| {
        let Some(document) = object.get("document").and_then(Value::as_str) else { return };
        let own = object.get("given_id").and_then(Value::as_str);
        assert_eq!(own, given[document], "{object:?}");
        let offset = |key: &str| object.get(key).and_then(Value::as_u64).map(|n| n as usize);
        if let (Some(start), Some(end), Some(text)) =
            (offset("start"), offset("end"), object.get("text"))
        {
            let under: String = texts[document][start..end].iter().collect();
            assert_eq!(text.as_str(), Some(under.as_str()));
            checked += 1;
        }
    });
    assert!(checked > 100, "only {checked} spans were found");
}

fn walk(value: &Value, visit: &mut impl FnMut(&serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(object);
            object.values().for_each(|part| walk(part, visit));
        }
        Value::Array(parts) => parts.iter().for_each(|part| walk(part, visit)),
        _ => {}
    }
}

#[test]
fn the_contract_holds() {
    let record = sample::sample();
    let json = json(dossier(&record));
    let document = &json["documents"][0];
    assert_eq!(document["siglum"], "A");
    assert_eq!(document["given_id"], "spa-1182");
    assert_eq!(document["source"]["path"], "strike.jsonl");
    assert_eq!(document["published"]["value"], "2026-03-01");
    assert_eq!(document["published"]["basis"], "metadata");
    let wire = &json["clusters"][0]["stemma"][0];
    assert_eq!((&wire["from"], &wire["from_name"]), (&Value::Null, &Value::from("SPA wire")));
    let terms = &json["contrast"]["terms"][0];
    assert_eq!(terms["concept"], "stoppage");
    assert_eq!(terms["forms"]["strike"].as_object().map(serde_json::Map::len), Some(4));
    let condition = &json["conditions"][0];
    assert_eq!(condition["group"], "the talks resume");
    assert!(condition["document"].is_string() && condition["condition"]["start"].is_u64());
    let quote = &json["quotes"][0];
    assert!(quote["entity"].as_str().is_some_and(|id| id.starts_with("e-")));
    let moved = &json["threads"][0]["movements"];
    assert_eq!(moved[0]["kind"], "updated-figure");
    assert_eq!(
        (&moved[0]["earlier"]["value"], &moved[0]["later"]["value"]),
        (&"4.5".into(), &"5.4".into())
    );
    assert_eq!(moved[1]["later"]["positions"][0], json["positions"][2]["id"]);
    assert_eq!(json["positions"][2]["earlier"]["position"], json["positions"][1]["id"]);
    assert_eq!(json["positions"][2]["earlier"]["relation"], "weakens");
    assert_eq!(json["problems"][0]["code"], "not-json");
}
