//! Handles the forms of 組織. The input of a form becomes a list of changes, which is recorded as a whole or refused with
//! every reason.

use jiff::civil::Date;
use renkei_app::{access::Right, organisation};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::organisation::needs::to_review;
use renkei_domain::organisation::{
    DecidedMeanwhile, Deputation, Division, Organisation, OrganisationChange, Place, Post, usual_kind,
};
use renkei_domain::record::chain::DossierKey;
use renkei_domain::record::facts::Facts;
use serde::Deserialize;

use crate::frame::form::Form;
use crate::frame::phrases::{phrase, say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::organisation::division;
use crate::organisation::overview::{Returned, Typed, page, party};

/// A fault of a form: a sentence, and the word that fills its placeholder.
type Fault = (&'static str, &'static str);

/// The changes that a form requests, or its fault.
type Changes = Result<Vec<OrganisationChange>, Fault>;

/// The fields of all forms that change the organisation; empty if a form does not have the field.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Fields {
    change: Wanted,
    party: String,
    from: String,
    /// The division whose page contains the form; empty on the page of the whole organisation.
    back: String,
    division: String,
    name: String,
    kind: String,
    parent: String,
    area: String,
    /// Names of new divisions that succeed the ended one, one per line.
    new_names: String,
    /// `end` if the posts of the division end together with it.
    posts: String,
    post: String,
    title: String,
    /// Key of the change that is taken back.
    step: String,
}

#[derive(Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Wanted {
    Begin,
    Rename,
    Move,
    Area,
    End,
    Post,
    PostChange,
    PostEnd,
    TakeBack,
    #[default]
    #[serde(other)]
    Unknown,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DeputyFields {
    party: String,
    /// The deputation that is ended; empty if a deputy is named.
    deputation: String,
    post: String,
    deputy: String,
    from: String,
    until: String,
    reason: String,
}

pub fn organise(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Organise)?;
    let (form, fields) = (&deed.form, deed.form.parsed::<Fields>().unwrap_or_default());
    let party = party(&deed.ask, Some(fields.party.as_str()).filter(|party| !party.is_empty()))?;
    let node = &deed.ask.site.node;
    let known = deed.ask.moment.view().organisation(party).ok_or(Problem::NoSuchPage)?;
    let mut fault = None;
    let done = organisation::change_organisation(node, actor, party, |facts| {
        changes(&fields, form, known, facts).unwrap_or_else(|told| {
            fault = Some(told);
            Vec::new()
        })
    });
    let faults = match (done, fault) {
        (Ok(()), None) => return Ok(Done::See(next(&deed.ask, &fields))),
        (_, Some(fault)) => vec![worded(deed.ask.visitor.language, fault)],
        (Err(fault), None) => sentences(deed.ask.visitor.language, fault)?,
    };
    again(deed, faults)
}

/// Returns the page to show after a change: the page of the division from which the form was sent, or the page of the
/// whole organisation if there is none any more.
fn next(ask: &Ask<'_>, fields: &Fields) -> String {
    let party = if ask.visitor.party.is_none() { format!("&party={}", fields.party) } else { String::new() };
    let on = fields.from.parse::<Date>().map(|from| format!("&on={from}")).unwrap_or_default();
    let done = if fields.change == Wanted::TakeBack { "taken-back" } else { "changed" };
    let back: Option<Id<Division>> = fields.back.parse().ok();
    match back.filter(|_| ![Wanted::End, Wanted::TakeBack].contains(&fields.change)) {
        Some(back) => format!("/organisation/divisions/{back}?done={done}{on}{party}"),
        None => format!("/organisation?done={done}{on}{party}"),
    }
}

/// Returns the form again, on the page from which it was sent.
fn again(deed: &Deed<'_>, faults: Vec<String>) -> Result<Done, Problem> {
    let typed = Typed { change: deed.form.get("change"), form: deed.form.clone() };
    let returned = Returned { faults, typed };
    let answer = match deed.form.get("back").parse() {
        Ok(back) => division::page(&deed.ask, back, returned)?,
        Err(_) => page(&deed.ask, returned)?,
    };
    Ok(Done::Again(Box::new(answer)))
}

