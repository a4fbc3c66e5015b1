//! Prints a document: `cargo run -p renkei-sample --example write_sample -- SEED FISCAL_YEAR`.

use renkei_sample::{Settings, document};

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse::<i16>().ok());
    let seed = numbers.next().unwrap_or(1).unsigned_abs().into();
    print!("{}", document(&Settings::usual(seed, numbers.next().unwrap_or(2026))));
}
