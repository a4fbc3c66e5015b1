//! 機種依存文字 — replaces characters that some machines show differently: ① by (1), ㈱ by (株), ｶ by カ. Variant kanji of names
//! stay (髙).

use unicode_normalization::UnicodeNormalization;

/// Replaces these characters, reduces each run of white space to one blank, and removes white space at both ends.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut run = String::new();
    for character in text.chars() {
        if depends_on_machine(character) {
            run.push(character);
            continue;
        }
        write_out(&mut plain, &mut run);
        plain.push(if character.is_whitespace() || character.is_control() { ' ' } else { character });
    }
    write_out(&mut plain, &mut run);
    plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Writes a run of such characters as a whole, because a half-width kana and the mark after it become one character (ｶﾞ
/// becomes ガ).
fn write_out(plain: &mut String, run: &mut String) {
    for character in run.chars() {
        if let Some(number) = circled_number(character) {
            plain.push_str(&format!("({number})"));
        } else if !is_half_width_kana(character) {
            plain.extend(std::iter::once(character).nfkc());
        }
    }
    plain.extend(run.chars().filter(|character| is_half_width_kana(*character)).nfkc());
    run.clear();
}

fn depends_on_machine(character: char) -> bool {
    matches!(character, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3200}'..='\u{33FF}' | '\u{2150}'..='\u{218B}')
        || matches!(character, '№' | '℡' | '㏍')
        || is_half_width_kana(character)
}

fn is_half_width_kana(character: char) -> bool {
    matches!(character, '\u{FF61}'..='\u{FF9F}')
}

/// Returns the number of a circled number: ① to ㊿, or white on black.
fn circled_number(character: char) -> Option<u32> {
    let code = u32::from(character);
    let of = |first: u32, number: u32| Some(code - first + number);
    match code {
        0x2460..=0x2473 => of(0x2460, 1),
        0x3251..=0x325F => of(0x3251, 21),
        0x32B1..=0x32BF => of(0x32B1, 36),
        0x2776..=0x277F => of(0x2776, 1),
        0x2780..=0x2789 => of(0x2780, 1),
        0x278A..=0x2793 => of(0x278A, 1),
        0x24EB..=0x24F4 => of(0x24EB, 11),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_some_machines_are_written_out_and_names_are_kept() {
        for (text, expected) in [
            ("①相談②訓練㉑見学", "(1)相談(2)訓練(21)見学"),
            ("㈱みどり", "(株)みどり"),
            ("ﾊﾛｰﾜｰｸ・ｶﾞｲﾄﾞ", "ハローワーク・ガイド"),
            ("Ⅳ　計画\n面積 5㎡", "IV 計画 面積 5m2"),
            ("髙橋・山﨑・𠮷田・葛\u{E0100}城", "髙橋・山﨑・𠮷田・葛\u{E0100}城"),
            ("　１，３０４件 ", "１，３０４件"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
