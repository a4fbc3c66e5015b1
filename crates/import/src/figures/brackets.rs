//! Finds the brackets of a text and classifies them by their use.

use std::ops::Range;

use super::glyphs::Glyphs;

/// The use of a pair of brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// （…） 〔…〕: a remark on the text before it.
    Remark,
    /// 【…】 ＜…＞: a heading of the text after it.
    Heading,
    /// 「…」: a name.
    Name,
}

/// A closed pair of brackets; positions are character indexes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) shape: Shape,
    /// Index of the opening bracket.
    pub(crate) open: usize,
    /// Index of the closing bracket.
    pub(crate) close: usize,
}

impl Group {
    pub(crate) fn inside(&self) -> Range<usize> {
        self.open + 1..self.close
    }

    /// Returns the index after the closing bracket.
    pub(crate) fn end(&self) -> usize {
        self.close + 1
    }
}

/// Returns all closed pairs, sorted by opening bracket. An unclosed bracket is an ordinary character.
pub(crate) fn groups(glyphs: &Glyphs) -> Vec<Group> {
    let mut open: Vec<(usize, char, Shape)> = Vec::new();
    let mut found = Vec::new();
    for at in 0..glyphs.len() {
        let Some(c) = glyphs.at(at) else { break };
        if let Some((closing, shape)) = closing_of(c) {
            open.push((at, closing, shape));
        } else if let Some(depth) = open.iter().rposition(|(_, closing, _)| *closing == c) {
            let (start, _, shape) = open[depth];
            open.truncate(depth);
            found.push(Group { shape, open: start, close: at });
        }
    }
    found.sort_by_key(|group| group.open);
    found
}

fn closing_of(c: char) -> Option<(char, Shape)> {
    Some(match c {
        '(' => (')', Shape::Remark),
        '[' => (']', Shape::Remark),
        '【' => ('】', Shape::Heading),
        '<' => ('>', Shape::Heading),
        '「' => ('」', Shape::Name),
        '『' => ('』', Shape::Name),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Shape)]) {
        let glyphs = Glyphs::new(text);
        let found = groups(&glyphs);
        let found: Vec<_> = found.iter().map(|group| (glyphs.original(group.inside()), group.shape)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn brackets_are_paired_and_classified() {
        check(
            "【支援】5件（うち新規（市内）2件）",
            &[("支援", Shape::Heading), ("うち新規（市内）2件", Shape::Remark), ("市内", Shape::Remark)],
        );
        check(
            "＜「助成金」（市内）＞ 3件",
            &[("「助成金」（市内）", Shape::Heading), ("助成金", Shape::Name), ("市内", Shape::Remark)],
        );
        check("3件（途中まで", &[]);
        check("（3件]（4件)", &[("4件", Shape::Remark)]);
    }
}
