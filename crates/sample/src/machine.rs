//! What tests need of the machine they run on.

use std::fmt::Display;

/// Says that a test cannot run here, and why. Where `CI` is set the test fails: a machine that decides over a change lacks nothing.
///
/// # Panics
/// If the environment variable `CI` is set.
pub fn skip_or_fail_in_ci(why: impl Display) {
    assert!(std::env::var_os("CI").is_none(), "cannot be skipped in CI: {why}");
    println!("skipped: {why}");
}
