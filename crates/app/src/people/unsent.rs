//! 送れなかった入力 — a form that arrived after its session had expired, kept for the account of that session.

use renkei_identity::token::Token;
use renkei_journal::{AccountOwner, Unsent};

use crate::node::error::AppError;
use crate::node::open::Renkei;
use crate::node::quotas::UNSENT;
use crate::people::sessions::millis;
use crate::people::visitor::Visitor;

/// 送れなかった入力 — the address to which a form was sent, and its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentForm {
    pub address: String,
    pub fields: Vec<(String, String)>,
}

const KEPT_FOR: u64 = 30 * 24 * 60 * 60_000;

impl Renkei {
    /// Stores a form of the visitor and returns its id.
    pub fn keep_unsent(
        &self,
        visitor: &Visitor,
        address: &str,
        fields: &[(String, String)],
    ) -> Result<String, AppError> {
        self.keep_unsent_of(visitor.account_owner()?, address, fields)
    }

    /// Like [`Self::keep_unsent`], for the account whose session had this token; `None` if there was no such session.
    pub fn keep_unsent_of_ended(
        &self,
        token: &str,
        address: &str,
        fields: &[(String, String)],
    ) -> Result<Option<String>, AppError> {
        let account = self.account_of_ended(token)?;
        account.map(|account| self.keep_unsent_of(account, address, fields)).transpose()
    }

    fn keep_unsent_of(
        &self,
        account: AccountOwner,
        address: &str,
        fields: &[(String, String)],
    ) -> Result<String, AppError> {
        let now = millis(self.now());
        let id = Token::for_paper()?.text().to_owned();
        // A list of pairs of strings can always be written as JSON.
        let fields = serde_json::to_vec(fields).unwrap_or_default();
        let unsent = Unsent { id: id.clone(), account, address: address.to_owned(), fields, kept_at: now };
        self.journal.keep_unsent(&unsent, UNSENT, now.saturating_sub(KEPT_FOR))?;
        Ok(id)
    }

    /// Returns a stored form, if it belongs to this visitor.
    pub fn unsent(&self, visitor: &Visitor, id: &str) -> Result<Option<UnsentForm>, AppError> {
        let kept = self.journal.unsent(&visitor.account_owner()?, id)?;
        Ok(kept.and_then(|kept| {
            let fields = serde_json::from_slice(&kept.fields).ok()?;
            Some(UnsentForm { address: kept.address, fields })
        }))
    }

    pub fn unsent_ids(&self, visitor: &Visitor) -> Result<Vec<String>, AppError> {
        Ok(self.journal.unsent_ids(&visitor.account_owner()?)?)
    }

    /// Returns the maximum number of unsent forms that one owner may have.
    pub fn most_unsent_forms(&self) -> u32 {
        UNSENT.forms
    }

    pub fn drop_unsent(&self, visitor: &Visitor, id: &str) -> Result<(), AppError> {
        Ok(self.journal.drop_unsent(&visitor.account_owner()?, id)?)
    }
}
