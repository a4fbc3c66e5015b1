//! 概要 — one page for residents and employers: the work of a year in counts, in some figures of each chapter, and over
//! the years.
//!
//! It does not rank people or offices. The figures are selected by one rule, which is printed on the page; each figure
//! is printed with its as-of date and its scope. [`summary_html`] and [`summary_pdf`] show the same
//! [`Summary`](content::Summary); each chart has a table of the same numbers.

mod bars;
mod chosen;
mod content;
mod page;
mod paper;
mod trends;
mod words;

pub use page::summary_html;
pub use paper::summary_pdf;
