//! The test world: a small invented agreement of a city and a labour bureau, with one imported year and a plan to
//! draft. A deed is one random command that a test performs in it.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use renkei_document::document::{AgreementText, Chapter, Document, FORMAT, Initiative, PlanKind, PlanTable, Section};
use renkei_document::edition::canonical;
use renkei_document::figure::{Figure, FigureKind, Indicator, Measured, Span, State, Stated};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::house_style::{HouseStyle, NumberStyle, PersonCounter};
use renkei_document::id::{self, Id};
use renkei_document::locus::Source;
use renkei_document::party::{Party as NamedParty, PartyKey, PartyKind};
use renkei_document::passage::Passage;
use renkei_document::time::Hlc;
use renkei_domain::agreement::Agreement;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::decide::decide;
use renkei_domain::edition::EditionFile;
use renkei_domain::edition::command::FreezeEdition;
use renkei_domain::evidence::command::EvidenceCommand;
use renkei_domain::evidence::command::{DeclineRows, ImportDocument, Merge};
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::organisation::{Deputation, HeldPost, OrganisationChange, Place, Post};
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::plan::command::{SuggestEdit, SuggestionAnswer};
use renkei_domain::plan::suggestion::Suggestion;
use renkei_domain::plan::{Initiative as Row, Standing, Wording};
use renkei_domain::record::agreement_dossier::{Counted, Rows};
use renkei_domain::record::chain::{ChainKey, DossierKey, Order};
use renkei_domain::record::dossiers::Dossiers;
use renkei_domain::record::entry::Entry;
use renkei_domain::record::facts::{Facts, scrambled};
use renkei_domain::record::party_dossier::PartyDossier;
use renkei_domain::refusal::Refusal;
use renkei_domain::view::Viewer;

/// One random command; the numbers select the kind of command and its target.
#[derive(Debug, Clone, Copy)]
pub struct Deed {
    kind: u8,
    one: u16,
    other: u16,
    /// Index of the party whose officer performs the deed: 0 or 1.
    pub party: usize,
}

impl Deed {
    pub fn is_of_an_officer(&self) -> bool {
        self.kind < BY_THE_OPERATOR
    }
}

impl From<(u8, u16, u16, usize)> for Deed {
    fn from((kind, one, other, party): (u8, u16, u16, usize)) -> Self {
        Self { kind, one, other, party }
    }
}

/// A deed whose `kind` is this number or higher is performed by the operator, who acts for both parties.
pub const BY_THE_OPERATOR: u8 = 100;

#[derive(Clone)]
pub struct World {
    pub dossiers: Dossiers,
    pub entries: Vec<Entry>,
    pub parties: [Id<id::Party>; 2],
    pub agreement: Id<Agreement>,
    steps: i64,
}

impl World {
    pub fn after(deeds: &[Deed]) -> Self {
        let mut world = Self::concluded();
        for deed in deeds {
            // A deed may be refused; it then changes nothing.
            let _ = world.carry_out(deed);
        }
        world
    }

    fn concluded() -> Self {
        let nobody = [Id::new(uuid::Uuid::nil()); 2];
        let agreement = Id::new(uuid::Uuid::nil());
        let mut world =
            Self { dossiers: Dossiers::default(), entries: Vec::new(), parties: nobody, agreement, steps: 0 };
        world.act(operator(), Command::ConcludeAgreement { text: Box::new(agreement_text()) }).expect("concluded");
        world.agreement = *world.dossiers.agreements.keys().next().expect("an agreement");
        let concluded = world.dossiers.agreements[&world.agreement].agreement.clone().expect("concluded");
        world.parties = [concluded.parties[0].id, concluded.parties[1].id];
        let import = ImportDocument {
            agreement: world.agreement,
            by: world.parties[0],
            file_name: "昨年度.txt".into(),
            digest: "00".into(),
            document: document(),
            findings: Vec::new(),
            merge: None,
        };
        world.act(operator(), Command::Evidence(EvidenceCommand::ImportDocument(Box::new(import)))).expect("imported");
        let like = world.dossiers.agreements[&world.agreement].plans.keys().next().copied();
        let open = Command::Plan(PlanCommand::OpenPlan {
            agreement: world.agreement,
            party: world.parties[0],
            fiscal_year: FiscalYear(2027),
            kind: PlanKind::Plan,
            title: "令和9年度事業計画".into(),
            like,
        });
        world.act(operator(), open).expect("opened");
        world
    }

