//! The trees that judge fragments: what they learn from.

use stemma_annotate::quote::columns::Links;
use stemma_annotate::quote::forest::{Forest, Traits};
use stemma_annotate::quote::segment::Sequence;
use stemma_annotate::quote::tagger::Tagger;

use super::boost::{Growth, grow};
use super::data::Article;
use super::sgd::Settings;
use super::train::{SEED, fit, whole};

/// How the trees that judge fragments grow; chosen on dev.
const GROWTH: Growth = Growth { trees: 450, leaves: 31, rate: 0.05, rows: 180, columns: 128 };

/// In how many parts the articles are cut: trees learn from what a model proposes for articles that
/// it was not trained on.
const PARTS: usize = 4;

/// How many seeds the models have that propose to the trees: more would double the time.
const PROPOSERS: usize = 2;

/// How many times fragments are judged.
const ROUNDS: usize = 2;

/// What is proposed for some articles, and what of it annotators marked.
struct Proposed {
    traits: Vec<Traits>,
    hits: Vec<bool>,
}

impl Proposed {
    fn of<'a>(tagger: &Tagger, articles: impl Iterator<Item = &'a Article>) -> Self {
        let (mut traits, mut hits) = (Vec::new(), Vec::new());
        for article in articles {
            let links = Links::new(&article.columns);
            for range in &article.sequences {
                let sequence = Sequence { columns: &article.columns, links: &links, range };
                let mut proposals = tagger.propose(sequence);
                if tagger.is_judged() {
                    proposals.look_again(sequence);
                }
                let candidates = proposals.candidates.iter();
                hits.extend(candidates.map(|candidate| article.has(range.start, candidate)));
                traits.extend(proposals.traits);
            }
        }
        Self { traits, hits }
    }
}

/// The trees that judge fragments, round by round. They learn from what models propose for articles
/// that these did not learn from, and in later rounds from what trees say that did not either.
pub fn judges(train: &[Article], settings: Settings, without: u32) -> Vec<Forest> {
    let of = |part: usize, own: bool| {
        let articles = train.iter().enumerate();
        articles.filter(move |(i, _)| (i % PARTS == part) == own).map(|(_, article)| article)
    };
    let settings = Settings { members: settings.members.min(PROPOSERS), ..settings };
    let mut taggers: Vec<Tagger> = (0..PARTS)
        .map(|part| {
            let rest: Vec<&Article> = of(part, false).collect();
            Tagger::read(&whole(fit(&rest, settings, without), &[])).without(without)
        })
        .collect();
    let mut forests = Vec::new();
    for round in 0..ROUNDS {
        let parts: Vec<Proposed> =
            (0..PARTS).map(|part| Proposed::of(&taggers[part], of(part, true))).collect();
        forests.push(grow_without(&parts, None));
        if round + 1 < ROUNDS {
            let judged = |(part, tagger): (usize, Tagger)| {
                tagger.judged_by(grow_without(&parts, Some(part)))
            };
            taggers = taggers.into_iter().enumerate().map(judged).collect();
        }
    }
    forests
}

/// Trees of all parts but one.
fn grow_without(parts: &[Proposed], without: Option<usize>) -> Forest {
    let of = parts.iter().enumerate().filter(|(part, _)| Some(*part) != without);
    let rows = of.flat_map(|(_, part)| part.traits.iter().zip(part.hits.iter().copied()));
    let (traits, hits): (Vec<&Traits>, Vec<bool>) = rows.unzip();
    eprintln!("  trees of {} proposals", hits.len());
    grow(&traits, &hits, GROWTH, SEED)
}
