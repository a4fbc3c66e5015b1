//! The commands of a whole year, from the import of a file to the report and its comparison with the file.

use serde_json::Value;

use crate::{folder_with_sample, node, text};

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("JSON")
}

#[test]
fn a_document_is_imported_and_the_report_is_written() {
    let folder = folder_with_sample();
    let at = folder.path();
    let read = json(&node(at, &["import", "昨年度.txt", "--dry-run", "--format", "json"]).stdout);
    assert_eq!(read["format"], "renkei-document/1");
    let imported = node(at, &["import", "昨年度.txt", "--data", "data"]);
    assert_eq!(imported.status.code(), Some(0), "{}", text(&imported.stderr));
    assert!(text(&imported.stdout).contains("行を引き継ぎました"));
    let stored = json(&node(at, &["export", "--data", "data"]).stdout);
    assert_eq!(stored["agreement"], read["agreement"]);
    assert_eq!(stored["plans"].as_array().map(Vec::len), read["plans"].as_array().map(Vec::len));
    for file in ["報告.json", "報告.html", "報告.pdf", "報告.xlsx", "報告.docx"] {
        let made = node(at, &["report", "--fiscal-year", "2026", "--out", file, "--data", "data"]);
        assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
        assert!(std::fs::metadata(at.join(file)).expect("made").len() > 10_000);
    }
    assert!(std::fs::read(at.join("報告.pdf")).expect("read").starts_with(b"%PDF-"));
}

#[test]
fn data_are_exported_as_tables_and_a_summary_is_written() {
    let folder = folder_with_sample();
    let at = folder.path();
    assert_eq!(node(at, &["import", "昨年度.txt", "--data", "data"]).status.code(), Some(0));
    let export = |arguments: &[&str]| {
        let made = node(at, &[&["export", "--data", "data"], arguments].concat());
        assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
        made.stdout
    };
    assert!(text(&export(&["--format", "csv"])).starts_with("\u{FEFF}数値ID,"));
    assert!(text(&export(&["--format", "csv", "--table", "codes"])).contains("状態コード,none,実績なし,"));
    let in_shift_jis = export(&["--format", "csv", "--encoding", "shift_jis"]);
    assert!(in_shift_jis.starts_with(&[0x90, 0x94, 0x92, 0x6c]), "数値 in Shift_JIS");
    assert!(export(&["--format", "xlsx"]).starts_with(b"PK"));
    assert_eq!(json(&export(&["--format", "schema"]))["properties"]["format"]["const"], "renkei-document/1");
    assert!(text(&export(&["--format", "xlsx", "--out", "データ.xlsx"])).contains("データ.xlsx"));
    for file in ["データ.xlsx", "概要.html", "概要.pdf"] {
        if file.starts_with("概要") {
            let made = node(at, &["report", "--summary", "--out", file, "--data", "data"]);
            assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
        }
        assert!(std::fs::metadata(at.join(file)).expect("made").len() > 5_000, "{file}");
    }
    assert_eq!(node(at, &["report", "--summary", "--out", "概要.xlsx", "--data", "data"]).status.code(), Some(2));
}

#[test]
fn indicators_are_listed_and_shown_and_a_division_s_handover_is_made() {
    let folder = folder_with_sample();
    let at = folder.path();
    assert_eq!(node(at, &["import", "昨年度.txt", "--data", "data"]).status.code(), Some(0));
    let ask = |arguments: &[&str]| {
        let made = node(at, &[&["indicator"], arguments, &["--data", "data"]].concat());
        assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
        made.stdout
    };
    let listed = json(&ask(&["list", "--format", "json"]));
    let all = listed["indicators"].as_array().expect("a list");
    let (id, division) = all
        .iter()
        .find_map(|known| Some((known["id"].as_str()?, known["divisions"].get(0)?.as_str()?)))
        .expect("an indicator of a division");
    let of_division = text(&ask(&["list", "--division", division]));
    assert!(of_division.contains(id) && of_division.lines().count() < all.len(), "{of_division}");
    assert!(of_division.lines().all(|line| line.contains(division)), "{of_division}");
    let shown = json(&ask(&["show", id, "--format", "json"]));
    assert!(shown["values"].as_array().is_some_and(|values| !values.is_empty()), "{shown}");
    let shown = text(&ask(&["show", id]));
    assert!(shown.contains("合算の仕方：まだ決めていない") && shown.contains("出典：記載なし"), "{shown}");
    let made = text(&ask(&["handover", division, "-o", "引継書.pdf"]));
    assert!(made.contains("引継書.pdf を作りました") && made.contains("定義のない指標"), "{made}");
    assert!(std::fs::read(at.join("引継書.pdf")).expect("made").starts_with(b"%PDF-"));
}

