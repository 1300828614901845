//! Columns in bins, sums over them, and where a column is best split.

use std::iter::Sum as Total;
use std::ops::AddAssign;

use stemma_annotate::quote::forest::{Test, Traits};

/// How many thresholds a column of numbers may have.
const THRESHOLDS: usize = 254;

/// A leaf has this many rows or more.
const LEAST: u32 = 100;

/// A set of classes, and what is outside it, has this many rows or more.
const LEAST_IN_SET: u32 = 300;

/// Classes of fewer rows than this are in no set.
const LEAST_IN_CLASS: u32 = 100;

/// How many classes a set may have, or lack.
const SET: usize = 16;

/// Added to the curvature of a leaf, and of a set of classes: sets fit anything more easily.
const PENALTY: f64 = 1.0;
const SET_PENALTY: f64 = 100.0;

/// The derivatives of the loss over some rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    pub gradient: f64,
    pub curvature: f64,
    pub rows: u32,
}

impl Sum {
    fn less(self, other: Self) -> Self {
        Self {
            gradient: self.gradient - other.gradient,
            curvature: self.curvature - other.curvature,
            rows: self.rows - other.rows,
        }
    }

    /// The score that lowers the loss most.
    pub fn step(self) -> f64 {
        -self.gradient / (self.curvature + PENALTY)
    }

    /// By how much, twice.
    fn worth(self, penalty: f64) -> f64 {
        self.gradient * self.gradient / (self.curvature + penalty)
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.gradient += other.gradient;
        self.curvature += other.curvature;
        self.rows += other.rows;
    }
}

impl Total for Sum {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, one| {
            sum += one;
            sum
        })
    }
}

/// One column of all rows.
pub struct Column {
    /// The bin of each row: of a number, how many thresholds lie below it; of a class, itself.
    pub bins: Vec<u8>,
    /// The thresholds of numbers; none for classes.
    thresholds: Option<Vec<f32>>,
    /// Its number among its kind.
    number: u8,
}

impl Column {
    /// All columns of some rows: numbers first.
    pub fn all(rows: &[&Traits]) -> Vec<Self> {
        let Some(first) = rows.first() else { return Vec::new() };
        let numbers = (0..first.numbers.len()).map(|number| Self::of_numbers(rows, number));
        let classes = (0..first.classes.len()).map(|number| Self {
            bins: rows.iter().map(|row| row.classes[number]).collect(),
            thresholds: None,
            number: number as u8,
        });
        numbers.chain(classes).collect()
    }

    fn of_numbers(rows: &[&Traits], number: usize) -> Self {
        let mut sorted: Vec<f32> = rows.iter().map(|row| row.numbers[number]).collect();
        sorted.sort_unstable_by(f32::total_cmp);
        let mut distinct = sorted.clone();
        distinct.dedup();
        let thresholds: Vec<f32> = if distinct.len() <= THRESHOLDS {
            distinct
        } else {
            let quantile = |i: usize| sorted[i * sorted.len() / (THRESHOLDS + 1)];
            let mut chosen: Vec<f32> = (1..=THRESHOLDS).map(quantile).collect();
            chosen.dedup();
            chosen
        };
        let bin = |row: &&Traits| thresholds.partition_point(|&t| t < row.numbers[number]) as u8;
        Self {
            bins: rows.iter().map(bin).collect(),
            thresholds: Some(thresholds),
            number: number as u8,
        }
    }

    /// What a split asks.
    pub fn test(&self, split: &Split) -> Test {
        match split.rule {
            Rule::UpTo(_, threshold) => Test::AtMost(self.number, threshold),
            Rule::In(set) => Test::In(self.number, set),
        }
    }
}

/// Which bins go one way.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Bins up to this one, and the threshold that says the same.
    UpTo(u8, f32),
    /// A set of classes.
    In(u64),
}

