//! Tests that every field of every command has a limit: a value of exactly the limit is accepted; a value one larger is
//! refused, and nothing is stored.

use std::sync::Arc;

use crate::world::{World, officer};
use renkei_document::document::{
    AgreementText, Article, Chapter, Document, FORMAT, FrontMatter, Heading, Initiative, PlanKind, PlanTable, Section,
};
use renkei_document::figure::{Figure, FigureKind, Indicator, Measured, State, Stated};
use renkei_document::finding::{Finding, Notice, Place};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_document::locus::Source;
use renkei_document::particulars::{Particulars, Partner, TargetGroup};
use renkei_document::party::{Party as NamedParty, PartyKey, PartyKind};
use renkei_document::passage::Passage;
use renkei_document::time::Hlc;
use renkei_domain::agreement::Agreement;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::evidence::command::EvidenceCommand;
use renkei_domain::evidence::command::{DeclineRows, ImportDocument};
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::indicator::{IndicatorDefinition, Target};
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::organisation::{Deputation, OrganisationChange};
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::plan::command::{SuggestEdit, SuggestionAnswer};
use renkei_domain::plan::suggestion::Suggestion;
use renkei_domain::plan::{Item, Standing, Wording};
use renkei_domain::refusal::{Measure, Refusal};
use renkei_domain::shared_fact::command::FactDeed;
use renkei_domain::shared_fact::{FactMember, Reporting};
use renkei_domain::view::Viewer;

fn nothing<T>() -> Id<T> {
    Id::new(uuid::Uuid::nil())
}

fn long(letters: usize) -> String {
    "あ".repeat(letters)
}

fn wording() -> Wording {
    Wording { divisions: vec!["しごと課".into()], text: Passage::words("相談を行う。"), ..Wording::default() }
}

fn with_items(items: Vec<String>) -> Wording {
    let item = |text: String| Item { mark: String::new(), passage: Passage::words(text) };
    Wording { items: items.into_iter().map(item).collect(), ..wording() }
}

/// Returns a wording whose items together have `letters` characters.
fn whole(letters: usize) -> Wording {
    let mut items: Vec<String> = std::iter::repeat_n(long(4_000), letters / 4_000).collect();
    items.push(long(letters % 4_000));
    Wording { text: Passage::words(""), ..with_items(items) }
}

fn with(partner: Partner) -> Wording {
    Wording { particulars: Particulars { with: vec![partner], ..Particulars::default() }, ..wording() }
}

/// A measure (the kind of a limit), and a function that returns a value of a given size.
type OfSize<T> = (Measure, fn(usize) -> T);

/// All parts of a row's wording that have a limit.
const WORDINGS: [OfSize<Wording>; 10] = [
    (Measure::RowText, |n| Wording { text: Passage::words(long(n)), ..wording() }),
    (Measure::Item, |n| with_items(vec![long(n)])),
    (Measure::Items, |n| with_items(vec!["あ".into(); n])),
    (Measure::Row, whole),
    (Measure::Divisions, |n| Wording { divisions: vec!["課".into(); n], ..wording() }),
    (Measure::Name, |n| Wording { divisions: vec![long(n)], ..wording() }),
    (Measure::Row, |n| Wording { divisions_printed: Some(long(n)), ..wording() }),
    (Measure::Partners, |n| {
        let with = vec![Partner { organisation: "市".into(), divisions: Vec::new() }; n];
        Wording { particulars: Particulars { with, ..Particulars::default() }, ..wording() }
    }),
    (Measure::Name, |n| with(Partner { organisation: long(n), divisions: Vec::new() })),
    (Measure::Divisions, |n| with(Partner { organisation: "市".into(), divisions: vec!["課".into(); n] })),
];

fn row(text: String) -> Initiative {
    Initiative {
        id: None,
        party: PartyKey::new("city"),
        number: 1,
        mark: None,
        divisions: vec!["しごと課".into()],
        divisions_printed: None,
        text,
        items: Vec::new(),
        item_marks: Vec::new(),
        particulars: Default::default(),
        repeated: false,
        figures: Vec::new(),
        lines: Vec::new(),
    }
}

fn section(title: String, initiatives: Vec<Initiative>) -> Section {
    Section { id: None, number: 1, title, lead: None, initiatives, source: None }
}

