//! 限度の確かめ — checks every field of a command against the limits. Each command and struct is destructured with all its
//! fields, so that a new field cannot be forgotten.

use renkei_document::document::Document;
use renkei_document::figure::{Indicator, Measured};
use renkei_document::house_style::HouseStyle;
use renkei_document::id::{self, Id};
use renkei_document::particulars::{Particulars, Partner};
use renkei_document::passage::{Passage, Segment};

use crate::agreement::Agreement;
use crate::command::Command;
use crate::edition::EditionFile;
use crate::edition::command::FreezeEdition;
use crate::evidence::command::EvidenceCommand;
use crate::evidence::command::{DeclineRows, ImportDocument, Merge};
use crate::indicator::command::IndicatorCommand;
use crate::indicator::{IndicatorDefinition, QuotientOf, Target};
use crate::organisation::command::OrganisationCommand;
use crate::organisation::{Deputation, OrganisationChange, Place};
use crate::plan::command::PlanCommand;
use crate::plan::command::{SuggestEdit, SuggestionAnswer};
use crate::plan::suggestion::{Answer, Suggestion};
use crate::plan::{Item, Wording};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::dossiers::Dossiers;
use crate::record::party_dossier::PartyDossier;
use crate::refusal::{Excess, Measure, Refusal};
use crate::shared_fact::command::FactDeed;

/// Maximum number of exceeded limits that are reported; the first ones found are reported.
const MOST_TOLD: usize = 20;

/// Returns each part of a command that exceeds its limit, with its place.
pub fn excess(dossiers: &Dossiers, command: &Command) -> Vec<Refusal> {
    let mut found = Found::default();
    found.command(dossiers, command);
    found.0.into_iter().map(Refusal::TooMuch).collect()
}

/// Returns each part of a document that exceeds its limit. It runs before anything else is done with the document.
pub fn excess_of_document(document: &Document) -> Vec<Refusal> {
    let mut found = Found::default();
    found.document(document);
    found.0.into_iter().map(Refusal::TooMuch).collect()
}

#[derive(Default)]
pub(crate) struct Found(Vec<Excess>);

impl Found {
    pub(crate) fn count(&mut self, of: Measure, found: usize) {
        self.count_at(of, found, || None);
    }

    pub(crate) fn count_at(&mut self, of: Measure, found: usize, place: impl FnOnce() -> Option<String>) {
        if found > of.most() && self.0.len() < MOST_TOLD {
            self.0.push(Excess { of, place: place(), found });
        }
    }

    pub(crate) fn letters(&mut self, of: Measure, text: &str) {
        self.count(of, letters(text));
    }

    fn command(&mut self, dossiers: &Dossiers, command: &Command) {
        match command {
            Command::ConcludeAgreement { text } => self.agreement(text),
            Command::FreezeEdition(freeze) => self.edition(freeze),
            Command::Indicator(command) => self.indicator_command(dossiers, command),
            Command::SharedFact { agreement: _, party: _, deed } => self.fact(deed),
            Command::Evidence(command) => self.evidence_command(command),
            Command::Plan(command) => self.plan_command(dossiers, command),
            Command::Organisation(command) => self.organisation_command(command),
        }
    }

    fn evidence_command(&mut self, command: &EvidenceCommand) {
        match command {
            EvidenceCommand::ImportDocument(import) => self.import(import),
            EvidenceCommand::UndoImport { agreement: _, evidence: _, reason }
            | EvidenceCommand::DeclineRows(DeclineRows { agreement: _, party: _, evidence: _, reason }) => {
                self.letters(Measure::Reason, reason);
            }
            // Contains only ids, numbers and choices.
            EvidenceCommand::TakeOverRows { agreement: _, party: _, evidence: _ } => {}
        }
    }

