//! 取組の経緯: every wording of a row and of its predecessors in earlier years, and the differences between any two
//! wordings.

use askama::Template;
use renkei_document::id::{self, Id};
use renkei_document::word_diff::word_difference;
use renkei_domain::view::AgreementView;

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words::japan_time_in;
use crate::frame::names::table_name;
use crate::frame::page::html;
use crate::frame::phrases::{say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::word_marks::{Piece, pieces};
use crate::plan::draft::asked::asked_row;
use crate::plan::draft::suggest::whole;

#[derive(Template)]
#[template(path = "plan/row_history.html")]
struct HistoryPage {
    frame: Frame,
    row_address: String,
    address: String,
    /// Wordings, oldest first: key, name, and whether the wording is one of the two that are compared.
    wordings: Vec<Choice>,
    from: Vec<Piece>,
    to: Vec<Piece>,
    figures: Vec<(String, String)>,
    same: bool,
}

struct Choice {
    key: String,
    name: String,
    from: bool,
    to: bool,
}

/// One wording of a row or of a predecessor.
struct Told {
    key: String,
    name: String,
    text: String,
}

/// Maximum number of rows whose wordings are shown: the row itself and its predecessors, one for each year.
const LONGEST: usize = 10;

pub fn row_history(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, seen) = asked_row(ask)?;
    let told = wordings(ask, agreement, seen.id);
    let place = |key: Option<&str>, otherwise: usize| match key {
        None => Ok(otherwise),
        Some(key) => told.iter().position(|known| known.key == key).ok_or(Problem::NoSuchInitiative),
    };
    let newest = told.len().saturating_sub(1);
    let to = place(ask.query.get("to"), newest)?;
    let from = place(ask.query.get("from"), to.saturating_sub(1))?;
    let (old, new) = (told.get(from).ok_or(Problem::Broken)?, told.get(to).ok_or(Problem::Broken)?);
    let difference = word_difference(&old.text, &new.text);
    let (from_pieces, to_pieces) = pieces(&old.text, &new.text);
    let row_address = address::initiative(agreement.id, seen.id);
    let choice = |(at, known): (usize, &Told)| Choice {
        key: known.key.clone(),
        name: known.name.clone(),
        from: at == from,
        to: at == to,
    };
    html(&HistoryPage {
        frame: Frame::of(ask.visitor, ask.moment, say(ask.visitor.language, "取組の経緯"), Place::Plan, &row_address),
        address: format!("{row_address}/history"),
        row_address,
        wordings: told.iter().enumerate().map(choice).collect(),
        same: difference.is_empty(),
        figures: difference.figures,
        from: from_pieces,
        to: to_pieces,
    })
}

/// Returns every wording of a row and of its predecessors, oldest first.
fn wordings(ask: &Ask<'_>, agreement: AgreementView<'_>, id: Id<id::Initiative>) -> Vec<Told> {
    let language = ask.visitor.language;
    let mut rows = vec![id];
    while let Some(elder) = rows.last().and_then(|row| agreement.follows(*row)).filter(|_| rows.len() < LONGEST) {
        rows.push(elder);
    }
    let mut told = Vec::new();
    for row in rows.into_iter().rev() {
        let Some(seen) = agreement.initiative(row) else { continue };
        let table = table_name(language, seen.plan.fiscal_year, seen.plan.kind);
        for (worded, wording) in agreement.wordings(seen.initiative).iter() {
            let by = worded.suggestion.and_then(|id| agreement.suggestion(id)).map(|suggestion| {
                let party = agreement.party_short_name(suggestion.party);
                tell(language, "提案：{} {}", [party, suggestion.post.as_str()])
            });
            let parts = [Some(table.clone()), Some(japan_time_in(language, worded.at)), Some(worded.post.clone()), by];
            let name: Vec<String> = parts.into_iter().flatten().collect();
            told.push(Told {
                key: format!("{row}@{}", worded.at),
                name: name.join(" "),
                text: whole(wording, language),
            });
        }
    }
    told
}
