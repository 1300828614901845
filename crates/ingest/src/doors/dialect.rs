//! Records of other programs, by the names they give the same things.

use serde_json::{Map, Value};

/// How one program names the fields of a record.
struct Dialect {
    /// What it is called in `docs/formats.md`.
    name: &'static str,
    /// A record is of this dialect if it has all of these, and no `text` unless listed here.
    marks: &'static [&'static str],
    /// Its names and ours; the first of a name's values wins.
    names: &'static [(&'static str, &'static str)],
}

const DIALECTS: [Dialect; 6] = [
    Dialect {
        name: "news-please",
        marks: &["maintext"],
        names: &[("maintext", "text"), ("date_publish", "published"), ("source_domain", "outlet")],
    },
    Dialect {
        name: "trafilatura",
        marks: &["hostname", "text"],
        names: &[
            ("source", "url"),
            ("sitename", "outlet"),
            ("source-hostname", "outlet"),
            ("hostname", "outlet"),
            ("author", "authors"),
            ("date", "published"),
            ("id", "id"),
        ],
    },
    Dialect {
        name: "trafilatura",
        marks: &["source-hostname", "text"],
        names: &[
            ("source", "url"),
            ("source-hostname", "outlet"),
            ("author", "authors"),
            ("date", "published"),
        ],
    },
    Dialect { name: "ninjs", marks: &["uri", "versioncreated"], names: &NINJS },
    Dialect { name: "ninjs", marks: &["uri", "headlines"], names: &NINJS },
    Dialect {
        name: "passim",
        marks: &["series", "text"],
        names: &[("series", "outlet"), ("date", "published"), ("page_access", "url")],
    },
];

const NINJS: [(&str, &str); 11] = [
    ("body_text", "text"),
    ("body_html", "html"),
    ("body_xhtml", "html"),
    ("uri", "id"),
    ("headline", "title"),
    ("byline", "authors"),
    ("by", "authors"),
    ("contentcreated", "published"),
    ("firstcreated", "published"),
    ("versioncreated", "published"),
    ("copyrightholder", "outlet"),
];

/// Names that CSV files and loose JSON give the same things, in any dialect.
const SYNONYMS: [(&str, &str); 26] = [
    ("content", "text"),
    ("body", "text"),
    ("article", "text"),
    ("article_text", "text"),
    ("articlebody", "text"),
    ("fulltext", "text"),
    ("full_text", "text"),
    ("headline", "title"),
    ("heading", "title"),
    ("publication", "outlet"),
    ("publisher", "outlet"),
    ("newspaper", "outlet"),
    ("source", "outlet"),
    ("site", "outlet"),
    ("domain", "outlet"),
    ("date", "published"),
    ("published_at", "published"),
    ("publishedat", "published"),
    ("publish_date", "published"),
    ("pub_date", "published"),
    ("datepublished", "published"),
    ("author", "authors"),
    ("byline", "authors"),
    ("link", "url"),
    ("article_url", "url"),
    ("address", "url"),
];

/// The same record under our names. One that has our names already is left as it is; what is
/// renamed is told apart from what is unknown, so that nothing is lost.
pub(crate) fn to_ours(mut fields: Map<String, Value>) -> Map<String, Value> {
    let has = |fields: &Map<String, Value>, name: &str| fields.contains_key(name);
    let dialect =
        DIALECTS.iter().find(|dialect| dialect.marks.iter().all(|mark| has(&fields, mark)));
    if let Some(dialect) = dialect {
        rename(&mut fields, dialect.names);
        if dialect.name == "ninjs" {
            ninjs(&mut fields);
        }
        fields.entry("format").or_insert_with(|| dialect.name.into());
    } else if !has(&fields, "text") {
        rename(&mut fields, &SYNONYMS);
    }
    fields
}

/// Whether a record has a field that is a report's text under some name.
pub(crate) fn has_text(fields: &Map<String, Value>) -> bool {
    let theirs = DIALECTS.iter().flat_map(|dialect| dialect.names).chain(&SYNONYMS);
    let theirs = theirs.filter(|(_, ours)| ["text", "html"].contains(ours)).map(|(name, _)| *name);
    let mut names = theirs.chain(["text", "html", "bodies"]);
    names.any(|name| fields.keys().any(|key| key.eq_ignore_ascii_case(name)))
}

