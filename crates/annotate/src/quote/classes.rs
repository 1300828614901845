//! Labels of the pipeline as small numbers, for trees to ask about.

/// Penn Treebank tags, sorted.
const TAGS: [&str; 50] = [
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH",
    "IN", "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP",
    "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ",
    "WDT", "WP", "WP$", "WRB", "XX", "_SP", "``",
];

/// Dependency labels, sorted.
const RELATIONS: [&str; 45] = [
    "ROOT",
    "acl",
    "acomp",
    "advcl",
    "advmod",
    "agent",
    "amod",
    "appos",
    "attr",
    "aux",
    "auxpass",
    "case",
    "cc",
    "ccomp",
    "compound",
    "conj",
    "csubj",
    "csubjpass",
    "dative",
    "dep",
    "det",
    "dobj",
    "expl",
    "intj",
    "mark",
    "meta",
    "neg",
    "nmod",
    "npadvmod",
    "nsubj",
    "nsubjpass",
    "nummod",
    "oprd",
    "parataxis",
    "pcomp",
    "pobj",
    "poss",
    "preconj",
    "predet",
    "prep",
    "prt",
    "punct",
    "quantmod",
    "relcl",
    "xcomp",
];

/// Entity labels, sorted.
const ENTITIES: [&str; 18] = [
    "CARDINAL",
    "DATE",
    "EVENT",
    "FAC",
    "GPE",
    "LANGUAGE",
    "LAW",
    "LOC",
    "MONEY",
    "NORP",
    "ORDINAL",
    "ORG",
    "PERCENT",
    "PERSON",
    "PRODUCT",
    "QUANTITY",
    "TIME",
    "WORK_OF_ART",
];

/// The number of a tag, from 1; 0 for any other.
#[must_use]
pub fn of_tag(tag: &str) -> u8 {
    number(&TAGS, tag)
}

/// The number of a relation, from 1; 0 for any other.
#[must_use]
pub fn of_relation(relation: &str) -> u8 {
    number(&RELATIONS, relation)
}

/// The number of an entity label, from 1; 0 for any other.
#[must_use]
pub fn of_entity(label: &str) -> u8 {
    number(&ENTITIES, label)
}

fn number(names: &[&str], name: &str) -> u8 {
    names.binary_search(&name).map_or(0, |at| at as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_fit_a_set_of_bits() {
        let sorted = |names: &[&str]| names.is_sorted() && names.len() < 64;
        assert!(sorted(&TAGS) && sorted(&RELATIONS) && sorted(&ENTITIES));
        assert_eq!(
            [of_tag("$"), of_tag("VBD"), of_relation("no such"), of_entity("")],
            [1, 39, 0, 0]
        );
    }
}
