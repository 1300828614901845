//! Two documents side by side: who says what differently.

use std::collections::BTreeSet;

use serde::Serialize;
use stemma_model::{
    Change, ChangeOp, Document, DocumentId, Figure, Quote, QuoteId, Relation, Span,
};
use stemma_reuse::variant::{Related, relate};
use stemma_reuse::{Options, Witness, alignments};
use stemma_store::Stored;
use stemma_text::{fold, words};

use crate::quoted::{Placed, quoted};

/// The share of words that two sentences must have in common for a figure in one to stand for a
/// figure in the other: with less, the sentences are about different things.
const SAME_SENTENCE: f64 = 0.6;

/// What two documents share, and what differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The first document.
    pub a: Side,
    /// The second.
    pub b: Side,
    /// Words in passages that both have.
    pub shared_words: u32,
    /// What differs, the weightiest kinds first.
    pub differences: Vec<Difference>,
}

/// One of two documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The document.
    pub document: DocumentId,
    /// The document's own id in its input.
    pub given_id: Option<String>,
    /// The outlet that carries it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its first possible day, where the last is known too.
    pub date: Option<String>,
    /// Its words.
    pub words: u32,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Difference {
    /// A quotation whose words differ.
    QuoteAltered {
        /// Who is quoted.
        speaker: Option<String>,
        /// The words in the first.
        a: String,
        /// The words in the second.
        b: String,
        /// The relation of the shorter to the fuller.
        relation: Relation,
        /// What differs, in words: `will → would`.
        changes: Vec<String>,
    },
    /// A quotation that is somebody else's in the second.
    QuoteReattributed {
        /// The words in the first.
        text: String,
        /// Whose they are in the first.
        a: Option<String>,
        /// Whose they are in the second.
        b: Option<String>,
    },
    /// A quotation that only the first has.
    QuoteOnlyInFirst {
        /// Who is quoted.
        speaker: Option<String>,
        /// The words.
        text: String,
    },
    /// A quotation that only the second has.
    QuoteOnlyInSecond {
        /// Who is quoted.
        speaker: Option<String>,
        /// The words.
        text: String,
    },
    /// A figure that differs where the words around it do not.
    FigureChanged {
        /// As the first has it.
        a: String,
        /// As the second has it.
        b: String,
        /// The sentence in the first.
        sentence: String,
    },
    /// Other words in the headline.
    HeadlineChanged {
        /// The first's.
        a: String,
        /// The second's.
        b: String,
    },
    /// A sentence that only the first has.
    SentenceOnlyInFirst {
        /// Its words.
        text: String,
    },
    /// A sentence that only the second has.
    SentenceOnlyInSecond {
        /// Its words.
        text: String,
    },
}

/// Compares two documents. Quotations are matched by their words, figures by the sentences they
/// stand in, sentences by being the same but for case, marks and spacing.
///
/// Time is linear in the texts but for quotations and figures, which are compared pair by pair.
#[must_use]
pub fn compare(a: &Stored, b: &Stored) -> Comparison {
    let mut differences = quotes(a, b);
    differences.extend(figures(a, b));
    differences.extend(headline(&a.document, &b.document));
    differences.extend(sentences(a, b));
    Comparison { a: side(a), b: side(b), shared_words: shared(a, b), differences }
}

fn side(stored: &Stored) -> Side {
    let (document, range) = (&stored.document, stored.annotations.published.range);
    Side {
        document: document.id,
        given_id: document.given_id.clone(),
        outlet: document.outlet.clone(),
        title: document.title.as_ref().map(|title| title.text.clone()),
        date: range.first_day().map(|day| day.to_string()),
        words: u32::try_from(words(&document.text).count()).unwrap_or(u32::MAX),
    }
}

fn shared(a: &Stored, b: &Stored) -> u32 {
    let witness = |stored: &Stored| -> (DocumentId, Vec<Span>) {
        (stored.document.id, stored.document.boilerplate.iter().map(|part| part.span).collect())
    };
    let ((a_id, a_skip), (b_id, b_skip)) = (witness(a), witness(b));
    let witnesses = [
        Witness { skip: &a_skip, ..Witness::new(a_id, &a.document.text) },
        Witness { skip: &b_skip, ..Witness::new(b_id, &b.document.text) },
    ];
    alignments(&witnesses, &Options::default()).iter().map(|alignment| alignment.words).sum()
}

