//! What a page says about itself, and where it says so.

use dom_query::Document;
use serde_json::Value;
use url::Url;

use super::json_ld;
use crate::record::split_authors;

/// A value with the place it was found at: `json-ld`, `og`, `meta`, `time`, `link`, `h1`,
/// `title`, `url`, `markup`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<T> {
    /// The value.
    pub value: T,
    /// Where it stood.
    pub from: &'static str,
}

/// What a page says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The headline.
    pub title: Option<Field<String>>,
    /// The name of the outlet; its host where no name is given.
    pub outlet: Option<Field<String>>,
    /// The authors' names.
    pub authors: Option<Field<Vec<String>>>,
    /// The publication date or date-time, as written.
    pub published: Option<Field<String>>,
    /// The canonical address.
    pub url: Option<Field<String>>,
    /// The BCP 47 language that the page declares.
    pub language: Option<String>,
}

/// Reads the metadata of `document`; `articles` are its JSON-LD descriptions.
pub(crate) fn read(document: &Document, articles: &[Value]) -> Metadata {
    let page = Page { document, articles };
    let url = page.url();
    let outlet = page.outlet(url.as_ref());
    let title = page.title(outlet.as_ref());
    Metadata {
        authors: page.authors(outlet.as_ref()),
        published: page.published(url.as_ref()),
        language: page.attribute("html[lang]", "lang"),
        title,
        outlet,
        url,
    }
}

struct Page<'d> {
    document: &'d Document,
    articles: &'d [Value],
}

impl Page<'_> {
    fn linked(&self, name: &str) -> Option<Field<String>> {
        let found = self.articles.iter().find_map(|article| json_ld::string(article.get(name)?));
        found.map(|value| Field { value, from: "json-ld" })
    }

    /// The content of the first `meta` element with one of these names or properties.
    fn meta(&self, names: &[&str], from: &'static str) -> Option<Field<String>> {
        names.iter().find_map(|name| {
            let select = format!(
                "meta[property='{name}' i], meta[name='{name}' i], meta[itemprop='{name}' i]"
            );
            let found = self.document.try_select(&select)?;
            let value = found.nodes().iter().find_map(|node| clean(&node.attr("content")?))?;
            Some(Field { value, from })
        })
    }

    fn attribute(&self, select: &str, name: &str) -> Option<String> {
        clean(&self.document.try_select(select)?.nodes().first()?.attr(name)?)
    }

    fn text(&self, select: &str, from: &'static str) -> Option<Field<String>> {
        let found = self.document.try_select(select)?;
        let value = found.nodes().iter().find_map(|node| clean(&node.text()))?;
        Some(Field { value, from })
    }

    fn url(&self) -> Option<Field<String>> {
        let canonical = self.attribute("link[rel='canonical' i]", "href");
        let canonical = canonical.map(|value| Field { value, from: "link" });
        [
            canonical,
            self.meta(&["og:url"], "og"),
            self.linked("url"),
            self.linked("mainEntityOfPage"),
        ]
        .into_iter()
        .flatten()
        .find(|field| is_web_address(&field.value))
    }

    fn outlet(&self, url: Option<&Field<String>>) -> Option<Field<String>> {
        self.linked("publisher")
            .filter(|field| !is_web_address(&field.value))
            .or_else(|| self.meta(&["og:site_name"], "og"))
            .or_else(|| self.meta(&["application-name", "publisher", "dc.publisher"], "meta"))
            .or_else(|| {
                let host = Url::parse(&url?.value).ok()?.host_str()?.to_owned();
                let value = host.strip_prefix("www.").unwrap_or(&host).to_owned();
                Some(Field { value, from: "url" })
            })
    }

    fn title(&self, outlet: Option<&Field<String>>) -> Option<Field<String>> {
        self.linked("headline")
            .or_else(|| self.meta(&["og:title"], "og"))
            .or_else(|| {
                self.meta(&["twitter:title", "dc.title", "headline", "parsely-title"], "meta")
            })
            .or_else(|| self.text("h1", "h1"))
            .or_else(|| self.text("title", "title"))
            .map(|field| without_site(field, outlet.map(|outlet| outlet.value.as_str())))
    }

    fn authors(&self, outlet: Option<&Field<String>>) -> Option<Field<Vec<String>>> {
        const NAMES: [&str; 7] = [
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "byl",
        ];
        let described: Vec<String> = self
            .articles
            .iter()
            .filter_map(|article| article.get("author").or_else(|| article.get("creator")))
            .map(json_ld::names)
            .find(|names| !names.is_empty())
            .unwrap_or_default();
        let described = Field { value: described, from: "json-ld" };
        let split =
            |field: Field<String>| Field { value: split_authors(&field.value), from: field.from };
        let marked = || {
            self.text("[rel='author'], [itemprop='author'] [itemprop='name'], .byline a", "markup")
        };
        [Some(described), self.meta(&NAMES, "meta").map(split), marked().map(split)]
            .into_iter()
            .flatten()
            .map(|field| authors_only(field, outlet.map(|outlet| outlet.value.as_str())))
            .find(|field| !field.value.is_empty())
    }

    fn published(&self, url: Option<&Field<String>>) -> Option<Field<String>> {
        const NAMES: [&str; 17] = [
            "article:published_time",
            "og:published_time",
            "datePublished",
            "article:published",
            "parsely-pub-date",
            "sailthru.date",
            "pubdate",
            "publishdate",
            "publish-date",
            "publish_date",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
            "dc.date",
            "date",
            "article.published",
            "cXenseParse:recs:publishtime",
        ];
        let timed = |select: &str| {
            let value = self.attribute(select, "datetime")?;
            Some(Field { value, from: "time" })
        };
        self.linked("datePublished")
            .or_else(|| self.meta(&NAMES, "meta"))
            .or_else(|| timed("[itemprop='datePublished'][datetime], time[pubdate][datetime]"))
            .or_else(|| timed("article time[datetime], header time[datetime]"))
            .or_else(|| timed("time[datetime]"))
            .filter(|field| field.value.chars().any(|c| c.is_ascii_digit()))
            .or_else(|| {
                let value = date_in_path(&url?.value)?;
                Some(Field { value, from: "url" })
            })
    }
}

