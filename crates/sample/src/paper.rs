//! Collects the lines of the document and counts them.

/// The text of the document that is being written.
#[derive(Default)]
pub struct Paper {
    lines: Vec<String>,
}

impl Paper {
    /// Writes a line, and returns its number, from 1.
    pub fn line(&mut self, text: String) -> u32 {
        self.lines.push(text);
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }

    pub fn blank(&mut self) {
        self.lines.push(String::new());
    }

    /// Writes a line and a blank line after it. Returns the number of the line.
    pub fn paragraph(&mut self, text: &str) -> u32 {
        let line = self.line(text.to_owned());
        self.blank();
        line
    }

    pub fn into_text(self) -> String {
        self.lines.join("\n") + "\n"
    }
}
