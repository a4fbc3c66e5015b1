//! Plans: wordings, sharing, carrying over.

mod carrying;
mod sharing;
mod wordings;
