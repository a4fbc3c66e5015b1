//! 職員の一覧の取込み: the administrator uploads a list of people and posts, sees its changes line by line, and records it. A
//! sheet then shows a number for each new person, to be cut apart and given to them.

use askama::Template;
use axum::http::StatusCode;
use jiff::civil::Date;
use renkei_app::{
    AppError, HandedLink, OfficerLine, OfficerList, OfficerOutcome, OfficerTrial, day_of, people, read_officer_list,
};
use renkei_document::id::{self, Id};
use renkei_document::wareki::long_date_in;

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::form::Form;
use crate::frame::list_form::{ListDeed, ListForm, text_of};
use crate::frame::page::{clock, html, unkept};
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};

const ADDRESS: &str = "/people/import";

#[derive(Template)]
#[template(path = "people/officer_list.html")]
struct ListPage {
    frame: Frame,
    parties: Vec<PartyChoice>,
    on: String,
    on_words: String,
    is_complete: bool,
    faults: Vec<String>,
    trial: Option<Trial>,
}

struct PartyChoice {
    id: String,
    name: String,
    is_chosen: bool,
}

/// The changes that an uploaded list would make, line by line. `list` is the text of the list, which the form sends
/// again.
struct Trial {
    party: String,
    party_name: String,
    counts: Vec<(&'static str, usize)>,
    lines: Vec<TriedLine>,
    list: String,
    is_recordable: bool,
    is_clear: bool,
    changes: usize,
}

struct TriedLine {
    place: String,
    name: String,
    login: String,
    post: String,
    outcome: &'static str,
    period: String,
}

#[derive(Template)]
#[template(path = "people/handed_links.html")]
struct LinksPage {
    frame: Frame,
    links: Vec<HandedPaper>,
    until: String,
    /// Number of changes that were recorded with the list; `None` if the page only shows new links for earlier
    /// invitations.
    changes: Option<usize>,
}

struct HandedPaper {
    name: String,
    login: String,
    number: String,
    address: String,
}

/// The uploaded list, and the party to which it belongs.
struct Brought {
    party: Id<id::Party>,
    list: OfficerList,
}

pub fn officer_list(ask: &Ask<'_>) -> Result<Answer, Problem> {
    page(ask, &ListForm::default(), None, (Vec::new(), None))
}

/// Shows the changes of an uploaded list, or records a list that was tried before.
pub fn take_officer_list(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, language) = (&deed.ask, deed.ask.visitor.language);
    let sent: ListForm = deed.form.parsed().unwrap_or_default();
    let again = |brought: Option<&Brought>, faults, trial| {
        Ok(Done::Again(Box::new(page(ask, &sent, brought, (faults, trial))?)))
    };
    let brought = match brought(ask, &deed.form, &sent) {
        Ok(brought) => brought,
        Err(fault) => return again(None, vec![fault], None),
    };
    let (node, Brought { party, list }) = (&ask.site.node, &brought);
    if sent.deed == ListDeed::Record {
        let by = ask.visitor.account.as_deref().unwrap_or_default();
        return match people::record_officer_list(node, by, *party, list) {
            Ok((_, links)) if links.is_empty() => Ok(Done::See("/people?done=listed".to_owned())),
            Ok((trial, links)) => {
                Ok(Done::Shown(StatusCode::OK, Box::new(links_page(ask, links, Some(trial.changes()))?)))
            }
            Err(fault @ (AppError::List(_) | AppError::Busy)) => {
                let trial = people::try_officer_list(node, *party, list)?;
                again(Some(&brought), vec![fault.message_in(language)], Some(trial))
            }
            Err(fault) => Err(fault.into()),
        };
    }
    let trial = people::try_officer_list(node, *party, list)?;
    let faults = trial.faults.iter().map(|fault| fault.message_in(language)).collect();
    again(Some(&brought), faults, Some(trial))
}

/// Reads the list from the uploaded file, or from the text of a list that was tried before.
fn brought(ask: &Ask<'_>, form: &Form, sent: &ListForm) -> Result<Brought, String> {
    let language = ask.visitor.language;
    let parties = people::parties(&ask.site.node);
    let party = parties.into_iter().map(|(id, _)| id).find(|id| id.to_string() == sent.party);
    let party = party.ok_or(say(language, "当事者を選んでください。"))?;
    let on = sent.on(language)?;
    let lines = sent.lines(form, language, cells, read_officer_list)?;
    Ok(Brought { party, list: OfficerList { lines, on, is_complete: sent.is_complete() } })
}

fn cells(line: &mut OfficerLine) -> [&mut String; 8] {
    let OfficerLine { place, division, parent, post, name, login, from, until } = line;
    [place, division, parent, post, name, login, from, until]
}

fn page(
    ask: &Ask<'_>,
    sent: &ListForm,
    brought: Option<&Brought>,
    (faults, trial): (Vec<String>, Option<OfficerTrial>),
) -> Result<Answer, Problem> {
    let (node, language) = (&ask.site.node, ask.visitor.language);
    let frame = Frame::of(ask.visitor, ask.moment, say(language, "職員の一覧の取込み"), Place::People, ADDRESS);
    let on = sent.on(language).unwrap_or_else(|_| day_of(node.now()));
    let parties = people::parties(node).into_iter();
    let choice = |(id, name): (Id<id::Party>, _)| {
        let id = id.to_string();
        PartyChoice { is_chosen: id == sent.party, id, name }
    };
    let parties: Vec<_> = parties.map(choice).collect();
    let trial = trial.zip(brought).map(|(trial, brought)| shown(&frame, trial, brought, &parties));
    let (on_words, is_complete) = (long_date_in(language, on), sent.is_complete());
    html(&ListPage { parties, on: on.to_string(), on_words, is_complete, faults, trial, frame }).map(unkept)
}

fn shown(frame: &Frame, trial: OfficerTrial, brought: &Brought, parties: &[PartyChoice]) -> Trial {
    let named = parties.iter().find(|party| party.is_chosen);
    let day = |text: &str| text.parse::<Date>().map_or(text.to_owned(), |day| long_date_in(frame.language, day));
    Trial {
        party: brought.party.to_string(),
        party_name: named.map(|party| party.name.clone()).unwrap_or_default(),
        counts: OfficerOutcome::ALL.map(|outcome| (frame.say(outcome.name()), trial.count(outcome))).into(),
        list: text_of(&brought.list.lines, cells),
        is_recordable: trial.is_recordable(),
        is_clear: trial.faults.is_empty(),
        changes: trial.changes(),
        lines: trial
            .steps
            .into_iter()
            .map(|step| TriedLine {
                period: format!("{}〜{}", day(&step.from), step.until.as_deref().map(day).unwrap_or_default()),
                outcome: frame.say(step.outcome.name()),
                place: step.place,
                name: step.name,
                login: step.login,
                post: step.post,
            })
            .collect(),
    }
}

/// Returns the sheet of links, which is cut apart and given to the people.
pub fn links_page(ask: &Ask<'_>, links: Vec<HandedLink>, changes: Option<usize>) -> Result<Answer, Problem> {
    let language = ask.visitor.language;
    let until = links.first().map(|link| clock(language, link.expires_at)).unwrap_or_default();
    let paper = |link: HandedLink| {
        let number = link.token.text().to_owned();
        HandedPaper {
            address: format!("{}/links/{number}", ask.caller.origin),
            name: link.name,
            login: link.login,
            number,
        }
    };
    let frame = Frame::of(ask.visitor, ask.moment, say(language, "渡すリンク"), Place::People, "");
    html(&LinksPage { frame, links: links.into_iter().map(paper).collect(), until, changes }).map(unkept)
}
