//! 検索: the search over the rows of all years.

use askama::Template;
use renkei_document::id::{self, Id};

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words::comma;
use crate::frame::hits::hits;
use crate::frame::names::table_name;
use crate::frame::page::html;
use crate::frame::paging::Paging;
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::row_block::{Block, Marks, RowBlock, party_marks};

const ON_A_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "plan/search.html")]
struct SearchPage {
    frame: Frame,
    query: String,
    found: usize,
    /// Number of the first hit on the page, from 1.
    first: usize,
    years: Vec<YearOfHits>,
    earlier: Option<String>,
    later: Option<String>,
}

/// The hits of one table.
struct YearOfHits {
    name: String,
    rows: Vec<RowHit>,
}

struct RowHit {
    row: RowBlock,
    section: String,
    /// The divisions of the row, with the words of the search marked.
    divisions: Block,
}

pub fn search(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let query = ask.query.get("q").unwrap_or_default();
    let found = ask.moment.search(query);
    let paging = Paging::of_equal(ON_A_PAGE, found.len());
    let page = ask.page_of(&paging, "page")?;
    let shown = paging.entries(page);
    let mut years: Vec<YearOfHits> = Vec::new();
    for hit in found.get(shown.clone()).unwrap_or_default() {
        let Some((name, row)) = row_hit(ask, hit.initiative, query) else { continue };
        match years.last_mut() {
            Some(year) if year.name == name => year.rows.push(row),
            _ => years.push(YearOfHits { name, rows: vec![row] }),
        }
    }
    let to = |page: usize| ask.query.with("page", &page.to_string()).behind(ask.path);
    html(&SearchPage {
        frame: Frame::of(ask.visitor, ask.moment, say(ask.visitor.language, "検索"), Place::Elsewhere, "/search")
            .with_query(query),
        query: query.to_owned(),
        found: found.len(),
        first: shown.start + 1,
        years,
        earlier: (page > 1).then(|| to(page - 1)),
        later: (shown.end < found.len()).then(|| to(page + 1)),
    })
}

fn row_hit(ask: &Ask<'_>, id: Id<id::Initiative>, query: &str) -> Option<(String, RowHit)> {
    let (agreement, language) = (ask.moment.agreement().ok()?, ask.visitor.language);
    let seen = agreement.initiative(id)?;
    let alone = ask.moment.row(id)?;
    let placing = alone.placing()?;
    let marks = Marks { query, small_print: true, ..Marks::none(agreement.id, language) };
    let row = placing.block(&party_marks(agreement), 0, &marks);
    let divisions = row.divisions.join(comma(language));
    let overlay = crate::frame::runs::Overlay { hits: hits(&divisions, query), ..Default::default() };
    let divisions = Block { mark: String::new(), runs: crate::frame::runs::runs(&divisions, &overlay) };
    let section = format!("{}({}) {}", placing.chapter, placing.section, seen.section.title);
    let name = table_name(language, placing.table.fiscal_year, placing.table.kind);
    Some((name, RowHit { row, section, divisions }))
}