    fn plan_command(&mut self, dossiers: &Dossiers, command: &PlanCommand) {
        match command {
            PlanCommand::OpenPlan { agreement: _, party: _, fiscal_year: _, kind: _, title, like: _ } => {
                self.letters(Measure::Title, title);
            }
            PlanCommand::DraftInitiative { agreement, party, plan, section: _, after: _, wording } => {
                self.wording(wording);
                self.rows(dossiers, *agreement, (*party, &[*plan]), 1);
            }
            PlanCommand::RewordInitiative { agreement, initiative, wording } => {
                self.wording(wording);
                self.history(dossiers, *agreement, *initiative);
            }
            PlanCommand::CarryOverInitiatives { agreement, party, plan, from } => {
                self.rows(dossiers, *agreement, (*party, &[*plan, *from]), 0);
            }
            PlanCommand::SuggestEdit(suggest) => self.suggestion(dossiers, suggest),
            PlanCommand::AnswerSuggestion { agreement, suggestion, answer } => {
                self.answer(dossiers, (*agreement, *suggestion), answer);
            }
            PlanCommand::ShareInitiatives { agreement: _, party: _, initiatives } => {
                self.count(Measure::Rows, initiatives.len());
            }
            PlanCommand::MoveInitiative { agreement: _, initiative: _, section: _, after: _ }
            | PlanCommand::RepeatInitiative { agreement: _, initiative: _, section: _ }
            | PlanCommand::RemoveRepeat { agreement: _, initiative: _, section: _ }
            | PlanCommand::WithdrawInitiative { agreement: _, initiative: _ } => {}
        }
    }

    fn organisation_command(&mut self, command: &OrganisationCommand) {
        match command {
            OrganisationCommand::IdentifyDivisions { party: _, former, latter, since: _, same: _ } => {
                [former, latter].into_iter().for_each(|name| self.letters(Measure::Name, name));
            }
            OrganisationCommand::ChangeOrganisation { party: _, changes } => {
                self.count(Measure::Changes, changes.len());
                changes.iter().for_each(|change| self.change(change));
            }
            OrganisationCommand::NameDeputy { party: _, named } => self.deputation(named),
            OrganisationCommand::AfterReview { party: _, decided } => self.count(Measure::Together, decided.len()),
            OrganisationCommand::EndDeputy { party: _, deputation: _, until: _ } => {}
            OrganisationCommand::SetHouseStyle { party: _, style } => {
                let HouseStyle { numbers: _, unit_blank: _, brackets: _, letters: _, persons: _, dates: _ } = style;
            }
        }
    }

    /// Counts the party's own rows of these plans plus the rows to be added.
    fn rows(
        &mut self,
        dossiers: &Dossiers,
        agreement: Id<Agreement>,
        (party, plans): (Id<id::Party>, &[Id<id::Plan>]),
        more: usize,
    ) {
        let known = dossiers.agreements.get(&agreement);
        let rows = known.map_or(0, |known| plans.iter().map(|plan| rows_of(known, party, *plan)).sum());
        self.count(Measure::Rows, rows + more);
    }

    fn deputation(&mut self, named: &Deputation) {
        let Deputation { post: _, deputy: _, from: _, until: _, reason } = named;
        self.letters(Measure::Reason, reason);
    }

    fn answer(
        &mut self,
        dossiers: &Dossiers,
        (agreement, suggestion): (Id<Agreement>, Id<Suggestion>),
        answer: &SuggestionAnswer,
    ) {
        match answer {
            SuggestionAnswer::Accept { wording } => {
                self.wording(wording);
                let known = dossiers.agreements.get(&agreement).and_then(|known| known.suggestions.get(&suggestion));
                known.into_iter().for_each(|known| self.history(dossiers, agreement, known.initiative));
            }
            SuggestionAnswer::Decline { reason } => self.letters(Measure::Reason, reason),
            SuggestionAnswer::Withdraw => {}
        }
    }

    /// The document is not measured: it is refused unless it equals the recorded content, which was measured on
    /// arrival.
    fn edition(&mut self, freeze: &FreezeEdition) {
        let FreezeEdition { agreement: _, by: _, fiscal_year: _, document: _, digest, files } = freeze;
        self.letters(Measure::FileName, digest);
        self.count(Measure::Together, files.len());
        for EditionFile { name, media_type, digest, bytes: _ } in files {
            [name, media_type, digest].into_iter().for_each(|text| self.letters(Measure::FileName, text));
        }
    }

