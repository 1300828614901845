//! PolNeAR: parsed articles with their gold labels.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use stemma_annotate::quote::candidate::Candidate;
use stemma_annotate::quote::columns::{Columns, sequences};
use stemma_annotate::quote::label::{Role, labels_of};
use stemma_annotate::quote::marks;
use stemma_english::{Doc, Pipeline};
use stemma_model::Span;
use stemma_text::{CodePoints, paragraphs};

use super::features::Resources;

/// Characters that the scorer trims from the edges of a span.
pub const TRIMMED: &str = " \t\r\n\"“”‘’'.,;:?!-–—";

/// One article.
pub struct Article {
    pub text: String,
    pub columns: Columns,
    pub sequences: Vec<Range<usize>>,
    /// First and one past the last byte of each token.
    pub tokens: Vec<(usize, usize)>,
    /// A label a token.
    pub gold: Vec<u8>,
    /// The trimmed gold fragments.
    pub fragments: Vec<(Role, Span)>,
}

impl Article {
    /// Whether annotators marked a fragment of the sequence that starts at token `start`.
    pub fn has(&self, start: usize, candidate: &Candidate) -> bool {
        let first = self.tokens[start + candidate.start].0;
        let last = self.tokens[start + candidate.end - 1].1;
        let span = trim(&self.text, Span::new(first, last));
        span.is_some_and(|span| self.fragments.binary_search(&(candidate.role, span)).is_ok())
    }
}

/// The articles of one part (`train`, `dev`), by name.
pub fn articles(gold: &Path, pipeline: &Pipeline, resources: &Resources) -> Vec<Article> {
    let folder = std::fs::read_dir(gold.join("text")).expect("gold texts");
    let mut files: Vec<PathBuf> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    files
        .iter()
        .filter_map(|file| {
            let name = file.file_stem()?.to_str()?;
            let text = std::fs::read_to_string(file).expect("UTF-8");
            let blocks = paragraphs(&text);
            let doc = pipeline.parse_blocks(&text, blocks.iter().map(|block| block.range()));
            article(gold, name, &doc, &blocks, resources)
        })
        .collect()
}

fn article(
    gold: &Path,
    name: &str,
    doc: &Doc,
    blocks: &[Span],
    resources: &Resources,
) -> Option<Article> {
    let text = doc.text();
    let fragments = gold_fragments(gold, name, text)?;
    let passages = marks::passages(text, blocks);
    let columns = Columns::new(doc, &passages, &resources.cues, &resources.clusters);
    let mut article = Article {
        text: text.to_owned(),
        sequences: sequences(doc, blocks),
        tokens: doc.tokens().map(|token| (token.start(), token.end())).collect(),
        gold: vec![0; doc.len()],
        fragments,
        columns,
    };
    label(&mut article, doc);
    Some(article)
}

/// Writes each fragment's labels, but where an earlier one stands or a sequence ends.
fn label(article: &mut Article, doc: &Doc) {
    for &(role, span) in &article.fragments {
        let tokens = doc.tokens_touching(span.range()).indices();
        let inside =
            article.sequences.iter().any(|s| s.start <= tokens.start && tokens.end <= s.end);
        if tokens.is_empty() || !inside || article.gold[tokens.clone()].iter().any(|&l| l != 0) {
            continue;
        }
        let quoted = tokens.start > 0 && article.columns.quoted[tokens.start - 1] % 4 == 1;
        for (i, label) in tokens.clone().zip(labels_of(role, quoted, tokens.len())) {
            article.gold[i] = label as u8;
        }
    }
}

/// The trimmed fragments of the first annotator's attributions; `None` without one.
fn gold_fragments(gold: &Path, name: &str, text: &str) -> Option<Vec<(Role, Span)>> {
    let folder = std::fs::read_dir(gold.join("attributions")).expect("gold attributions");
    let prefix = format!("{name}_");
    let first = folder
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|file| file.starts_with(&prefix) && file.ends_with(".ann"))
        .min()?;
    let brat = std::fs::read_to_string(gold.join("attributions").join(first)).expect("UTF-8");
    Some(read_brat(&brat, text))
}

/// The trimmed spans that the events of a brat file tie to a role, each once, in order.
fn read_brat(brat: &str, text: &str) -> Vec<(Role, Span)> {
    let points = CodePoints::of(text);
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut found = Vec::new();
    for line in brat.split('\n') {
        let mut fields = line.split('\t');
        let (Some(id), Some(value)) = (fields.next(), fields.next()) else { continue };
        if id.starts_with('T') {
            let Some((label, places)) = value.split_once(' ') else { continue };
            if label != "Attribution" {
                let span = |place: &str| {
                    let (start, end) = place.split_once(' ')?;
                    let byte = |point: &str| Some(points.to_byte(point.parse().ok()?));
                    Some(Span::new(byte(start)?, byte(end)?))
                };
                spans.insert(id, places.split(';').filter_map(span).collect());
            }
        } else if id.starts_with('E') {
            for (role, target) in value.split(' ').filter_map(|part| part.split_once(':')) {
                let role = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                    "Content" => Role::Content,
                    "Source" => Role::Source,
                    "Cue" => Role::Cue,
                    _ => continue,
                };
                let parts = spans.get(target).into_iter().flatten();
                found.extend(parts.filter_map(|span| Some((role, trim(text, *span)?))));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// A span without the characters that the scorer trims.
pub fn trim(text: &str, span: Span) -> Option<Span> {
    let inside = span.of_text(text);
    let trimmed = inside.trim_start_matches(|c| TRIMMED.contains(c));
    let start = span.start() + inside.len() - trimmed.len();
    let length = trimmed.trim_end_matches(|c| TRIMMED.contains(c)).len();
    (length > 0).then(|| Span::new(start, start + length))
}
