//! Who may, and in whose name: the post that a decision records, the reasons why none may, and that the needs which a
//! page asks about are exactly what a decision requires.

use std::collections::BTreeSet;

use proptest::prelude::*;
use renkei_document::id::{self, Id};
use renkei_document::passage::Passage;
use renkei_document::time::Hlc;
use renkei_domain::authority::actor::Actor;
use renkei_domain::authority::need::Need;
use renkei_domain::authority::refusal::AuthorityRefusal;
use renkei_domain::authority::right::{Right, Role, may};
use renkei_domain::command::Command;
use renkei_domain::organisation::HeldPost;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::plan::Wording;
use renkei_domain::plan::command::{PlanCommand, SuggestEdit, SuggestionAnswer};
use renkei_domain::plan::needs::{to_change, to_show, to_suggest, to_word};
use renkei_domain::plan::refusal::DraftRefusal;
use renkei_domain::plan::suggestion::Suggestion;
use renkei_domain::refusal::Refusal;
use renkei_domain::view::Viewer;
use renkei_sample::times;

use crate::world::{World, operator};

const DIVISIONS: [&str; 3] = ["しごと課", "雇用課", "福祉課"];

/// Returns a post of a division. With `deputy`, its holder is away, and the actor's own post is this one.
fn post(division: &str, duties: &[Duty], deputy: Option<&str>) -> HeldPost {
    let number = DIVISIONS.iter().position(|known| *known == division).unwrap_or_default();
    let duty = duties.first().map_or(0, |duty| *duty as usize);
    HeldPost {
        post: Id::new(uuid::Uuid::from_u128(1 + (10 * number + duty) as u128)),
        title: format!("{division} {}", duties.iter().map(|duty| duty.name()).collect::<String>()),
        division: division.to_owned(),
        answers_for: BTreeSet::from([division.to_owned()]),
        duties: duties.to_vec(),
        deputy: deputy.map(str::to_owned),
    }
}

fn officer(party: Id<id::Party>, posts: &[HeldPost]) -> Actor {
    Actor::Officer { party, posts: posts.to_vec().into() }
}

fn wording(divisions: &[&str], text: &str) -> Wording {
    let divisions = divisions.iter().map(|name| (*name).to_owned()).collect();
    Wording { divisions, text: Passage::words(text), ..Wording::default() }
}

/// A town whose city has one private row of each division.
struct Town {
    world: World,
    party: Id<id::Party>,
    rows: Vec<Id<id::Initiative>>,
}

impl Town {
    fn new() -> Self {
        let mut world = World::after(&[]);
        let (party, agreement) = (world.parties[0], world.agreement);
        let (plan, sections) = world.draft_plan();
        let known: Vec<_> = world.private_rows(&world.dossiers);
        for division in DIVISIONS {
            let (section, wording) = (sections[0], wording(&[division], &format!("{division}の取組を行う。")));
            let command = PlanCommand::DraftInitiative { agreement, party, plan, section, after: None, wording };
            world.act(operator(), Command::Plan(command)).expect("drafted");
        }
        let new = |world: &World, division: &str| {
            let rows = world.private_rows(&world.dossiers);
            let dossier = &world.dossiers.agreements[&agreement];
            let of = |id: &Id<id::Initiative>| dossier.initiatives[id].wording.divisions == [division];
            rows.into_iter().filter(|id| !known.contains(id)).find(of).expect("drafted")
        };
        let rows = DIVISIONS.iter().map(|division| new(&world, division)).collect();
        Self { world, party, rows }
    }

    fn show(&mut self, actor: Actor, rows: &[usize]) -> Result<(), Vec<Refusal>> {
        let initiatives = rows.iter().map(|row| self.rows[*row]).collect();
        let (agreement, party) = (self.world.agreement, self.party);
        self.world.act(actor, Command::Plan(PlanCommand::ShareInitiatives { agreement, party, initiatives }))
    }

