//! Characters → lines, by their positions.

use crate::pdf::characters::is_wide;
use crate::pdf::marks::{Area, Glyph};

/// Maximum number of lines of a page on which small raised letters are searched for.
const MAX_LINES: usize = 2_000;

/// Characters on one baseline, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub glyphs: Vec<Glyph>,
    /// The box around its visible characters.
    pub area: Area,
    pub baseline: f64,
    /// The size of most of its letters.
    pub size: f64,
    /// The rightmost position that the line could reach.
    pub right: f64,
    /// Page number, from 1.
    pub page: u32,
    /// Whether the program that made the file begins lines with any character (see `body::is_loose`).
    pub is_loose: bool,
}

/// Returns the lines of the characters, from top to bottom. Each column of vertical text becomes one line, from right
/// to left.
pub fn of(glyphs: Vec<Glyph>) -> Vec<Line> {
    let glyphs = upright(glyphs);
    if is_vertical(&glyphs) {
        return columns(glyphs);
    }
    let lines = by_baseline(glyphs);
    let mut lines = with_raised(lines);
    lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.area.left.total_cmp(&b.area.left)));
    lines
}

impl Line {
    fn new(mut glyphs: Vec<Glyph>) -> Option<Self> {
        glyphs.sort_by(|a, b| a.area.left.total_cmp(&b.area.left));
        without_doubles(&mut glyphs);
        Self::in_order(glyphs)
    }

    fn in_order(glyphs: Vec<Glyph>) -> Option<Self> {
        let seen = glyphs.iter().filter(|glyph| !glyph.is_blank());
        let area = seen.clone().map(|glyph| glyph.area).reduce(|a, b| a.with(&b))?;
        let mut sizes: Vec<(f64, f64)> = seen.map(|glyph| (glyph.size, glyph.baseline)).collect();
        sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (size, baseline) = sizes[sizes.len() / 2];
        Some(Self { glyphs, area, baseline, size, right: area.right, page: 1, is_loose: false })
    }

    /// Returns the text of the line, with a blank wherever a blank is drawn or a gap is as wide as a blank.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut before: Option<&Glyph> = None;
        for glyph in &self.glyphs {
            if let Some(before) = before
                && !before.is_blank()
                && !glyph.is_blank()
                && is_gap(before, glyph)
            {
                text.push(' ');
            }
            text.push_str(&glyph.text);
            before = Some(glyph);
        }
        text.trim().to_owned()
    }

    pub fn first_char(&self) -> Option<char> {
        self.glyphs.iter().filter(|glyph| !glyph.is_blank()).find_map(|glyph| glyph.text.chars().next())
    }

    pub fn last_char(&self) -> Option<char> {
        self.glyphs.iter().rev().filter(|glyph| !glyph.is_blank()).find_map(|glyph| glyph.text.chars().next_back())
    }

    pub fn ends_with_blank(&self) -> bool {
        self.glyphs.last().is_some_and(Glyph::is_blank)
    }

    /// Returns the right end of the text; a comma or full stop at the end may exceed the margin.
    pub fn reach(&self) -> f64 {
        let mut seen = self.glyphs.iter().rev().filter(|glyph| !glyph.is_blank());
        let last = seen.next().filter(|last| last.text.ends_with(['、', '。', '，', '．']));
        last.and_then(|_| seen.next()).map_or(self.area.right, |before| before.area.right)
    }

    /// Returns the widest empty space between two of its letters.
    pub fn widest_gap(&self) -> f64 {
        let seen: Vec<&Glyph> = self.glyphs.iter().filter(|glyph| !glyph.is_blank()).collect();
        seen.windows(2).map(|two| two[1].area.left - two[0].area.right).fold(0.0, f64::max)
    }
}

/// Whether the gap between two characters is as wide as a blank between words. Gaps between Japanese characters that
/// fill a line, and the usual gap of a quarter of the size before Latin letters, are not blanks.
fn is_gap(before: &Glyph, after: &Glyph) -> bool {
    let gap = after.area.left - before.area.right;
    let size = before.size.min(after.size);
    let wide = |c: Option<char>| c.is_some_and(is_wide);
    let least = match (wide(before.text.chars().next_back()), wide(after.text.chars().next())) {
        (false, false) => 0.17,
        (true, true) => 0.8,
        _ => 0.6,
    };
    gap > size * least
}

