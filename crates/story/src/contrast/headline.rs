//! Headlines against the bodies under them.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{
    Annotations, Condition, ConditionId, Document, DocumentId, Headline, HeadlineVerdict, Quote,
    Reason, Sentence, SourceStatus, Span,
};
use stemma_text::{fold, words};

use crate::likeness::{content, share};

/// A sentence bears on a headline from this share of the headline's content words on. Chosen on
/// the headlines of 40 reports of the corpus: at 0.4 sentences on the same people and another
/// event come in, at 0.6 headlines that choose other words lose theirs.
const BEARS: f32 = 0.5;

/// From this share on, sentences taken together say what the headline says.
const SAYS: f32 = 0.75;

/// How many sentences are given as support: the best, so that a reader can check at a glance.
const SHOWN: usize = 3;

/// Words that make a statement less than certain.
const HEDGES: &[&str] = &[
    "alleged",
    "allegedly",
    "apparently",
    "could",
    "expected",
    "likely",
    "may",
    "might",
    "perhaps",
    "possible",
    "possibly",
    "probably",
    "reportedly",
    "seems",
    "should",
    "suggests",
    "suspected",
];

/// Which group each condition is in.
type Groups = BTreeMap<(DocumentId, ConditionId), usize>;

/// Holds headlines against their bodies, report by report.
#[derive(Clone, Debug)]
pub struct Headlines {
    groups: Groups,
}

impl Headlines {
    /// Knows which conditions answer one question: `condition_groups` are grouped by consequence.
    #[must_use]
    pub fn of(condition_groups: &[(String, Vec<(DocumentId, ConditionId)>)]) -> Self {
        let members = condition_groups
            .iter()
            .enumerate()
            .flat_map(|(group, (_, members))| members.iter().map(move |&member| (member, group)));
        Self { groups: members.collect() }
    }

    /// The headline of `document` with the sentences that bear on it and what it adds or drops.
    /// Reads its sentences, quotations and conditions; linear in them.
    #[must_use]
    pub fn headline(&self, document: &Document, annotations: &Annotations) -> Headline {
        headline(document, annotations, &self.groups)
    }
}

fn headline(document: &Document, annotations: &Annotations, groups: &Groups) -> Headline {
    let found = |support, verdict, differences, reason| Headline {
        document: document.id,
        support,
        verdict,
        differences,
        reason,
    };
    let Some(title) = &document.title else {
        let reason = Reason::new("no-headline", "the report has no headline");
        return found(Vec::new(), HeadlineVerdict::Missing, Vec::new(), reason);
    };
    let wanted = content(&title.text);
    let (stated, answered) = stated(document, annotations, groups);
    let mut support = support(document, annotations, &wanted);
    for sentence in answered.iter().filter_map(|c| annotations.sentence_at(c.condition)) {
        if support.len() < SHOWN && !support.iter().any(|(known, _)| known.span == sentence.span) {
            support.push((sentence, content(document.slice(sentence.span))));
        }
    }
    let said = support.iter().fold(BTreeSet::new(), |mut said, (_, words)| {
        said.extend(words.iter().cloned());
        said
    });
    let spans: Vec<Span> = support.iter().map(|(sentence, _)| sentence.span).collect();
    let mut differences = differences(document, annotations, &title.text, &spans, &stated);
    differences.extend(stated.iter().filter_map(|own| reworded(document, own, &answered)));
    let covered = share(&wanted, &said);
    let verdict = match (spans.is_empty(), covered >= SAYS && differences.is_empty()) {
        (true, _) => HeadlineVerdict::NotFound,
        (false, true) => HeadlineVerdict::Supported,
        (false, false) => HeadlineVerdict::SupportedInPart,
    };
    let note =
        format!("{} sentences bear on it, with {:.0} % of its words", spans.len(), 100.0 * covered);
    found(spans, verdict, differences, Reason::new("headline-words", note).scored(covered))
}

/// The conditions that the headline states, and those of the body on the same question.
fn stated<'a>(
    document: &Document,
    annotations: &'a Annotations,
    groups: &Groups,
) -> (Vec<&'a Condition>, Vec<&'a Condition>) {
    let title = document.title.as_ref().and_then(|title| title.span);
    let in_title = |c: &&Condition| title.is_some_and(|title| title.covers(c.trigger));
    let (stated, body): (Vec<&Condition>, Vec<&Condition>) =
        annotations.conditions.iter().partition(in_title);
    let group = |c: &Condition| groups.get(&(document.id, c.id));
    let asked: BTreeSet<Option<&usize>> = stated.iter().map(|c| group(c)).collect();
    let on_it = |c: &&Condition| group(c).is_some() && asked.contains(&group(c));
    let answered = body.into_iter().filter(on_it).collect();
    (stated, answered)
}

/// A condition that the headline and the body put in other words, side by side: close is not the
/// same.
fn reworded(document: &Document, own: &Condition, answered: &[&Condition]) -> Option<String> {
    let words = |c: &Condition| document.slice(c.condition);
    let named = content(words(own));
    let same = |c: &&Condition| content(words(c)) == named;
    if answered.is_empty() || answered.iter().any(same) {
        return None;
    }
    let mut others: Vec<String> = Vec::new();
    for other in answered.iter().map(|c| format!("“{}”", words(c))) {
        if others.len() < SHOWN && !others.contains(&other) {
            others.push(other);
        }
    }
    Some(format!("has the condition as “{}”, the body as {}", words(own), others.join(", ")))
}

