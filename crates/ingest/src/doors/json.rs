//! JSON files that are one value: a record, a list of records, or a JSON Feed.

use serde_json::{Map, Value};
use stemma_model::{Problem, Source};

use super::{dialect, take_fragment};
use crate::draft::Draft;
use crate::encoding;
use crate::{problem, record};

/// The records in a JSON file.
///
/// # Errors
/// If `bytes` hold no JSON object or list.
pub(crate) fn read(bytes: &[u8], source: &Source) -> Result<Vec<Result<Draft, Problem>>, Problem> {
    let decoded = encoding::decode(bytes, None);
    let value = serde_json::from_str(&decoded.text)
        .map_err(|fault| problem::malformed(source, "JSON file", &fault.to_string()))?;
    let records = match value {
        Value::Array(values) => values,
        Value::Object(fields) => records(fields),
        other => return Err(problem::no_text(source, record::describe(Some(&other)))),
    };
    Ok(records.into_iter().map(|value| draft(value, source)).collect())
}

/// The records in an object: those of a JSON Feed, those in a list that it only wraps, or itself.
pub(crate) fn records(mut fields: Map<String, Value>) -> Vec<Value> {
    if is_feed(&fields) {
        let outlet = fields.remove("title");
        let items = fields.remove("items").and_then(|items| items.as_array().cloned());
        let items = items.unwrap_or_default().into_iter();
        return items.map(|item| of_feed(item, outlet.clone())).collect();
    }
    listed(&mut fields).unwrap_or_else(|| vec![Value::Object(fields)])
}

/// The list inside an object that is only its wrapper, and no report itself.
fn listed(fields: &mut Map<String, Value>) -> Option<Vec<Value>> {
    if dialect::has_text(fields) {
        return None;
    }
    ["articles", "documents", "items", "records", "docs"].iter().find_map(|name| {
        let is_list = fields.get(*name)?.as_array()?.iter().all(Value::is_object);
        let value = is_list.then(|| fields.remove(*name)).flatten()?;
        if let Value::Array(values) = value { Some(values) } else { None }
    })
}

/// What one record says of its report.
pub(crate) fn draft(value: Value, source: &Source) -> Result<Draft, Problem> {
    let Value::Object(fields) = value else {
        return Err(problem::no_text(source, record::describe(Some(&value))));
    };
    let mut draft = Draft::new(source.clone());
    record::fill(&mut draft, fields)?;
    Ok(draft)
}

/// Whether the beginning of a JSON file is that of a JSON Feed, whose version every feed states.
#[cfg(feature = "fetch")]
pub(crate) fn starts_feed(head: &[u8]) -> bool {
    String::from_utf8_lossy(head).contains("jsonfeed.org/version")
}

fn is_feed(fields: &Map<String, Value>) -> bool {
    let version = fields.get("version").and_then(Value::as_str).unwrap_or_default();
    version.contains("jsonfeed.org/version")
}

/// An item of a JSON Feed (versions 1 and 1.1) under our names.
fn of_feed(item: Value, outlet: Option<Value>) -> Value {
    let Value::Object(mut fields) = item else { return item };
    let authors = fields.remove("authors").or_else(|| fields.remove("author"));
    let names: Vec<Value> = match authors {
        Some(Value::Array(authors)) => {
            authors.iter().filter_map(|author| author.get("name").cloned()).collect()
        }
        Some(author) => author.get("name").cloned().into_iter().collect(),
        None => Vec::new(),
    };
    fields.insert("authors".to_owned(), Value::Array(names));
    for (theirs, ours) in [
        ("content_text", "text"),
        ("content_html", "html"),
        ("summary", "text"),
        ("date_published", "published"),
    ] {
        if !fields.contains_key(ours)
            && let Some(value) = fields.remove(theirs)
        {
            fields.insert(ours.to_owned(), value);
        }
    }
    if let Some(outlet) = outlet {
        fields.entry("outlet").or_insert(outlet);
    }
    Value::Object(fields)
}

/// Turns a body given as `html` into the text that a record needs, unless it has one.
pub(crate) fn take_html(draft: &mut Draft, fields: &mut Map<String, Value>) {
    let has_text =
        fields.get("text").and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
    let Some(markup) = fields.get("html").and_then(Value::as_str).map(str::to_owned) else {
        return;
    };
    if !has_text {
        take_fragment(draft, &markup);
        fields.remove("html");
        fields.insert("text".to_owned(), Value::String(std::mem::take(&mut draft.text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(json: &str) -> Vec<Result<(String, Option<String>), String>> {
        let found = read(json.as_bytes(), &Source::Stdin(1)).expect("JSON");
        let shown = |draft: Draft| (draft.text, draft.outlet);
        found
            .into_iter()
            .map(|draft| draft.map(shown).map_err(|fault| fault.code.into_owned()))
            .collect()
    }

    #[test]
    fn lists_wrappers_and_single_records() {
        let one = vec![Ok(("T".to_owned(), None))];
        assert_eq!(texts(r#"{"text": "T"}"#), one);
        assert_eq!(texts(r#"[{"text": "T"}, 7]"#), [one[0].clone(), Err("no-text".to_owned())]);
        assert_eq!(texts(r#"{"total": 1, "articles": [{"content": "T"}]}"#), one);
        assert_eq!(texts(r#"{"Content": "T", "items": [{"text": "in it"}]}"#), one);
    }

    #[test]
    fn json_feeds() {
        let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "City", "items": [
            {"id": "1", "content_html": "<p>One.</p><p>Two.</p>", "authors": [{"name": "Jo"}]},
            {"id": "2", "content_text": "Three."}]}"#;
        let city = Some("City".to_owned());
        assert_eq!(
            texts(feed),
            [Ok(("One.\n\nTwo.".to_owned(), city.clone())), Ok(("Three.".to_owned(), city))]
        );
    }
}
