//! 項目定義 — the columns of every table: name, meaning, unit, and the meaning of an empty cell.

use super::table::{Column, ColumnKind, Datum, Table};

const NEVER: &str = "";

const fn text(name: &'static str, field: &'static str, meaning: &'static str) -> Column {
    Column { name, field, kind: ColumnKind::Text, unit: "", meaning, blank: NEVER }
}

const fn code(name: &'static str, field: &'static str, meaning: &'static str) -> Column {
    Column { name, field, kind: ColumnKind::Code, unit: "", meaning, blank: NEVER }
}

const fn number(name: &'static str, field: &'static str, unit: &'static str, meaning: &'static str) -> Column {
    Column { name, field, kind: ColumnKind::Number, unit, meaning, blank: NEVER }
}

const fn date(name: &'static str, field: &'static str, meaning: &'static str) -> Column {
    Column { name, field, kind: ColumnKind::Date, unit: "", meaning, blank: "文書に書かれていない" }
}

impl Column {
    const fn or_blank(mut self, blank: &'static str) -> Self {
        self.blank = blank;
        self
    }
}

const INITIATIVE: Column =
    text("取組ID", "initiative_id", "取組を一つに定める記号。年度、表の種類、柱、項目、取組の番号をつないだもの");
const YEAR: Column = number("年度（西暦年）", "fiscal_year", "年", "4月に始まる年度。始まる年の西暦");
const YEAR_NAME: Column = text("年度（和暦）", "fiscal_year_name", "同じ年度の和暦での名前");
const KIND: Column = code("表の種類コード", "plan_kind", "進捗、実施報告、計画の別");
const KIND_NAME: Column = text("表の種類", "plan_kind_name", "表の種類コードの名前");
const CHAPTER: Column = number("柱番号", "chapter_number", "番", "事業計画の柱（章）の順番");
const CHAPTER_NAME: Column = text("柱名", "chapter_title", "柱の題名");
const SECTION: Column = number("項目番号", "section_number", "番", "柱の中での項目の順番");
const SECTION_NAME: Column = text("項目名", "section_title", "項目の題名");
const PARTY: Column = code("当事者コード", "party", "取組を行う当事者");
const PARTY_NAME: Column = text("当事者名", "party_name", "当事者の正式な名前");

pub(super) const INITIATIVES: [Column; 13] = [
    INITIATIVE,
    YEAR,
    YEAR_NAME,
    KIND,
    KIND_NAME,
    CHAPTER,
    CHAPTER_NAME,
    SECTION,
    SECTION_NAME,
    number("取組番号", "initiative_number", "番", "項目の中での取組の順番"),
    PARTY,
    PARTY_NAME,
    text("取組内容", "content", "取組の文の全部を一行にしたもの").or_blank("文が書かれていない"),
];

pub(super) const DIVISIONS: [Column; 7] = [
    INITIATIVE,
    YEAR,
    YEAR_NAME,
    KIND,
    KIND_NAME,
    number("所管課番号", "division_number", "番", "取組の中での所管課の順番"),
    text("所管課名", "division", "取組を担当する課や所の名前"),
];

pub(super) const SECTIONS: [Column; 10] = [
    text("項目ID", "section_id", "項目を一つに定める記号。取組IDから取組の番号を除いたもの"),
    YEAR,
    YEAR_NAME,
    KIND,
    KIND_NAME,
    CHAPTER,
    CHAPTER_NAME,
    SECTION,
    SECTION_NAME,
    text("リード文", "lead", "項目の初めに置かれた、市や労働局が何をするかの文").or_blank("文が置かれていない"),
];

const IN_NO_ROW: &str = "事業計画の表の外にある数値";
const FIGURE: Column =
    text("数値ID", "observation_id", "数値を一つに定める記号。取組IDに、取組の中での順番をつないだもの");

