//! Converts characters as fonts encode them to characters as people write them.

use unicode_normalization::UnicodeNormalization;

/// Radicals (parts of Chinese characters) that some fonts encode instead of the characters, with these characters.
const RADICALS: [(char, char); 22] = [
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺩', '王'),
    ('⺫', '目'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻑', '長'),
    ('⻘', '青'),
    ('⻝', '食'),
    ('⻤', '鬼'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻫', '斉'),
    ('⻭', '歯'),
    ('⻯', '竜'),
    ('⻲', '亀'),
    ('⺝', '月'),
    ('⺣', '火'),
    ('⻆', '角'),
    ('⻌', '辶'),
    ('⻖', '阝'),
    ('⻗', '雨'),
];

/// Returns the intended character: radicals and ligatures are replaced, invisible marks removed.
pub fn plain(c: char) -> String {
    match c {
        '\u{a0}' | '\t' | '\n' | '\r' => " ".to_owned(),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => String::new(),
        c if c.is_control() => String::new(),
        '\u{2e80}'..='\u{2eff}' => {
            RADICALS.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, meant)| *meant).to_string()
        }
        '\u{2f00}'..='\u{2fdf}' | '\u{fb00}'..='\u{fb06}' => std::iter::once(c).nfkc().collect(),
        c => c.to_string(),
    }
}

/// Whether a character is as wide as it is high. A blank between two such characters has no meaning.
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3ffff}' | '\u{2460}'..='\u{24ff}' | '\u{2500}'..='\u{27bf}')
}

/// Whether a character must not begin a line, so that it stays with the preceding character.
pub fn stays_behind(c: char) -> bool {
    "、。，．,.・：；:;？！?!）〕］｝〉》」』】)]}゛゜ヽヾゝゞ々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％%℃"
        .contains(c)
}

/// Whether a character must not end a line, so that it stays with the following character.
pub fn stays_before(c: char) -> bool {
    "（〔［｛〈《「『【([{￥＄".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_named_by_a_font_is_written_as_its_usual_character() {
        for (drawn, meant) in
            [('⽀', "支"), ('⻑', "長"), ('ﬁ', "fi"), ('\u{a0}', " "), ('\u{ad}', ""), ('髙', "髙"), ('①', "①")]
        {
            assert_eq!(plain(drawn), meant);
        }
    }
}
