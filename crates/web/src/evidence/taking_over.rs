//! 引継ぎ: the page of rows in a document that the other side imported and that belong to the visitor's side. The visitor
//! takes all of them over, or declines all of them.

use std::collections::HashSet;
use std::sync::Arc;

use askama::Template;
use renkei_app::access::Right;
use renkei_app::{AppError, evidence};
use renkei_document::document::{PlanTable, Section};
use renkei_document::id::{self, Id};
use renkei_domain::evidence::Evidence;
use renkei_domain::evidence::view::WaitingRows;
use renkei_domain::view::AgreementView;

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words::{comma, japan_time_in};
use crate::frame::names::table_name;
use crate::frame::page::html;
use crate::frame::paging::{Pager, Paging, bytes_of};
use crate::frame::phrases::{say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::frame::row_block::{Marks, Placing, RowBlock, party_marks, texts};

/// Estimated size of a row on the page without its text, in bytes.
const ROW: usize = 700;

/// If the page has at least this many rows, the take-over button is repeated below them.
const LONG: usize = 8;

#[derive(Template)]
#[template(path = "evidence/taking_over.html")]
struct TakingOverPage {
    frame: Frame,
    address: String,
    file_name: String,
    /// The party that imported the document, and when.
    brought: String,
    count: usize,
    is_long: bool,
    /// The refused input of the declining form, with the reasons.
    declining: Declining,
    tables: Vec<TableOfRows>,
    pager: Option<Pager>,
}

/// 引き継がない: the refused input of the form, with every reason why the rows were not declined.
#[derive(Default)]
struct Declining {
    reason: String,
    refusals: Vec<String>,
}

/// The waiting rows of one table, in the order of the table.
struct TableOfRows {
    name: String,
    count: usize,
    rows: Vec<WaitingRow>,
}

struct WaitingRow {
    row: RowBlock,
    section: String,
    divisions: String,
}

pub fn waiting_rows(ask: &Ask<'_>) -> Result<Answer, Problem> {
    page(ask, Declining::default())
}

fn page(ask: &Ask<'_>, declining: Declining) -> Result<Answer, Problem> {
    let (agreement, id) = document(ask)?;
    let evidence = agreement.evidence_named(id).ok_or(Problem::NoSuchPage)?;
    let language = ask.visitor.language;
    let own = own_rows(agreement, id);
    let tables = if own.is_empty() { Vec::new() } else { tables(ask, agreement, evidence) };
    let waiting = entries(&tables, &own);
    let paging = Paging::of(
        waiting.iter().map(|(_, _, placing)| ROW + texts(placing.row).into_iter().map(bytes_of).sum::<usize>()),
    );
    let page = ask.page_of(&paging, "page")?;
    let (count, shown) = (waiting.len(), &waiting[paging.entries(page)]);
    let address = address::waiting_rows(agreement.id, id);
    html(&TakingOverPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "引継ぎを待つ取組"), Place::Imports, "/imports"),
        file_name: evidence.file_name.clone(),
        brought: {
            let at = japan_time_in(language, evidence.at);
            let by = [agreement.party_short_name(evidence.imported_by), &evidence.post].join(" ");
            tell(language, "{}に{}が取り込みました", [at, by])
        },
        count,
        is_long: shown.len() >= LONG,
        declining,
        tables: in_tables(ask, agreement, (&waiting, shown)),
        pager: paging.pager(language, page, |page| ask.query.with("page", &page.to_string()).behind(&address)),
        address,
    })
}

/// 引き継ぐ: takes all of the rows over, so that they belong to the visitor's side.
pub fn take_over(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Import)?;
    let (agreement, id) = document(&deed.ask)?;
    evidence::take_over_rows(&deed.ask.site.node, actor, agreement.id, id)?;
    Ok(Done::See("/imports?done=taken-over".to_owned()))
}

