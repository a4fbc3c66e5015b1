//! Converts the characters of a text to one width (（ becomes `(`, ８ becomes `8`, every blank a space). Each character
//! maps to one original character and keeps its byte position.

use std::ops::Range;

/// A text with half-width characters for matching and the original text for quoting.
#[derive(Debug)]
pub(crate) struct Glyphs<'a> {
    text: &'a str,
    chars: Vec<char>,
    places: Vec<usize>,
}

impl<'a> Glyphs<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut chars = Vec::with_capacity(text.len() / 2);
        let mut places = Vec::with_capacity(text.len() / 2 + 1);
        for (place, c) in text.char_indices() {
            chars.push(narrow(c));
            places.push(place);
        }
        places.push(text.len());
        Self { text, chars, places }
    }

    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(crate) fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).copied()
    }

    pub(crate) fn before(&self, index: usize) -> Option<char> {
        self.at(index.checked_sub(1)?)
    }

    /// Returns the byte position of a character; for the index after the last one, the length of the text.
    pub(crate) fn byte(&self, index: usize) -> usize {
        self.places[index.min(self.chars.len())]
    }

    /// Returns the index of the first character that begins at or after a byte.
    pub(crate) fn index_of(&self, byte: usize) -> usize {
        self.places.partition_point(|&place| place < byte).min(self.chars.len())
    }

    pub(crate) fn original(&self, range: Range<usize>) -> &'a str {
        &self.text[self.byte(range.start)..self.byte(range.end)]
    }

    /// Returns the characters of a range in half width, without blanks.
    pub(crate) fn squeezed(&self, range: Range<usize>) -> String {
        self.chars[range].iter().filter(|c| !c.is_whitespace()).collect()
    }

    pub(crate) fn chars(&self, range: Range<usize>) -> &[char] {
        &self.chars[range]
    }

    pub(crate) fn skip_blanks(&self, mut index: usize) -> usize {
        while self.at(index) == Some(' ') {
            index += 1;
        }
        index
    }

    /// Returns the index after `word` if the text at `index` is `word`; blanks inside the word are ignored.
    pub(crate) fn word(&self, index: usize, word: &str) -> Option<usize> {
        let mut at = index;
        for (nth, c) in word.chars().enumerate() {
            if nth > 0 {
                at = self.skip_blanks(at);
            }
            if self.at(at) != Some(c) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

pub(crate) fn narrow(c: char) -> char {
    match c {
        '\n' => '\n',
        '〔' | '［' => '[',
        '〕' | '］' => ']',
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '〜' => '~',
        '､' => '、',
        '｡' => '。',
        '･' => '・',
        '〈' | '《' => '<',
        '〉' | '》' => '>',
        '−' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}
