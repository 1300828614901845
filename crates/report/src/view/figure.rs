//! Figures and dates compared: what differs, what is replaced, what agrees.

use stemma_model::{Claim, ClaimStatus, ClaimValue};

use crate::edition::Edition;
use crate::view::wording::grouped;

/// How many claims of one status a compact page shows.
const COMPACT_CLAIMS: usize = 60;

/// Claims of one status.
pub(crate) struct Claims<'r> {
    pub(crate) status: ClaimStatus,
    pub(crate) claims: Vec<&'r Claim>,
    pub(crate) more: usize,
}

/// The claims by status: what differs first. Figures that one report alone gives are left to the
/// texts, where they are marked.
pub(crate) fn claims<'r>(edition: &Edition<'r>) -> Vec<Claims<'r>> {
    use ClaimStatus::{Agrees, Conflicts, Scope, Single, Updates};
    let shown = match edition.compact() {
        true => vec![Conflicts, Updates, Scope],
        false => vec![Conflicts, Updates, Scope, Agrees],
    };
    debug_assert!(!shown.contains(&Single));
    let of = |status| {
        let mut claims: Vec<&Claim> =
            edition.record.claims.iter().filter(|claim| claim.status == status).collect();
        let limit = if edition.compact() { COMPACT_CLAIMS } else { usize::MAX };
        let more = claims.len().saturating_sub(limit);
        claims.truncate(limit);
        Claims { status, claims, more }
    };
    shown.into_iter().map(of).filter(|claims| !claims.claims.is_empty()).collect()
}

/// A value as a reader says it: `57,000,000,000 GBP` as `£57 billion`, a date as it is.
pub(crate) fn value_words(value: &ClaimValue) -> String {
    let number = value.value.parse::<f64>().ok().filter(|number| number.is_finite());
    let amount = number.map_or_else(|| value.value.clone(), number_words);
    match value.unit.as_deref() {
        Some("GBP") => format!("£{amount}"),
        Some("USD") => format!("${amount}"),
        Some("EUR") => format!("€{amount}"),
        Some("%") => format!("{amount} %"),
        Some(unit) => format!("{amount} {unit}"),
        None => amount,
    }
}

fn number_words(number: f64) -> String {
    let scaled = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];
    let scale = scaled.into_iter().find(|(size, _)| number.abs() >= *size);
    match scale {
        Some((size, name)) => format!("{} {name}", (number / size * 1000.0).round() / 1000.0),
        None if number.fract() == 0.0 && (10_000.0..1e6).contains(&number) => {
            grouped(number as usize)
        }
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_a_reader_says_them() {
        let check = |value: &str, unit: Option<&str>, expected: &str| {
            let (value, unit) = (value.to_owned(), unit.map(str::to_owned));
            let value = ClaimValue { value, unit, evidence: Vec::new(), origins: None };
            assert_eq!(value_words(&value), expected);
        };
        check("57000000000", Some("GBP"), "£57 billion");
        check("1250000", None, "1.25 million");
        check("42000", Some("passengers"), "42,000 passengers");
        check("2024-06-17", None, "2024-06-17");
        check("7.5", Some("%"), "7.5 %");
        check("NaN", None, "NaN");
    }
}
