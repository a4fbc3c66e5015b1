//! Tests who owns the rows and values that a command changes (touches). Tries every command on the actor's own data, on
//! the other side's data, on hidden data, and on data of both.

use std::collections::{BTreeSet, HashSet};

use crate::world::{World, agreement_text, document_of, officer, operator};
use renkei_document::document::{Document, PlanKind};
use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::passage::Passage;
use renkei_document::time::Hlc;
use renkei_document::wareki::AsOf;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::edition::refusal::EditionRefusal;
use renkei_domain::evidence::command::EvidenceCommand;
use renkei_domain::evidence::command::{DeclineRows, ImportDocument, Merge};
use renkei_domain::evidence::refusal::EvidenceRefusal;
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::indicator::{IndicatorDefinition, Target};
use renkei_domain::organisation::Deputation;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::ownership::touched;
use renkei_domain::plan::Wording;
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::plan::command::{SuggestEdit, SuggestionAnswer};
use renkei_domain::plan::refusal::DraftRefusal;
use renkei_domain::refusal::Refusal;
use renkei_domain::shared_fact::command::FactDeed;

/// A world with documents and drafts of both sides.
struct Town {
    world: World,
    city: Id<id::Party>,
    bureau: Id<id::Party>,
    /// Three documents: imported by the operator and taken over by both parties; imported by the city; imported by the
    /// bureau.
    documents: [Id<id::Evidence>; 3],
    /// Three drafts: shown by the city; shown by the bureau; private to the bureau.
    rows: [Id<id::Initiative>; 3],
}

const CITYS: usize = 0;
const SHOWN: usize = 1;
const HIDDEN: usize = 2;

/// The owners of the rows and values that a command touches.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Touches {
    Nobody,
    City,
    Bureau,
    Both,
    /// The command names something that the city may not know, or that does not exist.
    Unknown(Refusal),
}

use Touches::{Both, Bureau, City, Nobody};