/// Returns the reasons of a refusal; `Err` for any other failure.
fn sentences(language: Language, fault: renkei_app::AppError) -> Result<Vec<String>, Problem> {
    match fault {
        denied if denied.is_denied() => Err(denied.into()),
        renkei_app::AppError::Refused(refusals) => {
            Ok(refusals.iter().map(|refusal| refusal.message_in(language)).collect())
        }
        other => Err(other.into()),
    }
}

fn changes(fields: &Fields, form: &Form, known: &Organisation, facts: &Facts) -> Changes {
    let from = date(&fields.from, phrase("いつから"))?;
    let name = fields.name.trim().to_owned();
    let kind = |name: &str| some(&fields.kind).unwrap_or_else(|| usual_kind(name).to_owned());
    let division = || id::<Division>(&fields.division, phrase("課"));
    let post = || id::<Post>(&fields.post, phrase("職"));
    let parent = || some(&fields.parent).map(|_| id::<Division>(&fields.parent, phrase("上位組織"))).transpose();
    let area = || some(&fields.area);
    let place = || -> Result<Place, Fault> {
        let duties = form.all("duty").filter_map(Duty::of_key).collect();
        Ok(Place { division: division()?, title: fields.title.trim().to_owned(), duties })
    };
    Ok(vec![match fields.change {
        Wanted::Begin => {
            let (division, kind, parent) = (facts.id(), kind(&name), parent()?);
            OrganisationChange::DivisionBegun { division, from, name, kind, parent, area: area() }
        }
        Wanted::Rename => OrganisationChange::DivisionRenamed { division: division()?, from, kind: kind(&name), name },
        Wanted::Move => OrganisationChange::DivisionMoved { division: division()?, from, parent: parent()? },
        Wanted::Area => OrganisationChange::AreaChanged { division: division()?, from, area: area() },
        Wanted::End => return ended(fields, form, division()?, from, known, facts),
        Wanted::Post => OrganisationChange::PostBegun { post: facts.id(), from, place: place()? },
        Wanted::PostChange => OrganisationChange::PostChanged { post: post()?, from, place: place()? },
        Wanted::PostEnd => OrganisationChange::PostEnded { post: post()?, from },
        Wanted::TakeBack => {
            let step = known.history().into_iter().find(|step| step.key() == fields.step);
            let step = step.ok_or((phrase("取り消す変更が見つかりません。組織のページを開き直してください。"), ""))?;
            OrganisationChange::TakenBack { change: Box::new(step.change) }
        }
        Wanted::Unknown => {
            return Err((phrase("何を変えるかがわかりません。組織のページを開き直してください。"), ""));
        }
    }])
}

/// Ends one or more divisions. Their successors exist already, or begin on the same day under the same parent division.
fn ended(
    fields: &Fields,
    form: &Form,
    division: Id<Division>,
    from: Date,
    known: &Organisation,
    facts: &Facts,
) -> Changes {
    let ids = |name: &str| form.all(name).filter_map(|id| id.parse().ok()).collect::<Vec<Id<Division>>>();
    let mut divisions = vec![division];
    divisions.extend(ids("with"));
    let mut successors = ids("successor");
    let parent = known.division_on(division, from).and_then(|division| division.parent);
    let mut changes = Vec::new();
    for name in fields.new_names.lines().map(str::trim).filter(|name| !name.is_empty()) {
        let (division, kind) = (facts.id(), usual_kind(name).to_owned());
        successors.push(division);
        let name = name.to_owned();
        changes.push(OrganisationChange::DivisionBegun { division, from, name, kind, parent, area: None });
    }
    changes.extend(known.ending(&divisions, &successors, from, fields.posts != "end"));
    Ok(changes)
}

