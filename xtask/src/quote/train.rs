//! `train-quotes`: the model, one command, the same bytes every time.

use std::path::Path;

use stemma_annotate::quote::clusters::Clusters;
use stemma_annotate::quote::crf::Crf;
use stemma_annotate::quote::dense::Net;
use stemma_annotate::quote::forest::Forest;
use stemma_annotate::quote::lattice::Row;
use stemma_annotate::quote::lexicon::CueLexicon;
use stemma_annotate::quote::tagger::{Tagger, classes};

use super::data::{Article, articles};
use super::features::{Dictionary, Resources, Views, table};
use super::judge::judges;
use super::score::score;
use super::sgd::{Examples, Settings, Weights, learn};

/// Features seen less often than this are left out.
const LEAST: usize = 3;

/// The first seed, and how far each member's is from the one before: any large number.
pub const SEED: u64 = 0x5eed_1234_abcd_0001;
const SEED_STEP: u64 = 0x9e37_79b9_7f4a_7c14;

/// What ships.
pub const SHIPPED: Settings = Settings {
    epochs: 4,
    rate: 0.015,
    decay: 5e-4,
    dropout: 90,
    net_rate: 1e-3,
    net_dropout: 64,
    snapshots: 8,
    members: 4,
};

/// Trains on `gold/train`, writes the model to `out`, and reports on `gold/dev`; `--alone` leaves
/// out the trees.
pub fn train_quotes(arguments: &[String]) {
    let [gold, out, rest @ ..] = arguments else {
        eprintln!("usage: xtask train-quotes POLNEAR OUT [--alone] [--without FAMILY]…");
        return;
    };
    let gold = Path::new(gold);
    let (settings, without) = options(rest);
    let (train, dev) = read(gold);
    eprintln!("{} + {} articles", train.len(), dev.len());
    let alone = rest.iter().any(|option| option == "--alone");
    let forests = if alone { Vec::new() } else { judges(&train, settings, without) };
    let field = fit(&train.iter().collect::<Vec<_>>(), settings, without);
    let bytes = whole(field, &forests);
    std::fs::write(out, &bytes).expect("writable");
    report(Tagger::read(&bytes).without(without), &dev);
}

/// The bytes of a model: a sequence model's, then those of its judges.
pub fn whole(mut field: Vec<u8>, forests: &[Forest]) -> Vec<u8> {
    field.extend((forests.len() as u32).to_le_bytes());
    forests.iter().for_each(|forest| forest.write(&mut field));
    field
}

fn read(gold: &Path) -> (Vec<Article>, Vec<Article>) {
    let model = stemma_english::Model::ensure(|line| eprintln!("{line}")).expect("a model");
    let pipeline = stemma_english::Pipeline::load(&model).expect("a readable model");
    let pipeline = pipeline.with_vectors();
    let resources = Resources { cues: CueLexicon::load(), clusters: Clusters::load() };
    let part = |name: &str| articles(&gold.join(name), &pipeline, &resources);
    (part("train"), part("dev"))
}

/// What can be varied from the command line, for experiments, and the families left out.
fn options(arguments: &[String]) -> (Settings, u32) {
    let number = |name: &str, default: f32| {
        let of = arguments.windows(2).find(|pair| pair[0] == name);
        of.map_or(default, |pair| pair[1].parse().expect("a number"))
    };
    let settings = Settings {
        epochs: number("--epochs", SHIPPED.epochs as f32) as usize,
        rate: number("--rate", SHIPPED.rate),
        decay: number("--decay", SHIPPED.decay),
        dropout: number("--dropout", SHIPPED.dropout as f32) as u32,
        net_rate: number("--net-rate", SHIPPED.net_rate),
        net_dropout: number("--net-dropout", SHIPPED.net_dropout as f32) as u32,
        snapshots: number("--snapshots", SHIPPED.snapshots as f32) as usize,
        members: number("--members", SHIPPED.members as f32) as usize,
    };
    let families = arguments.windows(2).filter(|pair| pair[0] == "--without");
    let bit = |pair: &[String]| 1_u32 << pair[1].parse::<u32>().expect("a number");
    (settings, families.map(bit).sum())
}

fn report(tagger: Tagger, dev: &[Article]) {
    let labels: Vec<Vec<u8>> =
        dev.iter().map(|article| tagger.label(&article.columns, &article.sequences)).collect();
    eprintln!("dev: {}", score(dev, &labels));
}

