//! Tests of a party's organisation: a reorganisation in April with all its changes in one event, the refusals, and
//! deputies.

use jiff::civil::{Date, date};
use renkei_document::id::{self, Id};
use renkei_domain::authority::actor::Actor;
use renkei_domain::authority::refusal::AuthorityRefusal;
use renkei_domain::command::Command;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::organisation::refusal::OrganisationRefusal;
use renkei_domain::organisation::{Deputation, OrganisationChange, OrganisationFault, Place};
use renkei_domain::record::chain::DossierKey;
use renkei_domain::refusal::Refusal;
use renkei_domain::view::Viewer;

use crate::world::World;

fn id<T>(number: u128) -> Id<T> {
    Id::new(uuid::Uuid::from_u128(number))
}

fn begun(number: u128, name: &str, parent: Option<u128>, from: Date) -> OrganisationChange {
    let (division, name, kind, parent) = (id(number), name.to_owned(), "課".to_owned(), parent.map(id));
    OrganisationChange::DivisionBegun { division, from, name, kind, parent, area: None }
}

fn renamed(number: u128, name: &str, from: Date) -> OrganisationChange {
    OrganisationChange::DivisionRenamed { division: id(number), from, name: name.into(), kind: "課".into() }
}

fn ended(divisions: &[u128], successors: &[u128], from: Date) -> OrganisationChange {
    let ids = |numbers: &[u128]| numbers.iter().map(|number| id(*number)).collect();
    OrganisationChange::DivisionsEnded { divisions: ids(divisions), from, successors: ids(successors) }
}

fn place(division: u128, title: &str, duty: Duty) -> Place {
    Place { division: id(division), title: title.into(), duties: vec![duty] }
}

fn post(number: u128, division: u128, title: &str, duty: Duty) -> OrganisationChange {
    OrganisationChange::PostBegun { post: id(number), from: OPENING, place: place(division, title, duty) }
}

const OPENING: Date = date(2025, 4, 1);
const APRIL: Date = date(2026, 4, 1);

/// Returns a command that contains each kind of change at least once, and a command that names a deputy.
pub fn an_april(party: Id<id::Party>) -> [Command; 2] {
    let area = Some("みどり市東部".to_owned());
    let changes = vec![
        begun(1, "産業部", None, OPENING),
        begun(2, "しごと課", Some(1), OPENING),
        begun(3, "まち課", Some(1), OPENING),
        post(101, 2, "課長", Duty::Approver),
        post(102, 2, "主幹", Duty::Clerk),
        post(103, 3, "主査", Duty::Clerk),
        renamed(2, "しごと未来課", APRIL),
        OrganisationChange::DivisionMoved { division: id(2), from: APRIL, parent: None },
        OrganisationChange::AreaChanged { division: id(2), from: APRIL, area },
        OrganisationChange::PostChanged { post: id(101), from: APRIL, place: place(2, "課長", Duty::Secretariat) },
        OrganisationChange::PostEnded { post: id(103), from: APRIL },
        ended(&[3], &[2], APRIL),
        renamed(1, "経済部", APRIL),
        OrganisationChange::TakenBack { change: Box::new(renamed(1, "経済部", APRIL)) },
    ];
    let reason = "出張".to_owned();
    let named = Deputation { post: id(101), deputy: id(102), from: APRIL, until: None, reason };
    [
        Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes }),
        Command::Organisation(OrganisationCommand::NameDeputy { party, named }),
    ]
}

/// Performs a command as a deputy. Returns the position of its event in the journal.
pub fn stood_in(world: &mut World, party: Id<id::Party>) -> (DossierKey, u64) {
    let actor = crate::world::deputy(party, "しごと未来課 課長", "しごと未来課 主幹");
    let command = Command::Organisation(OrganisationCommand::SetHouseStyle { party, style: crate::world::style(2) });
    world.act(actor, command).expect("set");
    let entry = world.entries.last().expect("an entry");
    (entry.order.dossier, entry.order.number)
}

