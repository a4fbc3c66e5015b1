//! Measures the time from a cold start to the first answer, and the memory of an idle server.

use super::figures::{Figure, Limit};
use super::prepared::{Bench, Measured};
use super::server::{Server, free_address};
use crate::run::program;

pub fn start(bench: &Bench) -> Measured {
    let node = bench.node()?;
    let address = free_address()?;
    let mut serve = program(&node, &["serve", "--data", &bench.data(), "--listen", &address]);
    let server = Server::start(&mut serve, address)?;
    let memory = server.memory().ok_or("the server is gone")?;
    Ok(vec![
        Figure::less("cold start", "ms", server.first_answer.as_secs_f64() * 1e3).within(Limit::Value(200.0)),
        Figure::less("memory at rest", "MiB", memory).within(Limit::Value(64.0)),
    ])
}
