//! The whole pipeline: agreement with spaCy on texts of our own, and laws that hold for any text.
//!
//! These need the trained model, which is installed when it is not there. Where it can be neither
//! found nor fetched each test says so and does nothing.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use stemma_english::record::Record;
use stemma_english::{Conllu, Doc, Model, Pipeline};

const GOLDEN: &str = include_str!("../../../testdata/english/golden.jsonl");

fn pipeline() -> Option<&'static Pipeline> {
    static PIPELINE: OnceLock<Option<Pipeline>> = OnceLock::new();
    let load = || match Model::ensure(|line| eprintln!("{line}")) {
        Ok(path) => Some(Pipeline::load(&path).expect("an installed model loads")),
        Err(error) if error.is_fetch() => {
            eprintln!("skipped: {error}");
            None
        }
        Err(error) => panic!("{error}"),
    };
    PIPELINE.get_or_init(load).as_ref()
}

fn golden() -> impl Iterator<Item = Record> {
    GOLDEN
        .lines()
        .map(|line| serde_json::from_str(line).expect("the golden file holds parse records"))
}

#[test]
fn every_field_of_every_token_is_spacys() {
    let Some(pipeline) = pipeline() else { return };
    for record in golden() {
        let doc = pipeline.parse(record.text.as_deref().unwrap_or_default());
        let found = Record::new(record.id.clone(), &doc);
        for (ours, theirs) in found.tokens.iter().zip(&record.tokens) {
            assert_eq!(ours, theirs, "in {}", record.id);
        }
        assert_eq!(found.tokens.len(), record.tokens.len(), "in {}", record.id);
    }
}

#[test]
fn a_record_holds_the_whole_parse() {
    for record in golden() {
        let doc = record.to_doc().expect("golden records fit their texts");
        assert_eq!(Record::new(record.id.clone(), &doc), record);
        laws(&doc);
    }
}

#[test]
fn threads_do_not_change_answers() {
    let Some(pipeline) = pipeline() else { return };
    let texts: Vec<String> = golden().filter_map(|record| record.text).collect();
    let parse_all =
        || texts.iter().map(|text| Record::new("", &pipeline.parse(text))).collect::<Vec<_>>();
    let alone = parse_all();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(parse_all)).collect();
        for thread in threads {
            assert_eq!(thread.join().expect("no thread panics"), alone);
        }
    });
}

/// Long enough that anything quadratic would take minutes.
#[test]
fn long_texts_take_time_in_proportion() {
    let Some(pipeline) = pipeline() else { return };
    let texts = ["(", "no stop here ", "\"a@b.c", "https://a.b/", "It was so. He went. ", "\n \n"];
    for text in texts {
        let time = |words: usize| {
            let text = text.repeat(words);
            let started = Instant::now();
            laws(&pipeline.parse(&text));
            started.elapsed()
        };
        time(100);
        let (short, long) = (time(500).max(Duration::from_millis(2)), time(4000));
        assert!(long < short * 8 * 6, "{text:?}: {short:?} for 500, {long:?} for 4000");
    }
}

/// A text longer than the blocks that rows are computed in must parse as its parts do.
#[test]
fn blocks_do_not_show() {
    let Some(pipeline) = pipeline() else { return };
    let paragraph = "The mayor of Orne said the dam would hold. “We have checked it twice,” she told reporters.\n\n";
    let doc = pipeline.parse(&paragraph.repeat(200));
    let labels = |doc: &Doc| {
        doc.tokens().map(|t| (t.tag().to_owned(), t.dep().to_owned())).collect::<Vec<_>>()
    };
    let all = labels(&doc);
    let period = doc.len() / 200;
    for chunk in all.chunks(period).skip(2).take(190) {
        assert_eq!(chunk, &all[period..2 * period]);
    }
}

