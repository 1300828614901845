//! WebAnno TSV as GUM's coreference has it.
//!
//! A line a token: `sentence-token`, `start-end`, the word, then columns of `value[mention]` joined
//! by `|`; the last two hold the relations' types and their other ends, `sentence-token[a_b]`, where
//! `a` is the mention there and `b` the one here. A mention of one token may go without a number.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Chain;

/// A document of GUM: its words as running text, and its mentions.
#[derive(Debug, Default)]
pub(super) struct Gum {
    /// The running text, the spaces before punctuation taken out.
    pub text: String,
    /// Where each token stands in it, in bytes.
    tokens: Vec<Range<usize>>,
    mentions: BTreeMap<Key, Mention>,
    links: Vec<(Key, Key)>,
}

/// A mention's number, or for one without number its token.
type Key = (usize, usize);

#[derive(Debug, Default)]
struct Mention {
    tokens: Vec<usize>,
    kind: String,
}

impl Gum {
    /// Reads a file; lines that are not well formed are left out.
    pub(super) fn read(tsv: &str) -> Self {
        let mut gum = Self::default();
        let lines: Vec<Vec<&str>> = tsv
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .filter(|fields| fields.len() >= 9)
            .collect();
        let places: BTreeMap<&str, usize> =
            lines.iter().enumerate().map(|(i, fields)| (fields[0], i)).collect();
        let mut sentence = "";
        for (i, fields) in lines.iter().enumerate() {
            let own = fields[0].split('-').next().unwrap_or_default();
            gum.push_word(fields[2], own != sentence);
            sentence = own;
            for (value, number) in fields[3].split('|').filter_map(tagged) {
                let mention = gum.mentions.entry(key(number, i)).or_default();
                mention.tokens.push(i);
                value.clone_into(&mut mention.kind);
            }
            let ends = fields.get(9).copied().unwrap_or("_");
            for end in ends.split('|') {
                let (place, numbers) = end.split_once('[').unwrap_or((end, "0_0]"));
                let numbers = numbers.trim_end_matches(']').split_once('_');
                let (Some(&other), Some((there, here))) = (places.get(place), numbers) else {
                    continue;
                };
                let number = |text: &str| text.parse().unwrap_or(0);
                gum.links.push((key(number(there), other), key(number(here), i)));
            }
        }
        gum
    }

    /// Adds a word with the space or line break that news text would have before it.
    fn push_word(&mut self, word: &str, new_sentence: bool) {
        let last = self.text.chars().next_back();
        let ended = last.is_some_and(|c| ".?!\"'”’)".contains(c));
        let closing =
            ",.;:?!)%”’".contains(word) || word.starts_with(['\'', '’']) && word.len() > 1;
        let open = last.is_some_and(|c| "([$£€“‘".contains(c)) || self.in_word(word);
        let unit = matches!(word, "n't" | "n’t");
        match (self.text.is_empty(), new_sentence) {
            (true, _) => {}
            (false, true) => self.text.push_str(if ended { " " } else { "\n\n" }),
            (false, false) if closing || open || unit => {}
            (false, false) => self.text.push(' '),
        }
        let start = self.text.len();
        self.text.push_str(word);
        self.tokens.push(start..self.text.len());
    }

    /// Whether a hyphen or straight quotation mark ties the word to the one before it.
    fn in_word(&self, word: &str) -> bool {
        let hyphen = word == "-" || self.text.ends_with('-') && !self.text.ends_with(" -");
        let straight = |mark: char| self.text.matches(mark).count() % 2 == 1;
        let closes = word == "\"" && straight('"');
        let opened = self.text.ends_with('"') && straight('"');
        hyphen || closes || opened
    }

    /// The chains of two mentions and more; `only` those of people, organisations and places.
    pub(super) fn chains(&self, only: bool) -> Vec<Chain> {
        let mut of: BTreeMap<Key, Key> = self.mentions.keys().map(|&key| (key, key)).collect();
        for &(a, b) in &self.links {
            let (Some(a), Some(b)) = (root(&of, a), root(&of, b)) else { continue };
            of.insert(a.max(b), a.min(b));
        }
        let mut groups: BTreeMap<Key, Vec<&Mention>> = BTreeMap::new();
        for (&key, mention) in &self.mentions {
            groups.entry(root(&of, key).unwrap_or(key)).or_default().push(mention);
        }
        let counted = |mentions: &Vec<&Mention>| {
            let named =
                |m: &&&Mention| matches!(m.kind.as_str(), "person" | "organization" | "place");
            !only || mentions.iter().filter(named).count() * 2 > mentions.len()
        };
        let heads = self.heads();
        groups
            .into_values()
            .filter(counted)
            .map(|mentions| {
                let found = mentions.iter().filter_map(|m| {
                    let head = self.head(&m.tokens)?;
                    (heads.get(&head) == Some(&m.tokens.len())).then_some(head)
                });
                found.collect::<BTreeSet<usize>>().into_iter().collect::<Chain>()
            })
            .filter(|chain| chain.len() > 1)
            .collect()
    }

