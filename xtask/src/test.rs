//! `cargo xtask test` — runs all checks, the fast ones first. The last lines of its output come from the test runners.

use crate::install;
use crate::run::{Outcome, cargo, program, root, run, target_directory};
use crate::siege;
use crate::timed;

pub fn test(arguments: &[String]) -> Outcome {
    if !arguments.is_empty() {
        return Err("takes no arguments; for a part of the tests: cargo test -p CRATE NAME".to_owned());
    }
    install::debian_packages(&install::FOR_TESTS);
    let has_browser_tests = install::npm_packages();
    // A later step runs even if an earlier one failed: one run reports all failures.
    let mut failures = Vec::new();
    let mut step = |outcome: Outcome| failures.extend(outcome.err());
    step(run(&mut cargo(&["fmt", "--all", "--check"])));
    step(run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"])));
    // Builds `renkei` too: building that package alone would compile typst again, with other features of its
    // dependencies.
    step(timed::tests());
    step(run(&mut cargo(&["test", "--workspace", "--no-fail-fast", "--doc"])));
    step(siege::of_a_moment());
    if has_browser_tests {
        let mut browser = program("npm", &["test", "--silent"]);
        let node = target_directory().join("debug/renkei");
        step(run(browser.current_dir(root().join("tests/browser")).env("RENKEI_BIN", node)));
    } else if root().join("tests/browser/package.json").exists() {
        step(Err("the browser tests could not run".to_owned()));
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n  ")) }
}
