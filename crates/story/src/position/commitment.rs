//! What speakers bind themselves to in their own words: "We will send ten boats by March."

use stemma_model::{Annotations, Document, Position, Reason, Span, Stance};
use stemma_text::{fold, words};

use super::{Saying, bare, lexicon};

/// A position for each sentence in quotation marks by which the speaker commits to something or
/// declines it. What hangs on a condition is told with the condition, and a question binds nobody.
pub(super) fn positions(saying: &Saying<'_>) -> Vec<Position> {
    let Saying { document, annotations, quote, .. } = *saying;
    let parts = quote.marked.iter().flat_map(|&marked| {
        annotations.sentences.iter().filter_map(move |sentence| both(sentence.span, marked))
    });
    let conditional = |part: &Span| {
        annotations.conditions.iter().any(|condition| part.overlaps(condition.trigger))
    };
    parts
        .filter(|part| !conditional(part) && !document.slice(*part).contains('?'))
        .filter_map(|part| {
            let (stance, on) = committed(document, part)?;
            let reason = reason(document, annotations, part);
            Some(saying.position(stance, part, bare(document.slice(on)), reason))
        })
        .collect()
}

/// What two spans share.
fn both(a: Span, b: Span) -> Option<Span> {
    a.overlaps(b).then(|| Span::new(a.start().max(b.start()), a.end().min(b.end())))
}

/// The stance that a sentence takes, and the words on what.
fn committed(document: &Document, part: Span) -> Option<(Stance, Span)> {
    let text = document.slice(part);
    let places: Vec<Span> = words(text).collect();
    let folded: Vec<String> = places.iter().map(|word| fold(word.of_text(text))).collect();
    let (stance, at) = lexicon::commitment(&folded)?;
    let start = part.start() + places.get(at)?.start();
    Some((stance, Span::new(start, part.end())))
}

/// That the speaker says so, with the deadline, the amount and the lasting that the words give.
fn reason(document: &Document, annotations: &Annotations, part: Span) -> Reason {
    let text = document.slice(part);
    let places: Vec<Span> = words(text).collect();
    let folded: Vec<String> = places.iter().map(|word| fold(word.of_text(text))).collect();
    let within = |span: &Span| part.covers(*span);
    let told =
        |rule: &'static str| move |span: Span| Reason::new(rule, document.slice(span).to_owned());
    let dates = annotations.dates.iter().map(|date| date.span).filter(within).map(told("when"));
    let amounts = annotations.figures.iter().map(|f| f.span).filter(within).map(told("how-much"));
    let lasting = lexicon::lasting(&folded)
        .map(|range| Span::new(places[range.start].start(), places[range.end - 1].end()))
        .map(|span| Reason::new("how-long", span.of_text(text).to_owned()));
    let whole = Reason::new("own-words", "the speaker binds himself or herself");
    dates.chain(amounts).chain(lasting).fold(whole, Reason::because)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Holds the stance and the words on what against a sentence of a quotation; `-` for none.
    #[track_caller]
    fn check(sentence: &str, expected: &str) {
        let text: Vec<String> = words(sentence).map(|word| fold(word.of_text(sentence))).collect();
        let found = lexicon::commitment(&text).map(|(stance, at)| {
            let start = words(sentence).nth(at).map_or(0, |word| word.start());
            format!("{stance:?}: {}", bare(&sentence[start..]))
        });
        assert_eq!(found.as_deref().unwrap_or("-"), expected);
    }

    #[test]
    fn first_person_openings_commit_and_decline() {
        check("We will send ten boats by March.", "Promises: send ten boats by March");
        check("I won’t sign it.", "Refuses: sign it");
        check("We will not return to the table.", "Refuses: return to the table");
        check(
            "The union stands by you for as long as it takes.",
            "Promises: The union stands by you for as long as it takes",
        );
    }

    #[test]
    fn idle_phrases_and_others_futures_do_not() {
        check("We will see.", "-");
        check("They will send boats.", "-");
        check("We’ll know more tomorrow.", "-");
    }
}