/// A way to split a leaf.
#[derive(Clone, Copy, Debug)]
pub struct Split {
    pub gain: f64,
    /// Its place among the columns that were asked.
    pub column: usize,
    rule: Rule,
}

impl Split {
    /// Whether a row with this bin passes.
    pub fn holds(&self, bin: u8) -> bool {
        match self.rule {
            Rule::UpTo(most, _) => bin <= most,
            Rule::In(set) => set >> bin & 1 == 1,
        }
    }
}

/// The sums of each bin of each column that is asked.
pub struct Histogram(Vec<[Sum; 256]>);

impl Histogram {
    /// The histogram of some rows.
    pub fn of(columns: &[&Column], rows: &[u32], slopes: &[Sum]) -> Self {
        let of_column = |column: &&Column| {
            let mut bins = [Sum::default(); 256];
            for &row in rows {
                bins[usize::from(column.bins[row as usize])] += slopes[row as usize];
            }
            bins
        };
        Self(columns.iter().map(of_column).collect())
    }

    /// What is left without some of the rows.
    pub fn without(mut self, part: &Self) -> Self {
        let pairs = self.0.iter_mut().flatten().zip(part.0.iter().flatten());
        pairs.for_each(|(sum, part)| *sum = sum.less(*part));
        self
    }

    /// The split that gains most, of rows with this sum; the first of equals.
    pub fn split(&self, columns: &[&Column], sum: Sum) -> Option<Split> {
        let mut best: Option<Split> = None;
        for (at, (bins, column)) in self.0.iter().zip(columns).enumerate() {
            let found = match &column.thresholds {
                Some(thresholds) => of_numbers(bins, thresholds, sum),
                None => of_classes(&bins[..64], sum),
            };
            let Some((gain, rule)) = found else { continue };
            if best.is_none_or(|best| gain > best.gain) {
                best = Some(Split { gain, column: at, rule });
            }
        }
        best
    }
}

/// What a split gains; nothing where a side has too few rows.
fn gain(left: Sum, sum: Sum, least: u32, penalty: f64) -> Option<f64> {
    let right = sum.less(left);
    let enough = left.rows >= least && right.rows >= least;
    let gain = left.worth(penalty) + right.worth(penalty) - sum.worth(penalty);
    (enough && gain > 1e-6).then_some(gain)
}

fn of_numbers(bins: &[Sum], thresholds: &[f32], sum: Sum) -> Option<(f64, Rule)> {
    let mut best: Option<(f64, Rule)> = None;
    let mut left = Sum::default();
    for (bin, (part, &threshold)) in bins.iter().zip(thresholds).enumerate() {
        left += *part;
        if let Some(gain) = gain(left, sum, LEAST, PENALTY)
            && best.is_none_or(|(best, _)| gain > best)
        {
            best = Some((gain, Rule::UpTo(bin as u8, threshold)));
        }
    }
    best
}

/// Sets of classes in the order of their mean step are enough to look at (Fisher, *On grouping for
/// maximum homogeneity*, 1958).
fn of_classes(bins: &[Sum], sum: Sum) -> Option<(f64, Rule)> {
    let step = |class: usize| bins[class].gradient / (bins[class].curvature + SET_PENALTY);
    let mut order: Vec<usize> =
        (0..bins.len()).filter(|&class| bins[class].rows >= LEAST_IN_CLASS).collect();
    order.sort_by(|&a, &b| step(a).total_cmp(&step(b)));
    let mut best: Option<(f64, Rule)> = None;
    for backward in [false, true] {
        if backward {
            order.reverse();
        }
        let (mut left, mut set) = (Sum::default(), 0_u64);
        for &class in order.iter().take(SET) {
            left += bins[class];
            set |= 1 << class;
            if let Some(gain) = gain(left, sum, LEAST_IN_SET, SET_PENALTY)
                && best.is_none_or(|(best, _)| gain > best)
            {
                best = Some((gain, Rule::In(set)));
            }
        }
    }
    best
}
