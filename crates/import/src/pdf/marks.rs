//! The marks drawn on a page that matter for reading: characters with their boxes, and straight rules.
//!
//! All positions are in points from the upper left corner of the page as shown.

/// A box on a page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub fn middle(&self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    /// Returns the point inside the box that is nearest to a point.
    pub fn nearest(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x.max(self.left).min(self.right), y.max(self.top).min(self.bottom))
    }

    /// Returns the common part of both boxes; it is empty if they do not overlap.
    pub fn common(&self, other: &Area) -> Area {
        let (left, top) = (self.left.max(other.left), self.top.max(other.top));
        Area { left, top, right: self.right.min(other.right).max(left), bottom: self.bottom.min(other.bottom).max(top) }
    }

    /// Returns the smallest box around both.
    pub fn with(&self, other: &Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// A drawn character; a ligature has several letters.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    pub text: String,
    /// From ascent to descent in height, and as wide as the advance of the character.
    pub area: Area,
    pub baseline: f64,
    /// Font size (em) in points.
    pub size: f64,
    /// The point that decides to which cell the character belongs: the middle of the box, or the nearest unclipped
    /// point, so that text too long for its cell still belongs to the cell.
    pub seat: (f64, f64),
    /// Number of clockwise quarter turns of the writing direction.
    pub turns: u8,
}

impl Glyph {
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// A straight line, drawn as a stroke, a thin rectangle or the side of a box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    pub is_horizontal: bool,
    /// Position across its direction: y of a horizontal line, x of a vertical one.
    pub at: f64,
    pub from: f64,
    pub to: f64,
}

/// The marks of one page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageMarks {
    pub width: f64,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    pub pictures: u32,
    /// Number of characters whose font does not state which character they are.
    pub unnamed: u32,
}
