//! What people type, as FTS5 reads it.

/// The FTS5 expression for `words`: all of them must occur, `"in this order"` inside double
/// quotation marks, `word*` for what begins so, `-word` for what must not occur, `OR` between
/// alternatives. `None` if nothing is left to look for. Every input gives a valid expression.
pub fn expression(words: &str) -> Option<String> {
    let terms = terms(words);
    let (excluded, wanted): (Vec<&Term>, Vec<&Term>) = terms.iter().partition(|term| term.negated);
    let mut wanted = wanted.into_iter().peekable();
    wanted.peek()?;
    let mut expression = String::from("(");
    let mut joined = "";
    for term in wanted {
        expression.push_str(if term.alternative && !joined.is_empty() { " OR " } else { joined });
        expression.push_str(&term.text);
        joined = " AND ";
    }
    expression.push(')');
    for term in excluded {
        expression.push_str(" NOT ");
        expression.push_str(&term.text);
    }
    Some(expression)
}

struct Term {
    /// A quoted FTS5 string, with `*` behind it for a prefix.
    text: String,
    negated: bool,
    /// `OR` stood before it.
    alternative: bool,
}

fn terms(words: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut alternative = false;
    // The odd pieces stood inside quotation marks; typographic ones count too.
    let words = words.replace(['“', '”', '„'], "\"");
    let mut negated = false;
    for (i, piece) in words.split('"').enumerate() {
        if i % 2 == 1 {
            terms.extend(term(piece, false, negated, alternative));
            (negated, alternative) = (false, false);
            continue;
        }
        negated = piece.ends_with('-') && (piece.len() == 1 || piece.ends_with(" -"));
        for word in piece.split_whitespace() {
            if word == "OR" {
                alternative = true;
                continue;
            }
            let (bare, not) = match word.strip_prefix('-') {
                Some(bare) => (bare, true),
                None => (word, false),
            };
            let (bare, prefix) = match bare.strip_suffix('*') {
                Some(bare) => (bare, true),
                None => (bare, false),
            };
            terms.extend(term(bare, prefix, not, alternative));
            alternative = false;
        }
    }
    terms
}

/// A term, if there is a letter or digit in it: FTS5 drops the rest.
fn term(text: &str, prefix: bool, negated: bool, alternative: bool) -> Option<Term> {
    let text: String = text.chars().filter(|&character| character != '\0').collect();
    text.contains(char::is_alphanumeric).then(|| Term {
        text: format!("\"{text}\"{}", if prefix { "*" } else { "" }),
        negated,
        alternative,
    })
}

/// The FTS5 expression for a name: every word of it, in any order. `None` for no word.
pub fn name_expression(name: &str) -> Option<String> {
    let words: Vec<String> = name
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\""))
        .collect();
    (!words.is_empty()).then(|| words.join(" AND "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;

    fn check(words: &str, expected: &str) {
        assert_eq!(expression(words).as_deref(), Some(expected), "{words}");
    }

    #[test]
    fn words_phrases_prefixes_and_exclusions() {
        check("tax cuts", r#"("tax" AND "cuts")"#);
        check(r#""red line" Syria"#, r#"("red line" AND "Syria")"#);
        check("“red line” -Libya", r#"("red line") NOT "Libya""#);
        check("negotiat* OR talks", r#"("negotiat"* OR "talks")"#);
        check(r#"talks -"cease fire""#, r#"("talks") NOT "cease fire""#);
        check("don't", r#"("don't")"#);
        assert_eq!(expression(" ?! - \"\" "), None);
        assert_eq!(expression("-only"), None);
    }

    proptest! {
        #[test]
        fn every_input_is_valid(words in r#"(?s)([a-z"*( )^:+\-]|OR |NOT |é|\PC){0,30}"#) {
            let connection = Connection::open_in_memory().unwrap();
            connection.execute_batch("CREATE VIRTUAL TABLE t USING fts5 (x)").unwrap();
            for expression in [expression(&words), name_expression(&words)].into_iter().flatten() {
                let count = connection.query_row(
                    "SELECT count(*) FROM t WHERE t MATCH ?1", [&expression], |row| row.get::<_, i64>(0));
                prop_assert_eq!(count, Ok(0), "{}", expression);
            }
        }
    }
}
