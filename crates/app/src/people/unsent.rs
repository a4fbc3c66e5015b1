//! 送れなかった入力 — a form that arrived after its session had expired. It is kept for the account of that session.

use renkei_identity::token::Token;
use renkei_journal::{AccountOwner, Unsent};

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::node::quotas::UNSENT;
use crate::people::sessions::account_of_ended;
use crate::people::visitor::Visitor;

/// 送れなかった入力 — the address to which a form was sent, and its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentForm {
    pub address: String,
    pub fields: Vec<(String, String)>,
}

const KEPT_FOR: u64 = 30 * 24 * 60 * 60_000;

/// Stores a form of the visitor and returns its id.
pub fn keep_unsent(
    node: &Node,
    visitor: &Visitor,
    address: &str,
    fields: &[(String, String)],
) -> Result<String, AppError> {
    keep_unsent_of(node, visitor.account_owner()?, address, fields)
}

/// Stores a form as [`keep_unsent`] does, for the account whose session had this token; `None` if there was no such
/// session.
pub fn keep_unsent_of_ended(
    node: &Node,
    token: &str,
    address: &str,
    fields: &[(String, String)],
) -> Result<Option<String>, AppError> {
    let account = account_of_ended(node, token)?;
    account.map(|account| keep_unsent_of(node, account, address, fields)).transpose()
}

fn keep_unsent_of(
    node: &Node,
    account: AccountOwner,
    address: &str,
    fields: &[(String, String)],
) -> Result<String, AppError> {
    let now = node.now_millis();
    let id = Token::for_paper()?.text().to_owned();
    // Writing a list of pairs of strings as JSON cannot fail.
    let fields = serde_json::to_vec(fields).unwrap_or_default();
    let unsent = Unsent { id: id.clone(), account, address: address.to_owned(), fields, kept_at: now };
    node.journal.keep_unsent(&unsent, UNSENT, now.saturating_sub(KEPT_FOR))?;
    Ok(id)
}

/// Returns a stored form; `None` if it does not belong to this visitor.
pub fn unsent(node: &Node, visitor: &Visitor, id: &str) -> Result<Option<UnsentForm>, AppError> {
    let kept = node.journal.unsent(&visitor.account_owner()?, id)?;
    Ok(kept.and_then(|kept| {
        let fields = serde_json::from_slice(&kept.fields).ok()?;
        Some(UnsentForm { address: kept.address, fields })
    }))
}

pub fn unsent_ids(node: &Node, visitor: &Visitor) -> Result<Vec<String>, AppError> {
    Ok(node.journal.unsent_ids(&visitor.account_owner()?)?)
}

/// Returns the maximum number of unsent forms that one owner may have.
pub fn most_unsent_forms() -> u32 {
    UNSENT.forms
}

pub fn drop_unsent(node: &Node, visitor: &Visitor, id: &str) -> Result<(), AppError> {
    Ok(node.journal.drop_unsent(&visitor.account_owner()?, id)?)
}
