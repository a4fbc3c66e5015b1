//! 確認事項の表示 — prints findings in the style of a compiler: the place, the problem, the next step.

use renkei_document::finding::{Finding, Place, Severity};
use renkei_document::language::Language;

/// Prints findings, then the number of each severity.
pub fn print(name: &str, findings: &[Finding], language: Language) {
    for finding in findings {
        println!("{}", told(name, finding, language));
    }
    println!("{}", counted(findings, language));
}

fn told(name: &str, finding: &Finding, language: Language) -> String {
    let also = match finding.also.as_slice() {
        [] => String::new(),
        places => format!(
            "\n    {} {}",
            language.choose("ほかに", "also"),
            places.iter().map(|at| place(at, language)).collect::<Vec<_>>().join("、")
        ),
    };
    format!(
        "{name}:{} {} [{}] {}{also}\n    → {}",
        place(&finding.place, language),
        finding.notice.severity().name_in(language),
        finding.notice.code(),
        finding.notice.message_in(language),
        finding.notice.advice_in(language),
    )
}

fn place(place: &Place, language: Language) -> String {
    let at = place.at.as_ref().map(|at| at.name_in(language));
    let line = at.or_else(|| place.line.map(|line| line.to_string()));
    [line, place.row.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn counted(findings: &[Finding], language: Language) -> String {
    let kinds = [Severity::Error, Severity::Warning, Severity::Question, Severity::Note];
    let counts = kinds.map(|kind| {
        let count = findings.iter().filter(|finding| finding.notice.severity() == kind).count();
        format!("{} {count}", kind.name_in(language))
    });
    format!("{} {}（{}）", language.choose("確認事項", "findings"), findings.len(), counts.join("、"))
}
