//! Every form that can be read, from a file to documents: one fixture each, of our own writing.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use stemma_ingest::{Announced, Input, Options, Read, read, sitemap};
use stemma_model::{BlockKind, Document, Problem, Source};

const TITLE: &str = "Harrow Point bridge to close to lorries";
const START: &str = "The old chain bridge at Harrow Point will be closed to lorries from Monday";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn read_all(path: PathBuf) -> (Vec<Document>, Vec<Problem>) {
    let mut found = (Vec::new(), Vec::new());
    for read in read(&[Input::Path(path)], &Options::default()) {
        match read {
            Read::Document(document) => found.0.push(*document),
            Read::Problem(problem) => found.1.push(problem),
        }
    }
    found
}

/// The fixture gives `count` documents without a problem; the first has the story's title, starts
/// as the story does, and has this outlet, author's count, date and address.
fn check(name: &str, count: usize, outlet: &str, authors: usize, published: &str, url: &str) {
    let (documents, problems) = read_all(fixture(name));
    assert_eq!((documents.len(), problems.len()), (count, 0), "{name}: {problems:?}");
    let first = &documents[0];
    if let Some(title) = &first.title {
        assert_eq!(title.text, TITLE, "{name}");
    }
    assert!(first.text.contains(START), "{name}: {}", first.text);
    assert_eq!(first.outlet.as_deref().unwrap_or_default(), outlet, "{name}");
    assert_eq!(first.authors.len(), authors, "{name}: {:?}", first.authors);
    assert_eq!(first.published.as_deref().unwrap_or_default(), published, "{name}");
    assert_eq!(first.url.as_deref().unwrap_or_default(), url, "{name}");
    assert!(first.blocks.iter().any(|block| block.kind == BlockKind::Paragraph), "{name}");
}

const PAGE: &str = "https://gazette.example/2024/05/31/bridge";
const GAZETTE: &str = "Harrow Gazette";

#[test]
fn single_reports() {
    check("report.txt", 1, "", 0, "", "");
    check("page.html", 1, GAZETTE, 1, "2024-05-31T18:00:00+02:00", PAGE);
    check("page.mhtml", 1, GAZETTE, 1, "2024-05-31T18:00:00+02:00", PAGE);
    check("letter.eml", 1, GAZETTE, 0, "2024-05-31T18:00:00+02:00", "");
}

#[test]
fn records_of_ours_and_others() {
    check("records.jsonl", 2, GAZETTE, 1, "2024-05-31", PAGE);
    check("records.json", 2, GAZETTE, 1, "2024-05-31", PAGE);
    check("table.csv", 2, GAZETTE, 1, "2024-05-31", "");
    check("table.parquet", 2, GAZETTE, 1, "2024-05-31", "");
    check("nested.parquet", 2, GAZETTE, 1, "2024-05-31", "");
    check("trafilatura.json", 1, GAZETTE, 1, "2024-05-31", PAGE);
    check("news-please.json", 1, "gazette.example", 1, "2024-05-31 16:00:00", PAGE);
    check("passim.jsonl", 1, GAZETTE, 0, "1924-05-31", "");
}

#[test]
fn feeds() {
    check(
        "rss.xml",
        2,
        GAZETTE,
        1,
        "Fri, 31 May 2024 16:00:00 GMT",
        "https://wire.example/1?utm_source=rss",
    );
    check("atom.xml", 1, GAZETTE, 1, "2024-05-31T16:00:00Z", PAGE);
    check("feed.json", 1, GAZETTE, 1, "2024-05-31T16:00:00Z", PAGE);
}

#[test]
fn agencies() {
    check("ninjs-1.json", 1, GAZETTE, 1, "2024-05-31T16:00:00Z", "");
    check("ninjs-2.json", 1, GAZETTE, 1, "2024-05-31T16:00:00Z", "");
    check("ninjs-3.json", 1, GAZETTE, 1, "2024-05-31T15:00:00Z", "");
    check("newsml-g2.xml", 1, GAZETTE, 1, "2024-05-31T15:00:00Z", "");
}

