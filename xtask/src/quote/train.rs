//! `train-quotes`: both models, one command, the same bytes every time.

use std::ops::Range;
use std::path::{Path, PathBuf};

use stemma_annotate::quote::clusters::Clusters;
use stemma_annotate::quote::crf::{Crf, Lattice, Row};
use stemma_annotate::quote::lexicon::CueLexicon;
use stemma_annotate::quote::tagger::classes;

use super::data::{Article, articles};
use super::features::{Dictionary, Resources, Table, table};
use super::score::score;
use super::sgd::{Examples, Settings, Weights};

/// Folds of the training articles on which the first model's marginals are held out.
const FOLDS: usize = 3;

/// Features seen less often than this are left out.
const LEAST: usize = 3;

pub const FIRST: Settings =
    Settings { epochs: 5, rate: 0.02, decay: 1e-4, dropout: 26, margin: [0.0, 0.0] };
pub const SECOND: Settings =
    Settings { epochs: 8, rate: 0.02, decay: 1e-4, dropout: 26, margin: [0.0, 0.0] };

/// Trains on `gold/train`, writes both models to `out`, and reports on `gold/dev`.
pub fn train_quotes(arguments: &[String]) {
    let [gold, out, rest @ ..] = arguments else {
        eprintln!("usage: xtask train-quotes POLNEAR OUT [--first-only] [--without FAMILY]…");
        return;
    };
    let (gold, out) = (Path::new(gold), PathBuf::from(out));
    let options = Options::read(rest);
    let model = stemma_english::Model::ensure(|line| eprintln!("{line}")).expect("a model");
    let pipeline = stemma_english::Pipeline::load(&model).expect("a readable model");
    let resources = Resources { cues: CueLexicon::load(), clusters: Clusters::load() };
    let train = articles(&gold.join("train"), &pipeline, &resources);
    let dev = articles(&gold.join("dev"), &pipeline, &resources);
    eprintln!("{} + {} articles", train.len(), dev.len());
    let without = options.without;
    let (first, bytes) = fit(&train, None, options.first, without);
    eprintln!("first: {}", score(&dev, &first.labels(&dev, None, without)));
    if options.first_only {
        return;
    }
    std::fs::write(out.join("quote-first.bin"), bytes).expect("writable");
    let held_out = held_out(&train, options.first, without);
    let opinions = first.marginals(&dev, without);
    let (second, bytes) = fit(&train, Some(&held_out), options.second, without);
    std::fs::write(out.join("quote-second.bin"), bytes).expect("writable");
    eprintln!("second: {}", score(&dev, &second.labels(&dev, Some(&opinions), without)));
}

/// What can be varied from the command line, for experiments; the defaults are what ships.
struct Options {
    first: Settings,
    second: Settings,
    first_only: bool,
    without: u32,
}

impl Options {
    fn read(arguments: &[String]) -> Self {
        let of = |name: &str| {
            arguments.windows(2).find(|pair| pair[0] == name).map(|pair| pair[1].as_str())
        };
        let number = |name: &str, default: f32| {
            of(name).map_or(default, |text| text.parse().expect("a number"))
        };
        let vary = |settings: Settings, prefix: &str| Settings {
            epochs: number(&format!("--{prefix}-epochs"), settings.epochs as f32) as usize,
            rate: number(&format!("--{prefix}-rate"), settings.rate),
            decay: number(&format!("--{prefix}-decay"), settings.decay),
            dropout: number(&format!("--{prefix}-dropout"), settings.dropout as f32) as u32,
            margin: [
                number(&format!("--{prefix}-margin-out"), settings.margin[0]),
                number(&format!("--{prefix}-margin-in"), settings.margin[1]),
            ],
        };
        let families = arguments.windows(2).filter(|pair| pair[0] == "--without");
        Self {
            first: vary(FIRST, "first"),
            second: vary(SECOND, "second"),
            first_only: arguments.iter().any(|argument| argument == "--first-only"),
            without: families.map(|pair| 1_u32 << pair[1].parse::<u32>().expect("a number")).sum(),
        }
    }
}

/// The first model's marginals on each training article, by a model that has not seen it.
fn held_out(train: &[Article], settings: Settings, without: u32) -> Vec<Vec<Row>> {
    let mut found = vec![Vec::new(); train.len()];
    let all = table(train, None, without);
    let rows = token_rows(train);
    for fold in 0..FOLDS {
        let seen: Vec<usize> = (0..train.len()).filter(|i| i % FOLDS != fold).collect();
        let (model, _) = fit_rows(train, &all, &rows, &seen, settings);
        for i in (0..train.len()).filter(|i| i % FOLDS == fold) {
            found[i] = model.marginals(std::slice::from_ref(&train[i]), without).remove(0);
        }
    }
    found
}

/// A model as it ships: quantised.
struct Model {
    crf: Crf,
}

