//! 組織一覧の取込み: a list of divisions and posts is uploaded, tried, shown line by line, and recorded.

use askama::Template;
use renkei_app::{
    AppError, ListTrial, OrganisationList, access::Right, names_officers, organisation, read_organisation_list,
};
use renkei_document::id::{self, Id};
use renkei_document::wareki::long_date_in;
use renkei_domain::organisation::{ListedLine, Outcome};

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::form::Form;
use crate::frame::list_form::{ListDeed, ListForm, text_of};
use crate::frame::page::html;
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::organisation::overview::party;

#[derive(Template)]
#[template(path = "organisation/organisation_list.html")]
struct ListPage {
    frame: Frame,
    party: String,
    party_name: String,
    on: String,
    on_words: String,
    is_complete: bool,
    faults: Vec<String>,
    /// Whether the file also contains persons, which this page ignores.
    names_officers: bool,
    trial: Option<Trial>,
    /// Number of divisions that are printed in the newest table.
    printed: usize,
}

/// The changes that the list would make, line by line, and the text of the list, which the form sends again.
struct Trial {
    counts: Vec<(&'static str, usize)>,
    lines: Vec<TriedLine>,
    list: String,
    is_recordable: bool,
    /// Whether the list could be read line by line and contains nothing unclear.
    is_clear: bool,
    changes: usize,
}

struct TriedLine {
    place: String,
    name: String,
    outcome: &'static str,
    told: String,
    is_unclear: bool,
}

pub fn organisation_list(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let party = party(ask, ask.query.get("party"))?;
    page(ask, (party, &ListForm::default()), None, (Vec::new(), false), None)
}

/// Tries an uploaded list, or records a list that was tried before.
pub fn take_organisation_list(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Organise)?;
    let (form, language) = (&deed.form, deed.ask.visitor.language);
    let sent: ListForm = form.parsed().unwrap_or_default();
    let party = party(&deed.ask, Some(sent.party.as_str()).filter(|party| !party.is_empty()))?;
    let again = |list: Option<&OrganisationList>, faults, trial| {
        let left_out = form.files.iter().any(|file| file.bytes().is_ok_and(|bytes| names_officers(&bytes)));
        Ok(Done::Again(Box::new(page(&deed.ask, (party, &sent), list, (faults, left_out), trial)?)))
    };
    let list = match list_of(&deed.ask, party, form, &sent) {
        Ok(list) => list,
        Err(fault) => return again(None, vec![fault], None),
    };
    let node = &deed.ask.site.node;
    if sent.deed == ListDeed::Record {
        match organisation::record_organisation_list(node, actor.clone(), party, &list) {
            Ok(_) => return Ok(Done::See(format!("/organisation?done=listed&on={}&party={party}", list.on))),
            Err(fault @ (AppError::Refused(_) | AppError::List(_))) => {
                let trial = organisation::try_organisation_list(node, actor, party, &list)?;
                return again(Some(&list), vec![fault.message_in(language)], Some(trial));
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    let trial = organisation::try_organisation_list(node, actor, party, &list)?;
    let faults = trial.faults.iter().map(|fault| fault.message_in(language)).collect();
    again(Some(&list), faults, Some(trial))
}

/// Reads the list from the uploaded file, from the newest plan, or from the text of a list that was tried before.
fn list_of(ask: &Ask<'_>, party: Id<id::Party>, form: &Form, sent: &ListForm) -> Result<OrganisationList, String> {
    let language = ask.visitor.language;
    let on = sent.on(language)?;
    let lines = match sent.deed {
        ListDeed::Printed => ask.moment.unkept_state().printed_divisions(ask.moment.viewer, party),
        _ => sent.lines(form, language, cells, read_organisation_list)?,
    };
    Ok(OrganisationList { lines, on, is_complete: sent.is_complete() })
}

fn cells(line: &mut ListedLine) -> [&mut String; 8] {
    let ListedLine { place, division, former, parent, kind, area, post, duties } = line;
    [place, division, former, parent, kind, area, post, duties]
}

fn page(
    ask: &Ask<'_>,
    (party, sent): (Id<id::Party>, &ListForm),
    list: Option<&OrganisationList>,
    (faults, names_officers): (Vec<String>, bool),
    trial: Option<ListTrial>,
) -> Result<Answer, Problem> {
    let frame = Frame::of(
        ask.visitor,
        ask.moment,
        say(ask.visitor.language, "組織一覧の取込み"),
        Place::Organisation,
        "/organisation/import",
    );
    let on = sent.on(frame.language).unwrap_or_else(|_| ask.site.node.today());
    let count = |trial: &ListTrial, outcome: Outcome| (frame.say(outcome.name()), trial.proposal.count(outcome));
    let outcomes = [Outcome::New, Outcome::Renamed, Outcome::Changed, Outcome::Ended, Outcome::Same, Outcome::Unclear];
    let shown = trial.zip(list).map(|(trial, list)| Trial {
        counts: outcomes.map(|outcome| count(&trial, outcome)).into(),
        list: text_of(&list.lines, cells),
        is_recordable: trial.is_recordable(),
        is_clear: trial.faults.is_empty() && trial.proposal.count(Outcome::Unclear) == 0,
        changes: trial.proposal.changes.len(),
        lines: trial
            .proposal
            .outcomes
            .into_iter()
            .map(|line| TriedLine {
                place: line.place,
                name: line.name,
                outcome: frame.say(line.outcome.name()),
                told: line.remark.map(|remark| remark.message_in(frame.language)).unwrap_or_default(),
                is_unclear: line.outcome == Outcome::Unclear,
            })
            .collect(),
    });
    html(&ListPage {
        party: party.to_string(),
        party_name: ask.moment.view().party_name(party).to_owned(),
        on: on.to_string(),
        on_words: long_date_in(frame.language, on),
        is_complete: sent.is_complete(),
        faults,
        names_officers,
        trial: shown,
        printed: ask.moment.unkept_state().printed_divisions(ask.moment.viewer, party).len(),
        frame,
    })
}
