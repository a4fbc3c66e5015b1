//! 組織の申出 — the commands of a party about its divisions, posts and deputies.

use jiff::civil::Date;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::house_style::HouseStyle;
use renkei_document::id::{self, Id};

use crate::organisation::{Deputation, OrganisationChange};
use crate::record::chain::DossierKey;

/// 組織の申出 — a command of this slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrganisationCommand {
    /// 表記を定める: sets the style in which the party's rows are printed from now on.
    SetHouseStyle { party: Id<id::Party>, style: HouseStyle },
    /// 二つの課名が同じ課かどうかを答える: answers whether two names mean the same division.
    IdentifyDivisions { party: Id<id::Party>, former: String, latter: String, since: FiscalYear, same: bool },
    /// 組織を改める: applies all changes of a reorganisation together.
    ChangeOrganisation { party: Id<id::Party>, changes: Vec<OrganisationChange> },
    /// 代理を定める: names a deputy.
    NameDeputy { party: Id<id::Party>, named: Deputation },
    /// 代理を終える: ends a deputation; `until` is its last day.
    EndDeputy { party: Id<id::Party>, deputation: Id<Deputation>, until: Date },
    /// 代決されたものを後閲する: confirms that the holder of a post has reviewed the deputy's decisions, each identified by dossier
    /// and event number.
    AfterReview { party: Id<id::Party>, decided: Vec<(DossierKey, u64)> },
}

impl OrganisationCommand {
    /// Returns the party whose organisation the command changes.
    pub(crate) fn party(&self) -> Id<id::Party> {
        match self {
            OrganisationCommand::SetHouseStyle { party, .. }
            | OrganisationCommand::IdentifyDivisions { party, .. }
            | OrganisationCommand::ChangeOrganisation { party, .. }
            | OrganisationCommand::NameDeputy { party, .. }
            | OrganisationCommand::EndDeputy { party, .. }
            | OrganisationCommand::AfterReview { party, .. } => *party,
        }
    }
}
