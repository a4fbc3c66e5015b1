//! 年度ごとの移り変わり — draws charts of a figure over several years, if the values differ in nothing except the year.

use renkei_document::as_of::in_one_line;
use renkei_document::document::{Document, Initiative, PlanKind, PlanTable};
use renkei_document::figure::{Figure, FigureKind, State};
use renkei_document::fiscal_year::FiscalYear;

use super::bars::{Chart, years};
use super::chosen::LEAST;
use super::words;

/// Maximum number of charts of the page.
const MOST: usize = 3;
/// Maximum number of years of a chart; older years are left out.
const YEARS: usize = 6;

/// The values of one figure by year.
struct Series<'a> {
    newest: &'a Figure,
    values: Vec<(FiscalYear, &'a Figure)>,
}

/// Returns charts of the figures that have values in most years, in the order of the document.
pub(super) fn trends(plan: &PlanTable, earlier: &[Document]) -> Vec<Chart> {
    let mut before: Vec<&PlanTable> = earlier.iter().flat_map(|document| &document.plans).collect();
    before.retain(|table| table.kind != PlanKind::Plan && table.fiscal_year < plan.fiscal_year);
    before.sort_by_key(|table| table.fiscal_year);
    before.dedup_by_key(|table| table.fiscal_year);
    let mut series: Vec<(usize, Series<'_>)> = Vec::new();
    for (place, (row, figure)) in figures(plan).filter(|(_, figure)| is_counted(figure) && is_large(figure)).enumerate()
    {
        let mut values: Vec<(FiscalYear, &Figure)> =
            before.iter().filter_map(|table| Some((table.fiscal_year, same_in(table, plan, row, figure)?))).collect();
        values.push((plan.fiscal_year, figure));
        let first = values.len().saturating_sub(YEARS);
        values.drain(..first);
        let is_new =
            !series.iter().any(|(_, known)| known.newest.label == figure.label && known.newest.unit == figure.unit);
        if values.len() > 1 && is_new {
            series.push((place, Series { newest: figure, values }));
        }
    }
    series.sort_by_key(|(place, found)| (std::cmp::Reverse(found.values.len()), *place));
    series.truncate(MOST);
    series.sort_by_key(|(place, _)| *place);
    series.iter().map(|(_, found)| chart(found)).collect()
}

fn figures(plan: &PlanTable) -> impl Iterator<Item = (&Initiative, &Figure)> {
    let rows = plan.chapters.iter().flat_map(|chapter| &chapter.sections).flat_map(|section| &section.initiatives);
    rows.flat_map(|row| row.figures.iter().map(move |figure| (row, figure)))
}

/// Whether a figure is large enough: a small number could identify a person, and its changes may be chance.
fn is_large(figure: &Figure) -> bool {
    figure.value.is_some_and(|value| value >= LEAST.into())
}

fn is_counted(figure: &Figure) -> bool {
    let countable = figure.unit.as_deref().is_some_and(|unit| !matches!(unit.trim(), "%" | "％" | "ポイント"));
    let measured = figure.as_of.is_some() || figure.period.is_some();
    figure.kind == FigureKind::Actual
        && figure.state == State::Value
        && countable
        && measured
        && !figure.label.is_empty()
}

/// Returns the figure of another year that has the same party and name and forms a series with this figure (see
/// `as_of::in_one_line`). `None` if several figures with different values fit, because it is unknown which is right.
fn same_in<'a>(table: &'a PlanTable, plan: &PlanTable, row: &Initiative, figure: &Figure) -> Option<&'a Figure> {
    let apart = plan.fiscal_year.0 - table.fiscal_year.0;
    let mut fitting = figures(table).filter(|(other_row, other)| {
        other_row.party == row.party
            && is_counted(other)
            && (&other.label, &other.qualifier) == (&figure.label, &figure.qualifier)
            && in_one_line(figure, other, apart).is_ok()
    });
    let (_, found) = fitting.next()?;
    fitting.all(|(_, other)| other.value == found.value).then_some(found)
}

fn chart(series: &Series<'_>) -> Chart {
    let unit = series.newest.unit.as_deref().unwrap_or_default();
    years(&series.newest.label, unit, &words::beside(series.newest), &series.values)
}
