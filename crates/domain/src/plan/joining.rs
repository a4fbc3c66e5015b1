//! 保存と採用 — joins a wording that was typed or suggested with the changes that others have made meanwhile.

use renkei_document::language::Language;
use renkei_document::time::Hlc;

use crate::phrases::say;
use crate::plan::suggestion::Suggestion;
use crate::plan::three_way::{Merged, merge};
use crate::plan::{Initiative, Wording};

/// 文言の衝突 — somebody else has changed the same words of a row meanwhile, so nothing was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowConflict {
    pub present: Wording,
    /// The time of the present wording. A form that is sent again with this time replaces the present wording.
    pub base: Hlc,
    pub merged: Merged,
}

impl RowConflict {
    pub(crate) fn message_in(&self, language: Language) -> &'static str {
        say(
            language,
            "画面を開いたあとに、ほかの人が同じ欄を直しました。取組のページを開き直して、今の文言から直してください。",
        )
    }
}

/// Returns the wording to save: the typed one, joined with the changes that others have made since `base`. Without a
/// `base`, the typed wording replaces any other.
pub(crate) fn joined(row: &Initiative, base: Option<Hlc>, typed: Wording) -> Result<Wording, Box<RowConflict>> {
    let wordings = row.all_wordings();
    let Some(base) = base.filter(|base| !wordings.is_present(*base)) else { return Ok(typed) };
    // If the row never had a wording of the time `base`, the changes of the two people are unknown. Every difference is
    // then a conflict.
    let never = Wording::default();
    let merged = merge(wordings.of(base).unwrap_or(&never), &row.wording, &typed);
    if merged.conflicts.is_empty() {
        return Ok(merged.wording);
    }
    Err(Box::new(RowConflict { present: row.wording.clone(), base: wordings.present().at, merged }))
}

/// Returns the wording of a row after its owner has accepted a suggestion. It includes later changes of the row, unless
/// they overlap with the suggestion: then the suggested wording replaces the row's wording.
pub fn accepted(row: &Initiative, suggestion: &Suggestion) -> Wording {
    match row.all_wordings().of(suggestion.base) {
        Some(base) => {
            let merged = merge(base, &row.wording, &suggestion.wording);
            if merged.conflicts.is_empty() { merged.wording } else { suggestion.wording.clone() }
        }
        None => suggestion.wording.clone(),
    }
}
