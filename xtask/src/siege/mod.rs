//! `cargo xtask siege` — a load test (siege): one party works while strangers and the other party attack the server.
//!
//! The real binary serves the invented city on the loopback address. Two people of the bureau read and save: first
//! without an attack, then during each attack alone, then during all attacks together. The attacks come from several
//! addresses of this machine. They run on one core, so that the server can use the other cores.
//!
//! These conditions must be met: no request of the bureau is refused, the bureau can read and save all the time, and
//! memory stays below 512 MB. In addition, the p99 of reads and saves is compared with the p99 of the same run without
//! an attack.

mod storm;
mod victim;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use storm::{ATTACKS, Storm};
use victim::{Bureau, Worked};

use crate::bench::edits::{PASSWORD, draft_of};
use crate::bench::server::{Server, free_address, memory};
use crate::bench::times::Times;
use crate::run::{Outcome, program, target_directory};

const SECONDS: u64 = 300;
/// Length of the siege in `cargo xtask test`.
const SECONDS_OF_A_MOMENT: u64 = 20;
const MOST_MEMORY: f64 = 512.0;
/// In short sieges, the unoptimised build of the tests needed 420 to 580 MiB. A short siege only checks that memory is
/// bounded; the long siege checks the exact limit.
const MOST_MEMORY_OF_A_SHORT_ONE: f64 = 1024.0;
const MOST_TIMES_SLOWER: u32 = 5;
/// A phase of a short siege has some ten requests, so its p99 is the slowest of them. One took 8.8 s without
/// optimisation, on two cores shared by four builds and the attacks. Therefore a short siege only requires an answer
/// within half a minute; `Client` waits no longer and counts a refusal. A short siege prints the ratio to the calm
/// phase; only the long siege checks it.
const FLOOR_OF_A_SHORT_ONE: Duration = Duration::from_secs(30);
const SHORT: u64 = 120;

/// The measurements of one phase.
struct Phase {
    name: &'static str,
    worked: Worked,
    /// Number of actions of the attackers.
    deeds: u64,
    memory: f64,
}

/// Runs a siege of five minutes, or of the given number of seconds.
pub fn siege(arguments: &[String]) -> Outcome {
    let seconds = match arguments {
        [] => SECONDS,
        [name, seconds] if name == "--seconds" => seconds.parse().map_err(|_| format!("no number: {seconds}"))?,
        _ => return Err("takes --seconds N".to_owned()),
    };
    hold(&binary(), seconds)
}

/// Runs the siege of five minutes against this binary.
pub fn of_binary(node: &Path) -> Outcome {
    hold(node, SECONDS)
}

/// Runs a short siege against the binary that the tests have built.
pub fn of_a_moment() -> Outcome {
    println!("$ cargo xtask siege --seconds {SECONDS_OF_A_MOMENT}");
    hold(&binary(), SECONDS_OF_A_MOMENT)
}

/// Returns the path of the binary that the environment names; otherwise, of the binary that the tests run.
fn binary() -> PathBuf {
    let built = || target_directory().join("debug/renkei");
    std::env::var_os("RENKEI_BIN").map_or_else(built, PathBuf::from)
}

fn hold(node: &Path, seconds: u64) -> Outcome {
    let folder = target_directory().join("siege");
    let _absent_at_first = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let address = free_address()?;
    let server = start(node, &folder.join("data").display().to_string(), &address)?;
    let city = draft_of(&address, storm::SECRETARIAT)?;
    let storm = Storm::prepare(&address, city)?;
    let mut bureau = Bureau::prepare(&address)?;
    let length = Duration::from_secs(seconds) / (ATTACKS.len() as u32 + 2);
    let calm = phase("nothing else", &[], &storm, &server, length, |end| bureau.work(end))?;
    println!("\n{}", headings());
    println!("{}", calm.line());
    let mut phases = Vec::new();
    let each = ATTACKS.iter().map(|attack| (attack.name, std::slice::from_ref(attack)));
    for (name, attacks) in each.chain([("all together", &ATTACKS[..])]) {
        let phase = phase(name, attacks, &storm, &server, length, |end| bureau.work(end))?;
        println!("{}", phase.line());
        phases.push(phase);
    }
    drop(server);
    let (floor, most_memory) = match seconds < SHORT {
        true => (FLOOR_OF_A_SHORT_ONE, MOST_MEMORY_OF_A_SHORT_ONE),
        false => (Duration::ZERO, MOST_MEMORY),
    };
    let faults: Vec<String> = phases.iter().flat_map(|phase| phase.faults(&calm, floor, most_memory)).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n  ")) }
}

