//! Removes running heads and page numbers: lines that are at the same place on most pages.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::pdf::lines::{self, Line};
use crate::pdf::marks::{Area, Glyph, PageMarks};
use crate::pdf::page::{Page, Piece};

/// Height of the zones at head and foot that contain running lines, as a fraction of the page.
const MARGIN: f64 = 0.14;

/// Maximum number of characters that are searched for page numbers at head and foot.
const MAX_IN_ZONE: usize = 2_000;

/// The text of a line, whether one of its numbers is replaced by its difference from the page number, and the position
/// of the line.
type Key = (String, bool, i64);

/// Removes running heads, feet and page numbers.
pub fn remove(pages: &mut [Page]) {
    let mut seen: HashMap<Key, usize> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        for (text, counts, place) in candidates(page).iter().flat_map(|at| keys(page, *at, number)) {
            for near in -1..=1 {
                *seen.entry((text.clone(), counts, place + near)).or_default() += 1;
            }
        }
    }
    let many = pages.len() / 2;
    let is_running = |key: Key| {
        let least = if key.1 { many.clamp(2, 20) } else { many.clamp(3, 20) };
        seen.get(&key).is_some_and(|times| *times >= least)
    };
    for (number, page) in pages.iter_mut().enumerate() {
        let mut running = candidates(page);
        running.retain(|at| keys(page, *at, number).into_iter().any(is_running));
        let mut at = 0;
        page.pieces.retain(|_| {
            at += 1;
            !running.contains(&(at - 1))
        });
    }
}

/// Removes page numbers that are alone on their line. This is done before tables are searched for, because the frame of
/// a table may extend over a page number.
pub fn remove_numbers(pages: &mut [PageMarks]) {
    let found: Vec<Vec<(i64, Area)>> = (0i64..).zip(pages.iter()).map(|(number, page)| numbers(page, number)).collect();
    let mut seen: HashMap<i64, usize> = HashMap::new();
    for (offset, _) in found.iter().flatten() {
        *seen.entry(*offset).or_default() += 1;
    }
    let Some((offset, times)) = seen.into_iter().max_by_key(|(offset, times)| (*times, -offset.abs())) else { return };
    if times < (pages.len() / 2).clamp(2, 20) {
        return;
    }
    for (page, found) in pages.iter_mut().zip(found) {
        for (_, area) in found.iter().filter(|(own, _)| *own == offset) {
            page.glyphs.retain(|glyph| !area.holds(glyph.area.middle()));
        }
    }
}

/// Returns the lines at head and foot that contain only a number: the difference between the number and the page index,
/// and the area of the line.
fn numbers(page: &PageMarks, number: i64) -> Vec<(i64, Area)> {
    let in_zone = |glyph: &&Glyph| {
        let (_, y) = glyph.area.middle();
        y < page.height * 0.1 || y > page.height * 0.9
    };
    let zone: Vec<Glyph> = page.glyphs.iter().filter(in_zone).take(MAX_IN_ZONE).cloned().collect();
    let value = |line: &Line| {
        let text: String = line.text().nfkc().filter(|c| !c.is_whitespace()).collect();
        let bare = text.trim_matches(|c: char| "-‐–—―−ー()[]<>".contains(c));
        let bare = bare.trim_end_matches("ページ").trim_end_matches('頁').trim_start_matches("P.");
        let counted = bare.split(['/', '／']).next().unwrap_or(bare);
        counted.parse::<i64>().ok().filter(|value| (0..10_000).contains(value))
    };
    lines::of(zone).iter().filter_map(|line| Some((value(line)? - number, line.area))).collect()
}

/// Returns the indexes of the lines at head and foot of a page, up to three on each side.
fn candidates(page: &Page) -> Vec<usize> {
    let is_line = |at: &usize| matches!(page.pieces[*at], Piece::Line(_));
    let is_outside = |at: &usize| {
        let area = page.pieces[*at].area();
        area.bottom < page.height * MARGIN || area.top > page.height * (1.0 - MARGIN)
    };
    let head = (0..page.pieces.len()).take(3).take_while(is_line);
    let foot = (0..page.pieces.len()).rev().take(3).take_while(is_line);
    let mut all: Vec<usize> = head.chain(foot).filter(is_outside).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Returns the keys of a line for comparison with other pages: its text and, for each number in it, the text with
/// that number replaced by its difference from the page number.
fn keys(page: &Page, at: usize, number: usize) -> Vec<Key> {
    let Piece::Line(line) = &page.pieces[at] else { return Vec::new() };
    let text: String = line.text().nfkc().filter(|c| !c.is_whitespace()).collect();
    if text.len() > 300 {
        return Vec::new();
    }
    let place = (line.baseline / 3.0).round() as i64;
    let mut keys = vec![(text.clone(), false, place)];
    let mut start = 0;
    while let Some(found) = text[start..].find(|c: char| c.is_ascii_digit()) {
        let from = start + found;
        let to = text[from..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |len| from + len);
        if let Ok(value) = text[from..to].parse::<i64>() {
            let counted = format!("{}#{}{}", &text[..from], value - number as i64, &text[to..]);
            keys.push((counted, true, place));
        }
        start = to;
    }
    keys
}