    fn wording(&mut self, wording: &Wording) {
        let Wording { divisions, divisions_printed, text, items, particulars } = wording;
        let text = length(text);
        self.count(Measure::RowText, text);
        let letters_of = |Item { mark, passage }: &Item| letters(mark) + length(passage);
        let lengths: Vec<usize> = items.iter().map(letters_of).collect();
        for (place, item) in lengths.iter().enumerate().filter(|(_, item)| **item > Measure::Item.most()) {
            self.count_at(Measure::Item, *item, || Some(format!("({})", place + 1)));
        }
        self.count(Measure::Items, items.len());
        self.count(Measure::Row, text + lengths.iter().sum::<usize>());
        self.count(Measure::Figures, wording.observations().count());
        self.names(divisions);
        divisions_printed.iter().for_each(|printed| self.letters(Measure::Row, printed));
        self.particulars(particulars, &|| None);
    }

    pub(crate) fn particulars(&mut self, particulars: &Particulars, place: &dyn Fn() -> Option<String>) {
        let Particulars { with, target_groups, programme: _ } = particulars;
        self.count_at(Measure::Partners, with.len(), place);
        self.count_at(Measure::TargetGroups, target_groups.len(), place);
        for Partner { organisation, divisions } in with {
            self.count_at(Measure::Divisions, divisions.len(), place);
            let names = std::iter::once(organisation).chain(divisions);
            names.for_each(|name| self.count_at(Measure::Name, letters(name), place));
        }
    }

    fn names(&mut self, divisions: &[String]) {
        self.count(Measure::Divisions, divisions.len());
        divisions.iter().for_each(|name| self.letters(Measure::Name, name));
    }

    fn history(&mut self, dossiers: &Dossiers, agreement: Id<Agreement>, row: Id<id::Initiative>) {
        let known = dossiers.agreements.get(&agreement).and_then(|known| known.initiatives.get(&row));
        self.count(Measure::Wordings, known.map_or(0, |row| row.earlier.len() + 1));
    }

    fn suggestion(&mut self, dossiers: &Dossiers, suggest: &SuggestEdit) {
        let SuggestEdit { agreement, by, initiative, base: _, wording, reason } = suggest;
        self.wording(wording);
        self.letters(Measure::Reason, reason);
        let Some(known) = dossiers.agreements.get(agreement) else { return };
        let waits = |known: &&Suggestion| known.answer == Answer::Open && known.party == *by;
        let open: Vec<&Suggestion> = known.suggestions.values().map(|known| &**known).filter(waits).collect();
        let of_row = open.iter().filter(|known| known.initiative == *initiative).count();
        self.count(Measure::OpenSuggestions, of_row + 1);
        self.count(Measure::OpenSuggestionsOfParty, open.len() + 1);
    }

    fn indicator(&mut self, indicator: &Indicator) {
        let Indicator { label, unit, scope, qualifier } = indicator;
        self.letters(Measure::Label, label);
        [unit, scope, qualifier].into_iter().flatten().for_each(|text| self.letters(Measure::Label, text));
    }

    fn indicator_command(&mut self, dossiers: &Dossiers, command: &IndicatorCommand) {
        let party = |party| dossiers.parties.get(&party).map(|known| &**known);
        match command {
            IndicatorCommand::ReportObservation { party: _, indicator, kind: _, measured, stated: _ } => {
                self.indicator(indicator);
                let Measured { as_of: _, period: _, event_dates } = measured;
                self.count(Measure::Together, event_dates.len());
            }
            IndicatorCommand::CorrectObservation { party, observation, stated: _, reason } => {
                self.letters(Measure::Reason, reason);
                let known = dossiers.parties.get(party).and_then(|known| known.observations.get(observation));
                self.count(Measure::Corrections, known.map_or(0, |known| 1 + known.corrections.len()));
            }
            IndicatorCommand::Describe { party: of, indicator, definition } => {
                self.definition(definition);
                let versions = |known: &PartyDossier| {
                    known.described.get(&known.indicator_meant(*indicator)).map_or(0, |versions| versions.len())
                };
                self.count(Measure::Versions, 1 + party(*of).map_or(0, versions));
            }
            IndicatorCommand::Merge { party: _, kept: _, same } => self.count(Measure::Together, same.len()),
            IndicatorCommand::Part { party: _, indicators } => self.count(Measure::Together, indicators.len()),
            IndicatorCommand::SetTarget { party: of, indicator, target } => {
                let Target { by: _, value: _, note } = target;
                self.letters(Measure::Reason, note);
                let versions = |known: &PartyDossier| {
                    known.targets.get(&known.indicator_meant(*indicator)).map_or(0, |versions| versions.len())
                };
                self.count(Measure::Versions, 1 + party(*of).map_or(0, versions));
            }
        }
    }

