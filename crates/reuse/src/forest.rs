//! Disjoint sets (Tarjan 1975): which things belong together through others.

/// Sets of the numbers below a bound; each set is named by its smallest member, so that names do
/// not depend on the order of joining.
pub(crate) struct Forest(Vec<usize>);

impl Forest {
    /// Every number by itself.
    pub fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    /// The smallest member of the set that holds `i`; near constant time.
    pub fn find(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    /// Joins the sets of `i` and `j`.
    pub fn join(&mut self, i: usize, j: usize) {
        let (i, j) = (self.find(i), self.find(j));
        self.0[i.max(j)] = i.min(j);
    }

    /// How many sets there are.
    pub fn sets(&mut self) -> usize {
        (0..self.0.len()).filter(|&i| self.find(i) == i).count()
    }
}
