//! 限度の確かめ — walks every field of a command and tells what is more than there may be.

use crate::agreement::{Agreement, Party};
use crate::agreement_dossier::AgreementDossier;
use crate::command::{Command, FactDeed, ImportDocument, IndicatorCommand, SuggestEdit, SuggestionAnswer};
use crate::document::{self, AgreementText, Document};
use crate::dossiers::Dossiers;
use crate::id::Id;
use crate::indicator::{IndicatorDefinition, Target};
use crate::observation::Indicator;
use crate::organisation::OrganisationChange;
use crate::party_dossier::PartyDossier;
use crate::passage::{Passage, Segment};
use crate::plan::{self, Wording};
use crate::refusal::{Excess, Measure, Refusal};
use crate::suggestion::{Answer, Suggestion};

/// So many places are told; who has more begins with these.
const MOST_TOLD: usize = 20;

/// What of a command is more than there may be, each with its place.
pub fn excess(dossiers: &Dossiers, command: &Command) -> Vec<Refusal> {
    let mut found = Found::default();
    found.command(dossiers, command);
    found.0.into_iter().map(Refusal::TooMuch).collect()
}

/// The same of a document that was read: what is too large is told before anything else is made of it.
pub fn excess_of_document(document: &Document) -> Vec<Refusal> {
    let mut found = Found::default();
    found.document(document);
    found.0.into_iter().map(Refusal::TooMuch).collect()
}

#[derive(Default)]
struct Found(Vec<Excess>);

impl Found {
    fn count(&mut self, of: Measure, found: usize) {
        self.count_at(of, found, || None);
    }

    fn count_at(&mut self, of: Measure, found: usize, place: impl FnOnce() -> Option<String>) {
        if found > of.most() && self.0.len() < MOST_TOLD {
            self.0.push(Excess { of, place: place(), found });
        }
    }

    fn letters(&mut self, of: Measure, text: &str) {
        self.count(of, letters(text));
    }

    fn command(&mut self, dossiers: &Dossiers, command: &Command) {
        match command {
            Command::ConcludeAgreement { text } => self.agreement(text),
            Command::ImportDocument(import) => self.import(import),
            Command::UndoImport { reason, .. } => self.letters(Measure::Reason, reason),
            Command::OpenPlan { title, .. } => self.letters(Measure::Title, title),
            Command::DraftInitiative { agreement, party, plan, wording, .. } => {
                self.wording(wording);
                let known = dossiers.agreements.get(agreement);
                self.count(Measure::Rows, 1 + known.map_or(0, |known| rows_of(known, *party, *plan)));
            }
            Command::RewordInitiative { agreement, initiative, wording } => {
                self.wording(wording);
                self.history(dossiers, *agreement, *initiative);
            }
            Command::CarryOverInitiatives { agreement, party, plan, from } => {
                let known = dossiers.agreements.get(agreement);
                let rows = |known| rows_of(known, *party, *plan) + rows_of(known, *party, *from);
                self.count(Measure::Rows, known.map_or(0, |known| rows(known)));
            }
            Command::SuggestEdit(suggest) => self.suggestion(dossiers, suggest),
            Command::AnswerSuggestion { agreement, suggestion, answer } => match answer {
                SuggestionAnswer::Accept { wording } => {
                    self.wording(wording);
                    let known = dossiers.agreements.get(agreement).and_then(|known| known.suggestions.get(suggestion));
                    known.into_iter().for_each(|known| self.history(dossiers, *agreement, known.initiative));
                }
                SuggestionAnswer::Decline { reason } => self.letters(Measure::Reason, reason),
                SuggestionAnswer::Withdraw => {}
            },
            Command::ShareInitiatives { initiatives, .. } => self.count(Measure::Rows, initiatives.len()),
            Command::ReportObservation { indicator, measured, .. } => {
                self.indicator(indicator);
                self.count(Measure::Together, measured.event_dates.len());
            }
            Command::CorrectObservation { party, observation, reason, .. } => {
                self.letters(Measure::Reason, reason);
                let known = dossiers.parties.get(party).and_then(|known| known.observations.get(observation));
                self.count(Measure::Corrections, known.map_or(0, |known| 1 + known.corrections.len()));
            }
            Command::FreezeEdition(freeze) => self.count(Measure::Together, freeze.files.len()),
            Command::IdentifyDivisions { former, latter, .. } => {
                [former, latter].into_iter().for_each(|name| self.letters(Measure::Name, name));
            }
            Command::ChangeOrganisation { changes, .. } => {
                self.count(Measure::Changes, changes.len());
                changes.iter().for_each(|change| self.change(change));
            }
            Command::NameDeputy { named, .. } => self.letters(Measure::Reason, &named.reason),
            Command::AfterReview { decided, .. } => self.count(Measure::Together, decided.len()),
            Command::Indicator(command) => self.indicator_command(dossiers, command),
            Command::SharedFact { deed, .. } => self.fact(deed),
            Command::TakeOverRows { .. }
            | Command::MoveInitiative { .. }
            | Command::RepeatInitiative { .. }
            | Command::RemoveRepeat { .. }
            | Command::WithdrawInitiative { .. }
            | Command::SetHouseStyle { .. }
            | Command::EndDeputy { .. } => {}
        }
    }

