//! Reads the head of a table, which states the meaning of each column. This is needed if the columns are not in the
//! usual order.

use crate::blocks::{Cell, squash};
use crate::divisions;
use crate::marks;
use crate::raw_row::RawRow;

/// The meaning of a column. The variants are in the usual order of the columns of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Role {
    Organisation,
    Mark,
    Division,
    Content,
}

/// The columns of a table, read from its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<Role>);

const ORGANISATIONS: [&str; 8] = ["区分", "組織", "機関", "実施機関", "実施主体", "主体", "機関名", "実施者"];
const MARKS: [&str; 5] = ["番号", "No", "No.", "項番", "№"];
const DIVISIONS: [&str; 8] = ["担当課", "所管課", "担当部署", "担当", "所管", "担当課等", "担当部課", "所属"];
const CONTENTS: [&str; 20] = [
    "取組内容",
    "取組",
    "内容",
    "事業内容",
    "事業",
    "事業名",
    "実施内容",
    "実績",
    "進捗状況",
    "取組状況",
    "実施状況",
    "備考",
    "項目",
    "目標",
    "数値目標",
    "実施時期",
    "主な取組",
    "具体的取組",
    "計画",
    "結果",
];

impl Columns {
    /// Reads a head. `None` unless at least two cells are known column names and no cell contains anything else.
    pub fn of(texts: &[String]) -> Option<Self> {
        let filled = texts.iter().filter(|text| !text.is_empty()).count();
        let role = |text: &String| {
            let word = squash(text);
            let is = |words: &[&str]| words.contains(&word.as_str());
            if is(&ORGANISATIONS) {
                Some(Role::Organisation)
            } else if is(&MARKS) {
                Some(Role::Mark)
            } else if is(&DIVISIONS) {
                Some(Role::Division)
            } else if word.is_empty() || is(&CONTENTS) || word.chars().count() <= 8 && word.contains("内容") {
                Some(Role::Content)
            } else {
                None
            }
        };
        let roles: Option<Vec<Role>> = texts.iter().map(role).collect();
        roles.filter(|_| filled >= 2).map(Self)
    }

    /// Reads a row by this head. Returns `None` if the head has a mark column and the usual order, because such rows
    /// are read without the head. Also returns `None` if the head has no division column or the row does not match the
    /// head.
    pub fn read(&self, cells: &[Cell]) -> Option<RawRow> {
        let has_marks = self.0.contains(&Role::Mark);
        let usual = has_marks && self.0.windows(2).all(|two| two[0] <= two[1]);
        if usual || cells.len() != self.0.len() || !self.0.contains(&Role::Division) {
            return None;
        }
        let of = |role: Role| self.0.iter().zip(cells).filter(move |(r, _)| **r == role).map(|(_, cell)| cell);
        let text = |role: Role| of(role).map(Cell::text).collect::<Vec<_>>().join(" ").trim().to_owned();
        let division: Vec<String> = of(Role::Division).flat_map(|cell| cell.0.clone()).collect();
        let mark = marks::mark(&text(Role::Mark)).map(|(mark, _)| mark);
        let organisation = text(Role::Organisation);
        let body: Vec<String> = of(Role::Content).flat_map(|cell| cell.0.clone()).collect();
        let of_itself = !has_marks && !organisation.is_empty() && !body.is_empty();
        (mark.is_some() || !division.is_empty() || of_itself).then(|| RawRow {
            organisation,
            has_organisation_column: self.0.contains(&Role::Organisation),
            mark,
            division: divisions::of_cell(&division),
            body,
            shifted: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Vec<Cell> {
        line.split('/').map(Cell::of).collect()
    }

    fn columns(line: &str) -> Option<Columns> {
        Columns::of(&line.split('/').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_table_is_read_by_its_own_head() {
        let own = columns("番号/取組内容/担当課/実施主体").unwrap();
        let row = own.read(&cells("③/相談を行う。/くらし課/みどり市")).unwrap();
        assert_eq!(
            (row.organisation.as_str(), row.division.as_str(), row.body),
            ("みどり市", "くらし課", vec!["相談を行う。".to_owned()])
        );
        assert_eq!(row.mark.map(|mark| mark.number), Some(3));
        assert_eq!(own.read(&cells("/続き//")), None);
        assert_eq!(columns("区分/番号/担当課/取組内容").unwrap().read(&cells("労働局/①/課/行う。")), None);
        assert_eq!(columns("労働局/番号"), None);
        assert_eq!(columns("番号"), None);
    }
}
