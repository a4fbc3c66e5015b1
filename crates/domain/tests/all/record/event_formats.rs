//! Tests that every event type and version ever released can still be read and is written with the same bytes. There is
//! one golden file for each.
//!
//! A new type or version adds a file; existing files never change. `RENKEI_WRITE_GOLDEN=1 cargo test -p renkei-domain`
//! writes missing files, with events of the test world.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::world::{Deed, World, document_of, officer};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::Id;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::event::{Authored, UndecodableEvent, all_declared};
use renkei_domain::evidence::command::DeclineRows;
use renkei_domain::evidence::command::EvidenceCommand;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::plan::command::{SuggestEdit, SuggestionAnswer};
use renkei_domain::plan::event::PlanEvent;
use renkei_domain::plan::suggestion::Suggestion;
use renkei_domain::view::Viewer;

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Returns one event of each type, caused by commands in the test world.
fn one_of_each() -> BTreeMap<&'static str, Authored> {
    let steps = [(7, 0, 0, 0), (0, 0, 1, 0), (9, 0, 5, 0), (8, 0, 3, 0), (14, 0, 0, 0)];
    let mut world = World::after(&steps.map(Deed::from));
    let agreement = world.agreement;
    let row = *world.dossiers.agreements[&agreement].initiatives.keys().next_back().expect("drafted");
    let drafted = world.dossiers.agreements[&agreement].initiatives[&row].clone();
    let section = world.dossiers.agreements[&agreement].plans[&drafted.plan].sections().last().expect("a section").id;
    let actor = crate::world::holder(drafted.party, "担当");
    let mut wording = drafted.wording.clone();
    wording.divisions.push("くらし課".into());
    let initiative = row;
    for command in [
        Command::Plan(PlanCommand::RewordInitiative { agreement, initiative, base: None, wording }),
        Command::Plan(PlanCommand::MoveInitiative { agreement, initiative, section, after: None }),
        Command::Plan(PlanCommand::ShareInitiatives { agreement, party: drafted.party, initiatives: vec![row] }),
        Command::Plan(PlanCommand::WithdrawInitiative { agreement, initiative }),
    ] {
        world.act(actor.clone(), command).expect("allowed");
    }
    let operator = Actor::Operator { post: "事務局".into() };
    let merging = world.merging(drafted.party, 4);
    world.act(operator.clone(), merging).expect("merged");
    let evidence = *world.dossiers.agreements[&agreement].evidence.keys().next_back().expect("merged");
    let documents: Vec<_> = world.dossiers.agreements[&agreement].evidence.keys().copied().collect();
    let parties = world.parties;
    for (evidence, party) in documents.into_iter().flat_map(|evidence| parties.map(|party| (evidence, party))) {
        // The result is ignored: the command is refused for a party that has nothing to take over.
        let _ = world
            .act(operator.clone(), Command::Evidence(EvidenceCommand::TakeOverRows { agreement, party, evidence }));
    }
    let reason = "誤った文書".into();
    let freezing = world.freezing(drafted.party, FiscalYear(2026));
    world.act(operator.clone(), freezing).expect("frozen");
    for command in crate::organisation::april::an_april(drafted.party) {
        world.act(operator.clone(), command).expect("organised");
    }
    let decided = crate::organisation::april::stood_in(&mut world, drafted.party);
    let review =
        Command::Organisation(OrganisationCommand::AfterReview { party: drafted.party, decided: vec![decided] });
    world.act(operator.clone(), review).expect("looked at");
    let deputation = *world.dossiers.parties[&drafted.party].organisation.deputations.keys().next().expect("named");
    let ending = Command::Organisation(OrganisationCommand::EndDeputy {
        party: drafted.party,
        deputation,
        until: jiff::civil::date(2026, 5, 8),
    });
    world.act(operator.clone(), ending).expect("ended");
    let style = crate::world::style(1);
    world
        .act(
            operator.clone(),
            Command::Organisation(OrganisationCommand::SetHouseStyle { party: drafted.party, style }),
        )
        .expect("set");
    world.do_with_figures();
    world
        .act(operator, Command::Evidence(EvidenceCommand::UndoImport { agreement, evidence, reason }))
        .expect("undone");
    draft_together(&mut world);
    decline(&mut world);
    let authored = world.entries.into_iter().filter_map(|entry| entry.authored);
    authored.map(|authored| (authored.event.name(), authored)).collect()
}

/// Lets the bureau decline its row in a document that the city imports.
fn decline(world: &mut World) {
    let ([city, party], agreement) = (world.parties, world.agreement);
    let known: Vec<_> = world.dossiers.agreements[&agreement].evidence.keys().copied().collect();
    let import = crate::record::ownership::importing(world, city, document_of(FiscalYear(2019)), None);
    world.act(officer(city), import).expect("imported");
    let all = &world.dossiers.agreements[&agreement].evidence;
    let evidence = *all.keys().find(|id| !known.contains(id)).expect("imported");
    let reason = "所管しないため".into();
    world
        .act(
            officer(party),
            Command::Evidence(EvidenceCommand::DeclineRows(DeclineRows { agreement, party, evidence, reason })),
        )
        .expect("declined");
}

