//! The rows for which a person is responsible: all rows of the party, or the rows of the person's divisions under their
//! past and present names.

use std::collections::BTreeSet;

use renkei_document::document::Initiative as Row;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKey;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::plan::Initiative;

use crate::frame::route::Ask;

/// The rows for which a person is responsible.
pub struct Mine {
    pub party: Id<id::Party>,
    pub key: PartyKey,
    /// Names of the person's divisions; `None` if the person is responsible for the whole party.
    pub divisions: Option<BTreeSet<String>>,
}

impl Mine {
    /// Returns the rows for which the visitor is responsible; `None` for a visitor without such rows.
    pub fn of(ask: &Ask<'_>) -> Option<Self> {
        let party = ask.visitor.party?;
        let agreement = ask.moment.agreement().ok()?;
        let key = agreement.agreement.key_of(party)?.clone();
        let has =
            |duties: &[Duty]| ask.visitor.posts.iter().any(|post| post.duties.iter().any(|duty| duties.contains(duty)));
        if has(&[Duty::Secretariat, Duty::Head]) {
            return Some(Self { party, key, divisions: None });
        }
        if !has(&[Duty::Clerk, Duty::Approver, Duty::Reader]) {
            return None;
        }
        let divisions = ask.visitor.posts.iter().flat_map(|post| post.answers_for.iter().cloned()).collect();
        Some(Self { party, key, divisions: Some(divisions) })
    }

    /// Whether the person is responsible for this row of a table.
    pub fn holds(&self, row: &Row) -> bool {
        row.party == self.key && self.names(&row.divisions)
    }

    /// Whether the person is responsible for this stored row.
    pub fn keeps(&self, row: &Initiative) -> bool {
        row.party == self.party && self.names(&row.wording.divisions)
    }

    fn names(&self, divisions: &[String]) -> bool {
        self.divisions.as_ref().is_none_or(|own| divisions.iter().any(|name| own.contains(name)))
    }
}
