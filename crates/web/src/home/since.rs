//! Changes since the person's last visit: rows by section, new editions, and the number of journal entries.

use renkei_app::people;
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use renkei_domain::plan::{Initiative, Plan, Standing};
use renkei_domain::view::AgreementView;

use crate::frame::figure_words::japan_time_in;
use crate::frame::names::table_name;
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::row_block::placings;
use crate::home::waiting::{RowLink, row_link};

/// The changes since a person's last visit.
pub struct Since {
    /// Time of the last visit; `None` at the first visit.
    pub at: Option<String>,
    pub sections: Vec<ChangedSection>,
    /// Number of further changed rows, which are not named.
    pub more: usize,
    /// Names of the editions that were made since the last visit.
    pub editions: Vec<String>,
    /// Number of journal entries of the visitor's own party since the last visit.
    pub entries: usize,
}

/// Maximum number of changed rows that are named; further rows are only counted.
const MOST_ROWS: usize = 50;

/// A section of a plan, with its changed rows.
pub struct ChangedSection {
    pub title: String,
    pub rows: Vec<ChangedRow>,
}

pub struct ChangedRow {
    pub what: &'static str,
    pub link: RowLink,
}

pub fn since(ask: &Ask<'_>) -> Result<Since, Problem> {
    let Some(last) = people::visit(&ask.site.node, ask.visitor, ask.moment.unkept_state())? else {
        return Ok(Since { at: None, sections: Vec::new(), more: 0, editions: Vec::new(), entries: 0 });
    };
    let language = ask.visitor.language;
    let agreement = ask.moment.agreement().ok();
    let (mut sections, mut left) = (Vec::new(), Left { to_name: MOST_ROWS, more: 0 });
    for (agreement, (id, plan)) in
        agreement.iter().flat_map(|known| known.plans().into_iter().map(|plan| (*known, plan)))
    {
        sections.extend(changed_in(ask, agreement, (id, plan), last.at, &mut left));
    }
    let frozen = agreement.into_iter().flat_map(|agreement| {
        let years = agreement.edition_years().into_iter();
        years.flat_map(move |year| agreement.editions_of(year)).filter(|edition| edition.at > last.at)
    });
    let heard = ask.moment.journal(u64::MAX).take_while(|(_, line)| line.heard > last.position);
    Ok(Since {
        at: Some(japan_time_in(language, last.at)),
        sections,
        more: left.more,
        editions: frozen.map(|edition| edition.name().to_string()).collect(),
        entries: heard.count(),
    })
}

/// Number of rows that may still be named, and number of changed rows that are only counted.
struct Left {
    to_name: usize,
    more: usize,
}

/// Returns the sections of a plan with changed rows, within the limit for named rows.
fn changed_in(
    ask: &Ask<'_>,
    agreement: AgreementView<'_>,
    (id, plan): (Id<id::Plan>, &Plan),
    last: Hlc,
    left: &mut Left,
) -> Vec<ChangedSection> {
    let Some(table) = ask.moment.table(id) else { return Vec::new() };
    let language = ask.visitor.language;
    let mut sections: Vec<((u32, u32), ChangedSection)> = Vec::new();
    for placing in placings(&table).filter(|placing| !placing.row.repeated) {
        let row = placing.row.id.and_then(|id| agreement.visible(id));
        let Some(what) = row.and_then(|row| changed(ask, agreement, row, last)) else { continue };
        if left.to_name == 0 {
            left.more += 1;
            continue;
        }
        let Some(link) = row_link(ask, placing) else { continue };
        left.to_name -= 1;
        let place = (placing.chapter, placing.section);
        if sections.last().is_none_or(|(known, _)| *known != place) {
            let name = table_name(language, plan.fiscal_year, plan.kind);
            let row = placing.row.id.and_then(|id| agreement.initiative(id));
            let title = row.map(|row| row.section.title.as_str()).unwrap_or_default();
            let title = format!("{name} {}({}) {title}", place.0, place.1);
            sections.push((place, ChangedSection { title, rows: Vec::new() }));
        }
        if let Some((_, section)) = sections.last_mut() {
            section.rows.push(ChangedRow { what, link });
        }
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

/// Returns the most important change of a row after the time `last`; `None` if the row did not change.
fn changed(ask: &Ask<'_>, agreement: AgreementView<'_>, row: &Initiative, last: Hlc) -> Option<&'static str> {
    let language = ask.visitor.language;
    let shown = match &row.standing {
        Standing::Shared { at } | Standing::TakenOver { at, .. } => *at > last,
        Standing::Private | Standing::Evidence { .. } => false,
    };
    if shown {
        return Some(say(language, "新しく示された"));
    }
    let wordings = agreement.wordings(row);
    if wordings.earlier() > 0 && wordings.present().at > last {
        return Some(say(language, "文言が変わった"));
    }
    let corrected = |observation: renkei_domain::view::ObservationView<'_>| {
        observation.observation.corrections.iter().any(|correction| correction.report.at > last)
    };
    let observations = row.wording.observations().filter_map(|id| agreement.observation(row, id));
    observations.into_iter().any(corrected).then(|| say(language, "数値が訂正された"))
}
