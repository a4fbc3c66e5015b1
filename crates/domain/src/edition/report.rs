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
use crate::plan::{Initiative, Plan, PlanState, Standing};
use crate::view::AgreementView;
use crate::view::reads::PartOfAgreement;

/// A report is compared with those of so many years before it: more would let a few documents of far years make every page slow.
const YEARS_COMPARED: i16 = 10;

impl<'a> AgreementView<'a> {
    /// The fiscal years for which a report can be made, newest first.
    pub fn report_years(self) -> Vec<FiscalYear> {
        self.read_plans();
        let mut years: Vec<FiscalYear> = self.dossier.plans.values().map(|plan| plan.report_year()).collect();
        years.sort_unstable_by(|one, other| other.cmp(one));
        years.dedup();
        years
    }

    /// The newest report in which the viewer's side has a word of its own; where it has none in any, the newest. So a plan that
    /// the other side begins or imports moves nobody's attention to a year far ahead.
    pub fn present_report(self) -> Option<FiscalYear> {
        let years = self.report_years();
        let has_own_word =
            |year: &FiscalYear| self.report_plans(*year).iter().any(|(plan, _)| self.has_own_word(*plan));
        years.iter().copied().find(has_own_word).or_else(|| years.first().copied())
    }

    /// Whether a row of a plan is the viewer's side's own word.
    pub fn has_own_word(self, plan: Id<id::Plan>) -> bool {
        let has = move |agreement: AgreementView<'_>| {
            let plan = agreement.dossier.plans.get(&plan).into_iter();
            let mut rows = plan.flat_map(|plan| agreement.unnoted().rows_at_home(plan));
            rows.any(|(_, row)| row.is_own() && agreement.view.viewer.is_of(row.party))
        };
        self.read(PartOfAgreement::OwnWord(plan), has);
        has(self)
    }

    /// The plans that the report of a year shows: how the year before went, then what this year will bring.
    pub fn report_plans(self, fiscal_year: FiscalYear) -> Vec<(Id<id::Plan>, &'a Plan)> {
        self.read_plans();
        let last = fiscal_year.previous();
        let done =
            self.dossier.plan_of(last, PlanKind::Result).or_else(|| self.dossier.plan_of(last, PlanKind::Progress));
        done.into_iter().chain(self.dossier.plan_of(fiscal_year, PlanKind::Plan)).collect()
    }

    /// The report of a year; none where neither its plan nor the progress of the year before is known.
    pub fn report(self, fiscal_year: FiscalYear) -> Option<Document> {
        let plans = self.report_plans(fiscal_year);
        if plans.is_empty() {
            return None;
        }
        let read = self.evidence_of(&plans).map(|evidence| &evidence.document);
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

    /// How many rows the report of a year shows the viewer, where that is more than a PDF may have; `None` where a PDF can be made.
    pub fn too_long_for_pdf(self, fiscal_year: FiscalYear) -> Option<usize> {
        self.read(PartOfAgreement::TooLongForPdf(fiscal_year), move |agreement| {
            agreement.unnoted().too_many_rows(fiscal_year, |_| true)
        });
        self.unnoted().too_many_rows(fiscal_year, |_| true)
    }

    /// The same of an edition that is frozen now: it has the rows that the parties have shown each other.
    pub fn edition_too_long_for_pdf(self, fiscal_year: FiscalYear) -> Option<usize> {
        let is_shown = |row: &Initiative| row.standing != Standing::Private;
        self.read(PartOfAgreement::EditionTooLongForPdf(fiscal_year), move |agreement| {
            agreement.unnoted().too_many_rows(fiscal_year, is_shown)
        });
        self.unnoted().too_many_rows(fiscal_year, is_shown)
    }

    fn too_many_rows(self, fiscal_year: FiscalYear, counts: impl Fn(&Initiative) -> bool) -> Option<usize> {
        let sections = self.report_plans(fiscal_year).into_iter().flat_map(|(_, plan)| plan.sections());
        let rows = sections.flat_map(|section| self.seen_in(section)).filter(|(_, row)| counts(row)).count();
        (rows > limits::ROWS_OF_PDF).then_some(rows)
    }

    /// A report as it is printed: the rows of each party in its house style.
    pub fn printed(self, report: Document) -> Document {
        let parties = self.agreement.parties.iter();
        let styles = parties.map(|party| (party.key.clone(), self.house_style(party.id)));
        house_style::printed(report, &styles.collect())
    }

    /// How a party's rows are printed.
    pub fn house_style(self, party: Id<id::Party>) -> HouseStyle {
        self.read(PartOfAgreement::Style(party), move |agreement| {
            agreement.party(party).map(|known| known.house_style)
        });
        self.party(party).map(|dossier| dossier.house_style).unwrap_or_default()
    }

    /// What was noticed in the report of a year: on reading it, in it as it is now, and beside the reports of the ten years before.
    pub fn findings(self, fiscal_year: FiscalYear) -> Vec<Finding> {
        self.findings_among(fiscal_year, |plan| self.table(plan).map(Arc::new))
    }

    /// The same, with the tables that the caller has at hand: each stands in the findings of ten years.
    pub fn findings_among(
        self,
        fiscal_year: FiscalYear,
        table: impl Fn(Id<id::Plan>) -> Option<Arc<PlanTable>>,
    ) -> Vec<Finding> {
        let Some(document) = self.report(fiscal_year) else { return Vec::new() };
        let plans = self.report_plans(fiscal_year);
        let read = self.evidence_of(&plans).map(|evidence| evidence.findings.clone()).unwrap_or_default();
        let is_compared = |year: &FiscalYear| (1..=YEARS_COMPARED).contains(&fiscal_year.0.saturating_sub(year.0));
        let years = self.report_years().into_iter().filter(is_compared);
        let earlier: Vec<_> =
            years.flat_map(|year| self.report_plans(year)).filter_map(|(plan, _)| table(plan)).collect();
        let history = checks::check_against(&document, &earlier.iter().map(|table| &**table).collect::<Vec<_>>());
        let found = checks::check_knowing(&document, &self.known_facts());
        checks::merge(checks::merge(read, found), history)
    }

    /// The imported document that shows most of these plans.
    fn evidence_of(self, plans: &[(Id<id::Plan>, &Plan)]) -> Option<&'a Evidence> {
        plans.iter().rev().find_map(|(_, plan)| match plan.state {
            PlanState::Recorded { evidence } => self.evidence_named(evidence),
            PlanState::Draft => None,
        })
    }

    /// The cover of a report that no imported document has shown.
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
    /// The year whose report shows this table: a progress stands beside the next year's plan.
    pub fn report_year(&self) -> FiscalYear {
        match self.kind {
            PlanKind::Plan => self.fiscal_year,
            PlanKind::Progress | PlanKind::Result => self.fiscal_year.next(),
        }
    }
}
