//! 引継ぎ: the rows of the own side in a document that the other side brought, to look at and to take over with one deed.

use askama::Template;
use renkei_app::access::Right;
use renkei_domain::evidence::Evidence;
use renkei_domain::id::Id;
use renkei_domain::plan::{Initiative, Plan, Standing};
use renkei_domain::view::{AgreementView, WaitingRows};

use super::html;
use super::lineage_path::placing_of;
use crate::address;
use crate::answer::Answer;
use crate::figure_words::{comma, japan_time_in};
use crate::frame::{Frame, Place};
use crate::names::table_name;
use crate::phrases::{say, tell};
use crate::problem::Problem;
use crate::routes::{Ask, Deed, Done};
use crate::row_block::{Marks, RowBlock, party_marks};

/// From this number of rows on, what is to be done stands below them as well.
const LONG: usize = 8;

#[derive(Template)]
#[template(path = "taking_over.html")]
struct TakingOverPage {
    frame: Frame,
    address: String,
    file_name: String,
    /// By whom and when it was brought.
    brought: String,
    count: usize,
    is_long: bool,
    tables: Vec<TableOfRows>,
}

/// The rows of one table, in its order.
struct TableOfRows {
    name: String,
    rows: Vec<WaitingRow>,
}

struct WaitingRow {
    row: RowBlock,
    section: String,
    divisions: String,
}

pub fn waiting_rows(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, id) = document(ask)?;
    let evidence = agreement.evidence_named(id).ok_or(Problem::NoSuchPage)?;
    let language = ask.visitor.language;
    let tables = tables(ask, agreement, &own_rows(agreement, id));
    let count = tables.iter().map(|table| table.rows.len()).sum();
    html(&TakingOverPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "引継ぎを待つ取組"), Place::Imports, "/imports"),
        address: address::waiting_rows(id),
        file_name: evidence.file_name.clone(),
        brought: {
            let at = japan_time_in(language, evidence.at);
            let by = [agreement.party_short_name(evidence.imported_by), &evidence.post].join(" ");
            tell(language, "{}に{}が取り込みました", [at, by])
        },
        count,
        is_long: count >= LONG,
        tables,
    })
}

/// 引き継ぐ: all of them are the own side's from now on.
pub fn take_over(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Import)?;
    let (agreement, id) = document(&deed.ask)?;
    deed.ask.site.renkei.take_over_rows(actor, agreement.id, id)?;
    Ok(Done::See("/imports?done=taken-over".to_owned()))
}

/// The imported document of the address, with its agreement.
pub fn document<'a>(ask: &Ask<'a>) -> Result<(AgreementView<'a>, Id<Evidence>), Problem> {
    let id: Id<Evidence> = ask.part("id").parse().map_err(|_| Problem::NoSuchPage)?;
    let mut agreements = ask.moment.view().agreements();
    let agreement = agreements.find(|agreement| agreement.evidence_named(id).is_some());
    Ok((agreement.ok_or(Problem::NoSuchPage)?, id))
}

/// The own side's rows of one plan that wait: the page of each document to take them over on, and how many.
pub fn to_take_over(ask: &Ask<'_>, agreement: AgreementView<'_>, plan: Id<Plan>) -> Vec<(String, usize)> {
    if !ask.visitor.may(Right::Import) {
        return Vec::new();
    }
    let mut waiting: Vec<(String, usize)> = Vec::new();
    for (_, row) in agreement.plan(plan).into_iter().flat_map(|plan| agreement.rows_at_home(plan)) {
        let Standing::Evidence { evidence } = row.standing else { continue };
        if ask.moment.viewer.is_of(row.party) {
            let address = address::waiting_rows(evidence);
            match waiting.iter_mut().find(|(known, _)| *known == address) {
                Some((_, rows)) => *rows += 1,
                None => waiting.push((address, 1)),
            }
        }
    }
    waiting
}

fn own_rows(agreement: AgreementView<'_>, id: Id<Evidence>) -> Vec<Id<Initiative>> {
    let own = |known: &WaitingRows<'_>| known.id == id && known.is_own;
    agreement.waiting_rows().into_iter().filter(own).flat_map(|known| known.rows).collect()
}

fn tables(ask: &Ask<'_>, agreement: AgreementView<'_>, rows: &[Id<Initiative>]) -> Vec<TableOfRows> {
    let language = ask.visitor.language;
    let marks = Marks { small_print: true, ..Marks::none(language) };
    let parties = party_marks(agreement);
    let plans = agreement.plans().into_iter().filter_map(|(plan, known)| {
        let here = rows.iter().filter(|row| agreement.visible(**row).is_some_and(|row| row.plan == plan));
        let here: Vec<Id<Initiative>> = here.copied().collect();
        let table = (!here.is_empty()).then(|| agreement.table(plan)).flatten()?;
        let of = |id: Id<Initiative>| {
            let placing = placing_of(&table, id)?;
            let titled = agreement.initiative(id).map_or("", |seen| seen.section.title.as_str());
            let row = placing.block(&parties, 0, &marks);
            let section = format!("{}({}) {titled}", placing.chapter, placing.section);
            Some(WaitingRow { divisions: row.divisions.join(comma(language)), section, row })
        };
        let name = table_name(language, known.fiscal_year, known.kind);
        Some(TableOfRows { name, rows: here.into_iter().filter_map(of).collect() })
    });
    plans.collect()
}
