//! Quotations by where they stand.

use stemma_model::{Quote, Span};

/// The quotations of a document, to be asked which of them a place lies in.
#[derive(Debug)]
pub(crate) struct ByPlace<'a> {
    /// The smallest span that covers a content, the quotation's place in its list, and itself; by
    /// their starts.
    quotes: Vec<(Span, usize, &'a Quote)>,
    /// The last end of any up to each.
    reach: Vec<usize>,
}

impl<'a> ByPlace<'a> {
    pub(crate) fn new(quotes: &'a [Quote]) -> Self {
        let placed = quotes.iter().enumerate();
        let mut quotes: Vec<(Span, usize, &Quote)> =
            placed.filter_map(|(at, quote)| Some((quote.hull()?, at, quote))).collect();
        quotes.sort_by_key(|&(hull, at, _)| (hull.start, at));
        let ends = quotes.iter().map(|(hull, ..)| hull.end());
        let reach = ends.scan(0, |last, end| {
            *last = end.max(*last);
            Some(*last)
        });
        Self { reach: reach.collect(), quotes }
    }

    /// The quotations whose contents, with what stands between their parts, share a byte with
    /// `span`, in the order of their list. Looks only at what starts before the span's end and
    /// after the last place that no quotation covers.
    pub(crate) fn touching(&self, span: Span) -> impl Iterator<Item = &'a Quote> {
        let end = self.quotes.partition_point(|(hull, ..)| hull.start < span.end);
        let start = self.reach.partition_point(|&reach| reach <= span.start());
        let near = self.quotes.get(start..end).unwrap_or_default();
        let mut found: Vec<(usize, &Quote)> = near
            .iter()
            .filter(|(hull, ..)| hull.overlaps(span))
            .map(|&(_, at, quote)| (at, quote))
            .collect();
        found.sort_by_key(|&(at, _)| at);
        found.into_iter().map(|(_, quote)| quote)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use stemma_model::{QuoteId, QuoteKind};

    use super::*;

    fn quote(at: usize, content: Vec<Span>) -> Quote {
        Quote::plain(QuoteId::of(&[&at.to_string()]), QuoteKind::Indirect, content)
    }

    fn span() -> impl Strategy<Value = Span> {
        (0_usize..60, 1_usize..30).prop_map(|(start, length)| Span::new(start, start + length))
    }

    proptest! {
        #[test]
        fn it_finds_what_looking_at_each_finds(
            contents in prop::collection::vec(prop::collection::vec(span(), 0..3), 0..8),
            place in span(),
        ) {
            let quotes: Vec<Quote> =
                contents.into_iter().enumerate().map(|(at, content)| quote(at, content)).collect();
            let each = quotes.iter().filter(|q| q.hull().is_some_and(|hull| hull.overlaps(place)));
            let ids = |quotes: Vec<&Quote>| quotes.iter().map(|q| q.id).collect::<Vec<_>>();
            let found = ByPlace::new(&quotes).touching(place).collect();
            prop_assert_eq!(ids(found), ids(each.collect()));
        }
    }
}
