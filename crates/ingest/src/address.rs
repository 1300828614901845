//! One report, many addresses: what AMP, mobile and tracking variants have in common.

use std::borrow::Cow;

use url::Url;

/// Query parameters that say how a reader came, not what is read. Prefixes end in `*`.
const TRACKING: [&str; 46] = [
    "utm_*",
    "at_*",
    "mc_*",
    "pk_*",
    "mtm_*",
    "hsa_*",
    "ns_*",
    "fb_*",
    "oly_*",
    "vero_*",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "msclkid",
    "twclid",
    "yclid",
    "igshid",
    "igsh",
    "wbraid",
    "gbraid",
    "ttclid",
    "li_fat_id",
    "_ga",
    "_gl",
    "ref",
    "ref_src",
    "ref_url",
    "referrer",
    "referer",
    "cmp",
    "cmpid",
    "cid",
    "icid",
    "ito",
    "ocid",
    "smid",
    "smtyp",
    "partner",
    "ncid",
    "rss",
    "share",
    "sharetype",
    "soc_src",
    "soc_trk",
    "spm",
];

/// Query parameters that ask for another form of the same page.
const FORMS: [&str; 5] = ["amp", "outputtype", "output", "view", "print"];

/// The values of [`FORMS`] that do.
const FORM_VALUES: [&str; 9] = ["", "1", "true", "amp", "yes", "mobile", "print", "y", "full"];

/// Labels at the start of a host that serve the same pages to other devices.
const DEVICES: [&str; 6] = ["m", "mobile", "mobil", "amp", "touch", "wap"];

/// The address under which a report is one, whatever variant of it was met; `None` for what is no
/// web address.
///
/// Undone are: AMP caches and viewers, `/amp` endings and `amp.` hosts, mobile hosts, tracking
/// parameters, fragments (but for `#!` routes), user names, default ports, `index.html`, doubled
/// slashes and the slash at the end; the host loses `www.` and the scheme becomes `https`.
/// Parameters that remain are sorted. The result is a name to compare by; it need not answer.
///
/// ```
/// use stemma_ingest::canonical_address;
///
/// let amp = "https://www.google.com/amp/s/m.city.example/a/amp/?utm_source=x#top";
/// assert_eq!(canonical_address(amp).as_deref(), Some("https://city.example/a"));
/// ```
#[must_use]
pub fn canonical_address(address: &str) -> Option<String> {
    let mut url = parse(address)?;
    // A cache may serve another cache's page; two steps are more than were ever seen.
    for _ in 0..2 {
        let Some(inner) = behind_cache(&url).and_then(|inner| parse(&inner)) else { break };
        url = inner;
    }
    let host = canonical_host(url.host_str()?);
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    let path = canonical_path(url.path());
    let query = canonical_query(&url);
    let route = url.fragment().filter(|fragment| fragment.starts_with('!'));
    let route = route.map_or_else(String::new, |route| format!("#{route}"));
    Some(format!("https://{host}{port}{path}{query}{route}"))
}

