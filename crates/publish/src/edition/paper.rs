//! The information about an edition that the PDF prints: its name and hash, and its 正誤表. Only the page also contains
//! the references of the figures.

use serde::Serialize;

use super::errata_lines::{COLUMNS, cells};
use super::imprint::Imprint;

/// 奥付の紙面 — the printed information about an edition.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ImprintSheet {
    pub title: String,
    pub name: String,
    pub digest: String,
    /// A sentence about open findings; `None` if there are none.
    pub open: Option<String>,
    pub columns: [&'static str; 6],
    pub errata: Vec<[String; 6]>,
}

impl ImprintSheet {
    pub fn of(imprint: &Imprint<'_>) -> Self {
        let open = imprint.open_errors;
        Self {
            title: format!("この版について：{}", imprint.name.in_words()),
            name: imprint.name.to_string(),
            digest: imprint.digest.to_owned(),
            open: (open > 0).then(|| format!("この版を作ったとき、誤りの確認事項が{open}件残っていました。")),
            columns: COLUMNS,
            errata: imprint.errata.iter().map(cells).collect(),
        }
    }
}
