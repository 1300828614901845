//! The person behind a source: named, unnamed, ambiguous, or not to be found, and why.

use std::ops::Range;

use stemma_english::Doc;
use stemma_model::{
    Attribution as Source, Candidate, ChainId, MentionForm, MentionKind, SourceStatus, Span,
};

use super::link::{Attribution, Shared};
use crate::coref::Coref;
use crate::mention::Found;

/// What resolving a source needs.
pub(crate) struct People<'a> {
    /// The parse.
    pub doc: &'a Doc,
    /// The mentions.
    pub mentions: &'a [Found],
    /// Their referents.
    pub coref: &'a Coref,
    /// The referents' ids and names.
    pub chains: &'a [(ChainId, String)],
}

/// The mention that a source is: a person named in it, else the one its head stands in. A name that
/// only modifies its head (*four former Ukrainian territories*) is not the source.
pub(crate) fn mention_of(doc: &Doc, mentions: &[Found], source: &Range<usize>) -> Option<usize> {
    let head = super::link::head(doc, source);
    let first =
        mentions.partition_point(|mention| mention.tokens.start < source.start.saturating_sub(12));
    let inside = || {
        mentions
            .iter()
            .enumerate()
            .skip(first)
            .take_while(|(_, mention)| mention.tokens.start < source.end)
            .filter(|(_, mention)| mention.head >= source.start && mention.head < source.end)
    };
    let at_head = inside().find(|(_, mention)| mention.tokens.contains(&head));
    // `the head of the ministry, Anna Kovac`: the name in apposition says more.
    let named = at_head.filter(|(_, mention)| mention.form == MentionForm::Nominal).and_then(
        |(_, role)| {
            inside().find(|(_, mention)| {
                let beside = mention.tokens.start.saturating_sub(role.tokens.end) <= 1;
                let after = mention.tokens.start >= role.tokens.end;
                mention.form == MentionForm::Name
                    && mention.kind == MentionKind::Person
                    && beside
                    && after
            })
        },
    );
    let at_head = named.or(at_head);
    let person = || {
        inside().find(|(_, mention)| {
            mention.kind == MentionKind::Person
                && mention.form == MentionForm::Name
                && is_core(doc, source, mention)
        })
    };
    let at_head = at_head.filter(|(_, mention)| mention.kind == MentionKind::Person);
    let other_head = inside().find(|(_, mention)| mention.tokens.contains(&head));
    at_head.or_else(person).or(other_head).map(|(i, _)| i)
}

/// Whether a name in a source is the source's own, not that of a body, owner or companion in it: it
/// ends the phrase (*Assistant Secretary for European Affairs James O'Brien*) or stands apart by
/// commas, and no preposition or possessive ties it.
fn is_core(doc: &Doc, source: &Range<usize>, mention: &Found) -> bool {
    let name = doc.token(mention.head);
    let owned = matches!(name.dep(), "pobj" | "poss" | "dobj");
    let clause = name.ancestors().take_while(|above| source.contains(&above.i()));
    let mut clause = clause.map(|above| above.dep());
    let tail = mention.tokens.end == source.end
        || matches!(doc.token(mention.tokens.end).text(), "," | "(" | "—" | "–");
    !owned && tail && !clause.any(|dep| matches!(dep, "relcl" | "acl"))
}

impl People<'_> {
    /// The source of an attribution as it leaves the program.
    pub fn source(&self, attribution: &Attribution) -> Source {
        let Some(source) = &attribution.source else { return unattributed(attribution) };
        let bytes = self.doc.tokens_in(source.clone()).span();
        let span = Span::new(bytes.start, bytes.end);
        let mention = mention_of(self.doc, self.mentions, source);
        let group = mention.and_then(|mention| self.coref.of[mention]);
        let mut resolved = match (mention, group) {
            (Some(mention), Some(group)) => self.known(mention, group, span),
            _ => self.described(span, source),
        };
        match attribution.shared {
            Some(Shared::Cue) => {
                resolved.why = format!("shares the subject of the cue before it; {}", resolved.why);
            }
            Some(Shared::FollowsOn) => {
                resolved.why =
                    format!("follows on without a cue and keeps its speaker; {}", resolved.why);
            }
            None => {}
        }
        resolved
    }

    fn known(&self, mention: usize, group: usize, span: Span) -> Source {
        let found = &self.mentions[mention];
        let (chain, name) = &self.chains[group];
        let named = self.coref.groups[group]
            .members
            .iter()
            .any(|&member| self.mentions[member].form == MentionForm::Name);
        let words = span.of_text(self.doc.text());
        let rivals = self.coref.ambiguous.get(&mention);
        let status = match (rivals, named) {
            (Some(_), _) => SourceStatus::Ambiguous,
            (None, true) => SourceStatus::Named,
            (None, false) => SourceStatus::Unnamed,
        };
        let why = match (status, found.form) {
            (SourceStatus::Ambiguous, _) => format!("“{words}” fits several; nearest is {name}"),
            (_, MentionForm::Name) => "named beside the cue".to_owned(),
            (_, MentionForm::Pronoun) => format!("“{words}” stands for {name}, the last who fits"),
            (_, MentionForm::Nominal) if named => format!("“{words}” is a role of {name}"),
            (_, MentionForm::Nominal) => "described, and nowhere named".to_owned(),
        };
        Source {
            status,
            span: Some(span),
            chain: Some(*chain),
            name: Some(name.clone()),
            candidates: rivals.into_iter().flatten().map(|&group| self.candidate(group)).collect(),
            why,
        }
    }

    fn candidate(&self, group: usize) -> Candidate {
        let (chain, name) = &self.chains[group];
        Candidate { chain: *chain, name: name.clone() }
    }

    /// A source that is no mention: its own words, without article.
    fn described(&self, span: Span, source: &Range<usize>) -> Source {
        let words = span.of_text(self.doc.text());
        let pronoun = self.doc.tokens_in(source.clone()).all(|token| token.pos() == "PRON");
        if pronoun {
            return Source {
                status: SourceStatus::Unattributed,
                span: Some(span),
                chain: None,
                name: None,
                candidates: Vec::new(),
                why: format!("nobody mentioned before fits “{words}”"),
            };
        }
        Source {
            status: SourceStatus::Unnamed,
            span: Some(span),
            chain: None,
            name: Some(without_article(words).to_owned()),
            candidates: Vec::new(),
            why: "described, and nowhere named".to_owned(),
        }
    }
}

/// A description without its article and possessive ending.
pub(crate) fn without_article(words: &str) -> &str {
    let articles = ["the ", "The ", "a ", "A ", "an ", "An "];
    let words = articles.iter().find_map(|article| words.strip_prefix(article)).unwrap_or(words);
    ["’s", "'s"].iter().find_map(|ending| words.strip_suffix(ending)).unwrap_or(words)
}

fn unattributed(attribution: &Attribution) -> Source {
    let why = match attribution.cue {
        Some(_) => "the cue has no subject that could be its source",
        None => "no cue and no source stands near, and it does not follow on from another",
    };
    Source {
        status: SourceStatus::Unattributed,
        span: None,
        chain: None,
        name: None,
        candidates: Vec::new(),
        why: why.to_owned(),
    }
}
