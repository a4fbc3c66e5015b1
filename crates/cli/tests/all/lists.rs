//! Imports the lists of an office: divisions and posts, and the people who hold these posts. Each list is first tried,
//! then recorded, and then recorded again without a change.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::{folder_with_sample, in_language, node, text};

const ORGANISATION: &str =
    "課名,上位組織,職名,職務\n産業部,,,\nしごと課,産業部,課長,決裁者\nしごと課,産業部,主査,担当\n";
const OFFICERS: &str =
    "課名,職名,氏名,利用者ID,着任日\nしごと課,課長,森 一,mori,令和8年4月1日\nしごと課,主査,山本 花,yamamoto,\n";

/// Makes a folder that contains stored data and these lists.
fn folder(lists: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = folder_with_sample();
    assert_eq!(node(folder.path(), &["import", "昨年度.txt", "--data", "data"]).status.code(), Some(0));
    for (name, list) in lists {
        std::fs::write(folder.path().join(name), list).expect("written");
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let more = ["--party", "市", "--from", "2026-04-01", "--data", "data"];
    node(folder, &[arguments, &more].concat())
}

#[track_caller]
fn check(output: &Output, code: i32, words: &[&str]) {
    let told = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{told}");
    words.iter().for_each(|words| assert!(told.contains(words), "{words}: {told}"));
}

#[test]
fn divisions_and_officers_are_imported_from_lists() {
    let folder = folder(&[("組織.csv", ORGANISATION), ("職員.csv", OFFICERS)]);
    let at = folder.path();
    let list = ["organisation", "list", "--on", "2026-04-01", "--data", "data"];
    check(&node(at, &list), 0, &["課はまだ記録されていません"]);
    let organisation = ["organisation", "import", "組織.csv"];
    let tried = run(at, &[&organisation[..], &["--dry-run"]].concat());
    check(&tried, 0, &["2行目  産業部  新設", "4行目  しごと課 主査  新設", "記録していません"]);
    check(&run(at, &["user", "import", "職員.csv", "--dry-run"]), 0, &["2行目「課名」：「しごと課」という課が"]);
    check(&run(at, &organisation), 0, &["を記録しました"]);
    check(&run(at, &organisation), 0, &["今の記録と同じです"]);
    check(&node(at, &list), 0, &["  産業部\n    しごと課\n      課長（決裁者）\n      主査（担当）\n"]);
    let tried = run(at, &["user", "import", "職員.csv", "--dry-run"]);
    check(&tried, 0, &["2行目  森 一（mori）  しごと課 課長  登録と任命  2026-04-01〜", "記録していません"]);
    let users = ["user", "list", "--data", "data"];
    check(&node(at, &users), 0, &["利用者はまだいません"]);
    check(
        &run(at, &["user", "import", "職員.csv"]),
        0,
        &["2件を記録しました", "山本 花（yamamoto）さんに渡す招待の番号："],
    );
    check(&node(at, &users), 0, &["mori  森 一（招待中）", "しごと課 課長  2026-04-01〜"]);
    check(&run(at, &["user", "import", "職員.csv"]), 0, &["今の記録と同じです"]);
}

#[test]
fn the_result_for_a_list_is_printed_as_json_in_the_user_s_language() {
    let folder = folder(&[("組織.csv", ORGANISATION), ("職員.csv", OFFICERS)]);
    let at = folder.path();
    let json = |arguments: &[&str]| -> Value {
        let more = ["--party", "市", "--data", "data", "--format", "json"];
        let output = in_language(at, "C.UTF-8", &[arguments, &more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let imported = json(&["organisation", "import", "組織.csv", "--from", "2026-04-01"]);
    assert_eq!((&imported["recorded"], &imported["lines"][0]["outcome"]), (&Value::Bool(true), &Value::from("new")));
    let listed = json(&["organisation", "list", "--on", "2026-04-01"]);
    let division = &listed["organisations"][0]["divisions"][1];
    assert_eq!((&division["name"], &division["parent"]), (&Value::from("しごと課"), &Value::from("産業部")));
    assert_eq!(division["posts"][0]["duties"][0], "approver");
    let appointed = json(&["user", "import", "職員.csv", "--from", "2026-04-01"]);
    assert_eq!(appointed["invitations"].as_array().map(Vec::len), Some(2));
    assert_eq!(appointed["lines"][1]["post"], "しごと課 主査");
}

#[test]
fn a_list_that_is_not_clear_is_not_recorded_and_exits_with_two() {
    let unclear = ORGANISATION.replace("決裁者", "王様");
    let lists =
        [("組織.csv", unclear.as_str()), ("職員.csv", OFFICERS), ("ほか.csv", "氏名\n森\n"), ("写真.txt", "\0\0")];
    let folder = folder(&lists);
    let at = folder.path();
    check(&run(at, &["organisation", "import", "組織.csv"]), 2, &["職務「王様」がわかりません", "記録していません"]);
    check(&run(at, &["organisation", "import", "ほか.csv"]), 2, &["課名の列が見つかりません"]);
    check(&run(at, &["organisation", "import", "ない.csv"]), 2, &["場所と権限を確かめてください"]);
    let refused = run(at, &["user", "import", "職員.csv"]);
    assert_eq!(refused.status.code(), Some(2));
    insta::assert_snapshot!("a_list_that_is_not_clear", text(&refused.stdout) + &text(&refused.stderr));
    check(&run(at, &["user", "import", "組織.csv"]), 2, &["氏名と利用者IDの列が見つかりません"]);
    check(&run(at, &["user", "import", "写真.txt"]), 3, &["。"]);
    let nobody = ["organisation", "import", "組織.csv", "--party", "村", "--data", "data"];
    check(&node(at, &nobody), 2, &["村"]);
    check(&node(at, &["organisation", "import", "組織.csv"]), 2, &["--party"]);
    check(&node(at, &["organisation", "list", "--on", "四月", "--data", "data"]), 2, &["四月"]);
}