/// 引き継がない: removes all of the rows from the plans. If this is refused, the form is shown again with its input.
pub fn decline(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Import)?;
    let (agreement, id) = document(&deed.ask)?;
    let reason = deed.form.get("reason").trim().to_owned();
    match evidence::decline_rows(&deed.ask.site.node, actor, agreement.id, id, &reason) {
        Ok(()) => Ok(Done::See("/imports?done=declined".to_owned())),
        Err(AppError::Refused(refusals)) => {
            let language = deed.ask.visitor.language;
            let refusals = refusals.iter().map(|refusal| refusal.message_in(language)).collect();
            Ok(Done::Again(Box::new(page(&deed.ask, Declining { reason, refusals })?)))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Returns the imported document that the address names, with its agreement.
pub fn document<'a>(ask: &Ask<'a>) -> Result<(AgreementView<'a>, Id<id::Evidence>), Problem> {
    let id: Id<id::Evidence> = ask.part("id").parse().map_err(|_| Problem::NoSuchPage)?;
    let mut agreements = ask.moment.view().agreements();
    let agreement = agreements.find(|agreement| agreement.evidence_named(id).is_some());
    Ok((agreement.ok_or(Problem::NoSuchPage)?, id))
}

/// Returns the documents with rows of the visitor's side that wait to be taken over into this plan: for each document,
/// the address of the page for taking them over, and the number of rows.
pub fn to_take_over(
    ask: &Ask<'_>,
    agreement: AgreementView<'_>,
    (plan, waiting): (Id<id::Plan>, &[WaitingRows<'_>]),
) -> Vec<(String, usize)> {
    if !ask.visitor.may(Right::Import) {
        return Vec::new();
    }
    let of_plan = |row: &&Id<id::Initiative>| agreement.visible(**row).is_some_and(|row| row.plan == plan);
    let own = waiting.iter().filter(|known| known.is_own);
    let counted =
        own.map(|known| (address::waiting_rows(agreement.id, known.id), known.rows.iter().filter(of_plan).count()));
    counted.filter(|(_, rows)| *rows > 0).collect()
}

fn own_rows(agreement: AgreementView<'_>, id: Id<id::Evidence>) -> HashSet<Id<id::Initiative>> {
    let own = |known: &WaitingRows<'_>| known.id == id && known.is_own;
    agreement.waiting_rows().into_iter().filter(own).flat_map(|known| known.rows).collect()
}

/// Returns the present tables of the plans to which rows of a document belong.
fn tables(ask: &Ask<'_>, agreement: AgreementView<'_>, evidence: &Evidence) -> Vec<Arc<PlanTable>> {
    let shown = agreement.plans().into_iter().map(|(plan, _)| plan).filter(|plan| evidence.plans.contains(plan));
    shown.filter_map(|plan| ask.moment.table(plan)).collect()
}

/// A waiting row, with its table and section.
type Entry<'a> = (&'a PlanTable, &'a Section, Placing<'a>);

/// Returns the waiting rows. A row that several sections repeat is returned for its first section only.
fn entries<'a>(tables: &'a [Arc<PlanTable>], own: &HashSet<Id<id::Initiative>>) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for table in tables {
        for chapter in &table.chapters {
            for section in &chapter.sections {
                let rows = section.initiatives.iter().filter(|row| !row.repeated);
                let waiting = rows.filter(|row| row.id.is_some_and(|id| own.contains(&id)));
                let (chapter, number) = (chapter.number, section.number);
                entries
                    .extend(waiting.map(|row| (&**table, section, Placing { table, chapter, section: number, row })));
            }
        }
    }
    entries
}

/// Groups the rows of a page by table. The number for each table includes its waiting rows on other pages.
fn in_tables(
    ask: &Ask<'_>,
    agreement: AgreementView<'_>,
    (waiting, shown): (&[Entry<'_>], &[Entry<'_>]),
) -> Vec<TableOfRows> {
    let language = ask.visitor.language;
    let marks = Marks { small_print: true, ..Marks::none(agreement.id, language) };
    let parties = party_marks(agreement);
    let of_one_table = shown.chunk_by(|(one, ..), (other, ..)| std::ptr::eq(*one, *other));
    let tables = of_one_table.map(|rows| {
        let table = rows[0].0;
        let row = |(_, section, placing): &Entry<'_>| {
            let row = placing.block(&parties, 0, &marks);
            let section = format!("{}({}) {}", placing.chapter, placing.section, section.title);
            WaitingRow { divisions: row.divisions.join(comma(language)), section, row }
        };
        TableOfRows {
            name: table_name(language, table.fiscal_year, table.kind),
            count: waiting.iter().filter(|(of, ..)| std::ptr::eq(*of, table)).count(),
            rows: rows.iter().map(row).collect(),
        }
    });
    tables.collect()
}
