//! Parses in [CoNLL-U](https://universaldependencies.org/format.html).

use std::fmt;

use crate::doc::{Doc, Sentence};
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
                write_sentence(f, number + 1, &sentence, &words)?;
            }
        }
        Ok(())
    }
}

fn write_sentence(
    f: &mut fmt::Formatter<'_>,
    number: usize,
    sentence: &Sentence<'_>,
    words: &[Token<'_>],
) -> fmt::Result {
    writeln!(f, "# sent_id = {number}")?;
    writeln!(f, "# text = {}", one_line(sentence.text()))?;
    for (index, word) in words.iter().enumerate() {
        write_word(f, index + 1, word, words)?;
    }
    writeln!(f)
}

fn write_word(
    f: &mut fmt::Formatter<'_>,
    number: usize,
    word: &Token<'_>,
    words: &[Token<'_>],
) -> fmt::Result {
    let head = governor(word, words);
    let relation = if head == 0 { "root" } else { word.dep() };
    let spacing = if word.whitespace().is_empty() { "SpaceAfter=No" } else { "_" };
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

/// The number of the word's head in its sentence; 0 for the root. White space that governs is
/// passed over, upwards.
fn governor(word: &Token<'_>, words: &[Token<'_>]) -> usize {
    let mut head = word.head();
    while head.is_space() && head.head().i() != head.i() {
        head = head.head();
    }
    if head.i() == word.i() {
        return 0;
    }
    words.iter().position(|other| other.i() == head.i()).map_or(0, |at| at + 1)
}

/// What the format writes for an empty column.
fn filled(column: &str) -> &str {
    if column.is_empty() { "_" } else { column }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
