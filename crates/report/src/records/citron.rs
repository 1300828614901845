//! Attributions in the JSON of Citron, the BBC's quotation extractor.
//!
//! The format is its `docs/data_format.md` (<https://github.com/bbc/citron>): an object a document, with
//! `text`, `quotes` and `coreference_groups`; spans count in characters, as ours do in code points.

use std::collections::BTreeMap;

use serde::Serialize;
use stemma_model::{Annotations, ChainId, Document, Mention, MentionForm, Quote, QuoteId};

use super::place::{Located, PlaceRecord};

/// One document as Citron has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CitronRecord<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its attributions that have a cue and a source; Citron knows no others.
    pub quotes: Vec<CitronQuote<'a>>,
    /// The mentions of one referent each, of two and more.
    pub coreference_groups: Vec<Vec<PlaceRecord<'a>>>,
}

/// One attribution as Citron has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CitronQuote<'a> {
    /// Our id.
    pub id: QuoteId,
    /// The cue.
    pub cue: PlaceRecord<'a>,
    /// The source.
    pub sources: Vec<PlaceRecord<'a>>,
    /// The content.
    pub contents: Vec<PlaceRecord<'a>>,
    /// The names that the source goes by, where it is a pronoun or description.
    pub coreferences: Vec<PlaceRecord<'a>>,
}

/// A document's attributions in Citron's format, in time linear in mentions and quotations.
#[must_use]
pub fn citron_record<'a>(document: &'a Document, annotations: &Annotations) -> CitronRecord<'a> {
    let at = Located::new(document);
    let mut chains: BTreeMap<ChainId, Vec<&Mention>> = BTreeMap::new();
    for mention in &annotations.mentions {
        if let Some(chain) = mention.chain {
            chains.entry(chain).or_default().push(mention);
        }
    }
    let quotes = annotations.quotes.iter();
    let of_chain = annotations.chains.iter().filter_map(|chain| chains.get(&chain.id));
    let group = |mentions: &Vec<&Mention>| mentions.iter().map(|m| at.place(m.span)).collect();
    CitronRecord {
        text: &document.text,
        quotes: quotes.filter_map(|quote| citron_quote(quote, &at, &chains)).collect(),
        coreference_groups: of_chain.filter(|chain| chain.len() > 1).map(group).collect(),
    }
}

fn citron_quote<'a>(
    quote: &Quote,
    at: &Located<'a>,
    chains: &BTreeMap<ChainId, Vec<&Mention>>,
) -> Option<CitronQuote<'a>> {
    let source = quote.source.span?;
    let chain = quote.source.chain.and_then(|chain| chains.get(&chain));
    let names = chain
        .into_iter()
        .flatten()
        .filter(|mention| mention.form == MentionForm::Name && !mention.span.overlaps(source));
    let own =
        |mention: &&Mention| mention.form == MentionForm::Name && mention.span.overlaps(source);
    let named = chain.is_some_and(|mentions| mentions.iter().any(own));
    Some(CitronQuote {
        id: quote.id,
        cue: at.place(quote.cue.as_ref()?.span),
        sources: vec![at.place(source)],
        contents: quote.content.iter().map(|&span| at.place(span)).collect(),
        coreferences: names.filter(|_| !named).map(|mention| at.place(mention.span)).collect(),
    })
}