    fn reword(&mut self, actor: Actor, row: usize, divisions: &[&str]) -> Result<(), Vec<Refusal>> {
        let (agreement, initiative) = (self.world.agreement, self.rows[row]);
        let wording = wording(divisions, "改めた取組を行う。");
        let command = PlanCommand::RewordInitiative { agreement, initiative, base: None, wording };
        self.world.act(actor, Command::Plan(command))
    }

    /// Returns the posts that the last events record, and whether each waits for the holder of a post.
    fn recorded(&self, last: usize) -> Vec<(String, Option<String>)> {
        let entries = &self.world.entries[self.world.entries.len() - last..];
        let authored = entries.iter().map(|entry| entry.authored.as_ref().expect("an event"));
        authored.map(|authored| (authored.post.clone(), authored.on_behalf_of.clone())).collect()
    }

    fn waiting(&self) -> usize {
        self.world.dossiers.parties[&self.party].decided_meanwhile.values().count()
    }
}

fn authority(reason: AuthorityRefusal) -> Result<(), Vec<Refusal>> {
    Err(vec![Refusal::Authority(reason)])
}

#[test]
fn showing_a_neighbours_row_as_its_deputy_is_a_decision_in_the_neighbours_name() {
    let mut town = Town::new();
    let own = post("しごと課", &[Duty::Approver], None);
    let neighbour = post("雇用課", &[Duty::Approver], Some("しごと課 決裁者"));
    let actor = officer(town.party, &[own, neighbour]);
    assert_eq!(town.show(actor, &[0, 1]), Ok(()), "one deed with a row of each division");
    let deputy = ("雇用課 決裁者（代決 しごと課 決裁者）".to_owned(), Some("雇用課 決裁者".to_owned()));
    assert_eq!(town.recorded(2), [("しごと課 決裁者".to_owned(), None), deputy]);
    assert_eq!(town.waiting(), 1, "the neighbour reviews only the own row");
}

#[test]
fn entering_for_a_neighbour_is_recorded_in_the_neighbours_name_and_is_no_decision() {
    let mut town = Town::new();
    let own = post("しごと課", &[Duty::Clerk], None);
    let neighbour = post("雇用課", &[Duty::Clerk], Some("しごと課 担当"));
    let actor = officer(town.party, &[own, neighbour]);
    assert_eq!(town.reword(actor.clone(), 1, &["雇用課"]), Ok(()));
    assert_eq!(town.recorded(1), [("雇用課 担当（代理入力 しごと課 担当）".to_owned(), None)]);
    assert_eq!(town.waiting(), 0);
    assert_eq!(town.reword(actor, 0, &["しごと課"]), Ok(()));
    assert_eq!(town.recorded(1), [("しごと課 担当".to_owned(), None)]);
}

#[test]
fn an_own_post_comes_before_a_deputys_and_a_division_before_the_secretariat() {
    let (clerk, secretariat) = ([Duty::Clerk], [Duty::Secretariat]);
    let acting = |posts: &[HeldPost]| {
        let mut town = Town::new();
        town.reword(officer(town.party, posts), 1, &["雇用課"]).map(|()| town.recorded(1)[0].0.clone())
    };
    let deputy = post("雇用課", &clerk, Some("福祉課 事務局"));
    let own = post("福祉課", &secretariat, None);
    assert_eq!(acting(&[deputy.clone(), own.clone()]), Ok("福祉課 事務局".to_owned()));
    assert_eq!(acting(&[own, post("雇用課", &clerk, None)]), Ok("雇用課 担当".to_owned()));
    let two = [post("福祉課", &secretariat, Some("雇用課 長")), deputy];
    assert_eq!(acting(&two), Ok("雇用課 担当（代理入力 福祉課 事務局）".to_owned()));
}

