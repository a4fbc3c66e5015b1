//! シートの名前 — makes names that Excel accepts: at most 31 characters, without its special characters, each unique.

use std::collections::BTreeSet;

const LONGEST: usize = 31;

/// The names in use, in lower case, because Excel ignores case.
#[derive(Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Returns a name that Excel accepts, is not in use, and is as similar as possible to the wanted name.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let kept = wanted.chars().map(|character| match character {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' => ' ',
            other if other.is_control() => ' ',
            other => other,
        });
        let kept: String = kept.collect();
        let mut name = shortened(kept.trim(), LONGEST);
        let mut number = 2;
        while name.is_empty() || !self.0.insert(name.to_lowercase()) {
            let ending = format!("~{number}");
            name = shortened(kept.trim(), LONGEST - ending.len()) + &ending;
            number += 1;
        }
        name
    }
}

/// Returns the first characters, counted in UTF-16 units as Excel does.
fn shortened(name: &str, longest: usize) -> String {
    let mut units = 0;
    let fits = |character: &char| {
        units += character.len_utf16();
        units <= longest
    };
    name.chars().take_while(fits).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_unlike_others_and_without_marks_of_excel() {
        let mut names = Names::default();
        assert_eq!(names.take("R7進捗 1(1) 若者/女性:支援"), "R7進捗 1(1) 若者 女性 支援");
        assert_eq!(names.take("r7進捗 1(1) 若者 女性 支援"), "r7進捗 1(1) 若者 女性 支援~2");
        assert_eq!(names.take(&"𠮷".repeat(40)).chars().count(), 15);
        assert_eq!(names.take(""), "~2");
    }
}
