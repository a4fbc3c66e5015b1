//! Tests of each side's own chain, which contains its private data. Shown rows are recorded with their content, and a
//! side's drafts stay where that side placed them.

use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::passage::Passage;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::edition::proposal::propose;
use renkei_domain::event::Authored;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::plan::command::SuggestEdit;
use renkei_domain::plan::event::PlanEvent;
use renkei_domain::plan::{Initiative, Standing, Wording};
use renkei_domain::record::chain::{ChainKey, DossierKey, Order};
use renkei_domain::record::entry::Entry;
use renkei_domain::view::Viewer;

use crate::world::World;

const CITY: usize = 0;
const BUREAU: usize = 1;

/// A world with one plan to draft; the tests change its first section.
struct Draft {
    world: World,
    plan: Id<id::Plan>,
    section: Id<id::Section>,
}

impl Draft {
    fn begun() -> Self {
        let world = World::after(&[]);
        let plans = &world.dossiers.agreements[&world.agreement].plans;
        let (plan, known) = plans.iter().find(|(_, plan)| plan.fiscal_year == FiscalYear(2027)).expect("opened");
        let (plan, section) = (*plan, known.sections().next().expect("a section").id);
        Self { world, plan, section }
    }

    fn act(&mut self, party: usize, command: Command) {
        let party = self.world.parties[party];
        self.world.act(crate::world::holder(party, "担当"), command).expect("allowed");
    }

    fn operate(&mut self, command: Command) {
        self.world.act(Actor::Operator { post: "事務局".into() }, command).expect("allowed");
    }

    /// Drafts a row of a party, named by its text, after the last row that the party sees.
    fn draft(&mut self, party: usize, text: &str) {
        let after = self.shown_to(party).last().map(|last| self.row(last));
        let (agreement, wording) = (self.world.agreement, wording(text));
        let (plan, section, by) = (self.plan, self.section, self.world.parties[party]);
        self.act(
            party,
            Command::Plan(PlanCommand::DraftInitiative { agreement, party: by, plan, section, after, wording }),
        );
    }

    fn share(&mut self, party: usize, texts: &[&str]) {
        let initiatives = texts.iter().map(|text| self.row(text)).collect();
        let (agreement, by) = (self.world.agreement, self.world.parties[party]);
        self.act(party, Command::Plan(PlanCommand::ShareInitiatives { agreement, party: by, initiatives }));
    }

    fn moving(&self, text: &str, after: Option<&str>) -> Command {
        let after = after.map(|after| self.row(after));
        let (agreement, initiative, section) = (self.world.agreement, self.row(text), self.section);
        Command::Plan(PlanCommand::MoveInitiative { agreement, initiative, section, after })
    }

    fn row(&self, text: &str) -> Id<id::Initiative> {
        let rows = &self.world.dossiers.agreements[&self.world.agreement].initiatives;
        let says = |row: &Initiative| row.plan == self.plan && row.wording.text.print(None, |_| None).0 == text;
        *rows.iter().find(|(_, row)| says(row)).unwrap_or_else(|| panic!("no row {text}")).0
    }

    /// Returns the texts of the section's rows as a party sees them, folded from the chains that this party receives.
    fn shown_to(&self, party: usize) -> Vec<String> {
        let known = self.world.known_by(self.world.parties[party]);
        let seen = texts(&self.world, Viewer::Party(self.world.parties[party]), self.section);
        assert_eq!(texts(&known, Viewer::Party(self.world.parties[party]), self.section), seen, "party {party}");
        seen
    }

    /// Returns the texts of all rows in order, as an actor who acts for both parties sees them.
    fn all(&self) -> Vec<String> {
        let view = self.world.dossiers.seen_by(Actor::Operator { post: String::new() }.viewer());
        texts_of(&view.agreement(self.world.agreement).expect("concluded"), self.section)
    }

    /// Returns the number of events in the chains that both sides know.
    fn shared_events(&self) -> usize {
        let entries = self.world.entries.iter();
        entries.filter(|entry| matches!(entry.order.dossier, DossierKey::Agreement(_))).count()
    }
}

fn texts(world: &World, viewer: Viewer, section: Id<id::Section>) -> Vec<String> {
    texts_of(&world.dossiers.seen_by(viewer).agreement(world.agreement).expect("concluded"), section)
}

