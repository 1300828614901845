//! NewsML-G2 (IPTC): news items and packages of them.

use stemma_model::{Problem, Source};

use super::take_fragment;
use super::xml::{self, Element};
use crate::draft::Draft;
use crate::problem;

/// The news items in a NewsML-G2 document, alone or in a `newsMessage`.
///
/// # Errors
/// If `bytes` hold no XML.
pub(crate) fn read(bytes: &[u8], source: &Source) -> Result<Vec<Draft>, Problem> {
    let root =
        xml::parse(bytes).map_err(|fault| problem::malformed(source, "NewsML document", &fault))?;
    if root.name == "newsItem" {
        return Ok(vec![draft(&root, source)]);
    }
    let mut items = Vec::new();
    root.walk(&mut |element| {
        if element.name == "newsItem" {
            items.push(element);
        }
    });
    Ok(items.into_iter().map(|item| draft(item, source)).collect())
}

fn draft(item: &Element, source: &Source) -> Draft {
    let mut draft = Draft::new(source.clone());
    draft.given_id = item.attribute("guid").map(str::to_owned);
    let about = |path: &[&str]| item.at(path).and_then(Element::text);
    draft.title = about(&["contentMeta", "headline"]);
    draft.authors = item
        .first("contentMeta")
        .into_iter()
        .flat_map(|meta| meta.all("by").chain(meta.all("creator")))
        .filter_map(|by| by.text_of("name").or_else(|| by.text()))
        .flat_map(|names| crate::record::split_authors(&names))
        .collect();
    draft.authors.dedup();
    draft.outlet = named(item, &["contentMeta", "infoSource"])
        .or_else(|| named(item, &["itemMeta", "provider"]))
        .or_else(|| named(item, &["rightsInfo", "copyrightHolder"]));
    draft.published = about(&["contentMeta", "contentCreated"])
        .or_else(|| about(&["itemMeta", "versionCreated"]))
        .map(|date| (date, "newsml".to_owned()));
    let content = item.first("contentSet");
    if let Some(inline) = content.and_then(|set| set.first("inlineXML")) {
        take_fragment(&mut draft, &inline.markup());
    } else if let Some(text) = content.and_then(|set| set.text_of("inlineData")) {
        draft.text = text;
    }
    draft
}

/// The name, literal or code of a party.
fn named(item: &Element, path: &[&str]) -> Option<String> {
    let party = item.at(path)?;
    let code =
        || party.attribute("literal").or_else(|| party.attribute("qcode")).map(str::to_owned);
    party.text_of("name").or_else(|| party.text()).or_else(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_message() {
        let found = read(
            b"<newsMessage><itemSet><newsItem guid='urn:x:1'><itemMeta><provider literal='City Wire'/>\
              <versionCreated>2024-05-31T10:00:00Z</versionCreated></itemMeta><contentMeta>\
              <headline>Bridge to close</headline><by>By Jo Li</by></contentMeta><contentSet>\
              <inlineXML><html><head><title>x</title></head><body><p>One.</p><p>Two &amp; three.</p></body></html>\
              </inlineXML></contentSet></newsItem></itemSet></newsMessage>",
            &Source::Stdin(1),
        )
        .expect("NewsML");
        let item = &found[0];
        assert_eq!(item.text, "One.\n\nTwo & three.");
        assert_eq!(item.title.as_deref(), Some("Bridge to close"));
        assert_eq!(
            (item.outlet.as_deref(), item.authors.as_slice()),
            (Some("City Wire"), &["Jo Li".to_owned()][..])
        );
        assert_eq!(item.given_id.as_deref(), Some("urn:x:1"));
    }
}
