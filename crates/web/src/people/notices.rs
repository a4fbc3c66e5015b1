//! 知らせ: the changes of the visitor's credentials. The home page and the visitor's own page show those that the visitor has
//! not confirmed yet; the own page also lists the last ones.

use renkei_app::{Doer, Notice, people};

use crate::frame::page::clock;
use crate::frame::phrases::{say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::people::proof::{own, with_proof};

/// The changes that the visitor has not confirmed yet.
pub struct Notices {
    pub lines: Vec<NoticeLine>,
    /// Number of the newest one.
    pub until: u64,
}

pub struct NoticeLine {
    pub at: String,
    pub deed: &'static str,
    pub by: String,
    pub detail: String,
}

/// Returns the notices for the visitor; `None` if there are none.
pub(crate) fn notices(ask: &Ask<'_>) -> Result<Option<Notices>, Problem> {
    let known = people::notices(&ask.site.node, ask.visitor)?;
    let until = known.iter().map(|notice| notice.number).max();
    Ok(until.map(|until| Notices { lines: known.into_iter().map(|notice| line(ask, notice)).collect(), until }))
}

/// Returns the last changes of the visitor's credentials.
pub(crate) fn recent(ask: &Ask<'_>) -> Result<Vec<NoticeLine>, Problem> {
    let known = people::recent_changes(&ask.site.node, ask.visitor)?;
    Ok(known.into_iter().map(|notice| line(ask, notice)).collect())
}

/// Records that the visitor has seen the notices.
pub fn see_notices(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, (_, session)) = (&deed.ask, own(&deed.ask));
    let until = deed.form.get("until").parse().unwrap_or_default();
    with_proof(deed, &["until"], || {
        people::see_notices(&ask.site.node, ask.visitor, session, until)?;
        Ok(Done::See("/me?done=seen".to_owned()))
    })
}

fn line(ask: &Ask<'_>, notice: Notice) -> NoticeLine {
    let language = ask.visitor.language;
    let by = match notice.done_by {
        Doer::Oneself => say(language, "自分の利用者で").to_owned(),
        Doer::Administrator(login) => tell(language, "システム管理者 {} が", [login]),
        Doer::Machine => say(language, "サーバーの操作で").to_owned(),
    };
    NoticeLine {
        at: clock(language, notice.done_at),
        deed: say(language, notice.deed.title()),
        by,
        detail: notice.detail,
    }
}
