//! Parses in [CoNLL-U](https://universaldependencies.org/format.html).

use std::fmt;

use crate::doc::Doc;
use crate::token::Token;

/// A parsed text as CoNLL-U, through [`Display`](fmt::Display).
///
/// The columns are those of the format; dependency labels are spaCy's, not Universal
/// Dependencies'. Tokens of white space have no place in it and are left out.
#[derive(Clone, Copy, Debug)]
pub struct Conllu<'d> {
    id: &'d str,
    doc: &'d Doc,
}

impl<'d> Conllu<'d> {
    /// The view of `doc`, called `id` in the comment that starts it.
    #[must_use]
    pub fn new(id: &'d str, doc: &'d Doc) -> Self {
        Self { id, doc }
    }
}

impl fmt::Display for Conllu<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# newdoc id = {}", one_line(self.id))?;
        for (number, sentence) in self.doc.sentences().enumerate() {
            let words: Vec<Token<'_>> =
                sentence.tokens().filter(|token| !token.is_space()).collect();
            if !words.is_empty() {
                let id = format!("{}-{}", one_line(self.id), number + 1);
                write_sentence(f, &id, &words)?;
            }
        }
        Ok(())
    }
}

fn write_sentence(f: &mut fmt::Formatter<'_>, id: &str, words: &[Token<'_>]) -> fmt::Result {
    writeln!(f, "# sent_id = {id}")?;
    writeln!(f, "# text = {}", text(words).trim_end())?;
    let root = words.iter().position(|word| governor(word, words).is_none()).unwrap_or(0);
    for (index, word) in words.iter().enumerate() {
        // The format has one root; what only white space governs is put under it.
        let (head, relation) = match governor(word, words) {
            Some(head) => (head + 1, word.dep()),
            None if index == root => (0, "root"),
            None => (root + 1, "dep"),
        };
        let spacing = if joined(words, index) { "SpaceAfter=No" } else { "_" };
        write_word(f, word, [index + 1, head], [relation, spacing])?;
    }
    writeln!(f)
}

/// The words with the spaces that the last column tells of.
fn text(words: &[Token<'_>]) -> String {
    let word = |index: usize| [words[index].text(), if joined(words, index) { "" } else { " " }];
    (0..words.len()).flat_map(word).collect()
}

/// Whether nothing stands between a word and the next of its sentence, or after the last.
fn joined(words: &[Token<'_>], index: usize) -> bool {
    let word = &words[index];
    let next = words.get(index + 1);
    next.map_or(word.whitespace().is_empty(), |next| next.start() == word.end())
}

fn write_word(
    f: &mut fmt::Formatter<'_>,
    word: &Token<'_>,
    [number, head]: [usize; 2],
    [relation, spacing]: [&str; 2],
) -> fmt::Result {
    let columns = [
        word.text(),
        filled(word.lemma()),
        filled(word.pos()),
        filled(word.tag()),
        filled(word.morph()),
    ];
    write!(f, "{number}")?;
    columns.iter().try_for_each(|column| write!(f, "\t{column}"))?;
    writeln!(f, "\t{head}\t{}\t_\t{spacing}", filled(relation))
}

/// Where the word's head stands among the words of its sentence; none for the root. White space
/// that governs is passed over, upwards.
fn governor(word: &Token<'_>, words: &[Token<'_>]) -> Option<usize> {
    let mut head = word.head();
    while head.is_space() && head.head().i() != head.i() {
        head = head.head();
    }
    if head.i() == word.i() {
        return None;
    }
    words.iter().position(|other| other.i() == head.i())
}

/// What the format writes for an empty column.
fn filled(column: &str) -> &str {
    if column.is_empty() { "_" } else { column }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
