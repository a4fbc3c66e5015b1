//! 当事者のもの — finds the party that owns the thing that a command names, if the viewer may know of this thing.

use std::collections::HashSet;

use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::refusal::Refusal;
use crate::view::{AgreementView, View};

/// Returns the party of a row that the viewer may know.
pub(crate) fn owner(agreement: AgreementView<'_>, row: Id<id::Initiative>) -> Result<Id<id::Party>, Refusal> {
    agreement.visible(row).map(|row| row.party).ok_or(Refusal::InitiativeUnknown)
}

/// Returns an agreement as the viewer sees it.
pub(crate) fn seen<'a>(view: View<'a>, agreement: Id<Agreement>) -> Result<AgreementView<'a>, Refusal> {
    view.agreement(agreement).ok_or(Refusal::AgreementUnknown)
}

/// Returns the party that a command acts for. `Err` if the viewer may not know the agreement.
pub(crate) fn speaking(
    view: View<'_>,
    agreement: Id<Agreement>,
    party: Id<id::Party>,
) -> Result<HashSet<Id<id::Party>>, Refusal> {
    seen(view, agreement).map(|_| HashSet::from([party]))
}
