//! The deeds of 組織: a form's input becomes changes, which are recorded together or refused with every reason.

use std::collections::BTreeSet;

use jiff::civil::Date;
use renkei_app::{access::Right, organisation};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::organisation::{
    DecidedMeanwhile, Deputation, Division, Organisation, OrganisationChange, Place, Post, usual_kind,
};
use renkei_domain::record::chain::DossierKey;
use renkei_domain::record::facts::Facts;

use crate::frame::form::Form;
use crate::frame::phrases::{phrase, say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::organisation::division;
use crate::organisation::overview::{Returned, Typed, page, party};

/// A fault of a form: the sentence, and the word for its placeholder.
type Fault = (&'static str, &'static str);

/// The changes that a form requests, or its fault.
type Changes = Result<Vec<OrganisationChange>, Fault>;

pub fn organise(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Organise)?;
    let form = &deed.form;
    let party = party(&deed.ask, Some(form.get("party").as_str()).filter(|party| !party.is_empty()))?;
    let change = form.get("change");
    let node = &deed.ask.site.node;
    let known = deed.ask.moment.view().organisation(party).ok_or(Problem::NoSuchPage)?;
    let mut fault = None;
    let done =
        organisation::change_organisation(node, actor, party, |facts| match changes(&change, form, known, facts) {
            Ok(changes) => changes,
            Err(told) => {
                fault = Some(told);
                Vec::new()
            }
        });
    let faults = match (done, fault) {
        (Ok(()), None) => {
            let word = if change == "take-back" { "taken-back" } else { "changed" };
            return Ok(Done::See(next(&deed.ask, form, word)));
        }
        (_, Some(fault)) => vec![worded(deed.ask.visitor.language, fault)],
        (Err(fault), None) => sentences(deed.ask.visitor.language, fault)?,
    };
    again(deed, faults)
}

/// Returns the page to show after a deed: the division's page, or the whole organisation if the division ended.
fn next(ask: &Ask<'_>, form: &Form, done: &str) -> String {
    let party = if ask.visitor.party.is_none() { format!("&party={}", form.get("party")) } else { String::new() };
    let on = form.get("from").parse::<Date>().map(|from| format!("&on={from}")).unwrap_or_default();
    let back: Option<Id<Division>> = form.get("back").parse().ok();
    match back.filter(|_| !["end", "take-back"].contains(&form.get("change").as_str())) {
        Some(back) => format!("/organisation/divisions/{back}?done={done}{on}{party}"),
        None => format!("/organisation?done={done}{on}{party}"),
    }
}

/// Returns the form again, on the page that it was sent from.
fn again(deed: &Deed<'_>, faults: Vec<String>) -> Result<Done, Problem> {
    let typed = Typed { change: deed.form.get("change"), form: deed.form.clone() };
    let returned = Returned { faults, typed };
    let answer = match deed.form.get("back").parse() {
        Ok(back) => division::page(&deed.ask, back, returned)?,
        Err(_) => page(&deed.ask, returned)?,
    };
    Ok(Done::Again(Box::new(answer)))
}

/// Returns the reasons of a refusal, or `Err` for any other fault.
fn sentences(language: Language, fault: renkei_app::AppError) -> Result<Vec<String>, Problem> {
    match fault {
        renkei_app::AppError::Refused(refusals) => {
            Ok(refusals.iter().map(|refusal| refusal.message_in(language)).collect())
        }
        other => Err(other.into()),
    }
}