type Case = (&'static str, Touches, fn(&Town) -> Command);

impl Town {
    fn new() -> Self {
        let mut world = World::after(&[]);
        let [city, bureau] = world.parties;
        let first = *world.dossiers.agreements[&world.agreement].evidence.keys().next().expect("imported");
        for party in world.parties {
            let command =
                Command::Evidence(EvidenceCommand::TakeOverRows { agreement: world.agreement, party, evidence: first });
            world.act(operator(), command).expect("taken over");
        }
        let mut import = |actor: Actor, by, year, over: &[Id<id::Party>]| {
            let command = importing(&world, by, document_of(FiscalYear(year)), None);
            world.act(actor.clone(), command).expect("imported");
            let (id, _) = world.dossiers.agreements[&world.agreement]
                .evidence
                .iter()
                .max_by_key(|(_, e)| e.at)
                .expect("imported");
            let evidence = *id;
            for party in over {
                let command = Command::Evidence(EvidenceCommand::TakeOverRows {
                    agreement: world.agreement,
                    party: *party,
                    evidence,
                });
                world.act(actor.clone(), command).expect("taken over");
            }
            evidence
        };
        let documents = [
            import(operator(), city, 2023, &[city, bureau]),
            import(officer(city), city, 2022, &[city]),
            import(officer(bureau), bureau, 2021, &[bureau]),
        ];
        let rows = [(city, true), (bureau, true), (bureau, false)].map(|(party, shown)| world.draft(party, shown));
        for (by, row) in [(bureau, rows[CITYS]), (city, rows[SHOWN])] {
            let suggest = suggesting(&world, by, row);
            world.act(officer(by), suggest).expect("suggested");
        }
        Self { world, city, bureau, documents, rows }
    }

    fn touches(&self, command: &Command) -> Touches {
        let seen = self.world.dossiers.seen_by(officer(self.city).viewer());
        match touched(seen, command) {
            Ok(parties) if parties.is_empty() => Nobody,
            Ok(parties) if parties == HashSet::from([self.city]) => City,
            Ok(parties) if parties == HashSet::from([self.bureau]) => Bureau,
            Ok(_) => Both,
            Err(refusal) => Touches::Unknown(refusal),
        }
    }

    fn row(&self, row: usize) -> (Id<renkei_domain::agreement::Agreement>, Id<id::Initiative>) {
        (self.world.agreement, self.rows[row])
    }
}

pub fn importing(world: &World, by: Id<id::Party>, document: Document, merge: Option<Merge>) -> Command {
    let digest = format!("{by} {} {}", document.plans[0].fiscal_year, merge.is_some());
    let (agreement, file_name, findings) = (world.agreement, "文書.txt".to_owned(), Vec::new());
    Command::Evidence(EvidenceCommand::ImportDocument(Box::new(ImportDocument {
        agreement,
        by,
        file_name,
        digest,
        document,
        findings,
        merge,
    })))
}

fn suggesting(world: &World, by: Id<id::Party>, initiative: Id<id::Initiative>) -> Command {
    let (agreement, reason) = (world.agreement, "わかりやすくするため".to_owned());
    let row = &world.dossiers.agreements[&agreement].initiatives[&initiative];
    let seen = world.dossiers.seen_by(officer(by).viewer()).agreement(agreement).expect("concluded");
    let base = seen.wordings(row).present().at;
    Command::Plan(PlanCommand::SuggestEdit(Box::new(SuggestEdit {
        agreement,
        by,
        initiative,
        base,
        wording: words(),
        reason,
    })))
}

fn words() -> Wording {
    let text = Passage::words("別の言い方で行う。".to_owned());
    Wording { divisions: vec!["しごと課".into()], text, ..Wording::default() }
}

/// Commands on documents and agreements.
const DOCUMENTS: [Case; 13] = [
    // The text only names its parties, so it belongs to nobody; see `only_the_operator_concludes_an_agreement`.
    ("of any parties", Nobody, |_| Command::ConcludeAgreement { text: Box::new(agreement_text()) }),
    ("a new year", City, |t| importing(&t.world, t.city, document_of(FiscalYear(2020)), None)),
    ("a new year in the bureau's name", Bureau, |t| importing(&t.world, t.bureau, document_of(FiscalYear(2020)), None)),
    ("merged over rows of both", City, |t| {
        importing(&t.world, t.city, document_of(FiscalYear(2023)), Some(Merge::default()))
    }),
    ("rows that both have taken over", Both, |t| undoing(t, 0)),
    ("own rows, while the bureau's wait", City, |t| undoing(t, 1)),
    ("what the bureau brought", Bureau, |t| undoing(t, 2)),
    ("own rows of the bureau's document", City, |t| taking_over(t, t.city, 2)),
    ("the bureau's rows", Bureau, |t| taking_over(t, t.bureau, 1)),
    ("own rows of the bureau's document, declined", City, |t| declining(t, t.city, 2)),
    ("the bureau's rows, declined", Bureau, |t| declining(t, t.bureau, 1)),
    ("rows that were taken over, declined", City, |t| declining(t, t.city, 0)),
    ("a document that never was", Touches::Unknown(Refusal::EvidenceUnknown), |t| {
        Command::Evidence(EvidenceCommand::UndoImport {
            agreement: t.world.agreement,
            evidence: never(),
            reason: "誤り".to_owned(),
        })
    }),
];

/// Commands on drafts and suggestions.
const DRAFTS: [Case; 24] = [
    ("own", City, |t| reword(t, CITYS)),
    ("shown", Bureau, |t| reword(t, SHOWN)),
    ("hidden", UNKNOWN, |t| reword(t, HIDDEN)),
    ("own", City, |t| shift(t, CITYS)),
    ("shown", Bureau, |t| shift(t, SHOWN)),
    ("hidden", UNKNOWN, |t| shift(t, HIDDEN)),
    ("own", City, |t| repeat(t, CITYS, true)),
    ("shown", Bureau, |t| repeat(t, SHOWN, true)),
    ("hidden", UNKNOWN, |t| repeat(t, HIDDEN, true)),
    ("own", City, |t| repeat(t, CITYS, false)),
    ("shown", Bureau, |t| repeat(t, SHOWN, false)),
    ("hidden", UNKNOWN, |t| repeat(t, HIDDEN, false)),
    ("own", City, |t| withdraw(t, CITYS)),
    ("shown", Bureau, |t| withdraw(t, SHOWN)),
    ("hidden", UNKNOWN, |t| withdraw(t, HIDDEN)),
    ("own", City, |t| share(t, t.city, &[CITYS])),
    ("own and shown", Both, |t| share(t, t.city, &[CITYS, SHOWN])),
    ("own and hidden", UNKNOWN, |t| share(t, t.city, &[CITYS, HIDDEN])),
    ("for what is shown", City, |t| suggesting(&t.world, t.city, t.rows[SHOWN])),
    ("for what is hidden", UNKNOWN, |t| suggesting(&t.world, t.city, t.rows[HIDDEN])),
    ("accepting what the bureau suggests", City, |t| answer(t, t.bureau, accept())),
    ("accepting what the city suggests", Bureau, |t| answer(t, t.city, accept())),
    ("withdrawing what the bureau suggests", Bureau, |t| answer(t, t.bureau, SuggestionAnswer::Withdraw)),
    ("one that never was", Touches::Unknown(Refusal::Draft(DraftRefusal::SuggestionUnknown)), |t| {
        Command::Plan(PlanCommand::AnswerSuggestion {
            agreement: t.world.agreement,
            suggestion: never(),
            answer: accept(),
        })
    }),
];

const UNKNOWN: Touches = Touches::Unknown(Refusal::InitiativeUnknown);

/// Commands in a party's name.
const IN_A_NAME: [fn(&Town, Id<id::Party>) -> Command; 18] = [
    |t, party| {
        Command::Plan(PlanCommand::OpenPlan {
            agreement: t.world.agreement,
            party,
            fiscal_year: FiscalYear(2030),
            kind: PlanKind::Plan,
            title: "計画".to_owned(),
            like: None,
        })
    },
    |t, party| {
        let (plan, sections) = t.world.draft_plan();
        let (agreement, section) = (t.world.agreement, sections[0]);
        Command::Plan(PlanCommand::DraftInitiative { agreement, party, plan, section, after: None, wording: words() })
    },
    |t, party| {
        let (plan, agreement) = (t.world.draft_plan().0, t.world.agreement);
        Command::Plan(PlanCommand::CarryOverInitiatives { agreement, party, plan, from: t.world.recorded_plan() })
    },
    |_, party| {
        Command::Indicator(IndicatorCommand::ReportObservation {
            party,
            indicator: Indicator { label: "相談".to_owned(), unit: None, scope: None, qualifier: None },
            kind: FigureKind::Actual,
            measured: Measured::default(),
            stated: value(),
        })
    },
    |t, party| {
        let observation = *t.world.dossiers.parties[&party].observations.keys().next().expect("reported");
        Command::Indicator(IndicatorCommand::CorrectObservation {
            party,
            observation,
            stated: value(),
            reason: "再集計".to_owned(),
        })
    },
    |t, party| freezing(t, party),
    |_, party| Command::Organisation(OrganisationCommand::SetHouseStyle { party, style: crate::world::style(1) }),
    |_, party| {
        Command::Organisation(OrganisationCommand::IdentifyDivisions {
            party,
            former: "しごと課".to_owned(),
            latter: "しごと未来課".to_owned(),
            since: FiscalYear(2026),
            same: true,
        })
    },
    |_, party| Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes: Vec::new() }),
    |_, party| {
        let (post, deputy, from) = (never(), never(), jiff::civil::date(2026, 4, 1));
        let named = Deputation { post, deputy, from, until: None, reason: "出張".to_owned() };
        Command::Organisation(OrganisationCommand::NameDeputy { party, named })
    },
    |_, party| {
        Command::Organisation(OrganisationCommand::EndDeputy {
            party,
            deputation: never(),
            until: jiff::civil::date(2026, 4, 1),
        })
    },
    |_, party| Command::Organisation(OrganisationCommand::AfterReview { party, decided: Vec::new() }),
    |t, party| {
        let definition = Box::new(IndicatorDefinition {
            meaning: "開いた回数".to_owned(),
            division: "しごと課".to_owned(),
            ..IndicatorDefinition::default()
        });
        let indicator = t.indicator(party);
        Command::Indicator(IndicatorCommand::Describe { party, indicator, definition })
    },
    |t, party| {
        let kept = t.indicator(party);
        Command::Indicator(IndicatorCommand::Merge { party, kept, same: vec![kept] })
    },
    |t, party| Command::Indicator(IndicatorCommand::Part { party, indicators: vec![t.indicator(party)] }),
    |t, party| {
        let target = Target { by: AsOf::end_of_month(2027, 3), value: Some(9.into()), note: String::new() };
        Command::Indicator(IndicatorCommand::SetTarget { party, indicator: t.indicator(party), target })
    },
    |t, party| {
        let deed = FactDeed::State { fact: None, name: "相談会".to_owned(), members: Vec::new() };
        Command::SharedFact { agreement: t.world.agreement, party, deed }
    },
    |t, party| suggesting(&t.world, party, t.rows[if party == t.city { SHOWN } else { CITYS }]),
];