#[test]
fn archives() {
    check("archive.warc", 2, GAZETTE, 1, "2024-05-31T18:00:00+02:00", PAGE);
    check("archive.wacz", 2, GAZETTE, 1, "2024-05-31T18:00:00+02:00", PAGE);
    check("reports.zip", 1, "", 0, "", "");
    let (documents, _) = read_all(fixture("archive.warc"));
    assert_eq!(documents[0].extra["fetched"], "2024-06-01T08:00:00Z");
    let Source::Path { line, .. } = documents[0].source else { panic!("a path") };
    assert_eq!(line, Some(3), "the place is the record's number");
}

/// A program writes JSON in one line, which could as well be the first of JSONL.
#[test]
fn json_files_in_one_line() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, count) in [("records.json", 2), ("feed.json", 1), ("ninjs-3.json", 1)] {
        let text = std::fs::read_to_string(fixture(name)).expect("the fixture");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let path = folder.path().join(name);
        std::fs::write(&path, value.to_string()).expect("a file");
        let (documents, problems) = read_all(path);
        assert_eq!((documents.len(), problems.len()), (count, 0), "{name}: {problems:?}");
    }
}

/// The texts are those of the CSV table, row by row, whatever each column is kept and packed as.
#[test]
fn tables_mean_the_same_in_any_form() {
    let reports = |name| {
        let (documents, _) = read_all(fixture(name));
        let lines = documents.iter().map(|document| match &document.source {
            Source::Path { line, .. } => *line,
            Source::Url(_) | Source::Stdin(_) => None,
        });
        assert_eq!(lines.collect::<Vec<_>>(), [Some(1), Some(2)], "{name}: the rows' numbers");
        let reports =
            documents.into_iter().map(|Document { text, title, authors, given_id, .. }| {
                (text, title.map(|title| title.text), authors, given_id)
            });
        reports.collect::<Vec<_>>()
    };
    let (table, _) = read_all(fixture("table.csv"));
    assert_eq!(reports("table.parquet"), reports("nested.parquet"));
    let texts: Vec<String> = reports("table.parquet").into_iter().map(|(text, ..)| text).collect();
    assert_eq!(texts, table.into_iter().map(|document| document.text).collect::<Vec<_>>());
}

#[test]
fn columns_keep_their_shape() {
    let (documents, _) = read_all(fixture("nested.parquet"));
    let expected = [
        json!({
            "cost": "3.20", "links": {"map": "https://a.example/m"}, "paid": true,
            "place": {"at": {"lat": 51.5}, "name": "Harrow Point"}, "score": 0.5,
            "sets": [[1, 2], []], "tags": ["bridges", null, "lorries"],
            "updated": "2024-05-31T16:00:00.25Z",
        }),
        json!({"cost": "-0.05", "paid": false, "score": -2.0, "tags": []}),
    ];
    let found: Vec<Value> =
        documents.into_iter().map(|document| Value::Object(document.extra)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_page_loses_what_is_not_the_report() {
    let (documents, _) = read_all(fixture("page.html"));
    let text = &documents[0].text;
    for noise in ["Ten bridges", "Photo:", "All rights", "Home"] {
        assert!(!text.contains(noise), "{noise} in {text}");
    }
    assert!(documents[0].blocks.iter().any(|block| block.kind == BlockKind::Heading));
}

#[test]
fn sitemaps_announce() {
    let bytes = std::fs::read(fixture("sitemap.xml")).expect("the fixture");
    let found = sitemap(&bytes, &Source::Stdin(1)).expect("a sitemap");
    let expected = Announced {
        url: PAGE.to_owned(),
        title: Some(TITLE.to_owned()),
        outlet: Some(GAZETTE.to_owned()),
        published: Some("2024-05-31".to_owned()),
        is_sitemap: false,
    };
    assert_eq!(found, [expected]);
    let (_, problems) = read_all(fixture("sitemap.xml"));
    assert_eq!(problems[0].code, "only-addresses");
}
