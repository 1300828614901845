//! The JSON Schemas that the project publishes.

use schemars::JsonSchema;

use super::{AnnotateRecord, DossierRecord, ReuseRecord, StoryRecord};

/// One published schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// The record's name; its file is `docs/schema/<name>.schema.json`.
    pub name: &'static str,
    /// The schema, JSON Schema 2020-12.
    pub schema: serde_json::Value,
}

/// The schemas of all records that this crate writes, by name.
#[must_use]
pub fn schemas() -> Vec<Schema> {
    vec![
        schema::<AnnotateRecord<'static>>("annotate"),
        schema::<DossierRecord<'static>>("dossier"),
        schema::<ReuseRecord<'static>>("reuse"),
        schema::<StoryRecord<'static>>("stories"),
    ]
}

/// What a record *has*, not what it accepts: a reader may rely on every field that is required.
fn schema<T: JsonSchema>(name: &'static str) -> Schema {
    let generator =
        schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
    Schema { name, schema: generator.into_root_schema_for::<T>().to_value() }
}
