//! シートの名前 — as Excel takes them: at most 31 characters, none of its own marks, none twice.

use std::collections::BTreeSet;

const LONGEST: usize = 31;

/// The names that are taken, in lower case: Excel knows no difference.
#[derive(Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// A name that Excel takes and that no sheet has yet, as near as can be to the one that is wanted.
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

/// The first characters, counted as Excel counts them.
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
