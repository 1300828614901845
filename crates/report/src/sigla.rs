//! Sigla: the short names that documents go by.

use std::collections::HashMap;

use stemma_model::{Document, DocumentId};

/// The siglum of every document: a letter for each outlet, in the order in which the outlets
/// first come, with a number where an outlet has several documents.
///
/// A document without an outlet is an outlet of its own. After `Z` comes `AA`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sigla {
    by_id: HashMap<DocumentId, String>,
}

impl Sigla {
    /// The sigla of `documents`, in linear time.
    pub(crate) fn new(documents: &[Document]) -> Self {
        let mut order: HashMap<Outlet<'_>, usize> = HashMap::new();
        let mut sizes: Vec<usize> = Vec::new();
        let mut places = Vec::with_capacity(documents.len());
        for document in documents {
            let outlet = *order.entry(Outlet::of(document)).or_insert_with(|| {
                sizes.push(0);
                sizes.len() - 1
            });
            sizes[outlet] += 1;
            places.push((document.id, outlet, sizes[outlet]));
        }
        let siglum = |outlet: usize, number: usize| match sizes[outlet] {
            1 => letters(outlet),
            _ => format!("{}{number}", letters(outlet)),
        };
        let name = |(id, outlet, number)| (id, siglum(outlet, number));
        Self { by_id: places.into_iter().map(name).collect() }
    }

    /// The siglum of a document; `?` for one that is not among the documents.
    pub(crate) fn of(&self, id: DocumentId) -> &str {
        self.by_id.get(&id).map_or("?", String::as_str)
    }
}

/// What shares a letter.
#[derive(PartialEq, Eq, Hash)]
enum Outlet<'d> {
    Named(&'d str),
    Unnamed(DocumentId),
}

impl<'d> Outlet<'d> {
    fn of(document: &'d Document) -> Self {
        document.outlet.as_deref().map_or(Self::Unnamed(document.id), Self::Named)
    }
}

/// `A` to `Z`, `AA` to `ZZ`, and so on.
fn letters(mut number: usize) -> String {
    let mut reversed = Vec::new();
    loop {
        reversed.push(char::from(b'A' + (number % 26) as u8));
        if number < 26 {
            return reversed.iter().rev().collect();
        }
        number = number / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        let found: Vec<String> = [0, 25, 26, 51, 52, 701, 702].map(letters).into();
        assert_eq!(found, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