    pub fn act(&mut self, actor: Actor, command: Command) -> Result<(), Vec<Refusal>> {
        self.steps += 1;
        let now = Timestamp::from_millisecond(1_700_000_000_000 + self.steps).expect("a time");
        let made = Cell::new(1_000 * self.steps.unsigned_abs());
        let facts = Facts::new(actor, now, move || scrambled(made.replace(made.get() + 1)));
        for pending in decide(&facts, &self.dossiers, command)? {
            let ChainKey { party, dossier } = pending.chain;
            let time = self.dossiers.time_of_next(dossier, facts.now_millis());
            let order = Order { time, party, dossier, number: self.dossiers.head(pending.chain) + 1 };
            let entry = Entry { order, authored: Some(pending.authored) };
            self.dossiers.hear(&entry);
            self.entries.push(entry);
        }
        Ok(())
    }

    /// Lets an officer try one deed.
    pub fn carry_out(&mut self, deed: &Deed) -> Result<(), Vec<Refusal>> {
        let party = self.parties[deed.party];
        let actor = match deed.kind >= BY_THE_OPERATOR {
            true => operator(),
            false => officer(party),
        };
        let command = self.command(&Deed { kind: deed.kind % BY_THE_OPERATOR, ..*deed }, party);
        self.act(actor, command)
    }

    fn command(&self, deed: &Deed, party: Id<id::Party>) -> Command {
        match deed.kind {
            0..=6 => Command::Plan(self.plan_deed(deed, party)),
            7 | 11 | 21 => Command::Evidence(self.evidence_deed(deed, party)),
            8 => self.correction(deed, party),
            10 => self.merging(party, i64::from(deed.one)),
            14 => Command::Organisation(OrganisationCommand::IdentifyDivisions {
                party,
                former: "しごと課".into(),
                latter: format!("しごと未来{}課", deed.one % 3),
                since: FiscalYear(2026),
                same: deed.other.is_multiple_of(2),
            }),
            12 => self.freezing(party, FiscalYear(2026 + i16::from(deed.one.is_multiple_of(4)))),
            15 => self.reorganisation(party, deed.one, deed.other),
            22 => self.deputising(party, deed.one, deed.other),
            16..=20 => self.drafting(deed, party),
            13 => Command::Organisation(OrganisationCommand::SetHouseStyle { party, style: style(deed.one) }),
            kind if crate::indicator::world::KINDS.contains(&kind) => {
                self.figure_deed(kind, (deed.one, deed.other), party)
            }
            _ => Command::Indicator(IndicatorCommand::ReportObservation {
                party,
                indicator: Indicator {
                    label: format!("相談件数{}", deed.one % 3),
                    unit: Some("件".into()),
                    scope: None,
                    qualifier: None,
                },
                kind: FigureKind::Actual,
                measured: Measured::default(),
                stated: Stated::Value { value: deed.other.into(), provisional: false },
            }),
        }
    }

    fn plan_deed(&self, deed: &Deed, party: Id<id::Party>) -> PlanCommand {
        let agreement = self.agreement;
        let dossier = &self.dossiers.agreements[&agreement];
        let pick = |count: usize, n: u16| usize::from(n) % count.max(1);
        let initiative = self.row(deed.one, |row| row.party == party);
        let (plan, sections) = self.draft_plan();
        let section = sections[pick(sections.len(), deed.one)];
        let known = dossier.plans[&plan].sections().find(|known| known.id == section);
        let here = known.map(|known| known.rows_of_all_parties()).unwrap_or_default();
        let after =
            (!deed.other.is_multiple_of(4)).then(|| here.get(pick(here.len(), deed.other / 4)).copied()).flatten();
        let wording = words(deed.other);
        match deed.kind {
            0..=2 => PlanCommand::DraftInitiative { agreement, party, plan, section, after, wording },
            3 => PlanCommand::RewordInitiative { agreement, initiative, base: None, wording },
            4 => PlanCommand::MoveInitiative { agreement, initiative, section, after },
            5 => PlanCommand::WithdrawInitiative { agreement, initiative },
            _ => {
                let initiatives = self.some_drafts(deed, party);
                PlanCommand::ShareInitiatives { agreement, party, initiatives }
            }
        }
    }

