//! 一覧による登録 — adds many accounts and appointments at once: all of them or none.

use crate::engine::sqlite::people::accounts::{insert_account, insert_appointment, insert_deed, set_until};
use crate::engine::sqlite::people::links::insert_link;
use crate::engine::sqlite::store::Journal;
use crate::error::JournalError;
use crate::people::enrolment::Enrolment;

impl Journal {
    /// Records all changes in one transaction. Returns false and records nothing if a login name was taken in the
    /// meantime.
    pub fn enrol(&self, enrolment: &Enrolment) -> Result<bool, JournalError> {
        let writing = JournalError::database("利用者を書く");
        let mut writer = self.writer();
        let transaction = writer.transaction().map_err(writing)?;
        for account in &enrolment.accounts {
            if !insert_account(&transaction, account).map_err(writing)? {
                return Ok(false);
            }
        }
        for (id, until_day) in &enrolment.endings {
            set_until(&transaction, id, until_day).map_err(writing)?;
        }
        enrolment.appointments.iter().try_for_each(|row| insert_appointment(&transaction, row)).map_err(writing)?;
        enrolment.links.iter().try_for_each(|link| insert_link(&transaction, link)).map_err(writing)?;
        enrolment.deeds.iter().try_for_each(|deed| insert_deed(&transaction, deed)).map_err(writing)?;
        transaction.commit().map_err(writing)?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::sqlite::people::accounts::tests::person;
    use crate::people::accounts::AppointmentRow;

    #[test]
    fn a_list_is_recorded_as_a_whole_or_not_at_all() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        journal.add_account(&person("kanri")).unwrap();
        let row = |id: &str, account: &str| AppointmentRow {
            id: id.to_owned(),
            account: account.to_owned(),
            party: "p".to_owned(),
            post: "q".to_owned(),
            from_day: "2026-04-01".to_owned(),
            until_day: None,
        };
        journal.appoint(&row("before", "id-kanri")).unwrap();
        let enrolment = |logins: &[&str]| Enrolment {
            accounts: logins.iter().map(|login| person(login)).collect(),
            appointments: vec![row("new", "id-tanto")],
            endings: vec![("before".to_owned(), "2026-09-30".to_owned())],
            ..Enrolment::default()
        };
        assert!(!journal.enrol(&enrolment(&["tanto", "kanri"])).unwrap(), "the second name is taken");
        assert_eq!((journal.accounts().unwrap().len(), journal.appointments(None).unwrap().len()), (1, 1));
        assert!(journal.enrol(&enrolment(&["tanto"])).unwrap());
        let rows = journal.appointments(None).unwrap();
        assert_eq!(rows.iter().map(|row| row.until_day.as_deref()).collect::<Vec<_>>(), [Some("2026-09-30"), None]);
    }
}