fn table(year: i16, chapters: Vec<Chapter>) -> PlanTable {
    PlanTable { id: None, fiscal_year: FiscalYear(year), kind: PlanKind::Result, title: "報告".into(), chapters }
}

fn chapter(title: String, sections: Vec<Section>) -> Chapter {
    Chapter { number: 1, title, sections, source: None }
}

fn document(rows: Vec<Initiative>) -> Document {
    let plans = vec![table(1990, vec![chapter("柱".into(), vec![section("項目".into(), rows)])])];
    Document { format: FORMAT.into(), plans, ..Document::default() }
}

fn figure() -> Figure {
    Figure {
        observation: None,
        label: "件数".into(),
        state: State::None,
        value: None,
        unit: None,
        kind: FigureKind::Actual,
        as_of: None,
        period: None,
        event_dates: Vec::new(),
        scope: None,
        qualifier: None,
        provisional: false,
        source: Source::none(),
        span: None,
    }
}

fn with_figure(figure: Figure) -> Document {
    document(vec![Initiative { figures: vec![figure], ..row("あ".into()) }])
}

fn of_articles(paragraphs: Vec<String>) -> Document {
    let articles = vec![Article { number: 1, heading: None, paragraphs }];
    Document { agreement: Some(AgreementText { articles, ..AgreementText::default() }), ..Document::default() }
}

/// All parts of a document that have a limit.
const DOCUMENTS: [OfSize<Document>; 29] = [
    (Measure::Rows, |n| document(vec![row("あ".into()); n])),
    (Measure::RowText, |n| document(vec![row(long(n))])),
    (Measure::Item, |n| document(vec![Initiative { items: vec![long(n)], ..row("あ".into()) }])),
    (Measure::Items, |n| document(vec![Initiative { items: vec!["あ".into(); n], ..row("あ".into()) }])),
    (Measure::Row, |n| {
        let items = std::iter::repeat_n(long(4_000), n / 4_000).chain([long(n % 4_000)]).collect();
        document(vec![Initiative { items, ..row(String::new()) }])
    }),
    (Measure::Divisions, |n| document(vec![Initiative { divisions: vec!["課".into(); n], ..row("あ".into()) }])),
    (Measure::Name, |n| document(vec![Initiative { divisions: vec![long(n)], ..row("あ".into()) }])),
    (Measure::Title, |n| {
        let plans = vec![table(1990, vec![chapter(long(n), Vec::new())])];
        Document { plans, ..Document::default() }
    }),
    (Measure::Lead, |n| {
        let section = Section { lead: Some(long(n)), ..section("項目".into(), Vec::new()) };
        Document { plans: vec![table(1990, vec![chapter("柱".into(), vec![section])])], ..Document::default() }
    }),
    (Measure::Sections, |n| {
        let sections = vec![section("項目".into(), Vec::new()); n];
        Document { plans: vec![table(1990, vec![chapter("柱".into(), sections)])], ..Document::default() }
    }),
    (Measure::Chapters, |n| Document {
        plans: vec![table(1990, vec![chapter("柱".into(), Vec::new()); n])],
        ..Document::default()
    }),
    (Measure::Figures, |n| document(vec![Initiative { figures: vec![figure(); n], ..row("あ".into()) }])),
    (Measure::Lines, |n| document(vec![Initiative { lines: vec![1; n], ..row("あ".into()) }])),
    (Measure::Name, |n| document(vec![Initiative { party: PartyKey::new(long(n)), ..row("あ".into()) }])),
    (Measure::Name, |n| document(vec![Initiative { mark: Some(long(n)), ..row("あ".into()) }])),
    (Measure::TargetGroups, |n| {
        let particulars = Particulars { target_groups: vec![TargetGroup::Youth; n], ..Particulars::default() };
        document(vec![Initiative { particulars, ..row("あ".into()) }])
    }),
    (Measure::Name, |n| {
        let with = vec![Partner { organisation: "市".into(), divisions: vec![long(n)] }];
        document(vec![Initiative { particulars: Particulars { with, ..Particulars::default() }, ..row("あ".into()) }])
    }),
    (Measure::Label, |n| with_figure(Figure { label: long(n), ..figure() })),
    (Measure::Together, |n| {
        with_figure(Figure { event_dates: vec!["2027-03".parse().expect("a month"); n], ..figure() })
    }),
    (Measure::Source, |n| with_figure(Figure { source: Source::of_line(1, long(n)), ..figure() })),
    (Measure::Rows, |n| Document { figures: vec![figure(); n], ..Document::default() }),
    (Measure::Paragraphs, |n| {
        let heading = Heading { level: 1, text: "見出し".into(), source: Source::none() };
        Document { headings: vec![heading; n], ..Document::default() }
    }),
    (Measure::Title, |n| {
        let heading = Heading { level: 1, text: long(n), source: Source::none() };
        Document { headings: vec![heading], ..Document::default() }
    }),
    (Measure::Title, |n| Document { title: Some(long(n)), ..Document::default() }),
    (Measure::Paragraph, |n| Document {
        front_matter: FrontMatter { purpose: vec![long(n)], ..FrontMatter::default() },
        ..Document::default()
    }),
    (Measure::Paragraphs, |n| {
        let front_matter = FrontMatter { issuers: vec!["市".into(); n], ..FrontMatter::default() };
        Document { front_matter, ..Document::default() }
    }),
    (Measure::Paragraph, |n| of_articles(vec![long(n)])),
    (Measure::Paragraphs, |n| of_articles(vec!["項".into(); n - 1])),
    (Measure::Tables, |n| {
        let tables = (0..n).map(|year| table(1900 + i16::try_from(year).expect("small"), Vec::new()));
        Document { plans: tables.collect(), ..Document::default() }
    }),
];

