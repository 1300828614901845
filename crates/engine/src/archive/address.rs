//! One page, one address: URLs without what does not tell pages apart.

use url::Url;

/// Names of query parameters that say where a reader came from, not what they read.
///
/// Sources: the parameters documented by Google Analytics, Meta, Microsoft Advertising, Mailchimp,
/// HubSpot and Matomo; those of newspapers from 600 URLs with a query in a sample of 2012 to 2020.
const TRACKING: [&str; 62] = [
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_r",
    "action",
    "affiliate",
    "amp",
    "campaign",
    "clickid",
    "clicksource",
    "cmp",
    "cmpid",
    "cmpl",
    "contentcollection",
    "contentplacement",
    "dclid",
    "emc",
    "et_cid",
    "et_rid",
    "fb",
    "fbclid",
    "feedname",
    "feedtype",
    "ftag",
    "gclid",
    "hp",
    "hpid",
    "hp_ref",
    "icid",
    "igshid",
    "iid",
    "intcid",
    "intcmp",
    "mbid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "mod",
    "module",
    "msclkid",
    "nl",
    "ns_campaign",
    "ns_mchannel",
    "ns_source",
    "outputtype",
    "partner",
    "pgtype",
    "promo",
    "ref",
    "ref_src",
    "region",
    "rss",
    "smid",
    "smprod",
    "smtyp",
    "src",
    "taid",
    "via",
    "wt.nav",
    "xid",
    "yptr",
];

/// Beginnings of such names.
const TRACKING_PREFIXES: [&str; 5] = ["utm_", "at_", "pk_", "mtm_", "wt."];

/// Labels that a host puts before its own name for one sort of reader.
const HOST_LABELS: [&str; 6] = ["www.", "www2.", "m.", "mobile.", "amp.", "edition."];

/// The address of a page: its URL without scheme, user, port, fragment, tracking, and what tells
/// its AMP and mobile versions from the page itself; what is left of the query is sorted.
///
/// `None` for what is no web address.
#[must_use]
pub fn address(url: &str) -> Option<String> {
    let url = Url::parse(url.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let url = behind_cache(&url).unwrap_or(url);
    let host = url.host_str()?.to_ascii_lowercase();
    let bare = HOST_LABELS
        .iter()
        .find_map(|label| host.strip_prefix(label).filter(|rest| rest.contains('.')))
        .unwrap_or(&host);
    let mut address = format!("{bare}{}", path(url.path()));
    let mut query: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, value)| !is_tracking(name) && !value.is_empty())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    query.sort();
    for (i, (name, value)) in query.iter().enumerate() {
        address.push_str(if i == 0 { "?" } else { "&" });
        address.push_str(&format!("{name}={value}"));
    }
    Some(address)
}

/// The page that Google's cache of AMP pages shows: `cdn.ampproject.org/c/s/news.example/page`.
fn behind_cache(url: &Url) -> Option<Url> {
    let cached = url.host_str()?.ends_with("cdn.ampproject.org")
        || (url.host_str()?.starts_with("www.google.") && url.path().starts_with("/amp/"));
    let page = url.path().split_once("/s/").filter(|_| cached)?.1;
    let query = url.query().map_or(String::new(), |query| format!("?{query}"));
    Url::parse(&format!("https://{page}{query}")).ok()
}

/// The path without an AMP part, a file name that every folder has, and a slash at its end.
fn path(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let is_amp = |part: &str| part.eq_ignore_ascii_case("amp");
    let last = parts.len().saturating_sub(1);
    let kept = parts.iter().enumerate().filter(|&(i, part)| {
        let index = i == last && matches!(*part, "index.html" | "index.htm" | "index.php");
        !(index || (is_amp(part) && (i == 0 || i == last)))
    });
    kept.fold(String::new(), |mut path, (i, part)| {
        path.push('/');
        path.push_str(if i == last { without_amp_ending(part) } else { part });
        path
    })
}

fn without_amp_ending(part: &str) -> &str {
    part.strip_suffix(".amp").unwrap_or(part)
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.binary_search(&name.as_str()).is_ok()
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(address_expected: &str, urls: &[&str]) {
        for url in urls {
            assert_eq!(address(url).as_deref(), Some(address_expected), "{url}");
        }
    }

    #[test]
    fn the_lists_are_sorted() {
        assert!(TRACKING.is_sorted());
    }

    #[test]
    fn amp_mobile_and_tracking_variants_are_one() {
        check(
            "news.example/2026/05/bridge",
            &[
                "https://news.example/2026/05/bridge",
                "http://www.news.example/2026/05/bridge/",
                "https://m.news.example:443/2026/05/bridge?utm_source=x&utm_medium=y#top",
                "https://amp.news.example/2026/05/bridge?fbclid=abc",
                "https://news.example/amp/2026/05/bridge",
                "https://news.example/2026/05/bridge/amp/",
                "https://news.example/2026/05/bridge.amp?outputType=amp",
                "https://news-example.cdn.ampproject.org/c/s/news.example/2026/05/bridge?amp=1",
                "https://www.google.com/amp/s/news.example/2026/05/bridge/index.html",
                "https://user:secret@news.example/2026/05/bridge?&hp&WT.nav=top-news",
            ],
        );
    }

    #[test]
    fn what_tells_pages_apart_stays() {
        check(
            "news.example/story?id=7&page=2",
            &[
                "https://news.example/story?page=2&id=7",
                "https://news.example/story?id=7&ref=home&page=2",
            ],
        );
        assert_ne!(address("https://news.example/Amp-it-up"), address("https://news.example/up"));
        assert_ne!(address("https://a.example/x"), address("https://b.example/x"));
        assert_eq!(address("https://m.com/x").as_deref(), Some("m.com/x"), "no host is left empty");
        assert_eq!(address("mailto:a@b.example"), None);
        assert_eq!(address("reports/a.txt"), None);
    }

    proptest! {
        #[test]
        fn an_address_is_its_own_address(url in "https?://(www\\.|m\\.)?[a-z]{1,8}\\.example(/[a-z]{1,6}(\\.amp)?){0,4}/?(\\?[a-z]{1,3}=[a-z0-9%]{0,4}(&utm_x=1)?)?") {
            let once = address(&url).unwrap();
            let again = address(&format!("https://{once}"));
            prop_assert_eq!(again.as_deref(), Some(once.as_str()));
        }

        #[test]
        fn nothing_panics(url in "(?s)https?://.{0,40}|.{0,40}") {
            let _ = address(&url);
        }
    }
}
