//! 利用者 — accounts, their appointments to posts, and the log of administrators' actions. These are ordinary tables
//! beside the journal: no chain contains persons or passwords.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::node_key::NodeKey;
use crate::people::accounts::{Account, AccountDeed, AppointmentRow, Times};

const COLUMNS: &str =
    "id, login, name, language, is_administrator, password, one_time_secret, one_time_step, made_at, closed_at,
    password_made_at, password_used_at, one_time_made_at, one_time_used_at, generation, told_until";
const DEED_COLUMNS: &str = "number, done_at, done_by, deed, login, party, detail";

const READING: &str = "利用者を読む";
const WRITING: &str = "利用者を書く";

impl Journal {
    /// Adds an account. Returns whether the login name was free.
    pub fn add_account(&self, account: &Account) -> Result<bool, JournalError> {
        insert_account(&self.writer(), account).map_err(JournalError::database(WRITING))
    }

    pub fn set_language(&self, account: &str, language: &str) -> Result<(), JournalError> {
        self.change("UPDATE accounts SET language = $1 WHERE id = $2", account, language)
    }

    pub fn set_name(&self, account: &str, name: &str) -> Result<(), JournalError> {
        self.change("UPDATE accounts SET name = $1 WHERE id = $2", account, name)
    }

    /// Closes an account, or opens it again. A sign-in that is under way cannot be completed.
    pub fn set_closed(&self, account: &str, closed_at: Option<u64>) -> Result<(), JournalError> {
        let closed_at = closed_at.map(u64::cast_signed);
        self.change("UPDATE accounts SET closed_at = $1, generation = generation + 1 WHERE id = $2", account, closed_at)
    }

    /// Marks the code of a time step as used. Returns false if the code of this step or of a later one was used before;
    /// so of two simultaneous requests, one is refused.
    pub fn take_step(&self, account: &str, step: u64, now: u64) -> Result<bool, JournalError> {
        let taken = self
            .writer()
            .execute(
                "UPDATE accounts SET one_time_step = $1, one_time_used_at = $2 WHERE id = $3 AND one_time_step < $1",
                (step.cast_signed(), now.cast_signed(), account),
            )
            .map_err(JournalError::database(WRITING))?;
        Ok(taken > 0)
    }

    /// Records that the password of an account was accepted.
    pub fn use_password(&self, account: &str, now: u64) -> Result<(), JournalError> {
        self.change("UPDATE accounts SET password_used_at = $1 WHERE id = $2", account, now.cast_signed())
    }

    /// Records that the owner has seen the log of their account up to the entry with this number.
    pub fn see_deeds(&self, account: &str, until: u64) -> Result<(), JournalError> {
        let sql = "UPDATE accounts SET told_until = $1 WHERE id = $2 AND told_until < $1";
        self.change(sql, account, until.cast_signed())
    }

    pub fn appoint(&self, row: &AppointmentRow) -> Result<(), JournalError> {
        insert_appointment(&self.writer(), row).map_err(JournalError::database(WRITING))
    }

    /// Sets the last day of an appointment. Deletes the appointment if it begins after this day.
    pub fn end_appointment(&self, id: &str, until_day: &str) -> Result<(), JournalError> {
        set_until(&self.writer(), id, until_day).map_err(JournalError::database(WRITING))
    }

    /// Adds an entry to the log of administrators' actions.
    pub fn note_deed(&self, deed: &AccountDeed) -> Result<(), JournalError> {
        insert_deed(&self.writer(), deed).map_err(JournalError::database("利用者の管理の記録を書く"))
    }

    fn change(&self, sql: &str, id: &str, value: impl rusqlite::ToSql) -> Result<(), JournalError> {
        self.writer().execute(sql, (value, id)).map_err(JournalError::database(WRITING))?;
        Ok(())
    }
}

impl Reader {
    /// Whether the node has any account.
    pub fn has_accounts(&self) -> Result<bool, JournalError> {
        self.connection()
            .query_row("SELECT EXISTS (SELECT 1 FROM accounts)", [], |row| row.get(0))
            .map_err(JournalError::database(READING))
    }

    /// Returns all accounts (also closed ones), sorted by login name.
    pub fn accounts(&self) -> Result<Vec<Account>, JournalError> {
        let connection = self.connection();
        let mut statement = connection
            .prepare(&format!("SELECT {COLUMNS} FROM accounts ORDER BY login"))
            .map_err(JournalError::database(READING))?;
        let accounts = statement.query_map([], |row| account(row, self.key()));
        accounts.and_then(Iterator::collect).map_err(JournalError::database(READING))
    }

    pub fn account(&self, id: &str) -> Result<Option<Account>, JournalError> {
        self.account_where("id", id)
    }

    pub fn account_of_login(&self, login: &str) -> Result<Option<Account>, JournalError> {
        self.account_where("login", login)
    }