#[test]
fn each_reason_why_no_post_may_is_told() {
    let mut town = Town::new();
    let party = town.party;
    let reader = officer(party, &[post("しごと課", &[Duty::Reader], None)]);
    assert_eq!(
        town.reword(reader, 0, &["しごと課"]),
        authority(AuthorityRefusal::RightMissing { right: Right::Draft })
    );
    let clerk = officer(party, &[post("しごと課", &[Duty::Clerk], None)]);
    let other = AuthorityRefusal::OtherDivision { divisions: vec!["雇用課".to_owned()] };
    assert_eq!(town.reword(clerk.clone(), 1, &["しごと課", "雇用課"]), authority(other));
    assert_eq!(
        town.reword(clerk.clone(), 0, &["雇用課"]),
        Err(vec![Refusal::Draft(DraftRefusal::OwnDivisionMissing)]),
        "a clerk cannot give the row away"
    );
    assert_eq!(town.show(clerk, &[0]), authority(AuthorityRefusal::RightMissing { right: Right::Share }));
    let approver = officer(party, &[post("しごと課", &[Duty::Approver], None)]);
    let others = [1, 2].map(|row| {
        let divisions = vec![DIVISIONS[row].to_owned()];
        Refusal::Authority(AuthorityRefusal::OtherDivision { divisions })
    });
    assert_eq!(town.show(approver, &[0, 1, 2]), Err(others.to_vec()), "every reason, and nothing is shown");
    // The row is one division's, its new division another's: neither post of the clerk alone may do both.
    let two = ["しごと課", "雇用課"].map(|division| post(division, &[Duty::Clerk], None));
    assert_eq!(town.reword(officer(party, &two), 0, &["雇用課"]), authority(AuthorityRefusal::NoSinglePost));
}

#[test]
fn only_decisions_wait_for_the_absent_holder() {
    let decisions: Vec<Right> = [
        Right::Import,
        Right::Publish,
        Right::Settings,
        Right::Outline,
        Right::Draft,
        Right::Suggest,
        Right::Share,
        Right::Define,
        Right::Organise,
        Right::Deputise,
    ]
    .into_iter()
    .filter(|right| right.is_decision())
    .collect();
    let expected = [
        Right::Import,
        Right::Publish,
        Right::Settings,
        Right::Outline,
        Right::Share,
        Right::Organise,
        Right::Deputise,
    ];
    assert_eq!(decisions, expected);
}

/// Generates the posts of one person: own ones, and those of absent neighbours.
fn posts() -> impl Strategy<Value = Vec<HeldPost>> {
    let duties = proptest::sample::subsequence(Duty::ALL.to_vec(), 1..3);
    let held = (0..DIVISIONS.len(), duties, any::<bool>()).prop_map(|(division, duties, is_deputy)| {
        post(DIVISIONS[division], &duties, is_deputy.then_some("総務課 主査"))
    });
    proptest::collection::vec(held, 0..4)
}

/// Whether a decision refuses because of the actor's posts.
fn is_denied(decided: &Result<(), Vec<Refusal>>) -> bool {
    let of_posts =
        |reason: &Refusal| matches!(reason, Refusal::Authority(_) | Refusal::Draft(DraftRefusal::OwnDivisionMissing));
    decided.as_ref().is_err_and(|reasons| reasons.iter().any(of_posts))
}

