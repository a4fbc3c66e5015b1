//! ホーム: the page with the stored tables, open tasks and recent changes. On an empty node, it shows the first steps.

pub(crate) mod half_typed;
pub(crate) mod mine;
pub(crate) mod no_post;
pub(crate) mod person;
pub(crate) mod points;
pub(crate) mod routes;
pub(crate) mod since;
pub(crate) mod suggested;
pub(crate) mod waiting;
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

use crate::people::notices::{self, Notices};
use person::Person;
use watch::Watch;

/// Number of journal entries that the page shows.
const NEWEST: usize = 8;
/// Maximum number of tables that the page shows with their rows and findings; further tables are only named.
const MOST_TABLES: usize = 12;

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    frame: Frame,
    agreement: Option<AgreementBlock>,
    plans: Vec<PlanLine>,
    /// The tables of which the page shows only the name.
    others: Vec<Way>,
    findings: Vec<FindingCount>,
    all_findings: usize,
    /// Number of rows of the present report if these are too many for the checks; `None` if the report is checked.
    unchecked_rows: Option<usize>,
    /// Number of divisions that seem to be renamed. The secretariat has to confirm each renaming.
    renamed: usize,
    lines: Vec<Line>,
    may_read_journal: bool,
    may_import: bool,
    /// The part for a signed-in person; `None` for the local operator.
    person: Option<Person>,
    /// Open tasks about accounts; `None` for visitors who do not administer accounts.
    watch: Option<Watch>,
    notices: Option<Notices>,
    done: bool,
    /// Whether the visitor may begin the plan of a year.
    may_open: bool,
}

struct AgreementBlock {
    title: String,
    parties: String,
    concluded_on: Option<String>,
}

/// A table with the id of its plan.
type TableOf<'a> = (Id<id::Plan>, &'a Plan);

/// One table of one year, as the page lists it.
struct PlanLine {
    name: String,
    href: String,
    rows: usize,
    figures: usize,
    /// Number of findings about the table; `None` if they are not counted, because the table's report is of a past year
    /// or has too many rows to be checked.
    findings: Option<usize>,
    /// The year of the report that shows the table.
    report_year: i16,
    report_name: String,
    /// Why the report has no PDF; `None` if it has one.
    no_pdf: Option<String>,
}

struct FindingCount {
    name: &'static str,
    class: &'static str,
    count: usize,
}

/// Returns the home page that fits the visitor's rights: for readers, for administrators without the right to read, or
/// for people without a post today.
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
        unchecked_rows: known.zip(year).and_then(|(agreement, year)| agreement.too_long_for_pdf(year)),
        renamed: if ask.visitor.may(Right::Import) { moment.renamed_divisions().len() } else { 0 },
        may_read_journal: ask.visitor.may(Right::ReadJournal),
        may_import: ask.visitor.may(Right::Import),
        person: person::person(ask)?,
        watch: watch::watch(ask)?,
        notices: notices::notices(ask)?,
        done: ask.query.get("done").is_some(),
        may_open: ask.visitor.may(Right::Outline),
        lines: moment.journal(u64::MAX).take(NEWEST).map(|entry| line(ask, entry)).collect(),
    })
}

fn plans(ask: &Ask<'_>) -> Vec<PlanLine> {
    let (moment, language) = (ask.moment, ask.visitor.language);
    let Ok(agreement) = moment.agreement() else { return Vec::new() };
    let present = agreement.present_report().min(Some(FiscalYear::of(ask.site.node.today())));
    let of = |(id, plan): (_, &Plan)| {
        let table = moment.table(id)?;
        let no_pdf_for = agreement.too_long_for_pdf(plan.report_year());
        // A report that is too long is not checked. Showing zero findings for it would be wrong.
        let is_counted = Some(plan.report_year()) >= present && no_pdf_for.is_none();
        let rows = || placings(&table).filter(|placing| !placing.row.repeated);
        Some(PlanLine {
            name: table_name(language, plan.fiscal_year, plan.kind),
            href: address::plan(agreement.id, plan.fiscal_year, plan.kind),
            rows: rows().count(),
            figures: rows().map(|placing| placing.row.figures.len()).sum(),
            findings: is_counted.then(|| count_in(&table, &moment.findings(plan.report_year()))),
            report_year: plan.report_year().0,
            report_name: plan.report_year().in_language(language),
            no_pdf: no_pdf_for.map(|rows| no_pdf(language, rows)),
        })
    };
    let (told, _) = told_and_named(agreement);
    told.into_iter().filter_map(of).collect()
}

/// Returns the tables to show with their rows and findings, and the tables that are only named. Tables more than two
/// years after the present report are only named; otherwise one side could import far years and displace all others.
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
        href: address::plan(agreement.id, plan.fiscal_year, plan.kind),
        here: false,
    };
    told_and_named(agreement).1.into_iter().map(way).collect()
}