fn texts_of(view: &renkei_domain::view::AgreementView<'_>, section: Id<id::Section>) -> Vec<String> {
    let (_, plan) = view.plans().into_iter().find(|(_, plan)| plan.fiscal_year == FiscalYear(2027)).expect("opened");
    let section = plan.sections().find(|known| known.id == section).expect("there");
    view.rows(section).map(|(_, _, row)| row.wording.text.print(None, |_| None).0).collect()
}

fn wording(text: &str) -> Wording {
    Wording { divisions: vec!["しごと課".into()], text: Passage::words(text), ..Wording::default() }
}

#[test]
fn a_shown_row_moves_among_shown_rows_and_drafts_around_it_stay_in_the_own_chain() {
    let mut draft = Draft::begun();
    for text in ["い", "ろ", "は"] {
        draft.draft(CITY, text);
    }
    draft.draft(BUREAU, "ほ");
    draft.share(CITY, &["い", "は"]);
    draft.draft(CITY, "に");
    assert_eq!((draft.shown_to(CITY).concat(), draft.shown_to(BUREAU).concat()), ("いろはに".into(), "いはほ".into()));
    let before = draft.shared_events();
    // A shown row is moved after a draft of its own party: the other side sees no change, and the shared chain gets no
    // event.
    let command = draft.moving("い", Some("ろ"));
    draft.act(CITY, command);
    assert_eq!((draft.shown_to(CITY).concat(), draft.shown_to(BUREAU).concat()), ("ろいはに".into(), "いはほ".into()));
    let command = draft.moving("い", None);
    draft.act(CITY, command);
    assert_eq!((draft.shown_to(CITY).concat(), draft.shown_to(BUREAU).concat()), ("いろはに".into(), "いはほ".into()));
    assert_eq!(draft.shared_events(), before);
    let command = draft.moving("い", Some("に"));
    draft.act(CITY, command);
    assert_eq!((draft.shown_to(CITY).concat(), draft.shown_to(BUREAU).concat()), ("ろはにい".into(), "はいほ".into()));
    assert_eq!(draft.shared_events(), before + 1);
    let command = draft.moving("い", Some("い"));
    let refused = draft.world.act(Actor::Operator { post: "事務局".into() }, command);
    assert!(refused.is_err(), "behind itself");
}

#[test]
fn carried_over_rows_take_last_year_s_order_whoever_carries_over_and_shows_first() {
    for order in [[CITY, BUREAU], [BUREAU, CITY]] {
        for shown in [[CITY, BUREAU], [BUREAU, CITY]] {
            let mut draft = Draft::begun();
            let plans = draft.world.dossiers.agreements[&draft.world.agreement].plans.iter();
            let from = *plans.into_iter().find(|(_, plan)| plan.fiscal_year == FiscalYear(2025)).expect("imported").0;
            for party in order {
                let (agreement, by, plan) = (draft.world.agreement, draft.world.parties[party], draft.plan);
                draft.act(party, Command::Plan(PlanCommand::CarryOverInitiatives { agreement, party: by, plan, from }));
            }
            let expected = ["相談会を4回開催した。", "相談会を12回開催した。"];
            assert_eq!(draft.all(), expected, "carried over by {order:?}");
            for party in shown {
                draft.share(party, &[expected[party]]);
                assert_eq!(draft.all(), expected, "carried over by {order:?}, shown by {shown:?}");
            }
            assert_eq!(
                (draft.shown_to(CITY), draft.shown_to(BUREAU)),
                (expected.map(str::to_owned).into(), expected.map(str::to_owned).into())
            );
        }
    }
}

#[test]
fn a_carried_over_row_gets_its_place_among_the_rows_that_its_party_sees() {
    let mut draft = Draft::begun();
    let plans = draft.world.dossiers.agreements[&draft.world.agreement].plans.iter();
    let from = *plans.into_iter().find(|(_, plan)| plan.fiscal_year == FiscalYear(2025)).expect("imported").0;
    let carry = |draft: &mut Draft, party: usize| {
        let (agreement, by, plan) = (draft.world.agreement, draft.world.parties[party], draft.plan);
        draft.act(party, Command::Plan(PlanCommand::CarryOverInitiatives { agreement, party: by, plan, from }));
    };
    carry(&mut draft, BUREAU);
    draft.share(BUREAU, &["相談会を12回開催した。"]);
    draft.draft(BUREAU, "新しい取組");
    carry(&mut draft, CITY);
    assert_eq!(draft.shown_to(CITY), ["相談会を4回開催した。", "相談会を12回開催した。"]);
}