/// Carries rows over, repeats rows, and lets the other side suggest wordings.
fn draft_together(world: &mut World) {
    let ([city, bureau], agreement) = (world.parties, world.agreement);
    let operator = Actor::Operator { post: "事務局".into() };
    let plans = |world: &World, year| {
        let mut plans = world.dossiers.agreements[&agreement].plans.iter();
        plans.find(|(_, plan)| plan.fiscal_year == FiscalYear(year)).map(|(id, plan)| (*id, plan.clone()))
    };
    let ((plan, _), (from, _)) = (plans(world, 2027).expect("opened"), plans(world, 2025).expect("imported"));
    let carry_over = Command::Plan(PlanCommand::CarryOverInitiatives { agreement, party: city, plan, from });
    world.act(operator.clone(), carry_over).expect("carried over");
    let sections = plans(world, 2027).expect("opened").1.sections().cloned().collect::<Vec<_>>();
    let (initiative, section) = (sections[0].rows_of_all_parties()[0], sections[1].id);
    let row = world.dossiers.agreements[&agreement].initiatives[&initiative].clone();
    let mut suggested = row.wording.clone();
    suggested.divisions.push("くらし課".into());
    let suggest = |world: &World, reason: &str| {
        let (by, wording) = (bureau, suggested.clone());
        let base = world.base_of(initiative, Viewer::Party(bureau));
        Command::Plan(PlanCommand::SuggestEdit(Box::new(SuggestEdit {
            agreement,
            by,
            initiative,
            base,
            wording,
            reason: reason.into(),
        })))
    };
    let answers = [SuggestionAnswer::Withdraw, SuggestionAnswer::Decline { reason: "予算がないため".into() }];
    for command in [
        Command::Plan(PlanCommand::RepeatInitiative { agreement, initiative, section }),
        Command::Plan(PlanCommand::RemoveRepeat { agreement, initiative, section }),
        Command::Plan(PlanCommand::ShareInitiatives { agreement, party: city, initiatives: vec![initiative] }),
    ] {
        world.act(operator.clone(), command).expect("allowed");
    }
    let mut answer_one = |answer: &dyn Fn(&World, Id<Suggestion>) -> SuggestionAnswer| {
        let command = suggest(world, "分かりやすくするため");
        world.act(operator.clone(), command).expect("suggested");
        let suggestion = *world.dossiers.agreements[&agreement].suggestions.keys().next_back().expect("suggested");
        let answer = answer(world, suggestion);
        world
            .act(operator.clone(), Command::Plan(PlanCommand::AnswerSuggestion { agreement, suggestion, answer }))
            .expect("answered");
    };
    for answer in answers {
        answer_one(&|_, _| answer.clone());
    }
    answer_one(&|world, suggestion| SuggestionAnswer::Accept { read: world.read_for(suggestion) });
}

#[test]
fn each_event_type_has_a_golden_file_that_reads_and_writes_the_same_bytes() {
    let made = one_of_each();
    for (declared, version) in all_declared().flat_map(|known| (1..=known.version).map(move |version| (known, version)))
    {
        let name = declared.name;
        let path = golden().join(format!("{name}.{version}.json"));
        if !path.exists() && version == declared.version && std::env::var_os("RENKEI_WRITE_GOLDEN").is_some() {
            let authored = made.get(name).unwrap_or_else(|| panic!("the world makes no {name}"));
            std::fs::write(&path, authored.encode()).expect("written");
        }
        let bytes = std::fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let authored = Authored::decode(name, version, &bytes).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(authored.event.name(), name);
        assert_eq!(String::from_utf8_lossy(&authored.encode()), String::from_utf8_lossy(&bytes), "{name}");
    }
}

/// Collects the path of every field of an event. All elements of a list share one path.
fn fields(of: &serde_json::Value, way: &str, into: &mut BTreeSet<String>) {
    match of {
        serde_json::Value::Object(known) => {
            for (name, value) in known {
                let way = format!("{way}.{name}");
                fields(value, &way, into);
                into.insert(way);
            }
        }
        serde_json::Value::Array(known) => known.iter().for_each(|value| fields(value, &format!("{way}[]"), into)),
        _ => {}
    }
}

#[test]
fn an_event_has_no_field_that_its_released_version_does_not_have() {
    let fields_in = |bytes: &[u8]| {
        let mut found = BTreeSet::new();
        fields(&serde_json::from_slice(bytes).expect("JSON"), "", &mut found);
        found
    };
    for (name, authored) in one_of_each() {
        let path = golden().join(format!("{name}.{}.json", authored.event.version()));
        let released = fields_in(&std::fs::read(&path).expect("released"));
        let new: Vec<String> = fields_in(&authored.encode()).difference(&released).cloned().collect();
        assert_eq!(new, Vec::<String>::new(), "{name}: a new field is a new version");
    }
}

#[test]
fn an_event_of_a_newer_release_is_refused_by_name() {
    let unknown = Authored::decode("SealGiven", 1, b"{}");
    assert_eq!(unknown, Err(UndecodableEvent::Unknown { name: "SealGiven".into(), version: 1 }));
    let newer = Authored::decode("PlanOpened", 2, b"{}");
    assert_eq!(newer, Err(UndecodableEvent::Unknown { name: "PlanOpened".into(), version: 2 }));
    assert!(matches!(
        Authored::decode("InitiativesShared", 3, b"{}"),
        Err(UndecodableEvent::Unknown { version: 3, .. })
    ));
    let other = Authored {
        post: "担当".into(),
        on_behalf_of: None,
        event: PlanEvent::InitiativesShared { initiatives: Vec::new(), rows: Vec::new() }.into(),
    };
    assert!(matches!(Authored::decode("PlanOpened", 1, &other.encode()), Err(UndecodableEvent::Malformed { .. })));
}
