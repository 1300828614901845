//! A strict reader of the HTML that this crate writes: enough to see that tags nest, that
//! attributes are quoted or plain, and what text is visible.

use proptest::prelude::*;

const VOID: &[&str] = &["meta", "input", "br", "hr", "img", "link"];

/// What attackers write into reports.
pub fn hostile() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "<script>alert(1)</script>",
        "</style><script>",
        "\" onmouseover=\"alert(1)",
        "' onfocus='x",
        "</title></head><body onload=x>",
        "<!-- ",
        "--><img src=x onerror=y>",
        "</script",
        "javascript:alert(1)",
        "<svg/onload=x>",
        "&lt;script&gt;&#x3c;",
        "]]>",
    ])
    .prop_map(str::to_owned)
}

/// The names of all opening tags in order, if every one is closed where it must be.
pub fn tags(page: &str) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        if let Some(declaration) = tag.strip_prefix('!') {
            rest = declaration;
            continue;
        }
        let end = tag_end(tag).ok_or_else(|| format!("no end: {:.60}", tag))?;
        let (inside, after) = (&tag[..end], &tag[end + 1..]);
        rest = after;
        if let Some(name) = inside.strip_prefix('/') {
            let last = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("</{name}> closes {last:?} before {:.60}", after));
            }
            continue;
        }
        let name: String = inside.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        attributes(&inside[name.len()..])?;
        names.push(name.clone());
        if matches!(name.as_str(), "script" | "style") {
            let close = format!("</{name}>");
            let end = rest.find(&close).ok_or("raw text goes on for ever")?;
            rest = &rest[end + close.len()..];
        } else if !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(names) } else { Err(format!("never closed: {open:?}")) }
}

/// Where a tag ends: at the first `>` outside quotation marks.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quoted = false;
    tag.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })
}

fn attributes(inside: &str) -> Result<(), String> {
    let mut rest = inside.trim();
    while !rest.is_empty() {
        let name = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let known = rest[..name].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !known || name == 0 || rest.starts_with("on") {
            return Err(format!("a strange attribute: {:.60}", rest));
        }
        rest = &rest[name..];
        if let Some(value) = rest.strip_prefix('=') {
            rest = match value.strip_prefix('"') {
                Some(quoted) => &quoted[quoted.find('"').ok_or("an unclosed value")? + 1..],
                None => &value[value.find(char::is_whitespace).unwrap_or(value.len())..],
            };
        }
        rest = rest.trim_start();
    }
    Ok(())
}

fn values(page: &str, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in page.split(&format!(" {name}=")).skip(1) {
        let value = match part.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => part.split([' ', '>']).next(),
        };
        found.extend(value.map(str::to_owned));
    }
    found
}

/// Every anchor.
pub fn ids(page: &str) -> Vec<String> {
    values(before_script(page), "id")
}

/// Every link.
pub fn links(page: &str) -> Vec<String> {
    values(before_script(page), "href")
}

fn before_script(page: &str) -> &str {
    page.split("<script>").next().unwrap_or(page)
}

/// The text outside tags, styles and scripts, unescaped.
pub fn visible_text(page: &str) -> String {
    let body = before_script(page.split("</style>").last().unwrap_or(page));
    let mut text = String::new();
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let Some(end) = tag_end(tag) else { break };
        rest = &tag[end + 1..];
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
