//! Collects text to which no rule applies. The text is kept and reported, with one finding for neighbouring lines.

use renkei_document::finding::{Finding, Notice, Place};

/// Maximum number of lines in one finding.
const RUN: usize = 50;

/// Lines to which no rule applies.
#[derive(Debug, Default)]
pub struct Unread(Vec<(u32, String)>);

impl Unread {
    pub fn line(&mut self, line: u32, text: &str) {
        if !text.trim().is_empty() {
            self.0.push((line, text.trim().to_owned()));
        }
    }

    /// Returns the findings; neighbouring lines share one.
    pub fn findings(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|(line, _)| *line);
        let mut runs: Vec<Vec<(u32, String)>> = Vec::new();
        for entry in self.0 {
            match runs.last_mut() {
                Some(run) if run.len() < RUN && run.last().is_some_and(|last| entry.0 <= last.0 + 2) => run.push(entry),
                _ => runs.push(vec![entry]),
            }
        }
        runs.into_iter().map(finding).collect()
    }
}

fn finding(run: Vec<(u32, String)>) -> Finding {
    let text = run.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n");
    let mut places = run.iter().map(|(line, _)| Place::line(*line));
    let first = places.next().unwrap_or(Place::whole());
    Finding::new(Notice::TextUnread { text }, first).also(places)
}
