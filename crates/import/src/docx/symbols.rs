//! Replaces characters of picture fonts by characters that every font has.

/// Returns the character that a `w:sym` shows; `None` for a sign that has no corresponding character.
pub fn symbol(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code.trim(), 16).ok()?;
    // Picture fonts start at F000; the offset is removed to get the code of the sign.
    let low = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    match font {
        "Symbol" => of(SYMBOL, low),
        "Wingdings" => of(WINGDINGS, low),
        _ if (0xe000..=0xf8ff).contains(&code) => None,
        _ => char::from_u32(code).filter(|c| !c.is_control()),
    }
}

const SYMBOL: &[(u32, char)] = &[
    (0xb1, '±'),
    (0xb3, '≧'),
    (0xa3, '≦'),
    (0xb4, '×'),
    (0xb7, '・'),
    (0xac, '←'),
    (0xad, '↑'),
    (0xae, '→'),
    (0xaf, '↓'),
    (0xb8, '÷'),
];

const WINGDINGS: &[(u32, char)] = &[
    (0x6c, '●'),
    (0x6d, '○'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '□'),
    (0x74, '◆'),
    (0x75, '◆'),
    (0x76, '◆'),
    (0x9f, '・'),
    (0xa1, '○'),
    (0xa7, '■'),
    (0xa8, '□'),
    (0xab, '★'),
    (0xd8, '▶'),
    (0xe0, '→'),
    (0xf0, '⇒'),
    (0xfb, '×'),
    (0xfc, '✓'),
    (0xfe, '☑'),
];

fn of(list: &[(u32, char)], code: u32) -> Option<char> {
    // ⓪ to ⑩ and their filled variants have consecutive codes.
    if list.len() == WINGDINGS.len() && (0x80..=0x95).contains(&code) {
        return circled(code - 0x80);
    }
    list.iter().find(|(own, _)| *own == code).map(|(_, sign)| *sign)
}

fn circled(place: u32) -> Option<char> {
    match place % 11 {
        0 => Some('⓪'),
        number => char::from_u32(u32::from('①') + number - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_picture_fonts_are_read_as_ordinary_characters() {
        for (font, code, expected) in [
            ("Wingdings", "F06C", Some('●')),
            ("Wingdings", "F083", Some('③')),
            ("Wingdings", "F08E", Some('③')),
            ("Wingdings", "FC", Some('✓')),
            ("Symbol", "F0B7", Some('・')),
            ("Symbol", "F083", None),
            ("外字", "E000", None),
            ("MS Mincho", "2460", Some('①')),
            ("Wingdings", "x", None),
        ] {
            assert_eq!(symbol(font, code), expected, "{font} {code}");
        }
    }
}
