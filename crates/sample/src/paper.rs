//! Lines of the document, and their numbers.

/// The document as it grows.
#[derive(Default)]
pub struct Paper {
    lines: Vec<String>,
}

impl Paper {
    /// Writes a line; its number, from 1.
    pub fn line(&mut self, text: String) -> u32 {
        self.lines.push(text);
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }

    pub fn blank(&mut self) {
        self.lines.push(String::new());
    }

    /// A line with a blank one behind it.
    pub fn paragraph(&mut self, text: &str) -> u32 {
        let line = self.line(text.to_owned());
        self.blank();
        line
    }

    pub fn into_text(self) -> String {
        self.lines.join("\n") + "\n"
    }
}