    /// Returns the appointments of one account, or of all accounts. They are sorted by first day, and then by the order
    /// of recording.
    pub fn appointments(&self, account: Option<&str>) -> Result<Vec<AppointmentRow>, JournalError> {
        let connection = self.connection();
        let reading = JournalError::database(READING);
        let of_account = if account.is_some() { "WHERE account = $1" } else { "" };
        let mut statement = connection
            .prepare(&format!(
                "SELECT id, account, party, post, from_day, until_day FROM appointments {of_account}
                 ORDER BY from_day, number"
            ))
            .map_err(reading)?;
        let rows = statement.query_map(rusqlite::params_from_iter(account), |row| {
            Ok(AppointmentRow {
                id: row.get(0)?,
                account: row.get(1)?,
                party: row.get(2)?,
                post: row.get(3)?,
                from_day: row.get(4)?,
                until_day: row.get(5)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(reading)
    }

    /// Returns the newest `most` entries of the log of administrators' actions, newest first.
    pub fn account_deeds(&self, most: u32) -> Result<Vec<AccountDeed>, JournalError> {
        let sql = format!("SELECT {DEED_COLUMNS} FROM account_log ORDER BY number DESC LIMIT $1");
        let deeds = self.deeds(&sql, [most])?;
        Ok(deeds.into_iter().map(|(_, deed)| deed).collect())
    }

    /// Returns the newest `most` entries of the log about one account with their numbers, newest first.
    pub fn deeds_about(&self, login: &str, most: u32) -> Result<Vec<(u64, AccountDeed)>, JournalError> {
        let sql = format!("SELECT {DEED_COLUMNS} FROM account_log WHERE login = $1 ORDER BY number DESC LIMIT $2");
        self.deeds(&sql, (login, most))
    }

    fn deeds(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<(u64, AccountDeed)>, JournalError> {
        let connection = self.connection();
        let reading = JournalError::database("利用者の管理の記録を読む");
        let mut statement = connection.prepare(sql).map_err(reading)?;
        let rows = statement.query_map(values, |row| {
            let deed = AccountDeed {
                done_at: row.get::<_, i64>(1)?.cast_unsigned(),
                done_by: row.get(2)?,
                deed: row.get(3)?,
                login: row.get(4)?,
                party: row.get(5)?,
                detail: row.get(6)?,
            };
            Ok((row.get::<_, i64>(0)?.cast_unsigned(), deed))
        });
        rows.and_then(Iterator::collect).map_err(reading)
    }

    fn account_where(&self, column: &str, value: &str) -> Result<Option<Account>, JournalError> {
        self.connection()
            .query_row(&format!("SELECT {COLUMNS} FROM accounts WHERE {column} = $1"), [value], |row| {
                account(row, self.key())
            })
            .optional()
            .map_err(JournalError::database(READING))
    }
}

/// Inserts an account. Returns whether the login name was free.
pub(crate) fn insert_account(connection: &Connection, account: &Account) -> rusqlite::Result<bool> {
    let added = connection.execute(
        "INSERT INTO accounts (id, login, name, language, is_administrator, one_time_step, made_at)
         VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (login) DO NOTHING",
        (
            &account.id,
            &account.login,
            &account.name,
            &account.language,
            i64::from(account.is_administrator),
            account.made_at.cast_signed(),
        ),
    )?;
    Ok(added > 0)
}

pub(crate) fn insert_appointment(connection: &Connection, row: &AppointmentRow) -> rusqlite::Result<()> {
    let sql = "INSERT INTO appointments (id, account, party, post, from_day, until_day, number)
               SELECT $1, $2, $3, $4, $5, $6, COALESCE(MAX(number), 0) + 1 FROM appointments";
    connection.execute(sql, (&row.id, &row.account, &row.party, &row.post, &row.from_day, &row.until_day))?;
    Ok(())
}

/// Sets the last day of an appointment. Deletes the appointment if it begins after this day.
pub(crate) fn set_until(connection: &Connection, id: &str, until_day: &str) -> rusqlite::Result<()> {
    connection.execute("UPDATE appointments SET until_day = $1 WHERE id = $2", (until_day, id))?;
    connection.execute("DELETE FROM appointments WHERE from_day > $1 AND id = $2", (until_day, id))?;
    Ok(())
}

pub(crate) fn insert_deed(connection: &Connection, deed: &AccountDeed) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO account_log (number, done_at, done_by, deed, login, party, detail)
         SELECT COALESCE(MAX(number), 0) + 1, $1, $2, $3, $4, $5, $6 FROM account_log",
        (deed.done_at.cast_signed(), &deed.done_by, &deed.deed, &deed.login, &deed.party, &deed.detail),
    )?;
    Ok(())
}

fn account(row: &Row<'_>, key: Option<&NodeKey>) -> rusqlite::Result<Account> {
    let id: String = row.get(0)?;
    let secret = |column| row.get::<_, Option<Vec<u8>>>(column)?.map(|sealed| readable(key, &id, &sealed)).transpose();
    Ok(Account {
        login: row.get(1)?,
        name: row.get(2)?,
        language: row.get(3)?,
        is_administrator: row.get::<_, i64>(4)? != 0,
        password: row.get(5)?,
        one_time_secret: secret(6)?,
        one_time_step: row.get::<_, i64>(7)?.cast_unsigned(),
        made_at: row.get::<_, i64>(8)?.cast_unsigned(),
        closed_at: time(row, 9)?,
        password_times: Times { made_at: time(row, 10)?, used_at: time(row, 11)? },
        one_time_times: Times { made_at: time(row, 12)?, used_at: time(row, 13)? },
        generation: row.get::<_, i64>(14)?.cast_unsigned(),
        told_until: row.get::<_, i64>(15)?.cast_unsigned(),
        id,
    })
}

/// Reads a time in milliseconds since 1970 that may be missing.
pub(crate) fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<u64>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(i64::cast_unsigned))
}

/// Decrypts a secret of one-time codes. If this node's key has not encrypted it, returns random bytes, which no code
/// matches: the account must then be reset, and nobody signs in to it without a code.
fn readable(key: Option<&NodeKey>, account: &str, sealed: &[u8]) -> rusqlite::Result<Vec<u8>> {
    if let Some(secret) = key.and_then(|key| key.unseal_one_time(account, sealed)) {
        return Ok(secret);
    }
    let mut unknown = vec![0; 20];
    getrandom::fill(&mut unknown).map_err(|error| rusqlite::Error::UserFunctionError(Box::new(error)))?;
    Ok(unknown)
}
