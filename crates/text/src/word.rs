//! Words for comparison: not the linguistic tokens, which `english` makes.

use stemma_model::Span;

/// The runs of letters and digits in `text`, in order.
///
/// Combining marks inside a run belong to it; everything else separates: `don't` is two words.
pub fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = rest.find(|&(_, character)| character.is_alphanumeric())?;
        while rest.next_if(|&(_, character)| belongs(character)).is_some() {}
        let end = rest.peek().map_or(text.len(), |&(end, _)| end);
        Some(Span::new(start, end))
    })
}

/// Whether a character continues a word.
fn belongs(character: char) -> bool {
    character.is_alphanumeric() || unicode_normalization::char::is_combining_mark(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let text = "The U.S.-led bloc’s £57bn — né\u{301} 3,5";
        let found: Vec<&str> = words(text).map(|span| span.of_text(text)).collect();
        assert_eq!(found, ["The", "U", "S", "led", "bloc", "s", "57bn", "né\u{301}", "3", "5"]);
    }
}