pub(super) const OBSERVATIONS: [Column; 22] = [
    FIGURE,
    INITIATIVE.or_blank(IN_NO_ROW),
    YEAR.or_blank("年度が書かれていない"),
    YEAR_NAME.or_blank("年度が書かれていない"),
    KIND,
    KIND_NAME,
    PARTY.or_blank(IN_NO_ROW),
    PARTY_NAME.or_blank(IN_NO_ROW),
    text("指標名", "label", "何を数えたか").or_blank("文書から読み取れない"),
    code("数値の種類コード", "figure_kind", "実績、目標などの別"),
    text("数値の種類", "figure_kind_name", "数値の種類コードの名前"),
    code("状態コード", "state", "値があるか、なければなぜか"),
    text("状態", "state_name", "状態コードの名前"),
    number("値", "value", "単位の列による", "数値。桁区切りと単位は付けない")
        .or_blank("値がない。理由は状態コードによる。0ではない"),
    text("単位", "unit", "値の単位。文書に単位がない値は「記載なし」").or_blank("値がない"),
    code("確度コード", "certainty", "確定と見込の別"),
    text("確度", "certainty_name", "確度コードの名前"),
    date("時点", "as_of", "いつ現在の値か"),
    date("期間の初日", "period_from", "値が数えた期間の最初の日"),
    date("期間の末日", "period_to", "値が数えた期間の最後の日"),
    text("対象範囲", "scope", "値が及ぶ地域や対象者").or_blank("文書に書かれていない"),
    text("限定", "qualifier", "延べ、約など、値の意味を限る言葉").or_blank("限る言葉がない"),
];

pub(super) const EVENT_DATES: [Column; 3] = [
    FIGURE,
    number("開催日番号", "event_number", "番", "一つの数値についての開催日の順番"),
    date("開催日", "event_date", "数えた催しの日").or_blank(NEVER),
];

pub(super) const CODES: [Column; 4] = [
    text("項目名", "column_name", "コードを使う項目"),
    text("コード", "code", "データに入る記号"),
    text("名称", "name", "コードの名前"),
    text("意味", "meaning", "コードの説明"),
];

pub(super) const NOTES: [Column; 2] = [text("事項", "subject", "何についての説明か"), text("説明", "note", "説明の文")];

pub(super) const DEFINITIONS: [Column; 8] = [
    text("表の名前", "table_name", "項目のある表。ブックではシートの名前"),
    text("表の名前（英数字）", "table", "CSVのファイルの名前"),
    number("列番号", "column_number", "番", "表の左からの順番"),
    text("項目の名前", "column_name", "表の1行目にある名前"),
    text("項目の名前（英数字）", "field", "プログラムから使うときの名前"),
    text("型", "type", "文字、数、日付、コードの別。日付は YYYY-MM-DD、日の書かれていないものは YYYY-MM"),
    text("数の単位", "column_unit", "数の単位").or_blank("数ではない"),
    text("項目の意味", "definition", "何が入るか、空欄は何を意味するか"),
];

/// Returns a table with one row for each column of the data tables and of the explaining tables.
pub(super) fn table(data: &[Table]) -> Table {
    let own: [(&str, &str, &[Column]); 3] =
        [("項目定義", "columns", &DEFINITIONS), ("コード表", "codes", &CODES), ("作成情報", "notes", &NOTES)];
    let of_data = data.iter().map(|table| (table.name, table.file_name, table.columns));
    let rows = of_data.chain(own).flat_map(|(name, file_name, columns)| {
        (1..).zip(columns).map(move |(place, column)| row(name, file_name, place, column))
    });
    Table { name: "項目定義", file_name: "columns", columns: &DEFINITIONS, rows: rows.collect() }
}

fn row(table: &str, file_name: &str, place: usize, column: &Column) -> Vec<Datum> {
    let kind = match column.kind {
        ColumnKind::Text => "文字",
        ColumnKind::Number => "数",
        ColumnKind::Date => "日付",
        ColumnKind::Code => "コード",
    };
    let blank = match column.blank {
        NEVER => "空欄はない".to_owned(),
        blank => format!("空欄は「{blank}」を表す"),
    };
    vec![
        Datum::text(table),
        Datum::text(file_name),
        Datum::number(place),
        Datum::text(column.name),
        Datum::text(column.field),
        Datum::text(kind),
        Datum::text(column.unit),
        Datum::text(&format!("{}。{blank}", column.meaning)),
    ]
}
