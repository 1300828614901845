//! Blocks that stand in a report without being its telling: `lexicons/boilerplate.toml`.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};
use serde::Deserialize;
use stemma_model::{BoilerplateKind, Reason};

/// Where in a report a block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// Fewer than two paragraphs stand before it.
    pub(crate) top: bool,
    /// At most five blocks follow it.
    pub(crate) tail: bool,
}

/// One rule of the lexicon.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    kind: BoilerplateKind,
    why: String,
    pattern: String,
    max_words: usize,
    #[serde(default)]
    zone: Zone,
    #[serde(default)]
    may_quote: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests try them"))]
    hits: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests try them"))]
    misses: Vec<String>,
}

/// Where a rule applies.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Zone {
    #[default]
    Any,
    Top,
    Tail,
}

struct Lexicon {
    rules: Vec<Rule>,
    patterns: RegexSet,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        rule: Vec<Rule>,
    }
    let file: File = toml::from_str(include_str!("../../../lexicons/boilerplate.toml"))
        .expect("the lexicon is checked by a test");
    let patterns = RegexSet::new(file.rule.iter().map(|rule| &rule.pattern))
        .expect("the lexicon's patterns are checked by a test");
    Lexicon { rules: file.rule, patterns }
});

/// A quotation in double marks of three words or more: such a block tells something.
static QUOTATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"[“"„«][^“”"„«»]*\s[^“”"„«»]*\s[^“”"„«»]*[”"“»]"#).expect("a valid pattern")
});

/// The longest block that any rule looks at, in bytes: captions of 90 words have at most 800.
const LONGEST: usize = 900;

/// What kind of boilerplate `block` is, if any rule of the lexicon says so, with the first rule
/// that does. Linear in the block's length.
pub(crate) fn classify(block: &str, position: Position) -> Option<(BoilerplateKind, Reason)> {
    if block.len() > LONGEST {
        return None;
    }
    let words = block.split_whitespace().count();
    let quotes = QUOTATION.is_match(block);
    let lexicon = &*LEXICON;
    let applies = |rule: &&Rule| {
        words <= rule.max_words
            && (rule.may_quote || !quotes)
            && match rule.zone {
                Zone::Any => true,
                Zone::Top => position.top,
                Zone::Tail => position.tail,
            }
    };
    let matched = lexicon.patterns.matches(block);
    let rule = matched.iter().map(|index| &lexicon.rules[index]).find(applies)?;
    Some((rule.kind, Reason::new(rule.name.as_str(), rule.why.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_hits_and_misses_what_it_says() {
        let everywhere = Position { top: true, tail: true };
        for (index, rule) in LEXICON.rules.iter().enumerate() {
            for hit in &rule.hits {
                assert!(LEXICON.patterns.matches(hit).matched(index), "{}: {hit}", rule.name);
                let found = classify(hit, everywhere).map(|(kind, _)| kind);
                assert_eq!(found, Some(rule.kind), "{}: {hit}", rule.name);
            }
            for miss in &rule.misses {
                let found = classify(miss, everywhere);
                assert_eq!(found, None, "{}: {miss}", rule.name);
            }
        }
    }

    #[test]
    fn names_are_unique_and_hyphenated() {
        let mut names: Vec<_> = LEXICON.rules.iter().map(|rule| &rule.name).collect();
        assert!(names.iter().all(|name| name.bytes().all(|b| b == b'-' || b.is_ascii_lowercase())));
        names.sort();
        names.dedup();
        assert_eq!(names.len(), LEXICON.rules.len());
    }

    #[test]
    fn telling_and_quotations_are_kept() {
        let middle = Position { top: false, tail: false };
        for telling in [
            "“Click here,” the message said, “to claim your prize today.”",
            "The minister said on Tuesday that the bridge would be closed.",
            "He left.",
            "But why?",
            "AMY: Welcome back.",
        ] {
            assert_eq!(classify(telling, middle), None, "{telling}");
        }
    }
}
