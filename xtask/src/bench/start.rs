//! From a cold start to the first answer, and the memory in use when nothing happens.

use super::server::{Server, free_address};
use super::{Bench, Line, Measured};
use crate::run::program;

pub fn start(bench: &Bench) -> Measured {
    let renkei = bench.renkei()?;
    let mut fastest = f64::MAX;
    let mut memory = 0.0_f64;
    for _ in 0..3 {
        let address = free_address()?;
        let mut serve = program(&renkei, &["serve", "--data", &bench.data(), "--listen", &address]);
        let server = Server::start(&mut serve, address)?;
        fastest = fastest.min(server.first_answer.as_secs_f64());
        memory = memory.max(server.memory().unwrap_or_default());
    }
    Ok(Line {
        ours: format!("{:.0} ms, {memory:.0} MiB", fastest * 1e3),
        reference: "200 ms, 64 MiB".to_owned(),
        ratio: format!("{:.2}", fastest / 0.2),
    })
}
