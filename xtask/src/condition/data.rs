//! Marked documents of a corpus, annotated.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde_json::Value;
use stemma_annotate::{Annotator, Sheet, annotate_parsed};
use stemma_english::Doc;
use stemma_ingest::{Input, Options, Read};
use stemma_model::{Document, Quote, Span};
use stemma_text::CodePoints;

/// Trigger, condition, consequence of a mark, the latter two in bytes.
pub type Mark = [Span; 2];

/// A document with its parse and its quotations.
pub struct Article {
    pub document: Document,
    pub doc: Doc,
    pub quotes: Vec<Quote>,
}

impl Article {
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet { document: &self.document, doc: &self.doc }
    }
}

/// One file of marks: for each document its part and its marks.
pub struct File {
    pub name: String,
    pub documents: Vec<(String, String, Vec<Mark>)>,
}

/// Files that are not learned from: of a second reader of the same part; and the one that made
/// weights worse (its README says how).
const LEFT_OUT: [&str; 2] = ["second", "further"];

/// The files of marks in a folder and in its folder `training`, by name, and the articles that they
/// mark, by given id.
pub fn read(corpus: &Path, marks: &Path) -> (Vec<File>, BTreeMap<String, Article>) {
    let mut paths: Vec<_> = [marks.to_owned(), marks.join("training")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder of marks"))
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .filter(|path| !LEFT_OUT.iter().any(|name| path.file_stem().is_some_and(|it| it == *name)))
        .collect();
    paths.sort();
    let raw: Vec<(String, Value)> = paths
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(path).expect("UTF-8");
            (name, serde_json::from_str(&text).expect("marks"))
        })
        .collect();
    let ids: BTreeSet<&str> = raw.iter().flat_map(|(_, file)| documents(file)).map(id).collect();
    let articles = articles(corpus, &ids);
    let file = |(name, file): &(String, Value)| {
        let documents = documents(file).filter_map(|marked| {
            let article = articles.get(id(marked))?;
            let part = marked["split"].as_str().unwrap_or_default().to_owned();
            Some((id(marked).to_owned(), part, spans(article, marked)))
        });
        File { name: name.clone(), documents: documents.collect() }
    };
    (raw.iter().map(file).collect(), articles)
}

fn documents(file: &Value) -> impl Iterator<Item = &Value> {
    file["documents"].as_array().into_iter().flatten()
}

fn id(marked: &Value) -> &str {
    marked["document"].as_str().unwrap_or_default()
}

/// The marks of one document, from code points to bytes.
fn spans(article: &Article, marked: &Value) -> Vec<Mark> {
    let points = CodePoints::of(&article.document.text);
    let byte = |point: &Value| points.to_byte(point.as_u64().unwrap_or(0) as usize);
    let span = |pair: &Value| Span::new(byte(&pair[0]), byte(&pair[1]));
    let conditions = marked["conditions"].as_array().into_iter().flatten();
    conditions.map(|mark| [span(&mark[1]), span(&mark[2])]).collect()
}

/// The documents of a corpus with these ids, annotated.
fn articles(corpus: &Path, ids: &BTreeSet<&str>) -> BTreeMap<String, Article> {
    let excerpt = std::env::temp_dir().join(format!("conditions-{}.jsonl", std::process::id()));
    let mut file = std::fs::File::create(&excerpt).expect("a folder for temporary files");
    let packed = std::fs::File::open(corpus).expect("a corpus");
    let lines = BufReader::new(zstd::stream::read::Decoder::new(packed).expect("zstd"));
    for line in lines.lines() {
        let line = line.expect("UTF-8");
        let value: Value = serde_json::from_str(&line).expect("JSON");
        if value["id"].as_str().is_some_and(|id| ids.contains(id)) {
            writeln!(file, "{line}").expect("room");
        }
    }
    drop(file);
    let model = stemma_english::Model::ensure(|line| eprintln!("{line}")).expect("a model");
    let pipeline = stemma_english::Pipeline::load(&model).expect("a readable model");
    let annotator = Annotator::new(pipeline);
    let read = stemma_ingest::read(&[Input::Path(excerpt.clone())], &Options::default());
    let articles = read
        .filter_map(|read| match read {
            Read::Document(document) => Some(*document),
            Read::Problem(_) => None,
        })
        .filter_map(|document| {
            let id = document.given_id.clone()?;
            let doc = annotator.parse(&document);
            let quotes =
                annotate_parsed(Sheet { document: &document, doc: &doc }, &annotator).quotes;
            Some((id, Article { document, doc, quotes }))
        })
        .collect();
    std::fs::remove_file(excerpt).expect("the file just written");
    articles
}