/// Gives fields our names where those are free and the value is not null.
fn rename(fields: &mut Map<String, Value>, names: &[(&str, &str)]) {
    for &(theirs, ours) in names {
        let is_free = theirs == ours || fields.get(ours).is_none_or(Value::is_null);
        let held = fields.keys().find(|key| key.eq_ignore_ascii_case(theirs)).cloned();
        let Some(held) = held.filter(|held| is_free && !fields[held].is_null()) else { continue };
        let value = fields.remove(&held).expect("the key was found");
        fields.insert(ours.to_owned(), value);
    }
}

/// The lists of ninjs 2 and 3: bodies, headlines, by-lines and sources, each with a role.
fn ninjs(fields: &mut Map<String, Value>) {
    let valued = |list: Option<&Value>, wanted: &dyn Fn(&Value) -> bool| {
        let found = list?.as_array()?.iter().find(|item| wanted(item))?;
        found.get("value").or_else(|| found.get("name")).and_then(Value::as_str).map(str::to_owned)
    };
    let is_plain = |item: &Value| {
        let kind = item.get("contenttype").and_then(Value::as_str).unwrap_or("text/plain");
        kind.starts_with("text/plain")
    };
    let any = |_: &Value| true;
    let bodies = fields.get("bodies");
    let (plain, marked) = (valued(bodies, &is_plain), valued(bodies, &any));
    let title = valued(fields.get("headlines"), &any);
    let outlet = valued(fields.get("infosources"), &any);
    let author = valued(fields.get("bylines"), &any);
    match (plain, marked) {
        (Some(text), _) => put(fields, "text", text),
        (None, Some(markup)) => put(fields, "html", markup),
        (None, None) => {}
    }
    title.into_iter().for_each(|title| put(fields, "title", title));
    outlet.into_iter().for_each(|outlet| put(fields, "outlet", outlet));
    author.into_iter().for_each(|author| put(fields, "authors", author));
}

fn put(fields: &mut Map<String, Value>, name: &str, value: String) {
    fields.entry(name).or_insert(Value::String(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(theirs: &str, expected: &[(&str, &str)]) {
        let fields = to_ours(serde_json::from_str(theirs).expect("JSON"));
        for (name, value) in expected {
            assert_eq!(fields.get(*name).and_then(Value::as_str), Some(*value), "{theirs}: {name}");
        }
    }

    #[test]
    fn each_dialect_is_understood() {
        check(
            r#"{"maintext": "T", "date_publish": "2024-05-31", "source_domain": "a.example", "url": "u"}"#,
            &[("text", "T"), ("published", "2024-05-31"), ("outlet", "a.example"), ("url", "u")],
        );
        check(
            r#"{"text": "T", "hostname": "a.example", "sitename": "City", "source": "u", "date": "2024", "author": "J"}"#,
            &[("outlet", "City"), ("url", "u"), ("published", "2024"), ("authors", "J")],
        );
        check(
            r#"{"id": "p", "series": "City", "date": "1854-01-02", "text": "T"}"#,
            &[("id", "p"), ("outlet", "City"), ("published", "1854-01-02")],
        );
    }

    #[test]
    fn ninjs_in_its_versions() {
        check(
            r#"{"uri": "u:1", "versioncreated": "2013", "headline": "H", "body_html": "<p>T</p>", "byline": "J"}"#,
            &[
                ("id", "u:1"),
                ("title", "H"),
                ("html", "<p>T</p>"),
                ("authors", "J"),
                ("published", "2013"),
            ],
        );
        check(
            r#"{"uri": "u:2", "versioncreated": "2021", "headlines": [{"role": "main", "value": "H"}],
                "bodies": [{"contenttype": "text/html", "value": "<p>T</p>"}, {"contenttype": "text/plain", "value": "T"}],
                "infosources": [{"name": "City"}]}"#,
            &[("title", "H"), ("text", "T"), ("outlet", "City")],
        );
    }

    #[test]
    fn loose_names_serve_only_where_ours_are_missing() {
        check(
            r#"{"Headline": "H", "content": "T", "source": "City"}"#,
            &[("title", "H"), ("outlet", "City")],
        );
        check(r#"{"text": "T", "content": "kept"}"#, &[("content", "kept")]);
    }
}