#[test]
fn vectors_are_kept_when_asked_for() {
    let Ok(path) = Model::locate() else { return };
    let pipeline = Pipeline::load(&path).expect("an installed model loads").with_vectors();
    let doc = pipeline.parse("Rivers rise.");
    assert!(
        doc.tokens()
            .all(|token| token.vector().len() == 96 && token.vector().iter().any(|&x| x != 0.0))
    );
}

#[test]
fn tokens_alone_are_those_of_the_parse() {
    let Some(pipeline) = pipeline() else { return };
    for text in golden().filter_map(|record| record.text) {
        let parsed: Vec<_> = pipeline.parse(&text).tokens().map(|token| token.span()).collect();
        assert_eq!(pipeline.tokenize(&text), parsed, "{text}");
    }
}

#[test]
fn conllu_is_valid() {
    for record in golden() {
        conllu_laws(&record.to_doc().expect("golden records fit their texts"));
    }
}

/// What the validator of Universal Dependencies asks of any language: ten columns, none empty;
/// words counted from 1; one root, which every word leads to; the text is the words and spaces.
fn conllu_laws(doc: &Doc) {
    let written = Conllu::new("d", doc).to_string();
    let mut named = std::collections::BTreeSet::new();
    for sentence in written.split("\n\n").filter(|sentence| sentence.contains("# sent_id")) {
        let comment = |name: &str| {
            let line = sentence.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("no {name:?} in {sentence}"))
        };
        let rows: Vec<Vec<&str>> = sentence
            .lines()
            .filter(|line| !line.starts_with("# "))
            .map(|line| line.split('\t').collect())
            .collect();
        let mut text = String::new();
        let mut heads = vec![0];
        for (index, row) in rows.iter().enumerate() {
            assert_eq!(row.len(), 10, "{row:?}");
            assert!(row.iter().all(|column| !column.is_empty()), "{row:?}");
            assert_eq!(row[0], (index + 1).to_string());
            heads.push(row[6].parse::<usize>().expect("a head is a number"));
            assert_eq!(row[7] == "root", row[6] == "0", "{row:?}");
            text.push_str(row[1]);
            text.push_str(if row[9] == "SpaceAfter=No" { "" } else { " " });
        }
        assert_eq!(comment("# text = "), text.trim_end());
        assert!(named.insert(comment("# sent_id = ").to_owned()), "a name twice: {sentence}");
        assert_eq!(heads[1..].iter().filter(|&&head| head == 0).count(), 1, "{sentence}");
        for start in 1..heads.len() {
            let leads_up = std::iter::successors(Some(start), |&at| Some(heads[at]));
            assert!(leads_up.take(heads.len()).any(|at| at == 0), "a circle in {sentence}");
        }
    }
}

/// What holds for every parse of every text.
fn laws(doc: &Doc) {
    conllu_laws(doc);
    let joined: String =
        doc.tokens().flat_map(|token| [token.text(), token.whitespace()]).collect();
    assert_eq!(joined, doc.text());
    let tokens: usize = doc.sentences().map(|sentence| sentence.tokens().len()).sum();
    assert_eq!(tokens, doc.len());
    for sentence in doc.sentences() {
        let bounds = sentence.tokens().indices();
        for entity in
            doc.tokens_in(bounds.clone()).filter(|t| t.ent_iob() == stemma_english::Iob::Inside)
        {
            assert!(entity.i() > bounds.start, "an entity crosses into a sentence");
        }
    }
    for token in doc.tokens() {
        assert!(!token.text().is_empty());
        assert_eq!(doc.token_at(token.start()), Some(token));
        assert!(token.left_edge().i() <= token.i() && token.i() <= token.right_edge().i());
        assert!(token.children().all(|child| child.head() == token));
        assert_eq!(token.lefts().count() + token.rights().count(), token.children().len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn laws_hold_for_any_text(text in "(\\PC|[ \n\t\u{a0}]|[.,!?'\"()-]|[a-zA-Z]{1,8} ){0,60}") {
        if let Some(pipeline) = pipeline() {
            laws(&pipeline.parse(&text));
        }
    }
}
