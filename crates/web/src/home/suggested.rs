//! Suggestions that the visitor has to answer, oldest first.

use renkei_document::id::Id;
use renkei_domain::plan::needs::to_change;
use renkei_domain::plan::suggestion::Suggestion;
use renkei_domain::view::AgreementView;

use crate::frame::figure_words::japan_time_in;
use crate::frame::lineage_path::placing_of;
use crate::frame::phrases::{say, tell};
use crate::frame::route::Ask;
use crate::home::waiting::{MOST_NAMED, RowLink, Waiting, row_link};

/// Returns the suggestions that the visitor may answer; `None` if there are none whose row can be linked.
pub fn to_answer(ask: &Ask<'_>) -> Option<Waiting> {
    let (agreement, language) = (ask.moment.agreement().ok()?, ask.visitor.language);
    let may_answer = |(_, known): &(Id<Suggestion>, &Suggestion)| {
        let row = agreement.initiative(known.initiative).map(|seen| seen.initiative);
        row.is_some_and(|row| ask.visitor.meets(&to_change(row)))
    };
    let open = agreement.open_suggestions().into_iter();
    let open: Vec<_> = open.filter(|known| may_answer(known)).collect();
    let rows: Vec<_> = open.iter().take(MOST_NAMED).filter_map(|(_, known)| link(ask, agreement, known)).collect();
    Some(Waiting {
        title: say(language, "回答を待つ修正の提案").to_owned(),
        count: open.len(),
        href: rows.first()?.href.clone(),
        next: say(language, "古いものから、採用するかを答える").to_owned(),
        rows,
    })
}

/// Returns a link to the row of a suggestion. The text says which party made the suggestion, and when.
pub fn link(ask: &Ask<'_>, agreement: AgreementView<'_>, known: &Suggestion) -> Option<RowLink> {
    let language = ask.visitor.language;
    let seen = agreement.initiative(known.initiative)?;
    let table = ask.moment.table(seen.initiative.plan)?;
    let row = row_link(ask, placing_of(&table, known.initiative)?)?;
    let at = japan_time_in(language, known.at);
    let text = tell(language, "{0}から（{1}）：{2}", [agreement.party_short_name(known.party), &at, &row.text]);
    Some(RowLink { href: format!("{}#suggestions", row.href), text, ..row })
}
