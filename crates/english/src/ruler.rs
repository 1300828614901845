//! The attribute ruler: parts of speech, morphology and some lemmas from tag, form and relation.
//!
//! All rules are matched against the parse as it was; then, in the order of the rules, each match
//! overwrites what the rule sets, so later rules win. Source: spaCy's `pipeline/attributeruler.py`.

use rapidhash::RapidHashMap;
use regex::Regex;

use crate::model::Fault;
use crate::model::data::{Attributes, Rule, Test, TokenPattern};

/// The rules, found by what their first token must be.
#[derive(Debug)]
pub(crate) struct Ruler {
    patterns: Vec<Pattern>,
    /// Patterns whose first token has one of a few forms.
    by_lower: RapidHashMap<Box<str>, Vec<u16>>,
    /// All others, by tag.
    by_tag: Vec<Vec<u16>>,
    sets: Vec<Attributes>,
}

/// One alternative of a rule.
#[derive(Debug)]
struct Pattern {
    /// Row of [`Ruler::sets`]: the rules in their order.
    rule: u16,
    run: Vec<Compiled>,
    index: usize,
}

/// What one token must be.
#[derive(Debug)]
struct Compiled {
    /// Allowed, by tag.
    tags: Vec<bool>,
    /// Allowed, by label of the parser.
    labels: Vec<bool>,
    lower: Option<Form>,
    is_space: Option<bool>,
}

#[derive(Debug)]
enum Form {
    In(Vec<Box<str>>),
    NotIn(Vec<Box<str>>),
    Regex(Regex),
}

/// What the ruler looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'d> {
    pub(crate) tag: u8,
    pub(crate) label: u16,
    pub(crate) lower: &'d str,
    pub(crate) is_space: bool,
}

/// A rule that changes a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    pub(crate) rule: u16,
    pub(crate) token: u32,
}

impl Ruler {
    pub(crate) fn new(rules: Vec<Rule>, tags: &[String], labels: &[String]) -> Result<Self, Fault> {
        let mut new = Self {
            patterns: Vec::new(),
            by_lower: RapidHashMap::default(),
            by_tag: vec![Vec::new(); tags.len()],
            sets: Vec::new(),
        };
        for rule in rules {
            let number = u16::try_from(new.sets.len()).map_err(|_| Fault::WrongSize("rules"))?;
            for run in &rule.patterns {
                let compile = |token: &TokenPattern| Compiled::new(token, tags, labels);
                let run = run.iter().map(compile).collect::<Result<Vec<_>, _>>()?;
                new.add(Pattern { rule: number, run, index: rule.index })?;
            }
            new.sets.push(rule.set);
        }
        Ok(new)
    }

    fn add(&mut self, pattern: Pattern) -> Result<(), Fault> {
        let number = u16::try_from(self.patterns.len()).map_err(|_| Fault::WrongSize("rules"))?;
        let first = pattern.run.first().filter(|_| pattern.index < pattern.run.len());
        let first = first.ok_or(Fault::WrongSize("rules"))?;
        if let Some(Form::In(forms)) = &first.lower {
            for form in forms {
                self.by_lower.entry(form.clone()).or_default().push(number);
            }
        } else {
            let allowed = self.by_tag.iter_mut().zip(&first.tags).filter(|(_, allowed)| **allowed);
            allowed.for_each(|(bucket, _)| bucket.push(number));
        }
        self.patterns.push(pattern);
        Ok(())
    }

    /// What the rules with this number set.
    pub(crate) fn sets(&self) -> &[Attributes] {
        &self.sets
    }

    /// Every change to a text of `length` tokens, in the order to make them.
    pub(crate) fn changes<'d>(
        &self,
        length: usize,
        view: impl Fn(usize) -> View<'d>,
    ) -> Vec<Change> {
        let mut changes = Vec::with_capacity(length * 2);
        let mut ahead = (length > 0).then(|| view(0));
        for token in 0..length {
            let Some(first) = ahead else { break };
            ahead = (token + 1 < length).then(|| view(token + 1));
            let by_form = self.by_lower.get(first.lower).into_iter().flatten();
            let candidates = self.by_tag[usize::from(first.tag)].iter().chain(by_form);
            let hits = candidates.map(|&number| &self.patterns[usize::from(number)]);
            let hits = hits.filter(|pattern| pattern.matches(&first, ahead.as_ref()));
            changes.extend(hits.filter_map(|pattern| {
                let token = u32::try_from(token + pattern.index).ok()?;
                Some(Change { rule: pattern.rule, token })
            }));
        }
        changes.sort_unstable();
        changes
    }
}

impl Pattern {
    fn matches(&self, first: &View<'_>, second: Option<&View<'_>>) -> bool {
        match self.run.as_slice() {
            [only] => only.matches(first),
            [one, two] => one.matches(first) && second.is_some_and(|second| two.matches(second)),
            _ => false,
        }
    }
}

impl Compiled {
    fn new(pattern: &TokenPattern, tags: &[String], labels: &[String]) -> Result<Self, Fault> {
        let allowed = |test: &Option<Test>, names: &[String]| match test {
            None => Ok(vec![true; names.len()]),
            Some(test) => {
                let form = Form::new(test)?;
                Ok(names.iter().map(|name| form.matches(name)).collect())
            }
        };
        Ok(Self {
            tags: allowed(&pattern.tag, tags)?,
            labels: allowed(&pattern.dep, labels)?,
            lower: pattern.lower.as_ref().map(Form::new).transpose()?,
            is_space: pattern.is_space,
        })
    }

    fn matches(&self, token: &View<'_>) -> bool {
        self.tags[usize::from(token.tag)]
            && self.labels[usize::from(token.label)]
            && self.is_space.is_none_or(|wanted| wanted == token.is_space)
            && self.lower.as_ref().is_none_or(|form| form.matches(token.lower))
    }
}

impl Form {
    fn new(test: &Test) -> Result<Self, Fault> {
        let boxed = |values: &[String]| values.iter().map(|value| value.as_str().into()).collect();
        Ok(match test {
            Test::In(values) => Self::In(boxed(values)),
            Test::NotIn(values) => Self::NotIn(boxed(values)),
            Test::Regex(pattern) => {
                Self::Regex(Regex::new(pattern).map_err(|_| Fault::WrongSize("rules"))?)
            }
        })
    }

    fn matches(&self, form: &str) -> bool {
        match self {
            Self::In(values) => values.iter().any(|value| **value == *form),
            Self::NotIn(values) => values.iter().all(|value| **value != *form),
            Self::Regex(regex) => regex.is_match(form),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_rules_come_later_and_runs_may_change_the_second_token() {
        let lower = |form: &str| TokenPattern {
            lower: Some(Test::In(vec![form.into()])),
            ..TokenPattern::default()
        };
        let tag =
            TokenPattern { tag: Some(Test::In(vec!["VB".into()])), ..TokenPattern::default() };
        let rule = |run, index| Rule { patterns: vec![run], index, set: Attributes::default() };
        let rules = vec![rule(vec![lower("let"), lower("'s")], 1), rule(vec![tag], 0)];
        let ruler = Ruler::new(rules, &["VB".into(), "PRP".into()], &["ROOT".into()]).unwrap();
        let view =
            |i: usize| View { tag: [0, 1][i], label: 0, lower: ["let", "'s"][i], is_space: false };
        let found = ruler.changes(2, view);
        assert_eq!(found, [Change { rule: 0, token: 1 }, Change { rule: 1, token: 0 }]);
    }
}