    fn evidence_deed(&self, deed: &Deed, party: Id<id::Party>) -> EvidenceCommand {
        let agreement = self.agreement;
        let known: Vec<_> = self.dossiers.agreements[&agreement].evidence.keys().copied().collect();
        let evidence = known[usize::from(deed.one) % known.len().max(1)];
        match deed.kind {
            7 => EvidenceCommand::TakeOverRows { agreement, party, evidence: known[0] },
            11 => EvidenceCommand::UndoImport { agreement, evidence, reason: "誤った文書".into() },
            _ => {
                let reason = "所管しないため".into();
                EvidenceCommand::DeclineRows(DeclineRows { agreement, party, evidence, reason })
            }
        }
    }

    /// Returns a row: for every eighth `n` any row, otherwise a row of the draft plan that satisfies `fits`.
    fn row(&self, n: u16, fits: impl Fn(&Row) -> bool) -> Id<id::Initiative> {
        let (plan, _) = self.draft_plan();
        let rows = self.dossiers.agreements[&self.agreement].initiatives.iter();
        let rows = rows.filter(|(_, row)| n.is_multiple_of(8) || row.plan == plan && fits(row));
        let rows: Vec<_> = rows.map(|(id, _)| *id).collect();
        rows.get(usize::from(n / 8) % rows.len().max(1)).copied().unwrap_or_else(|| Id::new(uuid::Uuid::nil()))
    }

    fn some_drafts(&self, deed: &Deed, party: Id<id::Party>) -> Vec<Id<id::Initiative>> {
        let draft = |n: u16| self.row(n, |row| row.party == party && row.standing == Standing::Private);
        let places = (0..=deed.other % 3).map(|place| deed.one.wrapping_add(place));
        let mut rows: Vec<_> = places.map(|place| draft(place.wrapping_mul(5))).collect();
        rows.dedup();
        rows
    }

    fn drafting(&self, deed: &Deed, party: Id<id::Party>) -> Command {
        let agreement = self.agreement;
        let own = !(18..=19).contains(&deed.kind);
        let initiative = self.row(deed.one, |row| (row.party == party) == own);
        let (plan, sections) = self.draft_plan();
        let section = sections[usize::from(deed.other) % sections.len()];
        match deed.kind {
            16 => Command::Plan(PlanCommand::RepeatInitiative { agreement, initiative, section }),
            17 => Command::Plan(PlanCommand::RemoveRepeat { agreement, initiative, section }),
            18 => {
                let base = self.base_of(initiative, Viewer::Party(party));
                let (wording, reason) = (words(deed.other), "分かりやすくするため".into());
                Command::Plan(PlanCommand::SuggestEdit(Box::new(SuggestEdit {
                    agreement,
                    by: party,
                    initiative,
                    base,
                    wording,
                    reason,
                })))
            }
            19 => self.answer(deed),
            _ => {
                Command::Plan(PlanCommand::CarryOverInitiatives { agreement, party, plan, from: self.recorded_plan() })
            }
        }
    }

    /// Returns the time that identifies the present wording of a row to a viewer.
    pub fn base_of(&self, initiative: Id<id::Initiative>, viewer: Viewer) -> Hlc {
        let view = self.dossiers.seen_by(viewer).agreement(self.agreement).expect("concluded");
        view.initiative(initiative).map(|seen| view.wordings(seen.initiative).present().at).unwrap_or_default()
    }

    /// Returns the time of the present wording of the row to which a suggestion belongs.
    pub fn read_for(&self, suggestion: Id<Suggestion>) -> Hlc {
        let dossier = &self.dossiers.agreements[&self.agreement];
        let row = dossier.suggestions.get(&suggestion).and_then(|known| {
            let row = dossier.initiatives.get(&known.initiative)?;
            let view = self.dossiers.seen_by(Viewer::Party(row.party)).agreement(self.agreement)?;
            Some(view.wordings(row).present().at)
        });
        row.unwrap_or_default()
    }

    fn answer(&self, deed: &Deed) -> Command {
        let agreement = self.agreement;
        let known: Vec<_> = self.dossiers.agreements[&agreement].suggestions.keys().copied().collect();
        let suggestion = match known.len() {
            0 => Id::new(uuid::Uuid::nil()),
            count => known[usize::from(deed.one) % count],
        };
        let answer = match deed.other % 3 {
            0 => SuggestionAnswer::Accept { read: self.read_for(suggestion) },
            1 => SuggestionAnswer::Decline { reason: "予算がないため".into() },
            _ => SuggestionAnswer::Withdraw,
        };
        Command::Plan(PlanCommand::AnswerSuggestion { agreement, suggestion, answer })
    }

