//! What must hold for any texts: order, threads and memory change nothing; spans fit.

use proptest::prelude::*;
use stemma_model::{Alignment, DateRange, DocumentId};
use stemma_reuse::{Options, Witness, alignments, clusters};

/// Texts cut from a few long ones, so that they share passages.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec![
        "bridge",
        "harbour",
        "the",
        "Mayor",
        "said",
        "closed",
        "of",
        "naïve",
        "“until”",
        "repair—",
        "Thursday,",
        "a",
        "in",
        "crews\n\n",
        "tested.",
        "barley",
        "1,200",
        "İstanbul",
        "ﬁre",
        "👍",
    ]);
    let long = prop::collection::vec(word, 60..120);
    (
        prop::collection::vec(long, 2..4),
        prop::collection::vec(any::<[prop::sample::Index; 5]>(), 2..9),
    )
        .prop_map(|(sources, cuts)| {
            cuts.iter()
                .map(|[source, from, length, other, join]| {
                    let source = source.get(&sources);
                    let from = from.index(source.len());
                    let to = (from + 1 + length.index(80)).min(source.len());
                    let other = other.get(&sources);
                    let tail = &other[join.index(other.len())..];
                    format!("{} {}", source[from..to].join(" "), tail.join(" "))
                })
                .collect()
        })
}

fn witnesses(texts: &[String]) -> Vec<Witness<'_>> {
    let outlets = [None, Some("Courier"), Some("Echo")];
    texts
        .iter()
        .enumerate()
        .map(|(i, text)| Witness {
            outlet: outlets[i % 3],
            date: (i % 2 == 0).then(|| DateRange::day(jiff::civil::date(2025, 3, 1 + i as i8))),
            ..Witness::new(DocumentId::of(&[&i.to_string()]), text)
        })
        .collect()
}

fn with_threads(threads: usize, witnesses: &[Witness<'_>], options: &Options) -> Vec<Alignment> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    pool.install(|| alignments(witnesses, options))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_threads_and_memory_change_nothing(texts in texts(), boilerplate in any::<bool>()) {
        let options = Options { boilerplate, ..Options::default().min_words(8) };
        let forward = witnesses(&texts);
        let mut backward = forward.clone();
        backward.reverse();
        let found = with_threads(1, &forward, &options);
        prop_assert_eq!(&found, &with_threads(3, &backward, &options));
        let small = Options { memory: 1, ..options };
        prop_assert_eq!(&found, &with_threads(2, &forward, &small));
        let mut shuffled = found.clone();
        shuffled.reverse();
        prop_assert_eq!(clusters(&forward, &found), clusters(&backward, &shuffled));
    }

    #[test]
    fn spans_fit_their_texts_and_come_sorted(texts in texts()) {
        let witnesses = witnesses(&texts);
        let text = |id: DocumentId| {
            witnesses.iter().find(|witness| witness.id == id).expect("a witness").text
        };
        let found = alignments(&witnesses, &Options::default().min_words(6));
        for one in &found {
            prop_assert!(one.a.document < one.b.document);
            prop_assert!(text(one.a.document).get(one.a.span.range()).is_some());
            prop_assert!(text(one.b.document).get(one.b.span.range()).is_some());
            prop_assert!(one.similarity > 0.3 && one.similarity <= 1.0);
            let (mut end_a, mut end_b) = (one.a.span.start, one.b.span.start);
            for change in &one.changes {
                prop_assert!(text(one.a.document).get(change.a.range()).is_some());
                prop_assert!(text(one.b.document).get(change.b.range()).is_some());
                prop_assert!(one.a.span.covers(change.a) && one.b.span.covers(change.b));
                prop_assert!(end_a <= change.a.start && end_b <= change.b.start);
                (end_a, end_b) = (change.a.end, change.b.end);
            }
        }
        let place = |f: &Alignment| (f.a.document, f.b.document, f.a.span.start, f.b.span.start);
        let places: Vec<_> = found.iter().map(place).collect();
        prop_assert!(places.is_sorted());
    }

    #[test]
    fn any_text_gives_a_result(texts in prop::collection::vec("(?s).{0,200}", 0..5)) {
        let witnesses = witnesses(&texts);
        let found = alignments(&witnesses, &Options::default().min_words(2));
        let _ = clusters(&witnesses, &found);
    }
}

#[test]
fn endless_repetition_takes_linear_time() {
    let words = [
        "na ".repeat(400_000),
        "na ".repeat(300_000) + &"hey ho ".repeat(50_000),
        "x".repeat(1 << 20),
    ];
    let found = alignments(&witnesses(&words), &Options::default());
    assert!(!found.is_empty() && found.len() < 1000);
}

#[test]
fn boilerplate_is_set_aside_until_asked_for() {
    let line = "Sign up for the morning letter and read what the harbour crews talk about at dawn";
    let texts: Vec<String> = (0..15).map(|i| format!("Report {i}. {line}")).collect();
    let all: Vec<Witness<'_>> = texts
        .iter()
        .map(|text| Witness {
            outlet: Some("Courier"),
            ..Witness::new(DocumentId::of(&[text]), text)
        })
        .collect();
    assert_eq!(alignments(&all, &Options::default()), []);
    let options = Options { boilerplate: true, ..Options::default() };
    let found = alignments(&all, &options);
    assert_eq!(found.len(), 14, "each with the next");
    assert_eq!(clusters(&all, &found)[0].kind, stemma_model::ClusterKind::Boilerplate);
    assert_eq!(clusters(&all, &found).len(), 1);
}
