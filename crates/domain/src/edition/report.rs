//! 報告書 — the combined report of a year: the agreement, last year's progress and this year's plan as one document.

use std::sync::Arc;

use renkei_document::checks;
use renkei_document::document::{Document, FORMAT, FrontMatter, PlanKind, PlanTable};
use renkei_document::finding::Finding;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::house_style::{self, HouseStyle};
use renkei_document::id::{self, Id};
use renkei_document::limits;

use crate::evidence::Evidence;
use crate::plan::{Plan, PlanState};
use crate::view::AgreementView;
use crate::view::reads::PartOfAgreement;

/// Maximum number of previous years that a report is compared with. Without this limit, a few documents of distant
/// years could make every page slow.
const YEARS_COMPARED: i16 = 10;

impl<'a> AgreementView<'a> {
    /// Returns the fiscal years for which a report can be made, newest first.
    pub fn report_years(self) -> Vec<FiscalYear> {
        self.read_plans();
        let mut years: Vec<FiscalYear> = self.dossier.plans.values().map(|plan| plan.report_year()).collect();
        years.sort_unstable_by(|one, other| other.cmp(one));
        years.dedup();
        years
    }

    /// Returns the newest report in which the viewer's side has rows of its own. If the viewer belongs
    /// to no party, returns the newest report in which every party has rows that all may read. Falls back to the newest
    /// report. This rule
    /// prevents a document that one side imports for a distant year from changing the report that others see first.
    pub fn present_report(self) -> Option<FiscalYear> {
        let years = self.report_years();
        let is_present =
            |year: &FiscalYear| self.report_plans(*year).iter().any(|(plan, _)| self.has_rows_of_viewer(*plan));
        years.iter().copied().find(is_present).or_else(|| years.first().copied())
    }

    /// Returns the newest plan in which the viewer's side has rows, or the open draft of the year after the present
    /// report.
    pub fn present_plan(self) -> Option<(Id<id::Plan>, &'a Plan)> {
        let present = self.present_report();
        let is_next = |plan: &Plan| {
            plan.state == PlanState::Draft && present.is_some_and(|year| plan.report_year() <= year.next())
        };
        let plans = self.plans();
        let found = plans.iter().find(|(id, plan)| is_next(plan) || self.has_rows_of_viewer(*id));
        found.or(plans.first()).copied()
    }

