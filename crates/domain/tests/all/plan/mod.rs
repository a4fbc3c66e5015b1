//! Tests of plans: wordings, sharing of memory between states, and carrying over.

mod carrying;
mod sharing;
mod wordings;
