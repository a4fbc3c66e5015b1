//! 表の崩れた文 — reads tables that were flattened to words: a head of columns (基準値, 目標値(R8), 単位, 令和6年度, 求人数 …) and rows that
//! have a label and one value for each column. Each cell is on its own line, or all cells are on one line.

use std::ops::Range;

use renkei_document::figure::FigureKind;

use super::columns::{Column, Role, add_column, crossed, dated_alike, is_by_month, role_of};
use super::dates::Said;
use super::labels::{clean, unit_of};
use super::lines::Line;
use super::setting::Setting;
use super::tokens::{Count, Kind, Token};
use crate::figures::glyphs::Glyphs;
use crate::figures::units::unit_at;

/// A value of a table, with the data from its row and column.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Index of the token of the number.
    pub token: usize,
    pub label: String,
    pub unit: String,
    pub kind: FigureKind,
    pub said: Option<Said>,
}

/// A table: the tokens from its head to its last row, and its values.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub tokens: Range<usize>,
    pub cells: Vec<Cell>,
}

/// Returns all tables of a document in order.
pub(super) fn sheets_in(setting: &Setting, tokens: &[Token]) -> Vec<Sheet> {
    let starred_is_reference = starred_is_reference(setting);
    let reader = Reader { setting, tokens, starred_is_reference, unit_of_all: unit_of_all(setting) };
    let mut sheets = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.sheet_at(at) {
            Some(sheet) => {
                at = sheet.tokens.end.max(at + 1);
                sheets.push(sheet);
            }
            None => at += 1,
        }
    }
    sheets
}

/// Whether a note says that a star marks reference values: 注) *は参考値を示す.
fn starred_is_reference(setting: &Setting) -> bool {
    setting.lines.iter().any(|line| {
        let text = line.text();
        text.contains("参考値")
            && (text.contains("*は") || text.contains("*印") || text.contains("※は") || text.contains("*:"))
    })
}

/// Returns the unit of all values if only one is given: (単位:人).
fn unit_of_all(setting: &Setting) -> Option<&'static str> {
    const UNITS: [&str; 8] = ["人", "件", "%", "社", "倍", "千円", "事業所", "世帯"];
    let mut said = setting.lines.iter().filter_map(|line| {
        let text = line.text();
        // (単位:人、件、倍) has several units and is ignored here.
        let unit = text.split_once("単位:")?.1.split(')').next()?.trim().to_owned();
        UNITS.into_iter().find(|known| *known == unit)
    });
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

/// A cell of a row: its column, the index of its number token, and the date in the cell.
type Filled<'c> = (&'c Column, usize, Option<Said>);

struct Reader<'a> {
    setting: &'a Setting<'a>,
    tokens: &'a [Token],
    starred_is_reference: bool,
    /// The unit given over the table: (単位:人).
    unit_of_all: Option<&'static str>,
}