/// The bytes of a sequence model of `train`.
pub fn fit(train: &[&Article], settings: Settings, without: u32) -> Vec<u8> {
    let table = table(train, without);
    let views = Views::new(train);
    let (mut labels, mut kinds, mut sequences) = (Vec::new(), Vec::new(), Vec::new());
    for article in train {
        for range in &article.sequences {
            sequences.push(labels.len()..labels.len() + range.len());
            labels.extend_from_slice(&article.gold[range.clone()]);
            kinds.extend(classes(&article.columns, range.clone()));
        }
    }
    let dictionary = Dictionary::new(&table, LEAST);
    let table = dictionary.number(&table);
    eprintln!("  {} tokens, {} features", labels.len(), dictionary.keys.len());
    let examples =
        Examples { table: &table, views: &views, labels: &labels, classes: &kinds, sequences };
    let seed = |member: usize| SEED.wrapping_add(SEED_STEP.wrapping_mul(member as u64));
    let member = |member| learn(dictionary.keys.len(), &examples, settings, seed(member));
    let (weights, nets) = average((0..settings.members).map(member).collect());
    ship(&dictionary, weights, &nets)
}

/// How many features a model may keep.
const KEPT: usize = 450_000;

/// The step of the eight-bit weights; the largest weights, near 3, just fit.
const STEP: f32 = 0.02;

/// The average, in log-space, of models of the same features and different seeds: one field with
/// the mean of their sparse weights, and all their networks, each with its share.
fn average(members: Vec<Weights>) -> (Weights, Vec<Net>) {
    let share = 1.0 / members.len() as f32;
    let mut mean = Weights::zero(members.first().map_or(0, |member| member.rows.len()));
    members.iter().for_each(|member| mean.add(member, share));
    let mut nets: Vec<Net> = members.into_iter().map(|member| member.net).collect();
    let outer = nets.iter_mut().flat_map(|net| net.outer.iter_mut().flatten());
    outer.for_each(|weight| *weight *= share);
    (mean, nets)
}

/// The bytes of the model with its most telling features.
fn ship(dictionary: &Dictionary, weights: Weights, nets: &[Net]) -> Vec<u8> {
    let strength = |row: &Row| row.iter().map(|w| w * w).sum::<f32>();
    let mut rows: Vec<(u32, Row)> = dictionary.keys.iter().copied().zip(weights.rows).collect();
    rows.sort_by(|a, b| strength(&b.1).total_cmp(&strength(&a.1)).then(a.0.cmp(&b.0)));
    let total = rows.len();
    rows.truncate(KEPT);
    rows.sort_unstable_by_key(|row| row.0);
    let bytes = Crf::write(&weights.transitions, nets, &rows, STEP);
    eprintln!("  kept {} of {total} features, {} bytes", rows.len(), bytes.len());
    bytes
}

#[cfg(test)]
mod tests {
    use super::super::net::start;
    use super::super::sgd::Random;
    use super::*;
    use stemma_annotate::quote::columns::WIDTH;
    use stemma_annotate::quote::dense::{SLOTS, View};
    use stemma_annotate::quote::label::LABELS;

    /// The label scores of one token with feature 7 under the shipped form of these members.
    fn scores(members: Vec<Weights>, vectors: &[f32]) -> Row {
        let (mean, nets) = average(members);
        let bytes = Crf::write(&mean.transitions, &nets, &[(7, mean.rows[0])], STEP);
        let model = Crf::read(&mut bytes.as_slice());
        let mut row = model.emission(&[7]);
        model.add_dense(&View::new(vectors, &[[0; SLOTS]]), std::slice::from_mut(&mut row));
        row
    }

    #[test]
    fn the_average_scores_as_the_mean_of_its_members() {
        let mut random = Random(SEED);
        let vectors: Vec<f32> = (0..WIDTH).map(|_| random.sign()).collect();
        let members: Vec<Weights> = (0..3)
            .map(|_| {
                let mut member = Weights::zero(1);
                start(&mut member.net, &mut random);
                member.rows[0] = std::array::from_fn(|_| random.sign());
                member
            })
            .collect();
        let alone: Vec<Row> =
            members.iter().map(|member| scores(vec![member.clone()], &vectors)).collect();
        let together = scores(members, &vectors);
        for label in 0..LABELS {
            let mean = alone.iter().map(|row| row[label]).sum::<f32>() / 3.0;
            // Each weight is off by half a step at most, in the members and in their mean.
            assert!((together[label] - mean).abs() <= STEP, "label {label}");
        }
    }
}