impl Town {
    fn indicator(&self, party: Id<id::Party>) -> Id<Indicator> {
        *self.world.dossiers.parties[&party].indicators.keys().next().expect("defined")
    }
}

fn never<T>() -> Id<T> {
    Id::new(uuid::Uuid::from_u128(7))
}

fn value() -> Stated {
    Stated::Value { value: 99.into(), provisional: false }
}

fn undoing(town: &Town, document: usize) -> Command {
    let (agreement, evidence) = (town.world.agreement, town.documents[document]);
    Command::Evidence(EvidenceCommand::UndoImport { agreement, evidence, reason: "誤り".to_owned() })
}

fn taking_over(town: &Town, party: Id<id::Party>, document: usize) -> Command {
    Command::Evidence(EvidenceCommand::TakeOverRows {
        agreement: town.world.agreement,
        party,
        evidence: town.documents[document],
    })
}

fn declining(town: &Town, party: Id<id::Party>, document: usize) -> Command {
    let (agreement, evidence) = (town.world.agreement, town.documents[document]);
    Command::Evidence(EvidenceCommand::DeclineRows(DeclineRows {
        agreement,
        party,
        evidence,
        reason: "所管しないため".to_owned(),
    }))
}

fn freezing(town: &Town, by: Id<id::Party>) -> Command {
    town.world.freezing(by, FiscalYear(2026))
}

