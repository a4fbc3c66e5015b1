//! Measures the import of a document within the process: prints the best and the median of many runs, in milliseconds.
//! `cargo run --release -p renkei-sample --example measure_import [FILE]`; without a file, it imports the sample.

use std::time::Instant;

use renkei_sample::{Settings, document};

const TIMES: usize = 41;

fn main() -> Result<(), String> {
    let bytes = match std::env::args().nth(1) {
        Some(file) => std::fs::read(&file).map_err(|error| format!("{file}: {error}"))?,
        None => document(&Settings::usual(1, 2026)).into_bytes(),
    };
    let mut times: Vec<f64> = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let start = Instant::now();
        let imported = renkei_import::read(&bytes).map_err(|error| format!("{error:?}"))?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
        std::hint::black_box(imported);
    }
    times.sort_by(f64::total_cmp);
    println!("best {:.2} median {:.2}", times[0], times[TIMES / 2]);
    Ok(())
}
