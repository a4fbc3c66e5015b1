//! Feeds mutated documents to the import for the given time: `cargo xtask fuzz --seconds 600`.
//!
//! Each round imports three files: the sample cut at another byte, the sample with a mutated text, and a mutated
//! workbook or Word file. In the office file, either a part is changed before it is packed, or the packed bytes are
//! changed. If the import panics or takes too long, the input is saved to a file and the run ends.

mod office;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use renkei_sample::{Settings, document};

/// Time limit of one import. A document of this size needs far less.
const TOO_LONG: Duration = Duration::from_secs(2);

/// Pieces of text that often cause errors in readers: parts of tables, tags, lists, dates and encodings.
const PIECES: [&str; 30] = [
    "\t",
    "\n",
    "\r\n",
    "\t\t\t",
    "①",
    "㊿",
    "・",
    "（",
    "）",
    "「",
    "<p>",
    "</ul>",
    "<ul style=\"",
    "|",
    "---",
    "R8.1月末",
    "令和元年度",
    "第3",
    "(8)",
    "\u{3000}",
    "\u{feff}",
    "１，３０４件",
    "99999999999999999999999件",
    "実績なし",
    "<c r=\"XFD1048576\" t=\"s\"><v>4294967295</v></c>",
    "<row r=\"0\" hidden=\"1\">",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "\" ",
    "/>",
    "&#x0;&bomb;",
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let seconds = words.windows(2).find(|pair| pair[0] == "--seconds").and_then(|pair| pair[1].parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(60));
    let samples: Vec<Vec<u8>> = (0..8).map(|seed| document(&Settings::usual(seed, 2026)).into_bytes()).collect();
    let mut chance = ChaCha8Rng::seed_from_u64(std::process::id().into());
    let (mut cuts, mut mutations) = (0, 0);
    while Instant::now() < end {
        // The position of the cut changes by a fixed step. The step is chosen so that every length occurs once before
        // any length is repeated.
        let cut = (cuts * 7919) % (samples[0].len() + 1);
        cuts += 1;
        let sample = &samples[below(&mut chance, samples.len())];
        mutations += 1;
        let package = office_file(sample, &mut chance);
        for input in [samples[0][..cut].to_vec(), mutated(sample, &mut chance), package] {
            if let Err(reason) = read(&input) {
                let file = std::env::temp_dir().join(format!("renkei-fuzz-{}.txt", std::process::id()));
                let kept = std::fs::write(&file, &input).map(|()| file.display().to_string());
                eprintln!("{reason}; the input: {}", kept.unwrap_or_else(|error| error.to_string()));
                return ExitCode::FAILURE;
            }
        }
    }
    println!("{cuts} cuts of {} bytes, {mutations} mutations: no panic", samples[0].len());
    ExitCode::SUCCESS
}

/// Returns the sample as an office file with one of its parts changed, or with the bytes of the package changed.
fn office_file(sample: &[u8], chance: &mut ChaCha8Rng) -> Vec<u8> {
    let text = String::from_utf8_lossy(sample);
    let mut parts = if below(chance, 2) == 0 { office::workbook(&text) } else { office::document(&text) };
    if below(chance, 4) == 0 {
        return mutated(&office::zipped(&parts), chance);
    }
    let part = below(chance, parts.len());
    parts[part].1 = mutated(&parts[part].1, chance);
    office::zipped(&parts)
}

fn read(input: &[u8]) -> Result<(), String> {
    let start = Instant::now();
    // An unreadable document is a valid result; only a panic is a fault.
    let answer = std::panic::catch_unwind(|| {
        renkei_import::machine_readable::machine_readable("a.csv", input).is_ok() | renkei_import::read(input).is_ok()
    });
    match answer {
        Err(_) => Err("the import panicked".to_owned()),
        Ok(_) if start.elapsed() > TOO_LONG => Err(format!("the import took {:?}", start.elapsed())),
        Ok(_) => Ok(()),
    }
}

fn mutated(sample: &[u8], chance: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for _ in 0..=below(chance, 20) {
        let at = below(chance, bytes.len().max(1)).min(bytes.len());
        let to = (at + below(chance, 400)).min(bytes.len());
        match below(chance, 7) {
            0 => drop(bytes.splice(at..at, PIECES[below(chance, PIECES.len())].bytes())),
            1 => drop(bytes.splice(at..to, [])),
            2 => drop(bytes.splice(at..at, bytes[at..to].to_vec())),
            3 => bytes[at..to].reverse(),
            4 => bytes[at..to].iter_mut().take(3).for_each(|byte| *byte = (chance.next_u64() & 0xff) as u8),
            5 => drop(bytes.splice(at..at, PIECES[below(chance, PIECES.len())].repeat(200).into_bytes())),
            _ => lines_swapped(&mut bytes, chance),
        }
    }
    bytes
}

fn lines_swapped(bytes: &mut Vec<u8>, chance: &mut ChaCha8Rng) {
    let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (one, other) = (below(chance, lines.len()), below(chance, lines.len()));
    lines.swap(one, other);
    *bytes = lines.join(&b'\n');
}

fn below(chance: &mut ChaCha8Rng, length: usize) -> usize {
    usize::try_from(chance.next_u64() % length.max(1) as u64).unwrap_or_default()
}
