//! One family of rules a file; [`sentence`] runs them all.

use std::ops::Range;

use super::draft::Draft;
use super::scope::Scope;

mod alternative;
mod dependence;
mod desire;
mod first;
pub(super) mod inverted;
mod need;
mod noun;
mod only_way;
mod preposition;
mod purpose;
pub(super) mod subordinate;
pub(super) mod temporal;

/// What every family finds in one sentence, in the order of the families: where two find the same
/// condition with triggers of one length, the earlier family's reading stands.
pub(super) fn sentence<'a>(scope: Scope<'a>, tokens: Range<usize>) -> Vec<Draft<'a>> {
    let families = [
        first::find,
        desire::find,
        subordinate::find,
        temporal::find,
        preposition::find,
        noun::find,
        dependence::find,
        purpose::find,
        inverted::find,
        only_way::find,
        need::find,
        alternative::find,
    ];
    families.iter().flat_map(|find| find(scope, tokens.clone())).collect()
}
