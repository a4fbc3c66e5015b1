//! 作成情報 — the source of the data, how they were made, and the format of their files.

use renkei_document::document::Document;

use super::definitions as columns;
use super::table::{Datum, Table};
use crate::sheet::title_of;

const MADE: [(&str, &str); 9] = [
    (
        "作成方法",
        "出典の文書から、取組を一行に一つ、数値を一行に一つ書き出したもの。数値は印刷された値そのもので、丸めや推計はしていない",
    ),
    ("空欄の扱い", "空欄は0ではない。空欄の意味は項目定義にある。値の列が空欄のときは、状態コードが理由を表す"),
    (
        "文字の扱い",
        "丸数字は (1)、括弧付きの略号は (株) のように、半角のかなは全角に書き直した。人名・地名などの字体はそのまま",
    ),
    (
        "改行の扱い",
        "取組の段落と箇条は、空白一つを挟んで一行につないだ。もとの形は同じ文書のJSON（renkei-document/1）にある",
    ),
    ("日付の扱い", "西暦の YYYY-MM-DD。日が書かれていないものは YYYY-MM。月末現在はその月の最後の日"),
    (
        "CSVの文字コード",
        "UTF-8（BOM付き）。行の終わりは CR LF。求めに応じて Shift_JIS でも出力し、表せない字は「〓」とする",
    ),
    (
        "CSVの安全",
        "文字の値のうち =、+、-、@ とその全角で始まるものは、表計算ソフトが式と取り違えないよう、頭に ' を一つ付けた。取り除けば元に戻る",
    ),
    (
        "項目の互換",
        "項目の名前と順番は版によって変わらない。変えるときは、この表の「データの書式」の版を上げ、変更点をここに書く",
    ),
    ("データの書式", "renkei-dataset/1"),
];

pub(super) fn table(document: &Document) -> Table {
    let issuers = match document.front_matter.issuers.as_slice() {
        [] => {
            document.agreement.iter().flat_map(|agreement| &agreement.parties).map(|party| party.name.clone()).collect()
        }
        issuers => issuers.to_vec(),
    };
    let issued = document.issued_on.map_or_else(|| "文書に書かれていない".to_owned(), |day| day.to_string());
    let mut rows = vec![row("出典", &title_of(document))];
    rows.extend(document.fiscal_year.map(|year| row("対象年度", &format!("{}年度（{year}）", year.0))));
    rows.extend((1..).zip(&issuers).map(|(place, issuer): (usize, _)| row(&format!("作成者{place}"), issuer)));
    rows.push(row("更新日", &issued));
    rows.extend(MADE.map(|(subject, note)| row(subject, note)));
    rows.push(row("作成に使ったもの", concat!("renkei ", env!("CARGO_PKG_VERSION"))));
    Table { name: "作成情報", file_name: "notes", columns: &columns::NOTES, rows }
}

fn row(subject: &str, note: &str) -> Vec<Datum> {
    vec![Datum::text(subject), Datum::text(note)]
}
