//! Blocks that stand in a report without being its telling: `lexicons/boilerplate.toml`.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use stemma_model::{BoilerplateKind, Reason};

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
    may_quote: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests try them"))]
    hits: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests try them"))]
    misses: Vec<String>,
}

/// The rules, each with its pattern compiled.
static LEXICON: LazyLock<Vec<(Rule, Regex)>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        rule: Vec<Rule>,
    }
    let file: File = toml::from_str(include_str!("../../../lexicons/boilerplate.toml"))
        .expect("the lexicon is checked by a test");
    let compile = |rule: Rule| {
        let pattern = Regex::new(&rule.pattern).expect("the patterns are checked by a test");
        (rule, pattern)
    };
    file.rule.into_iter().map(compile).collect()
});

/// A quotation in double marks of three words or more: such a block tells something.
static QUOTATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"[“"„«][^“”"„«»]*\s[^“”"„«»]*\s[^“”"„«»]*[”"“»]"#).expect("a valid pattern")
});

/// The longest block that any rule looks at, in bytes: captions of 90 words have at most 800.
const LONGEST: usize = 900;

/// What kind of boilerplate `block` is, if any rule of the lexicon says so, with the first rule
/// that does. Linear in the block's length.
pub(crate) fn classify(block: &str) -> Option<(BoilerplateKind, Reason)> {
    if block.len() > LONGEST {
        return None;
    }
    let words = block.split_whitespace().count();
    let quotes = QUOTATION.is_match(block);
    let applies = |rule: &Rule| words <= rule.max_words && (rule.may_quote || !quotes);
    let (rule, _) =
        LEXICON.iter().find(|(rule, pattern)| applies(rule) && pattern.is_match(block))?;
    Some((rule.kind, Reason::new(rule.name.as_str(), rule.why.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_hits_and_misses_what_it_says() {
        for (rule, pattern) in &*LEXICON {
            for hit in &rule.hits {
                assert!(pattern.is_match(hit), "{}: {hit}", rule.name);
                let found = classify(hit).map(|(kind, _)| kind);
                assert_eq!(found, Some(rule.kind), "{}: {hit}", rule.name);
            }
            for miss in &rule.misses {
                let found = classify(miss);
                assert_eq!(found, None, "{}: {miss}", rule.name);
            }
        }
    }

    #[test]
    fn names_are_unique_and_hyphenated() {
        let mut names: Vec<_> = LEXICON.iter().map(|(rule, _)| &rule.name).collect();
        assert!(names.iter().all(|name| name.bytes().all(|b| b == b'-' || b.is_ascii_lowercase())));
        names.sort();
        names.dedup();
        assert_eq!(names.len(), LEXICON.len());
    }

    #[test]
    fn telling_and_quotations_are_kept() {
        for telling in [
            "“Click here,” the message said, “to claim your prize today.”",
            "The minister said on Tuesday that the bridge would be closed.",
            "He left.",
            "But why?",
            "AMY: Welcome back.",
        ] {
            assert_eq!(classify(telling), None, "{telling}");
        }
    }
}
