//! 引継書: what the next in office must know of each indicator of a division, on paper.

use askama::Template;
use renkei_domain::view::IndicatorView;

use super::words::{self, Newest};
use super::{html, mark_of};
use crate::address;
use crate::answer::Answer;
use crate::figure_words as figures;
use crate::frame::{Frame, Place};
use crate::phrases::{say, tell};
use crate::problem::Problem;
use crate::routes::Ask;
use crate::row_block::{PartyMark, party_marks};

#[derive(Template)]
#[template(path = "handover.html")]
struct HandoverPage {
    frame: Frame,
    division: String,
    party: PartyMark,
    sheets: Vec<Sheet>,
    undescribed: usize,
}

/// One indicator.
struct Sheet {
    href: String,
    label: String,
    described: bool,
    newest: Option<Newest>,
    pairs: Vec<(&'static str, String)>,
}

pub fn handover(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let agreement = ask.moment.agreement()?;
    let language = ask.visitor.language;
    let division = ask.part("division");
    let indicators = agreement.indicators();
    let mut kept: Vec<&IndicatorView<'_>> = indicators.iter().filter(|view| view.is_own).collect();
    kept.retain(|view| view.keepers(agreement).contains(&division));
    let first = kept.first().ok_or(Problem::NoSuchPage)?;
    let party = mark_of(agreement, &party_marks(agreement), first);
    let sheets: Vec<Sheet> = kept.iter().map(|view| sheet(ask, view)).collect();
    let title = tell(language, "{}の引継書", [division]);
    html(&HandoverPage {
        frame: Frame::of(ask.visitor, ask.moment, &title, Place::Indicators, "/indicators"),
        division: division.to_owned(),
        party,
        undescribed: sheets.iter().filter(|sheet| !sheet.described).count(),
        sheets,
    })
}

fn sheet(ask: &Ask<'_>, view: &IndicatorView<'_>) -> Sheet {
    let language = ask.visitor.language;
    let definition = view.definition();
    let told = |text: Option<&str>| words::or_unsaid(language, text.unwrap_or_default());
    let due = definition.and_then(|said| said.next_due);
    let due = due.map(|day| figures::as_of_in(language, renkei_domain::wareki::AsOf::Day(day)));
    let targets = view.targets.iter().map(|known| words::target(language, view, &known.target));
    let targets = targets.collect::<Vec<_>>().join(say(language, "、"));
    let terms = view.terms();
    let counting = [say(language, words::adds_up(terms.adds_up)), say(language, words::counting(terms.counting))];
    Sheet {
        href: address::indicator(view.id),
        label: view.printed.label.clone(),
        described: definition.is_some(),
        newest: view.newest().map(|seen| words::newest(language, seen)),
        pairs: vec![
            (say(language, "何を数えるか"), told(definition.map(|said| said.meaning.as_str()))),
            (say(language, "数え方"), counting.join(say(language, "、"))),
            (say(language, "範囲"), told(terms.scope)),
            (say(language, "出典"), told(definition.map(|said| said.source.as_str()))),
            (say(language, "算出方法"), told(definition.map(|said| said.method.as_str()))),
            (say(language, "注意"), told(definition.map(|said| said.caution.as_str()))),
            (say(language, "目標値"), told(Some(&targets))),
            (say(language, "次の報告期日"), told(due.as_deref())),
        ],
    }
}