fn changes(change: &str, form: &Form, known: &Organisation, facts: &Facts) -> Changes {
    let from = date(form, "from", phrase("いつから"))?;
    let text = |name: &str| Some(form.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    let kind = |name: &str| text("kind").unwrap_or_else(|| usual_kind(name).to_owned());
    let division = || id::<Division>(form, "division", phrase("課"));
    let post = || id::<Post>(form, "post", phrase("職"));
    let parent = || text("parent").map(|_| id::<Division>(form, "parent", phrase("上位組織"))).transpose();
    let name = form.get("name").trim().to_owned();
    Ok(vec![match change {
        "begin" => {
            let (division, kind, parent) = (facts.id(), kind(&name), parent()?);
            OrganisationChange::DivisionBegun { division, from, name, kind, parent, area: text("area") }
        }
        "rename" => OrganisationChange::DivisionRenamed { division: division()?, from, kind: kind(&name), name },
        "move" => OrganisationChange::DivisionMoved { division: division()?, from, parent: parent()? },
        "area" => OrganisationChange::AreaChanged { division: division()?, from, area: text("area") },
        "end" => return ended(form, division()?, from, known, facts),
        "post" => OrganisationChange::PostBegun { post: facts.id(), from, place: place(form)? },
        "post-change" => OrganisationChange::PostChanged { post: post()?, from, place: place(form)? },
        "post-end" => OrganisationChange::PostEnded { post: post()?, from },
        "take-back" => {
            let key = form.get("step");
            let step = known.history().into_iter().find(|step| step.key() == key);
            let step = step.ok_or((phrase("取り消す変更が見つかりません。組織のページを開き直してください。"), ""))?;
            OrganisationChange::TakenBack { change: Box::new(step.change) }
        }
        _ => return Err((phrase("何を変えるかがわかりません。組織のページを開き直してください。"), "")),
    }])
}

/// Ends one or more divisions. Their successors already exist, or begin on the same day under the same parent.
fn ended(form: &Form, division: Id<Division>, from: Date, known: &Organisation, facts: &Facts) -> Changes {
    let ids = |name: &str| form.all(name).filter_map(|id| id.parse().ok()).collect::<Vec<Id<Division>>>();
    let mut divisions = vec![division];
    divisions.extend(ids("with"));
    let mut successors = ids("successor");
    let parent = known.division_on(division, from).and_then(|division| division.parent);
    let mut changes = Vec::new();
    let names = form.get("new-names");
    for name in names.lines().map(str::trim).filter(|name| !name.is_empty()) {
        let (division, kind) = (facts.id(), usual_kind(name).to_owned());
        successors.push(division);
        let name = name.to_owned();
        changes.push(OrganisationChange::DivisionBegun { division, from, name, kind, parent, area: None });
    }
    changes.extend(known.ending(&divisions, &successors, from, form.get("posts") != "end"));
    Ok(changes)
}

fn place(form: &Form) -> Result<Place, Fault> {
    let duties = form.all("duty").filter_map(Duty::of_key).collect();
    Ok(Place { division: id(form, "division", phrase("課"))?, title: form.get("title").trim().to_owned(), duties })
}

fn id<T>(form: &Form, name: &str, what: &'static str) -> Result<Id<T>, Fault> {
    form.get(name).parse().map_err(|_| (phrase("「{}」が選ばれていません。一覧から選んでください。"), what))
}

fn date(form: &Form, name: &str, what: &'static str) -> Result<Date, Fault> {
    let typed = form.get(name);
    typed.trim().parse().map_err(|_| (phrase("「{}」の日付が読めません。2026-04-01 のように入れてください。"), what))
}

fn worded(language: Language, (sentence, what): Fault) -> String {
    tell(language, sentence, [say(language, what)])
}

/// Names or ends a deputy. The secretariat may do so for any post, others for the posts that they hold themselves.
pub fn deputise(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let organises = ask.visitor.may(Right::Organise);
    let actor = ask.actor(if organises { Right::Organise } else { Right::Deputise })?;
    let party = party(ask, Some(deed.form.get("party").as_str()).filter(|party| !party.is_empty()))?;
    let known = ask.moment.view().organisation(party).ok_or(Problem::NoSuchPage)?;
    let today = ask.site.node.today();
    let is_own = |post: Id<Post>| {
        let name = known.post_on(post, today).map(|post| post.name);
        ask.visitor.posts.iter().any(|held| held.deputy_for.is_none() && Some(&held.title) == name.as_ref())
    };
    let ending: Option<Id<Deputation>> = deed.form.get("deputation").parse().ok();
    let wanted = match ending {
        Some(ending) => known
            .deputations
            .get(&ending)
            .map(|known| known.post)
            .ok_or((phrase("代理が見つかりません。組織のページを開き直してください。"), "")),
        None => id(&deed.form, "post", phrase("職")),
    };
    let post = match wanted {
        Ok(post) if organises || is_own(post) => post,
        Ok(_) => return Err(Problem::Forbidden),
        Err(fault) => return again(deed, vec![worded(ask.visitor.language, fault)]),
    };
    let node = &ask.site.node;
    let done = match ending {
        // The last day is yesterday, so that the deputation does not hold today.
        Some(ending) => organisation::end_deputy(node, actor, party, ending, today.yesterday().unwrap_or(today)),
        None => match deputation(&deed.form, post) {
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

fn deputation(form: &Form, post: Id<Post>) -> Result<Deputation, Fault> {
    let until = form.get("until");
    let until = Some(until.trim())
        .filter(|until| !until.is_empty())
        .map(|_| date(form, "until", phrase("いつまで")))
        .transpose()?;
    let (deputy, from) = (id(form, "deputy", phrase("代理の職"))?, date(form, "from", phrase("いつから"))?);
    Ok(Deputation { post, deputy, from, until, reason: form.get("reason").trim().to_owned() })
}

/// Records that the holder of a post has reviewed deeds of the deputy.
pub fn after_review(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Deputise)?;
    let party: Id<id::Party> = deed.ask.visitor.party.ok_or(Problem::Forbidden)?;
    let mine = waits_for_after_review(&deed.ask);
    let asked: Vec<String> = deed.form.all("entry").map(str::to_owned).collect();
    let chosen = mine.into_iter().map(|known| known.entry).filter(|entry| asked.contains(&entry_key(entry)));
    organisation::after_review(&deed.ask.site.node, actor, party, chosen.collect())?;
    Ok(Done::See("/?done=reviewed".to_owned()))
}

/// Returns the deeds that deputies did for the visitor's posts and that the visitor has not reviewed.
pub fn waits_for_after_review(ask: &Ask<'_>) -> Vec<DecidedMeanwhile> {
    let Some(party) = ask.visitor.party else { return Vec::new() };
    let view = ask.moment.view();
    let today = ask.site.node.today();
    let mut own = BTreeSet::new();
    for post in ask.visitor.posts.iter().filter(|post| post.deputy_for.is_none()) {
        own.insert(post.title.clone());
        let known = view.organisation(party).and_then(|known| Some((known, known.post_named(&post.title, today)?)));
        own.extend(known.map(|(known, id)| known.names_of_post(id)).unwrap_or_default());
    }
    let waits = view.decided_meanwhile(party);
    waits.filter(|known| known.reviewed.is_none() && own.contains(&known.post)).cloned().collect()
}

/// Returns the key that names a journal entry in a form.
pub fn entry_key((dossier, number): &(DossierKey, u64)) -> String {
    format!("{dossier} {number}")
}