#[test]
fn the_operator_orders_the_drafts_of_both_sides_and_each_side_sees_its_own_order() {
    let mut draft = Draft::begun();
    for (party, text) in [(CITY, "い"), (CITY, "ろ"), (BUREAU, "あ"), (BUREAU, "う")] {
        draft.draft(party, text);
    }
    for (text, after, all) in [
        ("い", Some("ろ"), "あうろい"),
        ("い", Some("う"), "あういろ"),
        ("い", Some("あ"), "あいうろ"),
        ("う", None, "うあいろ"),
        ("ろ", Some("あ"), "うあろい"),
    ] {
        let command = draft.moving(text, after);
        draft.operate(command);
        let all_now = draft.all().concat();
        assert_eq!(all_now, all, "{text} behind {after:?}");
        let of = |own: &str| all_now.chars().filter(|text| own.contains(*text)).collect::<String>();
        assert_eq!((draft.shown_to(CITY).concat(), draft.shown_to(BUREAU).concat()), (of("いろ"), of("あう")));
    }
    draft.share(CITY, &["い"]);
    let command = draft.moving("い", Some("う"));
    draft.operate(command);
    assert_eq!(draft.shown_to(BUREAU).concat(), "ういあ");
    assert_eq!(draft.shown_to(CITY).concat(), "ろい");
}

#[test]
fn rows_that_are_shown_together_keep_their_order_at_home_and_where_they_are_repeated() {
    let mut draft = Draft::begun();
    for text in ["い", "ろ", "は", "に"] {
        draft.draft(CITY, text);
    }
    let plans = &draft.world.dossiers.agreements[&draft.world.agreement].plans;
    let other = plans[&draft.plan].sections().nth(1).expect("a section").id;
    for text in ["は", "い"] {
        let (agreement, initiative) = (draft.world.agreement, draft.row(text));
        draft.act(CITY, Command::Plan(PlanCommand::RepeatInitiative { agreement, initiative, section: other }));
    }
    draft.share(CITY, &["に", "は", "い"]);
    assert_eq!((draft.shown_to(CITY).concat(), draft.shown_to(BUREAU).concat()), ("いろはに".into(), "いはに".into()));
    let there = Draft { section: other, ..draft };
    assert_eq!((there.shown_to(CITY).concat(), there.shown_to(BUREAU).concat()), ("はい".into(), "はい".into()));
}

#[test]
fn an_edition_names_no_own_chain() {
    let mut draft = Draft::begun();
    let heads =
        |draft: &Draft| propose(&draft.world.dossiers, draft.world.agreement, FiscalYear(2027)).expect("a plan").heads;
    draft.draft(CITY, "見せる案");
    draft.share(CITY, &["見せる案"]);
    let before = heads(&draft);
    draft.draft(BUREAU, "ひみつの案");
    assert_eq!(heads(&draft), before);
    let own = |entry: &Entry| entry.order.dossier == DossierKey::AgreementOwn(draft.world.agreement);
    assert_eq!(draft.world.entries.iter().filter(|entry| own(entry)).count(), 2);
}

/// Returns the post of the last event.
fn recorded_post(draft: &Draft) -> String {
    let last = draft.world.entries.last().and_then(|entry| entry.authored.as_ref());
    last.expect("an event").post.clone()
}

#[test]
fn a_private_decision_of_a_deputy_also_waits_for_the_review_and_an_entry_does_not() {
    let mut draft = Draft::begun();
    let (agreement, party) = (draft.world.agreement, draft.world.parties[BUREAU]);
    let deputy = || crate::world::deputy(party, "課長", "主幹");
    let (plan, section, wording) = (draft.plan, draft.section, wording("ひみつの案"));
    let entered = Command::Plan(PlanCommand::DraftInitiative { agreement, party, plan, section, after: None, wording });
    draft.world.act(deputy(), entered).expect("allowed");
    assert_eq!(recorded_post(&draft), "課長（代理入力 主幹）");
    let plans = &draft.world.dossiers.agreements[&agreement].plans;
    let from = *plans.iter().find(|(_, known)| known.fiscal_year != FiscalYear(2027)).expect("imported").0;
    let decided = Command::Plan(PlanCommand::CarryOverInitiatives { agreement, party, plan, from });
    draft.world.act(deputy(), decided).expect("allowed");
    assert_eq!(recorded_post(&draft), "課長（代決 主幹）");
    let entry = (DossierKey::AgreementOwn(agreement), 2);
    let waiting = |draft: &Draft| {
        let known = draft.world.dossiers.parties[&party].decided_meanwhile.values();
        known.filter(|known| known.reviewed.is_none()).map(|known| known.entry).collect::<Vec<_>>()
    };
    assert_eq!(waiting(&draft), [entry]);
    draft.operate(Command::Organisation(OrganisationCommand::AfterReview { party, decided: vec![entry] }));
    assert_eq!(waiting(&draft), []);
}

