//! Collects properties of the file that the user should know: tracked changes, hidden text, parts that were not read.

use renkei_document::finding::{Finding, Notice, Place};

/// Maximum number of characters, and of places, that a finding reports.
const MAX_TEXT: usize = 80;
const MAX_PLACES: usize = 50;

/// Shortened pieces of text of one kind, and their lines.
#[derive(Debug, Default)]
pub struct Pieces {
    text: String,
    characters: usize,
    pieces: usize,
    lines: Vec<u32>,
    /// Whether the next text is appended to the last piece.
    open: bool,
}

/// All properties that the findings report.
#[derive(Debug, Default)]
pub struct Noticed {
    pub inserted: Pieces,
    pub deleted: Pieces,
    pub hidden: Pieces,
    pub boxes: Pieces,
    pub notes: Pieces,
    pub pictures: Pieces,
    pub parts: Pieces,
}

impl Pieces {
    pub fn add(&mut self, text: &str, line: u32) {
        if text.is_empty() {
            return;
        }
        if !self.open || self.lines.last() != Some(&line) {
            self.pieces += 1;
            if self.pieces > 1 && self.characters < MAX_TEXT {
                self.text.push('／');
            }
            if self.lines.len() < MAX_PLACES {
                self.lines.push(line);
            }
        }
        self.open = true;
        let room = MAX_TEXT.saturating_sub(self.characters);
        self.text.extend(text.chars().take(room).map(|c| if c.is_control() { ' ' } else { c }));
        self.characters = self.characters.saturating_add(text.chars().count());
    }

    /// Ends the current piece; the next text begins a new piece.
    pub fn end_piece(&mut self) {
        self.open = false;
    }

    pub fn is_empty(&self) -> bool {
        self.pieces == 0
    }

    pub fn count(&self) -> usize {
        self.pieces
    }

    /// Returns the text, with a sign if more text follows.
    fn told(&self) -> String {
        let text = self.text.trim();
        if self.characters > MAX_TEXT { format!("{text}…") } else { text.to_owned() }
    }
}

impl Noticed {
    /// Returns one finding for each kind.
    pub fn findings(self, last_line: u32) -> Vec<Finding> {
        let mut all = Vec::new();
        let mut tell = |notice: Notice, pieces: &[&Pieces]| {
            let mut lines: Vec<u32> = pieces.iter().flat_map(|pieces| pieces.lines.iter().copied()).collect();
            lines.iter_mut().for_each(|line| *line = (*line).min(last_line));
            lines.sort_unstable();
            lines.dedup();
            let mut places = lines.into_iter().filter(|line| *line > 0).map(Place::line);
            let first = places.next().unwrap_or(Place::whole());
            all.push(Finding::new(notice, first).also(places));
        };
        if !(self.inserted.is_empty() && self.deleted.is_empty()) {
            let (inserted, deleted) = (self.inserted.told(), self.deleted.told());
            tell(Notice::SourceTracked { inserted, deleted }, &[&self.inserted, &self.deleted]);
        }
        if !self.hidden.is_empty() {
            let what = format!("隠し文字「{}」（読み飛ばしました）", self.hidden.told());
            tell(Notice::SourceHidden { what }, &[&self.hidden]);
        }
        if !self.boxes.is_empty() {
            let what = format!("テキストボックスの位置（文は続く段落として読みました）「{}」", self.boxes.told());
            tell(Notice::SourceLeftOut { what }, &[&self.boxes]);
        }
        if !self.notes.is_empty() {
            tell(Notice::SourceLeftOut { what: format!("脚注・文末脚注「{}」", self.notes.told()) }, &[&self.notes]);
        }
        if !self.pictures.is_empty() {
            let what = format!("画像・図形 {}点", self.pictures.count());
            tell(Notice::SourceLeftOut { what }, &[&self.pictures]);
        }
        if !self.parts.is_empty() {
            tell(Notice::SourceLeftOut { what: format!("埋め込まれた文書 {}件", self.parts.count()) }, &[&self.parts]);
        }
        all
    }
}
