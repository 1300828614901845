//! Exact and character scores of labels against gold, as the outside scorer reckons them.

use std::collections::BTreeSet;

use stemma_annotate::quote::label::{Role, fragments};
use stemma_model::Span;

use super::data::{Article, trim};

#[derive(Clone, Copy, Default)]
struct Counts {
    hits: usize,
    predicted: usize,
    gold: usize,
}

impl Counts {
    fn f1(self) -> f64 {
        200.0 * self.hits as f64 / (self.predicted + self.gold).max(1) as f64
    }
}

/// Exact F1 of content, source, cue, and the character F1 of content.
pub fn score(articles: &[Article], labels: &[Vec<u8>]) -> String {
    let mut report = String::new();
    for role in [Role::Content, Role::Source, Role::Cue] {
        let (mut exact, mut characters) = (Counts::default(), Counts::default());
        for (article, labels) in articles.iter().zip(labels) {
            let gold: BTreeSet<Span> =
                article.fragments.iter().filter(|f| f.0 == role).map(|f| f.1).collect();
            let found = predicted(article, labels, role);
            exact.hits += gold.intersection(&found).count();
            exact.predicted += found.len();
            exact.gold += gold.len();
            let (gold, found) = (bytes(&gold), bytes(&found));
            characters.hits += gold.intersection(&found).count();
            characters.predicted += found.len();
            characters.gold += gold.len();
        }
        report += &format!(
            "{role:?} exact {:.1} (P {:.1} R {:.1}) char {:.1}  ",
            exact.f1(),
            100.0 * exact.hits as f64 / exact.predicted.max(1) as f64,
            100.0 * exact.hits as f64 / exact.gold.max(1) as f64,
            characters.f1()
        );
    }
    report
}

fn bytes(spans: &BTreeSet<Span>) -> BTreeSet<usize> {
    spans.iter().flat_map(|span| span.range()).collect()
}

fn predicted(article: &Article, labels: &[u8], role: Role) -> BTreeSet<Span> {
    article
        .sequences
        .iter()
        .flat_map(|range| {
            fragments(&labels[range.clone()])
                .into_iter()
                .filter(|fragment| fragment.0 == role)
                .filter_map(|(_, start, end)| {
                    let first = article.tokens[range.start + start].0;
                    let last = article.tokens[range.start + end - 1].1;
                    trim(&article.text, Span::new(first, last))
                })
        })
        .collect()
}
