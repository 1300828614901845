//! Coreference against GUM's news documents (WebAnno TSV 3).
//!
//! MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998), entity-based CEAF (Luo 2005) and their mean,
//! the CoNLL-2012 average (Pradhan et al. 2012), summed over documents. Gold marks maximal spans,
//! with all that hangs from a noun, and we mark names and noun phrases, so mentions meet by *head*:
//! the last word before the first comma, bracket, dash, preposition or relative pronoun. Chains of one
//! mention count on neither side, nor do relative pronouns, which GUM does not mark. `people, bodies, places` compares gold chains most of whose
//! mentions GUM calls person, organization or place with our chains of persons, groups, organisations
//! and places; `all` compares every chain.

mod gum;
mod measure;

use std::path::Path;

use stemma_model::{Annotations, Document, MentionKind};

use crate::corpus::{digest, files, read};
use crate::error::{Error, Kind};
use crate::reading::{Text, annotate};
use crate::{Metric, Scores};
use gum::Gum;
use measure::{Measure, Tally};

/// A mention, by the token of its head; a chain of them, in order.
type Chain = Vec<usize>;

/// Scores the chains of the `.tsv` files below `dir`.
///
/// # Errors
/// When the corpus is not there or not of that shape, or the engine cannot be opened.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let mut golds = Vec::new();
    for path in files(dir)?.iter().filter(|path| path.extension().is_some_and(|end| end == "tsv")) {
        let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        golds.push((id, Gum::read(&read(path)?)));
    }
    if golds.is_empty() {
        return Err(Kind::Shape { path: dir.to_owned(), found: "no .tsv file".into() }.into());
    }
    let texts: Vec<Text> = golds
        .iter()
        .map(|(id, gum)| Text { id: id.clone(), published: String::new(), text: gum.text.clone() })
        .collect();
    let read = annotate(&texts)?;
    let (mut named, mut all) = (Tally::default(), Tally::default());
    for (id, gum) in &golds {
        let found = read.get(id);
        let ours = |only: bool| found.map_or_else(Vec::new, |(d, a)| chains(gum, d, a, only));
        named.add(&gum.chains(true), &ours(true));
        all.add(&gum.chains(false), &ours(false));
    }
    let mut metrics = metrics("people, bodies, places", &named);
    metrics.extend(self::metrics("all", &all));
    Ok(Scores { suite: "coref", corpus: digest(dir)?, documents: golds.len(), metrics })
}

fn metrics(name: &str, tally: &Tally) -> Vec<Metric> {
    let mut metrics = Vec::new();
    for measure in [Measure::Muc, Measure::BCubed, Measure::CeafE] {
        let [p, r, f1] = tally.scores(measure);
        for (which, value) in [("P", p), ("R", r), ("F1", f1)] {
            metrics.push(Metric::new(format!("{name}: {} {which}", measure.name()), value));
        }
    }
    metrics.push(Metric::new(format!("{name}: CoNLL average"), tally.conll()));
    metrics
}

/// Our chains of two mentions and more, as heads among the corpus's tokens.
fn chains(gum: &Gum, document: &Document, annotations: &Annotations, only: bool) -> Vec<Chain> {
    let shift = gum.text.find(document.text.as_str()).unwrap_or(0);
    let counted = |kind: MentionKind| {
        !only
            || matches!(
                kind,
                MentionKind::Person
                    | MentionKind::Group
                    | MentionKind::Organisation
                    | MentionKind::Place
            )
    };
    let heads = |chain: &stemma_model::Chain| -> Chain {
        let relative = |m: &stemma_model::Mention| {
            let word = document.slice(m.span).to_lowercase();
            matches!(word.as_str(), "who" | "whom" | "whose" | "which" | "that")
        };
        let members = annotations.mentions.iter().filter(|m| m.chain == Some(chain.id));
        let members = members.filter(|m| !relative(m));
        let spans = members.map(|m| m.span.start() + shift..m.span.end() + shift);
        let mut heads: Chain = spans.filter_map(|span| gum.head_in(span)).collect();
        heads.sort_unstable();
        heads.dedup();
        heads
    };
    let chains = annotations.chains.iter().filter(|chain| counted(chain.kind)).map(heads);
    chains.filter(|chain| chain.len() > 1).collect()
}