struct Case<'a> {
    world: &'a World,
    what: String,
    of: Measure,
    command: Box<dyn Fn(usize) -> Command + 'a>,
}

impl Case<'_> {
    fn told(&self, found: usize) -> Vec<Refusal> {
        let actor = Actor::Operator { post: "事務局".into() };
        let now = jiff::Timestamp::from_second(1_900_000_000).expect("a time");
        let made = std::cell::Cell::new(7);
        let random = move || renkei_domain::record::facts::scrambled(made.replace(made.get() + 1));
        let facts = renkei_domain::record::facts::Facts::new(actor, now, random);
        let decided = renkei_domain::decide::decide(&facts, &self.world.dossiers, (self.command)(found));
        let reasons = decided.err().unwrap_or_default();
        reasons.into_iter().filter(|reason| matches!(reason, Refusal::TooMuch(_))).collect()
    }

    #[track_caller]
    fn check(&self) {
        let most = self.of.most();
        assert_eq!(self.told(most), [], "{}: {most} are taken", self.what);
        let told = self.told(most + 1);
        let is_told = |reason: &Refusal| matches!(reason, Refusal::TooMuch(excess) if excess.of == self.of && excess.found == most + 1);
        assert!(told.iter().any(is_told), "{}: {told:?}", self.what);
        for reason in told {
            assert!(reason.message().contains(&most.to_string()), "{}", reason.message());
            assert_ne!(reason.message(), reason.message_in(Language::English));
        }
    }
}

fn report(label: String, unit: Option<String>) -> impl Fn(Id<id::Party>) -> Command {
    move |party| {
        Command::Indicator(IndicatorCommand::ReportObservation {
            party,
            indicator: Indicator { label: label.clone(), unit: unit.clone(), scope: None, qualifier: None },
            kind: FigureKind::Actual,
            measured: Measured::default(),
            stated: Stated::Value { value: 1.into(), provisional: false },
        })
    }
}