fn reword(town: &Town, row: usize) -> Command {
    let (agreement, initiative) = town.row(row);
    Command::Plan(PlanCommand::RewordInitiative { agreement, initiative, base: None, wording: words() })
}

fn shift(town: &Town, row: usize) -> Command {
    let (agreement, initiative) = town.row(row);
    Command::Plan(PlanCommand::MoveInitiative {
        agreement,
        initiative,
        section: town.world.draft_plan().1[1],
        after: None,
    })
}

fn repeat(town: &Town, row: usize, stands: bool) -> Command {
    let ((agreement, initiative), section) = (town.row(row), town.world.draft_plan().1[1]);
    match stands {
        true => Command::Plan(PlanCommand::RepeatInitiative { agreement, initiative, section }),
        false => Command::Plan(PlanCommand::RemoveRepeat { agreement, initiative, section }),
    }
}

fn withdraw(town: &Town, row: usize) -> Command {
    let (agreement, initiative) = town.row(row);
    Command::Plan(PlanCommand::WithdrawInitiative { agreement, initiative })
}

fn share(town: &Town, party: Id<id::Party>, rows: &[usize]) -> Command {
    let initiatives = rows.iter().map(|row| town.rows[*row]).collect();
    Command::Plan(PlanCommand::ShareInitiatives { agreement: town.world.agreement, party, initiatives })
}

fn accept() -> SuggestionAnswer {
    SuggestionAnswer::Accept { read: Hlc::default() }
}

/// Returns a command that answers this party's suggestion.
fn answer(town: &Town, by: Id<id::Party>, answer: SuggestionAnswer) -> Command {
    let agreement = town.world.agreement;
    let known = &town.world.dossiers.agreements[&agreement].suggestions;
    let suggestion = *known.iter().find(|(_, known)| known.party == by).expect("suggested").0;
    Command::Plan(PlanCommand::AnswerSuggestion { agreement, suggestion, answer })
}

