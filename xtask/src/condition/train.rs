//! `train-conditions`: the weights, one command, the same bytes every time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use stemma_annotate::condition::choice::ALIKE;
use stemma_annotate::condition::choice::weights::Weights;
use stemma_annotate::condition::{choices, find_with};
use stemma_model::Span;

use super::data::{Article, File, Mark, read};
use super::logit::{Names, Row, fit};

/// Documents are held out in this many parts.
const PARTS: usize = 5;

/// How much large weights cost, and how much of the probability a condition needs: chosen by the
/// held-out parts of [`UNSEEN`].
const PENALTY: f64 = 16.0;
const LEAST: f64 = 0.4;

/// Families of which the rules find fewer than this, and readers marked fewer, are left to the rules.
const ENOUGH: usize = 25;

/// Marks of sentences that a net of words let through, and the families whose words it did not have.
const NETTED: [&str; 2] = ["net", "more"];
const OUTSIDE_THE_NET: [&str; 1] = ["when"];

/// What needs of the probability are reported beside.
const REPORTED: [f64; 5] = [0.3, 0.35, 0.4, 0.45, 0.5];

/// The marks whose documents the rules had hardly been mended on.
const UNSEEN: [&str; 3] = ["broad", "more", "wide"];

/// Cross-validates on the documents of MARKS that are in no fresh part, then trains on all of them.
pub fn train_conditions(arguments: &[String]) {
    let [corpus, marks, out] = arguments else {
        eprintln!("usage: xtask train-conditions CORPUS MARKS OUT");
        return;
    };
    let (files, articles) = read(Path::new(corpus), Path::new(marks));
    let ids_of = |names: &[&str]| -> BTreeSet<&str> {
        let named = files.iter().filter(|file| names.contains(&file.name.as_str()));
        named.flat_map(|file| &file.documents).map(|(id, ..)| id.as_str()).collect()
    };
    let (unseen, netted) = (ids_of(&UNSEEN), ids_of(&NETTED));
    let mut names = Names::default();
    let marked = marked(&files);
    let families = families(&articles, &marked);
    let rows: BTreeMap<&str, Vec<Row>> = marked
        .into_iter()
        .filter_map(|(id, marks)| {
            let article = articles.get(id)?;
            let learned = |family: &str| {
                families.contains(family)
                    && !(netted.contains(id) && OUTSIDE_THE_NET.contains(&family))
            };
            Some((id, rows(article, &marks, learned, unseen.contains(id), &mut names)))
        })
        .collect();
    let count: usize = rows.values().map(Vec::len).sum();
    eprintln!("{} documents, {count} triggers, {} traits", rows.len(), names.len());
    let part_of: BTreeMap<&str, usize> =
        rows.keys().enumerate().map(|(at, &id)| (id, at % PARTS)).collect();
    let trained = |without: Option<usize>| {
        let kept = rows.iter().filter(|(id, _)| Some(part_of[*id]) != without);
        let rows: Vec<&Row> = kept.flat_map(|(_, rows)| rows).collect();
        Weights::new(LEAST, names.weights(&fit(&rows, names.len(), PENALTY)))
    };
    let held: Vec<Weights> = (0..PARTS).map(|part| trained(Some(part))).collect();
    let learned = |id: &str| part_of.get(id).copied();
    report(&files, &articles, "rules", |id| learned(id).map(|_| None));
    for least in REPORTED {
        let held: Vec<Weights> = held.iter().map(|part| part.clone().at_least(least)).collect();
        report(&files, &articles, &least.to_string(), |id| learned(id).map(|at| Some(&held[at])));
    }
    std::fs::write(out, trained(None).write()).expect("writable");
}

/// The marks of every document that may be learned from, each document once.
fn marked(files: &[File]) -> BTreeMap<&str, Vec<Mark>> {
    let documents = || files.iter().flat_map(|file| &file.documents);
    let fresh: BTreeSet<&str> =
        documents().filter(|(_, part, _)| part == "fresh").map(|(id, ..)| id.as_str()).collect();
    let mut marked: BTreeMap<&str, Vec<Mark>> = BTreeMap::new();
    for (id, _, marks) in documents().filter(|(id, ..)| !fresh.contains(id.as_str())) {
        marked.entry(id).or_insert_with(|| marks.clone());
    }
    marked
}

