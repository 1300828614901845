//! Documents made of test sentences, and the annotator that reads them.

use std::sync::LazyLock;

use stemma_english::{Model, Pipeline};
use stemma_model::{Annotations, Block, BlockKind, Document, DocumentId};
use stemma_text::paragraphs;

use crate::{Annotator, annotate};

/// What a report attests whose paragraphs are those of `text`, the first of them the title where
/// `titled`; `None`, and a line that says so, where the English model is not installed.
pub(crate) fn read(text: &str, titled: bool) -> Option<(Document, Annotations)> {
    static ANNOTATOR: LazyLock<Option<Annotator>> = LazyLock::new(|| {
        let pipeline = Model::locate().and_then(|model| Pipeline::load(&model)).ok()?;
        Some(Annotator::new(pipeline))
    });
    let Some(annotator) = &*ANNOTATOR else {
        eprintln!("SKIPPED: the English model is not installed");
        return None;
    };
    let document = report(text, titled);
    let annotations = annotate(&document, annotator);
    Some((document, annotations))
}

fn report(text: &str, titled: bool) -> Document {
    let kind = |i: usize| if titled && i == 0 { BlockKind::Title } else { BlockKind::Paragraph };
    let spans = paragraphs(text).into_iter().enumerate();
    Document {
        blocks: spans.map(|(i, span)| Block { span, kind: kind(i) }).collect(),
        ..Document::plain(DocumentId::of(&[text]), text)
    }
}

/// `marked` without its tags, and what stood in each tag of `names`, with the tag's name, in the
/// order in which they close.
pub(crate) fn unmark(marked: &str, names: &[&str]) -> (String, Vec<(String, String)>) {
    let mut text = String::new();
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for part in marked.split_inclusive(['<', '>']) {
        match part.strip_suffix('>') {
            Some(tag) if names.contains(&tag) => open.push(text.len()),
            Some(tag) if tag.strip_prefix('/').is_some_and(|tag| names.contains(&tag)) => {
                let start = open.pop().expect("a tag that was opened");
                found.push((tag.trim_start_matches('/').to_owned(), text[start..].to_owned()));
            }
            _ => text.push_str(part.trim_end_matches('<')),
        }
    }
    (text, found)
}
