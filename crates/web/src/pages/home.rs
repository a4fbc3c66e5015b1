//! ホーム: what there is, what waits, what changed; and what to do first where there is nothing yet.

use askama::Template;
use renkei_domain::finding::Severity;
use renkei_domain::language::Language;
use renkei_domain::refusal::plan_kind;

use super::html;
use super::journal::{Line, line};
use crate::address;
use crate::answer::Answer;
use crate::figure_words::as_of;
use crate::frame::{Frame, Place};
use crate::moment::Moment;
use crate::placed::count_in;
use crate::problem::Problem;
use crate::routes::Ask;
use crate::row_block::placings;

const NEWEST: usize = 8;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    agreement: Option<AgreementBlock>,
    plans: Vec<PlanLine>,
    findings: Vec<FindingCount>,
    all_findings: usize,
    /// Divisions that seem to be renamed, to be asked about.
    renamed: usize,
    lines: Vec<Line>,
}

struct AgreementBlock {
    title: String,
    parties: String,
    concluded_on: Option<String>,
}

/// One table of one year.
struct PlanLine {
    name: String,
    href: String,
    rows: usize,
    figures: usize,
    findings: usize,
    /// The report that shows it.
    report_year: i16,
    report_name: String,
}

struct FindingCount {
    name: &'static str,
    class: &'static str,
    count: usize,
}

pub fn home(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let moment = ask.moment;
    let known = moment.agreement().ok();
    let year = known.and_then(|agreement| agreement.report_years().first().copied());
    let findings = year.map(|year| moment.findings(year)).unwrap_or_default();
    let count = |(name, severity): (&'static str, Severity)| FindingCount {
        name: severity.name_in(Language::Japanese),
        class: name,
        count: findings.iter().filter(|placed| placed.finding.notice.severity() == severity).count(),
    };
    html(&HomePage {
        frame: Frame::of(ask.visitor, moment, "ホーム", Place::Home, "/"),
        agreement: known.map(|agreement| AgreementBlock {
            title: agreement.agreement.text.title.clone().unwrap_or_else(|| "雇用対策協定".to_owned()),
            parties: agreement.agreement.text.parties.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("、"),
            concluded_on: agreement.agreement.text.concluded_on.map(as_of),
        }),
        plans: plans(moment),
        findings: super::findings::SEVERITIES.map(count).into_iter().collect(),
        all_findings: findings.len(),
        renamed: moment.renamed_divisions().len(),
        lines: moment.state.journal(moment.viewer).take(NEWEST).map(|entry| line(moment, entry)).collect(),
    })
}

fn plans(moment: &Moment) -> Vec<PlanLine> {
    let Ok(agreement) = moment.agreement() else { return Vec::new() };
    let of = |(id, plan): (_, &renkei_domain::plan::Plan)| {
        let table = moment.table(id)?;
        let findings = moment.findings(plan.report_year());
        let rows = || placings(&table);
        Some(PlanLine {
            name: format!("{} {}", plan.fiscal_year, plan_kind(plan.kind)),
            href: address::plan(plan.fiscal_year, plan.kind),
            rows: rows().count(),
            figures: rows().map(|placing| placing.row.figures.len()).sum(),
            findings: count_in(&table, &findings),
            report_year: plan.report_year().0,
            report_name: plan.report_year().to_string(),
        })
    };
    agreement.plans().into_iter().filter_map(of).collect()
}