/// A field, its measure, and a function that returns a command in which the field has a given size.
type Made = (&'static str, Measure, Box<dyn Fn(usize) -> Command>);

#[derive(Clone, Copy)]
struct Ids {
    agreement: Id<Agreement>,
    party: Id<id::Party>,
    draft: Id<id::Plan>,
    home: Id<id::Section>,
    /// A row that the party has shown, and the other party's suggestion for it.
    row: Id<id::Initiative>,
    suggestion: Id<Suggestion>,
    evidence: Id<id::Evidence>,
}

fn import(Ids { agreement, party, .. }: Ids, file_name: String, document: Document) -> Command {
    let (digest, findings) = ("11".into(), Vec::new());
    let import = ImportDocument { agreement, by: party, file_name, digest, document, findings, merge: None };
    Command::Evidence(EvidenceCommand::ImportDocument(Box::new(import)))
}

/// Number of characters stored for a finding in addition to its text:
/// `[{"code":"text.unread","facts":{"text":""}},{"line":null}]`.
const REST_OF_A_FINDING: usize = 58;

fn finding(text: String) -> Finding {
    Finding::new(Notice::TextUnread { text }, Place::whole())
}

fn noticed(ids: Ids, noticed: Vec<Finding>) -> Command {
    match import(ids, "a".into(), document(Vec::new())) {
        Command::Evidence(EvidenceCommand::ImportDocument(import)) => {
            Command::Evidence(EvidenceCommand::ImportDocument(Box::new(ImportDocument {
                findings: noticed,
                ..*import
            })))
        }
        other => other,
    }
}

fn of_wordings(Ids { agreement, party, draft, home, row, .. }: Ids) -> Vec<Made> {
    let mut made: Vec<Made> = Vec::new();
    for (of, words) in WORDINGS {
        made.push((
            "draft",
            of,
            Box::new(move |n| {
                let wording = words(n);
                Command::Plan(PlanCommand::DraftInitiative {
                    agreement,
                    party,
                    plan: draft,
                    section: home,
                    after: None,
                    wording,
                })
            }),
        ));
        made.push((
            "reword",
            of,
            Box::new(move |n| {
                Command::Plan(PlanCommand::RewordInitiative {
                    agreement,
                    initiative: row,
                    base: None,
                    wording: words(n),
                })
            }),
        ));
        made.push((
            "suggest",
            of,
            Box::new(move |n| {
                let (base, reason) = (Hlc::default(), "理由".into());
                let suggest = SuggestEdit { agreement, by: party, initiative: row, base, wording: words(n), reason };
                Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest)))
            }),
        ));
    }
    made
}

fn of_documents(ids: Ids) -> Vec<Made> {
    let made = DOCUMENTS
        .map(|(of, document)| -> Made { ("import", of, Box::new(move |n| import(ids, "a".into(), document(n)))) });
    made.into()
}

fn of_agreements(ids: Ids) -> Vec<Made> {
    let Ids { agreement, party, row, evidence, .. } = ids;
    let conclude = |parties: usize, name: String, title: String| {
        let (key, kind, short_name) = (PartyKey::new("city"), PartyKind::LocalGovernment, None);
        let parties = vec![NamedParty { key, kind, name, short_name }; parties];
        let text = AgreementText { title: Some(title), parties, ..AgreementText::default() };
        Command::ConcludeAgreement { text: Box::new(text) }
    };
    vec![
        ("findings", Measure::Findings, Box::new(move |n| noticed(ids, vec![finding("あ".into()); n]))),
        // A finding also stores its code, its marks and its place.
        ("finding", Measure::Source, Box::new(move |n| noticed(ids, vec![finding(long(n - REST_OF_A_FINDING))]))),
        ("conclude", Measure::Parties, Box::new(move |n| conclude(n, "みどり市".into(), "協定".into()))),
        ("conclude name", Measure::Name, Box::new(move |n| conclude(2, long(n), "協定".into()))),
        ("conclude title", Measure::Title, Box::new(move |n| conclude(2, "みどり市".into(), long(n)))),
        ("file name", Measure::FileName, Box::new(move |n| import(ids, long(n), document(Vec::new())))),
        (
            "decline",
            Measure::Reason,
            Box::new(move |n| {
                Command::Evidence(EvidenceCommand::DeclineRows(DeclineRows {
                    agreement,
                    party,
                    evidence,
                    reason: long(n),
                }))
            }),
        ),
        (
            "undo",
            Measure::Reason,
            Box::new(move |n| Command::Evidence(EvidenceCommand::UndoImport { agreement, evidence, reason: long(n) })),
        ),
        (
            "open",
            Measure::Title,
            Box::new(move |n| {
                let (fiscal_year, kind, title) = (FiscalYear(2040), PlanKind::Plan, long(n));
                Command::Plan(PlanCommand::OpenPlan { agreement, party, fiscal_year, kind, title, like: None })
            }),
        ),
        (
            "share",
            Measure::Rows,
            Box::new(move |n| {
                Command::Plan(PlanCommand::ShareInitiatives { agreement, party, initiatives: vec![row; n] })
            }),
        ),
    ]
}

