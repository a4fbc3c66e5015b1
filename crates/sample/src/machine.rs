//! Helpers for tests: those that need something that the machine may lack, and those that repeat as often as asked.

use std::fmt::Display;

/// Reports that a test cannot run here, and why. Panics in CI, because the machine that checks changes must run every
/// test.
///
/// # Panics
/// If the environment variable `CI` is set.
pub fn skip_or_fail_in_ci(why: impl Display) {
    assert!(std::env::var_os("CI").is_none(), "cannot be skipped in CI: {why}");
    println!("skipped: {why}");
}

/// Returns how many times a random test repeats: once, or as often as `cargo xtask long` asks.
pub fn times() -> u32 {
    std::env::var("RENKEI_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}