#[test]
fn check_exits_with_one_if_it_finds_errors() {
    let folder = folder_with_sample();
    let at = folder.path();
    let told = node(at, &["check", "昨年度.txt"]);
    let listed = json(&node(at, &["check", "昨年度.txt", "--format", "json"]).stdout);
    let findings = listed["findings"].as_array().expect("a list");
    let errors = findings.iter().filter(|finding| finding["severity"] == "error").count();
    assert!(errors > 0, "the sample has planted errors");
    assert_eq!(told.status.code(), Some(1));
    assert!(text(&told.stdout).contains(&format!("確認事項 {}", findings.len())), "{}", text(&told.stdout));
    std::fs::write(at.join("手紙.txt"), "お知らせ\n\n令和8年4月1日\n").expect("written");
    assert_eq!(node(at, &["check", "手紙.txt"]).status.code(), Some(0));
}

#[test]
fn a_document_is_compared_with_another_and_with_the_stored_report() {
    let folder = folder_with_sample();
    let at = folder.path();
    let imported = node(at, &["import", "昨年度.txt", "--data", "data"]);
    assert!(text(&imported.stdout).contains("取込み後の比較：相違 0"), "{}", text(&imported.stdout));
    let beside_store = node(at, &["compare", "昨年度.txt", "--data", "data"]);
    assert_eq!(beside_store.status.code(), Some(0), "{}", text(&beside_store.stdout));
    assert!(text(&beside_store.stdout).starts_with("相違 0"), "{}", text(&beside_store.stdout));
    assert_eq!(node(at, &["report", "--out", "報告.json", "--data", "data"]).status.code(), Some(0));
    let same = node(at, &["compare", "昨年度.txt", "報告.json"]);
    assert_eq!(same.status.code(), Some(0), "{}", text(&same.stdout));
    let changed =
        std::fs::read_to_string(at.join("昨年度.txt")).expect("read").replacen("を行った。", "を行なった。", 1);
    std::fs::write(at.join("直し.txt"), changed).expect("written");
    let differs = node(at, &["compare", "報告.json", "直し.txt"]);
    assert_eq!(differs.status.code(), Some(1));
    assert!(text(&differs.stdout).contains("［な］"), "{}", text(&differs.stdout));
    let listed = json(&node(at, &["compare", "報告.json", "直し.txt", "--format", "json"]).stdout);
    assert_eq!(listed["differences"].as_array().map(Vec::len), Some(1));
    assert_eq!(listed["differences"][0]["kind"], "text");
    std::fs::write(at.join("写真.txt"), [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0, 0, 0, 1]).expect("written");
    assert_eq!(node(at, &["compare", "写真.txt", "報告.json"]).status.code(), Some(3));
}