/// Returns a world whose city has 産業部 with しごと課 and まち課, and a 課長 and a 主幹.
fn organised() -> World {
    let mut world = World::after(&[]);
    let [command, _] = an_april(world.parties[0]);
    let Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes }) = command else {
        unreachable!("the first is the change")
    };
    let command =
        Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes: changes[..6].to_vec() });
    world.act(officer(&world, 0), command).expect("organised");
    world
}

fn officer(world: &World, of: usize) -> Actor {
    crate::world::holder(world.parties[of], "人事課 主査")
}

fn change(world: &mut World, changes: &[OrganisationChange]) -> Result<(), Vec<Refusal>> {
    let party = world.parties[0];
    world.act(
        officer(world, 0),
        Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes: changes.to_vec() }),
    )
}

#[track_caller]
fn check(changes: &[OrganisationChange], expected: &[OrganisationRefusal]) {
    let mut world = organised();
    let before = world.dossiers.clone();
    let refusals: Vec<_> = expected.iter().cloned().map(Refusal::Organisation).collect();
    assert_eq!(change(&mut world, changes), Err(refusals), "{changes:?}");
    assert_eq!(world.dossiers, before, "nothing happened");
}

#[test]
fn a_whole_april_is_one_event_and_the_days_before_keep_their_names() {
    let mut world = World::after(&[]);
    let entries = world.entries.len();
    let party = world.parties[0];
    for command in an_april(party) {
        world.act(officer(&world, 0), command).expect("organised");
    }
    assert_eq!(world.entries.len(), entries + 2);
    let organisation = &world.dossiers.parties[&party].organisation;
    let names = |day| organisation.tree_on(day).into_iter().map(|branch| branch.division.name).collect::<Vec<_>>();
    assert_eq!(names(date(2026, 3, 31)), ["産業部", "しごと課", "まち課"]);
    assert_eq!(names(APRIL), ["産業部", "しごと未来課"]);
    assert_eq!(organisation.successors(id(3), APRIL), [id(2)]);
    let held: Vec<_> = organisation.held(&[id(102)], APRIL).into_iter().map(|held| held.title).collect();
    assert_eq!(held, ["しごと未来課 主幹", "しごと未来課 課長"]);
}

#[test]
fn the_order_of_the_lines_of_a_reorganisation_does_not_matter() {
    // On the same day, the 課長 moves to another division, the old division ends and the new one begins. The changes are
    // in an order that a user may type.
    let over = OrganisationChange::PostChanged { post: id(103), from: APRIL, place: place(8, "主査", Duty::Clerk) };
    let lines = [ended(&[3], &[8], APRIL), begun(8, "くらし課", Some(1), APRIL), over];
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        assert_eq!(change(&mut organised(), &order.map(|at| lines[at].clone())), Ok(()), "{order:?}");
    }
}

#[test]
fn an_invalid_reorganisation_is_refused_with_every_reason() {
    use OrganisationRefusal as Why;
    let fault = Why::Fault;
    let name = |name: &str| name.to_owned();
    check(&[begun(9, " ", None, APRIL)], &[Why::NameMissing]);
    check(&[begun(2, "しごと課", None, APRIL)], &[Why::Begun { name: name("しごと課") }]);
    check(&[renamed(99, "しごと課", APRIL)], &[Why::DivisionUnknown]);
    check(
        &[ended(&[2], &[2], APRIL)],
        &[Why::OwnSuccessor, fault(gone("主幹")), fault(gone("課長")), fault(successor())],
    );
    check(
        &[renamed(3, "しごと課", APRIL)],
        &[fault(OrganisationFault::NameTwice { name: name("しごと課"), day: APRIL })],
    );
    check(
        &[begun(9, "あした課", Some(99), APRIL)],
        &[fault(OrganisationFault::ParentGone { name: name("あした課"), day: APRIL })],
    );
    check(&[ended(&[3], &[], APRIL)], &[fault(gone("主査"))]);
    check(
        &[OrganisationChange::DivisionMoved { division: id(1), from: APRIL, parent: Some(id(1)) }],
        &[fault(OrganisationFault::Circle { name: name("産業部"), day: APRIL })],
    );
    check(
        &[OrganisationChange::PostEnded { post: id(103), from: OPENING }],
        &[fault(OrganisationFault::EndsBeforeBeginning { name: name("主査"), from: OPENING })],
    );
    let empty = OrganisationChange::PostBegun {
        post: id(9),
        from: APRIL,
        place: Place { division: id(2), title: "主査".into(), duties: Vec::new() },
    };
    check(&[empty], &[Why::DutyMissing { post: name("主査") }]);
    let back = OrganisationChange::TakenBack { change: Box::new(renamed(2, "しごと未来課", APRIL)) };
    check(&[back], &[Why::ChangeUnknown]);
}

