//! ホーム: what there is, what waits, what changed; and what to do first where there is nothing yet.

pub(crate) mod half_typed;
pub(crate) mod mine;
pub(crate) mod no_post;
pub(crate) mod person;
pub(crate) mod points;
pub(crate) mod routes;
pub(crate) mod since;
pub(crate) mod suggested;
pub(crate) mod watch;

use askama::Template;
use renkei_app::access::Right;
use renkei_document::finding::Severity;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_domain::plan::Plan;
use renkei_domain::view::AgreementView;

use crate::edition::report::no_pdf;
use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place, Way};
use crate::frame::figure_words::{as_of_in, comma};
use crate::frame::names::{table_name, title_of};
use crate::frame::page::html;
use crate::frame::phrases::say;
use crate::frame::placed::count_in;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::row_block::placings;
use crate::record::journal::{Line, line};

use person::Person;
use watch::Watch;

/// How many entries of the journal are shown.
const NEWEST: usize = 8;
/// How many tables are told with their rows and findings; the others are named.
const MOST_TABLES: usize = 12;

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    frame: Frame,
    agreement: Option<AgreementBlock>,
    plans: Vec<PlanLine>,
    /// The other tables.
    others: Vec<Way>,
    findings: Vec<FindingCount>,
    all_findings: usize,
    /// Divisions that seem to be renamed, to be asked about.
    renamed: usize,
    lines: Vec<Line>,
    may_read_journal: bool,
    may_import: bool,
    /// What is for whoever signed in.
    person: Option<Person>,
    /// What waits for whoever looks after people besides other things.
    watch: Option<Watch>,
    done: bool,
    /// Whether the visitor may begin a year's plan.
    may_open: bool,
}

struct AgreementBlock {
    title: String,
    parties: String,
    concluded_on: Option<String>,
}

/// A table with its id.
type TableOf<'a> = (Id<id::Plan>, &'a Plan);

/// One table of one year.
struct PlanLine {
    name: String,
    href: String,
    rows: usize,
    figures: usize,
    /// Told from the present report, or that of today, on: what was noticed in years gone by is on their own pages.
    findings: Option<usize>,
    /// The report that shows it.
    report_year: i16,
    report_name: String,
    /// The reason that the report has no PDF; `None` if it has one.
    no_pdf: Option<String>,
}

struct FindingCount {
    name: &'static str,
    class: &'static str,
    count: usize,
}

/// What it shows follows from what somebody may do: read, look after people, or neither today.
pub fn home(ask: &Ask<'_>) -> Result<Answer, Problem> {
    match (ask.visitor.may(Right::Read), ask.visitor.may(Right::People)) {
        (true, _) => whole(ask),
        (false, true) => watch::administrator(ask),
        (false, false) => no_post::no_post(ask),
    }
}

fn whole(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (moment, language) = (ask.moment, ask.visitor.language);
    let known = moment.agreement().ok();
    let year = known.and_then(|agreement| agreement.present_report());
    let findings = year.map(|year| moment.findings(year)).unwrap_or_default();
    let count = |(name, severity): (&'static str, Severity)| FindingCount {
        name: severity.name_in(language),
        class: name,
        count: findings.iter().filter(|placed| placed.finding.notice.severity() == severity).count(),
    };
    html(&HomePage {
        frame: Frame::of(ask.visitor, moment, say(language, "ホーム"), Place::Home, "/"),
        agreement: known.map(|agreement| AgreementBlock {
            title: title_of(language, agreement),
            parties: {
                let names = agreement.agreement.text.parties.iter().map(|party| party.name.as_str());
                names.collect::<Vec<_>>().join(comma(language))
            },
            concluded_on: agreement.agreement.text.concluded_on.map(|date| as_of_in(language, date)),
        }),
        plans: plans(ask),
        others: other_plans(ask),
        findings: crate::finding::list::SEVERITIES.map(count).into_iter().collect(),
        all_findings: findings.len(),
        renamed: if ask.visitor.may(Right::Import) { moment.renamed_divisions().len() } else { 0 },
        may_read_journal: ask.visitor.may(Right::ReadJournal),
        may_import: ask.visitor.may(Right::Import),
        person: person::person(ask)?,
        watch: watch::watch(ask)?,
        done: ask.query.get("done").is_some(),
        may_open: ask.visitor.may(Right::Outline),
        lines: moment.journal(u64::MAX).take(NEWEST).map(|entry| line(ask, entry)).collect(),
    })
}

fn plans(ask: &Ask<'_>) -> Vec<PlanLine> {
    let (moment, language) = (ask.moment, ask.visitor.language);
    let Ok(agreement) = moment.agreement() else { return Vec::new() };
    let present = agreement.present_report().min(Some(FiscalYear::of(ask.site.renkei.today())));
    let of = |(id, plan): (_, &Plan)| {
        let table = moment.table(id)?;
        let is_present = Some(plan.report_year()) >= present;
        let rows = || placings(&table).filter(|placing| !placing.row.repeated);
        Some(PlanLine {
            name: table_name(language, plan.fiscal_year, plan.kind),
            href: address::plan(plan.fiscal_year, plan.kind),
            rows: rows().count(),
            figures: rows().map(|placing| placing.row.figures.len()).sum(),
            findings: is_present.then(|| count_in(&table, &moment.findings(plan.report_year()))),
            report_year: plan.report_year().0,
            report_name: plan.report_year().in_language(language),
            no_pdf: agreement.too_long_for_pdf(plan.report_year()).map(|rows| no_pdf(language, rows)),
        })
    };
    let (told, _) = told_and_named(agreement);
    told.into_iter().filter_map(of).collect()
}

/// The tables that are told with their rows and findings, and those that are only named. The newest up to two years after the present
/// report are told: tables of years far ahead, which one side brings, do not take their places.
fn told_and_named(agreement: AgreementView<'_>) -> (Vec<TableOf<'_>>, Vec<TableOf<'_>>) {
    let last = agreement.present_report().map(|year| year.next().next());
    let is_near = |(_, plan): &TableOf<'_>| Some(plan.report_year()) <= last;
    let (mut told, mut named): (Vec<_>, Vec<_>) = agreement.plans().into_iter().partition(is_near);
    named.extend(told.drain(told.len().min(MOST_TABLES)..));
    (told, named)
}

fn other_plans(ask: &Ask<'_>) -> Vec<Way> {
    let Ok(agreement) = ask.moment.agreement() else { return Vec::new() };
    let way = |(_, plan): (_, &Plan)| Way {
        label: table_name(ask.visitor.language, plan.fiscal_year, plan.kind),
        href: address::plan(plan.fiscal_year, plan.kind),
        here: false,
    };
    told_and_named(agreement).1.into_iter().map(way).collect()
}