    pub fn recorded_plan(&self) -> Id<id::Plan> {
        let plans = &self.dossiers.agreements[&self.agreement].plans;
        let recorded = plans.iter().find(|(_, plan)| plan.fiscal_year != FiscalYear(2027));
        recorded.map_or_else(|| Id::new(uuid::Uuid::nil()), |(id, _)| *id)
    }

    /// Returns a command that freezes an edition of a year's report, as all parties may read it.
    pub fn freezing(&self, by: Id<id::Party>, fiscal_year: FiscalYear) -> Command {
        let joint = self.dossiers.seen_by(Viewer::Joint(self.agreement)).agreement(self.agreement).expect("concluded");
        let document = joint.report(fiscal_year).unwrap_or_default();
        let digest = format!("{:064x}", canonical(&document).len());
        let pdf = EditionFile {
            name: "report.pdf".into(),
            media_type: "application/pdf".into(),
            digest: "00".into(),
            bytes: 9,
        };
        let (agreement, files) = (self.agreement, vec![pdf]);
        Command::FreezeEdition(Box::new(FreezeEdition { agreement, by, fiscal_year, document, digest, files }))
    }

    /// Returns a command that imports the first document again, with other figures, as a merge into its year.
    pub fn merging(&self, by: Id<id::Party>, more: i64) -> Command {
        let mut document = document_with(more + 1);
        let sections = &mut document.plans[0].chapters[0].sections;
        sections[1].initiatives[0].figures[0].label = format!("相談会 開催回数 {more}");
        sections[1].title = "項目2（改）".into();
        sections.truncate(if more % 3 == 0 { 1 } else { 2 });
        let merge = Some(Merge::default());
        let (file_name, digest) = (format!("確定{more}.txt"), format!("{more:04}"));
        let agreement = self.agreement;
        Command::Evidence(EvidenceCommand::ImportDocument(Box::new(ImportDocument {
            agreement,
            by,
            file_name,
            digest,
            document,
            findings: Vec::new(),
            merge,
        })))
    }