/// Turns sideways text so that it reads from left to right.
fn upright(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let seen = glyphs.iter().filter(|glyph| !glyph.is_blank());
    let turned = seen.clone().filter(|glyph| glyph.turns != 0).count();
    let turns = seen.clone().find(|glyph| glyph.turns != 0).map_or(0, |glyph| glyph.turns);
    if turned * 2 <= seen.count() {
        return glyphs;
    }
    glyphs.into_iter().map(|glyph| turned_back(glyph, turns)).collect()
}

fn turned_back(glyph: Glyph, turns: u8) -> Glyph {
    let Area { left, top, right, bottom } = glyph.area;
    let area = match turns {
        1 => Area { left: top, right: bottom, top: -right, bottom: -left },
        2 => Area { left: -right, right: -left, top: -bottom, bottom: -top },
        _ => Area { left: -bottom, right: -top, top: left, bottom: right },
    };
    Glyph { area, baseline: area.bottom - glyph.size * 0.12, turns: 0, ..glyph }
}

/// Whether each character is below the one drawn before it.
fn is_vertical(glyphs: &[Glyph]) -> bool {
    let seen: Vec<&Glyph> = glyphs.iter().filter(|glyph| !glyph.is_blank()).collect();
    let (mut below, mut beside) = (0, 0);
    for two in seen.windows(2) {
        let (dx, dy) = (two[1].area.middle().0 - two[0].area.middle().0, two[1].baseline - two[0].baseline);
        let size = two[0].size;
        below += usize::from(dx.abs() < size * 0.3 && dy > size * 0.5 && dy < size * 3.0);
        beside += usize::from(dy.abs() < size * 0.3 && dx > size * 0.2);
    }
    below >= 2 && below > beside * 3
}

/// Returns the columns of vertical text, from right to left.
fn columns(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| b.area.middle().0.total_cmp(&a.area.middle().0));
    let mut columns: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        let near = |column: &Vec<Glyph>| {
            column.first().is_some_and(|first| (first.area.middle().0 - glyph.area.middle().0).abs() < glyph.size * 0.6)
        };
        match columns.last_mut().filter(|column| near(column)) {
            Some(column) => column.push(glyph),
            None => columns.push(vec![glyph]),
        }
    }
    let sorted = |mut column: Vec<Glyph>| {
        column.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.area.left.total_cmp(&b.area.left)));
        Line::in_order(column)
    };
    columns.into_iter().filter_map(sorted).collect()
}

fn by_baseline(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut groups: Vec<(f64, Vec<Glyph>)> = Vec::new();
    for glyph in glyphs {
        match groups.last_mut().filter(|(baseline, _)| (glyph.baseline - baseline).abs() <= glyph.size * 0.2) {
            Some((_, group)) => group.push(glyph),
            None => groups.push((glyph.baseline, vec![glyph])),
        }
    }
    groups.into_iter().filter_map(|(_, group)| Line::new(group)).collect()
}

/// Adds small letters next to a line to this line (m²). Drops small kana above a line, which only state the
/// pronunciation.
fn with_raised(lines: Vec<Line>) -> Vec<Line> {
    if lines.len() > MAX_LINES {
        return lines;
    }
    let (small, mut lines): (Vec<Line>, Vec<Line>) = {
        let sizes: Vec<(f64, Area)> = lines.iter().map(|line| (line.size, line.area)).collect();
        lines.into_iter().partition(|line| sizes.iter().any(|(size, area)| is_beside(line, *size, area)))
    };
    for line in small {
        let mut rest = Vec::new();
        for glyph in line.glyphs {
            let host = lines.iter_mut().find(|host| is_raised_in(&glyph, host));
            match host {
                Some(host) => host.glyphs.push(glyph),
                None => rest.push(glyph),
            }
        }
        let is_reading = |line: &Line| {
            let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30ff}') || c.is_whitespace();
            line.glyphs.iter().all(|glyph| glyph.text.chars().all(is_kana))
                && lines.iter().any(|host| is_above(line, host))
        };
        if let Some(line) = Line::new(rest).filter(|line| !is_reading(line)) {
            lines.push(line);
        }
    }
    lines.into_iter().filter_map(|line| Line::new(line.glyphs)).collect()
}

/// Whether a line of much smaller letters is at the height of another line or directly above it.
fn is_beside(line: &Line, size: f64, area: &Area) -> bool {
    line.size < size * 0.75
        && line.area.bottom > area.top - size * 0.3
        && line.area.top < area.bottom
        && line.area.left < area.right + size
        && line.area.right > area.left - size
}

fn is_raised_in(glyph: &Glyph, host: &Line) -> bool {
    let (x, y) = glyph.area.middle();
    let near = |other: &&Glyph| other.area.left - other.size <= x && x <= other.area.right + other.size;
    let free = !host.glyphs.iter().any(|other| !other.is_blank() && other.area.left < x && x < other.area.right);
    free && y > host.area.top && y < host.area.bottom && host.glyphs.iter().any(|other| near(&other))
}