fn gone(post: &str) -> OrganisationFault {
    OrganisationFault::DivisionGone { post: post.into(), day: APRIL }
}

fn successor() -> OrganisationFault {
    OrganisationFault::SuccessorGone { name: "しごと課".into(), day: APRIL }
}

#[test]
fn a_party_reorganises_only_itself_and_a_repeated_change_is_refused() {
    let mut world = organised();
    let party = world.parties[0];
    let changes = vec![renamed(2, "しごと未来課", APRIL)];
    let command = Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes: changes.clone() });
    assert_eq!(world.act(officer(&world, 1), command), Err(vec![Refusal::NotYourParty]));
    assert_eq!(change(&mut world, &changes), Ok(()));
    assert_eq!(change(&mut world, &changes), Err(vec![Refusal::NothingChanged]));
}

#[test]
fn a_deputy_is_another_existing_post_and_is_named_once() {
    let mut world = organised();
    let party = world.parties[0];
    let until = Some(date(2025, 11, 30));
    let named = Deputation { post: id(101), deputy: id(102), from: date(2025, 11, 20), until, reason: String::new() };
    let mut name = |named: &Deputation| {
        let actor = officer(&world, 0);
        let answer =
            world.act(actor, Command::Organisation(OrganisationCommand::NameDeputy { party, named: named.clone() }));
        answer.map_err(|refusals| refusals.into_iter().map(|refusal| refusal.message()).collect::<Vec<_>>())
    };
    let refused = |why: OrganisationRefusal| Err(vec![Refusal::Organisation(why).message()]);
    assert_eq!(name(&Deputation { deputy: id(101), ..named.clone() }), refused(OrganisationRefusal::OwnDeputy));
    assert_eq!(name(&Deputation { deputy: id(999), ..named.clone() }), refused(OrganisationRefusal::PostUnknown));
    let early = Some(date(2025, 11, 1));
    assert_eq!(name(&Deputation { until: early, ..named.clone() }), refused(OrganisationRefusal::UntilBeforeFrom));
    assert_eq!(name(&named), Ok(()));
    let later = Deputation { from: date(2025, 11, 30), until: None, ..named.clone() };
    assert_eq!(name(&later), refused(OrganisationRefusal::DeputyAlready));
    assert_eq!(name(&Deputation { from: date(2025, 12, 1), ..later }), Ok(()));
}

