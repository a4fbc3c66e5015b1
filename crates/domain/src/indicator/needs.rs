//! 指標の権限 — what the commands about indicators and values need.

use renkei_document::figure::Indicator;
use renkei_document::id::{self, Id};

use crate::authority::need::Need;
use crate::authority::right::Right;
use crate::indicator::command::IndicatorCommand;
use crate::view::{AgreementView, View};

/// Returns what defining an indicator needs: a post of a division that is responsible for it in any agreement.
pub fn to_define(view: View<'_>, party: Id<id::Party>, indicator: Id<Indicator>) -> Need<'static> {
    Need::of_divisions(party, Right::Define, keepers(view, indicator))
}

/// Returns the divisions that are responsible for an indicator in any agreement that the viewer knows.
pub(crate) fn keepers(view: View<'_>, indicator: Id<Indicator>) -> Vec<String> {
    let known = |agreement: AgreementView<'_>| {
        let known = agreement.indicator_named(indicator)?;
        Some(known.keepers(agreement).into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    view.agreements().filter_map(known).flatten().collect()
}

/// Returns what a command needs. Things that the viewer does not know are left to the decision.
pub(crate) fn needs(view: View<'_>, command: &IndicatorCommand) -> Vec<Need<'static>> {
    let define = |party, indicator| to_define(view, party, indicator);
    match command {
        IndicatorCommand::Describe { party, indicator, .. } | IndicatorCommand::SetTarget { party, indicator, .. } => {
            vec![define(*party, *indicator)]
        }
        IndicatorCommand::Merge { party, kept, same } => {
            same.iter().chain([kept]).map(|id| define(*party, *id)).collect()
        }
        IndicatorCommand::Part { party, indicators } => indicators.iter().map(|id| define(*party, *id)).collect(),
        // A value belongs to no division before a row prints it, so only a secretariat may report one.
        IndicatorCommand::ReportObservation { party, .. } => {
            vec![Need::of_divisions(*party, Right::Define, Vec::new())]
        }
        IndicatorCommand::CorrectObservation { party, observation, .. } => {
            let indicator =
                view.agreements().find_map(|agreement| Some(agreement.indicator_counting(*observation)?.id));
            vec![match indicator {
                Some(indicator) => define(*party, indicator),
                None => Need::of_divisions(*party, Right::Define, Vec::new()),
            }]
        }
    }
}