fn of_rows_and_values(Ids { agreement, party, row, suggestion, .. }: Ids) -> Vec<Made> {
    vec![
        (
            "suggestion's reason",
            Measure::Reason,
            Box::new(move |n| {
                let (base, reason) = (Hlc::default(), long(n));
                let suggest = SuggestEdit { agreement, by: party, initiative: row, base, wording: wording(), reason };
                Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest)))
            }),
        ),
        (
            "decline",
            Measure::Reason,
            Box::new(move |n| {
                let answer = SuggestionAnswer::Decline { reason: long(n) };
                Command::Plan(PlanCommand::AnswerSuggestion { agreement, suggestion, answer })
            }),
        ),
        ("report", Measure::Label, Box::new(move |n| report(long(n), None)(party))),
        ("unit", Measure::Label, Box::new(move |n| report("件数".into(), Some(long(n)))(party))),
        (
            "correct",
            Measure::Reason,
            Box::new(move |n| {
                let stated = Stated::Value { value: 1.into(), provisional: false };
                Command::Indicator(IndicatorCommand::CorrectObservation {
                    party,
                    observation: nothing(),
                    stated,
                    reason: long(n),
                })
            }),
        ),
        (
            "identify",
            Measure::Name,
            Box::new(move |n| {
                let (former, latter) = (long(n), "課".into());
                Command::Organisation(OrganisationCommand::IdentifyDivisions {
                    party,
                    former,
                    latter,
                    since: FiscalYear(2026),
                    same: true,
                })
            }),
        ),
    ]
}

fn of_organisations(Ids { agreement, party, .. }: Ids) -> Vec<Made> {
    let day = jiff::civil::date(2026, 4, 1);
    let change =
        move |change| Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes: vec![change] });
    vec![
        (
            "deputy",
            Measure::Reason,
            Box::new(move |n| {
                let named = Deputation { post: nothing(), deputy: nothing(), from: day, until: None, reason: long(n) };
                Command::Organisation(OrganisationCommand::NameDeputy { party, named })
            }),
        ),
        (
            "changes",
            Measure::Changes,
            Box::new(move |n| {
                let ended = OrganisationChange::PostEnded { post: nothing(), from: day };
                Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes: vec![ended; n] })
            }),
        ),
        (
            "rename",
            Measure::Name,
            Box::new(move |n| {
                change(OrganisationChange::DivisionRenamed {
                    division: nothing(),
                    from: day,
                    name: long(n),
                    kind: "課".into(),
                })
            }),
        ),
        (
            "area",
            Measure::Name,
            Box::new(move |n| {
                change(OrganisationChange::AreaChanged { division: nothing(), from: day, area: Some(long(n)) })
            }),
        ),
        (
            "ended",
            Measure::Ended,
            Box::new(move |n| {
                let (divisions, successors) = (vec![nothing(); n], Vec::new());
                change(OrganisationChange::DivisionsEnded { divisions, from: day, successors })
            }),
        ),
        (
            "review",
            Measure::Together,
            Box::new(move |n| {
                let entry = (renkei_domain::record::chain::DossierKey::Agreement(agreement), 1);
                Command::Organisation(OrganisationCommand::AfterReview { party, decided: vec![entry; n] })
            }),
        ),
    ]
}

