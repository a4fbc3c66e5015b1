//! Runs the tests of the workspace, measures each, and lists the slowest at the end.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::run::{Outcome, cargo, run};

const SLOWEST: usize = 10;

/// Builds the programs that [`tests`] runs.
pub fn build() -> Outcome {
    let words = ["test", "--workspace", "--lib", "--bins", "--tests", "--no-run", "--quiet"];
    run(&mut cargo(&words))
}

/// Runs all tests except those of the documentation, whose runner reports no times.
///
/// The test runner reports times only with a nightly compiler or if `RUSTC_BOOTSTRAP` is set. Only the test programs
/// get the variable, because it would change what the compiler builds.
pub fn tests() -> Outcome {
    let runner = r#"target.'cfg(unix)'.runner=["env","RUSTC_BOOTSTRAP=1"]"#;
    let arguments = ["test", "--workspace", "--no-fail-fast", "--lib", "--bins", "--tests", "--config", runner];
    let mut command = cargo(&arguments);
    command.args(["--", "-Z", "unstable-options", "--report-time"]).stdout(Stdio::piped());
    println!("$ cargo test --workspace --no-fail-fast --lib --bins --tests");
    let mut running = command.spawn().map_err(|error| format!("the tests did not start: {error}"))?;
    let mut taken = Vec::new();
    if let Some(told) = running.stdout.take() {
        for line in BufReader::new(told).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            taken.extend(time_of(&line));
        }
    }
    taken.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    println!("\nThe {SLOWEST} slowest tests:");
    for (seconds, name) in taken.iter().take(SLOWEST) {
        println!("{seconds:>8.1} s  {name}");
    }
    match running.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("the tests ended with {status}")),
        Err(error) => Err(format!("the tests did not end: {error}")),
    }
}

/// Returns the seconds and the name in `test slice::name ... ok <1.234s>`.
fn time_of(line: &str) -> Option<(f64, String)> {
    let (name, told) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let seconds = told.rsplit_once('<')?.1.strip_suffix("s>")?.parse().ok()?;
    Some((seconds, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::time_of;

    #[test]
    fn the_seconds_of_a_test_are_read_from_its_line() {
        assert_eq!(time_of("test plan::drafts::saved ... ok <1.250s>"), Some((1.25, "plan::drafts::saved".to_owned())));
        assert_eq!(time_of("test a ... FAILED <0.001s>"), Some((0.001, "a".to_owned())));
        assert_eq!(time_of("test a ... ok"), None);
        assert_eq!(time_of("test result: ok. 2 passed; 0 failed"), None);
    }
}