/// Returns commands about a row of the city, each with the needs that a page asks about before it offers the command.
fn offered(town: &Town, row: usize, into: usize) -> Vec<(Command, Vec<Need<'static>>)> {
    let (agreement, party, initiative) = (town.world.agreement, town.party, town.rows[row]);
    let known = &town.world.dossiers.agreements[&agreement].initiatives[&initiative];
    let owned = |need: Need<'_>| Need::of_divisions(need.party, need.right, known.wording.divisions.clone());
    let (change, show) = (owned(to_change(known)), owned(to_show(known)));
    let new = wording(&[DIVISIONS[into]], "別の取組を行う。");
    let word = {
        let Need { party, right, .. } = to_word(party, &new);
        Need::of_divisions(party, right, new.divisions.clone())
    };
    let (plan, sections) = town.world.draft_plan();
    let (section, after) = (sections[0], None);
    vec![
        (Command::Plan(PlanCommand::WithdrawInitiative { agreement, initiative }), vec![change.clone()]),
        (
            Command::Plan(PlanCommand::RepeatInitiative { agreement, initiative, section: sections[1] }),
            vec![change.clone()],
        ),
        (Command::Plan(PlanCommand::MoveInitiative { agreement, initiative, section, after }), vec![change.clone()]),
        (
            Command::Plan(PlanCommand::RewordInitiative { agreement, initiative, base: None, wording: new.clone() }),
            vec![change, word.clone()],
        ),
        (Command::Plan(PlanCommand::ShareInitiatives { agreement, party, initiatives: vec![initiative] }), vec![show]),
        (
            Command::Plan(PlanCommand::DraftInitiative { agreement, party, plan, section, after, wording: new }),
            vec![word],
        ),
        (
            Command::Organisation(OrganisationCommand::SetHouseStyle { party, style: crate::world::style(1) }),
            vec![Need::of_party(party, Right::Settings)],
        ),
    ]
}

/// Whether one post meets all needs, which is what a page asks.
fn offers(posts: &[HeldPost], party: Id<id::Party>, needs: &[Need<'_>]) -> bool {
    posts.iter().any(|post| needs.iter().all(|need| officer(party, std::slice::from_ref(post)).may(need)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64 * times()))]

    #[test]
    fn a_page_offers_exactly_what_a_decision_takes(posts in posts(), row in 0..DIVISIONS.len(), into in 0..DIVISIONS.len()) {
        let town = Town::new();
        for (place, (_, needs)) in offered(&town, row, into).into_iter().enumerate() {
            let mut town = Town::new();
            let (command, _) = offered(&town, row, into).swap_remove(place);
            let decided = town.world.act(officer(town.party, &posts), command.clone());
            prop_assert_eq!(offers(&posts, town.party, &needs), !is_denied(&decided), "{:?}: {:?}", command, decided);
            if decided.is_ok() {
                let (recorded, on_behalf_of) = town.recorded(1).swap_remove(0);
                let titles: Vec<_> = posts.iter().map(|post| post.title.as_str()).collect();
                prop_assert!(titles.iter().any(|title| recorded.starts_with(title)), "{recorded}");
                prop_assert_eq!(on_behalf_of.is_some(), recorded.contains("（代決"));
                prop_assert_eq!(on_behalf_of.is_some(), town.waiting() == 1);
            }
        }
    }

    #[test]
    fn a_suggestion_is_answered_by_those_who_may_change_its_row(posts in posts(), row in 0..DIVISIONS.len()) {
        let town = || {
            let mut town = Town::new();
            town.show(operator(), &[0, 1, 2]).expect("shown");
            let (agreement, initiative, by) = (town.world.agreement, town.rows[row], town.world.parties[1]);
            let base = town.world.base_of(initiative, Viewer::Party(by));
            let (wording, reason) = (wording(&[DIVISIONS[row]], "提案した取組を行う。"), "短くするため".to_owned());
            let suggest = SuggestEdit { agreement, by, initiative, base, wording, reason };
            town.world.act(operator(), Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest)))).expect("suggested");
            let suggestion = *town.world.dossiers.agreements[&agreement].suggestions.keys().next_back().expect("one");
            (town, suggestion)
        };
        let answered = |answer: &dyn Fn(&World, Id<Suggestion>) -> SuggestionAnswer, by: usize| {
            let (mut town, suggestion) = town();
            let (agreement, answer) = (town.world.agreement, answer(&town.world, suggestion));
            let actor = officer(town.world.parties[by], &posts);
            town.world.act(actor, Command::Plan(PlanCommand::AnswerSuggestion { agreement, suggestion, answer }))
        };
        let (known, _) = town();
        let initiative = &known.world.dossiers.agreements[&known.world.agreement].initiatives[&known.rows[row]];
        let may_change = officer(known.party, &posts).may(&to_change(initiative));
        let accept = |world: &World, suggestion| SuggestionAnswer::Accept { read: world.read_for(suggestion) };
        prop_assert_eq!(may_change, !is_denied(&answered(&accept, 0)));
        let decline = |_: &World, _| SuggestionAnswer::Decline { reason: "予算がないため".to_owned() };
        prop_assert_eq!(may_change, !is_denied(&answered(&decline, 0)));
        let bureau = known.world.parties[1];
        let may_withdraw = officer(bureau, &posts).may(&to_suggest(bureau));
        prop_assert_eq!(may_withdraw, !is_denied(&answered(&|_, _| SuggestionAnswer::Withdraw, 1)));
    }
}