impl Model {
    fn lattices(
        &self,
        articles: &[Article],
        opinions: Option<&[Vec<Row>]>,
        without: u32,
    ) -> Vec<Vec<Lattice>> {
        let table = table(articles, opinions, without);
        let mut next = 0;
        let mut lattice = |article: &Article, range: &Range<usize>| {
            let rows = next..next + range.len();
            next = rows.end;
            Lattice {
                emissions: rows.map(|i| self.crf.emission(table.row(i))).collect(),
                classes: classes(&article.columns, range.clone()),
            }
        };
        articles
            .iter()
            .map(|article| article.sequences.iter().map(|range| lattice(article, range)).collect())
            .collect()
    }

    fn labels(
        &self,
        articles: &[Article],
        opinions: Option<&[Vec<Row>]>,
        without: u32,
    ) -> Vec<Vec<u8>> {
        let lattices = self.lattices(articles, opinions, without);
        let decoded = |lattice: &Lattice| self.crf.decode(lattice);
        articles.iter().zip(&lattices).map(|(a, l)| spread(a, l, 0, decoded)).collect()
    }

    fn marginals(&self, articles: &[Article], without: u32) -> Vec<Vec<Row>> {
        let lattices = self.lattices(articles, None, without);
        let found = |lattice: &Lattice| self.crf.marginals(lattice);
        articles.iter().zip(&lattices).map(|(a, l)| spread(a, l, Row::default(), found)).collect()
    }
}

/// One value a token of an article, from those of its sequences.
fn spread<T: Copy>(
    article: &Article,
    lattices: &[Lattice],
    outside: T,
    values: impl Fn(&Lattice) -> Vec<T>,
) -> Vec<T> {
    let mut row = vec![outside; article.tokens.len()];
    for (range, lattice) in article.sequences.iter().zip(lattices) {
        row[range.clone()].copy_from_slice(&values(lattice));
    }
    row
}

fn fit(
    train: &[Article],
    opinions: Option<&[Vec<Row>]>,
    settings: Settings,
    without: u32,
) -> (Model, Vec<u8>) {
    let all = table(train, opinions, without);
    let rows = token_rows(train);
    let everyone: Vec<usize> = (0..train.len()).collect();
    fit_rows(train, &all, &rows, &everyone, settings)
}

/// Which rows of a table are each article's.
fn token_rows(articles: &[Article]) -> Vec<Range<usize>> {
    let mut next = 0;
    articles
        .iter()
        .map(|article| {
            let start = next;
            next += article.sequences.iter().map(Range::len).sum::<usize>();
            start..next
        })
        .collect()
}

fn fit_rows(
    train: &[Article],
    all: &Table,
    rows: &[Range<usize>],
    seen: &[usize],
    settings: Settings,
) -> (Model, Vec<u8>) {
    let mut part = Table::default();
    let (mut labels, mut kinds, mut sequences) = (Vec::new(), Vec::new(), Vec::new());
    for &i in seen {
        for row in rows[i].clone() {
            part.features.extend_from_slice(all.row(row));
            part.ends.push(part.features.len());
        }
        for range in &train[i].sequences {
            sequences.push(labels.len()..labels.len() + range.len());
            labels.extend_from_slice(&train[i].gold[range.clone()]);
            kinds.extend(classes(&train[i].columns, range.clone()));
        }
    }
    let dictionary = Dictionary::new(&part, LEAST);
    let numbered = dictionary.number(&part);
    eprintln!("  {} tokens, {} features", labels.len(), dictionary.keys.len());
    let mut weights = Weights::new(dictionary.keys.len());
    weights.learn(
        &Examples { table: &numbered, labels: &labels, classes: &kinds, sequences },
        settings,
    );
    let bytes = ship(&dictionary, &weights);
    (Model { crf: Crf::read(&bytes) }, bytes)
}

/// How many features a model may keep.
const KEPT: usize = 450_000;

/// The step of the eight-bit weights; the largest weights, near 3, just fit.
const STEP: f32 = 0.02;

/// The bytes of the model with its most telling features.
fn ship(dictionary: &Dictionary, weights: &Weights) -> Vec<u8> {
    let strength = |row: &Row| row.iter().map(|w| w * w).sum::<f32>();
    let mut rows: Vec<(u32, Row)> =
        dictionary.keys.iter().copied().zip(weights.rows.iter().copied()).collect();
    rows.sort_by(|a, b| strength(&b.1).total_cmp(&strength(&a.1)).then(a.0.cmp(&b.0)));
    let total = rows.len();
    rows.truncate(KEPT);
    rows.sort_unstable_by_key(|row| row.0);
    let bytes = Crf::write(&weights.transitions, &rows, STEP);
    eprintln!("  kept {} of {total} features, {} bytes", rows.len(), bytes.len());
    bytes
}