fn is_above(line: &Line, host: &Line) -> bool {
    line.size <= host.size * 0.65
        && line.baseline < host.baseline
        && line.area.bottom > host.area.top - host.size * 0.3
        && line.area.left < host.area.right
        && line.area.right > host.area.left
}

/// Removes doubled letters: some printers draw bold letters twice with a tiny offset.
fn without_doubles(glyphs: &mut Vec<Glyph>) {
    let mut single: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs.drain(..) {
        let again = single.iter().rev().take(3).any(|before| {
            before.text == glyph.text
                && (before.area.left - glyph.area.left).abs() < glyph.size * 0.15
                && (before.baseline - glyph.baseline).abs() < glyph.size * 0.1
        });
        if !again {
            single.push(glyph);
        }
    }
    *glyphs = single;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Creates letters of one size, starting at a position. Each is as wide as it is high; Latin letters are half as
    /// wide.
    fn written(left: f64, baseline: f64, size: f64, text: &str) -> Vec<Glyph> {
        let mut at = left;
        let mut glyphs = Vec::new();
        for c in text.chars() {
            let width = if is_wide(c) { size } else { size / 2.0 };
            let area =
                Area { left: at, top: baseline - size * 0.88, right: at + width, bottom: baseline + size * 0.12 };
            glyphs.push(Glyph { text: c.to_string(), area, baseline, size, seat: area.middle(), turns: 0 });
            at += width;
        }
        glyphs
    }

    #[track_caller]
    fn check(glyphs: &[Vec<Glyph>], expected: &[&str]) {
        let lines: Vec<String> = of(glyphs.concat()).iter().map(Line::text).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn characters_on_one_baseline_are_a_line() {
        check(&[written(10.0, 50.0, 10.0, "下の行"), written(10.0, 30.0, 10.0, "上の行")], &["上の行", "下の行"]);
        check(&[written(60.0, 30.0, 10.0, "後"), written(10.0, 30.5, 10.0, "先に")], &["先に 後"]);
        check(&[written(10.0, 30.0, 10.0, "同じ字"), written(10.3, 30.0, 10.0, "同じ字")], &["同じ字"]);
    }

    #[test]
    fn blanks_are_read_between_words() {
        check(&[written(10.0, 30.0, 10.0, "ab"), written(23.0, 30.0, 10.0, "cd")], &["ab cd"]);
        check(&[written(10.0, 30.0, 10.0, "支援"), written(34.0, 30.0, 10.0, "件数")], &["支援件数"]);
        check(&[written(10.0, 30.0, 10.0, "年度"), written(33.0, 30.0, 10.0, "8")], &["年度8"]);
        check(&[written(10.0, 30.0, 10.0, "趣　　旨")], &["趣　　旨"]);
        check(&[written(10.0, 30.0, 10.0, "HP を見る ")], &["HP を見る"]);
    }

    #[test]
    fn raised_letters_belong_to_their_line_and_furigana_is_dropped() {
        check(&[written(10.0, 30.0, 10.0, "5m"), written(20.0, 26.0, 5.0, "2")], &["5m2"]);
        check(&[written(10.0, 30.0, 10.0, "熟練"), written(10.0, 20.5, 5.0, "じゅく")], &["熟練"]);
    }

    #[test]
    fn text_from_top_to_bottom_is_read_in_columns_from_right_to_left() {
        let letter = |left: f64, row: u32, text: &str| written(left, 30.0 + f64::from(row) * 12.0, 10.0, text);
        check(&[letter(10.0, 0, "労"), letter(10.0, 1, "働"), letter(10.0, 2, "局")], &["労働局"]);
        let columns = [
            [letter(30.0, 0, "み"), letter(30.0, 1, "ど"), letter(30.0, 2, "り")].concat(),
            [letter(10.0, 0, "市"), letter(10.0, 1, "役"), letter(10.0, 2, "所")].concat(),
        ];
        check(&columns, &["みどり", "市役所"]);
    }

    #[test]
    fn sideways_text_is_turned() {
        let mut glyphs = written(10.0, 30.0, 10.0, "横向き");
        for glyph in &mut glyphs {
            let Area { left, top, right, bottom } = glyph.area;
            glyph.area = Area { left: -bottom, right: -top, top: left, bottom: right };
            glyph.turns = 1;
        }
        check(&[glyphs], &["横向き"]);
    }
}
