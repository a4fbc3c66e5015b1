//! The home page of a person without a post today: their account, their other appointments, and the people who can
//! help.

use askama::Template;
use renkei_app::{Appointment, people};
use renkei_domain::organisation::duty::Duty;

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::page::{html, unkept};
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::people::notices::{self, Notices};

#[derive(Template)]
#[template(path = "home/home_no_post.html")]
struct NoPostPage {
    frame: Frame,
    notices: Option<Notices>,
    name: String,
    login: String,
    /// Appointments on other days; future appointments come first.
    appointments: Vec<Appointment>,
    administrators: Vec<String>,
    /// The 事務局 posts of the parties for which the person has appointments on other days.
    secretariats: Vec<String>,
}

pub fn no_post(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (node, visitor) = (&ask.site.node, ask.visitor);
    let people = people::people(node)?;
    let own = people.iter().find(|person| Some(&person.id) == visitor.account.as_ref());
    let mut appointments = own.map(|own| own.appointments.clone()).unwrap_or_default();
    appointments.sort_by(|one, other| other.from.cmp(&one.from));
    let administrators = people.iter().filter(|person| person.is_administrator && !person.is_closed);
    let serves = |party: &str| appointments.iter().any(|held| held.party == party);
    let secretariats = people::posts_to_hold(node).into_iter();
    let secretariats = secretariats.filter(|post| post.duties.contains(&Duty::Secretariat) && serves(&post.party_name));
    let page = NoPostPage {
        frame: Frame::of(visitor, ask.moment, say(visitor.language, "ホーム"), Place::Home, "/"),
        notices: notices::notices(ask)?,
        name: visitor.name.clone(),
        login: own.map(|own| own.login.clone()).unwrap_or_default(),
        administrators: administrators.map(|person| person.name.clone()).collect(),
        secretariats: secretariats.map(|post| format!("{} {}", post.party_name, post.name)).collect(),
        appointments,
    };
    html(&page).map(unkept)
}
