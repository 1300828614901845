//! The order of the stages.
mod parallel;
pub use parallel::for_each_in_order;
