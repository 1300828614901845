//! The Robots Exclusion Protocol (RFC 9309).

use std::time::Duration;

/// The most of a robots.txt that is read, in bytes: RFC 9309 asks for at least 500 KiB.
pub(crate) const MAX_ROBOTS: usize = 500 << 10;

/// The longest pause between requests that a `Crawl-delay` can ask for.
const MAX_DELAY: Duration = Duration::from_secs(60);

/// What a site asks of one crawler.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Robots {
    /// Patterns with whether they allow, as written.
    rules: Vec<(bool, String)>,
    /// The pause between requests that the site asks for (not in the RFC, but common).
    pub(crate) delay: Option<Duration>,
}

impl Robots {
    /// What `text` says to the crawler of that product name: its own group, else that of `*`.
    pub(crate) fn parse(text: &str, product: &str) -> Self {
        let (mut own, mut any) = (None, Self::default());
        let (mut is_own, mut is_any, mut in_names) = (false, false, false);
        for (name, value) in text.lines().filter_map(field) {
            if name.eq_ignore_ascii_case("user-agent") {
                if !in_names {
                    (is_own, is_any) = (false, false);
                }
                in_names = true;
                is_any |= value == "*";
                if value.eq_ignore_ascii_case(product) {
                    is_own = true;
                    own.get_or_insert_with(Self::default);
                }
                continue;
            }
            in_names = false;
            if let Some(own) = own.as_mut().filter(|_| is_own) {
                own.take(name, value);
            } else if is_any {
                any.take(name, value);
            }
        }
        own.unwrap_or(any)
    }

    /// A site whose rules could not be read for a fault of its own: nothing may be fetched.
    pub(crate) fn closed() -> Self {
        Self { rules: vec![(false, "/".to_owned())], delay: None }
    }

    fn take(&mut self, name: &str, value: &str) {
        match name.to_ascii_lowercase().as_str() {
            "allow" if !value.is_empty() => self.rules.push((true, value.to_owned())),
            "disallow" if !value.is_empty() => self.rules.push((false, value.to_owned())),
            "crawl-delay" => {
                let seconds = value.parse::<f64>().ok().filter(|seconds| *seconds >= 0.0);
                self.delay =
                    seconds.map(|s| Duration::from_secs_f64(s.min(MAX_DELAY.as_secs_f64())));
            }
            _ => {}
        }
    }

    /// Whether `path` (with its query) may be fetched: the longest pattern that fits decides, and
    /// of two as long the one that allows.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, path));
        let best = fitting.max_by_key(|(allows, pattern)| (pattern.len(), *allows));
        best.is_none_or(|(allows, _)| *allows)
    }
}

/// A line's name and value, without its comment.
fn field(line: &str) -> Option<(&str, &str)> {
    let line = line.split('#').next().unwrap_or_default();
    let (name, value) = line.split_once(':')?;
    Some((name.trim().trim_start_matches('\u{feff}'), value.trim()))
}

/// Whether `path` starts as `pattern` says; `*` stands for anything, `$` at the end for the end.
/// Linear in the path for each part of the pattern.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(rest) => (rest, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return !to_end || rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    if to_end { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(robots: &str, allowed: &[&str], refused: &[&str]) {
        let robots = Robots::parse(robots, "stemma");
        for path in allowed {
            assert!(robots.allows(path), "{path} in {robots:?}");
        }
        for path in refused {
            assert!(!robots.allows(path), "{path} in {robots:?}");
        }
    }

    #[test]
    fn the_longest_rule_decides() {
        let text = "User-agent: *\nDisallow: /a\nAllow: /a/b # but this\nDisallow: /*.pdf$\nDisallow: /x*y";
        check(text, &["/", "/a/b/c", "/f.pdf?x", "/xa"], &["/a", "/ab", "/f.pdf", "/xaby"]);
        check("User-agent: *\nDisallow: /a\nAllow: /a", &["/a"], &[]);
        check("", &["/"], &[]);
        check("User-agent: *\nDisallow:", &["/"], &[]);
    }

    #[test]
    fn the_own_group_replaces_that_of_all() {
        let text = "User-agent: other\nUser-agent: Stemma\nDisallow: /own\nCrawl-delay: 2.5\n\nUser-agent: *\nDisallow: /";
        check(text, &["/", "/all"], &["/own"]);
        assert_eq!(Robots::parse(text, "stemma").delay, Some(Duration::from_millis(2500)));
        assert!(!Robots::parse(text, "else").allows("/"));
        assert!(!Robots::closed().allows("/a"));
    }
}
