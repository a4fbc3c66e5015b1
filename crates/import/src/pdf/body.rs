//! Text outside of tables: where its lines begin and end, and which of them belong together.

use crate::pdf::joining;
use crate::pdf::lines::Line;
use crate::pdf::page::{Page, Piece};

/// Where the lines of a page begin and end at most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    pub left: f64,
    pub right: f64,
}

/// The margins of pages that are as wide as this one.
pub fn margins(pages: &[Page], width: f64) -> Margins {
    let alike = || pages.iter().filter(|page| (page.width - width).abs() < 2.0).flat_map(|page| &page.pieces);
    let left = alike().map(|piece| piece.area().left).fold(width, f64::min).max(0.0);
    let furthest = alike().map(|piece| piece.area().right).fold(0.0, f64::max).min(width);
    let reaching = alike().filter(|piece| piece.area().right > furthest - 12.0).count();
    let right = if reaching >= 3 { furthest } else { furthest.max(width - left) };
    Margins { left, right }
}

/// Whether a line goes on in the next one, on the same page or the following. `is_first`: nothing stands before it in its
/// paragraph.
pub fn goes_on(before: &Line, line: &Line, is_first: bool, margins: Margins) -> bool {
    let size = before.size;
    let same_page = before.page == line.page;
    let drop = line.baseline - before.baseline;
    let near = !same_page || drop > size * 0.5 && drop < size * 2.6;
    // Dates and names that are set to the right reach the margin, too.
    let from_the_left = before.area.left < margins.left + (margins.right - margins.left) * 0.3;
    let indent = line.area.left - before.area.left;
    let in_column = indent.abs() < size * 3.5 && (is_first || indent < size * 0.5);
    near && from_the_left && in_column && !has_leader(before) && !has_leader(line) && joining::goes_on(before, line)
}

/// Dots that lead to a page number.
fn has_leader(line: &Line) -> bool {
    let text = line.text();
    ["....", "．．．", "……", "･･･", "・・・", "‥‥"].iter().any(|dots| text.contains(dots))
}

/// Gives each line of a page outside of tables its page and margin.
pub fn set_margins(page: &mut Page, number: u32, margins: Margins) {
    for piece in &mut page.pieces {
        match piece {
            Piece::Line(line) => (line.page, line.right) = (number, margins.right),
            Piece::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| row.cells.iter_mut().flatten());
                cells.flat_map(|cell| &mut cell.lines).for_each(|line| line.page = number);
            }
        }
    }
}
