//! Articles that a page describes in JSON-LD, after schema.org.

use dom_query::Document;
use serde_json::{Map, Value};

/// How deep descriptions are followed: `@graph`, `mainEntity` and `hasPart` nest a few levels.
const MAX_DEPTH: usize = 6;

/// Types of schema.org that are articles.
const ARTICLES: [&str; 16] = [
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "AskPublicNewsArticle",
    "ReviewNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "SocialMediaPosting",
    "Report",
    "ScholarlyArticle",
    "TechArticle",
    "SatiricalArticle",
    "AdvertiserContentArticle",
];

/// The descriptions of articles in a page, in order.
pub(crate) fn articles(document: &Document) -> Vec<Value> {
    let mut found = Vec::new();
    for script in document.select("script[type='application/ld+json']").nodes() {
        let text = script.text();
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
        if let Ok(value) = serde_json::from_str(&without_controls(text)) {
            collect(value, MAX_DEPTH, &mut found);
        }
    }
    found
}

/// Raw line ends inside strings are not JSON, and common.
fn without_controls(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn collect(value: Value, depth: usize, found: &mut Vec<Value>) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(values) => {
            values.into_iter().for_each(|value| collect(value, depth - 1, found));
        }
        Value::Object(fields) if is_article(&fields) => found.push(Value::Object(fields)),
        Value::Object(mut fields) => {
            for name in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"] {
                if let Some(inner) = fields.remove(name) {
                    collect(inner, depth - 1, found);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_article(fields: &Map<String, Value>) -> bool {
    let named = |value: &Value| value.as_str().is_some_and(|name| ARTICLES.contains(&name));
    match fields.get("@type") {
        Some(Value::Array(types)) => types.iter().any(named),
        Some(one) => named(one),
        None => false,
    }
}

/// The text that a description carries, if any.
pub(crate) fn body(articles: &[Value]) -> Option<String> {
    articles.iter().find_map(|article| string(article.get("articleBody")?))
}

/// A string, or what stands for one: `{"@value": …}`, `{"name": …}`, `{"@id": …}`, the first of a
/// list.
pub(crate) fn string(value: &Value) -> Option<String> {
    let found = match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => {
            let inner =
                ["@value", "name", "headline", "@id"].iter().find_map(|n| fields.get(*n))?;
            inner.as_str()?.to_owned()
        }
        Value::Array(values) => string(values.first()?)?,
        Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    };
    let plain = super::metadata::unescape(found.trim());
    (!plain.is_empty()).then_some(plain)
}

/// Every name in a person, organisation, string, or list of them.
pub(crate) fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(names).collect(),
        Value::Object(fields) => fields.get("name").map(names).unwrap_or_default(),
        other => string(other).into_iter().collect(),
    }
}