/// A journal from before each side had its own chain: drafts are in the shared chain, and shown rows are recorded only
/// by id.
struct Old {
    world: World,
    party: usize,
}

impl Old {
    fn hear(&mut self, event: PlanEvent) {
        let (party, dossier) = (self.world.parties[self.party], DossierKey::Agreement(self.world.agreement));
        let mut time = self.world.dossiers.clock();
        time.counter += 1;
        let number = self.world.dossiers.head(ChainKey { party, dossier }) + 1;
        let authored = Authored { post: "担当".into(), on_behalf_of: None, event: event.into() };
        let entry = Entry { order: Order { time, party, dossier, number }, authored: Some(authored) };
        self.world.dossiers.hear(&entry);
        self.world.entries.push(entry);
    }
}

#[test]
fn an_older_journal_shows_the_same_and_can_be_continued() {
    let Draft { world, plan, section } = Draft::begun();
    let mut old = Old { world, party: BUREAU };
    let ids: [Id<id::Initiative>; 3] = [1, 2, 3].map(|n| Id::new(uuid::Uuid::from_u128(n)));
    let mut after = None;
    for (initiative, text) in ids.into_iter().zip(["い", "予算は半減", "は"]) {
        old.hear(PlanEvent::InitiativeDrafted { initiative, plan, section, after, wording: wording(text) });
        after = Some(initiative);
    }
    old.hear(PlanEvent::InitiativeReworded { initiative: ids[1], wording: wording("ろ") });
    let reworded = old.world.dossiers.clock();
    old.hear(PlanEvent::InitiativesShared { initiatives: vec![ids[0], ids[1]], rows: Vec::new() });
    old.hear(PlanEvent::InitiativeMoved { initiative: ids[0], section, after: Some(ids[2]) });
    let suggestion = Id::new(uuid::Uuid::from_u128(9));
    let (initiative, reason) = (ids[1], "漏れのため".to_owned());
    old.party = CITY;
    old.hear(PlanEvent::EditSuggested { suggestion, initiative, base: reworded, wording: wording("ろろ"), reason });

    let mut draft = Draft { world: old.world, plan, section };
    assert_eq!((draft.shown_to(BUREAU).concat(), draft.shown_to(CITY).concat()), ("ろはい".into(), "ろい".into()));
    let city = Viewer::Party(draft.world.parties[CITY]);
    let view = draft.world.dossiers.seen_by(city).agreement(draft.world.agreement).expect("concluded");
    let seen = view.wordings(view.initiative(initiative).expect("shown").initiative);
    assert_eq!(seen.iter().count(), 1, "what it said before it was shown is told no more");
    let suggested = view.suggestion(suggestion).expect("sent");
    assert_eq!(seen.of(suggested.base), Some(&wording("ろ")), "the suggestion still starts from what was shown");
    // A draft of the old journal is continued in the party's own chain; when the draft is shown, the event contains its
    // content.
    let (agreement, reworded) = (draft.world.agreement, wording("はは"));
    draft.act(
        BUREAU,
        Command::Plan(PlanCommand::RewordInitiative { agreement, initiative: ids[2], base: None, wording: reworded }),
    );
    draft.share(BUREAU, &["はは"]);
    assert_eq!(draft.shown_to(CITY).concat(), "ろははい");
    let base = draft.world.base_of(ids[2], city);
    let suggest = SuggestEdit {
        agreement,
        by: draft.world.parties[CITY],
        initiative: ids[2],
        base,
        wording: wording("ははは"),
        reason: "漏れのため".into(),
    };
    draft.act(CITY, Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest))));
    let row = &draft.world.dossiers.agreements[&agreement].initiatives[&ids[2]];
    assert!(matches!(row.standing, Standing::Shared { at } if at == base));
}
