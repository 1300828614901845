//! Sitemaps for news: addresses with titles, dates and outlets, but no texts.

use stemma_model::{Problem, Source};

use super::xml::{self, Element};
use crate::problem;

/// One report that a sitemap or feed announces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announced {
    /// Where it is.
    pub url: String,
    /// Its title, from the news extension.
    pub title: Option<String>,
    /// The outlet, from the news extension.
    pub outlet: Option<String>,
    /// The publication date, or that of the last change.
    pub published: Option<String>,
    /// The address is another sitemap.
    pub is_sitemap: bool,
}

impl Announced {
    /// An address of which nothing else is known.
    #[must_use]
    pub fn at(url: &str) -> Self {
        Self { url: url.to_owned(), ..Self::default() }
    }
}

/// The reports and further sitemaps that a sitemap lists, in its order.
///
/// # Errors
/// A `malformed` problem if `bytes` hold no sitemap.
pub fn sitemap(bytes: &[u8], source: &Source) -> Result<Vec<Announced>, Problem> {
    let root = xml::parse(bytes).map_err(|fault| problem::malformed(source, "sitemap", &fault))?;
    let listed =
        root.elements().filter(|element| matches!(element.name.as_str(), "url" | "sitemap"));
    Ok(listed.filter_map(announced).collect())
}

fn announced(element: &Element) -> Option<Announced> {
    let news = element.first("news");
    let of_news = |path: &[&str]| news.and_then(|news| news.at(path)).and_then(Element::text);
    Some(Announced {
        url: element.text_of("loc")?,
        title: of_news(&["title"]),
        outlet: of_news(&["publication", "name"]),
        published: of_news(&["publication_date"]).or_else(|| element.text_of("lastmod")),
        is_sitemap: element.name == "sitemap",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_and_further_maps_are_listed() {
        let found = sitemap(
            b"<urlset xmlns:news='x'><url><loc>https://a.example/1</loc><news:news><news:publication>\
              <news:name>City Wire</news:name></news:publication><news:title>Bridge</news:title>\
              <news:publication_date>2024-05-31</news:publication_date></news:news></url>\
              <url><loc>https://a.example/2</loc><lastmod>2024-06-01</lastmod></url></urlset>",
            &Source::Stdin(1),
        )
        .expect("a sitemap");
        assert_eq!(found[0].outlet.as_deref(), Some("City Wire"));
        assert_eq!(found[0].published.as_deref(), Some("2024-05-31"));
        assert_eq!(found[1].published.as_deref(), Some("2024-06-01"));
        let index =
            b"<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>";
        assert!(sitemap(index, &Source::Stdin(1)).expect("an index")[0].is_sitemap);
    }
}