#[test]
fn an_act_of_a_deputy_waits_for_one_review_by_the_holder() {
    let mut world = World::after(&[]);
    let [party, other] = world.parties;
    for command in an_april(party) {
        world.act(officer(&world, 0), command).expect("organised");
    }
    let entry = stood_in(&mut world, party);
    let authored = world.entries.last().and_then(|entry| entry.authored.clone()).expect("an event");
    assert_eq!(authored.post, "しごと未来課 課長（代決 しごと未来課 主幹）");
    assert_eq!(authored.on_behalf_of.as_deref(), Some("しごと未来課 課長"));
    let waiting = |world: &World| {
        let known = world.dossiers.parties[&party].decided_meanwhile.values();
        known.filter(|known| known.reviewed.is_none()).map(|known| known.what.clone()).collect::<Vec<_>>()
    };
    assert_eq!(waiting(&world), ["表記の設定"]);
    let review = || Command::Organisation(OrganisationCommand::AfterReview { party, decided: vec![entry] });
    assert_eq!(world.act(officer(&world, 1), review()), Err(vec![Refusal::NotYourParty]));
    let another = Err(vec![Refusal::Authority(AuthorityRefusal::OtherPost)]);
    assert_eq!(world.act(officer(&world, 0), review()), another, "not even a secretariat");
    let posts = world.dossiers.parties[&party].organisation.held(&[id(101)], APRIL);
    let holder = Actor::Officer { party, posts: posts.into() };
    assert_eq!(world.act(holder.clone(), review()), Ok(()));
    assert_eq!(waiting(&world), Vec::<String>::new());
    let twice = Err(vec![Refusal::Organisation(OrganisationRefusal::NothingToReview)]);
    assert_eq!(world.act(holder, review()), twice);
    let seen = |viewer| world.dossiers.seen_by(viewer).decided_meanwhile(party).count();
    assert_eq!([seen(Viewer::Party(party)), seen(Viewer::Party(other)), seen(Viewer::Public)], [1, 0, 0]);
}

#[test]
fn decisions_made_for_two_posts_of_one_person_are_reviewed_together() {
    let mut world = World::after(&[]);
    let party = world.parties[0];
    for command in an_april(party) {
        world.act(officer(&world, 0), command).expect("organised");
    }
    let style = |n| Command::Organisation(OrganisationCommand::SetHouseStyle { party, style: crate::world::style(n) });
    for (place, title) in ["しごと未来課 課長", "しごと未来課 主幹"].into_iter().enumerate() {
        let deputy = crate::world::deputy(party, title, "人事課 主査");
        world.act(deputy, style(1 + place as u16)).expect("set");
    }
    let known = &world.dossiers.parties[&party];
    let decided: Vec<_> = known.decided_meanwhile.values().map(|known| known.entry).collect();
    let mut posts = known.organisation.held(&[id(101), id(102)], APRIL);
    posts.retain(|post| post.deputy.is_none());
    posts.iter_mut().for_each(|post| post.duties = vec![Duty::Approver]);
    let holder = Actor::Officer { party, posts: posts.into() };
    let before = world.entries.len();
    let review = Command::Organisation(OrganisationCommand::AfterReview { party, decided });
    assert_eq!(world.act(holder, review), Ok(()));
    let recorded = world.entries[before..].iter().map(|entry| entry.authored.as_ref().expect("an event").post.clone());
    assert_eq!(recorded.collect::<Vec<_>>(), ["しごと未来課 課長", "しごと未来課 主幹"]);
    assert!(world.dossiers.parties[&party].decided_meanwhile.values().all(|known| known.reviewed.is_some()));
}

#[test]
fn a_rename_recorded_in_the_organisation_is_not_asked_about() {
    let world = {
        let mut world = organised();
        let split = [
            renamed(2, "しごと未来課", APRIL),
            begun(8, "甲課", None, APRIL),
            begun(9, "乙課", None, APRIL),
            OrganisationChange::PostChanged { post: id(103), from: APRIL, place: place(8, "主査", Duty::Clerk) },
            ended(&[3], &[8, 9], APRIL),
        ];
        change(&mut world, &split).expect("changed");
        world
    };
    let known = world.dossiers.parties[&world.parties[0]].organisation.name_changes();
    let told: Vec<_> = known.iter().map(|known| (known.former.as_str(), known.latter.as_str(), known.same)).collect();
    assert_eq!(told, [("しごと課", "しごと未来課", true), ("まち課", "甲課", false), ("まち課", "乙課", false)]);
}
