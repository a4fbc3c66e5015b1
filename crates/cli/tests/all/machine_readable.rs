//! Tests of `renkei check --machine-readable`: the rule, the cell, the exit code.

use crate::{in_language, node, text};

#[test]
fn a_table_is_checked_by_the_rules_for_machine_readable_data() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    std::fs::write(at.join("good.csv"), "\u{feff}年度,指標,件数\n2025,相談,3\n").expect("written");
    std::fs::write(at.join("bad.csv"), "\u{feff}時点,指標,件数\nR7,相談,\"1,304件\"\n").expect("written");
    let good = node(at, &["check", "--machine-readable", "good.csv"]);
    assert_eq!(good.status.code(), Some(0), "{}", text(&good.stderr));
    assert!(text(&good.stdout).contains("見つかりませんでした"));
    let bad = node(at, &["check", "--machine-readable", "bad.csv"]);
    assert_eq!(bad.status.code(), Some(1));
    let told = text(&bad.stdout);
    assert!(told.contains("bad.csv:2行 3列 不適合 [L2-01] 数値が文字として入っています"), "{told}");
    assert!(told.contains("機械可読性 不適合 2、要確認 0"), "{told}");
    let english = in_language(at, "C.UTF-8", &["check", "--machine-readable", "bad.csv"]);
    assert!(text(&english.stdout).contains("line 2, column 1 fails [L3-05]"));
    let json = node(at, &["check", "--machine-readable", "bad.csv", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["findings"][0]["rule"], "L2-01");
    assert_eq!(json["findings"][0]["place"], serde_json::json!({ "line": 2, "column": 3 }));
    std::fs::write(at.join("写真.csv"), [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0, 0, 0, 1]).expect("written");
    assert_eq!(node(at, &["check", "--machine-readable", "写真.csv"]).status.code(), Some(3));
    assert_eq!(node(at, &["check", "--machine-readable"]).status.code(), Some(2));
}
