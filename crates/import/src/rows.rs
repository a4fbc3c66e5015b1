//! Reads the row of a table: finds organisation, mark, division and content even if cells are shifted, merged or
//! missing.

use crate::blocks::{Cell, squash};
use crate::columns::Columns;
use crate::divisions;
use crate::marks;
use crate::parties::Parties;
use crate::raw_row::RawRow;

/// The kind of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowShape {
    Initiative(RawRow),
    /// A row without mark and division, which continues the row above; it may still have an organisation.
    Continuation {
        organisation: String,
        body: Vec<String>,
    },
    /// The table head: 区分・番号・担当課・取組内容.
    Header(Columns),
}

/// Reads one row of a table with the given head.
pub fn read(cells: &[Cell], columns: Option<&Columns>, parties: &Parties) -> RowShape {
    let texts: Vec<String> = cells.iter().map(Cell::text).collect();
    if let Some(columns) = Columns::of(&texts) {
        return RowShape::Header(columns);
    }
    let by_head = columns.and_then(|columns| columns.read(cells));
    let row = by_head.or_else(|| marked(cells, &texts)).or_else(|| unmarked(cells, &texts, parties));
    row.map_or_else(|| continuation(cells, &texts, parties), RowShape::Initiative)
}

/// Reads a row with a mark. The mark is alone in its cell, or precedes the division in the same cell.
fn marked(cells: &[Cell], texts: &[String]) -> Option<RawRow> {
    let (at, mark, beside) = texts.iter().enumerate().take(4).find_map(|(at, text)| {
        let (mark, rest) = marks::mark(text)?;
        let fits = rest.is_empty() || divisions::looks_like_divisions(rest);
        fits.then(|| (at, mark, rest.to_owned()))
    })?;
    if texts[..at].iter().any(|text| squash(text).chars().count() > 24) {
        return None;
    }
    let mut row = RawRow {
        organisation: texts[..at].iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" "),
        has_organisation_column: at > 0,
        mark: Some(mark),
        division: beside,
        body: Vec::new(),
        shifted: at > 1,
    };
    let mut rest: Vec<(usize, &Cell)> =
        cells.iter().enumerate().skip(at + 1).filter(|(_, cell)| !cell.is_empty()).collect();
    let mut expected = at + 1;
    if row.division.is_empty()
        && let Some((place, cell)) = rest.first().copied()
        && (rest.len() > 1 && cell.text().chars().count() <= 80 || divisions::looks_like_divisions(&cell.text()))
    {
        row.division = divisions::of_cell(&cell.0);
        row.shifted |= place != expected;
        expected = place + 1;
        rest.remove(0);
    }
    row.shifted |=
        rest.first().is_some_and(|(place, _)| *place != expected && *place != expected + 1) || rest.is_empty();
    row.body = rest.into_iter().flat_map(|(_, cell)| cell.0.clone()).collect();
    Some(row)
}

/// Reads a row without a mark: a division, followed by a longer text.
fn unmarked(cells: &[Cell], texts: &[String], parties: &Parties) -> Option<RawRow> {
    let filled: Vec<usize> = (0..cells.len()).filter(|at| !cells[*at].is_empty()).collect();
    let division = filled
        .iter()
        .position(|at| divisions::looks_like_divisions(&texts[*at]) && parties.in_cell(&texts[*at]).is_empty())?;
    let body = filled.get(division + 1)?;
    let is_short = texts[*body].chars().count() <= texts[filled[division]].chars().count();
    if division > 1 || (is_short && division == 0) {
        return None;
    }
    Some(RawRow {
        organisation: filled[..division].first().map(|at| texts[*at].clone()).unwrap_or_default(),
        has_organisation_column: filled[division] > 0,
        mark: None,
        division: divisions::of_cell(&cells[filled[division]].0),
        body: filled[division + 1..].iter().flat_map(|at| cells[*at].0.clone()).collect(),
        shifted: true,
    })
}

fn continuation(cells: &[Cell], texts: &[String], parties: &Parties) -> RowShape {
    let first = texts.iter().position(|text| !text.is_empty()).unwrap_or(0);
    let names_party = texts.get(first).is_some_and(|text| !parties.in_cell(text).is_empty());
    let skip = if names_party { first + 1 } else { first };
    let organisation = if names_party { texts[first].clone() } else { String::new() };
    RowShape::Continuation { organisation, body: cells.iter().skip(skip).flat_map(|cell| cell.0.clone()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(line: &str) -> RowShape {
        let mut parties = Parties::default();
        parties.add("みどり市");
        parties.add("あおば労働局");
        read(&line.split('\t').map(Cell::of).collect::<Vec<_>>(), None, &parties)
    }

    #[track_caller]
    fn check(line: &str, expected: (&str, bool, Option<u32>, &str, &str, bool)) {
        let RowShape::Initiative(row) = shape(line) else { panic!("{line} is no initiative") };
        let mark = row.mark.as_ref().map(|mark| mark.number);
        let body = row.body.join("|");
        assert_eq!(
            (
                row.organisation.as_str(),
                row.has_organisation_column,
                mark,
                row.division.as_str(),
                body.as_str(),
                row.shifted
            ),
            expected,
            "{line}"
        );
    }

    #[test]
    fn cells_are_recognised_by_their_content() {
        check("労働局\t①\t相談課\t行う。", ("労働局", true, Some(1), "相談課", "行う。", false));
        check("\t②\t相談課\t<p>行う。</p> ・二", ("", true, Some(2), "相談課", "行う。|・二", false));
        check("③\t相談課\t行う。\t", ("", false, Some(3), "相談課", "行う。", false));
        check("\t④ 訓練課\t行う。", ("", true, Some(4), "訓練課", "行う。", false));
        check("\t④ 訓練課\t\t行う。", ("", true, Some(4), "訓練課", "行う。", false));
        check("\tみどり市\t⑤\t生活課", ("みどり市", true, Some(5), "生活課", "", true));
        check("⑥\t\t生活課\t行う。", ("", false, Some(6), "生活課", "行う。", true));
        check(
            "み ど り 市\t(7)\t若者課 働く家ホーム\t行う。",
            ("み ど り 市", true, Some(7), "若者課 働く家ホーム", "行う。", false),
        );
        check("\t\t生活課\t広報を行い、支援する。", ("", true, None, "生活課", "広報を行い、支援する。", true));
    }

    #[test]
    fn rows_without_mark_and_division_continue_the_row_above() {
        let continuation = |organisation: &str, body: &str| RowShape::Continuation {
            organisation: organisation.to_owned(),
            body: vec![body.to_owned()],
        };
        assert_eq!(shape("\t\t\t・実績 0件"), continuation("", "・実績 0件"));
        assert_eq!(shape("みどり市\t\t<ul> ・11回</ul>"), continuation("みどり市", "・11回"));
        assert_eq!(shape("<ul> ・11回</ul>\t\t\t"), continuation("", "・11回"));
        assert!(matches!(shape("区分\t番号\t担当課\t取組内容"), RowShape::Header(_)));
    }
}
