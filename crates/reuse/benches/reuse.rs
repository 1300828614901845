//! Passages, clusters and relations of quotations, on generated texts:
//! `cargo bench -p stemma-reuse`. Throughput is in words, or in pairs of quotations.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use stemma_model::{DocumentId, Span};
use stemma_reuse::variant::{QuotedText, relate};
use stemma_reuse::{Options, Witness, alignments, clusters, collate};

const DOCUMENTS: usize = 400;
const WORDS: usize = 500;

/// Words that differ, drawn so that short ranks are common, as in language.
const VOCABULARY: u64 = 20_000;

/// A linear congruential generator (Knuth's MMIX constants), so that every run has the same texts.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn word(&mut self) -> String {
        let highest = self.below(VOCABULARY) + 1;
        format!("w{}", self.below(highest))
    }
}

/// Texts of which every second copies forty words of an earlier one, with one word changed.
fn texts() -> Vec<String> {
    let mut numbers = Numbers(20_261_122);
    let mut texts: Vec<Vec<String>> = Vec::new();
    for number in 0..DOCUMENTS {
        let mut words: Vec<String> = (0..WORDS).map(|_| numbers.word()).collect();
        if number % 2 == 1 {
            let from = usize::try_from(numbers.below(number as u64)).expect("small");
            words[100..140].clone_from_slice(&texts[from][200..240]);
            words[120] = numbers.word();
        }
        texts.push(words);
    }
    texts.iter().map(|words| words.join(" ")).collect()
}

fn passages(criterion: &mut Criterion) {
    let texts = texts();
    let witnesses: Vec<Witness<'_>> = (0..)
        .zip(&texts)
        .map(|(number, text)| Witness::new(DocumentId::from_number(number), text))
        .collect();
    let found = alignments(&witnesses, &Options::default());
    let mut group = criterion.benchmark_group("reuse");
    group.throughput(Throughput::Elements((DOCUMENTS * WORDS) as u64));
    group.bench_function("alignments", |bench| {
        bench.iter(|| alignments(black_box(&witnesses), &Options::default()).len());
    });
    group.bench_function("clusters", |bench| {
        bench.iter(|| clusters(black_box(&witnesses), &found).len());
    });
    group.finish();
}

const SAYINGS: [&str; 4] = [
    "If the survey finds no further cracks, the northern harbour tunnel will open for traffic in May.",
    "The northern harbour tunnel will not open for traffic in May unless the survey finds no cracks.",
    "The tunnel under the harbour would open to traffic in May, the minister said.",
    "Nobody should expect miracles of a tunnel that took eleven years and three contractors.",
];

fn variants(criterion: &mut Criterion) {
    let contents: Vec<[Span; 1]> = SAYINGS.iter().map(|text| [Span::new(0, text.len())]).collect();
    let quotes: Vec<QuotedText<'_>> = (0..)
        .zip(SAYINGS.iter().zip(&contents))
        .map(|(number, (text, content))| {
            QuotedText::direct(DocumentId::from_number(number), text, content)
        })
        .collect();
    let mut group = criterion.benchmark_group("variants");
    group.throughput(Throughput::Elements((SAYINGS.len() * SAYINGS.len()) as u64));
    group.bench_function("relate", |bench| {
        bench.iter(|| {
            let pairs = quotes.iter().flat_map(|a| quotes.iter().map(move |b| (a, b)));
            pairs.filter(|(a, b)| relate(black_box(a), black_box(b), true).is_some()).count()
        });
    });
    group.bench_function("collate", |bench| bench.iter(|| collate(black_box(&SAYINGS))));
    group.finish();
}

criterion_group!(benches, passages, variants);
criterion_main!(benches);