#[test]
fn an_edition_is_frozen_listed_shown_and_exported() {
    let folder = folder_with_sample();
    let at = folder.path();
    let run = |arguments: &[&str]| {
        let told = node(at, &[arguments, &["--data", "data"]].concat());
        (told.status.code(), text(&told.stdout) + &text(&told.stderr))
    };
    assert_eq!(run(&["import", "昨年度.txt"]).0, Some(0));
    assert!(run(&["edition", "list"]).1.contains("版はまだありません"));
    let (code, told) = run(&["edition", "freeze", "--fiscal-year", "2026"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("令和8年度 第1版（R8-1）を作りました"), "{told}");
    assert!(told.contains("誤りの確認事項が"), "the sample has planted errors: {told}");
    let (code, told) = run(&["edition", "freeze", "--fiscal-year", "2026"]);
    assert!(code == Some(2) && told.contains("内容が変わっていません"), "{told}");
    assert!(run(&["edition", "list"]).1.starts_with("R8-1\t令和8年度 第1版\t"));
    let listed = json(&node(at, &["edition", "list", "--format", "json", "--data", "data"]).stdout);
    let digest = listed["editions"][0]["digest"].as_str().expect("a digest").to_owned();
    assert!(run(&["edition", "show", "R8-1"]).1.contains(&digest));
    let (code, told) = run(&["edition", "show", "R8-1-0001"]);
    assert!(code == Some(0) && told.contains("報告：") && told.contains("昨年度.txt"), "{told}");
    assert_eq!(run(&["edition", "diff", "R8-1", "R8-1"]), (Some(0), "正誤 0件\n".to_owned()));
    let (code, told) = run(&["edition", "show", "R8-2"]);
    assert!(code == Some(2) && told.contains("あるのはR8-1です"), "{told}");
    assert_eq!(run(&["edition", "export", "R8-1", "--out", "版"]).0, Some(0));
    let kept = json(&std::fs::read(at.join("版/令和8年度第1版参照番号.json")).expect("written"));
    assert_eq!(kept["digest"], digest.as_str());
    let same = node(at, &["compare", "昨年度.txt", "版/令和8年度第1版.json"]);
    assert_eq!(same.status.code(), Some(0), "{}", text(&same.stdout));
}

#[test]
fn a_restored_copy_is_equal_and_verifies_with_a_noted_head() {
    let folder = folder_with_sample();
    let at = folder.path();
    assert_eq!(node(at, &["import", "昨年度.txt", "--data", "data"]).status.code(), Some(0));
    let verified = text(&node(at, &["journal", "verify", "--data", "data"]).stdout);
    let head = verified.lines().last().expect("heads are listed").trim().to_owned();
    assert_eq!(node(at, &["backup", "写し.sqlite3", "--data", "data"]).status.code(), Some(0));
    assert_eq!(node(at, &["backup", "写し.sqlite3", "--data", "data"]).status.code(), Some(2));
    assert_eq!(node(at, &["restore", "写し.sqlite3", "--data", "data"]).status.code(), Some(2));
    let without_key = node(at, &["restore", "写し.sqlite3", "--data", "新"]);
    assert_eq!(without_key.status.code(), Some(2), "{}", text(&without_key.stdout));
    assert!(text(&without_key.stderr).contains("--acknowledged-by"), "{}", text(&without_key.stderr));
    let acknowledged = ["restore", "写し.sqlite3", "--data", "新", "--acknowledged-by", "局長 山田"];
    assert_eq!(node(at, &acknowledged).status.code(), Some(0));
    let again = node(at, &["journal", "verify", "--data", "新", "--head", &head]);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
    assert!(text(&again.stdout).contains("復元のときに局長 山田が認めた鍵"), "{}", text(&again.stdout));
    let export = |data: &str| node(at, &["export", "--data", data]).stdout;
    assert_eq!(export("data"), export("新"));
}

#[test]
fn a_copy_with_its_encrypted_key_is_restored_with_the_passphrase_only() {
    let folder = folder_with_sample();
    let at = folder.path();
    assert_eq!(node(at, &["import", "昨年度.txt", "--data", "data"]).status.code(), Some(0));
    let secret = std::fs::read_to_string(at.join("data/node.key")).expect("a key");
    std::fs::write(at.join("短い"), "plum\n").expect("written");
    std::fs::write(at.join("合言葉"), "plum tree in the rain\n").expect("written");
    std::fs::write(at.join("別の合言葉"), "plum tree in the snow\n").expect("written");
    let backup = |file: &str| node(at, &["backup", "写し.sqlite3", "--data", "data", "--passphrase-file", file]);
    assert_eq!(backup("短い").status.code(), Some(2));
    assert_eq!(backup("合言葉").status.code(), Some(0));
    let key = std::fs::read_to_string(at.join("写し.sqlite3.key")).expect("a copy of the key");
    assert!(!key.contains(secret.trim()), "the key is encrypted");
    let restore = |more: &[&str]| node(at, &[&["restore", "写し.sqlite3", "--data", "新"], more].concat());
    let refused = restore(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("--passphrase-file"), "{}", text(&refused.stderr));
    assert_eq!(restore(&["--passphrase-file", "別の合言葉"]).status.code(), Some(2));
    assert!(!at.join("新/node.key").exists());
    assert_eq!(restore(&["--passphrase-file", "合言葉"]).status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(at.join("新/node.key")).expect("the same key"), secret);
    let verified = node(at, &["journal", "verify", "--data", "新"]);
    assert_eq!(verified.status.code(), Some(0), "{}", text(&verified.stderr));
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    let folder = folder_with_sample();
    let at = folder.path();
    assert_eq!(node(at, &["import", "昨年度.txt", "--data", "data"]).status.code(), Some(0));
    let report = |file: &str| {
        assert_eq!(node(at, &["report", "--out", file, "--data", "data"]).status.code(), Some(0));
        std::fs::read(at.join(file)).expect("made")
    };
    assert!(report("一.pdf") == report("二.pdf"));
    assert_eq!(report("一.html"), report("二.html"));
}

#[test]
fn lineage_suggests_an_ancestor_for_most_rows() {
    let folder = folder_with_sample();
    let at = folder.path();
    assert_eq!(node(at, &["import", "昨年度.txt", "--data", "data"]).status.code(), Some(0));
    let listed =
        json(&node(at, &["lineage", "--from", "2025", "--to", "2026", "--format", "json", "--data", "data"]).stdout);
    let rows = listed["rows"].as_array().expect("rows");
    let with = rows.iter().filter(|row| row["from"].as_array().is_some_and(|from| !from.is_empty())).count();
    assert!(with * 2 > rows.len(), "{with} of {}", rows.len());
}

#[test]
fn layouts_are_written_once_and_a_fault_is_reported_with_its_place() {
    let folder = folder_with_sample();
    let at = folder.path();
    assert_eq!(node(at, &["template", "export", "様式"]).status.code(), Some(0));
    for file in ["report.typ", "report.docx", "使い方.txt"] {
        assert!(at.join("様式").join(file).exists(), "{file}");
    }
    let again = node(at, &["template", "export", "様式"]);
    assert!(
        again.status.code() == Some(2) && text(&again.stderr).contains("上書きはしません"),
        "{}",
        text(&again.stderr)
    );
    assert_eq!(node(at, &["template", "check", "様式"]).status.code(), Some(0));
    std::fs::write(at.join("様式/report.typ"), "#let\n").expect("written");
    let faulty = node(at, &["template", "check", "様式"]);
    assert_eq!(faulty.status.code(), Some(2));
    assert!(text(&faulty.stderr).starts_with("report.typ 1行"), "{}", text(&faulty.stderr));
}

#[test]
fn years_are_imported_together_and_a_failure_affects_no_other_file() {
    let folder = folder_with_sample();
    let at = folder.path();
    let sample = |year| renkei_sample::document(&renkei_sample::Settings::usual(8, year));
    std::fs::write(at.join("三.txt"), sample(2025)).expect("written");
    std::fs::write(at.join("写真.txt"), [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0, 0, 0, 1]).expect("written");
    let told = node(at, &["import", "昨年度.txt", "写真.txt", "三.txt", "--data", "data"]);
    let (out, errors) = (text(&told.stdout), text(&told.stderr));
    assert_eq!(told.status.code(), Some(3), "{errors}");
    assert!(out.contains("3件のうち2件を取り込みました"), "{out}");
    assert!(errors.contains("写真.txt：") && errors.contains("取り込めなかったもの：写真.txt"), "{errors}");
    let place = |year: &str| out.find(year).expect("told");
    assert!(place("令和6年度事業進捗状況") < place("令和8年度事業計画"), "the oldest year first: {out}");
    let again = node(at, &["import", "三.txt", "ない.txt", "--data", "data"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(!text(&again.stderr).contains("取り込めなかったもの"), "a slip of the name: nothing is tried");
    let text_of_2025 = sample(2025);
    let (before, after) = text_of_2025.rsplit_once("を行う。").expect("a row of the plan");
    std::fs::write(at.join("直し.txt"), format!("{before}を早くから行う。{after}")).expect("written");
    assert_eq!(node(at, &["import", "直し.txt", "--data", "data"]).status.code(), Some(2));
    let merged = node(at, &["import", "直し.txt", "--merge", "--data", "data"]);
    assert_eq!(merged.status.code(), Some(0), "{}", text(&merged.stderr));
    let out = text(&merged.stdout);
    assert!(out.contains("令和7年度事業計画を統合しました：新規0行、変更1行、なくなった行0行、"), "{out}");
}
