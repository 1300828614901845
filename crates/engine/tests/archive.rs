//! The store at work, with an annotator of the test's own: what is tested is that order, splits,
//! kills and upgrades change nothing, not what is found in a text.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::Config;
use stemma_engine::archive::{
    Adding, Difference, Fault, QuoteQuery, Store, VERSION, Verified, add, basis, compare, edits,
    part, refresh, verify,
};
use stemma_engine::{Input, reconstruct};
use stemma_model::*;
use tempfile::TempDir;

const STAGE: &str = "the test's annotator";
const SPEAKERS: [&str; 4] = ["Ada Lind", "Bo Rivers", "Chen Wu", "Dana Olensky"];
/// The last speaker, as every third report spells her.
const RESPELLED: &str = "Dana Olenskyy";
const SUBJECTS: [&str; 5] =
    ["harbour bridge", "city budget", "old hospital", "night ferry", "school roof"];

fn two() -> NonZeroUsize {
    NonZeroUsize::new(2).unwrap()
}

/// The `n`th report as a line of JSONL: three tell of each subject, in nearly the same words.
fn report(n: usize) -> String {
    let (subject, speaker) = (SUBJECTS[n / 3 % SUBJECTS.len()], SPEAKERS[n / 3 % SPEAKERS.len()]);
    let respelled = speaker == SPEAKERS[3] && n % 3 == 2;
    let speaker = if respelled { RESPELLED } else { speaker };
    let will = if n.is_multiple_of(3) { "will" } else { "would" };
    let text = format!(
        "The {subject} has been shut since the storm tore half of it away last winter.\n\n“We {will} \
         open the {subject} again only if the ministry pays for every repair in full,” {speaker} said. \
         Repairs of the {subject} cost {n} million crowns, engineers found after weeks of tests.",
    );
    serde_json::json!({
        "id": format!("report-{n}"),
        "url": format!("https://www.news{}.example/{}?utm_source=feed", n % 3, subject.replace(' ', "-")),
        "outlet": format!("Outlet {}", n % 3),
        "title": format!("What next for the {subject}?"),
        "published": format!("2026-05-{:02}", 1 + n % 20),
        "text": text,
    })
    .to_string()
}

/// Finds the one quotation, its speaker, and the figure.
fn annotate(document: &Document) -> Annotations {
    let text = document.text.as_str();
    let of = |part: &str| [document.id.to_string(), part.to_owned()];
    let parts = |part: &str| of(part);
    let mut annotations = Annotations {
        published: Dated {
            range: published(document),
            basis: Basis::Metadata,
            evidence: Vec::new(),
            reason: Reason::new("metadata", ""),
        },
        ..Annotations::empty(document.id)
    };
    let mut start = 0;
    for sentence in text.split_inclusive(". ") {
        let span = Span::new(start, start + sentence.len()).trimmed(text);
        annotations.sentences.push(Sentence { span, vector: vec![start as i8 & 127, 64, 3, 9] });
        start += sentence.len();
    }
    if let Some(span) = text.find("cost ").map(|at| at + 5) {
        let digits = text[span..].bytes().take_while(u8::is_ascii_digit).count();
        annotations.figures.push(Figure {
            span: Span::new(span, span + digits),
            kind: FigureKind::Money,
            value: text[span..span + digits].parse().unwrap_or(0.0),
            upper: None,
            unit: Some("SEK".into()),
            approximate: false,
            hedge: None,
            what: None,
        });
    }
    let Some((open, close)) = text.find('“').zip(text.find('”')) else { return annotations };
    for speaker in SPEAKERS.into_iter().chain([RESPELLED]) {
        let said = format!("{speaker} said");
        let Some(span) = text.find(&said).map(|at| Span::new(at, at + speaker.len())) else {
            continue;
        };
        let [a, b] = parts(speaker);
        let (chain, mention) = (ChainId::of(&[&a, &b]), MentionId::of(&[&a, &b]));
        annotations.mentions.push(Mention {
            id: mention,
            span,
            kind: MentionKind::Person,
            form: MentionForm::Name,
            chain: Some(chain),
        });
        annotations.chains.push(Chain {
            id: chain,
            name: speaker.into(),
            roles: Vec::new(),
            kind: MentionKind::Person,
            mentions: vec![mention],
            reason: Reason::new("one-name", ""),
        });
        annotations.quotes.push(Quote {
            id: QuoteId::of(&[&a, "quote"]),
            kind: QuoteKind::Direct,
            content: vec![Span::new(open, close + '”'.len_utf8())],
            marked: vec![Span::new(open + '“'.len_utf8(), close)],
            cue: Span::of(text, "said").map(|span| Cue { span, lemma: "say".into() }),
            source: Attribution {
                status: SourceStatus::Named,
                span: Some(span),
                chain: Some(chain),
                name: Some(speaker.into()),
                candidates: Vec::new(),
                why: "the only name".into(),
            },
            occasion: Occasion::default(),
            negated: false,
            hypothetical: false,
            attitude: Attitude::Assertion,
            headline: false,
            inside: None,
            reason: Reason::new("marks", ""),
        });
    }
    annotations
}