fn place<'a>(stored: &'a Stored, quote: &'a Quote) -> Placed<'a> {
    (&stored.document, &stored.annotations, quote)
}

fn speaker(quote: &Quote) -> Option<String> {
    quote.source.name.clone()
}

/// Whether two quotations are attributed to one name, or a part of it.
fn same_speaker(a: &Quote, b: &Quote) -> bool {
    match (&a.source.name, &b.source.name) {
        (Some(a), Some(b)) => {
            let (a, b) = (fold(a), fold(b));
            let last = |name: &str| name.split_whitespace().next_back().map(str::to_owned);
            a == b || last(&a) == last(&b)
        }
        (None, None) => true,
        _ => false,
    }
}

fn text(stored: &Stored, quote: &Quote) -> String {
    stored.document.joined(&quote.content)
}

/// The quotations of a document without those inside others and in headlines, which repeat what is
/// counted already.
fn own(stored: &Stored) -> Vec<&Quote> {
    let quotes = stored.annotations.quotes.iter();
    quotes.filter(|quote| quote.inside.is_none() && !quote.headline).collect()
}

fn quotes(a: &Stored, b: &Stored) -> Vec<Difference> {
    let (from, to) = (own(a), own(b));
    let mut pairs: Vec<(f32, usize, usize, Related)> = Vec::new();
    for (i, x) in from.iter().enumerate() {
        for (j, y) in to.iter().enumerate() {
            let same = same_speaker(x, y);
            if let Some(related) = relate(&quoted(place(a, x)), &quoted(place(b, y)), same) {
                let weight = related.closeness + if same { 1.0 } else { 0.0 };
                pairs.push((weight, i, j, related));
            }
        }
    }
    // The closest first; each quotation is matched once.
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut used_a, mut used_b) = (BTreeSet::new(), BTreeSet::new());
    let mut differences = Vec::new();
    for (_, i, j, related) in pairs {
        if used_a.contains(&i) || used_b.contains(&j) {
            continue;
        }
        used_a.insert(i);
        used_b.insert(j);
        differences.extend(difference((a, from[i]), (b, to[j]), related));
    }
    differences.sort_by_key(|(id, _)| *id);
    let mut differences: Vec<Difference> = differences.into_iter().map(|(_, it)| it).collect();
    let unmatched = |quotes: &[&Quote], used: &BTreeSet<usize>| -> Vec<usize> {
        (0..quotes.len()).filter(|i| !used.contains(i)).collect()
    };
    differences.extend(unmatched(&from, &used_a).into_iter().map(|i| {
        Difference::QuoteOnlyInFirst { speaker: speaker(from[i]), text: text(a, from[i]) }
    }));
    differences.extend(
        unmatched(&to, &used_b).into_iter().map(|j| Difference::QuoteOnlyInSecond {
            speaker: speaker(to[j]),
            text: text(b, to[j]),
        }),
    );
    differences
}

/// How two quotations of one saying differ, if they do, with the first's for the order.
fn difference(
    (a, x): (&Stored, &Quote),
    (b, y): (&Stored, &Quote),
    related: Related,
) -> Option<(QuoteId, Difference)> {
    if !same_speaker(x, y) {
        let change =
            Difference::QuoteReattributed { text: text(a, x), a: speaker(x), b: speaker(y) };
        return Some((x.id, change));
    }
    if matches!(related.relation, Relation::Verbatim | Relation::Typographic) {
        return None;
    }
    let (fuller, other) = if related.first_is_fuller {
        (&a.document, &b.document)
    } else {
        (&b.document, &a.document)
    };
    let told = |change: &Change| -> Option<String> {
        let (was, is) = (fuller.text.get(change.a.range())?, other.text.get(change.b.range())?);
        let (was, is) = if related.first_is_fuller { (was, is) } else { (is, was) };
        (change.op != ChangeOp::Respell).then(|| match (was.is_empty(), is.is_empty()) {
            (true, _) => format!("+ {is}"),
            (_, true) => format!("− {was}"),
            _ => format!("{was} → {is}"),
        })
    };
    let change = Difference::QuoteAltered {
        speaker: speaker(x),
        a: text(a, x),
        b: text(b, y),
        relation: related.relation,
        changes: related.changes.iter().filter_map(told).collect(),
    };
    Some((x.id, change))
}

