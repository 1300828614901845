//! RSS (0.9 to 2.0, RDF) and Atom: each entry a report, with the outlet it came from.

use stemma_model::{Problem, Source};

use super::xml::{self, Element};
use super::{is_markup, take_fragment};
use crate::draft::Draft;
use crate::html;
use crate::problem;

/// The entries of a feed, in its order.
///
/// An entry's text is the fullest of its content, description and summary. The outlet is the
/// entry's own `<source>` where it names one (aggregators do), else the feed's title; the source's
/// address is kept as `extra.source_url`.
///
/// # Errors
/// If `bytes` hold no feed.
pub(crate) fn read(bytes: &[u8], source: &Source) -> Result<Vec<Draft>, Problem> {
    let root = xml::parse(bytes).map_err(|fault| problem::malformed(source, "feed", &fault))?;
    let channel = root.first("channel").unwrap_or(&root);
    let outlet = channel.text_of("title").map(|title| plain(&title));
    let mut entries = Vec::new();
    root.walk(&mut |element| {
        if matches!(element.name.as_str(), "item" | "entry") {
            entries.push(element);
        }
    });
    Ok(entries.into_iter().map(|entry| draft(entry, outlet.clone(), source)).collect())
}

fn draft(entry: &Element, outlet: Option<String>, source: &Source) -> Draft {
    let mut draft = Draft::new(source.clone());
    draft.given_id = entry.text_of("guid").or_else(|| entry.text_of("id"));
    draft.url = address(entry);
    draft.title = entry.text_of("title").map(|title| plain(&title));
    draft.authors = authors(entry);
    draft.published = published(entry);
    draft.outlet = outlet;
    if let Some(origin) = entry.first("source") {
        let name = origin.text_of("title").or_else(|| origin.text()).map(|name| plain(&name));
        draft.outlet = name.or(draft.outlet.take());
        let url = origin.attribute("url").map(str::to_owned).or_else(|| address(origin));
        draft.extra.extend(url.map(|url| ("source_url".to_owned(), url.into())));
    }
    fill(&mut draft, entry);
    draft
}

/// Takes the longest of the texts that an entry carries.
fn fill(draft: &mut Draft, entry: &Element) {
    const TEXTS: [&str; 5] = ["encoded", "content", "description", "summary", "body"];
    let texts = entry.elements().filter(|element| {
        TEXTS.contains(&element.name.as_str())
            && element.prefix != "media"
            && element.prefix != "itunes"
    });
    let markups = texts.filter_map(|element| {
        let xhtml = element.attribute("type") == Some("xhtml");
        if xhtml { Some(element.markup()) } else { element.text() }
    });
    for markup in markups {
        let mut other = Draft::new(draft.source.clone());
        if is_markup(&markup) {
            take_fragment(&mut other, &markup);
        } else {
            other.text = plain(&markup);
        }
        if other.text.len() > draft.text.len() {
            draft.text = other.text;
            draft.headings = other.headings;
        }
    }
}

/// Where the entry can be read: an Atom link that is no other relation, or the text of a link.
fn address(entry: &Element) -> Option<String> {
    let links = || entry.all("link");
    let is_page = |link: &&Element| matches!(link.attribute("rel"), None | Some("alternate"));
    links()
        .filter(is_page)
        .find_map(|link| link.attribute("href").map(str::to_owned).or_else(|| link.text()))
        .or_else(|| entry.text_of("guid").filter(|guid| guid.starts_with("http")))
}

fn authors(entry: &Element) -> Vec<String> {
    let named =
        entry.elements().filter(|element| matches!(element.name.as_str(), "author" | "creator"));
    named
        .filter_map(|author| author.text_of("name").or_else(|| author.text()))
        .flat_map(|names| crate::record::split_authors(&person(&names)))
        .collect()
}

/// RSS wants an address with the name behind it: `jo@city.example (Jo Li)`.
fn person(author: &str) -> String {
    let bracketed = author.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    match bracketed {
        Some((name, _)) if author.contains('@') => name.to_owned(),
        _ => author.to_owned(),
    }
}

fn published(entry: &Element) -> Option<(String, String)> {
    ["pubDate", "published", "issued", "date", "updated"]
        .iter()
        .find_map(|name| Some((entry.text_of(name)?, format!("feed {name}"))))
}

/// Text whose entities were escaped twice, as titles often are.
fn plain(text: &str) -> String {
    html::unescape(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(feed: &str) -> Vec<Draft> {
        read(feed.as_bytes(), &Source::Stdin(1)).expect("a feed")
    }

    #[test]
    fn rss_keeps_the_source() {
        let found = entries(
            "<rss><channel><title>City Feed</title><item><title>Bridge &amp;amp; river</title>\
             <link>https://a.example/1</link><guid>g1</guid><pubDate>Fri, 31 May 2024 10:00:00 GMT</pubDate>\
             <dc:creator>Jo Li and Al Roe</dc:creator><source url='https://b.example/rss'>River Post</source>\
             <description>Short.</description>\
             <content:encoded><![CDATA[<p>The bridge is open.</p><h2>Next</h2><p>It closes.</p>]]></content:encoded>\
             </item><item><description>Two</description></item></channel></rss>",
        );
        let first = &found[0];
        assert_eq!(first.title.as_deref(), Some("Bridge & river"));
        assert_eq!(first.outlet.as_deref(), Some("River Post"));
        assert_eq!(first.extra["source_url"], "https://b.example/rss");
        assert_eq!(first.text, "The bridge is open.\n\nNext\n\nIt closes.");
        assert_eq!(first.authors, ["Jo Li", "Al Roe"]);
        assert_eq!(first.published.as_ref().map(|(_, from)| from.as_str()), Some("feed pubDate"));
        assert_eq!(found[1].outlet.as_deref(), Some("City Feed"));
    }

    #[test]
    fn atom_and_its_xhtml() {
        let found = entries(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>City</title><entry><id>x</id>\
             <link rel='edit' href='https://a.example/e'/><link href='https://a.example/2'/>\
             <author><name>Jo Li</name></author><updated>2024-05-31T10:00:00Z</updated>\
             <content type='xhtml'><div><p>One.</p><p>Two.</p></div></content></entry></feed>",
        );
        assert_eq!(found[0].url.as_deref(), Some("https://a.example/2"));
        assert_eq!(found[0].text, "One.\n\nTwo.");
        assert_eq!(found[0].authors, ["Jo Li"]);
    }
}
