//! The open elements of one stream of paragraphs: the document, or a text box in it.

use crate::docx::styles::{ListPlace, Styles};

/// The open elements of one stream of paragraphs.
#[derive(Debug, Default)]
pub struct Story {
    pub paragraph: Option<Paragraph>,
    /// Text of a paragraph whose end was deleted; the next paragraph continues it.
    pub carried: String,
    pub properties: Option<Properties>,
    pub run: Option<Run>,
    pub in_text: bool,
    /// Number of open drawings; their text is in text boxes.
    pub drawings: u32,
}

#[derive(Debug, Default)]
pub struct Paragraph {
    pub text: String,
    pub style: Option<String>,
    pub place: ListPlace,
    pub end_deleted: bool,
}

#[derive(Debug, Default)]
pub struct Run {
    pub hidden: Option<bool>,
    pub style: Option<String>,
}

/// The element whose properties are being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Properties {
    Paragraph,
    Row,
    Cell,
}

impl Story {
    /// Whether the text of the open run is hidden, directly or by a style.
    pub fn is_hidden(&self, styles: &Styles) -> bool {
        let by_run = self.run.as_ref().and_then(|run| run.hidden.or_else(|| styles.is_hidden(run.style.as_deref())));
        let style = self.paragraph.as_ref().and_then(|paragraph| paragraph.style.as_deref());
        by_run.or_else(|| styles.is_hidden(style)).unwrap_or(false)
    }
}
