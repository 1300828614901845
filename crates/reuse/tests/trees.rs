//! How well the stemma finds known copying trees. Trees with even numbers are
//! there to choose weights on, the others are the score, with a floor under it.

use std::collections::BTreeMap;
use std::path::Path;

use stemma_model::{Cluster, DateRange, DocumentId};
use stemma_reuse::{Options, Witness, alignments, clusters};

struct Copy {
    name: String,
    from: Option<String>,
    lost: bool,
    outlet: Option<String>,
    date: Option<DateRange>,
    text: String,
}

fn trees() -> Vec<Vec<Copy>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/reuse/trees.toml");
    let text = std::fs::read_to_string(path).expect("the trees");
    let table: toml::Table = text.parse().expect("TOML");
    let list = |value: &toml::Value, field: &str| value[field].as_array().expect("a list").clone();
    let trees = toml::Value::Table(table);
    list(&trees, "tree")
        .iter()
        .map(|tree| list(tree, "witness").iter().map(copy).collect())
        .collect()
}

fn copy(witness: &toml::Value) -> Copy {
    let field = |name: &str| witness.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    Copy {
        name: field("name").expect("a name"),
        from: field("from"),
        lost: witness.get("lost").is_some(),
        outlet: field("outlet"),
        date: field("date").map(|day| DateRange::day(day.parse().expect("a day"))),
        text: field("text").expect("a text"),
    }
}

fn id(name: &str) -> DocumentId {
    DocumentId::of(&[name])
}

/// The largest cluster of a tree's texts.
fn cluster(tree: &[Copy]) -> Cluster {
    let witnesses: Vec<Witness<'_>> = tree
        .iter()
        .map(|copy| Witness {
            outlet: copy.outlet.as_deref(),
            date: copy.date,
            ..Witness::new(id(&copy.name), &copy.text)
        })
        .collect();
    let found = alignments(&witnesses, &Options::default());
    let clusters = clusters(&witnesses, &found);
    clusters.into_iter().max_by_key(|cluster| cluster.passages.len()).expect("a cluster")
}

#[derive(Default)]
struct Score {
    copies: usize,
    /// The true source has the most support.
    best: usize,
    /// It is among the candidates.
    among: usize,
    originals: usize,
    /// No document has half the support for being the source of an original.
    kept: usize,
    /// Sum of squared differences between support and truth, over all candidates.
    brier: f32,
    candidates: usize,
}

impl Score {
    fn add(&mut self, tree: &[Copy]) {
        let cluster = cluster(tree);
        for copy in tree {
            let mut supports: BTreeMap<Option<DocumentId>, f32> = BTreeMap::new();
            for descent in cluster.stemma.iter().filter(|descent| descent.to == id(&copy.name)) {
                *supports.entry(descent.from).or_default() += descent.support;
                assert!(descent.interval.0 <= descent.support + 1e-5);
                assert!(descent.support <= descent.interval.1 + 1e-5);
            }
            let best = supports.iter().max_by(|a, b| a.1.total_cmp(b.1));
            let truth = copy.from.as_deref().map(id);
            for (from, support) in &supports {
                let right = f32::from(u8::from(*from == truth));
                self.brier += (support - right).powi(2);
                self.candidates += 1;
            }
            if truth.is_some() || copy.lost {
                self.copies += 1;
                self.best += usize::from(best.is_some_and(|(from, _)| *from == truth));
                self.among += usize::from(supports.contains_key(&truth));
            } else {
                self.originals += 1;
                let claimed =
                    supports.iter().any(|(from, support)| from.is_some() && *support >= 0.5);
                self.kept += usize::from(!claimed);
            }
        }
    }
}

#[test]
fn known_trees_are_found_again() {
    let trees = trees();
    let mut scores = [Score::default(), Score::default()];
    for (number, tree) in trees.iter().enumerate() {
        scores[number % 2].add(tree);
    }
    for (half, score) in ["chosen on", "scored on"].into_iter().zip(&scores) {
        eprintln!(
            "{half}: true source best {}/{}, among candidates {}/{}, originals kept {}/{}, Brier {:.3}",
            score.best,
            score.copies,
            score.among,
            score.copies,
            score.originals.min(score.kept),
            score.originals,
            score.brier / score.candidates as f32,
        );
    }
    let score = &scores[1];
    assert!(score.best * 100 >= score.copies * 60);
    assert!(score.among * 100 >= score.copies * 80);
}