/// The sentences of the body that bear on the headline, best first, then in text order.
fn support<'a>(
    document: &Document,
    annotations: &'a Annotations,
    wanted: &BTreeSet<String>,
) -> Vec<(&'a Sentence, BTreeSet<String>)> {
    let title = document.title.as_ref().and_then(|title| title.span);
    let in_body = |sentence: &&Sentence| {
        title.is_none_or(|title| !title.overlaps(sentence.span))
            && document
                .boilerplate_at(sentence.span)
                .is_none_or(|part| !part.span.covers(sentence.span))
    };
    let mut bearing: Vec<(f32, &Sentence, BTreeSet<String>)> = annotations
        .sentences
        .iter()
        .filter(in_body)
        .map(|sentence| (sentence, content(document.slice(sentence.span))))
        .map(|(sentence, words)| (share(wanted, &words), sentence, words))
        .filter(|(share, ..)| *share >= BEARS)
        .collect();
    bearing.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.span.cmp(&b.1.span)));
    bearing.truncate(SHOWN);
    bearing.into_iter().map(|(_, sentence, words)| (sentence, words)).collect()
}

/// What the headline adds to its support, or drops from it.
fn differences(
    document: &Document,
    annotations: &Annotations,
    title: &str,
    support: &[Span],
    stated: &[&Condition],
) -> Vec<String> {
    let Some(&best) = support.first() else { return Vec::new() };
    let body: Vec<String> = support.iter().map(|&span| fold(document.slice(span))).collect();
    let has = |word: &str| {
        body.iter().any(|sentence| words(sentence).any(|w| w.of_text(sentence) == word))
    };
    let folded = fold(title);
    let mut found = Vec::new();
    found.extend(source(annotations, best, &folded));
    if stated.is_empty() {
        found.extend(conditions(document, annotations, best, &folded));
    }
    found.extend(hedges(&fold(document.slice(best)), &folded));
    found.extend(
        figures(&folded)
            .filter(|figure| !has(figure) && !number_word(figure).is_some_and(has))
            .map(|figure| format!("gives {figure}, which no sentence that bears on it has")),
    );
    found
}

/// Whose words the best sentence reports, where the headline states them as its own.
fn source(annotations: &Annotations, best: Span, title: &str) -> Option<String> {
    let reported =
        |quote: &&Quote| quote.content.iter().any(|part| part.overlap(best) * 2 > best.len());
    let quote = annotations.quotes.iter().filter(|quote| !quote.headline).find(reported)?;
    let name =
        quote.source.name.as_deref().filter(|_| quote.source.status == SourceStatus::Named)?;
    let told =
        words(&fold(name)).last().is_some_and(|last| title.contains(last.of_text(&fold(name))));
    let attributed = annotations.quotes.iter().any(|quote| quote.headline);
    (!told && !attributed).then(|| format!("does not say whose words these are: {name}"))
}

/// Conditions of the best sentence that the headline has not.
fn conditions(
    document: &Document,
    annotations: &Annotations,
    best: Span,
    title: &str,
) -> Vec<String> {
    let named = content(title);
    let dropped = |condition: &&Condition| {
        best.covers(condition.condition)
            && share(&content(document.slice(condition.condition)), &named) < BEARS
    };
    let words = |c: &Condition| {
        let leads = c.trigger.end <= c.condition.start;
        let span = if leads { c.trigger.hull(c.condition) } else { c.condition };
        document.slice(span).to_owned()
    };
    annotations
        .conditions
        .iter()
        .filter(dropped)
        .map(|condition| format!("leaves out the condition “{}”", words(condition)))
        .collect()
}

/// Hedges that stand in one and not in the other.
fn hedges(sentence: &str, title: &str) -> Vec<String> {
    let has = |text: &str, hedge: &str| words(text).any(|word| word.of_text(text) == hedge);
    HEDGES
        .iter()
        .filter_map(|hedge| match (has(sentence, hedge), has(title, hedge)) {
            (true, false) => Some(format!("leaves out “{hedge}”")),
            (false, true) => Some(format!("adds “{hedge}”")),
            _ => None,
        })
        .collect()
}

/// Small numbers in words: headlines write "3 weeks" where bodies write "three".
const NUMBER_WORDS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

/// The word for a small number in digits.
fn number_word(digits: &str) -> Option<&'static str> {
    NUMBER_WORDS.get(digits.parse::<usize>().ok()?).copied()
}

/// The numbers in digits of a folded headline.
fn figures(title: &str) -> impl Iterator<Item = &str> {
    words(title)
        .map(|word| word.of_text(title))
        .filter(|word| word.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_in_digits_have_words() {
        assert_eq!(number_word("3"), Some("three"));
        assert_eq!(number_word("13"), None);
        assert_eq!(figures("3 of 57 boats").collect::<Vec<_>>(), ["3", "57"]);
    }
}
