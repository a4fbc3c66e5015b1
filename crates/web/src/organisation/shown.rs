//! Divisions, posts, changes and deputies as the pages show them.

use jiff::civil::Date;
use renkei_document::id::{self, Id};
use renkei_document::wareki::long_date_in;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::organisation::needs::to_deputise;
use renkei_domain::organisation::{Division, Organisation, Step};

use crate::frame::around::Frame;
use crate::frame::phrases::phrase;
use crate::frame::route::Ask;

/// A party that the visitor can select.
pub struct PartyWay {
    pub name: String,
    pub href: String,
    pub here: bool,
}

/// A division in the tree of the organisation.
pub struct BranchLine {
    pub id: String,
    /// Depth in the tree, from 1.
    pub level: usize,
    pub name: String,
    /// The name as tables print it, for lists of choices.
    pub printed: String,
    pub kind: String,
    pub area: Option<String>,
    pub href: String,
    pub posts: Vec<PostLine>,
}

pub struct PostLine {
    pub id: String,
    pub name: String,
    pub title: String,
    pub duties: String,
    /// The keys of the duties of the post.
    pub keys: Vec<&'static str>,
}

/// A past or future change.
pub struct StepLine {
    pub key: String,
    pub at: String,
    pub title: &'static str,
    pub told: String,
}

pub struct DeputyLine {
    pub id: String,
    pub post: String,
    pub deputy: String,
    pub during: String,
    pub reason: String,
    pub is_now: bool,
    pub may_end: bool,
}

pub struct DutyBox {
    pub key: &'static str,
    pub name: &'static str,
    pub what: &'static str,
}

pub fn party_ways(ask: &Ask<'_>, here: Id<id::Party>) -> Vec<PartyWay> {
    let Ok(agreement) = ask.moment.agreement() else { return Vec::new() };
    let open = agreement.agreement.parties.iter().filter(|party| ask.moment.view().organisation(party.id).is_some());
    let way = |id: Id<id::Party>| PartyWay {
        name: agreement.party_short_name(id).to_owned(),
        href: format!("/organisation?party={id}"),
        here: id == here,
    };
    let ways: Vec<_> = open.map(|party| way(party.id)).collect();
    if ways.len() > 1 { ways } else { Vec::new() }
}

pub fn branches(organisation: &Organisation, on: Date, frame: &Frame) -> Vec<BranchLine> {
    let printed = organisation.printed_names_on(on);
    let posts = organisation.posts_on(on);
    let branch = |branch: renkei_domain::organisation::Branch| {
        let id = branch.division.id;
        let own = posts.iter().filter(|post| post.division == id);
        BranchLine {
            id: id.to_string(),
            level: branch.depth + 1,
            printed: printed.get(&id).cloned().unwrap_or_default(),
            name: branch.division.name,
            kind: branch.division.kind,
            area: branch.division.area,
            href: address(id, on),
            posts: own.map(|post| post_line(post, frame)).collect(),
        }
    };
    organisation.tree_on(on).into_iter().map(branch).collect()
}

pub fn address(id: Id<Division>, on: Date) -> String {
    format!("/organisation/divisions/{id}?on={on}")
}

pub fn posts(organisation: &Organisation, on: Date, frame: &Frame) -> Vec<PostLine> {
    organisation.posts_on(on).iter().map(|post| post_line(post, frame)).collect()
}

pub fn post_line(post: &renkei_domain::organisation::StandingPost, frame: &Frame) -> PostLine {
    PostLine {
        id: post.id.to_string(),
        name: post.name.clone(),
        title: post.title.clone(),
        duties: post.duties.iter().map(|duty| frame.say(duty.name())).collect::<Vec<_>>().join("・"),
        keys: post.duties.iter().map(|duty| duty.key()).collect(),
    }
}

pub fn duties(frame: &Frame) -> Vec<DutyBox> {
    let what = |duty| match duty {
        Duty::Secretariat => phrase("当事者の取組をまとめ、取り込み、公表する"),
        Duty::Clerk => phrase("自分の課の取組を書く"),
        Duty::Approver => phrase("自分の課の取組を相手方に示す"),
        Duty::Head => phrase("当事者の長"),
        Duty::Reader => phrase("自分の当事者が読めるものを読む"),
        Duty::Councillor => phrase("両者が示したものを読む"),
    };
    Duty::ALL.map(|duty| DutyBox { key: duty.key(), name: frame.say(duty.name()), what: frame.say(what(duty)) }).into()
}

pub fn step(step: &Step, frame: &Frame) -> StepLine {
    let told = match (&step.before, &step.after) {
        (Some(before), Some(after)) if before != after && *before != step.subject => {
            format!("{} ({before} → {after})", step.subject)
        }
        (_, Some(after)) if *after != step.subject => format!("{} → {after}", step.subject),
        _ => step.subject.clone(),
    };
    StepLine {
        key: step.key(),
        at: long_date_in(frame.language, step.from),
        title: frame.say(step.change.title()),
        told,
    }
}

/// Returns the present and future deputations.
pub fn deputies(ask: &Ask<'_>, party: Id<id::Party>, organisation: &Organisation, frame: &Frame) -> Vec<DeputyLine> {
    let today = ask.site.node.today();
    let line = |(id, known): (_, &renkei_domain::organisation::Deputation)| {
        let day_of = known.from.max(today);
        let name = |post| organisation.post_on(post, day_of).map(|post| post.name).unwrap_or_default();
        let (post, from) = (name(known.post), long_date_in(frame.language, known.from));
        DeputyLine {
            id: format!("{id}"),
            deputy: name(known.deputy),
            during: match known.until {
                Some(until) => frame.tell("{0}から{1}まで", &[from, long_date_in(frame.language, until)]),
                None => frame.tell("{}から", &[from]),
            },
            reason: known.reason.clone(),
            is_now: known.stands_on(today),
            may_end: ask.visitor.meets(&to_deputise(party, known.post)),
            post,
        }
    };
    organisation.deputations_from(today).map(line).collect()
}
