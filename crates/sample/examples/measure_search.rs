//! Measures substring search in 40,000 texts. `measure_search FILE` writes the texts to the file, one per line. For
//! each word, it prints the number of hits and the median time in milliseconds.

use std::time::Instant;

use renkei_document::search::SearchIndex;
use renkei_sample::{Settings, document_with_truth};

const TEXTS: usize = 40_000;
const TIMES: usize = 51;

/// Words of one, two and more characters; one of them does not occur in any text.
const WORDS: [&str; 6] = ["若者", "窓口", "病", "外国人", "支給決定件数", "竜宮"];

fn main() -> Result<(), String> {
    let file = std::env::args().nth(1).ok_or("usage: measure_search FILE")?;
    let texts = texts();
    std::fs::write(&file, texts.join("\n") + "\n").map_err(|error| format!("{file}: {error}"))?;
    let mut index = SearchIndex::default();
    for text in &texts {
        index.add(text);
    }
    for word in WORDS {
        let mut times: Vec<f64> = Vec::with_capacity(TIMES);
        let mut hits = 0;
        for _ in 0..TIMES {
            let start = Instant::now();
            hits = std::hint::black_box(index.find(word)).len();
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        println!("{word} {hits} {:.4}", times[TIMES / 2]);
    }
    Ok(())
}

/// Returns the rows of many invented cities.
fn texts() -> Vec<String> {
    let documents = (0..).map(|seed| document_with_truth(&Settings::usual(seed, 2015)).1);
    let rows = documents.flat_map(|truth| truth.rows);
    rows.map(|row| format!("{} {}", row.text, row.items.join(" "))).take(TEXTS).collect()
}