fn published(document: &Document) -> DateRange {
    let day = document.published.as_deref().and_then(|text| text.get(..10)?.parse().ok());
    DateRange::day(day.unwrap_or(date(2026, 5, 1)))
}

/// A file of reports in `folder`, each on the line of its number, for the line is part of what is
/// stored.
fn file(folder: &TempDir, name: &str, numbers: &[usize]) -> Input {
    let last = numbers.iter().max().copied().unwrap_or(0);
    let line = |n: usize| if numbers.contains(&n) { report(n) } else { String::new() };
    let lines: Vec<String> = (0..=last).map(line).collect();
    let path: PathBuf = folder.path().join(name);
    std::fs::write(&path, lines.join("\n")).unwrap();
    Input::Path(path)
}

fn adding() -> Adding<'static, fn(&Document) -> Annotations> {
    Adding { annotate, stage: STAGE, threads: two() }
}

fn bring(store: &mut Store, input: Input) -> stemma_engine::archive::Added {
    let added = add(store, &[input], &adding(), |_| {}, |_| {}).unwrap();
    refresh(store, VERSION, two()).unwrap();
    added
}

fn dump(store: &Store) -> String {
    let mut out = Vec::new();
    store.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Where the dumps differ first, for a message that helps.
fn assert_same(a: &Store, b: &Store) {
    let (a, b) = (dump(a), dump(b));
    let differing = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    assert!(a == b, "{differing:?}");
}

proptest! {
    #![proptest_config(Config { cases: 10, ..Config::default() })]
    #[test]
    fn whatever_the_order_and_the_splits_the_end_is_a_full_rebuild(
        order in Just((0..15_usize).collect::<Vec<_>>()).prop_shuffle(),
        cuts in proptest::collection::vec(1_usize..15, 0..4),
    ) {
        let folder = TempDir::new().unwrap();
        let mut full = Store::in_memory().unwrap();
        bring(&mut full, file(&folder, "all.jsonl", &(0..15).collect::<Vec<_>>()));
        let mut store = Store::in_memory().unwrap();
        let mut cuts = cuts;
        cuts.extend([0, 15]);
        cuts.sort_unstable();
        for pair in cuts.windows(2).filter(|pair| pair[0] < pair[1]) {
            // The file's name is part of a document, too.
            bring(&mut store, file(&folder, "all.jsonl", &order[pair[0]..pair[1]]));
        }
        assert_same(&full, &store);
    }
}

#[test]
fn what_is_left_out_of_memory_decides_nothing() {
    let folder = TempDir::new().unwrap();
    let mut store = Store::in_memory().unwrap();
    bring(&mut store, file(&folder, "a.jsonl", &[0, 1, 2, 3, 4, 5, 6, 9, 10, 11]));
    let before = dump(&store);
    let ids = store.document_ids().unwrap();
    let whole = part(&store, &ids, two(), reconstruct).unwrap();
    let spelled = |term: &Term| term.entity.map(|_| term.form.clone());
    let spelled: Vec<String> = whole.contrast.terms.iter().filter_map(spelled).collect();
    assert_eq!(spelled, ["Olensky", "Olenskyy"]);
    assert!(whole.annotations.iter().all(|it| !it.published.reason.rule.is_empty()));
    let basis = basis(&store, VERSION).unwrap();
    let mut batch = store.batch().unwrap();
    batch.reconstruct(&whole, &basis).unwrap();
    batch.commit().unwrap();
    assert!(dump(&store) == before);
}

#[test]
fn what_is_known_is_not_done_again() {
    let folder = TempDir::new().unwrap();
    let mut store = Store::in_memory().unwrap();
    let first = bring(&mut store, file(&folder, "a.jsonl", &[0, 1, 2, 3]));
    assert_eq!((first.new, first.known), (4, 0));
    let before = dump(&store);
    let again = bring(&mut store, file(&folder, "a.jsonl", &[0, 1, 2, 3]));
    assert_eq!((again.new, again.known, again.skipped), (0, 4, 0));
    assert_eq!(dump(&store), before);
    assert!(!refresh(&mut store, VERSION, two()).unwrap());
}

#[test]
fn an_upgrade_annotates_again_what_an_older_program_annotated() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "a.jsonl", &[0, 1, 2, 3, 4]);
    let mut full = Store::in_memory().unwrap();
    bring(&mut full, input.clone());

    let old = |document: &Document| Annotations { quotes: Vec::new(), ..annotate(document) };
    let adding = Adding { annotate: old, stage: "old", threads: two() };
    let mut store = Store::in_memory().unwrap();
    add(&mut store, &[input], &adding, |_| {}, |_| {}).unwrap();
    refresh(&mut store, VERSION, two()).unwrap();
    // A later run adds one document it knows; the others come from the store.
    let added = bring(&mut store, file(&folder, "a.jsonl", &[3]));
    assert_eq!((added.new, added.known, added.renewed), (0, 0, 5));
    assert_same(&store, &full);
}