    /// Returns one random change; most are refused, and some would make cycles.
    fn reorganisation(&self, party: Id<id::Party>, one: u16, other: u16) -> Command {
        let organisation = &self.dossiers.parties[&party].organisation;
        let known: Vec<_> = organisation.divisions.keys().copied().collect();
        let pick = |n: u16| known.get(usize::from(n) % known.len().max(1)).copied();
        let from = jiff::civil::date(2025 + i16::try_from(one % 3).expect("small"), 4, 1);
        let (division, name, kind) = (pick(one / 3), format!("課{}課", other % 5), "課".to_owned());
        let change = match (other % 4, division) {
            (1, Some(division)) => OrganisationChange::DivisionRenamed { division, from, name, kind },
            (2, Some(division)) => OrganisationChange::DivisionMoved { division, from, parent: pick(other) },
            (3, Some(division)) => {
                let successors = pick(other).into_iter().collect();
                OrganisationChange::DivisionsEnded { divisions: vec![division], from, successors }
            }
            _ => {
                let division = Id::new(uuid::Uuid::from_u128(u128::from(other)));
                OrganisationChange::DivisionBegun { division, from, name, kind, parent: pick(one), area: None }
            }
        };
        Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes: vec![change] })
    }

    /// Begins a post, names a deputy, ends that or confirms what a deputy decided; most are refused.
    fn deputising(&self, party: Id<id::Party>, one: u16, other: u16) -> Command {
        let dossier = &self.dossiers.parties[&party];
        let organisation = &dossier.organisation;
        let nobody = || Id::new(uuid::Uuid::nil());
        let posts: Vec<Id<Post>> = organisation.posts.keys().copied().collect();
        let post =
            |n: u16| posts.get(usize::from(n) % posts.len().max(1)).copied().unwrap_or(Id::new(uuid::Uuid::nil()));
        let day = jiff::civil::date(2025, 4, 1 + i8::try_from(other % 28).expect("small"));
        Command::Organisation(match one % 4 {
            0 => {
                let division = organisation.divisions.keys().next().copied().unwrap_or(Id::new(uuid::Uuid::nil()));
                let place = Place { division, title: format!("職{}", other % 5), duties: Vec::new() };
                let post = Id::new(uuid::Uuid::from_u128(u128::from(other % 5)));
                let changes = vec![OrganisationChange::PostBegun { post, from: day, place }];
                OrganisationCommand::ChangeOrganisation { party, changes }
            }
            1 => {
                let (post, deputy, reason) = (post(one / 4), post(other), "出張".to_owned());
                let named = Deputation { post, deputy, from: day, until: None, reason };
                OrganisationCommand::NameDeputy { party, named }
            }
            2 => {
                let deputation = organisation.deputations.keys().next().copied().unwrap_or_else(nobody);
                OrganisationCommand::EndDeputy { party, deputation, until: day }
            }
            _ => {
                let decided = dossier.decided_meanwhile.keys().map(|order| (order.dossier, order.number)).collect();
                OrganisationCommand::AfterReview { party, decided }
            }
        })
    }

    fn correction(&self, deed: &Deed, party: Id<id::Party>) -> Command {
        let known: Vec<_> = self.dossiers.parties[&party].observations.keys().copied().collect();
        let observation = match known.len() {
            0 => Id::new(uuid::Uuid::nil()),
            count => known[usize::from(deed.one) % count],
        };
        let stated = Stated::Value { value: deed.other.into(), provisional: deed.one.is_multiple_of(2) };
        Command::Indicator(IndicatorCommand::CorrectObservation {
            party,
            observation,
            stated,
            reason: "集計の誤り".into(),
        })
    }

    pub fn draft_plan(&self) -> (Id<id::Plan>, Vec<Id<id::Section>>) {
        let plans = &self.dossiers.agreements[&self.agreement].plans;
        let (id, plan) = plans.iter().find(|(_, plan)| plan.fiscal_year == FiscalYear(2027)).expect("opened");
        (*id, plan.sections().map(|section| section.id).collect())
    }

    /// Drafts a private row of a party.
    pub fn draft_in_private(&mut self, party: usize, section: u16, secret: u16) {
        let (plan, sections) = self.draft_plan();
        let section = sections[usize::from(section) % sections.len()];
        let wording = Wording { text: Passage::words(format!("ひみつの案{secret}を行う。")), ..words(0) };
        let party = self.parties[party];
        let agreement = self.agreement;
        let command =
            Command::Plan(PlanCommand::DraftInitiative { agreement, party, plan, section, after: None, wording });
        self.act(holder(party, "担当"), command).expect("drafted");
    }

    /// Returns the same world as one side knows it: folded from the shared chains and that side's own chains.
    pub fn known_by(&self, party: Id<id::Party>) -> Self {
        let is_known =
            |entry: &&Entry| !matches!(entry.order.dossier, DossierKey::AgreementOwn(_)) || entry.order.party == party;
        let entries: Vec<Entry> = self.entries.iter().filter(is_known).cloned().collect();
        Self { dossiers: Dossiers::fold(entries.iter().cloned()), entries, ..*self }
    }

    /// Returns the private rows of both sides.
    pub fn private_rows(&self, dossiers: &Dossiers) -> Vec<Id<id::Initiative>> {
        let rows = dossiers.agreements.get(&self.agreement).into_iter().flat_map(|dossier| dossier.initiatives.iter());
        rows.filter(|(_, row)| row.standing == Standing::Private).map(|(id, _)| *id).collect()
    }

    /// Drafts a row of a party; if `shown` is true, also shows it to the other party.
    pub fn draft(&mut self, party: Id<id::Party>, shown: bool) -> Id<id::Initiative> {
        let ((plan, sections), agreement) = (self.draft_plan(), self.agreement);
        let known: Vec<_> = self.dossiers.agreements[&agreement].initiatives.keys().copied().collect();
        let (section, after, wording) = (sections[0], None, words(known.len().try_into().expect("small")));
        let command = Command::Plan(PlanCommand::DraftInitiative { agreement, party, plan, section, after, wording });
        self.act(officer(party), command).expect("drafted");
        let row = {
            let mut rows = self.dossiers.agreements[&agreement].initiatives.keys().copied();
            rows.find(|row| !known.contains(row)).expect("drafted")
        };
        if shown {
            let command = Command::Plan(PlanCommand::ShareInitiatives { agreement, party, initiatives: vec![row] });
            self.act(officer(party), command).expect("shown");
        }
        row
    }

    /// Returns all that a party owns: its own dossier, and its own rows with their wordings. The row's printed number
    /// and source lines are left out, because they belong to the document.
    pub fn owned_by(&self, party: Id<id::Party>) -> String {
        let seen = self.dossiers.seen_by(Viewer::Party(party)).agreement(self.agreement).expect("concluded");
        let rows = self.dossiers.agreements[&self.agreement].initiatives.iter();
        let own = rows.filter(|(_, row)| row.party == party && row.is_own()).map(|(id, row)| {
            let wordings: Vec<_> = seen.wordings(row).iter().collect();
            format!("{id} {:?} {:?} {:?} {wordings:?}", row.plan, row.standing, row.repeated_in)
        });
        format!("{:?} {}", self.dossiers.parties[&party], own.collect::<Vec<_>>().join("\n"))
    }

    pub fn private_rows_of(&self, party: Id<id::Party>) -> usize {
        let rows = self.dossiers.agreements[&self.agreement].initiatives.values();
        rows.filter(|row| row.party == party && row.standing == Standing::Private).count()
    }

    /// Returns all data from which pages, search, counts and exports are made.
    pub fn all_that_is_shown_to(&self, viewer: Viewer) -> String {
        let mut shown = String::new();
        for agreement in self.dossiers.seen_by(viewer).agreements() {
            for edition in agreement.edition_years().into_iter().flat_map(|year| agreement.editions_of(year)) {
                shown += &serde_json::to_string(edition).expect("serialises");
            }
            for year in agreement.report_years() {
                shown += &serde_json::to_string(&agreement.report(year)).expect("serialises");
                shown += &serde_json::to_string(&agreement.findings(year)).expect("serialises");
            }
            shown += &crate::indicator::world::indicators_shown(agreement);
            for (id, plan) in agreement.plans() {
                shown += &serde_json::to_string(&agreement.table(id)).expect("serialises");
                for (number, id, row) in plan.sections().flat_map(|section| agreement.rows(section)) {
                    shown += &format!("{number} {id} {:?}", row.standing);
                    shown += &format!("{:?} {:?}", agreement.suggestions(id), agreement.follows(id));
                    for (worded, wording) in agreement.wordings(row).iter() {
                        shown += &format!("{worded:?} {wording:?}");
                    }
                    for observation in row.wording.observations().filter_map(|id| agreement.observation(row, id)) {
                        shown += &format!("{observation:?} {:?}", agreement.history(row, observation.indicator_id));
                    }
                }
            }
        }
        shown
    }
}

