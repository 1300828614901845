//! Trained weights of traits.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How much each trait of a cut speaks for it (above 0) or against.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    /// How much of the probability a condition needs.
    pub least: f64,
    by_name: HashMap<String, f64>,
}

/// The weights that ship.
pub static SHIPPED: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("../../../models/conditions.tsv")));

impl Weights {
    /// Weights by name.
    #[must_use]
    pub fn new(least: f64, by_name: HashMap<String, f64>) -> Self {
        Self { least, by_name }
    }

    /// The same where a condition needs this much of the probability.
    #[must_use]
    pub fn at_least(self, least: f64) -> Self {
        Self { least, ..self }
    }

    /// Whether training saw enough of a family of rules to decide for it.
    #[must_use]
    pub fn knows(&self, family: &str) -> bool {
        self.by_name.contains_key(&format!("family|{family}"))
    }

    /// The weight of a trait; 0 for one that training never saw.
    #[must_use]
    pub fn of(&self, name: &str) -> f64 {
        self.by_name.get(name).copied().unwrap_or(0.0)
    }

    /// Reads what [`Weights::write`] wrote: lines of a weight, a tab and a name; `#` begins a
    /// remark. The weight of `least` is the probability that a condition needs.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let pairs = lines.filter_map(|line| line.split_once('\t'));
        let mut by_name: HashMap<String, f64> = pairs
            .filter_map(|(weight, name)| Some((name.to_owned(), weight.parse().ok()?)))
            .collect();
        Self { least: by_name.remove("least").unwrap_or(0.5), by_name }
    }

    /// The weights as lines, in order of their names.
    #[must_use]
    pub fn write(&self) -> String {
        let mut names: Vec<(&String, &f64)> = self.by_name.iter().collect();
        names.sort_unstable_by_key(|(name, _)| *name);
        let lines = names.into_iter().map(|(name, weight)| format!("{weight:.2}\t{name}\n"));
        std::iter::once(format!("{:.2}\tleast\n", self.least)).chain(lines).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_what_training_writes() {
        assert_eq!(SHIPPED.write(), include_str!("../../../models/conditions.tsv"));
        assert!(SHIPPED.least > 0.0 && SHIPPED.least < 1.0);
    }

    #[test]
    fn rare_families_are_left_to_the_rules() {
        assert!(SHIPPED.knows("if") && SHIPPED.knows("until"));
        assert!(!SHIPPED.knows("precondition"));
        let silent = Weights::read("0.40\tleast\n# a remark\n-1.50\tcut\n");
        assert_eq!((silent.least, silent.of("cut"), silent.of("order")), (0.4, -1.5, 0.0));
    }
}
