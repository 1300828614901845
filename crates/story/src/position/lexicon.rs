//! Which verb takes which stance.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use stemma_model::Stance;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    promises: Vec<String>,
    refuses: Vec<String>,
    demands: Vec<String>,
    threatens: Vec<String>,
    supports: Vec<String>,
    opposes: Vec<String>,
}

static VERBS: LazyLock<HashMap<String, Stance>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../lexicons/positions.toml"))
        .expect("the lexicon is well formed");
    let classes = [
        (file.promises, Stance::Promises),
        (file.refuses, Stance::Refuses),
        (file.demands, Stance::Demands),
        (file.threatens, Stance::Threatens),
        (file.supports, Stance::Supports),
        (file.opposes, Stance::Opposes),
    ];
    let each = |(verbs, stance): (Vec<String>, Stance)| verbs.into_iter().map(move |v| (v, stance));
    classes.into_iter().flat_map(each).collect()
});

/// The stance that a reporting verb takes; `None` for one that only reports.
pub(super) fn stance(lemma: &str) -> Option<Stance> {
    VERBS.get(lemma).copied()
}
