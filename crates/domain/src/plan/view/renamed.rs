//! 組織の改称 — the questions about renamed divisions that nobody has answered yet, as one viewer may see them.

use std::borrow::Borrow;

use renkei_document::document::PlanTable;

use crate::organisation::division_names::names_in;
use crate::plan::lineage::Lineage;
use crate::plan::renamed_divisions::{Renaming, renamed_divisions};
use crate::view::AgreementView;
use crate::view::reads::PartOfAgreement;

impl AgreementView<'_> {
    /// Returns the renamings in these tables of the agreement that nobody has answered yet.
    pub fn renamed_divisions<L: Borrow<Lineage>>(
        self,
        tables: &[&PlanTable],
        lineage_of: impl FnMut(&PlanTable, &PlanTable) -> Option<L>,
    ) -> Vec<Renaming> {
        let names = names_in(tables);
        let about = names.clone();
        self.read(PartOfAgreement::AnswersAbout(names.clone()), move |agreement| agreement.answers_about(&about));
        renamed_divisions(tables, &self.answers_about(&names), lineage_of)
    }
}