/// Returns the faults in the agreements' dossiers: each row must be listed in one home section and in each section that
/// repeats it, and each plan of an imported document must exist.
pub fn faults_of_rows(dossiers: &Dossiers) -> Vec<String> {
    let mut faults = Vec::new();
    for dossier in dossiers.agreements.values() {
        for (id, row) in dossier.initiatives.iter() {
            let places: Vec<_> = dossier
                .plans
                .iter()
                .flat_map(|(plan, of_plan)| of_plan.sections().map(move |section| (*plan, section)))
                .flat_map(|(plan, section)| {
                    section.rows_of_all_parties().iter().filter(|row| *row == id).map(move |_| (plan, section.id))
                })
                .collect();
            let (repeats, homes) =
                places.iter().copied().partition::<Vec<_>, _>(|(_, section)| row.repeated_in.contains(section));
            let everywhere = repeats.len() == row.repeated_in.len() && places.iter().all(|(plan, _)| *plan == row.plan);
            if homes.len() != 1 || !everywhere {
                faults.push(format!("row {id} stands in {places:?}"));
            }
        }
        let listed =
            dossier.plans.values().flat_map(|plan| plan.sections()).flat_map(|section| section.rows_of_all_parties());
        faults.extend(listed.filter(|row| !dossier.initiatives.contains_key(row)).map(|row| format!("no row {row}")));
        let shown = dossier.evidence.values().flat_map(|evidence| &evidence.plans);
        faults.extend(shown.filter(|plan| !dossier.plans.contains_key(plan)).map(|plan| format!("no plan {plan}")));
        faults.extend(faults_of_standing(&dossier.initiatives));
        faults.extend(faults_of_counts(&dossier.initiatives));
    }
    faults.extend(dossiers.parties.values().flat_map(|party| faults_of_counting(party)));
    faults
}

