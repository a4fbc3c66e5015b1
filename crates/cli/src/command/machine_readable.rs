//! `renkei check --machine-readable` — checks a workbook or CSV against the rules for machine-readable data.

use std::path::Path;
use std::process::ExitCode;

use renkei_app::{RuleNotice, RulePlace, Verdict, machine_readable};
use renkei_document::language::Language;
use serde_json::{Value, json};

use super::input_output::{print_json, read};
use crate::arguments::Shape;
use crate::failure::Failure;
use crate::surroundings::Surroundings;

/// Prints the notices. The exit code is 1 if a rule is broken. A notice that only asks a person to look at something
/// does not count as broken.
pub fn check(file: &Path, shape: Shape, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let notices = machine_readable(&file.to_string_lossy(), &read(file)?)?;
    match shape {
        Shape::Json => print_json(&json!({ "findings": notices.iter().map(told_in_json).collect::<Vec<_>>() })),
        Shape::Text => print(&file.display().to_string(), &notices, surroundings.language),
    }
    let fails = notices.iter().any(|notice| notice.verdict == Verdict::Fails);
    Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn print(name: &str, notices: &[RuleNotice], language: Language) {
    for notice in notices {
        println!(
            "{name}:{} {} [{}] {}\n    → {}",
            notice.place.name_in(language),
            notice.verdict.name_in(language),
            notice.rule.id(),
            notice.message_in(language),
            notice.advice_in(language),
        );
    }
    let count = |verdict: Verdict| {
        let of_verdict = notices.iter().filter(|notice| notice.verdict == verdict);
        of_verdict.map(|notice| 1 + notice.more).sum::<usize>()
    };
    let counts = [Verdict::Fails, Verdict::Look].map(|one| format!("{} {}", one.name_in(language), count(one)));
    match (notices.is_empty(), language) {
        (true, Language::Japanese) => println!("機械可読性の規則に反するところは見つかりませんでした。"),
        (true, Language::English) => println!("Nothing breaks the rules for machine-readable data."),
        (false, Language::Japanese) => println!("機械可読性 {}", counts.join("、")),
        (false, Language::English) => println!("machine-readable data: {}", counts.join(", ")),
    }
}

fn told_in_json(notice: &RuleNotice) -> Value {
    let place = match &notice.place {
        RulePlace::Cell { sheet, cell } => json!({ "sheet": sheet, "cell": cell }),
        RulePlace::Value { line, column } => json!({ "line": line, "column": column }),
        RulePlace::File {} => json!({}),
    };
    json!({
        "rule": notice.rule.id(),
        "verdict": notice.verdict.name_in(Language::English),
        "place": place,
        "found": notice.found,
        "more": notice.more,
        "message": notice.message_in(Language::Japanese),
        "advice": notice.advice_in(Language::Japanese),
        "message_en": notice.message_in(Language::English),
        "advice_en": notice.advice_in(Language::English),
    })
}
