//! 試し刷り — prints a renkei-document JSON for inspection: `print DOCUMENT.json OUT.pdf OUT.html`. Reports the time it
//! took.

use std::time::Instant;

use renkei_document::document::Document;
use renkei_publish::{Press, html, pdf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [document, out @ ..] = arguments.as_slice() else {
        return Err("print DOCUMENT.json OUT.pdf [OUT.html]".into());
    };
    let mut report: Document = serde_json::from_str(&std::fs::read_to_string(document)?)?;
    let start = Instant::now();
    let press = Press::find()?;
    let found = start.elapsed();
    let first = pdf(&report, &press)?;
    let printed = start.elapsed() - found;
    println!("after the first print: {}", peak_memory());
    if let [to_pdf, rest @ ..] = out {
        std::fs::write(to_pdf, &first)?;
        rest.first().map_or(Ok(()), |to_html| std::fs::write(to_html, html(&report)))?;
    }
    let edited = report
        .plans
        .last_mut()
        .and_then(|plan| plan.chapters.first_mut()?.sections.first_mut()?.initiatives.first_mut());
    edited.ok_or("no row to edit")?.text.push_str("（追記）");
    let start = Instant::now();
    let second = pdf(&report, &press)?;
    println!("fonts {found:?}, first print {printed:?}, after an edit {:?}", start.elapsed());
    println!("{} bytes, then {} bytes", first.len(), second.len());
    Ok(())
}

/// Returns the peak memory of this process, if the system reports it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown").replace('\t', " ")
}
