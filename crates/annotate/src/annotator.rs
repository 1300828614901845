//! The order of annotation.

use stemma_english::{Doc, Pipeline};
use stemma_model::{
    Annotations, Chain, ChainId, Document, Mention, MentionForm, MentionId, MentionKind, Quote,
    Reason, Sentence, Timex,
};

use crate::coref::{self, Coref, Group, Hints};
use crate::mention::{self, Found, NameLexicon};
use crate::quote::lexicon::CueLexicon;
use crate::quote::link::Attribution;
use crate::quote::speaker::{People, mention_of, without_article};
use crate::quote::{self, Attributions, Finder, build};
use crate::{Sheet, condition, dated, event, figure, framing, occasion, timex};

/// Everything that annotation needs and that is loaded once. Any number of threads may share it.
#[derive(Debug)]
pub struct Annotator {
    pipeline: Pipeline,
    quotes: Finder,
    names: NameLexicon,
}

impl Annotator {
    /// An annotator over an English pipeline, with the models and lexicons that ship.
    #[must_use]
    pub fn new(pipeline: Pipeline) -> Self {
        Self::with(pipeline, Finder::load())
    }

    /// The same with another finder of attributions, to measure one.
    #[must_use]
    pub fn with(pipeline: Pipeline, quotes: Finder) -> Self {
        let pipeline = pipeline.with_vectors();
        Self { pipeline, quotes, names: NameLexicon::load() }
    }

    /// The English pipeline.
    #[must_use]
    pub fn pipeline(&self) -> &Pipeline {
        &self.pipeline
    }

    /// The parse of a document, block by block.
    #[must_use]
    pub fn parse(&self, document: &Document) -> Doc {
        let blocks = document.blocks.iter().map(|block| block.span.range());
        self.pipeline.parse_blocks(&document.text, blocks)
    }
}

/// Everything that `document` attests.
///
/// The same on every thread and in any order; linear in the text.
#[must_use]
pub fn annotate(document: &Document, annotator: &Annotator) -> Annotations {
    let doc = annotator.parse(document);
    annotate_parsed(Sheet { document, doc: &doc }, annotator)
}

/// Everything that a parsed document attests: see [`annotate`].
#[must_use]
pub fn annotate_parsed(sheet: Sheet<'_>, annotator: &Annotator) -> Annotations {
    let speech = speech(sheet, annotator);
    let dates = timex::find(&sheet);
    let published = dated::date(&sheet, &dates);
    let mut problems = dated::problems(&sheet, &dates, &published);
    problems.extend(quote::problems(sheet.document, &speech.attributions.passages));
    let quotes = speech.quotes(sheet, &dates, annotator.quotes.cues());
    let mentions = speech.mentions(sheet);
    Annotations {
        document: sheet.document.id,
        sentences: sentences(sheet),
        chains: speech.chains(),
        conditions: condition::find(&sheet, &quotes),
        figures: figure::find(&sheet, &dates),
        events: event::find(&sheet, &dates, &mentions),
        mentions,
        framing: framing::find(&sheet, &quotes),
        published,
        quotes,
        dates,
        problems,
    }
}

fn sentences(sheet: Sheet<'_>) -> Vec<Sentence> {
    let spans = sheet.doc.sentences().map(|sentence| sheet.span(sentence.tokens().indices()));
    spans
        .map(|span| span.trimmed(sheet.text()))
        .filter(|span| !span.is_empty())
        .map(|span| Sentence { span, vector: Vec::new() })
        .collect()
}

/// Attributions, mentions and referents of one document.
struct Speech {
    attributions: Attributions,
    found: Vec<Found>,
    coref: Coref,
    ids: Vec<MentionId>,
    /// For each referent its id and name.
    names: Vec<(ChainId, String)>,
}

fn speech(sheet: Sheet<'_>, annotator: &Annotator) -> Speech {
    let attributions = annotator.quotes.find(sheet);
    let found = mention::find(sheet.doc, &annotator.names);
    let hints = hints(sheet.doc, &attributions, &found);
    let coref = coref::resolve(sheet.doc, &found, &annotator.names, &hints);
    let document = sheet.document.id.to_string();
    let place = |mention: &Found| {
        let span = sheet.span(mention.tokens.clone());
        [span.start.to_string(), span.end.to_string()]
    };
    let ids: Vec<MentionId> = found
        .iter()
        .map(|mention| {
            let [start, end] = place(mention);
            MentionId::of(&[&document, &start, &end])
        })
        .collect();
    let names = coref
        .groups
        .iter()
        .map(|group| {
            let [start, end] = place(&found[group.members[0]]);
            (ChainId::of(&[&document, &start, &end]), name(sheet, &found, group))
        })
        .collect();
    Speech { attributions, found, coref, ids, names }
}