#[test]
fn bad_inputs_stop_nothing_and_are_forgotten_when_mended() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.jsonl");
    std::fs::write(&path, format!("{}\n{{broken\n{}\n", report(0), report(1))).unwrap();
    let mut store = Store::in_memory().unwrap();
    let mut told = 0;
    let added =
        add(&mut store, &[Input::Path(path.clone())], &adding(), |_| {}, |_| told += 1).unwrap();
    assert_eq!((added.new, added.skipped, told), (2, 1, 1));
    assert_eq!(store.problems().unwrap().iter().filter(|problem| problem.skipped).count(), 1);
    std::fs::write(&path, format!("{}\n{}\n{}\n", report(0), report(2), report(1))).unwrap();
    add(&mut store, &[Input::Path(path)], &adding(), |_| {}, |_| {}).unwrap();
    assert_eq!(store.problems().unwrap().iter().filter(|problem| problem.skipped).count(), 0);
}

fn check(store: &Store) -> Verified {
    verify(store, &basis(store, VERSION).unwrap(), two(), |_| {}).unwrap()
}

fn codes(verified: &Verified) -> Vec<Fault> {
    let mut codes: Vec<Fault> = verified.findings.iter().map(|finding| finding.code).collect();
    codes.dedup();
    codes
}

/// What `verify` says of a store with nine reports after `sql` was run on its file.
fn tampered(sql: &str) -> Vec<Fault> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("news.stemma");
    let mut store = Store::open(&path).unwrap();
    bring(&mut store, file(&folder, "a.jsonl", &(0..9).collect::<Vec<_>>()));
    let clean = check(&store);
    assert!(clean.findings.is_empty(), "{:?}", clean.findings);
    assert!(clean.documents == 9 && clean.spans > 50 && clean.derived > 9, "{clean:?}");
    drop(store);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch(sql).unwrap();
    drop(connection);
    codes(&check(&Store::open(&path).unwrap()))
}

#[test]
fn tampering_is_told_by_kind() {
    let first = "(SELECT min(id) FROM document)";
    let found = tampered(&format!(
        "UPDATE document_text SET text = replace(text, 'winter', 'summer') WHERE document = {first}"
    ));
    assert!(found.contains(&Fault::ChangedSource), "{found:?}");

    let found = tampered(
        "PRAGMA ignore_check_constraints = 1; UPDATE quote SET start = start + 4 WHERE id = (SELECT min(id) FROM quote)",
    );
    assert_eq!(found, [Fault::MovedSpan]);

    let found = tampered(
        "UPDATE quote SET end_point = end_point + 1 WHERE id = (SELECT min(id) FROM quote)",
    );
    assert_eq!(found, [Fault::MovedSpan]);

    let found = tampered(&format!("DELETE FROM document_text WHERE document = {first}"));
    assert!(found.contains(&Fault::MissingDocument), "{found:?}");

    let found = tampered(&format!("DELETE FROM annotation WHERE document = {first}"));
    assert!(found.contains(&Fault::MissingDocument), "{found:?}");

    let found =
        tampered("UPDATE story SET body = zeroblob(40) WHERE id = (SELECT min(id) FROM story)");
    assert_eq!(found, [Fault::DamagedRecord]);

    let found = tampered("UPDATE meta SET value = 'another' WHERE key = 'basis'");
    assert_eq!(found, [Fault::Outdated]);
}

#[test]
fn corrections_hold_for_all_that_comes_later() {
    let folder = TempDir::new().unwrap();
    let mut store = Store::in_memory().unwrap();
    bring(&mut store, file(&folder, "a.jsonl", &[0, 1, 2]));
    let row = &store.quotes(&QuoteQuery::default()).unwrap().rows[0];
    let stored = store.stored(row.document).unwrap().unwrap();
    let quote = &stored.annotations.quotes[0];
    let speaker = Correction::Speaker {
        quote: Passage::new(row.document, quote.hull().unwrap()),
        words: row.text.clone(),
        name: Some("Emre Kaya".into()),
    };
    let same = Correction::SamePerson {
        a: Named::everywhere("Ada Lind"),
        b: Named::everywhere("Bo Rivers"),
    };
    let mut batch = store.batch().unwrap();
    batch.correct(&same, "2026-05-04T10:00:00Z", None).unwrap();
    let number = batch.correct(&speaker, "2026-05-04T10:00:00Z", None).unwrap();
    batch.commit().unwrap();
    bring(&mut store, file(&folder, "a.jsonl", &[3, 4, 5]));

    let by = |store: &Store, name: &str| {
        let query = QuoteQuery { by: Some(name.into()), ..QuoteQuery::default() };
        store.quotes(&query).unwrap().total
    };
    assert_eq!(by(&store, "Lind"), by(&store, "Rivers"), "one person under two names");
    assert_eq!(by(&store, "Rivers"), 5, "of six quotations one is somebody else's");

    let mut batch = store.batch().unwrap();
    batch.undo(number, "2026-05-05T10:00:00Z").unwrap();
    batch.commit().unwrap();
    assert!(refresh(&mut store, VERSION, two()).unwrap());
    assert_eq!(by(&store, "Rivers"), 6);
}

