//! 限度の確かめ — checks every field of a command about the organisation against the limits. Each command and struct is destructured with
//! all its fields, so that a new field cannot be forgotten.

use renkei_document::house_style::HouseStyle;

use crate::organisation::command::OrganisationCommand;
use crate::organisation::{Deputation, OrganisationChange, Place};
use crate::record::found::Found;
use crate::refusal::Measure;

impl Found {
    pub(crate) fn organisation_command(&mut self, command: &OrganisationCommand) {
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

    fn deputation(&mut self, named: &Deputation) {
        let Deputation { post: _, deputy: _, from: _, until: _, reason } = named;
        self.letters(Measure::Reason, reason);
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
}
