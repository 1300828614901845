//! Titles and other names of names, from `lexicons/titles.toml` and `lexicons/nicknames.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// Words around names.
pub(super) struct Titles {
    pub(super) before: BTreeSet<String>,
    pub(super) after: BTreeSet<String>,
    pub(super) particles: BTreeSet<String>,
}

/// The first form of each name, by any of its forms.
pub(super) struct Forms {
    pub(super) given: BTreeMap<String, String>,
    /// Places and organisations in one: taggers mix them up.
    pub(super) bodies: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// Where the words come from.
    #[serde(rename = "source")]
    _source: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    /// Where the rows come from.
    #[serde(rename = "source")]
    _source: String,
    rows: Vec<Vec<String>>,
}

/// Words around names, parsed once.
pub(super) static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    let text = include_str!("../../../../lexicons/titles.toml");
    let mut file: BTreeMap<String, Words> =
        toml::from_str(text).expect("lexicons/titles.toml is checked by a test");
    let mut take = |name| file.remove(name).map(|part| part.words.into_iter().collect());
    Titles {
        before: take("before").unwrap_or_default(),
        after: take("after").unwrap_or_default(),
        particles: take("particles").unwrap_or_default(),
    }
});

/// Other names of names, parsed once.
pub(super) static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let text = include_str!("../../../../lexicons/nicknames.toml");
    let mut file: BTreeMap<String, Rows> =
        toml::from_str(text).expect("lexicons/nicknames.toml is checked by a test");
    let mut take = |name| file.remove(name).map(|part| by_form(part.rows)).unwrap_or_default();
    let given = take("given");
    let mut bodies = take("places");
    bodies.extend(take("organisations"));
    Forms { given, bodies }
});

fn by_form(rows: Vec<Vec<String>>) -> BTreeMap<String, String> {
    rows.into_iter()
        .filter_map(|row| row.first().cloned().map(|first| (first, row)))
        .flat_map(|(first, row)| row.into_iter().map(move |form| (form, first.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_parse() {
        assert!(TITLES.before.contains("senator") && TITLES.after.contains("jr"));
        assert!(TITLES.particles.contains("van"));
        assert_eq!(FORMS.given["volodymyr"], "vladimir");
        assert_eq!(FORMS.bodies["kiev"], "kyiv");
        assert_eq!(FORMS.bodies["north atlantic alliance"], "nato");
    }
}
