//! What is marked in a document's text, in place.

use stemma_model::{Document, DocumentId, Quote, QuoteKind, Span};

use crate::edition::{Detail, Edition, SharedRun};
use crate::view::statement::Statement;
use crate::view::wording;

/// Something marked in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark<'r> {
    pub(crate) span: Span,
    pub(crate) layer: Layer<'r>,
}

/// The layers of marks, the outer before the inner.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Layer<'r> {
    /// A passage that another document shares.
    Run,
    /// Content of a quotation; the first part of it carries its anchor.
    Quote { quote: &'r Quote, first: bool },
    /// What has to hold.
    Condition,
    /// What depends on it.
    Consequence,
    /// The words that make it a condition.
    Trigger,
    /// Who a quotation is attributed to.
    Source,
    /// The word that attributes.
    Cue,
    /// A time expression with its TIMEX3 value.
    Date(&'r str),
    /// A number with its unit.
    Figure,
    /// A competing term.
    Term,
    /// Not the report's own telling.
    Boilerplate,
}

impl Layer<'_> {
    /// Outer layers first where spans are the same.
    fn rank(self) -> u8 {
        match self {
            Self::Boilerplate => 0,
            Self::Run => 1,
            Self::Quote { quote, .. } => 2 + u8::from(quote.kind == QuoteKind::Direct),
            Self::Condition => 4,
            Self::Consequence => 5,
            Self::Trigger => 6,
            Self::Source => 7,
            Self::Cue => 8,
            Self::Date(_) => 9,
            Self::Figure => 10,
            Self::Term => 11,
        }
    }
}

/// A note in the margin, anchored at a place of the text.
#[derive(Clone, Debug)]
pub(crate) struct Note<'r> {
    /// The byte that it stands after.
    pub(crate) at: usize,
    pub(crate) about: About<'r>,
}

/// What a note says.
#[derive(Clone, Debug)]
pub(crate) enum About<'r> {
    /// Who says it; it belongs to a statement.
    Quote(&'r Quote),
    /// Other documents share the passage.
    Run { run: &'r SharedRun, words: usize },
    /// A condition.
    Condition(&'r stemma_model::Condition),
}

/// The marks of the document at `index`, outer before inner, in text order.
pub(crate) fn marks<'r>(edition: &Edition<'r>, index: usize) -> Vec<Mark<'r>> {
    let record = edition.record;
    let (document, annotations) = (&record.documents[index], &record.annotations[index]);
    let mark = |span, layer| Mark { span, layer };
    let mut marks: Vec<Mark<'r>> = Vec::new();
    for quote in &annotations.quotes {
        let parts = quote.content.iter().enumerate();
        marks.extend(parts.map(|(i, &span)| mark(span, Layer::Quote { quote, first: i == 0 })));
        marks.extend(quote.source.span.map(|span| mark(span, Layer::Source)));
        marks.extend(quote.cue.as_ref().map(|cue| mark(cue.span, Layer::Cue)));
    }
    for condition in &annotations.conditions {
        marks.push(mark(condition.condition, Layer::Condition));
        marks.push(mark(condition.consequence, Layer::Consequence));
        marks.push(mark(condition.trigger, Layer::Trigger));
    }
    // The tersest page marks who says what under which condition, and what is shared.
    if edition.detail < Detail::Brief {
        let dates = annotations.dates.iter();
        marks.extend(dates.map(|date| mark(date.span, Layer::Date(&date.value))));
        marks.extend(annotations.figures.iter().map(|figure| mark(figure.span, Layer::Figure)));
        marks.extend(annotations.framing.iter().map(|cue| mark(cue.span, Layer::Term)));
    }
    marks.extend(document.boilerplate.iter().map(|part| mark(part.span, Layer::Boilerplate)));
    marks.extend(edition.runs_of(document.id).iter().map(|run| mark(run.span, Layer::Run)));
    marks.retain(|mark| !mark.span.is_empty() && document.text.get(mark.span.range()).is_some());
    marks
        .sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end), mark.layer.rank()));
    marks.dedup_by(|b, a| {
        let same = a.span == b.span && a.layer.rank() == b.layer.rank();
        same && !matches!(b.layer, Layer::Quote { first: true, .. })
    });
    marks
}

/// The notes of the document at `index`, in text order.
pub(crate) fn notes<'e>(edition: &'e Edition<'_>, index: usize) -> Vec<Note<'e>> {
    let record = edition.record;
    let (document, annotations) = (&record.documents[index], &record.annotations[index]);
    let quotes = annotations.quotes.iter().filter_map(|quote| {
        Some(Note { at: quote.content.last()?.end(), about: About::Quote(quote) })
    });
    let conditions = annotations.conditions.iter().map(|condition| {
        let hull = condition.trigger.hull(condition.condition).hull(condition.consequence);
        Note { at: hull.end(), about: About::Condition(condition) }
    });
    let shared = edition.runs_of(document.id).iter().map(|run| Note {
        at: run.span.end(),
        about: About::Run { run, words: words(document, run.span) },
    });
    let mut notes: Vec<Note<'e>> = quotes.chain(conditions).chain(shared).collect();
    notes.retain(|note| document.text.is_char_boundary(note.at));
    notes.sort_by_key(|note| note.at);
    notes
}

fn words(document: &Document, span: Span) -> usize {
    document.text.get(span.range()).map_or(0, |text| stemma_text::words(text).count())
}

/// The other witnesses of the statement that a quotation belongs to, each with how it stands to
/// the fullest reading, which is `None` for the fullest itself.
pub(crate) fn others<'r>(
    statement: &Statement<'r>,
    own: (DocumentId, stemma_model::QuoteId),
) -> Vec<(DocumentId, &'r Quote, Option<&'static str>)> {
    let base = (statement.base.document, statement.base.quote, None);
    let departing = statement.entries.iter().flat_map(|entry| {
        let how = entry.relation.map(wording::relation);
        entry.witnesses.iter().map(move |witness| (witness.document, witness.quote, how))
    });
    std::iter::once(base)
        .chain(departing)
        .filter(|(document, quote, _)| (*document, quote.id) != own)
        .collect()
}