fn of_indicators(Ids { agreement, party, .. }: Ids) -> Vec<Made> {
    let describe = move |definition| {
        let definition = Box::new(definition);
        Command::Indicator(IndicatorCommand::Describe { party, indicator: nothing(), definition })
    };
    let state = move |name: String, members: usize| {
        let member = FactMember { party, of: Reporting::Indicator(nothing()) };
        let deed = FactDeed::State { fact: None, name, members: vec![member; members] };
        Command::SharedFact { agreement, party, deed }
    };
    vec![
        (
            "merge",
            Measure::Together,
            Box::new(move |n| {
                Command::Indicator(IndicatorCommand::Merge { party, kept: nothing(), same: vec![nothing(); n] })
            }),
        ),
        (
            "part",
            Measure::Together,
            Box::new(move |n| Command::Indicator(IndicatorCommand::Part { party, indicators: vec![nothing(); n] })),
        ),
        (
            "meaning",
            Measure::Definition,
            Box::new(move |n| describe(IndicatorDefinition { meaning: long(n), ..IndicatorDefinition::default() })),
        ),
        (
            "caution",
            Measure::Definition,
            Box::new(move |n| describe(IndicatorDefinition { caution: long(n), ..IndicatorDefinition::default() })),
        ),
        (
            "keeper",
            Measure::Name,
            Box::new(move |n| describe(IndicatorDefinition { division: long(n), ..IndicatorDefinition::default() })),
        ),
        (
            "target",
            Measure::Reason,
            Box::new(move |n| {
                let target = Target { by: "2027-03".parse().expect("a month"), value: None, note: long(n) };
                Command::Indicator(IndicatorCommand::SetTarget { party, indicator: nothing(), target })
            }),
        ),
        ("fact", Measure::Title, Box::new(move |n| state(long(n), 2))),
        ("members", Measure::Members, Box::new(move |n| state("面接会".into(), n))),
        (
            "explain",
            Measure::Reason,
            Box::new(move |n| Command::SharedFact {
                agreement,
                party,
                deed: FactDeed::Explain { fact: nothing(), reason: long(n) },
            }),
        ),
    ]
}

fn all(ids: Ids) -> impl Iterator<Item = Made> {
    let made = [of_wordings, of_documents, of_agreements, of_rows_and_values, of_organisations, of_indicators];
    made.into_iter().flat_map(move |made| made(ids))
}

#[test]
fn every_field_of_every_command_has_its_limit() {
    let mut world = World::after(&[]);
    let (agreement, [party, other]) = (world.agreement, world.parties);
    let row = world.draft(party, true);
    let (base, reason) = (world.base_of(row, Viewer::Party(other)), "理由".to_owned());
    let suggest = SuggestEdit { agreement, by: other, initiative: row, base, wording: wording(), reason };
    world.act(officer(other), Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest)))).expect("suggested");
    let known = &world.dossiers.agreements[&agreement];
    let suggestion = *known.suggestions.keys().next().expect("suggested");
    let evidence = *known.evidence.keys().next().expect("imported");
    let plans = &world.dossiers.agreements[&agreement].plans;
    let (draft, opened) = plans.iter().find(|(_, plan)| plan.fiscal_year == FiscalYear(2027)).expect("opened");
    let home = opened.sections().next().expect("a section").id;
    let ids = Ids { agreement, party, draft: *draft, home, row, suggestion, evidence };
    for (what, of, command) in all(ids) {
        Case { world: &world, what: format!("{what} {of:?}"), of, command }.check();
    }
}

/// Measures that count stored data; each has its own test below.
const OF_WHAT_IS_KEPT: [Measure; 5] = [
    Measure::Wordings,
    Measure::OpenSuggestions,
    Measure::OpenSuggestionsOfParty,
    Measure::Corrections,
    Measure::Versions,
];

#[test]
fn every_measure_has_a_case() {
    let world = World::after(&[]);
    let (agreement, [party, _]) = (world.agreement, world.parties);
    let (draft, home, row, suggestion, evidence) = (nothing(), nothing(), nothing(), nothing(), nothing());
    let ids = Ids { agreement, party, draft, home, row, suggestion, evidence };
    let met: Vec<Measure> = all(ids).map(|(_, of, _)| of).chain(OF_WHAT_IS_KEPT).collect();
    let without: Vec<_> = Measure::ALL.into_iter().filter(|of| !met.contains(of)).collect();
    assert_eq!(without, []);
}

/// Repeats a command until the limit is reached; the next command must be refused.
#[track_caller]
fn so_often(world: &mut World, of: Measure, deed: impl Fn(&World, usize) -> Command) {
    for n in 0..of.most() {
        let command = deed(world, n);
        world.act(Actor::Operator { post: "事務局".into() }, command).expect("done");
    }
    once_too_often(world, of, deed);
}

#[track_caller]
fn once_too_often(world: &mut World, of: Measure, deed: impl Fn(&World, usize) -> Command) {
    let command = deed(world, 9_999);
    let refused = world.act(Actor::Operator { post: "事務局".into() }, command).expect_err("too often");
    assert!(matches!(&refused[..], [Refusal::TooMuch(excess)] if excess.of == of), "{refused:?}");
}

