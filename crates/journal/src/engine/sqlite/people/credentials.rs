//! 認証手段の変更 — changes credentials: each change, its log entry and what it ends are one transaction.

use rusqlite::{Connection, Transaction};

use crate::engine::sqlite::people::accounts::insert_deed;
use crate::engine::sqlite::store::Journal;
use crate::error::JournalError;
use crate::owner::AccountOwner;
use crate::people::accounts::AccountDeed;
use crate::people::credentials::CredentialChange;

impl Journal {
    /// Changes a credential of an account at the time of the log entry `deed`. If the change ends other sessions, the
    /// session `keep` stays. Returns false and changes nothing if the change does not apply: the credential does not
    /// exist, exists already or is another account's, or the link is not valid.
    pub fn change_credential(
        &self,
        account: &AccountOwner,
        change: CredentialChange<'_>,
        keep: Option<&[u8; 32]>,
        deed: &AccountDeed,
    ) -> Result<bool, JournalError> {
        let writing = JournalError::database("認証手段を書く");
        let sealed;
        let change = match change {
            CredentialChange::OneTimeOn { secret, step } => {
                sealed = self.key().seal_one_time(account.id(), secret)?;
                CredentialChange::OneTimeOn { secret: &sealed, step }
            }
            other => other,
        };
        let mut writer = self.writer();
        let transaction = writer.transaction().map_err(writing)?;
        let now = deed.done_at.cast_signed();
        if !apply(&transaction, account, change, now).map_err(writing)? {
            return Ok(false);
        }
        if change.ends_others() {
            end_others(&transaction, account, keep, now).map_err(writing)?;
        }
        insert_deed(&transaction, deed).map_err(writing)?;
        transaction.commit().map_err(writing)?;
        Ok(true)
    }
}

fn apply(
    transaction: &Transaction<'_>,
    account: &AccountOwner,
    change: CredentialChange<'_>,
    now: i64,
) -> rusqlite::Result<bool> {
    let changed = match change {
        CredentialChange::Password { hash } => set_password(transaction, account, hash, now)?,
        CredentialChange::OneTimeOn { secret, step } => transaction.execute(
            "UPDATE accounts SET one_time_secret = $1, one_time_step = $2, one_time_made_at = $3, one_time_used_at = NULL
             WHERE id = $4 AND one_time_secret IS NULL",
            (secret, step.cast_signed(), now, account),
        )?,
        CredentialChange::OneTimeOff => drop_one_time(transaction, account)?,
        CredentialChange::PasskeyAdded(passkey) => transaction.execute(
            "INSERT INTO passkeys (id, account, name, credential, made_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id) DO NOTHING",
            (&passkey.id, account, &passkey.name, &passkey.credential, passkey.made_at.cast_signed()),
        )?,
        CredentialChange::PasskeyRenamed { id, name } => {
            transaction.execute("UPDATE passkeys SET name = $1 WHERE id = $2 AND account = $3", (name, id, account))?
        }
        CredentialChange::PasskeyRemoved { id } => {
            transaction.execute("DELETE FROM passkeys WHERE id = $1 AND account = $2", (id, account))?
        }
        CredentialChange::OutsideBound { issuer, subject, name, most } => transaction.execute(
            "INSERT INTO outside_identities (issuer, subject, account, name, made_at) SELECT $1, $2, $3, $4, $5
             WHERE (SELECT COUNT(*) FROM outside_identities WHERE account = $3) < $6 ON CONFLICT DO NOTHING",
            (issuer, subject, account, name, now, most),
        )?,
        CredentialChange::OutsideUnbound { issuer, subject } => transaction.execute(
            "DELETE FROM outside_identities WHERE issuer = $1 AND subject = $2 AND account = $3",
            (issuer, subject, account),
        )?,
        CredentialChange::Invited { link, hash } => {
            if !use_link(transaction, account, link, now)? {
                return Ok(false);
            }
            set_password(transaction, account, hash, now)?
        }
        CredentialChange::Reset { link, hash } => {
            if !use_link(transaction, account, link, now)? {
                return Ok(false);
            }
            drop_one_time(transaction, account)?;
            for table in ["passkeys", "outside_identities", "known_browsers"] {
                transaction.execute(&format!("DELETE FROM {table} WHERE account = $1"), [account])?;
            }
            set_password(transaction, account, hash, now)?
        }
    };
    Ok(changed > 0)
}

fn set_password(connection: &Connection, account: &AccountOwner, hash: &str, now: i64) -> rusqlite::Result<usize> {
    let sql = "UPDATE accounts SET password = $1, password_made_at = $2, password_used_at = NULL WHERE id = $3";
    connection.execute(sql, (hash, now, account))
}

fn drop_one_time(connection: &Connection, account: &AccountOwner) -> rusqlite::Result<usize> {
    connection.execute(
        "UPDATE accounts SET one_time_secret = NULL, one_time_made_at = NULL, one_time_used_at = NULL
         WHERE id = $1 AND one_time_secret IS NOT NULL",
        [account],
    )
}

/// Marks a link as used. Returns whether it was still valid; so of two simultaneous requests, one is refused.
fn use_link(connection: &Connection, account: &AccountOwner, link: &[u8; 32], now: i64) -> rusqlite::Result<bool> {
    let sql =
        "UPDATE links SET used_at = $1 WHERE digest = $2 AND account = $3 AND used_at IS NULL AND expires_at > $1";
    Ok(connection.execute(sql, (now, &link[..], account))? > 0)
}

/// Ends the sessions of an account except one, makes its unused links invalid, and begins a new generation.
fn end_others(
    connection: &Connection,
    account: &AccountOwner,
    keep: Option<&[u8; 32]>,
    now: i64,
) -> rusqlite::Result<()> {
    let keep = keep.map_or(&[][..], |digest| &digest[..]);
    let sql = "UPDATE sessions SET ended_at = $1 WHERE account = $2 AND digest <> $3 AND ended_at IS NULL";
    connection.execute(sql, (now, account, keep))?;
    connection.execute("DELETE FROM links WHERE account = $1 AND used_at IS NULL", [account])?;
    connection.execute("UPDATE accounts SET generation = generation + 1 WHERE id = $1", [account])?;
    Ok(())
}
