//! XML as a small tree: for feeds, sitemaps and NewsML, which are short and often not quite XML.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::encoding;
use crate::html;

/// The deepest nesting that is followed: documents of these forms have ten levels, and XHTML in
/// them some more.
const MAX_DEPTH: usize = 200;

/// An element with what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its name without prefix.
    pub(crate) name: String,
    /// Its prefix, empty if none.
    pub(crate) prefix: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The child elements, in order.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The child elements of that name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first child element of that name.
    pub(crate) fn first(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The first descendant at that path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.first(name))
    }

    /// The attribute of that name, prefix left out.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All text below, without white space at its ends; `None` if there is none.
    pub(crate) fn text(&self) -> Option<String> {
        let mut text = String::new();
        self.collect_text(&mut text);
        let trimmed = text.trim();
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    }

    /// The text of the first child of that name.
    pub(crate) fn text_of(&self, name: &str) -> Option<String> {
        self.first(name)?.text()
    }

    fn collect_text(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) => element.collect_text(text),
            }
        }
    }

    /// What stands inside, written as markup again: for XHTML carried as elements.
    pub(crate) fn markup(&self) -> String {
        let mut markup = String::new();
        self.write_inner(&mut markup);
        markup
    }

    fn write_inner(&self, markup: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => {
                    markup.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"))
                }
                Node::Element(element) => {
                    markup.push_str(&format!("<{}>", element.name));
                    element.write_inner(markup);
                    markup.push_str(&format!("</{}>", element.name));
                }
            }
        }
    }

    /// Calls `visit` for every element below, parents first.
    pub(crate) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Element)) {
        for element in self.elements() {
            visit(element);
            element.walk(visit);
        }
    }
}

/// The root element of `bytes`, read as far as it can be.
///
/// End tags need not match, entities of HTML are resolved, and a document that ends early is
/// closed where it ends. Entities that a document declares itself are not expanded, so that none
/// can blow up.
///
/// # Errors
/// What the parser found, if there is no root element.
pub(crate) fn parse(bytes: &[u8]) -> Result<Element, String> {
    let decoded = encoding::decode(bytes, html::declared_charset(bytes).as_deref());
    let mut reader = Reader::from_str(decoded.text.trim_start());
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut open = vec![Element::default()];
    let fault = loop {
        match reader.read_event() {
            Ok(Event::Eof) => break None,
            Ok(event) => take(event, &mut open),
            Err(error) => break Some(error.to_string()),
        }
    };
    while open.len() > 1 {
        close(&mut open);
    }
    let mut document = open.pop().unwrap_or_default();
    let root = document.children.iter().position(|node| matches!(node, Node::Element(_)));
    match root.map(|at| document.children.swap_remove(at)) {
        Some(Node::Element(root)) => Ok(root),
        _ => Err(fault.unwrap_or_else(|| "no element".to_owned())),
    }
}

fn take(event: Event<'_>, open: &mut Vec<Element>) {
    let text = match event {
        Event::Start(start) if open.len() < MAX_DEPTH => return open.push(element(&start)),
        Event::Empty(start) => {
            let node = Node::Element(element(&start));
            return open.last_mut().expect("the document is open").children.push(node);
        }
        Event::End(_) if open.len() > 1 => return close(open),
        Event::Text(text) => text.to_string(),
        Event::CData(text) => text.to_string(),
        Event::GeneralRef(reference) => resolve(&reference),
        _ => return,
    };
    let children = &mut open.last_mut().expect("the document is open").children;
    match children.last_mut() {
        Some(Node::Text(before)) => before.push_str(&text),
        _ => children.push(Node::Text(text)),
    }
}

fn close(open: &mut Vec<Element>) {
    let done = open.pop().expect("one is open");
    open.last_mut().expect("the document stays open").children.push(Node::Element(done));
}

fn element(start: &BytesStart<'_>) -> Element {
    let name = start.name();
    let prefix = name.prefix().map(|prefix| prefix.as_ref().to_owned());
    let mut found = start.attributes();
    let attributes = found.with_checks(false).flatten().map(|attribute| {
        let name = attribute.key.local_name().as_ref().to_owned();
        (name, html::unescape(&attribute.value))
    });
    Element {
        name: name.local_name().as_ref().to_owned(),
        prefix: prefix.unwrap_or_default(),
        attributes: attributes.collect(),
        children: Vec::new(),
    }
}

/// What an entity stands for: a character by number, one of XML's five, or one of HTML's.
fn resolve(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name: &str = reference;
    match resolve_predefined_entity(name) {
        Some(text) => text.to_owned(),
        None => html::unescape(&format!("&{name};")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn trees_are_read_leniently() {
        let root = parse(
            b"<?xml version='1.0'?><a:r x:y='1 &amp; 2'><t>A &amp; B&nbsp;&#8220;C&#x201d;</t>\
              <t><![CDATA[<p>D</p>]]></t><u><b>E</b> F",
        )
        .expect("a root");
        assert_eq!((root.prefix.as_str(), root.name.as_str()), ("a", "r"));
        assert_eq!(root.attribute("y"), Some("1 & 2"));
        let texts: Vec<_> = root.all("t").filter_map(Element::text).collect();
        assert_eq!(texts, ["A & B\u{a0}“C”", "<p>D</p>"]);
        assert_eq!(root.first("u").map(Element::markup).as_deref(), Some("<b>E</b> F"));
    }

    #[test]
    fn declared_entities_do_not_grow() {
        let bomb = "<!DOCTYPE r [<!ENTITY a 'xxxx'><!ENTITY b '&a;&a;&a;'>]><r>&b;&b;</r>";
        let root = parse(bomb.as_bytes()).expect("a root");
        assert!(root.text().is_none_or(|text| text.len() < 20));
    }

    proptest! {
        #[test]
        fn any_bytes_end(text in "([<>/a-c&;!\\[\\]\"'= -]|é){0,120}") {
            let _ = parse(text.as_bytes());
        }
    }
}