/// Returns the number of a command's variant. A new command does not compile until it has a number here.
fn place_of(command: &Command) -> usize {
    match command {
        Command::ConcludeAgreement { .. } => 0,
        Command::Evidence(EvidenceCommand::ImportDocument(_)) => 1,
        Command::Evidence(EvidenceCommand::UndoImport { .. }) => 2,
        Command::Evidence(EvidenceCommand::TakeOverRows { .. }) => 3,
        Command::Plan(PlanCommand::OpenPlan { .. }) => 4,
        Command::Plan(PlanCommand::DraftInitiative { .. }) => 5,
        Command::Plan(PlanCommand::RewordInitiative { .. }) => 6,
        Command::Plan(PlanCommand::MoveInitiative { .. }) => 7,
        Command::Plan(PlanCommand::CarryOverInitiatives { .. }) => 8,
        Command::Plan(PlanCommand::RepeatInitiative { .. }) => 9,
        Command::Plan(PlanCommand::RemoveRepeat { .. }) => 10,
        Command::Plan(PlanCommand::SuggestEdit(_)) => 11,
        Command::Plan(PlanCommand::AnswerSuggestion { .. }) => 12,
        Command::Plan(PlanCommand::WithdrawInitiative { .. }) => 13,
        Command::Plan(PlanCommand::ShareInitiatives { .. }) => 14,
        Command::Indicator(IndicatorCommand::ReportObservation { .. }) => 15,
        Command::Indicator(IndicatorCommand::CorrectObservation { .. }) => 16,
        Command::FreezeEdition(_) => 17,
        Command::Organisation(OrganisationCommand::SetHouseStyle { .. }) => 18,
        Command::Organisation(OrganisationCommand::IdentifyDivisions { .. }) => 19,
        Command::Organisation(OrganisationCommand::ChangeOrganisation { .. }) => 20,
        Command::Organisation(OrganisationCommand::NameDeputy { .. }) => 21,
        Command::Organisation(OrganisationCommand::EndDeputy { .. }) => 22,
        Command::Organisation(OrganisationCommand::AfterReview { .. }) => 23,
        Command::Indicator(IndicatorCommand::Describe { .. }) => 24,
        Command::Indicator(IndicatorCommand::Merge { .. }) => 25,
        Command::Indicator(IndicatorCommand::Part { .. }) => 26,
        Command::Indicator(IndicatorCommand::SetTarget { .. }) => 27,
        Command::SharedFact { .. } => 28,
        Command::Evidence(EvidenceCommand::DeclineRows(_)) => 29,
    }
}

const COMMANDS: usize = 30;

/// Lets the city's officer perform a command. Checks whose data the command touches, that it is refused if any of the
/// data is not the city's, and that the bureau's data stays unchanged in any case.
fn check(whose: &str, expected: &Touches, make: impl Fn(&Town) -> Command) -> usize {
    let mut town = Town::new();
    let command = make(&town);
    let (place, told) = (place_of(&command), format!("{whose}: {command:?}"));
    assert_eq!(town.touches(&command), *expected, "{told}");
    let before = town.world.owned_by(town.bureau);
    let undoes = matches!(command, Command::Evidence(EvidenceCommand::UndoImport { .. }));
    let done = town.world.act(officer(town.city), command);
    let name = town.world.dossiers.parties[&town.bureau].name.clone();
    match expected {
        Touches::Unknown(refusal) => assert_eq!(done, Err(vec![refusal.clone()]), "{told}"),
        Both if undoes => assert_eq!(
            done,
            Err(vec![Refusal::Evidence(EvidenceRefusal::TakenOverByOthers { parties: vec![name] })]),
            "{told}"
        ),
        Bureau | Both => assert_eq!(done, Err(vec![Refusal::NotYourParty]), "{told}"),
        City | Nobody => assert!(!done.is_err_and(|reasons| reasons.contains(&Refusal::NotYourParty)), "{told}"),
    }
    assert_eq!(town.world.owned_by(town.bureau), before, "{told}");
    place
}

#[test]
fn a_command_that_changes_data_of_others_is_refused() {
    let mut walked = BTreeSet::new();
    for (whose, expected, make) in DOCUMENTS.into_iter().chain(DRAFTS) {
        walked.insert(check(whose, &expected, make));
    }
    for make in IN_A_NAME {
        walked.insert(check("in the own name", &City, |town| make(town, town.city)));
        walked.insert(check("in the bureau's name", &Bureau, |town| make(town, town.bureau)));
    }
    assert_eq!(walked, (0..COMMANDS).collect(), "each command is walked");
}

