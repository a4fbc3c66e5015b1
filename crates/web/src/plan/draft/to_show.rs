//! 示す取組: the drafts that a form on the plan's page shows to the other side. The form contains a digest of the drafts
//! that the visitor has read. If a draft changed since then, the digests differ and nothing is shown.

use data_encoding::HEXLOWER;
use renkei_app::RowAsRead;
use renkei_document::id::{self, Id};
use renkei_domain::plan::{Initiative, Section, Standing, needs};
use renkei_domain::view::AgreementView;
use sha2::{Digest, Sha256};

use crate::frame::route::Ask;

/// Length of the digest in a form, in bytes.
const DIGEST_BYTES: usize = 16;

/// A private draft that the visitor may show.
pub struct ToShow<'a> {
    pub id: Id<id::Initiative>,
    pub row: &'a Initiative,
}

impl ToShow<'_> {
    pub fn as_read(&self, agreement: AgreementView<'_>) -> RowAsRead {
        RowAsRead { row: self.id, worded: agreement.wordings(self.row).present().at }
    }
}

/// Returns the private drafts of a section that the visitor may show, without repeated rows.
pub fn to_show<'a>(
    ask: &'a Ask<'_>,
    agreement: AgreementView<'a>,
    section: &'a Section,
) -> impl Iterator<Item = ToShow<'a>> + 'a {
    let rows = agreement.rows(section).filter(|(_, _, row)| !row.is_repeated_in(section.id) && may_show(ask, row));
    rows.map(|(_, id, row)| ToShow { id, row })
}

pub fn may_show(ask: &Ask<'_>, row: &Initiative) -> bool {
    row.standing == Standing::Private && ask.visitor.meets(&needs::to_show(row))
}

/// Returns a digest of the ids and wordings of rows, in any order. It contains no time of the journal, because times
/// would reveal how much the other side has recorded.
pub fn in_short(rows: &[ToShow<'_>]) -> String {
    let line = |shown: &ToShow<'_>| format!("{} {}\n", shown.id, serde_json::json!(shown.row.wording));
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.sort_unstable();
    HEXLOWER.encode(&Sha256::digest(lines.concat())[..DIGEST_BYTES])
}
