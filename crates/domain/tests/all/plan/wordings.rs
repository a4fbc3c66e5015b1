//! Tests which wordings of a row each side sees: the row's own party sees all wordings, others see the wordings since
//! the row was shown.

use renkei_document::id::{self, Id};
use renkei_document::passage::Passage;
use renkei_document::time::Hlc;
use renkei_domain::command::Command;
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::plan::command::SuggestEdit;
use renkei_domain::plan::refusal::DraftRefusal;
use renkei_domain::plan::{Standing, Wording};
use renkei_domain::refusal::Refusal;
use renkei_domain::view::Viewer;

use crate::world::World;

/// A row's text, the post that wrote it, and the time.
type Told = (String, String, Hlc);

fn wording(text: &str) -> Wording {
    Wording { divisions: vec!["しごと課".into()], text: Passage::words(text), ..Wording::default() }
}

fn told(world: &World, row: Id<id::Initiative>, viewer: Viewer) -> Vec<Told> {
    let view = world.dossiers.seen_by(viewer).agreement(world.agreement).expect("concluded");
    let seen = view.initiative(row).expect("shown");
    let text = |wording: &Wording| wording.text.print(None, |_| None).0;
    let wordings = view.wordings(seen.initiative).iter();
    wordings.map(|(worded, wording)| (text(wording), worded.post.clone(), worded.at)).collect()
}

fn texts(told: &[Told]) -> Vec<&str> {
    told.iter().map(|(text, _, _)| text.as_str()).collect()
}

fn act(world: &mut World, party: usize, post: &str, command: Command) -> Result<(), Vec<Refusal>> {
    world.act(crate::world::holder(world.parties[party], post), command)
}

/// Returns a row of the bureau that is drafted, reworded twice, shown, and reworded again.
fn row_shown_on_the_way() -> (World, Id<id::Initiative>) {
    let mut world = World::after(&[]);
    world.draft_in_private(1, 0, 0);
    let (agreement, party) = (world.agreement, world.parties[1]);
    let drafts = &world.dossiers.agreements[&agreement].initiatives;
    let (id, _) = drafts.iter().find(|(_, row)| row.standing == Standing::Private).expect("drafted");
    let initiative = *id;
    let reword = |text| {
        Command::Plan(PlanCommand::RewordInitiative { agreement, initiative, base: None, wording: wording(text) })
    };
    act(&mut world, 1, "主査", reword("予算は半減とする。")).expect("reworded");
    act(&mut world, 1, "主幹", reword("相談を行う。")).expect("reworded");
    let share = Command::Plan(PlanCommand::ShareInitiatives { agreement, party, initiatives: vec![initiative] });
    act(&mut world, 1, "課長", share).expect("shown");
    act(&mut world, 1, "主査", reword("相談と面接を行う。")).expect("reworded");
    (world, initiative)
}

#[test]
fn only_its_own_party_sees_wordings_before_a_row_was_shown() {
    let (world, row) = row_shown_on_the_way();
    let [city, bureau] = world.parties;
    let own = told(&world, row, Viewer::Party(bureau));
    assert_eq!(texts(&own), ["ひみつの案0を行う。", "予算は半減とする。", "相談を行う。", "相談と面接を行う。"]);
    assert_eq!(own.iter().map(|(_, post, _)| post.as_str()).collect::<Vec<_>>(), ["担当", "主査", "主幹", "主査"]);
    for viewer in [Viewer::Party(city), Viewer::Councillor(city), Viewer::Councillor(bureau)] {
        let known = told(&world, row, viewer);
        assert_eq!(texts(&known), ["相談を行う。", "相談と面接を行う。"], "{viewer:?}");
        let Standing::Shared { at } = standing(&world, row) else { panic!("shown") };
        assert_eq!(known[0].1, "課長", "by whom it was shown");
        assert_eq!(known[0].2, at, "when it was shown");
        assert_eq!(known[1], own[3]);
    }
}

fn standing(world: &World, row: Id<id::Initiative>) -> Standing {
    world.dossiers.agreements[&world.agreement].initiatives[&row].standing.clone()
}

#[test]
fn a_suggestion_starts_from_a_wording_that_its_author_knows() {
    let (mut world, initiative) = row_shown_on_the_way();
    let [city, bureau] = world.parties;
    let (agreement, own) = (world.agreement, told(&world, initiative, Viewer::Party(bureau)));
    let mut suggest = |base| {
        let (wording, reason) = (wording("相談と面接と訪問を行う。"), "漏れのため".to_owned());
        let suggest = SuggestEdit { agreement, by: city, initiative, base, wording, reason };
        act(&mut world, 0, "担当", Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest))))
    };
    let unknown = Err(vec![Refusal::Draft(DraftRefusal::BaseUnknown)]);
    assert_eq!(suggest(Hlc::default()), unknown, "there never was one");
    for (text, _, at) in &own[..3] {
        assert_eq!(suggest(*at), unknown, "{text}");
    }
    assert_eq!(suggest(own[3].2), Ok(()));
    let Standing::Shared { at } = standing(&world, initiative) else { panic!("shown") };
    let view = world.dossiers.seen_by(Viewer::Party(bureau)).agreement(agreement).expect("concluded");
    let seen = view.wordings(view.initiative(initiative).expect("shown").initiative);
    let shown = seen.of(at).expect("the owner knows what the others call the wording that was shown");
    assert_eq!(shown, seen.of(own[2].2).expect("its own name"));
    assert!(!seen.is_present(at) && seen.is_present(own[3].2));
}
