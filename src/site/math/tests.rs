//! Which formulas are found, what becomes of them, and what bounds hold.

mod find;
mod fuzz;
mod output;

/// A formula on each line.
const FORMULAS: &str = include_str!("formulas.txt");
