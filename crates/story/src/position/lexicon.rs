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
    commits: Vec<String>,
    declines: Vec<String>,
    lasts: Vec<String>,
    idle: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../lexicons/positions.toml"))
        .expect("the lexicon is well formed")
});

static VERBS: LazyLock<HashMap<&'static str, Stance>> = LazyLock::new(|| {
    let classes = [
        (&FILE.promises, Stance::Promises),
        (&FILE.refuses, Stance::Refuses),
        (&FILE.demands, Stance::Demands),
        (&FILE.threatens, Stance::Threatens),
        (&FILE.supports, Stance::Supports),
        (&FILE.opposes, Stance::Opposes),
    ];
    let each = |(verbs, stance): (&'static Vec<String>, Stance)| {
        verbs.iter().map(move |verb| (verb.as_str(), stance))
    };
    classes.into_iter().flat_map(each).collect()
});

/// The stance that a reporting verb takes; `None` for one that only reports.
pub(super) fn stance(lemma: &str) -> Option<Stance> {
    VERBS.get(lemma).copied()
}

/// What the words of a sentence commit their speaker to: the stance and how many words from the
/// start of the sentence say so; where nothing but its lasting is said, none.
pub(super) fn commitment(words: &[String]) -> Option<(Stance, usize)> {
    let openings = [(&FILE.declines, Stance::Refuses), (&FILE.commits, Stance::Promises)];
    for at in 0..words.len() {
        for (phrases, stance) in openings {
            let end = phrases.iter().filter_map(|phrase| ends(words, at, phrase)).max();
            if let Some(end) = end {
                let idle = FILE.idle.iter().any(|phrase| ends(words, end, phrase).is_some());
                return (!idle && end < words.len()).then_some((stance, end));
            }
        }
    }
    lasting(words).map(|_| (Stance::Promises, 0))
}

/// The words that make a commitment last, by index.
pub(super) fn lasting(words: &[String]) -> Option<std::ops::Range<usize>> {
    (0..words.len()).find_map(|at| {
        FILE.lasts.iter().find_map(|phrase| ends(words, at, phrase)).map(|end| at..end)
    })
}

/// Where `phrase` ends if it stands at `at`.
fn ends(words: &[String], at: usize, phrase: &str) -> Option<usize> {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    let end = at + wanted.len();
    (words.get(at..end)? == wanted).then_some(end)
}
