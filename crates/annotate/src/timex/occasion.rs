//! When the thing told by a stretch of text happened: the occasion of a quotation.

use stemma_model::{DateRange, Precision, Span, Timex, TimexType};

use crate::Sheet;

/// How many sentences back an occasion may stand from what it dates.
const SENTENCES_BACK: usize = 3;

/// The days on which what `span` tells happened, with the expression that says so (an index into
/// `timexes`): the expression that hangs from the same verb, else the nearest in the same
/// sentence outside `exclude`, else one that opens the sentences just before.
///
/// `exclude` are spans whose dates belong to something else: the content of the quotation.
#[must_use]
pub fn for_span(
    sheet: &Sheet<'_>,
    timexes: &[Timex],
    span: Span,
    exclude: &[Span],
) -> Option<(DateRange, u32)> {
    let dates = |timex: &&(usize, &Timex)| {
        let free = !exclude.iter().any(|part| part.overlaps(timex.1.span));
        free && is_occasion(timex.1)
    };
    let candidates: Vec<(usize, &Timex)> = timexes.iter().enumerate().collect();
    let candidates: Vec<&(usize, &Timex)> = candidates.iter().filter(dates).collect();
    let found = attached(sheet, &candidates, span).or_else(|| nearby(sheet, &candidates, span))?;
    let range = timexes[found].range.unwrap_or_else(DateRange::unknown);
    Some((range, u32::try_from(found).ok()?))
}

/// Whether an expression can date an occasion: a date or time, no finer known than a year.
fn is_occasion(timex: &Timex) -> bool {
    let placed = matches!(timex.kind, TimexType::Date | TimexType::Time);
    let vague = timex.value.ends_with("_REF");
    let coarse = timex.range.is_some_and(|range| {
        matches!(range.precision, Precision::Decade | Precision::Year | Precision::Quarter)
    });
    placed && !vague && !coarse
}

/// The expression that hangs, at most three steps up, from a verb in `span`.
fn attached(sheet: &Sheet<'_>, candidates: &[&(usize, &Timex)], span: Span) -> Option<usize> {
    let heads = sheet.tokens(span);
    candidates
        .iter()
        .filter_map(|(index, timex)| {
            let token = sheet.doc.token_at(timex.span.start())?;
            let steps = token.ancestors().take(4).position(|up| heads.contains(&up.i()))?;
            Some((steps, *index))
        })
        .min()
        .map(|(_, index)| index)
}

/// The nearest expression of the same sentence, else of up to three sentences before, latest
/// first, as long as they stand in the same paragraph or open the report.
fn nearby(sheet: &Sheet<'_>, candidates: &[&(usize, &Timex)], span: Span) -> Option<usize> {
    let first = sheet.tokens(span).start;
    if first >= sheet.doc.len() {
        return None;
    }
    let mut sentence = sheet.doc.sentence_of(first);
    for _ in 0..=SENTENCES_BACK {
        let bytes = sentence.span();
        let here = candidates.iter().filter(|(_, timex)| bytes.contains(&timex.span.start()));
        let distance = |timex: &Timex| timex.span.start().abs_diff(span.start());
        if let Some((index, _)) = here.min_by_key(|(_, timex)| distance(timex)) {
            return Some(*index);
        }
        let before = sentence.tokens().indices().start.checked_sub(1)?;
        if ends_paragraph(sheet, before) {
            return None;
        }
        sentence = sheet.doc.sentence_of(before);
    }
    None
}

/// Whether a line ends behind token `i`.
fn ends_paragraph(sheet: &Sheet<'_>, i: usize) -> bool {
    let end = sheet.doc.token(i).start();
    let next =
        sheet.doc.tokens_in(i + 1..sheet.doc.len()).next().map_or(end, |token| token.start());
    sheet.text()[end..next].contains('\n')
}
