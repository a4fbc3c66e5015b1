//! フォントにない文字 — a character that cannot be printed, and its place.

use std::fmt;

/// フォントにない文字 — a character that cannot be printed, and its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingGlyph {
    pub character: char,
    /// The variation selector after the character (異体字), if the fonts have the character but not this variant of it.
    pub variation: Option<char>,
    /// The place in the report, such as 協定, 表紙 or 令和7年度 1(5) ④.
    pub place: String,
}

impl MissingGlyph {
    /// Returns the character with its variation selector.
    pub fn written(&self) -> String {
        [self.character].into_iter().chain(self.variation).collect()
    }

    /// Returns the code points as text, such as U+845B U+E0100.
    pub fn code_points(&self) -> String {
        let points = [self.character].into_iter().chain(self.variation);
        points.map(|point| format!("U+{:04X}", u32::from(point))).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for MissingGlyph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: 「{}」（{}）", self.place, self.written(), self.code_points())
    }
}
