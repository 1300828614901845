//! What the stages across documents could not do, told once for a collection.

use stemma_model::Problem;
use stemma_reuse::variant::HOLDERS;
use stemma_story::timeline::COMMON;

/// Runs of words that too many quotations have for all of these to be compared.
pub(crate) fn common_runs(count: usize) -> Option<Problem> {
    let message = format!(
        "{count} runs of four words stand in more than {HOLDERS} quotations each and brought none \
         together: pairs that have no rarer words in common were not compared"
    );
    let problem = || Problem::new("common-runs", message).hint(FEWER);
    (count > 0).then(problem)
}

/// Words that too many events of a month have for all of these to be compared.
pub(crate) fn common_words(count: usize) -> Option<Problem> {
    let message = format!(
        "{count} times more than {COMMON} events of one month of the year have a word in common, \
         which brought none together: pairs that share no rarer word were not compared"
    );
    let problem = || Problem::new("common-words", message).hint(FEWER);
    (count > 0).then(problem)
}

const FEWER: &str = "of fewer reports more is compared: report on a part of the collection";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_happened_is_told() {
        assert_eq!((common_runs(0), common_words(0)), (None, None));
        let told = [common_runs(3), common_words(2)].map(|it| it.expect("a problem").message);
        assert!(told[0].starts_with("3 runs") && told[1].starts_with("2 times"), "{told:?}");
    }
}
