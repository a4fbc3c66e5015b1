//! `cargo xtask test` — runs all checks, fast checks first. The last lines of the output are printed by the test
//! runners.

use std::time::Instant;

use crate::install;
use crate::run::{Outcome, cargo, program, root, run, target_directory};
use crate::siege;
use crate::timed;

pub fn test(arguments: &[String]) -> Outcome {
    if !arguments.is_empty() {
        return Err("takes no arguments; for a part of the tests: cargo test -p CRATE NAME".to_owned());
    }
    // Install packages while the code compiles, because installing mostly waits for the network.
    let installing = std::thread::spawn(|| {
        install::debian_packages(&install::FOR_TESTS);
        install::npm_packages()
    });
    let mut steps = Steps::default();
    steps.take("format", || run(&mut cargo(&["fmt", "--all", "--check"])));
    let clippy = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"];
    steps.take("clippy", || run(&mut cargo(&clippy)));
    // This also builds `renkei`. Building only that package would compile typst again, with other features of its
    // dependencies.
    steps.take("build", timed::build);
    let has_browser_tests = installing.join().unwrap_or(false);
    steps.take("tests", timed::tests);
    steps.take("documentation", || run(&mut cargo(&["test", "--workspace", "--no-fail-fast", "--doc"])));
    steps.take("siege", siege::of_a_moment);
    if has_browser_tests {
        let mut browser = program("npm", &["test", "--silent"]);
        let node = target_directory().join("debug/renkei");
        steps.take("browser", || run(browser.current_dir(root().join("tests/browser")).env("RENKEI_BIN", node)));
    } else if root().join("tests/browser/package.json").exists() {
        steps.take("browser", || Err("the browser tests could not run".to_owned()));
    }
    steps.end()
}

/// The results of the steps so far. A step runs even if an earlier step failed, so that one run reports all failures.
#[derive(Default)]
struct Steps {
    failures: Vec<String>,
    seconds: Vec<String>,
}

impl Steps {
    fn take(&mut self, name: &str, step: impl FnOnce() -> Outcome) {
        let began = Instant::now();
        self.failures.extend(step().err());
        self.seconds.push(format!("{name} {} s", began.elapsed().as_secs()));
    }

    fn end(self) -> Outcome {
        println!("\nseconds: {}", self.seconds.join(", "));
        if self.failures.is_empty() { Ok(()) } else { Err(self.failures.join("\n  ")) }
    }
}