/// Returns a text without white space at its ends; `None` if nothing is left.
fn some(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn id<T>(typed: &str, what: &'static str) -> Result<Id<T>, Fault> {
    typed.parse().map_err(|_| (phrase("「{}」が選ばれていません。一覧から選んでください。"), what))
}

fn date(typed: &str, what: &'static str) -> Result<Date, Fault> {
    typed.trim().parse().map_err(|_| (phrase("「{}」の日付が読めません。2026-04-01 のように入れてください。"), what))
}

fn worded(language: Language, (sentence, what): Fault) -> String {
    tell(language, sentence, [say(language, what)])
}

/// Names a deputy or ends a deputation. The secretariat may do so for any post, others only for their own posts.
pub fn deputise(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let actor = ask.actor(Right::Deputise)?;
    let fields: DeputyFields = deed.form.parsed().unwrap_or_default();
    let party = party(ask, Some(fields.party.as_str()).filter(|party| !party.is_empty()))?;
    let known = ask.moment.view().organisation(party).ok_or(Problem::NoSuchPage)?;
    let today = ask.site.node.today();
    let ending: Option<Id<Deputation>> = fields.deputation.parse().ok();
    let wanted = match ending {
        Some(ending) => known
            .deputations
            .get(&ending)
            .map(|known| known.post)
            .ok_or((phrase("代理が見つかりません。組織のページを開き直してください。"), "")),
        None => id(&fields.post, phrase("職")),
    };
    let post = match wanted {
        Ok(post) => post,
        Err(fault) => return again(deed, vec![worded(ask.visitor.language, fault)]),
    };
    let node = &ask.site.node;
    let done = match ending {
        // The last day is yesterday, so that the deputation is already over today.
        Some(ending) => organisation::end_deputy(node, actor, party, ending, today.yesterday().unwrap_or(today)),
        None => match deputation(&fields, post) {
            Ok(named) => organisation::name_deputy(node, actor, party, named),
            Err(fault) => return again(deed, vec![worded(ask.visitor.language, fault)]),
        },
    };
    match done {
        Ok(()) => {
            let word = if ending.is_some() { "deputy-ended" } else { "deputy" };
            Ok(Done::See(format!("/organisation?done={word}&party={party}")))
        }
        Err(fault) => again(deed, sentences(ask.visitor.language, fault)?),
    }
}

fn deputation(fields: &DeputyFields, post: Id<Post>) -> Result<Deputation, Fault> {
    let until = some(&fields.until).map(|until| date(&until, phrase("いつまで"))).transpose()?;
    let (deputy, from) = (id(&fields.deputy, phrase("代理の職"))?, date(&fields.from, phrase("いつから"))?);
    Ok(Deputation { post, deputy, from, until, reason: fields.reason.trim().to_owned() })
}

/// Records that the holder of a post has reviewed what the deputy did.
pub fn after_review(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Deputise)?;
    let party: Id<id::Party> = deed.ask.visitor.party.ok_or(Problem::Forbidden)?;
    let mine = waits_for_after_review(&deed.ask);
    let asked: Vec<String> = deed.form.all("entry").map(str::to_owned).collect();
    let chosen = mine.into_iter().map(|known| known.entry).filter(|entry| asked.contains(&entry_key(entry)));
    organisation::after_review(&deed.ask.site.node, actor, party, chosen.collect())?;
    Ok(Done::See("/?done=reviewed".to_owned()))
}

/// Returns what deputies did for the visitor's posts and the visitor has not reviewed yet.
pub fn waits_for_after_review(ask: &Ask<'_>) -> Vec<DecidedMeanwhile> {
    let Some(party) = ask.visitor.party else { return Vec::new() };
    let view = ask.moment.view();
    let Some(organisation) = view.organisation(party) else { return Vec::new() };
    let waits = view.decided_meanwhile(party).filter(|known| known.reviewed.is_none());
    waits.filter(|known| ask.visitor.meets(&to_review(party, organisation, known))).cloned().collect()
}

/// Returns the key by which a form refers to a journal entry.
pub fn entry_key((dossier, number): &(DossierKey, u64)) -> String {
    format!("{dossier} {number}")
}