impl Reader<'_> {
    fn sheet_at(&self, start: usize) -> Option<Sheet> {
        let (columns, body) = self.head_at(start)?;
        let mut cells = Vec::new();
        let mut end = body;
        while let Some((row, next)) = self.row_at(end, &columns) {
            cells.extend(row);
            end = next;
        }
        (!cells.is_empty()).then_some(Sheet { tokens: start..end, cells })
    }

    /// Returns the columns of a head that begins at `start`, and the start of its body.
    fn head_at(&self, start: usize) -> Option<(Vec<Column>, usize)> {
        const WIDEST: usize = 24;
        let mut columns: Vec<Column> = Vec::new();
        let mut at = start;
        while columns.len() < WIDEST {
            let Some(token) = self.tokens.get(at) else { break };
            match &token.kind {
                Kind::LineEnd if !columns.is_empty() => at += 1,
                Kind::Date(said) => {
                    columns.push(Column {
                        role: Role::Value(FigureKind::Actual),
                        text: String::new(),
                        said: Some(*said),
                    });
                    at += 1;
                }
                Kind::Marker(_, Some(said)) if !columns.is_empty() => {
                    if let Some(last) = columns.last_mut() {
                        last.said = Some(*said);
                    }
                    at += 1;
                }
                Kind::Word => {
                    let (text, end) = self.word_at(at);
                    let Some(role) = role_of(&text) else { break };
                    // After columns of years or kinds, a word for a counted thing is the label of the first row and not
                    // a column.
                    if role == Role::Measure && columns.iter().any(|column| matches!(column.role, Role::Value(_))) {
                        break;
                    }
                    // A word before 指標 or 項目, such as a heading 実績 over the table, is not a column.
                    if role == Role::Label && columns.len() == 1 {
                        columns.clear();
                    }
                    add_column(&mut columns, role, text);
                    at = end;
                }
                _ => break,
            }
        }
        let mut columns = dated_alike(crossed(columns));
        let mut end = at;
        // The date of the first row was read as a column: 求人数 求職者数 令和6年4月 1,234 1,000.
        let measures = columns.iter().filter(|column| column.role == Role::Measure).count();
        if measures >= 2 {
            while columns.last().is_some_and(|column| column.role != Role::Measure && column.text.is_empty()) {
                columns.pop();
                end = (start..end).rev().find(|&place| matches!(self.tokens[place].kind, Kind::Date(_)))?;
            }
        }
        // Under month columns, the year of the first row was read as a column in the same way.
        let is_month = |column: &Column| matches!(column.said, Some(Said::MonthAlone { .. }));
        if is_by_month(&columns) && columns.last().is_some_and(|column| column.text.is_empty() && !is_month(column)) {
            columns.pop();
            end = (start..end).rev().find(|&place| matches!(self.tokens[place].kind, Kind::Date(_)))?;
        }
        let values = columns.iter().filter(|column| column.holds_value()).count();
        let worded = columns.iter().any(|column| !column.text.is_empty());
        (values >= 2 && worded).then_some((columns, end))
    }

    /// Returns a word of the head; joins the single characters of a spaced-out word (指 標).
    fn word_at(&self, at: usize) -> (String, usize) {
        let mut text = self.printed(at);
        let mut end = at + 1;
        while text.chars().count() == 1
            && self.tokens.get(end).is_some_and(|token| token.kind == Kind::Word && token.range.len() == 1)
        {
            text.push_str(&self.printed(end));
            end += 1;
        }
        (text, end)
    }

    fn printed(&self, at: usize) -> String {
        let token = &self.tokens[at];
        self.setting.lines[token.line].printed_at(token.range.clone()).to_owned()
    }

    /// Reads one row that fills all columns; `None` otherwise.
    fn row_at(&self, start: usize, columns: &[Column]) -> Option<(Vec<Cell>, usize)> {
        const LONGEST_LABEL: usize = 8;
        let mut at = start;
        let mut words: Vec<String> = Vec::new();
        let mut said = None;
        let by_measure = columns.iter().any(|column| column.role == Role::Measure) || is_by_month(columns);
        loop {
            let token = self.tokens.get(at)?;
            match &token.kind {
                Kind::LineEnd | Kind::Comma | Kind::Close => {}
                // A bracket directly after a word belongs to the word: 誘致件数(累計).
                Kind::Open(_) if !token.parted && !words.is_empty() => {
                    let close = (at..self.tokens.len().min(at + LONGEST_LABEL))
                        .find(|&end| self.tokens[end].kind == Kind::Close)?;
                    let range = token.range.start..self.tokens[close].range.end;
                    words.last_mut()?.push_str(self.setting.lines[token.line].printed_at(range));
                    at = close;
                }
                Kind::Open(_) => {}
                Kind::Word if words.len() < LONGEST_LABEL => words.push(self.printed(at)),
                Kind::Heading(place) if words.is_empty() => {
                    let text = &self.setting.headings[*place].text;
                    words.push(text.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned());
                }
                Kind::Date(date) if by_measure => said = Some(*date),
                Kind::Date(_) | Kind::Marker(None, _) | Kind::Count(_) | Kind::Dash
                    if !words.is_empty() || said.is_some() =>
                {
                    break;
                }
                _ => return None,
            }
            at += 1;
        }
        let first_value = columns.iter().position(Column::holds_value)?;
        let unit_leads =
            columns.iter().position(|column| column.role == Role::Unit).is_some_and(|unit| unit < first_value);
        let mut unit = if unit_leads && words.len() > 1 { words.pop() } else { None };
        let (values, end) = self.values_at(at, &columns[first_value..], &mut unit)?;
        let label = match clean(&words.join(" ")) {
            empty if empty.is_empty() && is_by_month(columns) => self.setting.measure.clone().unwrap_or_default(),
            label => label,
        };
        let cells = values
            .iter()
            .filter_map(|(column, token, date)| self.cell(column, *token, date.or(said), &label, unit.as_deref()));
        Some((cells.collect(), end))
    }

    /// Reads one value for each column: its token and its own date.
    fn values_at<'c>(
        &self,
        start: usize,
        columns: &'c [Column],
        unit: &mut Option<String>,
    ) -> Option<(Vec<Filled<'c>>, usize)> {
        let mut at = start;
        let mut values = Vec::new();
        for (nth, column) in columns.iter().enumerate() {
            let last = columns.len() == nth + 1;
            let mut date = None;
            loop {
                match self.tokens.get(at).map(|token| &token.kind) {
                    Some(Kind::Marker(None, said)) => date = *said,
                    Some(Kind::Date(said)) if column.holds_value() => date = Some(*said),
                    Some(Kind::LineEnd | Kind::Open(_) | Kind::Close) => {}
                    _ => break,
                }
                at += 1;
            }
            match (self.tokens.get(at).map(|token| &token.kind), &column.role) {
                (Some(Kind::Count(_)), Role::Value(_) | Role::Measure) => values.push((column, at, date)),
                (Some(Kind::Count(_)), Role::Aside) | (Some(Kind::Dash), _) => {}
                // B and ◎ are grades of achievement.
                (Some(Kind::Stop), Role::Value(FigureKind::Derived) | Role::Aside) => {}
                (Some(Kind::Word), Role::Value(FigureKind::Derived)) if self.tokens[at].range.len() == 1 => {}
                (Some(Kind::Word), Role::Unit) => *unit = Some(self.printed(at)),
                // A cell of a column that is not evaluated may be missing.
                (Some(Kind::Word), Role::Aside) if !last => {}
                (_, Role::Aside | Role::Label | Role::Unit) => continue,
                // The text ends in the middle of this row.
                _ if !values.is_empty() && at + 2 >= self.tokens.len() => return Some((values, self.tokens.len())),
                _ => return None,
            }
            at += 1;
        }
        Some((values, at))
    }

    fn cell(&self, column: &Column, token: usize, date: Option<Said>, row: &str, unit: Option<&str>) -> Option<Cell> {
        let Kind::Count(Count { unit: own, noted, .. }) = &self.tokens[token].kind else { return None };
        let (label, kind) = match column.role {
            Role::Value(kind) if matches!(kind, FigureKind::YearOnYear | FigureKind::Derived) => {
                (format!("{row} {}", column.text), kind)
            }
            Role::Value(kind) => (row.to_owned(), kind),
            _ => (format!("{} {row}", column.text).trim().to_owned(), FigureKind::Actual),
        };
        let kind = if *noted && self.starred_is_reference { FigureKind::Reference } else { kind };
        let of_column = unit_of(&column.text);
        let unit = match (own, kind) {
            (Some(own), _) => own.clone(),
            // The change of a ratio that is counted in 倍 is given in points.
            (None, FigureKind::YearOnYear)
                if unit_of(row) == Some("倍") || bracketed_unit(row).as_deref() == Some("倍") =>
            {
                "ポイント".to_owned()
            }
            (None, FigureKind::YearOnYear | FigureKind::Derived) => of_column.unwrap_or("%").to_owned(),
            _ if column.role == Role::Measure => of_column.or(self.unit_of_all)?.to_owned(),
            _ => match bracketed_unit(row) {
                Some(unit) => unit,
                None => unit.or_else(|| unit_of(row)).or(self.unit_of_all)?.to_owned(),
            },
        };
        let said = match (date, column.said) {
            (Some(Said::FiscalYear(year)), Some(Said::MonthAlone { month, end })) => {
                Some(Said::Month { year: year.year_of_month(month), month, end })
            }
            (date, said) => date.or(said),
        };
        Some(Cell { token, label, unit, kind, said })
    }
}