    fn wording(&mut self, wording: &Wording) {
        let text = length(&wording.text);
        self.count(Measure::RowText, text);
        let items: Vec<usize> = wording.items.iter().map(|item| letters(&item.mark) + length(&item.passage)).collect();
        for (place, item) in items.iter().enumerate().filter(|(_, item)| **item > Measure::Item.most()) {
            self.count_at(Measure::Item, *item, || Some(format!("({})", place + 1)));
        }
        self.count(Measure::Items, items.len());
        self.count(Measure::Row, text + items.iter().sum::<usize>());
        self.count(Measure::Figures, wording.observations().count());
        self.names(&wording.divisions);
        wording.divisions_printed.iter().for_each(|printed| self.letters(Measure::Row, printed));
        self.count(Measure::Partners, wording.particulars.with.len());
        self.count(Measure::Together, wording.particulars.target_groups.len());
        for partner in &wording.particulars.with {
            self.letters(Measure::Name, &partner.organisation);
            self.names(&partner.divisions);
        }
    }

    fn names(&mut self, divisions: &[String]) {
        self.count(Measure::Divisions, divisions.len());
        divisions.iter().for_each(|name| self.letters(Measure::Name, name));
    }

    fn history(&mut self, dossiers: &Dossiers, agreement: Id<Agreement>, row: Id<plan::Initiative>) {
        let known = dossiers.agreements.get(&agreement).and_then(|known| known.initiatives.get(&row));
        self.count(Measure::Wordings, known.map_or(0, |row| row.earlier.len() + 1));
    }

    fn suggestion(&mut self, dossiers: &Dossiers, suggest: &SuggestEdit) {
        self.wording(&suggest.wording);
        self.letters(Measure::Reason, &suggest.reason);
        let Some(known) = dossiers.agreements.get(&suggest.agreement) else { return };
        let waits = |known: &&Suggestion| known.answer == Answer::Open && known.party == suggest.by;
        let open: Vec<&Suggestion> = known.suggestions.values().map(|known| &**known).filter(waits).collect();
        let of_row = open.iter().filter(|known| known.initiative == suggest.initiative).count();
        self.count(Measure::OpenSuggestions, of_row + 1);
        self.count(Measure::OpenSuggestionsOfParty, open.len() + 1);
    }

    fn indicator(&mut self, indicator: &Indicator) {
        self.letters(Measure::Label, &indicator.label);
        let more = [&indicator.unit, &indicator.scope, &indicator.qualifier];
        more.into_iter().flatten().for_each(|text| self.letters(Measure::Label, text));
    }

    fn indicator_command(&mut self, dossiers: &Dossiers, command: &IndicatorCommand) {
        let party = |party| dossiers.parties.get(&party).map(|known| &**known);
        match command {
            IndicatorCommand::Describe { party: of, indicator, definition } => {
                self.definition(definition);
                let versions = |known: &PartyDossier| {
                    known.described.get(&known.indicator_meant(*indicator)).map_or(0, |versions| versions.len())
                };
                self.count(Measure::Versions, 1 + party(*of).map_or(0, versions));
            }
            IndicatorCommand::Merge { same, .. } => self.count(Measure::Together, same.len()),
            IndicatorCommand::Part { indicators, .. } => self.count(Measure::Together, indicators.len()),
            IndicatorCommand::SetTarget { party: of, indicator, target } => {
                let Target { note, .. } = target;
                self.letters(Measure::Reason, note);
                let versions = |known: &PartyDossier| {
                    known.targets.get(&known.indicator_meant(*indicator)).map_or(0, |versions| versions.len())
                };
                self.count(Measure::Versions, 1 + party(*of).map_or(0, versions));
            }
        }
    }

    fn definition(&mut self, definition: &IndicatorDefinition) {
        let IndicatorDefinition { meaning, source, method, caution, division, unit, scope, quotient, .. } = definition;
        [meaning, source, method, caution].into_iter().for_each(|text| self.letters(Measure::Definition, text));
        self.letters(Measure::Name, division);
        [unit, scope].into_iter().flatten().for_each(|text| self.letters(Measure::Label, text));
        quotient.iter().for_each(|quotient| self.letters(Measure::Label, &quotient.name));
    }

    fn fact(&mut self, deed: &FactDeed) {
        match deed {
            FactDeed::State { name, members, .. } => {
                self.letters(Measure::Title, name);
                self.count(Measure::Members, members.len());
            }
            FactDeed::Explain { reason, .. } => self.letters(Measure::Reason, reason),
            FactDeed::Withdraw { .. } => {}
        }
    }

