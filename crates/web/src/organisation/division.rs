//! The page of one division: its state on a day, its history, its posts, and the forms that change it.

use askama::Template;
use renkei_app::access::Right;
use renkei_document::id::Id;
use renkei_document::wareki::long_date_in;
use renkei_domain::organisation::{Division, KINDS};

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::page::html;
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::organisation::overview::{Asked, Returned, done};
use crate::organisation::shown::{self, BranchLine, DutyBox, PostLine, StepLine};

#[derive(Template)]
#[template(path = "organisation/division.html")]
struct DivisionPage {
    frame: Frame,
    party: String,
    id: String,
    on: String,
    on_words: String,
    done: &'static str,
    returned: Returned,
    name: String,
    kind: String,
    area: String,
    parent: Option<(String, String)>,
    parent_id: String,
    /// Whether the division exists on the day that the page shows.
    stands: bool,
    posts: Vec<PostLine>,
    steps: Vec<StepLine>,
    /// The present divisions that have taken over the division's work, if it has ended.
    heirs: Vec<(String, String)>,
    others: Vec<BranchLine>,
    duties: Vec<DutyBox>,
    kinds: &'static [&'static str],
    may_organise: bool,
}

pub fn division(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let id = ask.part("id").parse().map_err(|_| Problem::NoSuchPage)?;
    page(ask, id, Returned::default())
}

pub(crate) fn page(ask: &Ask<'_>, id: Id<Division>, returned: Returned) -> Result<Answer, Problem> {
    let Asked { party, organisation, on } = Asked::of(ask, &returned)?;
    let known = organisation.divisions.get(&id).ok_or(Problem::NoSuchPage)?;
    let standing = organisation.division_on(id, on);
    let name = standing.as_ref().map(|division| division.name.clone());
    let name = name.or_else(|| known.names.on(on).cloned()).unwrap_or_default();
    let frame =
        Frame::of(ask.visitor, ask.moment, say(ask.visitor.language, "組織"), Place::Organisation, "/organisation");
    let named = |id: Id<Division>| Some((shown::address(id, on), organisation.some_name(id, on)?));
    let heirs = organisation.successors(id, on).into_iter().filter(|heir| *heir != id);
    let parent = standing.as_ref().and_then(|division| division.parent);
    let history = organisation.history();
    let own = history.iter().filter(|step| step.divisions().contains(&id));
    html(&DivisionPage {
        party: party.to_string(),
        id: id.to_string(),
        on: on.to_string(),
        on_words: long_date_in(frame.language, on),
        done: done(ask.query.get("done")),
        kind: known.kinds.on(on).cloned().unwrap_or_default(),
        area: known.areas.on(on).cloned().flatten().unwrap_or_default(),
        parent: parent.and_then(named),
        parent_id: parent.map(|parent| parent.to_string()).unwrap_or_default(),
        stands: standing.is_some(),
        posts: organisation
            .posts_on(on)
            .iter()
            .filter(|post| post.division == id)
            .map(|post| shown::post_line(post, &frame))
            .collect(),
        steps: own.rev().map(|step| shown::step(step, &frame)).collect(),
        heirs: heirs.filter_map(named).collect(),
        others: shown::branches(organisation, on, &frame)
            .into_iter()
            .filter(|branch| branch.id != id.to_string())
            .collect(),
        duties: shown::duties(&frame),
        kinds: &KINDS,
        may_organise: ask.visitor.may(Right::Organise),
        name,
        returned,
        frame,
    })
}
