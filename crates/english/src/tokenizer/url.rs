//! Whether a word is a web address and stays whole.
//!
//! spaCy's expression (`URL_PATTERN`, after Diego Perini, MIT) must match the whole word, so only the
//! existence of a match counts and each part can be checked in turn, in linear time.

use super::tables::ALPHA_LOWER;
use crate::unicode::{is_decimal_char, is_word_char, within};

/// Whether all of `word`, which has no white space, is an address.
pub(super) fn is_url(word: &str) -> bool {
    if !word.contains('.') {
        return false;
    }
    let schemed = after_scheme(word);
    std::iter::once(word).chain(schemed).any(|rest| {
        // User information is anything at all before an `@`.
        let hosts =
            rest.match_indices('@').filter(|&(at, _)| at > 0).map(|(at, _)| &rest[at + 1..]);
        std::iter::once(rest).chain(hosts).any(is_host_and_path)
    })
}

/// What follows `scheme://`, when the word starts so.
fn after_scheme(word: &str) -> Option<&str> {
    let (scheme, rest) = word.split_once("://")?;
    let mut letters = 0;
    let fits = scheme.chars().all(|c| {
        letters += 1;
        is_word_char(c) || matches!(c, '+' | '-' | '.')
    });
    (fits && letters >= 2).then_some(rest)
}

/// A host or public IP address, then perhaps a port, then perhaps a path.
fn is_host_and_path(text: &str) -> bool {
    // Stopping at `@` too, which no host has, keeps the work linear for words full of them.
    let end = text.find(['@', ':', '/', '?', '#']).unwrap_or(text.len());
    let (host, rest) = text.split_at(end);
    is_port_and_path(rest) && (is_domain(host) || is_public_ip(host))
}

fn is_port_and_path(text: &str) -> bool {
    let path = match text.strip_prefix(':') {
        None => text,
        Some(port) => {
            let path = port.trim_start_matches(is_decimal_char);
            let digits = port[..port.len() - path.len()].chars().count();
            if !(2..=5).contains(&digits) {
                return false;
            }
            path
        }
    };
    path.is_empty() || path.starts_with(['/', '?', '#'])
}

/// At least one label, and a top-level domain in lower case.
fn is_domain(host: &str) -> bool {
    let Some((labels, top)) = host.rsplit_once('.') else { return false };
    let mut length = 0;
    let lower = top.chars().all(|c| {
        length += 1;
        within(ALPHA_LOWER, c)
    });
    lower && (2..=63).contains(&length) && labels.split('.').all(is_label)
}

/// One to 64 letters and digits, with `-` and `_` inside.
fn is_label(label: &str) -> bool {
    let edge = |c: char| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c);
    let inner = |c: char| edge(c) || matches!(c, '-' | '_');
    label.starts_with(edge)
        && label.ends_with(edge)
        && label.chars().all(inner)
        && label.chars().nth(64).is_none()
}

/// Four octets outside the private and local networks.
fn is_public_ip(host: &str) -> bool {
    let octets: Vec<Vec<char>> = host.split('.').map(|part| part.chars().collect()).collect();
    let [a, b, c, d] = octets.as_slice() else { return false };
    is_first_octet(a)
        && is_middle_octet(b)
        && is_middle_octet(c)
        && is_last_octet(d)
        && !is_private(a, b)
}

fn is_private(first: &[char], second: &[char]) -> bool {
    match (first, second) {
        (['1', '0'] | ['1', '2', '7'], _)
        | (['1', '6', '9'], ['2', '5', '4'])
        | (['1', '9', '2'], ['1', '6', '8'])
        | (['1', '7', '2'], ['1', '6'..='9'] | ['3', '0' | '1']) => true,
        (['1', '7', '2'], ['2', digit]) => is_decimal_char(*digit),
        _ => false,
    }
}

fn is_first_octet(digits: &[char]) -> bool {
    match digits {
        ['1'..='9'] | ['2', '2', '0'..='3'] => true,
        ['1'..='9', last] | ['2', '0' | '1', last] => is_decimal_char(*last),
        ['1', middle, last] => is_decimal_char(*middle) && is_decimal_char(*last),
        _ => false,
    }
}

fn is_middle_octet(digits: &[char]) -> bool {
    match digits {
        [only] => is_decimal_char(*only),
        ['2', '5', '0'..='5'] => true,
        [first, last] => is_decimal_char(*first) && is_decimal_char(*last),
        ['1', middle, last] => is_decimal_char(*middle) && is_decimal_char(*last),
        ['2', '0'..='4', last] => is_decimal_char(*last),
        _ => false,
    }
}

fn is_last_octet(digits: &[char]) -> bool {
    match digits {
        ['1'..='9'] | ['2', '5', '0'..='4'] => true,
        ['1'..='9', last] => is_decimal_char(*last),
        ['1', middle, last] => is_decimal_char(*middle) && is_decimal_char(*last),
        ['2', '0'..='4', last] => is_decimal_char(*last),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for url in [
            "example.com",
            "http://www.example.com/a?b=c",
            "mailto:jo@example.co.uk",
            "user:pass@host.example.org:8080/path",
            "223.255.255.254",
            "ftp://8.8.8.8:21",
            "a_b.example.com#x",
        ] {
            assert!(is_url(url), "{url}");
        }
        for word in [
            "end.Next",
            "U.S.",
            "e.g",
            "10.1.1.1",
            "192.168.0.1",
            "1.2.3",
            "a..com",
            "-a.com",
            "x.com:1",
            "3.14",
        ] {
            assert!(!is_url(word), "{word}");
        }
    }
}