/// The families of which the rules find enough, or of which enough are marked.
fn families(
    articles: &BTreeMap<String, Article>,
    marked: &BTreeMap<&str, Vec<Mark>>,
) -> BTreeSet<&'static str> {
    let mut counts: BTreeMap<&'static str, [usize; 2]> = BTreeMap::new();
    for (id, marks) in marked {
        let Some(article) = articles.get(*id) else { continue };
        for choice in choices(&article.sheet(), &article.quotes) {
            let fits = |cut: [Span; 2]| marks.iter().any(|mark| fit_of(mark, cut) > 0.0);
            let is_marked = choice.cuts.iter().any(|(a, b, _)| fits([*a, *b]));
            let [ruled, right] = counts.entry(choice.family).or_default();
            *ruled += usize::from(choice.ruled);
            *right += usize::from(is_marked);
        }
    }
    let enough = |counts: &[usize; 2]| counts.iter().any(|count| *count >= ENOUGH);
    counts.into_iter().filter(|(_, both)| enough(both)).map(|(family, _)| family).collect()
}

/// What there is to choose in one document, with the answers. How far rules are to be trusted is
/// learned where they were hardly mended: elsewhere what they say has a name of its own.
fn rows(
    article: &Article,
    marks: &[Mark],
    learned: impl Fn(&str) -> bool,
    unseen: bool,
    names: &mut Names,
) -> Vec<Row> {
    let mut number = |name: &String| match !unseen && name.starts_with("rules|") {
        true => names.number(&format!("mended {name}")),
        false => names.number(name),
    };
    let described = choices(&article.sheet(), &article.quotes).into_iter();
    described
        .filter(|choice| learned(choice.family))
        .map(|choice| {
            let cuts = choice.cuts.iter().map(|(condition, consequence, traits)| {
                let fit = marks.iter().map(|mark| fit_of(mark, [*condition, *consequence]));
                let best = fit.fold(0.0, f64::max);
                (traits.iter().map(&mut number).collect(), best.powi(4))
            });
            Row::shared(cuts.collect())
        })
        .collect()
}

/// How well a cut fits a mark: the worse of its two parts; 0 where a part is not like it.
fn fit_of(mark: &Mark, cut: [Span; 2]) -> f64 {
    let worse = mark[0].jaccard(cut[0]).min(mark[1].jaccard(cut[1]));
    if worse >= ALIKE { worse } else { 0.0 }
}

/// Prints precision and recall, at an overlap of .3 and of .8, on each part, by the weights for each
/// document (or the rules alone); documents without an answer are left out.
fn report<'w>(
    files: &[File],
    articles: &BTreeMap<String, Article>,
    label: &str,
    weights: impl Fn(&str) -> Option<Option<&'w Weights>>,
) {
    let mut counts: BTreeMap<(&str, &str), [usize; 4]> = BTreeMap::new();
    for file in files {
        for (id, part, marks) in &file.documents {
            let (Some(weights), Some(article)) = (weights(id), articles.get(id)) else { continue };
            let found = find_with(&article.sheet(), &article.quotes, weights);
            let found: Vec<[Span; 2]> =
                found.iter().map(|found| [found.condition, found.consequence]).collect();
            let count = counts.entry((&file.name, part)).or_default();
            let one = [hits(marks, &found, ALIKE), hits(marks, &found, 0.8)];
            let [near, close] = one;
            for (sum, more) in count.iter_mut().zip([near, close, found.len(), marks.len()]) {
                *sum += more;
            }
        }
    }
    let share = |of: usize, all: usize| of as f64 / all.max(1) as f64;
    for ((name, part), [near, close, found, marks]) in counts {
        let [p, r] = [share(near, found), share(near, marks)];
        let [closer_p, closer_r] = [share(close, found), share(close, marks)];
        println!("{label:>6} {name} {part}: {p:.3} {r:.3}, {closer_p:.3} {closer_r:.3}");
    }
}

/// How many marks are found, each find used once.
fn hits(marks: &[Mark], found: &[[Span; 2]], least: f64) -> usize {
    let mut used = BTreeSet::new();
    for mark in marks {
        let fit = |cut: &[Span; 2]| mark[0].jaccard(cut[0]).min(mark[1].jaccard(cut[1]));
        let free = found.iter().enumerate().filter(|(at, _)| !used.contains(at));
        let best = free
            .map(|(at, cut)| (fit(cut), at))
            .filter(|(fit, _)| *fit >= least)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        used.extend(best.map(|(_, at)| at));
    }
    used.len()
}