/// Compares the index from observations to rows with a search of all rows, and returns the differences.
fn faults_of_standing(rows: &Rows) -> Vec<String> {
    let mut standing: HashMap<Id<id::Observation>, Vec<Id<id::Initiative>>> = HashMap::new();
    for (id, row) in rows.iter() {
        for observation in row.wording.observations().collect::<HashSet<_>>() {
            standing.entry(observation).or_default().push(*id);
        }
    }
    let wrong = standing.iter().filter(|(id, found)| !rows.with(**id).eq(found.iter().copied()));
    let wrong = wrong.map(|(id, found)| format!("{id} stands in {found:?}")).collect::<Vec<_>>();
    let known = standing.values().map(Vec::len).sum::<usize>();
    if rows.standing() == known { wrong } else { vec![format!("{} places of {known}", rows.standing())] }
}

/// Compares the stored counts of each plan and party with a count of all rows, and returns the differences.
fn faults_of_counts(rows: &Rows) -> Vec<String> {
    let mut counted: HashMap<(Id<id::Plan>, Id<id::Party>), Counted> = HashMap::new();
    for row in rows.values().filter(|row| row.is_own()) {
        let known = counted.entry((row.plan, row.party)).or_default();
        if row.standing == Standing::Private {
            known.private += 1;
            known.private_places += 1 + row.repeated_in.len();
        } else {
            known.shown += 1;
        }
    }
    let plans: HashSet<_> = rows.values().map(|row| row.plan).collect();
    let told = plans.into_iter().flat_map(|plan| rows.counted(plan).map(move |(party, told)| ((plan, party), told)));
    let told: HashMap<_, _> = told.collect();
    if told == counted { Vec::new() } else { vec![format!("{told:?} is counted of {counted:?}")] }
}

/// Compares a party's indexes of indicators and observations with a search of all of them, and returns the differences.
fn faults_of_counting(party: &PartyDossier) -> Vec<String> {
    let counted = |of: Id<Indicator>| {
        party
            .observations
            .iter()
            .filter(move |(_, known)| known.indicator == of)
            .map(|(id, _)| *id)
            .collect::<HashSet<_>>()
    };
    let indicators: HashSet<_> = party.observations.values().map(|known| known.indicator).collect();
    let mut wrong: Vec<_> = indicators
        .into_iter()
        .filter(|of| party.history(*of).into_iter().map(|(id, _)| id).collect::<HashSet<_>>() != counted(*of))
        .map(|of| format!("the history of {of}"))
        .collect();
    let unlike = |(_, indicator): &(&Id<Indicator>, &Arc<Indicator>)| {
        party.indicator_like(indicator).and_then(|id| party.indicators.get(&id)) != Some(*indicator)
    };
    wrong.extend(party.indicators.iter().filter(unlike).map(|(id, _)| format!("nothing like {id}")));
    wrong
}

/// Returns all faults of the dossiers. Decisions prevent faults of an organisation; the fold does not.
pub fn faults(dossiers: &Dossiers) -> Vec<String> {
    let organisations = dossiers.parties.values().flat_map(|party| party.organisation.faults());
    faults_of_rows(dossiers).into_iter().chain(organisations.map(|fault| format!("{fault:?}"))).collect()
}

/// Returns the number of observations whose indicator is not defined. The fold does not prevent such observations,
/// because a definition may be redacted later; only decisions do.
pub fn undefined(dossiers: &Dossiers) -> usize {
    let count = |party: &PartyDossier| {
        party.observations.values().filter(|observation| !party.indicators.contains_key(&observation.indicator)).count()
    };
    dossiers.parties.values().map(|party| count(party)).sum()
}

/// Returns the operator of a node that serves both parties.
pub fn operator() -> Actor {
    Actor::Operator { post: "事務局".into() }
}

fn words(n: u16) -> Wording {
    Wording {
        divisions: vec!["しごと課".into()],
        divisions_printed: None,
        text: Passage::words(format!("取組{n}を行う。")),
        items: Vec::new(),
        particulars: Default::default(),
    }
}