    fn definition(&mut self, definition: &IndicatorDefinition) {
        let IndicatorDefinition {
            meaning,
            adds_up: _,
            counting: _,
            unit,
            scope,
            quotient,
            division,
            source,
            method,
            caution,
            next_due: _,
        } = definition;
        [meaning, source, method, caution].into_iter().for_each(|text| self.letters(Measure::Definition, text));
        self.letters(Measure::Name, division);
        [unit, scope].into_iter().flatten().for_each(|text| self.letters(Measure::Label, text));
        if let Some(QuotientOf { name, numerator: _, denominator: _ }) = quotient {
            self.letters(Measure::Label, name);
        }
    }

    fn fact(&mut self, deed: &FactDeed) {
        match deed {
            FactDeed::State { fact: _, name, members } => {
                self.letters(Measure::Title, name);
                self.count(Measure::Members, members.len());
            }
            FactDeed::Explain { fact: _, reason } => self.letters(Measure::Reason, reason),
            FactDeed::Withdraw { fact: _ } => {}
        }
    }

    fn change(&mut self, change: &OrganisationChange) {
        match change {
            OrganisationChange::DivisionBegun { division: _, from: _, name, kind, parent: _, area } => {
                [name, kind].into_iter().chain(area).for_each(|text| self.letters(Measure::Name, text));
            }
            OrganisationChange::DivisionRenamed { division: _, from: _, name, kind } => {
                [name, kind].into_iter().for_each(|text| self.letters(Measure::Name, text));
            }
            OrganisationChange::AreaChanged { division: _, from: _, area } => {
                area.iter().for_each(|text| self.letters(Measure::Name, text));
            }
            OrganisationChange::DivisionsEnded { divisions, from: _, successors } => {
                self.count(Measure::Ended, divisions.len().max(successors.len()));
            }
            OrganisationChange::PostBegun { post: _, from: _, place }
            | OrganisationChange::PostChanged { post: _, from: _, place } => {
                let Place { division: _, title, duties } = place;
                self.letters(Measure::Name, title);
                self.count(Measure::Together, duties.len());
            }
            OrganisationChange::TakenBack { change } => self.change(change),
            OrganisationChange::DivisionMoved { division: _, from: _, parent: _ }
            | OrganisationChange::PostEnded { post: _, from: _ } => {}
        }
    }

    fn import(&mut self, import: &ImportDocument) {
        let ImportDocument { agreement: _, by: _, file_name, digest, document, findings, merge } = import;
        self.letters(Measure::FileName, file_name);
        self.letters(Measure::FileName, digest);
        if let Some(Merge { kept, gone: _ }) = merge {
            self.count(Measure::Rows, kept.len());
        }
        self.document(document);
        self.findings(findings);
    }
}

/// Counts the party's own rows of a plan. Rows of the other side, shown or hidden, are neither counted nor reported.
fn rows_of(dossier: &AgreementDossier, party: Id<id::Party>, plan: Id<id::Plan>) -> usize {
    let own = |row: &&Id<id::Initiative>| dossier.initiatives.get(row).is_some_and(|known| known.party == party);
    let rows = dossier.plans.get(&plan).into_iter().flat_map(|plan| plan.sections()).flat_map(|section| &section.rows);
    rows.filter(own).count()
}

fn length(passage: &Passage) -> usize {
    let of = |segment: &Segment| match segment {
        Segment::Words(words) => letters(words),
        Segment::Figure { printed, .. } => letters(printed),
    };
    passage.segments.iter().map(of).sum()
}

pub(crate) fn letters(text: &str) -> usize {
    text.chars().count()
}
