//! `cargo xtask test` — all that must hold, the fast first. The last lines are the test runners' own.

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
    // A later step runs even where an earlier one failed: one run tells all.
    let mut failures = Vec::new();
    let mut step = |outcome: Outcome| failures.extend(outcome.err());
    step(run(&mut cargo(&["fmt", "--all", "--check"])));
    step(run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"])));
    // Builds `renkei` too: a build of that package alone would compile typst once more, with other features of what it uses.
    step(timed::tests());
    step(run(&mut cargo(&["test", "--workspace", "--no-fail-fast", "--doc"])));
    step(siege::of_a_moment());
    if has_browser_tests {
        let mut browser = program("npm", &["test", "--silent"]);
        let renkei = target_directory().join("debug/renkei");
        step(run(browser.current_dir(root().join("tests/browser")).env("RENKEI_BIN", renkei)));
    } else if root().join("tests/browser/package.json").exists() {
        step(Err("the browser tests could not run".to_owned()));
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n  ")) }
}
