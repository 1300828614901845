//! The tokenizer, the whole pipeline and the sentence vectors, on the texts of
//! `testdata/english/golden.jsonl`: `cargo bench -p stemma-english`. Throughput is in tokens or
//! sentences.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::Deserialize;
use stemma_english::{Model, Pipeline, SentenceEncoder};

#[derive(Deserialize)]
struct Golden {
    text: String,
}

fn texts() -> Vec<String> {
    let lines = include_str!("../../../testdata/english/golden.jsonl").lines();
    lines.map(|line| serde_json::from_str::<Golden>(line).expect("a golden text").text).collect()
}

fn pipeline() -> Pipeline {
    let model = Model::ensure(|line| eprintln!("{line}")).expect("the model can be installed");
    Pipeline::load(&model).expect("the model is whole")
}

fn english(criterion: &mut Criterion) {
    let (texts, pipeline) = (texts(), pipeline());
    let tokens: usize = texts.iter().map(|text| pipeline.tokenize(text).len()).sum();
    let mut group = criterion.benchmark_group("english");
    group.throughput(Throughput::Elements(tokens as u64));
    group.bench_function("tokenizer", |bench| {
        bench.iter(|| {
            texts.iter().map(|text| pipeline.tokenize(black_box(text)).len()).sum::<usize>()
        });
    });
    group.bench_function("pipeline", |bench| {
        bench
            .iter(|| texts.iter().map(|text| pipeline.parse(black_box(text)).len()).sum::<usize>());
    });
    let docs: Vec<_> = texts.iter().map(|text| pipeline.parse(text)).collect();
    let sentences: Vec<&str> =
        docs.iter().flat_map(|doc| doc.sentences().map(|sentence| sentence.text())).collect();
    let encoder = SentenceEncoder::new();
    group.throughput(Throughput::Elements(sentences.len() as u64));
    group.bench_function("sentence vectors", |bench| {
        let first = |sentence: &&str| encoder.encode(black_box(sentence)).as_slice()[0];
        bench.iter(|| sentences.iter().map(first).sum::<f32>());
    });
    group.finish();
}

criterion_group!(benches, english);
criterion_main!(benches);
