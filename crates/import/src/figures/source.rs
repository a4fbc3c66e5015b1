//! Finds the source line from which a phrase was read.

/// The lines of a row without white space; each search starts at the position of the previous phrase.
pub(crate) struct SourceLines {
    lines: Vec<(u32, String)>,
    line: usize,
    place: usize,
}

impl SourceLines {
    pub(crate) fn new(lines: &[(u32, &str)]) -> Self {
        Self { lines: lines.iter().map(|(number, text)| (*number, squeeze(text))).collect(), line: 0, place: 0 }
    }

    /// Returns the line on which a phrase begins: searches from the last position, then from the start. A phrase may
    /// continue on the next line.
    pub(crate) fn find(&mut self, phrase: &str) -> Option<u32> {
        let phrase = squeeze(phrase);
        if phrase.is_empty() {
            return None;
        }
        let found = self.from(&phrase, self.line, self.place).or_else(|| self.from(&phrase, 0, 0))?;
        (self.line, self.place) = (found.0, found.1 + phrase.len());
        Some(self.lines[found.0].0)
    }

    fn from(&self, phrase: &str, line: usize, place: usize) -> Option<(usize, usize)> {
        let mut place = place;
        for line in line..self.lines.len() {
            let text = &self.lines[line].1;
            if let Some(found) = text.get(place..).and_then(|rest| rest.find(phrase)) {
                return Some((line, place + found));
            }
            let next = self.lines.get(line + 1).filter(|next| next.0 == self.lines[line].0 + 1);
            if let Some(next) = next {
                let both = format!("{text}{}", next.1);
                if let Some(found) =
                    both.get(place..).and_then(|rest| rest.find(phrase)).filter(|found| place + found < text.len())
                {
                    return Some((line, place + found));
                }
            }
            place = 0;
        }
        None
    }
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_on_its_line_in_order() {
        let mut lines = SourceLines::new(&[(7, "①\t<p>相談 5 件</p>"), (8, "・相談 5 件、訪問"), (9, "3 件")]);
        assert_eq!(lines.find("相談 5件"), Some(7));
        assert_eq!(lines.find("相談 5件"), Some(8));
        assert_eq!(lines.find("訪問3 件"), Some(8));
        assert_eq!(lines.find("相談"), Some(7));
        assert_eq!(lines.find("なし"), None);
    }
}