/// The text of the sentence that a place stands in; of the place itself if there is none.
fn around(stored: &Stored, span: Span) -> &str {
    let sentence = stored.annotations.sentence_at(span);
    stored.document.slice(sentence.map_or(span, |sentence| sentence.span))
}

/// The figures that only one of two documents has, with the words around each.
fn only<'a>(of: &'a Stored, other: &Stored) -> Vec<(&'a Figure, BTreeSet<String>)> {
    let same = |x: &Figure, y: &Figure| (x.value, x.upper, &x.unit) == (y.value, y.upper, &y.unit);
    let figures = of.annotations.figures.iter();
    figures
        .filter(|figure| !other.annotations.figures.iter().any(|it| same(figure, it)))
        .map(|figure| (figure, word_set(around(of, figure.span), of.document.slice(figure.span))))
        .collect()
}

fn figures(a: &Stored, b: &Stored) -> Vec<Difference> {
    let (from, to) = (only(a, b), only(b, a));
    let mut used = BTreeSet::new();
    let mut differences = Vec::new();
    for (x, words) in &from {
        let best = to
            .iter()
            .enumerate()
            .filter(|(j, (y, _))| !used.contains(j) && y.kind == x.kind && y.unit == x.unit)
            .map(|(j, (_, other))| (overlap(words, other), j))
            .max_by(|p, q| p.0.total_cmp(&q.0).then(q.1.cmp(&p.1)));
        let Some((_, j)) = best.filter(|&(share, _)| share >= SAME_SENTENCE) else { continue };
        used.insert(j);
        differences.push(Difference::FigureChanged {
            a: a.document.slice(x.span).to_owned(),
            b: b.document.slice(to[j].0.span).to_owned(),
            sentence: around(a, x.span).to_owned(),
        });
    }
    differences
}

/// The folded words of a sentence without those of the figure in it.
fn word_set(sentence: &str, figure: &str) -> BTreeSet<String> {
    let folded = |text: &str| -> BTreeSet<String> {
        words(text).map(|span| fold(span.of_text(text))).collect()
    };
    folded(sentence).difference(&folded(figure)).cloned().collect()
}

/// Words in common over words of the longer.
fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let longer = a.len().max(b.len());
    if longer == 0 { 0.0 } else { a.intersection(b).count() as f64 / longer as f64 }
}

fn headline(a: &Document, b: &Document) -> Option<Difference> {
    let (a, b) = (&a.title.as_ref()?.text, &b.title.as_ref()?.text);
    (fold(a) != fold(b)).then(|| Difference::HeadlineChanged { a: a.clone(), b: b.clone() })
}

fn sentences(a: &Stored, b: &Stored) -> Vec<Difference> {
    let of = |stored: &Stored| -> Vec<(String, String)> {
        let spans = stored.annotations.sentences.iter().map(|sentence| sentence.span);
        let told = spans.filter(|&span| stored.document.boilerplate_at(span).is_none());
        told.map(|span| stored.document.slice(span).trim().to_owned())
            .map(|text| (fold(&text), text))
            .filter(|(folded, _)| folded.contains(char::is_alphanumeric))
            .collect()
    };
    let (from, to) = (of(a), of(b));
    let known = |list: &[(String, String)]| -> BTreeSet<String> {
        list.iter().map(|(folded, _)| folded.clone()).collect()
    };
    let (in_a, in_b) = (known(&from), known(&to));
    let first = from
        .into_iter()
        .filter(|(folded, _)| !in_b.contains(folded))
        .map(|(_, text)| Difference::SentenceOnlyInFirst { text });
    let second = to
        .into_iter()
        .filter(|(folded, _)| !in_a.contains(folded))
        .map(|(_, text)| Difference::SentenceOnlyInSecond { text });
    first.chain(second).collect()
}
