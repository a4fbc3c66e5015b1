//! Each error message names the problem and the next step, and each exit code is the documented one.

use std::path::Path;

use crate::{folder_with_sample, node, text, unread};

/// Returns the exit code and the error output, from which the name of the folder is removed.
fn failure(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = node(folder, arguments);
    (output.status.code(), text(&output.stderr).replace(&folder.display().to_string(), "…"))
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], code: i32, words: &str) {
    let (found, message) = failure(folder, arguments);
    assert_eq!(found, Some(code), "{message}");
    assert!(message.contains(words), "{message}");
}

#[test]
fn each_failure_says_what_to_do_next() {
    let folder = folder_with_sample();
    let at = folder.path();
    std::fs::write(at.join("写真.txt"), [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0, 0, 0, 1]).expect("written");
    check(at, &["import", "ない.txt"], 2, "場所と権限を確かめてください");
    check(at, &["import", "写真.txt", "--dry-run"], 3, "。");
    check(at, &["export"], 2, "renkei");
    check(at, &["report", "--out", "報告.doc"], 2, ".pdf、.docx、.xlsx、.html、.json");
    check(at, &["journal", "verify"], 2, "。");
    check(at, &["restore", "ない.sqlite3"], 2, "。");
    check(at, &["serve", "--listen", "0.0.0.0:0"], 2, "--tls-cert");
    check(at, &["serve", "--behind", "https://renkei.example.jp", "--listen", "127.0.0.1:0"], 2, "renkei user");
    check(at, &["serve", "--behind", "renkei.example.jp"], 2, "https://renkei.example.jp");
    check(at, &["serve", "--behind", "https://renkei.example.jp", "--listen", "0.0.0.0:0"], 2, "--proxy-address");
    check(at, &["serve", "--tls-cert", "ない.pem"], 2, "--tls-key");
    let tls = ["serve", "--tls-cert", "ない.pem", "--tls-key", "ない.pem", "--name", "renkei.example.jp"];
    check(at, &tls, 2, "場所と権限を確かめてください");
    check(at, &["frobnicate"], 2, "frobnicate");
    check(at, &["import", "昨年度.txt"], 0, "");
    check(at, &["import", "昨年度.txt"], 2, "既に取り込まれています");
    for (name, content) in
        [("空.txt", ""), ("計画.txt", "区分,番号,担当課,取組内容\nみどり市,(1),しごと課,相談会を開く。\n")]
    {
        std::fs::write(at.join(name), content).expect("written");
        check(at, &["import", name], 2, "協定の条文（「第1条」など）も取組の行も見つからないため、取り込めません。");
        check(at, &["import", "--merge", "--gone", "999", name], 2, "年度と種類のわかる見出しの下に");
    }
    check(at, &["import", "--gone", "3", "昨年度.txt"], 2, "--merge");
    check(at, &["report", "--fiscal-year", "1999", "--out", "報告.json"], 2, "平成11年度");
    check(at, &["journal", "verify", "--head", "でたらめ"], 2, "。");
    check(at, &["indicator", "list", "--division", "ない課"], 2, "指標のある所管課は");
    check(at, &["indicator", "show", "でたらめ"], 2, "renkei indicator list");
    check(at, &["indicator", "handover", "ない課", "-o", "引継書.pdf"], 2, "「ない課」が所管する指標はありません");
    check(at, &["indicator", "handover", "ない課", "-o", "引継書.docx"], 2, ".pdf");
}

#[test]
fn a_closed_pipe_is_not_a_failure() {
    let folder = folder_with_sample();
    for arguments in [["check", "昨年度.txt"].as_slice(), &["check", "昨年度.txt", "--format", "json"]] {
        let output = unread(folder.path(), arguments);
        assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""), "{arguments:?}");
    }
}
