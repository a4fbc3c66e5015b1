//! A choice of a selection list, and the mark of an indicator's party.

use renkei_document::party::PartyKey;
use renkei_domain::indicator::view::IndicatorView;
use renkei_domain::view::AgreementView;

use crate::frame::row_block::{PartyMark, party_mark};

/// One entry of a selection list.
pub(crate) struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

pub(crate) fn mark_of(agreement: AgreementView<'_>, marks: &[PartyMark], view: &IndicatorView<'_>) -> PartyMark {
    let other = PartyKey::new("other");
    party_mark(marks, agreement.agreement.key_of(view.party).unwrap_or(&other))
}
