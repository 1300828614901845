//! The input record: one JSON object a report.

use serde_json::{Map, Value};
use stemma_model::Problem;

use crate::doors::{dialect, json};
use crate::draft::Draft;
use crate::piece::Piece;
use crate::{encoding, problem};

/// What a line of JSON says of its report; of several, if all of a JSON file stands in the line.
///
/// # Errors
/// If it is not a JSON object.
pub(crate) fn drafts(piece: &Piece) -> Result<Vec<Result<Draft, Problem>>, Problem> {
    let decoded = encoding::decode(&piece.bytes, None);
    let fields: Map<String, Value> = serde_json::from_str(&decoded.text)
        .map_err(|error| problem::not_json(&piece.source, &error))?;
    let noted = |mut draft: Draft| {
        draft.note_replaced(&decoded);
        draft
    };
    let drafts = json::records(fields).into_iter().map(|value| json::draft(value, &piece.source));
    Ok(drafts.map(|draft| draft.map(noted)).collect())
}

/// Takes the fields that every record may have; the rest become `extra`.
pub(crate) fn fill(draft: &mut Draft, fields: Map<String, Value>) -> Result<(), Problem> {
    let mut fields = dialect::to_ours(fields);
    json::take_html(draft, &mut fields);
    draft.text = match fields.remove("text") {
        Some(Value::String(text)) if !text.trim().is_empty() => text,
        // A headline alone is still a report that somebody published.
        Some(Value::String(text)) if has_title(&fields) => text,
        other => return Err(problem::no_text(&draft.source, describe(other.as_ref()))),
    };
    draft.text.drain(..draft.text.len() - draft.text.trim_start_matches('\u{feff}').len());
    draft.given_id = string(draft, &mut fields, "id");
    draft.url = string(draft, &mut fields, "url");
    draft.outlet = string(draft, &mut fields, "outlet");
    draft.title = string(draft, &mut fields, "title");
    draft.published =
        string(draft, &mut fields, "published").map(|date| (date, "field".to_owned()));
    draft.authors = authors(draft, &mut fields);
    draft.extra.append(&mut fields);
    Ok(())
}

fn has_title(fields: &Map<String, Value>) -> bool {
    fields.get("title").and_then(Value::as_str).is_some_and(|title| !title.trim().is_empty())
}

pub(crate) fn describe(value: Option<&Value>) -> &'static str {
    match value {
        None => "none",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "a truth value",
        Some(Value::Number(_)) => "a number",
        Some(Value::String(_)) => "an empty one",
        Some(Value::Array(_)) => "a list",
        Some(Value::Object(_)) => "an object",
    }
}

/// The string or number under `name`; nothing for null and the empty string. Anything else is
/// noted and left where it is.
fn string(draft: &mut Draft, fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    let found = match fields.get(name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => None,
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            draft.problems.push(problem::wrong_type(&draft.source, name));
            return None;
        }
    };
    fields.remove(name);
    found
}

/// The authors: a list of names, or one string of names with commas, semicolons or `and` between.
fn authors(draft: &mut Draft, fields: &mut Map<String, Value>) -> Vec<String> {
    match fields.get("authors") {
        Some(Value::Array(names)) if names.iter().all(Value::is_string) => {
            let names = names.iter().filter_map(Value::as_str).map(clean_author);
            let found = names.filter(|name| !name.is_empty()).collect();
            fields.remove("authors");
            found
        }
        _ => string(draft, fields, "authors").map_or_else(Vec::new, |names| split_authors(&names)),
    }
}

/// The single names in a string of several.
pub(crate) fn split_authors(names: &str) -> Vec<String> {
    names
        .split([',', ';', '|'])
        .flat_map(|part| part.split(" and "))
        .map(clean_author)
        .filter(|name| !name.is_empty())
        .collect()
}

fn clean_author(name: &str) -> String {
    let name = name.trim().trim_matches('"').trim();
    name.strip_prefix("By ").or_else(|| name.strip_prefix("by ")).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use stemma_model::Source;

    use super::*;
    use crate::piece::{Format, Hints};

    fn read(json: &str) -> Result<Draft, Problem> {
        let bytes = json.as_bytes().to_vec();
        let hints = Hints::default();
        let piece = Piece { source: Source::Stdin(3), format: Format::Record, bytes, hints };
        drafts(&piece)?.pop().expect("a record")
    }

    #[test]
    fn a_headline_alone_is_a_report() {
        let read_text = read(r#"{"title": "Bridge shut", "text": ""}"#).map(|draft| draft.text);
        assert_eq!(read_text, Ok(String::new()));
        assert!(read(r#"{"title": " ", "text": ""}"#).is_err());
        assert!(read(r#"{"title": "Bridge shut"}"#).is_err());
    }

    #[test]
    fn known_fields_are_taken_and_the_rest_kept() {
        let draft = read(
            r#"{"id": 7, "title": " T ", "text": "\r\nA\r\n", "authors": "Jo Li, Al Roe and Bo",
                "url": null, "outlet": ["x"], "topic": "bridges"}"#,
        )
        .expect("a record");
        assert_eq!(draft.given_id.as_deref(), Some("7"));
        assert_eq!(draft.title.as_deref(), Some("T"));
        assert_eq!(draft.text, "\r\nA\r\n");
        assert_eq!(draft.authors, ["Jo Li", "Al Roe", "Bo"]);
        assert_eq!(draft.extra.keys().collect::<Vec<_>>(), ["outlet", "topic"]);
        assert_eq!(draft.problems[0].code, "wrong-type");
    }

    #[test]
    fn what_is_no_record_is_named_by_its_line() {
        for (json, code) in [
            ("nonsense", "not-json"),
            ("[1]", "not-json"),
            ("{}", "no-text"),
            (r#"{"text": 1}"#, "no-text"),
        ] {
            let problem = read(json).expect_err(json);
            assert_eq!(
                (problem.code.as_ref(), problem.place.as_deref()),
                (code, Some("<stdin>:3"))
            );
            assert!(problem.skipped && problem.hint.is_some());
        }
    }
}