#[test]
fn a_suggestion_that_gives_the_row_to_another_division_is_accepted_by_a_secretariat_alone() {
    for (duty, expected) in
        [(Duty::Clerk, Err(vec![Refusal::Draft(DraftRefusal::OwnDivisionMissing)])), (Duty::Secretariat, Ok(()))]
    {
        let mut town = Town::new();
        town.show(operator(), &[0]).expect("shown");
        let (agreement, initiative, by) = (town.world.agreement, town.rows[0], town.world.parties[1]);
        let base = town.world.base_of(initiative, Viewer::Party(by));
        let given = wording(&["雇用課"], "しごと課の取組を行う。");
        let suggest =
            SuggestEdit { agreement, by, initiative, base, wording: given, reason: "所管のため".to_owned() };
        town.world.act(operator(), Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest)))).expect("suggested");
        let suggestion = *town.world.dossiers.agreements[&agreement].suggestions.keys().next_back().expect("one");
        let answer = SuggestionAnswer::Accept { read: town.world.read_for(suggestion) };
        let actor = officer(town.party, &[post("しごと課", &[duty], None)]);
        let command = Command::Plan(PlanCommand::AnswerSuggestion { agreement, suggestion, answer });
        assert_eq!(town.world.act(actor, command), expected);
    }
}

#[test]
fn an_acceptance_of_a_wording_that_nobody_read_is_refused() {
    let mut town = Town::new();
    town.show(operator(), &[0]).expect("shown");
    let (agreement, initiative, by) = (town.world.agreement, town.rows[0], town.world.parties[1]);
    let base = town.world.base_of(initiative, Viewer::Party(by));
    let suggested = wording(&["しごと課"], "しごと課の取組を毎月行う。");
    let suggest =
        SuggestEdit { agreement, by, initiative, base, wording: suggested, reason: "数を示すため".to_owned() };
    town.world.act(operator(), Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest)))).expect("suggested");
    let suggestion = *town.world.dossiers.agreements[&agreement].suggestions.keys().next_back().expect("one");
    let read = town.world.read_for(suggestion);
    let reworded = wording(&["しごと課"], "しごと課の取組をみなで行う。");
    let command = PlanCommand::RewordInitiative { agreement, initiative, base: Some(read), wording: reworded };
    town.world.act(operator(), Command::Plan(command)).expect("reworded");
    let accept = |read: Hlc| {
        let answer = SuggestionAnswer::Accept { read };
        Command::Plan(PlanCommand::AnswerSuggestion { agreement, suggestion, answer })
    };
    let stale = Err(vec![Refusal::Draft(DraftRefusal::NotAsAnswered)]);
    assert_eq!(town.world.act(operator(), accept(read)), stale);
    let read = town.world.read_for(suggestion);
    assert_eq!(town.world.act(operator(), accept(read)), Ok(()));
}

#[test]
fn everything_that_a_secretariat_may_not_do_is_listed() {
    let refused: Vec<Right> = [Right::People, Right::Publish, Right::Share, Right::Define, Right::Deputise]
        .into_iter()
        .filter(|right| !may(Role::Secretariat, *right))
        .collect();
    assert_eq!(refused, [Right::People]);
}
