//! `predict-quotes`: annotates a folder and writes what the outside scorers read.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use stemma_annotate::quote::Finder;
use stemma_annotate::quote::tagger::Tagger;
use stemma_annotate::{Annotator, annotate};
use stemma_english::{Model, Pipeline};
use stemma_model::{
    Annotations, Block, BlockKind, Document, DocumentId, Quote, Source, Span, Title,
};
use stemma_text::{CodePoints, paragraphs};

/// Writes one record a document to OUT.jsonl, and all together as a dossier to OUT.json.
pub fn predict_quotes(arguments: &[String]) {
    let [folder, out, models @ ..] = arguments else {
        eprintln!("usage: xtask predict-quotes FOLDER OUT [MODEL]");
        return;
    };
    let model = Model::ensure(|line| eprintln!("{line}")).expect("a model");
    let pipeline = Pipeline::load(&model).expect("a readable model");
    let finder = models.first().map_or_else(Finder::load, |file| finder(Path::new(file)));
    let annotator = Annotator::with(pipeline, finder);
    let mut lines = BufWriter::new(File::create(format!("{out}.jsonl")).expect("writable"));
    let (mut documents, mut quotes, mut words) = (Vec::new(), Vec::new(), 0);
    let mut spent = std::time::Duration::ZERO;
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder")
        .filter_map(|file| Some(file.ok()?.path()))
        .collect();
    files.sort();
    for document in files.iter().map(|file| plain(file)) {
        words += stemma_text::words(&document.text).count();
        let started = std::time::Instant::now();
        let annotations = annotate(&document, &annotator);
        spent += started.elapsed();
        let (head, found) = record(&document, &annotations);
        writeln!(lines, "{}", json!({"document": head, "quotes": found})).expect("writable");
        documents.push(head);
        quotes.extend(found);
    }
    let dossier = json!({"documents": documents, "quotes": quotes});
    std::fs::write(format!("{out}.json"), dossier.to_string()).expect("writable");
    eprintln!("{words} words, {:.0} words/s", words as f64 / spent.as_secs_f64());
}

/// The finder with a model as training left it.
fn finder(file: &Path) -> Finder {
    Finder::with(Tagger::read(&std::fs::read(file).expect("a model")))
}

/// A plain text as a document: the first line is the title, every other paragraph running text.
fn plain(file: &Path) -> Document {
    let text = std::fs::read_to_string(file).expect("UTF-8");
    let path = file.to_string_lossy().into_owned();
    let kind = |i: usize| if i == 0 { BlockKind::Title } else { BlockKind::Paragraph };
    let blocks: Vec<Block> = paragraphs(&text)
        .into_iter()
        .enumerate()
        .map(|(i, span)| Block { span, kind: kind(i) })
        .collect();
    let title = blocks.first().map(|block| block.span);
    Document {
        title: title.map(|span| Title { text: span.of_text(&text).to_owned(), span: Some(span) }),
        blocks,
        source: Source::Path { path: path.clone(), line: None },
        ..Document::plain(DocumentId::of(&[&path]), text)
    }
}

fn record(document: &Document, annotations: &Annotations) -> (Value, Vec<Value>) {
    let points = CodePoints::of(&document.text);
    let name = document.source.to_string();
    let id = document.id.to_string();
    let head = json!({"id": id, "source": {"path": name}});
    let quotes = annotations.quotes.iter().map(|quote| quote_record(document, &points, quote));
    (head, quotes.collect())
}

fn quote_record(document: &Document, points: &CodePoints<'_>, quote: &Quote) -> Value {
    let span = |span: Span| {
        json!({
            "start": points.of_byte(span.start()),
            "end": points.of_byte(span.end()),
            "text": document.slice(span),
        })
    };
    json!({
        "id": quote.id,
        "document": document.id,
        "kind": quote.kind,
        "content": quote.content.iter().map(|&part| span(part)).collect::<Vec<_>>(),
        "cue": quote.cue.as_ref().map(|cue| {
            let mut record = span(cue.span);
            record["lemma"] = cue.lemma.clone().into();
            record
        }),
        "source": {
            "status": quote.source.status,
            "span": quote.source.span.map(span),
            "name": quote.source.name,
            "why": quote.source.why,
        },
    })
}
