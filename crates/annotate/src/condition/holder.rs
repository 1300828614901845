//! Who states a condition.

use stemma_model::{BlockKind, Holder, Quote, Span};

use super::scope::Scope;

/// The innermost quotation whose content holds the condition or, failing that, its consequence;
/// else the headline it stands in; else the outlet.
pub(super) fn of(scope: Scope<'_>, trigger: Span, condition: Span, consequence: Span) -> Holder {
    let around = |inner: Span| {
        scope
            .quotes
            .touching(inner)
            .filter(|quote| quote.hull().is_some_and(|hull| share(hull, inner) >= 0.8))
            .min_by_key(|quote| quote.hull().map_or(0, Span::len))
    };
    around(trigger.hull(condition).hull(consequence))
        .or_else(|| around(trigger.hull(condition)))
        .or_else(|| around(consequence))
        .map_or_else(|| voice(scope, trigger), |quote: &Quote| Holder::Quote(quote.id))
}

/// How much of `inner` lies inside `outer`.
fn share(outer: Span, inner: Span) -> f64 {
    outer.overlap(inner) as f64 / inner.len().max(1) as f64
}

fn voice(scope: Scope<'_>, trigger: Span) -> Holder {
    let blocks = &scope.sheet.document.blocks;
    let at = blocks.partition_point(|block| block.span.end <= trigger.start);
    match blocks.get(at) {
        Some(block) if block.kind == BlockKind::Title && block.span.overlaps(trigger) => {
            Holder::Headline
        }
        _ => Holder::Outlet,
    }
}
