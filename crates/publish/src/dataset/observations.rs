//! 数値の表 — the table of values: one value per row, with its as-of date. Because an event may have several days, these
//! days are in a separate table.

use renkei_document::document::Document;
use renkei_document::figure::Figure;
use renkei_document::figure_words;
use renkei_document::party::Party;
use renkei_document::passage::word_of;

use super::codes::{figure_kind_code, state_code, state_word};
use super::definitions as columns;
use super::plans::{named, party};
use super::table::{Datum, Table};

/// The unit of a number that has no unit in the document.
const NO_UNIT: &str = "記載なし";

pub(super) fn tables(document: &Document, parties: &[Party]) -> [Table; 2] {
    let (mut values, mut days) = (Vec::new(), Vec::new());
    for plan in named(document) {
        for (id, row) in plan.rows() {
            for (place, figure) in (1_usize..).zip(&row.figures) {
                let mut where_it_stands = vec![Datum::text(&id)];
                where_it_stands.extend(plan.begins());
                where_it_stands.extend(party(&row.party, parties));
                add(&format!("{id}-{place}"), &where_it_stands, figure, &mut values, &mut days);
            }
        }
    }
    for (place, figure) in (1_usize..).zip(&document.figures) {
        let year = document.fiscal_year;
        let mut where_it_stands = vec![Datum::Empty];
        where_it_stands.push(year.map_or(Datum::Empty, |year| Datum::number(year.0)));
        where_it_stands.extend([Datum::or_empty(year), Datum::text("document"), Datum::text("文書")]);
        where_it_stands.extend([Datum::Empty, Datum::Empty]);
        add(&format!("document-{place}"), &where_it_stands, figure, &mut values, &mut days);
    }
    [
        Table { name: "数値", file_name: "observations", columns: &columns::OBSERVATIONS, rows: values },
        Table { name: "数値の開催日", file_name: "event_dates", columns: &columns::EVENT_DATES, rows: days },
    ]
}

fn add(id: &str, place: &[Datum], figure: &Figure, values: &mut Vec<Vec<Datum>>, days: &mut Vec<Vec<Datum>>) {
    let mut cells = vec![Datum::text(id)];
    cells.extend_from_slice(place);
    cells.extend(said(figure));
    values.push(cells);
    for (number, day) in (1_usize..).zip(&figure.event_dates) {
        days.push(vec![Datum::text(id), Datum::number(number), Datum::text(&day.to_string())]);
    }
}

fn said(figure: &Figure) -> [Datum; 14] {
    let unit = figure.unit.as_deref().filter(|unit| !unit.trim().is_empty());
    let unit = unit.or(figure.value.is_some().then_some(NO_UNIT));
    // A qualifier that only repeats the state (実績なし) is left out.
    let qualifier = figure.qualifier.as_deref().filter(|word| *word != word_of(figure.state));
    [
        Datum::text(&figure.label),
        Datum::text(figure_kind_code(figure.kind)),
        Datum::text(figure_words::kind(figure.kind)),
        Datum::text(state_code(figure.state)),
        Datum::text(state_word(figure.state)),
        figure.value.map_or(Datum::Empty, Datum::number),
        Datum::or_empty(unit),
        Datum::text(if figure.provisional { "provisional" } else { "definite" }),
        Datum::text(if figure.provisional { "見込" } else { "確定" }),
        Datum::or_empty(figure.as_of),
        Datum::or_empty(figure.period.map(|period| period.from)),
        Datum::or_empty(figure.period.map(|period| period.to)),
        Datum::or_empty(figure.scope.as_deref()),
        Datum::or_empty(qualifier),
    ]
}
