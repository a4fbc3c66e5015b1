//! The help, in both languages.

use crate::{in_language, text};

fn help(language: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = in_language(folder.path(), language, arguments);
    assert_eq!(output.status.code(), Some(0));
    text(&output.stdout)
}

#[test]
fn the_help_lists_all_commands_in_japanese() {
    insta::assert_snapshot!("help_ja", help("ja_JP.UTF-8", &["--help"]));
}

#[test]
fn the_help_lists_all_commands_in_english() {
    insta::assert_snapshot!("help_en", help("C.UTF-8", &["--help"]));
}

#[test]
fn each_command_has_its_help() {
    let tasks =
        ["demo", "serve", "import", "export", "report", "check", "compare", "edition", "lineage", "backup", "restore"];
    let all: Vec<String> = tasks.iter().map(|task| help("ja_JP.UTF-8", &[task, "--help"])).collect();
    insta::assert_snapshot!("help_of_each", all.join("\n────\n"));
    let styles = ["show", "set"].map(|task| help("ja_JP.UTF-8", &["style", task, "--help"]));
    insta::assert_snapshot!("help_of_styles", styles.join("\n────\n"));
    let editions = ["freeze", "list", "show", "diff", "export"];
    let editions: Vec<String> = editions.iter().map(|task| help("ja_JP.UTF-8", &["edition", task, "--help"])).collect();
    insta::assert_snapshot!("help_of_editions", editions.join("\n────\n"));
    let people: Vec<String> = ["add", "import", "list", "reset", "close"]
        .iter()
        .map(|task| help("ja_JP.UTF-8", &["user", task, "--help"]))
        .collect();
    insta::assert_snapshot!("help_of_users", people.join("\n────\n"));
    let lists = ["list", "import"].map(|task| help("ja_JP.UTF-8", &["organisation", task, "--help"]));
    insta::assert_snapshot!("help_of_organisation", lists.join("\n────\n"));
    let indicators = ["list", "show", "handover"].map(|task| help("ja_JP.UTF-8", &["indicator", task, "--help"]));
    insta::assert_snapshot!("help_of_indicators", indicators.join("\n────\n"));
    insta::assert_snapshot!("help_of_verify", help("ja_JP.UTF-8", &["journal", "verify", "--help"]));
    let layouts = ["export", "check"].map(|task| help("ja_JP.UTF-8", &["template", task, "--help"]));
    insta::assert_snapshot!("help_of_template", layouts.join("\n────\n"));
    assert!(help("C.UTF-8", &["template", "export", "--help"]).starts_with("Write our layouts"));
}
