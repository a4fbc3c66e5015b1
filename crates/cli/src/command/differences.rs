//! 相違の表示 — prints each difference, below it the texts of both sides with the differing words in brackets, and then the
//! number of differences of each kind.

use renkei_document::compare::{Difference, DifferenceKind, Side};
use renkei_document::language::Language;
use renkei_document::same_text::excerpt;

/// Prints differences, and the number of each kind.
pub fn print(differences: &[Difference], language: Language) {
    for difference in differences {
        println!("[{}] {}", difference.kind.name_in(language), difference.message_in(language));
        for (name, side) in [("A", &difference.left), ("B", &difference.right)] {
            if let Some(side) = side {
                println!("    {name}{} {}", place(side, language), excerpt(&side.text, &side.differs));
            }
        }
    }
    println!("{}", counted(differences, language));
}

/// Returns the numbers as text: 相違 3（文言 2、数値 1、…）.
pub fn counted(differences: &[Difference], language: Language) -> String {
    let counts = DifferenceKind::ALL.map(|kind| {
        let count = differences.iter().filter(|difference| difference.kind == kind).count();
        format!("{} {count}", kind.name_in(language))
    });
    let word = language.choose("相違", "differences");
    format!("{word} {}（{}）", differences.len(), counts.join("、"))
}

/// Returns the place of a side as text: （12行）, （シート「計画」B12）.
fn place(side: &Side, language: Language) -> String {
    let at = side.place.at.as_ref().map(|at| at.name_in(language));
    let line = || {
        side.place.line.map(|line| match language {
            Language::Japanese => format!("{line}行"),
            Language::English => format!("line {line}"),
        })
    };
    at.or_else(line).map(|place| format!("（{place}）")).unwrap_or_default()
}