/// Starts a node with people of both parties.
fn start(node: &Path, data: &str, address: &str) -> Result<Server, String> {
    if !node.exists() {
        return Err(format!("{} is not there: `cargo test --workspace --no-run` builds it", node.display()));
    }
    let node = node.display().to_string();
    let words = ["demo", "--sign-in", "--password", PASSWORD, "--data", data, "--listen", address];
    // One process loads the city and prints its first edition. A second process is attacked, so that its memory
    // includes only serving.
    drop(Server::start_at(&mut program(&node, &words), address.to_owned(), "/sign-in")?);
    let words = ["serve", "--data", data, "--listen", address];
    Server::start_at(&mut program(&node, &words), address.to_owned(), "/sign-in")
}

/// Runs attacks while `work` runs; `work` must end at the time that it gets as an argument.
fn phase(
    name: &'static str,
    attacks: &[storm::Attack],
    storm: &Storm,
    server: &Server,
    length: Duration,
    work: impl FnOnce(Instant) -> Result<Worked, String>,
) -> Result<Phase, String> {
    let (ended, deeds) = (AtomicBool::new(false), AtomicU64::new(0));
    let worked = std::thread::scope(|scope| {
        scope.spawn(|| storm.rage(attacks, &ended, &deeds));
        let worked = work(Instant::now() + length);
        ended.store(true, Ordering::Relaxed);
        worked
    })?;
    let memory = memory(server.process(), "VmHWM:").ok_or("the server is gone")?;
    Ok(Phase { name, worked, deeds: deeds.into_inner(), memory })
}

fn headings() -> String {
    format!(
        "{:<24} {:>24} {:>24} {:>9} {:>9} {:>9}",
        "while", "reads p50/p99 ms (n)", "saves p50/p99 ms (n)", "refused", "attacks", "peak MiB"
    )
}

impl Phase {
    fn line(&self) -> String {
        let told = |times: &Times| format!("{:.1}/{:.1} ({})", times.at(50), times.at(99), times.count());
        let (reads, saves) = (told(&self.worked.reads), told(&self.worked.saves));
        let refused = self.worked.refused.len();
        format!("{:<24} {reads:>24} {saves:>24} {refused:>9} {:>9} {:>9.0}", self.name, self.deeds, self.memory)
    }

    /// Returns a sentence for each condition that this phase did not meet.
    fn faults(&self, calm: &Self, floor: Duration, most_memory: f64) -> Vec<String> {
        let (name, mut faults) = (self.name, Vec::new());
        if let Some(first) = self.worked.refused.first() {
            faults
                .push(format!("{name}: {} of the bureau were refused, the first: {first}", self.worked.refused.len()));
        }
        if self.deeds == 0 {
            faults.push(format!("{name}: nothing was done against the server, so that nothing is shown by it"));
        }
        if self.memory > most_memory {
            faults.push(format!("{name}: the server took {:.0} MiB, and may take {most_memory}", self.memory));
        }
        let pairs =
            [("read", &self.worked.reads, &calm.worked.reads), ("save", &self.worked.saves, &calm.worked.saves)];
        for (what, now, before) in pairs {
            if now.count() == 0 {
                faults.push(format!("{name}: nobody of the bureau could {what} anything"));
            }
            let most = (before.at(99) * f64::from(MOST_TIMES_SLOWER)).max(floor.as_secs_f64() * 1000.0);
            if now.at(99) > most {
                faults.push(format!("{name}: p99 of a {what} is {:.0} ms, and may be {most:.0} ms", now.at(99)));
            }
        }
        faults
    }
}