    fn change(&mut self, change: &OrganisationChange) {
        match change {
            OrganisationChange::DivisionBegun { name, kind, area, .. } => {
                [name, kind].into_iter().chain(area).for_each(|text| self.letters(Measure::Name, text));
            }
            OrganisationChange::DivisionRenamed { name, kind, .. } => {
                [name, kind].into_iter().for_each(|text| self.letters(Measure::Name, text));
            }
            OrganisationChange::AreaChanged { area, .. } => {
                area.iter().for_each(|text| self.letters(Measure::Name, text));
            }
            OrganisationChange::DivisionsEnded { divisions, successors, .. } => {
                self.count(Measure::Ended, divisions.len().max(successors.len()));
            }
            OrganisationChange::PostBegun { place, .. } | OrganisationChange::PostChanged { place, .. } => {
                self.letters(Measure::Name, &place.title);
                self.count(Measure::Together, place.duties.len());
            }
            OrganisationChange::TakenBack { change } => self.change(change),
            OrganisationChange::DivisionMoved { .. } | OrganisationChange::PostEnded { .. } => {}
        }
    }

    fn agreement(&mut self, text: &AgreementText) {
        self.count(Measure::Parties, text.parties.len());
        text.title.iter().for_each(|title| self.letters(Measure::Title, title));
        for party in &text.parties {
            self.letters(Measure::Name, &party.name);
            party.short_name.iter().for_each(|name| self.letters(Measure::Name, name));
        }
    }

    fn import(&mut self, import: &ImportDocument) {
        self.letters(Measure::FileName, &import.file_name);
        import.merge.iter().for_each(|merge| self.count(Measure::Rows, merge.kept.len()));
        self.document(&import.document);
    }

    fn document(&mut self, document: &Document) {
        document.agreement.iter().for_each(|text| self.agreement(text));
        let chapters = || document.plans.iter().flat_map(|table| &table.chapters);
        let sections = || chapters().flat_map(|chapter| &chapter.sections);
        self.count(Measure::Tables, document.plans.len());
        self.count(Measure::Chapters, chapters().count());
        self.count(Measure::Sections, sections().count());
        self.count(Measure::Rows, sections().map(|section| section.initiatives.len()).sum());
        self.count(Measure::Rows, document.figures.len());
        document.plans.iter().for_each(|table| self.letters(Measure::Title, &table.title));
        for table in &document.plans {
            for chapter in &table.chapters {
                self.letters(Measure::Title, &chapter.title);
                for section in &chapter.sections {
                    let place = || format!("{} {}({})", table.fiscal_year, chapter.number, section.number);
                    self.count_at(Measure::Title, letters(&section.title), || Some(place()));
                    self.count_at(Measure::Lead, section.lead.as_deref().map_or(0, letters), || Some(place()));
                    section.initiatives.iter().for_each(|row| self.row(row, &place));
                }
            }
        }
    }

    fn row(&mut self, row: &document::Initiative, section: &impl Fn() -> String) {
        let place = || Some(format!("{} {}", section(), row.mark.clone().unwrap_or_else(|| row.number.to_string())));
        let text = letters(&row.text);
        let items: Vec<usize> = row.items.iter().map(|item| letters(item)).collect();
        self.count_at(Measure::RowText, text, place);
        self.count_at(Measure::Item, items.iter().copied().max().unwrap_or(0), place);
        self.count_at(Measure::Items, items.len().max(row.item_marks.len()), place);
        self.count_at(Measure::Row, text + items.iter().sum::<usize>(), place);
        self.count_at(Measure::Figures, row.figures.len(), place);
        self.count_at(Measure::Divisions, row.divisions.len(), place);
        let names = row.divisions.iter().chain(&row.mark).chain(&row.item_marks).map(|name| letters(name));
        self.count_at(Measure::Name, names.max().unwrap_or(0), place);
        self.count_at(Measure::Row, row.divisions_printed.as_deref().map_or(0, letters), place);
        let labels = row.figures.iter().flat_map(|figure| {
            std::iter::once(&figure.label).chain(&figure.unit).chain(&figure.scope).chain(&figure.qualifier)
        });
        self.count_at(Measure::Label, labels.map(|label| letters(label)).max().unwrap_or(0), place);
        self.count_at(Measure::Partners, row.particulars.with.len(), place);
    }
}

/// The party's own rows of a plan: what the other side has, shown or hidden, is neither counted nor told.
fn rows_of(dossier: &AgreementDossier, party: Id<Party>, plan: Id<plan::Plan>) -> usize {
    let own = |row: &&Id<plan::Initiative>| dossier.initiatives.get(row).is_some_and(|known| known.party == party);
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

fn letters(text: &str) -> usize {
    text.chars().count()
}