    /// The length of the shortest mention with each head: of `Anna and Ben` and `Ben` the latter.
    fn heads(&self) -> BTreeMap<usize, usize> {
        let mut heads: BTreeMap<usize, usize> = BTreeMap::new();
        for mention in self.mentions.values() {
            let Some(head) = self.head(&mention.tokens) else { continue };
            let length = heads.entry(head).or_insert(usize::MAX);
            *length = (*length).min(mention.tokens.len());
        }
        heads
    }

    /// The head among the tokens that a stretch of the running text touches.
    pub(super) fn head_in(&self, bytes: Range<usize>) -> Option<usize> {
        let first = self.tokens.partition_point(|token| token.end <= bytes.start);
        let end = self.tokens.partition_point(|token| token.start < bytes.end);
        self.head(&(first..end.max(first)).collect::<Vec<_>>())
    }

    /// The last word before what follows a noun, without a possessive ending.
    fn head(&self, tokens: &[usize]) -> Option<usize> {
        const AFTER: [&str; 21] = [
            ",", "(", "—", "–", ":", "of", "in", "for", "from", "at", "on", "to", "with", "by",
            "about", "who", "whom", "whose", "which", "that", "where",
        ];
        let word = |&i: &usize| self.text[self.tokens[i].clone()].to_lowercase();
        let last = tokens.last().map(word);
        let ending = last.is_some_and(|word| matches!(word.as_str(), "'s" | "’s" | "'" | "’"));
        let tokens = if ending { &tokens[..tokens.len() - 1] } else { tokens };
        let noun = tokens.iter().skip(1).take_while(|i| !AFTER.contains(&word(i).as_str()));
        noun.last().or(tokens.first()).copied()
    }
}

/// A value with its mention's number; 0 for a mention without.
fn tagged(part: &str) -> Option<(&str, usize)> {
    if part == "_" {
        return None;
    }
    match part.split_once('[') {
        Some((value, number)) => Some((value, number.trim_end_matches(']').parse().ok()?)),
        None => Some((part, 0)),
    }
}

fn key(number: usize, token: usize) -> Key {
    if number == 0 { (0, token) } else { (number, 0) }
}

fn root(of: &BTreeMap<Key, Key>, mut key: Key) -> Option<Key> {
    loop {
        let above = *of.get(&key)?;
        if above == key {
            return Some(key);
        }
        key = above;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "#FORMAT=WebAnno TSV 3.2\n\n\
        1-1\t0-3\tAda\tperson[1]\tnew\t_\t_\t_\tana\t1-7[0_1]\n\
        1-2\t4-7\tLee\tperson[1]\tnew\t_\t_\t_\t_\t_\n\
        1-3\t8-9\t,\tperson[1]\t_\t_\t_\t_\t_\t_\n\
        1-4\t9-10\tof\tperson[1]\t_\t_\t_\t_\t_\t_\n\
        1-5\t9-10\tBern\tperson[1]|place\t_\t_\t_\t_\t_\t_\n\
        1-6\t9-10\tsaid\t_\t_\t_\t_\t_\t_\t_\n\
        1-7\t9-10\tshe\tperson\t_\t_\t_\t_\t_\t_\n\
        1-8\t9-10\twon\t_\t_\t_\t_\t_\t_\t_\n\
        1-9\t9-10\t.\t_\t_\t_\t_\t_\t_\t_\n";

    #[test]
    fn words_mentions_and_links() {
        let gum = Gum::read(SAMPLE);
        assert_eq!(gum.text, "Ada Lee, of Bern said she won.");
        assert_eq!(gum.chains(true), [[1, 6]]);
        assert_eq!(gum.head_in(0..7), Some(1));
        let owned = Gum::read(&SAMPLE.replace("\tof\t", "\t's\t"));
        assert_eq!(
            (owned.head(&[0, 1]), owned.head(&[1, 3]), owned.head(&[1, 3, 4])),
            (Some(1), Some(1), Some(4))
        );
    }
}