/// The names that are no addresses, and not the outlet's own.
fn authors_only(field: Field<Vec<String>>, outlet: Option<&str>) -> Field<Vec<String>> {
    let mut value = field.value;
    value.retain(|name| {
        !is_web_address(name)
            && name.len() <= 100
            && outlet.is_none_or(|outlet| !name.eq_ignore_ascii_case(outlet))
    });
    value.dedup();
    Field { value, ..field }
}

/// The title without the name of the outlet behind a dash or bar.
fn without_site(field: Field<String>, outlet: Option<&str>) -> Field<String> {
    let cut = [" | ", " - ", " – ", " — ", " :: ", " » "].iter().find_map(|mark| {
        let (title, site) = field.value.rsplit_once(mark)?;
        let named = outlet.is_some_and(|outlet| site.trim().eq_ignore_ascii_case(outlet));
        (named && !title.trim().is_empty()).then(|| title.trim().to_owned())
    });
    match cut {
        Some(value) => Field { value, ..field },
        None => field,
    }
}

fn is_web_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The date in an address like `…/2024/05/31/bridge` or `…/2024-05-31-bridge`.
fn date_in_path(address: &str) -> Option<String> {
    let path = Url::parse(address).ok()?.path().to_owned();
    let numbers: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    numbers.windows(3).find_map(|window| {
        let (year, month, day) = (window[0], window[1], window[2]);
        let number = |part: &str| part.parse::<u32>().ok();
        let fits = year.len() == 4
            && (1990..=2100).contains(&number(year)?)
            && month.len() <= 2
            && (1..=12).contains(&number(month)?)
            && day.len() <= 2
            && (1..=31).contains(&number(day)?);
        fits.then(|| format!("{year}-{month:0>2}-{day:0>2}"))
    })
}

/// Text with white space collapsed and entities resolved; nothing if empty.
fn clean(text: &str) -> Option<String> {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = unescape(&joined);
    (!plain.is_empty()).then_some(plain)
}

/// Resolves entities that were escaped twice; markup is kept as text.
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let escaped = text.replace('<', "&lt;");
    Document::fragment(escaped).text().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str) -> Metadata {
        let document = Document::from(page);
        read(&document, &json_ld::articles(&document))
    }

    fn given(field: &Option<Field<String>>) -> (&str, &str) {
        field.as_ref().map_or(("", ""), |field| (field.value.as_str(), field.from))
    }

    #[test]
    fn json_ld_comes_first() {
        let found = check(
            r#"<html lang=en><link rel=canonical href="https://a.example/x">
            <meta property="og:title" content="Other"><script type="application/ld+json">
            {"@graph": [{"@type": ["NewsArticle"], "headline": "Bridge &amp; river",
              "author": [{"@type": "Person", "name": "Jo Li"}, {"name": "Anna Lind"}],
              "publisher": {"name": "City Wire"}, "datePublished": "2024-05-31T10:00:00Z"}]}
            </script>"#,
        );
        assert_eq!(given(&found.title), ("Bridge & river", "json-ld"));
        assert_eq!(given(&found.outlet), ("City Wire", "json-ld"));
        assert_eq!(given(&found.published), ("2024-05-31T10:00:00Z", "json-ld"));
        assert_eq!(given(&found.url), ("https://a.example/x", "link"));
        assert_eq!(found.authors.expect("authors").value, ["Jo Li", "Anna Lind"]);
        assert_eq!(found.language.as_deref(), Some("en"));
    }

    #[test]
    fn other_places_serve_where_it_is_missing() {
        let found = check(
            "<meta property='og:site_name' content='City Wire'><meta name=Author content='By Jo Li and Al Roe'>\
             <meta property='og:url' content='https://www.a.example/2024/5/3/bridge'>\
             <title>Bridge closes | City Wire</title>",
        );
        assert_eq!(given(&found.title), ("Bridge closes", "title"));
        assert_eq!(given(&found.outlet), ("City Wire", "og"));
        assert_eq!(given(&found.published), ("2024-05-03", "url"));
        assert_eq!(found.authors.expect("authors").value, ["Jo Li", "Al Roe"]);
    }

    #[test]
    fn times_are_read_and_nothing_is_made_up() {
        let found = check("<article><time datetime='2024-05-31'>May 31</time></article>");
        assert_eq!(given(&found.published), ("2024-05-31", "time"));
        assert_eq!(check("<p>Nothing</p>"), Metadata::default());
    }
}
