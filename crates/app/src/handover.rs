//! 引継書 — gathers the indicators of a division and prints them.

use jiff::civil::Date;
use renkei_document::handover::Handover;
use renkei_document::language::Language;
use renkei_domain::handover::of_division;
use renkei_domain::view::Viewer;
use renkei_publish::Press;

use crate::node::error::AppError;
use crate::node::state::State;

/// Returns the 引継書 as a PDF with the date `day`.
pub fn handover_pdf(handover: &Handover, day: Date, press: &Press) -> Result<Vec<u8>, AppError> {
    Ok(renkei_publish::handover_pdf(handover, day, press)?)
}

impl State {
    /// Returns the 引継書 of a division of the viewer's party. It is in Japanese, because offices file it in Japanese.
    pub fn handover(&self, viewer: Viewer, agreement: Option<&str>, division: &str) -> Result<Handover, AppError> {
        let agreement = self.choose_agreement(viewer, agreement)?;
        of_division(agreement, division, Language::Japanese).ok_or_else(|| {
            let indicators = agreement.indicators();
            let own = indicators.iter().filter(|view| view.is_own);
            let mut known: Vec<String> = own
                .flat_map(|view| view.keepers(agreement))
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect();
            known.sort();
            known.dedup();
            AppError::NothingKept { division: division.to_owned(), known }
        })
    }
}