fn drafted(world: &mut World) -> Id<id::Initiative> {
    world.draft_in_private(0, 0, 1);
    let rows = &world.dossiers.agreements[&world.agreement].initiatives;
    rows.iter().find(|(_, row)| row.standing == Standing::Private).map(|(id, _)| *id).expect("drafted")
}

/// Each save adds to the history of a row, until the limit is reached.
#[test]
fn the_wordings_of_a_row_are_limited() {
    let mut world = World::after(&[]);
    let (initiative, agreement) = (drafted(&mut world), world.agreement);
    so_often(&mut world, Measure::Wordings, |_, n| {
        let wording = Wording { text: Passage::words(format!("{n}回目")), ..wording() };
        Command::Plan(PlanCommand::RewordInitiative { agreement, initiative, base: None, wording })
    });
}

/// Returns a world with a row that is shown to the second party, and a function that makes a suggestion for it.
fn with_a_row_to_suggest_for() -> (World, impl Fn(&World, usize) -> Command) {
    let mut world = World::after(&[]);
    let (initiative, agreement, [party, by]) = (drafted(&mut world), world.agreement, world.parties);
    let share = Command::Plan(PlanCommand::ShareInitiatives { agreement, party, initiatives: vec![initiative] });
    world.act(Actor::Operator { post: "事務局".into() }, share).expect("shown");
    let suggest = move |world: &World, n: usize| {
        let (base, reason) = (world.base_of(initiative, Viewer::Party(by)), "理由".into());
        let wording = Wording { text: Passage::words(format!("{n}回目")), ..wording() };
        Command::Plan(PlanCommand::SuggestEdit(Box::new(SuggestEdit {
            agreement,
            by,
            initiative,
            base,
            wording,
            reason,
        })))
    };
    (world, suggest)
}

#[test]
fn the_open_suggestions_for_a_row_are_limited() {
    let (mut world, suggest) = with_a_row_to_suggest_for();
    so_often(&mut world, Measure::OpenSuggestions, suggest);
}

#[test]
fn the_open_suggestions_of_a_party_are_limited() {
    let (mut world, suggest) = with_a_row_to_suggest_for();
    let one = suggest(&world, 0);
    world.act(Actor::Operator { post: "事務局".into() }, one).expect("suggested");
    let dossier = Arc::make_mut(world.dossiers.agreements.get_mut(&world.agreement).expect("concluded"));
    let known = dossier.suggestions.values().next().expect("waits").clone();
    let of_another_row = Arc::new(Suggestion { initiative: nothing(), ..(*known).clone() });
    for n in 1..Measure::OpenSuggestionsOfParty.most() {
        dossier.suggestions.insert(Id::new(uuid::Uuid::from_u128(n as u128)), Arc::clone(&of_another_row));
    }
    once_too_often(&mut world, Measure::OpenSuggestionsOfParty, suggest);
}

#[test]
fn the_corrections_of_a_value_are_limited() {
    let mut world = World::after(&[]);
    let party = world.parties[0];
    let first = report("件数".into(), None)(party);
    world.act(Actor::Operator { post: "事務局".into() }, first).expect("reported");
    let observation = *world.dossiers.parties[&party].observations.keys().next().expect("reported");
    so_often(&mut world, Measure::Corrections, |_, n| {
        let stated = Stated::Value { value: (n + 10).into(), provisional: false };
        Command::Indicator(IndicatorCommand::CorrectObservation { party, observation, stated, reason: "誤記".into() })
    });
}

#[test]
fn the_definitions_of_an_indicator_are_limited() {
    let mut world = World::after(&[]);
    let party = world.parties[0];
    let first = report("件数".into(), None)(party);
    world.act(Actor::Operator { post: "事務局".into() }, first).expect("reported");
    let indicator = *world.dossiers.parties[&party].indicators.keys().next().expect("reported");
    so_often(&mut world, Measure::Versions, |_, n| {
        let (meaning, division) = (format!("{n}回目"), "しごと課".into());
        let definition = IndicatorDefinition { meaning, division, ..IndicatorDefinition::default() };
        Command::Indicator(IndicatorCommand::Describe { party, indicator, definition: Box::new(definition) })
    });
}