/// Returns one of several house styles; the first prints everything as written.
pub fn style(n: u16) -> HouseStyle {
    HouseStyle {
        numbers: [NumberStyle::AsWritten, NumberStyle::FullWidth, NumberStyle::Plain][usize::from(n % 3)],
        persons: [PersonCounter::AsWritten, PersonCounter::Mei][usize::from(n / 3 % 2)],
        ..HouseStyle::default()
    }
}

pub fn agreement_text() -> AgreementText {
    let party = |key: &str, kind, name: &str, short: &str| NamedParty {
        key: PartyKey::new(key),
        kind,
        name: name.into(),
        short_name: Some(short.into()),
    };
    AgreementText {
        title: Some("みどり市雇用対策協定".into()),
        parties: vec![
            party("city", PartyKind::LocalGovernment, "みどり市", "市"),
            party("labour_bureau", PartyKind::LabourBureau, "厚生労働省あおば労働局", "労働局"),
        ],
        ..AgreementText::default()
    }
}

/// Returns an officer of a party.
pub fn officer(party: Id<id::Party>) -> Actor {
    holder(party, "担当")
}

/// Returns the progress of a year with rows of both parties; the bureau's have no figures.
pub fn document_of(fiscal_year: FiscalYear) -> Document {
    let mut document = document_with(0);
    document.fiscal_year = Some(fiscal_year.next());
    for plan in &mut document.plans {
        plan.fiscal_year = fiscal_year;
        let sections = plan.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections);
        let rows = sections.flat_map(|section| &mut section.initiatives);
        rows.filter(|row| row.party == PartyKey::new("labour_bureau")).for_each(|row| row.figures.clear());
    }
    document
}

fn document() -> Document {
    document_with(0)
}

fn document_with(more: i64) -> Document {
    let rows = |party: &str, number: u32, value: i64| {
        let text = format!("相談会を{value}回開催した。");
        let start = text.find(&value.to_string()).expect("stands") as u32;
        let end = start + value.to_string().len() as u32;
        Initiative {
            id: None,
            party: PartyKey::new(party),
            number,
            mark: Some("①".into()),
            divisions: vec!["しごと課".into()],
            divisions_printed: None,
            text,
            items: vec!["実績なし".into()],
            item_marks: Vec::new(),
            particulars: Default::default(),
            repeated: false,
            figures: vec![figure("相談会 開催回数", value, Span { item: None, start, end })],
            lines: vec![10],
        }
    };
    let section = |number, initiatives| Section {
        id: None,
        number,
        title: format!("項目{number}"),
        lead: Some("市と労働局は、連携する。".into()),
        initiatives,
        source: None,
    };
    let sections = vec![
        section(1, vec![rows("city", 1, 4 + more), rows("labour_bureau", 2, 12)]),
        section(2, vec![rows("city", 1, 7)]),
    ];
    let chapters = vec![Chapter { number: 1, title: "柱".into(), sections, source: None }];
    let plan =
        PlanTable {
            id: None, fiscal_year: FiscalYear(2025), kind: PlanKind::Progress, title: "進捗".into(), chapters
        };
    Document { format: FORMAT.into(), fiscal_year: Some(FiscalYear(2026)), plans: vec![plan], ..Document::default() }
}

fn figure(label: &str, value: i64, span: Span) -> Figure {
    Figure {
        observation: None,
        label: label.into(),
        state: State::Value,
        value: Some(value.into()),
        unit: Some("回".into()),
        kind: FigureKind::Actual,
        as_of: None,
        period: None,
        event_dates: Vec::new(),
        scope: None,
        qualifier: None,
        provisional: false,
        source: Source::of_line(10, ""),
        span: Some(span),
    }
}

/// Returns an officer who holds this post, with every duty of a secretariat.
pub fn holder(party: Id<id::Party>, title: &str) -> Actor {
    holding(party, title, None)
}

/// Returns an officer who is deputy for this post of a secretariat; `own` is the post that the officer holds.
pub fn deputy(party: Id<id::Party>, title: &str, own: &str) -> Actor {
    holding(party, title, Some(own.to_owned()))
}

fn holding(party: Id<id::Party>, title: &str, deputy: Option<String>) -> Actor {
    let post = HeldPost {
        post: Id::new(uuid::Uuid::nil()),
        title: title.to_owned(),
        division: String::new(),
        answers_for: BTreeSet::new(),
        duties: vec![Duty::Secretariat],
        deputy,
    };
    Actor::Officer { party, posts: [post].into() }
}
