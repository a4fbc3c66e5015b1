//! 計画の表 — a plan as a table of a document, with the current value of each figure.

use std::collections::HashMap;
use std::sync::Arc;

use renkei_document::document::{Chapter, Initiative, PlanTable, Section};
use renkei_document::figure::{Figure, Span, Stated};
use renkei_document::id::{self, Id};
use renkei_document::locus::Source;

use crate::indicator::observation::Observation;
use crate::plan::{self, Plan, PlanState};
use crate::view::AgreementView;

/// The text that marks a row outside its home section.
const REPEATED: &str = "【再掲】";

/// The figures of the imported document from which a plan was read, by observation.
type Evident<'a> = HashMap<Id<id::Observation>, &'a Figure>;

impl<'a> AgreementView<'a> {
    /// Returns a plan as a table of a document: the rows that the viewer may see, with the current value of each
    /// figure.
    pub fn table(self, id: Id<id::Plan>) -> Option<PlanTable> {
        let plan = self.plan(id)?;
        let evident = self.evident(id, plan);
        let mut chapters = Vec::with_capacity(plan.chapters.len());
        for (place, chapter) in plan.chapters.iter().enumerate() {
            let sections = chapter.sections.iter().enumerate();
            let sections = sections.map(|(place, section)| self.section(place, section, &evident)).collect();
            chapters.push(Chapter { number: number(place), title: chapter.title.clone(), sections, source: None });
        }
        let (fiscal_year, kind, title) = (plan.fiscal_year, plan.kind, plan.title.clone());
        let mut table = PlanTable { id: Some(id), fiscal_year, kind, title, chapters };
        self.keep_sources(plan, &mut table);
        Some(table)
    }

    fn evident(self, id: Id<id::Plan>, plan: &Plan) -> Evident<'a> {
        let PlanState::Recorded { evidence } = plan.state else { return Evident::new() };
        let Some(evidence) = self.evidence_named(evidence) else { return Evident::new() };
        let rows =
            evidence.document.plans.iter().filter(|table| table.id == Some(id)).flat_map(|table| &table.chapters);
        let rows = rows.flat_map(|chapter| &chapter.sections).flat_map(|section| &section.initiatives);
        rows.flat_map(|row| &row.figures).filter_map(|figure| Some((figure.observation?, figure))).collect()
    }

    /// Restores the source positions of the headings of an imported table.
    fn keep_sources(self, plan: &Plan, table: &mut PlanTable) {
        let PlanState::Recorded { evidence } = plan.state else { return };
        let Some(evidence) = self.evidence_named(evidence) else { return };
        let Some(read) = evidence.document.plans.iter().find(|known| known.id == table.id) else { return };
        for (chapter, read) in table.chapters.iter_mut().zip(&read.chapters) {
            chapter.source.clone_from(&read.source);
            for (section, read) in chapter.sections.iter_mut().zip(&read.sections) {
                section.source.clone_from(&read.source);
            }
        }
    }

    fn section(self, place: usize, section: &'a plan::Section, evident: &Evident<'a>) -> Section {
        let rows = self.rows(section).map(|(number, id, row)| {
            let printed = self.row(number, id, row, evident);
            if row.is_repeated_in(section.id) { repeated(printed) } else { printed }
        });
        Section {
            id: Some(section.id),
            number: number(place),
            title: section.title.clone(),
            lead: section.lead.clone(),
            initiatives: rows.collect(),
            source: None,
        }
    }

    fn row(self, number: usize, id: Id<id::Initiative>, row: &plan::Initiative, evident: &Evident<'a>) -> Initiative {
        let current = |observation| self.current(row.party, observation);
        let (text, mut spans) = row.wording.text.print(None, current);
        let mut items = Vec::with_capacity(row.wording.items.len());
        for (place, item) in row.wording.items.iter().enumerate() {
            let (text, more) = item.passage.print(u32::try_from(place).ok(), current);
            items.push(text);
            spans.extend(more);
        }
        let marks: Vec<String> = row.wording.items.iter().map(|item| item.mark.clone()).collect();
        let plain = marks.iter().all(|mark| mark == "・");
        let key = self.agreement.key_of(row.party);
        Initiative {
            id: Some(id),
            party: key.cloned().unwrap_or_else(|| renkei_document::party::PartyKey::new("other")),
            number: u32::try_from(number).unwrap_or(u32::MAX),
            mark: row.mark.clone(),
            divisions: row.wording.divisions.clone(),
            divisions_printed: row.wording.divisions_printed.clone(),
            text,
            items,
            item_marks: if plain { Vec::new() } else { marks },
            particulars: row.wording.particulars.clone(),
            repeated: false,
            figures: spans.into_iter().filter_map(|(id, span)| self.figure(row, id, span, evident)).collect(),
            lines: row.lines.clone(),
        }
    }

    /// Returns the contents of a row's cells, one line each: its divisions, its text and its items.
    pub fn words_of(self, row: &plan::Initiative) -> Vec<String> {
        let current = |observation| self.current(row.party, observation);
        let text = row.wording.text.print(None, current).0;
        let items = row.wording.items.iter().map(|item| item.passage.print(None, current).0);
        row.wording.divisions.iter().cloned().chain([text]).chain(items).collect()
    }

    /// Returns the values in a row.
    pub fn values_in(self, row: &'a plan::Initiative) -> impl Iterator<Item = &'a Arc<Observation>> {
        let values = self.party(row.party).map(|party| &party.observations);
        row.wording.observations().filter_map(move |id| values?.get(&id))
    }

    /// Returns a figure with its party's current value; if the party has not taken the figure over, with the value in
    /// the imported document.
    fn figure(
        self,
        row: &plan::Initiative,
        id: Id<id::Observation>,
        span: Span,
        evident: &Evident<'a>,
    ) -> Option<Figure> {
        let read = evident.get(&id).copied();
        let Some(known) = self.observation(row, id) else {
            return read.map(|figure| Figure { span: Some(span), ..figure.clone() });
        };
        let stated = known.observation.current();
        let (value, provisional) = match stated {
            Stated::Value { value, provisional } => (Some(value), provisional),
            Stated::Without(_) => (None, false),
        };
        Some(Figure {
            observation: Some(id),
            label: known.indicator.label.clone(),
            state: stated.state(),
            value,
            unit: known.indicator.unit.clone(),
            kind: known.observation.kind,
            as_of: known.observation.measured.as_of,
            period: known.observation.measured.period,
            event_dates: known.observation.measured.event_dates.clone(),
            scope: known.indicator.scope.clone(),
            qualifier: known.indicator.qualifier.clone(),
            provisional,
            source: read.map_or_else(Source::none, |figure| figure.source.clone()),
            span: Some(span),
        })
    }
}

/// Returns a row as another section than its home section repeats it: marked, and without figures, so that nothing is
/// counted twice.
fn repeated(mut row: Initiative) -> Initiative {
    row.text.insert_str(0, REPEATED);
    row.repeated = true;
    row.figures.clear();
    row
}

fn number(place: usize) -> u32 {
    u32::try_from(place + 1).unwrap_or(u32::MAX)
}
