//! 一覧の列 — finds the columns of a list by the headings that offices usually write.

use renkei_document::search::folded;
use renkei_import::PlainRow;

/// 列 — the possible headings of a column (normalised), and the field of a line into which its cells are read.
pub(crate) type Column<Line> = (&'static [&'static str], fn(&mut Line) -> &mut String);

/// 課名: the headings of the column of divisions, which every list has. The row with this heading is the header row.
pub(crate) const DIVISION: &[&str] = &["課名", "所属名", "組織名", "部署名", "名称", "所属", "組織"];
pub(crate) const PARENT: &[&str] = &["上位組織", "上位所属", "局部名", "部名", "親組織"];
pub(crate) const POST: &[&str] = &["職名", "職", "役職"];

/// 一覧の頭 — the header row of a list, and the rows below it.
pub(crate) struct Headed {
    head: Vec<String>,
    below: Vec<PlainRow>,
}

impl Headed {
    /// Finds the header row; `None` if no row has a heading for divisions.
    pub fn of(rows: Vec<PlainRow>) -> Option<Self> {
        let mut rows = rows.into_iter();
        let head = rows.by_ref().find_map(|row| {
            let head: Vec<String> = row.values.iter().map(|value| folded(value)).collect();
            head.iter().any(|word| DIVISION.contains(&word.as_str())).then_some(head)
        })?;
        Some(Self { head, below: rows.collect() })
    }

    pub fn has(&self, names: &[&str]) -> bool {
        self.head.iter().any(|word| names.contains(&word.as_str()))
    }

    /// Returns the rows below the header as lines. Columns with unknown names are ignored.
    pub fn lines<Line: Default>(self, columns: &[Column<Line>], place: fn(&mut Line) -> &mut String) -> Vec<Line> {
        let column = |word: &String| columns.iter().find(|(names, _)| names.contains(&word.as_str()));
        let fields: Vec<_> = self.head.iter().map(column).collect();
        let line = |row: PlainRow| {
            let mut line = Line::default();
            *place(&mut line) = row.place;
            for (field, value) in fields.iter().zip(row.values) {
                if let Some((_, field)) = field {
                    *field(&mut line) = value;
                }
            }
            line
        };
        self.below.into_iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_names_in_any_order() {
        let row = |place: &str, values: &[&str]| PlainRow {
            place: place.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let rows = vec![
            row("1行目", &["令和8年度 組織一覧"]),
            row("3行目", &["職名", "備考", "上位 組織", "課名"]),
            row("4行目", &["課長", "兼務", "産業部", "しごと課"]),
            row("5行目", &["", "", "", "まち課"]),
        ];
        let columns: [Column<[String; 4]>; 3] =
            [(DIVISION, |line| &mut line[1]), (PARENT, |line| &mut line[2]), (POST, |line| &mut line[3])];
        let headed = Headed::of(rows).expect("a head");
        assert!(headed.has(POST) && !headed.has(&["氏名"]));
        let lines = headed.lines(&columns, |line| &mut line[0]);
        let shown: Vec<_> = lines.iter().map(|line| line.join("|")).collect();
        assert_eq!(shown, ["4行目|しごと課|産業部|課長", "5行目|まち課||"]);
        assert!(Headed::of(vec![row("1行目", &["氏名"])]).is_none());
    }
}