#[test]
fn versions_of_a_report_are_told_as_edits() {
    let folder = TempDir::new().unwrap();
    let mut store = Store::in_memory().unwrap();
    let first = report(0);
    let later = first
        .replace("news0.example/", "m.news0.example/amp/")
        .replace("www.m.", "m.")
        .replace("We will open", "We would open")
        .replace("cost 0 million", "cost 9 million")
        .replace("2026-05-01", "2026-05-02");
    for (name, line) in [("a.jsonl", &first), ("b.jsonl", &later)] {
        std::fs::write(folder.path().join(name), line).unwrap();
        bring(&mut store, Input::Path(folder.path().join(name)));
    }
    let edits = edits(&store).unwrap();
    assert_eq!(edits.len(), 1, "{edits:?}");
    let edit = &edits[0];
    assert_eq!(edit.address, "https://news0.example/harbour-bridge");
    assert!(edit.ordered);
    let kinds = &edit.changes.differences;
    assert!(
        matches!(&kinds[0], Difference::QuoteAltered { changes, .. } if *changes == ["will → would"]),
        "{kinds:?}"
    );
    assert!(
        kinds
            .iter()
            .any(|it| matches!(it, Difference::FigureChanged { a, b, .. } if a == "0" && b == "9")),
        "{kinds:?}"
    );
}

/// What is told of a report when, after a day, `from` has become `to` in it.
fn edited(from: &str, to: &str) -> Vec<Difference> {
    let folder = TempDir::new().unwrap();
    let mut store = Store::in_memory().unwrap();
    let first = report(0);
    let later = first.replace(from, to).replace("2026-05-01", "2026-05-02");
    for (name, line) in [("a.jsonl", &first), ("b.jsonl", &later)] {
        std::fs::write(folder.path().join(name), line).unwrap();
        bring(&mut store, Input::Path(folder.path().join(name)));
    }
    let mut edits = edits(&store).unwrap();
    assert_eq!(edits.len(), 1, "{edits:?}");
    edits.remove(0).changes.differences
}

#[test]
fn edits_are_told_by_kind() {
    let has = |edits: &[Difference], kind: fn(&Difference) -> bool| {
        assert!(edits.iter().any(kind), "{edits:?}");
    };
    has(
        &edited("“We will open the harbour bridge again only if the ministry pays", "We paid"),
        |it| matches!(it, Difference::QuoteOnlyInFirst { speaker: Some(who), .. } if who == "Ada Lind"),
    );
    has(
        &edited("Ada Lind", "Bo Rivers"),
        |it| matches!(it, Difference::QuoteReattributed { b: Some(who), .. } if who == "Bo Rivers"),
    );
    has(
        &edited("What next for", "No future for"),
        |it| matches!(it, Difference::HeadlineChanged { b, .. } if b.starts_with("No future")),
    );
    has(
        &edited("cost 0 million", "cost 7 million"),
        |it| matches!(it, Difference::FigureChanged { b, .. } if b == "7"),
    );
}

#[test]
fn two_documents_are_compared_both_ways() {
    let folder = TempDir::new().unwrap();
    let mut store = Store::in_memory().unwrap();
    bring(&mut store, file(&folder, "a.jsonl", &[0, 1, 5]));
    let stored = |given: &str| {
        let id = store.find_document(given).unwrap()[0];
        store.stored(id).unwrap().unwrap()
    };
    let (a, b, c) = (stored("report-0"), stored("report-1"), stored("report-5"));
    let there = compare(&a, &b);
    assert!(there.shared_words > 20, "{there:?}");
    let count = |it: &[Difference]| it.len();
    assert_eq!(count(&there.differences), count(&compare(&b, &a).differences));
    assert!(compare(&a, &a).differences.is_empty());
    let apart = compare(&a, &c);
    assert!(apart.differences.iter().any(|it| matches!(it, Difference::QuoteOnlyInFirst { .. })));
    assert!(apart.differences.iter().any(|it| matches!(it, Difference::QuoteOnlyInSecond { .. })));
}
