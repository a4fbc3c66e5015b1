//! 空欄 — texts without visible characters.

/// Whether a text has no visible character: only white space, control characters and invisible characters.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || shows_nothing(c))
}

/// Whether a character is invisible when it is alone. This is true for format characters and fillers (joiners,
/// direction marks, byte order marks, variation selectors), and combining accents without a letter.
fn shows_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{300}'..='\u{36f}'
            | '\u{3099}'..='\u{309a}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_invisible_characters_is_blank() {
        for blank in ["", " \u{3000}\t\n", "\u{200b}", "\u{feff} \u{2060}", "\u{3164}", "\u{301}", "\u{0}"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for text in ["再集計", "a", "－", "\u{200b}1"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
