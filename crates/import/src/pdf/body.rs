//! Reads text outside tables: finds the margins of its lines, and the lines that form one paragraph.

use crate::pdf::joining;
use crate::pdf::lines::Line;
use crate::pdf::page::{Page, Piece};

/// The left and right limits of the lines of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    pub left: f64,
    pub right: f64,
}

/// Returns the margins of the pages of this width. The right margin is where several lines end; otherwise where tables
/// end; otherwise as wide as the left margin.
pub fn margins(pages: &[Page], width: f64) -> Margins {
    let alike = || pages.iter().filter(|page| (page.width - width).abs() < 2.0).flat_map(|page| &page.pieces);
    let left = alike().map(|piece| piece.area().left).fold(width, f64::min).max(0.0);
    let ends: Vec<f64> = alike().filter_map(Piece::line).map(Line::reach).collect();
    let furthest = ends.iter().copied().fold(0.0, f64::max).min(width);
    let reaching = ends.iter().filter(|end| **end > furthest - 12.0).count();
    let of_tables = alike().map(|piece| piece.area().right).fold(0.0, f64::max).min(width);
    let right = if reaching >= 3 { furthest } else { of_tables.max(width - left) };
    Margins { left, right }
}

/// Whether a line continues in the next line, on the same or the next page. `is_first`: the line is the first of its
/// paragraph.
pub fn goes_on(before: &Line, line: &Line, is_first: bool, margins: Margins) -> bool {
    let size = before.size;
    let same_page = before.page == line.page;
    let drop = line.baseline - before.baseline;
    let near = !same_page || drop > size * 0.5 && drop < size * 2.6;
    // Require that the line starts at the left, because right-aligned dates and names also reach the right margin.
    let from_the_left = before.area.left < margins.left + (margins.right - margins.left) * 0.3;
    let indent = line.area.left - before.area.left;
    let in_column = indent.abs() < size * 3.5 && (is_first || indent < size * 0.5);
    near && from_the_left && in_column && !is_led(before) && !is_led(line) && joining::goes_on(before, line)
}

/// Whether a line is an entry of a table of contents: dots or an empty space lead to its page number.
fn is_led(line: &Line) -> bool {
    let text: String = line.text().chars().filter(|c| !c.is_whitespace()).collect();
    let ends_with_a_number = text.ends_with(|c: char| c.is_numeric());
    let dots = [".....", "．．．", "……", "･･･", "・・・", "‥‥", "·····"];
    dots.iter().any(|dots| text.contains(dots)) || ends_with_a_number && line.widest_gap() > line.size * 2.5
}

/// Whether lines begin with commas or closing brackets, or repeatedly with a dot that joins two words. Most programs
/// never begin a line with such characters.
pub fn is_loose(pages: &[Page]) -> bool {
    let columns = || pages.iter().flat_map(|page| &page.pieces).flat_map(Piece::columns);
    let forbidden = |line: &&Line| line.first_char().is_some_and(|c| "、。，．」』）】".contains(c));
    let joined = |two: &&[Line]| joining::may_join_words(&two[0], &two[1]);
    columns().flatten().filter(forbidden).count() >= 2
        || columns().flat_map(|lines| lines.windows(2)).filter(joined).count() >= 4
}

/// Sets the page number and the margins of each line of a page.
pub fn set_margins(page: &mut Page, number: u32, margins: Margins, is_loose: bool) {
    for piece in &mut page.pieces {
        if let Piece::Line(line) = piece {
            line.right = margins.right;
        }
        for line in piece.lines_mut() {
            (line.page, line.is_loose) = (number, is_loose);
        }
    }
}