fn parse(address: &str) -> Option<Url> {
    let url = Url::parse(address.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// The address of the page that an AMP cache or viewer shows.
fn behind_cache(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let path = url.path();
    let viewer = host.starts_with("www.google.") || host.starts_with("google.");
    let rest = if viewer {
        path.strip_prefix("/amp/")?
    } else if host.ends_with(".cdn.ampproject.org") || host == "cdn.ampproject.org" {
        path.get(1..)?.split_once('/').filter(|(kind, _)| matches!(*kind, "c" | "v" | "i"))?.1
    } else {
        return None;
    };
    let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
    Some(match rest.strip_prefix("s/") {
        Some(secure) => format!("https://{secure}{query}"),
        None => format!("http://{rest}{query}"),
    })
}

/// The host without `www.` and labels for devices, as long as two labels remain.
fn canonical_host(host: &str) -> String {
    let mut labels: Vec<&str> = host.trim_end_matches('.').split('.').collect();
    let is_address = host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
    while labels.len() > 2
        && !is_address
        && (labels[0].starts_with("www") && labels[0][3..].bytes().all(|b| b.is_ascii_digit())
            || DEVICES.contains(&labels[0]))
    {
        labels.remove(0);
    }
    // Wikipedia and others put the device behind the language: `en.m.example.org`.
    if labels.len() > 3 && DEVICES.contains(&labels[1]) {
        labels.remove(1);
    }
    labels.join(".")
}

/// The path without marks of a form: `/a/amp/`, `/amp/a`, `/a.amp.html`, `/a/index.html`.
fn canonical_path(path: &str) -> String {
    let mut parts: Vec<Cow<'_, str>> =
        path.split('/').filter(|part| !part.is_empty()).map(Cow::Borrowed).collect();
    let is_form =
        |part: &Cow<'_, str>| matches!(&**part, "amp" | "amp.html" | "index.html" | "index.php");
    while parts.last().is_some_and(is_form) {
        parts.pop();
    }
    if parts.len() > 1 && parts[0] == "amp" {
        parts.remove(0);
    }
    if let Some(last) = parts.last_mut()
        && let Some(stem) = last.strip_suffix(".amp.html").or_else(|| last.strip_suffix(".amp"))
    {
        let ending = if last.ends_with(".html") { ".html" } else { "" };
        *last = Cow::Owned(format!("{stem}{ending}"));
    }
    parts.iter().map(|part| format!("/{part}")).collect()
}

/// The parameters that say what is read, sorted.
fn canonical_query(url: &Url) -> String {
    let mut kept: Vec<(String, String)> = url
        .query_pairs()
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .filter(|(name, value)| !is_tracking(name) && !is_form(name, value))
        .collect();
    if kept.is_empty() {
        return String::new();
    }
    kept.sort();
    let pairs = kept.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("?{query}")
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == *known,
    })
}

fn is_form(name: &str, value: &str) -> bool {
    FORMS.contains(&name.to_ascii_lowercase().as_str())
        && FORM_VALUES.contains(&value.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn variants_of_one_report_are_one() {
        let plain = "https://city.example/2024/bridge";
        for variant in [
            "https://city.example/2024/bridge",
            "http://www.city.example/2024/bridge/",
            "https://CITY.example:443//2024/bridge#comments",
            "https://m.city.example/2024/bridge?utm_source=a&utm_medium=b",
            "https://mobile.city.example/2024/bridge?fbclid=x",
            "https://amp.city.example/2024/bridge",
            "https://www.city.example/amp/2024/bridge",
            "https://www.city.example/2024/bridge/amp/",
            "https://www.city.example/2024/bridge.amp",
            "https://www.city.example/2024/bridge?amp=1&gclid=2",
            "https://www.city.example/2024/bridge?outputType=amp",
            "https://www.google.com/amp/s/www.city.example/2024/bridge/amp",
            "https://www.google.co.uk/amp/www.city.example/2024/bridge",
            "https://www-city-example.cdn.ampproject.org/c/s/www.city.example/2024/bridge",
            "https://www-city-example.cdn.ampproject.org/v/s/city.example/2024/bridge?usqp=1&amp=1",
            "https://user:word@city.example/2024/bridge/index.html",
        ] {
            let found = canonical_address(variant).map(|found| found.replace("?usqp=1", ""));
            assert_eq!(found.as_deref(), Some(plain), "{variant}");
        }
    }

    #[test]
    fn what_tells_reports_apart_is_kept() {
        for (address, expected) in [
            ("https://a.example/story?id=7&page=2", "https://a.example/story?id=7&page=2"),
            ("https://a.example/story?page=2&id=7&ref=x", "https://a.example/story?id=7&page=2"),
            ("https://a.example/#!/story/7", "https://a.example#!/story/7"),
            ("https://en.m.wiki.example/wiki/Bridge", "https://en.wiki.example/wiki/Bridge"),
            ("https://m.example/a", "https://m.example/a"),
            ("https://a.example:8080/Case/Kept", "https://a.example:8080/Case/Kept"),
            ("https://a.example/view?view=gallery", "https://a.example/view?view=gallery"),
            ("http://127.0.0.1/a.amp.html", "https://127.0.0.1/a.html"),
        ] {
            assert_eq!(canonical_address(address).as_deref(), Some(expected), "{address}");
        }
        for none in ["", "bridge", "ftp://a.example/x", "mailto:a@b.example", "https://"] {
            assert_eq!(canonical_address(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn the_canonical_address_is_its_own(path in "[a-z0-9/.?=&#:_%-]{0,40}", host in "(www|m|amp|en)[.][a-z.]{1,12}") {
            if let Some(once) = canonical_address(&format!("https://{host}/{path}")) {
                prop_assert_eq!(canonical_address(&once), Some(once));
            }
        }
    }
}