/// Which mentions are sources, and which stand inside whose words.
fn hints(doc: &Doc, attributions: &Attributions, found: &[Found]) -> Hints {
    let mut hints = Hints { source: vec![false; found.len()], inside: vec![None; found.len()] };
    let starts: Vec<usize> = found.iter().map(|mention| mention.tokens.start).collect();
    for attribution in &attributions.list {
        let source = attribution.source.as_ref().and_then(|range| mention_of(doc, found, range));
        if let Some(source) = source {
            hints.source[source] = true;
        }
        for range in &attribution.content {
            let marked = is_marked(doc, attributions, attribution);
            let (first, last) = (
                starts.partition_point(|&start| start < range.start),
                starts.partition_point(|&start| start < range.end),
            );
            hints.inside[first..last].fill(Some((source, marked)));
        }
    }
    hints
}

/// Whether an attribution's words stand in marks.
fn is_marked(doc: &Doc, attributions: &Attributions, attribution: &Attribution) -> bool {
    let Some(content) = attribution.content.first() else { return false };
    let start = doc.token(content.start).start();
    let before = attributions.passages.partition_point(|passage| passage.outer.start() <= start);
    let around = attributions.passages[..before].iter().rev().find(|passage| !passage.nested);
    around.is_some_and(|passage| start < passage.outer.end())
}

/// The name a referent goes by: its fullest name with all words, else its fullest description.
fn name(sheet: Sheet<'_>, found: &[Found], group: &Group) -> String {
    let members = || group.members.iter().map(|&member| &found[member]);
    let named = members().filter(|mention| mention.form == MentionForm::Name);
    let fullest =
        named.max_by_key(|mention| (mention.words.len(), std::cmp::Reverse(mention.tokens.start)));
    match fullest {
        Some(mention) if group.kind == MentionKind::Person => mention.words.join(" "),
        Some(mention) => without_article(text(sheet, mention)).to_owned(),
        None => {
            let nominal = members().filter(|mention| mention.form == MentionForm::Nominal);
            let longest = nominal.max_by_key(|mention| {
                (mention.tokens.len(), std::cmp::Reverse(mention.tokens.start))
            });
            let any = longest.unwrap_or(&found[group.members[0]]);
            without_article(text(sheet, any)).to_owned()
        }
    }
}

fn text<'a>(sheet: Sheet<'a>, mention: &Found) -> &'a str {
    sheet.span(mention.tokens.clone()).of_text(sheet.text())
}

impl Speech {
    fn mentions(&self, sheet: Sheet<'_>) -> Vec<Mention> {
        let mention = |(i, found): (usize, &Found)| Mention {
            id: self.ids[i],
            span: sheet.span(found.tokens.clone()),
            kind: self.coref.of[i].map_or(found.kind, |group| self.coref.groups[group].kind),
            form: found.form,
            chain: self.coref.of[i].map(|group| self.names[group].0),
        };
        self.found.iter().enumerate().map(mention).collect()
    }

    fn chains(&self) -> Vec<Chain> {
        let chain = |(group, (id, name)): (&Group, &(ChainId, String))| Chain {
            id: *id,
            name: name.clone(),
            roles: group.roles.clone(),
            kind: group.kind,
            mentions: group.members.iter().map(|&member| self.ids[member]).collect(),
            reason: group.reasons.iter().cloned().fold(
                Reason::new("coreference", format!("{} mentions", group.members.len())),
                Reason::because,
            ),
        };
        self.coref.groups.iter().zip(&self.names).map(chain).collect()
    }

    fn quotes(&self, sheet: Sheet<'_>, dates: &[Timex], cues: &CueLexicon) -> Vec<Quote> {
        let people = People {
            doc: sheet.doc,
            mentions: &self.found,
            coref: &self.coref,
            chains: &self.names,
        };
        let passages = &self.attributions.passages;
        let record = |attribution: &Attribution| {
            let source = people.source(attribution);
            let mut quote =
                build::quote(sheet.document, sheet.doc, passages, attribution, source, cues)?;
            quote.occasion = occasion::find(sheet, attribution, dates);
            Some(quote)
        };
        let mut quotes: Vec<Quote> = self.attributions.list.iter().filter_map(record).collect();
        build::keep_first(&mut quotes);
        build::nest(&mut quotes);
        quotes
    }
}