/// Rows that their party has not taken over are not that party's statements, so no edition prints them.
#[test]
fn no_edition_is_made_while_rows_of_a_party_wait() {
    let mut town = Town::new();
    let (year, city, bureau) = (FiscalYear(2023), town.city, town.bureau);
    let freezing = town.world.freezing(city, year);
    let waits = Refusal::Edition(EditionRefusal::RowsWait { party: "労働局".to_owned(), rows: 1 });
    assert_eq!(town.world.act(officer(city), freezing), Err(vec![waits]));
    let take_over = taking_over(&town, bureau, 1);
    town.world.act(officer(bureau), take_over).expect("taken over");
    let freezing = town.world.freezing(city, year);
    town.world.act(officer(city), freezing).expect("frozen");
}

/// Rows that their party has declined no longer prevent an edition.
#[test]
fn an_edition_is_made_once_the_rows_that_wait_are_declined() {
    let mut town = Town::new();
    let (year, city, bureau) = (FiscalYear(2023), town.city, town.bureau);
    let decline = declining(&town, bureau, 1);
    town.world.act(officer(bureau), decline).expect("declined");
    let freezing = town.world.freezing(city, year);
    town.world.act(officer(city), freezing).expect("frozen");
}

/// The page shows the button if and only if the command would succeed.
#[test]
fn an_import_can_be_undone_exactly_if_the_button_is_shown() {
    for document in 0..3 {
        for actor in [|t: &Town| officer(t.city), |t: &Town| officer(t.bureau), |_: &Town| operator()] {
            let mut town = Town::new();
            let (agreement, actor) = (town.world.agreement, actor(&town));
            let may = {
                let seen = town.world.dossiers.seen_by(actor.viewer()).agreement(agreement).expect("concluded");
                seen.may_undo(town.documents[document])
            };
            let command = undoing(&town, document);
            assert_eq!(town.world.act(actor.clone(), command).is_ok(), may, "{document} {actor:?}");
        }
    }
}

/// Anybody can write any party's name in a text, so an officer cannot conclude an agreement. The refusal is the same
/// whether or not the agreement is known.
#[test]
fn only_the_operator_concludes_an_agreement() {
    let named = |names: [&str; 2]| {
        let mut text = agreement_text();
        text.title = Some("別の協定".to_owned());
        text.parties.iter_mut().zip(names).for_each(|(party, name)| party.name = name.to_owned());
        Command::ConcludeAgreement { text: Box::new(text) }
    };
    let third = ["となり市", "みどり労働組合"];
    for names in [third, ["みどり市", "みどり労働組合"], ["みどり市", "厚生労働省あおば労働局"]]
    {
        let mut town = Town::new();
        let registered = town.world.dossiers.parties.len();
        let city = officer(town.city);
        assert_eq!(town.world.act(city.clone(), named(names)), Err(vec![Refusal::NoAgreementOfYours]), "{names:?}");
        assert_eq!(town.world.dossiers.parties.len(), registered, "{names:?}");
        town.world.act(operator(), named(names)).expect("concluded");
        assert_eq!(town.world.act(city, named(names)), Err(vec![Refusal::NoAgreementOfYours]), "{names:?}");
    }
}

/// An actor whose party is not a party of an agreement learns nothing about the agreement from any command.
#[test]
fn an_agreement_of_others_is_unknown() {
    let mut town = Town::new();
    let mut text = agreement_text();
    text.title = Some("となりの協定".to_owned());
    text.parties[0].name = "となり市".to_owned();
    town.world.act(operator(), Command::ConcludeAgreement { text: Box::new(text) }).expect("concluded");
    let neighbour = town.world.dossiers.party_named("となり市").expect("registered");
    for (whose, _, make) in DOCUMENTS.into_iter().chain(DRAFTS).skip(1) {
        let command = make(&town);
        let told = format!("{whose}: {command:?}");
        assert_eq!(town.world.act(officer(neighbour), command), Err(vec![Refusal::AgreementUnknown]), "{told}");
    }
}
