//! The page of a party's organisation on a given day: its divisions and posts, past and future changes, and deputies.

use askama::Template;
use jiff::civil::Date;
use renkei_app::access::Right;
use renkei_document::id::{self, Id};
use renkei_document::wareki::long_date_in;
use renkei_domain::organisation::{KINDS, Organisation};

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::form::Form;
use crate::frame::page::html;
use crate::frame::phrases::{phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::organisation::shown::{self, BranchLine, DeputyLine, PartyWay, PostLine, StepLine};

/// The refused input of a form, which is shown again so that nothing typed is lost.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    /// Name of the refused form.
    pub change: String,
    pub form: Form,
}

impl Typed {
    pub fn is(&self, change: &str) -> bool {
        self.change == change
    }

    /// Returns the typed value of a field if this form was refused, else the initial value of the field.
    pub fn or(&self, change: &str, name: &str, first: &str) -> String {
        if self.is(change) { self.form.get(name) } else { first.to_owned() }
    }

    /// Whether a checkbox was ticked in this form and the form was refused.
    pub fn ticked(&self, change: &str, name: &str, value: &str) -> bool {
        self.is(change) && self.form.all(name).any(|known| known == value)
    }
}

/// The faults of a refused form, and its input.
#[derive(Debug, Default)]
pub(crate) struct Returned {
    pub faults: Vec<String>,
    pub typed: Typed,
}

#[derive(Template)]
#[template(path = "organisation/organisation.html")]
struct OrganisationPage {
    frame: Frame,
    party: String,
    party_name: String,
    parties: Vec<PartyWay>,
    /// The day that is shown, in the format of a date field and in words.
    on: String,
    on_words: String,
    done: &'static str,
    returned: Returned,
    branches: Vec<BranchLine>,
    posts: Vec<PostLine>,
    coming: Vec<StepLine>,
    past: Vec<StepLine>,
    deputies: Vec<DeputyLine>,
    kinds: &'static [&'static str],
    may_organise: bool,
    may_deputise: bool,
    may_read_people_log: bool,
    /// Number of divisions that are printed in the newest table; 0 if divisions are recorded already.
    printed: usize,
}

pub fn organisation(ask: &Ask<'_>) -> Result<Answer, Problem> {
    page(ask, Returned::default())
}

pub(super) fn page(ask: &Ask<'_>, returned: Returned) -> Result<Answer, Problem> {
    let asked = Asked::of(ask, &returned)?;
    let today = ask.site.node.today();
    let organisation = asked.organisation;
    let frame =
        Frame::of(ask.visitor, ask.moment, say(ask.visitor.language, "組織"), Place::Organisation, "/organisation");
    let branches = shown::branches(organisation, asked.on, &frame);
    let history = organisation.history();
    let (coming, past): (Vec<_>, Vec<_>) = history.iter().partition(|step| step.from > today);
    let printed = || ask.moment.unkept_state().printed_divisions(ask.moment.viewer, asked.party).len();
    html(&OrganisationPage {
        party: asked.party.to_string(),
        party_name: ask.moment.view().party_name(asked.party).to_owned(),
        parties: shown::party_ways(ask, asked.party),
        on: asked.on.to_string(),
        on_words: long_date_in(frame.language, asked.on),
        done: done(ask.query.get("done")),
        posts: shown::posts(organisation, asked.on, &frame),
        coming: coming.into_iter().map(|step| shown::step(step, &frame)).collect(),
        past: past.into_iter().rev().map(|step| shown::step(step, &frame)).collect(),
        deputies: shown::deputies(ask, asked.party, organisation, &frame),
        kinds: &KINDS,
        may_organise: ask.visitor.may(Right::Organise),
        may_deputise: ask.visitor.may(Right::Deputise),
        may_read_people_log: ask.visitor.may(Right::PeopleLog),
        printed: if branches.is_empty() { printed() } else { 0 },
        branches,
        returned,
        frame,
    })
}

/// Returns the message about the change that was just made; empty if there was none.
pub(super) fn done(done: Option<&str>) -> &'static str {
    match done {
        Some("changed") => phrase("組織の変更を記録しました。"),
        Some("taken-back") => phrase("変更を取り消しました。記録簿には、両方が残っています。"),
        Some("deputy") => phrase("代理を定めました。その期間、代理の職が代わって行ったことは「代決」と記録されます。"),
        Some("deputy-ended") => phrase("代理を終えました。"),
        Some("listed") => phrase("一覧のとおりに記録しました。"),
        _ => "",
    }
}

/// The party's organisation and the day that the page shows, as the query or a refused form names them.
pub(super) struct Asked<'a> {
    pub party: Id<id::Party>,
    pub organisation: &'a Organisation,
    pub on: Date,
}

impl<'a> Asked<'a> {
    pub fn of(ask: &Ask<'a>, returned: &Returned) -> Result<Self, Problem> {
        let typed = returned.typed.form.get("party");
        let named = Some(typed.as_str()).filter(|typed| !typed.is_empty()).or(ask.query.get("party"));
        let party = party(ask, named)?;
        let organisation = ask.moment.view().organisation(party).ok_or(Problem::NoSuchPage)?;
        let typed = returned.typed.form.get("on");
        let on = match (typed.as_str(), ask.query.get("on")) {
            ("", None) => ask.site.node.today(),
            ("", Some(on)) => address::canonical(on).ok_or_else(|| ask.no_such_setting("on", phrase("日付")))?,
            (typed, _) => typed.parse().map_err(|_| Problem::UnreadableForm {
                sentences: phrase("画面を開き直して、もう一度送ってください。").into(),
            })?,
        };
        Ok(Self { party, organisation, on })
    }
}

/// Returns the visitor's own party. For the local operator, returns the named party, which may be any of the agreement.
pub(super) fn party(ask: &Ask<'_>, named: Option<&str>) -> Result<Id<id::Party>, Problem> {
    if let Some(own) = ask.visitor.party {
        return Ok(own);
    }
    let agreement = ask.moment.agreement()?;
    let mut parties = agreement.agreement.parties.iter().map(|party| party.id);
    match named {
        Some(named) => parties.find(|party| party.to_string() == named).ok_or(Problem::NoSuchPage),
        None => parties.next().ok_or(Problem::NothingStored),
    }
}
