//! 表の列 — finds the meaning of table columns from the table head (基準値, 目標値(R8), 単位, 令和6年度, 求人数 …).

use renkei_document::figure::FigureKind;

use super::dates::Said;
use super::labels::{is_measure, unit_of};

/// The content of a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Role {
    /// The label of the row; its heads are 指標 and 項目.
    Label,
    Unit,
    /// A column that is not evaluated: 備考, 評価, 担当課.
    Aside,
    Value(FigureKind),
    /// The measured thing, with heads such as 求人数; the row then states the time or the owner.
    Measure,
}

/// A column as described by its head.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub role: Role,
    pub text: String,
    pub said: Option<Said>,
}

impl Column {
    pub fn holds_value(&self) -> bool {
        matches!(self.role, Role::Value(_) | Role::Measure)
    }
}

/// Returns the role of a column from a word of the head; `None` if the word is not a column head.
pub(super) fn role_of(text: &str) -> Option<Role> {
    let text = text.trim_matches(|c: char| matches!(c, ':' | '：' | '・' | 'の'));
    Some(match text {
        "単位" => Role::Unit,
        "指標"
        | "項目"
        | "区分"
        | "指標名"
        | "KPI"
        | "重要業績評価指標"
        | "項目名"
        | "年月"
        | "年度"
        | "月"
        | "成果指標"
        | "サービス名"
        | "サービス種別"
        | "種別"
        | "内容" => Role::Label,
        "備考" | "評価" | "担当課" | "所管課" | "判定" | "状況" | "進捗" => Role::Aside,
        "基準値" | "基準" | "現状値" | "現状" | "基準年度" | "策定時" | "計画策定時" | "当初値" => {
            Role::Value(FigureKind::Baseline)
        }
        "目標値" | "目標" | "計画" | "計画値" | "見込量" | "見込" | "見込み" | "最終目標" | "最終目標値"
        | "年度目標" | "年間目標" | "中間目標" => Role::Value(FigureKind::Target),
        "平均" | "年平均" | "計" | "末" | "分" | "実績" | "実績値" | "最新値" | "現況値" | "当月" | "前月"
        | "前年同月" | "前年度" | "本年度" | "累計" | "現在値" => Role::Value(FigureKind::Actual),
        "参考値" | "参考" => Role::Value(FigureKind::Reference),
        "達成率" | "進捗率" | "対目標" | "対目標比" | "達成度" | "対計画比" | "実施率" => {
            Role::Value(FigureKind::Derived)
        }
        "前年同月比" | "対前年同月比" | "前年比" | "対前年比" | "前月比" | "対前月比" | "前年度比" | "対前年度比"
        | "増減率" | "前年同期比" | "対前年同期比" => Role::Value(FigureKind::YearOnYear),
        _ if unit_of(text).is_some() && is_measure(text) && text.chars().count() <= 16 => Role::Measure,
        _ => return None,
    })
}

/// Whether the columns are months (4月 5月 6月 …), so that each row is a year.
pub(super) fn is_by_month(columns: &[Column]) -> bool {
    columns.iter().filter(|column| matches!(column.said, Some(Said::MonthAlone { .. }))).count() >= 3
}

/// Adds a column. A word such as 実績 after a single year belongs to the column of this year (令和5年度 実績); after several
/// years, it is a separate column.
pub(super) fn add_column(columns: &mut Vec<Column>, role: Role, text: String) {
    let bare = |column: &Column| column.text.is_empty() && column.said.is_some();
    let years = columns.iter().rev().take_while(|column| bare(column)).count();
    match columns.last_mut() {
        Some(last) if years == 1 && matches!(role, Role::Value(_)) => (last.role, last.text) = (role, text),
        _ => columns.push(Column { role, text, said: None }),
    }
}

/// Combines a row of years with a row of kinds: 令和5年度 令和6年度 over 計画 実績 計画 実績.
pub(super) fn crossed(columns: Vec<Column>) -> Vec<Column> {
    let leading = columns.iter().take_while(|column| !column.holds_value()).count();
    let dated = columns[leading..].iter().take_while(|column| column.text.is_empty() && column.said.is_some()).count();
    let kinds = &columns[leading + dated..];
    let bare = kinds.iter().all(|column| column.said.is_none() && matches!(column.role, Role::Value(_)));
    if dated < 2 || kinds.is_empty() || !bare || !kinds.len().is_multiple_of(dated) {
        return columns;
    }
    let each = kinds.len() / dated;
    let years = columns[leading..leading + dated].iter().flat_map(|year| std::iter::repeat_n(year.said, each));
    let crossed = kinds.iter().zip(years).map(|(kind, said)| Column { said, ..kind.clone() });
    columns[..leading].iter().cloned().chain(crossed).collect()
}

/// Sets the same year in all columns if the head has only one year: 令和5年度 計画 実績.
pub(super) fn dated_alike(mut columns: Vec<Column>) -> Vec<Column> {
    let mut dates = columns.iter().filter_map(|column| column.said);
    let one = dates.next().filter(|said| matches!(said, Said::FiscalYear(_)) && dates.next().is_none());
    let first = columns.iter().position(Column::holds_value);
    let leads = first.is_some_and(|first| columns[first].said.is_some());
    if let Some(said) = one.filter(|_| leads) {
        columns.iter_mut().filter(|column| column.holds_value()).for_each(|column| column.said = Some(said));
    }
    columns
}
