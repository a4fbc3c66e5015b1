//! 記録簿: the recorded events, newest first.

use askama::Template;
use renkei_app::EntryLine;

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words::japan_time_in;
use crate::frame::page::html;
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;

const ON_A_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "record/journal.html")]
struct JournalPage {
    frame: Frame,
    lines: Vec<Line>,
    /// Address of the older events; `None` on the last page.
    older: Option<String>,
    is_first: bool,
}

/// One event, as the page shows it.
pub struct Line {
    pub number: u64,
    pub at: String,
    pub party: String,
    pub title: &'static str,
    pub post: String,
    /// Reason that the person gave for the event; empty if the event has none.
    pub reason: String,
}

pub fn journal(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let before = match ask.query.get("before") {
        None => u64::MAX,
        Some(asked) => address::canonical(asked).ok_or_else(|| nothing_older(asked))?,
    };
    let mut known = ask.moment.journal(before);
    let lines: Vec<Line> = known.by_ref().take(ON_A_PAGE).map(|entry| line(ask, entry)).collect();
    if lines.is_empty() && before < u64::MAX {
        return Err(nothing_older(&before.to_string()));
    }
    let more = known.next().is_some();
    let last = lines.last().map(|line| line.number.to_string());
    html(&JournalPage {
        frame: Frame::of(ask.visitor, ask.moment, say(ask.visitor.language, "記録簿"), Place::Journal, "/journal"),
        older: last.filter(|_| more).map(|last| ask.query.with("before", &last).behind("/journal")),
        is_first: before == u64::MAX,
        lines,
    })
}

fn nothing_older(number: &str) -> Problem {
    Problem::NothingOlder { number: number.to_owned(), newest: "/journal".to_owned() }
}

/// Returns an event in words. `number` is its position among the events that the viewer may know of.
pub fn line(ask: &Ask<'_>, (number, entry): (u64, &EntryLine)) -> Line {
    let (moment, language) = (ask.moment, ask.visitor.language);
    let party = entry.order.party;
    let agreement = moment.view().agreements().find(|agreement| agreement.agreement.key_of(party).is_some());
    let short = agreement.map(|agreement| agreement.party_short_name(party));
    Line {
        number,
        at: japan_time_in(language, entry.order.time),
        party: short.unwrap_or_else(|| moment.view().party_name(party)).to_owned(),
        title: say(language, entry.title),
        post: entry.post.clone(),
        reason: entry.reason.clone().unwrap_or_default(),
    }
}