    /// Whether the viewer's side has rows of its own in a plan; for a viewer of no side, whether each party has rows of
    /// its own in the plan.
    pub fn has_rows_of_viewer(self, plan: Id<id::Plan>) -> bool {
        let has = move |agreement: AgreementView<'_>| {
            let viewer = agreement.view.viewer;
            let counted: Vec<_> = agreement.dossier.initiatives.counted(plan).collect();
            let shown_by = |party: Id<id::Party>| counted.iter().any(|(by, rows)| *by == party && rows.shown > 0);
            let parties = || agreement.agreement.parties.iter().map(|party| party.id);
            let is_of_a_side = parties().any(|party| viewer.is_of(party));
            if is_of_a_side { counted.iter().any(|(party, _)| viewer.is_of(*party)) } else { parties().all(shown_by) }
        };
        self.read(PartOfAgreement::RowsOfViewer(plan), has);
        has(self)
    }

    /// Returns the plans that the report of a year shows: last year's progress or result, then this year's plan. The
    /// result replaces the progress once each party that has own rows in the progress also has some in the result. This
    /// rule prevents one party from replacing the other party's rows in the report by its own result.
    pub fn report_plans(self, fiscal_year: FiscalYear) -> Vec<(Id<id::Plan>, &'a Plan)> {
        self.read_plans();
        let last = fiscal_year.previous();
        let (result, progress) =
            (self.dossier.plan_of(last, PlanKind::Result), self.dossier.plan_of(last, PlanKind::Progress));
        let done = match (result, progress) {
            (Some(result), Some(progress)) if !self.takes_the_place(result.0, progress.0) => Some(progress),
            (result, progress) => result.or(progress),
        };
        done.into_iter().chain(self.dossier.plan_of(fiscal_year, PlanKind::Plan)).collect()
    }

    fn takes_the_place(self, result: Id<id::Plan>, progress: Id<id::Plan>) -> bool {
        let takes = move |agreement: AgreementView<'_>| {
            let rows = &agreement.dossier.initiatives;
            let has = |plan, party| rows.counted(plan).any(|(by, counted)| by == party && counted.shown > 0);
            agreement.agreement.parties.iter().all(|party| has(result, party.id) || !has(progress, party.id))
        };
        self.read(PartOfAgreement::ResultOf(progress), takes);
        takes(self)
    }

    /// Returns the report of a year. `None` if neither its plan nor the progress of the year before is known.
    pub fn report(self, fiscal_year: FiscalYear) -> Option<Document> {
        let plans = self.report_plans(fiscal_year);
        if plans.is_empty() {
            return None;
        }
        let read = self.gives_the_cover(fiscal_year).map(|evidence| &evidence.document);
        let front_matter = match read {
            Some(document) => document.front_matter.clone(),
            None => self.front_matter(fiscal_year, &plans),
        };
        Some(Document {
            format: FORMAT.to_owned(),
            title: read.and_then(|document| document.title.clone()).or_else(|| Some(front_matter.title_lines.concat())),
            issued_on: read.and_then(|document| document.issued_on),
            fiscal_year: Some(fiscal_year),
            agreement: Some(self.agreement.text.clone()),
            front_matter,
            plans: plans.iter().filter_map(|(id, _)| self.table(*id)).collect(),
            figures: read.map(|document| document.figures.clone()).unwrap_or_default(),
            headings: read.map(|document| document.headings.clone()).unwrap_or_default(),
        })
    }

    /// Returns the number of rows that the viewer sees in the report if they are too many for a PDF; otherwise `None`.
    pub fn too_long_for_pdf(self, fiscal_year: FiscalYear) -> Option<usize> {
        self.read(PartOfAgreement::TooLongForPdf(fiscal_year), move |agreement| {
            agreement.unnoted().too_many_rows(fiscal_year, |party| agreement.view.reads_drafts_of(party))
        });
        self.unnoted().too_many_rows(fiscal_year, |party| self.view.reads_drafts_of(party))
    }

    /// Like [`Self::too_long_for_pdf`], but counts the rows of an edition frozen now: those that the parties have shown
    /// to each other.
    pub fn edition_too_long_for_pdf(self, fiscal_year: FiscalYear) -> Option<usize> {
        self.read(PartOfAgreement::EditionTooLongForPdf(fiscal_year), move |agreement| {
            agreement.unnoted().too_many_rows(fiscal_year, |_| false)
        });
        self.unnoted().too_many_rows(fiscal_year, |_| false)
    }

    /// Counts the listed rows, including repeats, without reading them. Leaves out the private rows of each party for
    /// which `reads_drafts_of` returns false.
    fn too_many_rows(self, fiscal_year: FiscalYear, reads_drafts_of: impl Fn(Id<id::Party>) -> bool) -> Option<usize> {
        let of_plan = |(id, plan): (Id<id::Plan>, &Plan)| {
            let listed: usize = plan.sections().map(|section| section.rows_of_all_parties().len()).sum();
            let hidden = self.dossier.initiatives.counted(id).filter(|(party, _)| !reads_drafts_of(*party));
            listed - hidden.map(|(_, rows)| rows.private_places).sum::<usize>()
        };
        let rows = self.report_plans(fiscal_year).into_iter().map(of_plan).sum();
        (rows > limits::ROWS_OF_PDF).then_some(rows)
    }

    /// Returns a report as it is printed: the rows of each party in its house style.
    pub fn printed(self, report: Document) -> Document {
        let parties = self.agreement.parties.iter();
        let styles = parties.map(|party| (party.key.clone(), self.house_style(party.id)));
        house_style::printed(report, &styles.collect())
    }

    /// Returns the style in which a party's rows are printed.
    pub fn house_style(self, party: Id<id::Party>) -> HouseStyle {
        self.read(PartOfAgreement::Style(party), move |agreement| {
            agreement.party(party).map(|known| known.house_style)
        });
        self.party(party).map(|dossier| dossier.house_style).unwrap_or_default()
    }

    /// Returns the findings about the report of a year. They come from reading its document, from checking its current
    /// content, and from comparing it with the reports of the ten years before.
    pub fn findings(self, fiscal_year: FiscalYear) -> Vec<Finding> {
        self.findings_among(fiscal_year, |plan| self.table(plan).map(Arc::new))
    }

    /// Like [`Self::findings`], but gets each table from the function `table`, so that the caller can cache tables: ten
    /// reports are compared with the same table.
    pub fn findings_among(
        self,
        fiscal_year: FiscalYear,
        table: impl Fn(Id<id::Plan>) -> Option<Arc<PlanTable>>,
    ) -> Vec<Finding> {
        let Some(document) = self.report(fiscal_year) else { return Vec::new() };
        let read = self.findings_of_reading(fiscal_year);
        let is_compared = |year: &FiscalYear| (1..=YEARS_COMPARED).contains(&fiscal_year.0.saturating_sub(year.0));
        let years = self.report_years().into_iter().filter(is_compared);
        let earlier: Vec<_> =
            years.flat_map(|year| self.report_plans(year)).filter_map(|(plan, _)| table(plan)).collect();
        let history = checks::check_against(&document, &earlier.iter().map(|table| &**table).collect::<Vec<_>>());
        let found = checks::check_knowing(&document, &self.known_facts());
        checks::merge(checks::merge(read, found), history)
    }

    /// Returns the findings from reading the document that shows the report of a year.
    pub fn findings_of_reading(self, fiscal_year: FiscalYear) -> Vec<Finding> {
        let evidence = self.evidence_of(&self.report_plans(fiscal_year));
        evidence.map(|evidence| evidence.findings.clone()).unwrap_or_default()
    }

    /// Returns the imported document whose cover the report of a year uses. It is the newest document made for that
    /// year that shows the report's plans; otherwise the newest that shows them. Therefore the cover of a document that
    /// covers several years is used only for the last of these years.
    pub(crate) fn gives_the_cover(self, fiscal_year: FiscalYear) -> Option<&'a Evidence> {
        let found = move |agreement: AgreementView<'_>| {
            let plans = agreement.unnoted().report_plans(fiscal_year);
            let known = agreement.dossier.evidence.iter();
            let of_year = known.filter(|(_, known)| known.document.fiscal_year == Some(fiscal_year));
            let of_year: Vec<_> = of_year.filter(|(_, known)| known.undone.is_none()).collect();
            let shows = |plan: Id<id::Plan>| {
                let shows = of_year.iter().filter(move |(_, known)| known.plans.contains(&plan));
                shows.max_by_key(|(_, known)| known.at).map(|(id, _)| **id)
            };
            plans.iter().rev().filter(|(_, plan)| plan.state != PlanState::Draft).find_map(|(plan, _)| shows(*plan))
        };
        self.read(PartOfAgreement::CoverOf(fiscal_year), found);
        let made_for_it = found(self).and_then(|id| self.evidence_named(id));
        made_for_it.or_else(|| self.evidence_of(&self.report_plans(fiscal_year)))
    }

    /// Returns the imported document that shows the last of these plans.
    fn evidence_of(self, plans: &[(Id<id::Plan>, &Plan)]) -> Option<&'a Evidence> {
        plans.iter().rev().find_map(|(_, plan)| match plan.state {
            PlanState::Recorded { evidence } => self.evidence_named(evidence),
            PlanState::Draft => None,
        })
    }

    /// Returns the cover of a report that no imported document shows.
    fn front_matter(self, fiscal_year: FiscalYear, plans: &[(Id<id::Plan>, &Plan)]) -> FrontMatter {
        let title = self.agreement.text.title.clone().unwrap_or_default();
        let years = plans.iter().map(|(_, plan)| format!("{}{}", plan.fiscal_year, plan.kind.name()));
        let title_lines = std::iter::once(format!("{title}に基づく")).chain([years.collect::<Vec<_>>().join("及び")]);
        let before = self.newest_before(fiscal_year);
        FrontMatter {
            title_lines: title_lines.collect(),
            issuers: self.agreement.text.parties.iter().map(|party| party.name.clone()).collect(),
            purpose: before.map(|document| document.front_matter.purpose.clone()).unwrap_or_default(),
            contents: Vec::new(),
            defined_terms: before.map(|document| document.front_matter.defined_terms.clone()).unwrap_or_default(),
        }
    }

    fn newest_before(self, fiscal_year: FiscalYear) -> Option<&'a Document> {
        let mut newest_first = self.evidence().into_iter().map(|(_, evidence)| &*evidence.document);
        newest_first.find(|document| document.fiscal_year < Some(fiscal_year))
    }
}

impl Plan {
    /// Returns the year whose report shows this table.
    pub fn report_year(&self) -> FiscalYear {
        self.kind.report_year(self.fiscal_year)
    }
}