/// Returns the unit in brackets: 人 in 「有効求人数(人)」.
fn bracketed_unit(row: &str) -> Option<String> {
    const LONGEST: usize = 4;
    let folded = Line::new(1, row).text();
    let inside = folded.strip_suffix(')')?.rsplit_once('(')?.1;
    let digits = format!("1{inside}");
    let glyphs = Glyphs::new(&digits);
    let whole = unit_at(&glyphs, 1).is_some_and(|unit| unit.end == glyphs.len());
    (whole && inside.chars().count() <= LONGEST).then(|| inside.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::general::lines::lines_of;
    use crate::general::tokens::tokens_of;

    /// Compares the values of all tables with `expected`, each as `label value unit kind`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (lines, _) = lines_of(text);
        let tokens: Vec<Token> = (0..lines.len()).flat_map(|index| tokens_of(&lines, index, &[], false)).collect();
        let setting =
            Setting { lines: &lines, headings: &[], fiscal_year: None, said: None, measure: None, strict: false };
        let found: Vec<String> = sheets_in(&setting, &tokens)
            .into_iter()
            .flat_map(|sheet| sheet.cells)
            .map(|cell| {
                let Kind::Count(count) = &tokens[cell.token].kind else { panic!("no number") };
                let year = cell.said.map(|said| format!(" {said:?}")).unwrap_or_default();
                format!("{} {}{} {:?}{year}", cell.label, count.value, cell.unit, cell.kind)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_sheet_with_one_cell_a_line_is_read_by_its_head() {
        check(
            "基準値\n目標値\n(R8)\n単位\n実績値\n(R6)\n対目標\n店の数\n(R5) 28,317\n29,500\n店\n28,400\n-\n従業者数\n(R5) 9,100 9,500\n人\n9,200\n96.8%\n",
            &[
                "店の数 28317店 Baseline Year(2023)",
                "店の数 29500店 Target Year(2026)",
                "店の数 28400店 Actual Year(2024)",
                "従業者数 9100人 Baseline Year(2023)",
                "従業者数 9500人 Target Year(2026)",
                "従業者数 9200人 Actual Year(2024)",
                "従業者数 対目標 96.8% Derived",
            ],
        );
    }

    #[test]
    fn years_and_measures_head_columns_too() {
        check(
            "区分 令和5年度 令和6年度\n就職件数 1,234 1,300\n参加者数 20 －\n",
            &[
                "就職件数 1234件 Actual FiscalYear(FiscalYear(2023))",
                "就職件数 1300件 Actual FiscalYear(FiscalYear(2024))",
                "参加者数 20人 Actual FiscalYear(FiscalYear(2023))",
            ],
        );
        check(
            "年月 有効求人数 有効求職者数\n令和6年4月 1,234 1,000\n令和6年5月 1,250 990",
            &[
                "有効求人数 1234人 Actual Month { year: 2024, month: 4, end: false }",
                "有効求職者数 1000人 Actual Month { year: 2024, month: 4, end: false }",
                "有効求人数 1250人 Actual Month { year: 2024, month: 5, end: false }",
                "有効求職者数 990人 Actual Month { year: 2024, month: 5, end: false }",
            ],
        );
        check(
            "項目 令和5年度 令和6年度\n計画 実績 計画 実績\n生活介護 10人 9人 11人 12人",
            &[
                "生活介護 10人 Target FiscalYear(FiscalYear(2023))",
                "生活介護 9人 Actual FiscalYear(FiscalYear(2023))",
                "生活介護 11人 Target FiscalYear(FiscalYear(2024))",
                "生活介護 12人 Actual FiscalYear(FiscalYear(2024))",
            ],
        );
    }

    #[test]
    fn words_and_values_without_a_head_are_no_table() {
        check("参加者数 転換数 240人 1,300人", &[]);
        check("令和6年度の実績 12人 令和7年度の目標 20人", &[]);
    }
}
