//! 約束 — the promises of the store. Every database engine keeps them; the list below names each one, in a sentence.
//!
//! A promise is a function. It gets a maker of stores, each in a fresh folder of its own, and uses the public interface of
//! the crate alone: no SQL and no file of an engine. A second engine is added to [`on_each_engine`], and to nothing else.
//!
//! Tests that look into the files of SQLite, or change them behind the store's back, are beside this folder: `absence`,
//! `backup`, `crash`, `forger`, `verify` and `wal_cut`. The engine itself tests its migrations, its pragmas, and the limit
//! of 20,000 subjects whose failed attempts it counts: each count is a write to the disk.

use std::path::{Path, PathBuf};

use renkei_journal::{Journal, JournalError, Reader, restore};

mod access;
mod accounts;
mod desk;
mod events;
mod proof;
mod sequence;
mod together;

/// Makes a store in a fresh folder.
type Fresh = fn() -> Store;

/// Tests a promise on the stores of each engine.
fn on_each_engine(promise: fn(Fresh)) {
    promise(Store::of_sqlite);
}

/// A store in a folder of its own, which is deleted with it.
struct Store {
    folder: tempfile::TempDir,
    data: PathBuf,
}

impl Store {
    fn of_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        Self { folder, data }
    }

    /// Opens the store for writing. It creates the store if it does not exist yet.
    fn open(&self) -> Journal {
        self.try_open().unwrap()
    }

    fn try_open(&self) -> Result<Journal, JournalError> {
        Journal::open(&self.data)
    }

    /// Opens the store for reading.
    fn read(&self) -> Reader {
        self.try_read().unwrap()
    }

    fn try_read(&self) -> Result<Reader, JournalError> {
        Reader::open(&self.data)
    }

    /// A path beside the store, for a copy.
    fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Restores a copy to a store of its own.
    fn restored(copy: &Path) -> Self {
        let store = Self::of_sqlite();
        restore(copy, &store.data).unwrap();
        store
    }
}

/// Lists the promises, each with its sentence, and makes a test of each.
macro_rules! promises {
    ($($slice:ident { $($(#[doc = $sentence:literal])+ $promise:ident)+ })+) => {
        mod kept {
            $(mod $slice {
                $($(#[doc = $sentence])+ #[test] fn $promise() {
                    crate::promises::on_each_engine(crate::promises::$slice::$promise);
                })+
            })+
        }
    };
}

promises! {
    events {
        /// Events are read back as they were appended, in the order in which the store received them.
        events_are_read_in_the_order_heard
        /// The events of one append are all there, or none of them is, whatever the reason of a refusal.
        an_append_is_whole_or_refused
        /// An append that expects another number on any of its chains is refused. The refusal names the chain, the
        /// expected number and the number found.
        a_conflict_is_refused_by_name
        /// Each chain numbers its events from 1, without gaps, however the appends to several chains alternate.
        each_chain_counts_without_gaps
        /// Of several writers that decide on the same number, one wins and the others decide again; no event is lost.
        one_of_several_deciders_wins
        /// A dossier is read with the chains of all its parties, and with no event of another dossier.
        a_dossier_is_read_alone
        /// Times, versions and bodies of any size come back unchanged.
        times_and_versions_of_any_size_come_back
        /// A file is stored once, under the digest of its bytes.
        a_file_is_stored_once_under_its_digest
        /// A dossier has one snapshot, the newest; it is returned only to the code that computed it.
        a_snapshot_serves_the_code_that_made_it
    }
    proof {
        /// Each chain has one head, signed by this node, and it is the last event of the chain. Heads are sorted by party
        /// and dossier.
        each_chain_has_a_signed_head
        /// An untouched store verifies, and says how many chains, events, absent bodies and files it has.
        an_untouched_store_verifies
        /// A head that was noted earlier verifies as long as the chain holds it. A shorter or different chain is reported.
        a_noted_head_reveals_a_shorter_chain
        /// A body that is held back or blacked out is gone for good. The envelope stays, heads do not change, and the
        /// chain verifies and continues.
        an_absent_body_leaves_its_envelope
        /// Blacking out deletes each snapshot that may hold the body, and no earlier one.
        blacking_out_deletes_later_snapshots
        /// An event that does not exist cannot become absent, and the refusal says so.
        an_event_that_does_not_exist_cannot_become_absent
    }
    sequence {
        /// After any sequence of appends, absences, reopenings and restores, the store has exactly the acknowledged events.
        any_sequence_keeps_every_chain_whole
    }
    together {
        /// A reader beside a writer sees each append whole, and each position it was told before.
        a_reader_sees_whole_appends
        /// A second writer is refused at once and told which process writes. Readers are not refused. After the first
        /// writer closes, the next one opens.
        a_second_writer_is_refused
        /// Reading where no store is reports that it is missing, and creates nothing.
        reading_creates_nothing
        /// Everything that was acknowledged is there after closing and opening again.
        acknowledged_changes_survive_reopening
        /// A copy that is made while a writer appends restores to the events up to the position that the copy reports.
        a_copy_restores_to_a_prefix
        /// A restored copy has the accounts, and no session, link or count of failures.
        a_restored_copy_signs_nobody_in
    }
    accounts {
        /// The login name of an account is unique. Its name, language, password and closing can change.
        a_login_is_unique
        /// A secret of one-time codes counts only after a code has confirmed it, and each step is accepted once.
        each_step_of_a_code_is_accepted_once
        /// Appointments are sorted by first day, and on the same day by the order of recording.
        appointments_keep_their_order
        /// An appointment gets its last day. One that begins after its last day is deleted.
        an_appointment_ends_or_never_began
        /// A list of officers is recorded as a whole or not at all.
        a_list_is_recorded_whole
        /// The log of administrators' actions is read newest first.
        actions_are_read_newest_first
        /// A request after a pause begins a new visit, and each person has their own.
        a_visit_begins_after_a_pause
    }
    access {
        /// A session is seen, ended by its account alone, kept for a while and forgotten.
        a_session_ends
        /// An account keeps at most so many sessions: ended ones go first, then those seen longest ago. Other accounts
        /// lose none.
        an_account_loses_its_own_oldest_session
        /// All sessions of an account end but one.
        all_sessions_end_but_one
        /// A link works once and until it expires. A new link replaces the account's earlier ones.
        a_link_works_once
        /// Of several uses of one link at the same time, one is accepted.
        one_of_several_uses_of_a_link_is_accepted
        /// Failed attempts are counted for each subject by itself, and forgotten after a while or on request.
        attempts_are_counted_and_forgotten
        /// A passkey belongs to one account: no other account renames, removes or takes it.
        a_passkey_belongs_to_one_account
        /// A passkey is used from the state in which it was read: of two uses of one state, one is refused.
        a_passkey_is_used_from_its_state
        /// A subject of an issuer is bound to one account, and an account has a limited number of bindings.
        a_subject_is_bound_to_one_account
    }
    desk {
        /// A file waits on its owner's desk, with its corrections, until it is taken away. Files are listed oldest first.
        a_file_waits_until_it_is_taken
        /// No owner reads, corrects, takes or hands over a file of another desk.
        a_desk_is_its_owners_alone
        /// A quota that one more file would exceed is named, and it stops nobody else.
        a_full_desk_stops_nobody_else
        /// A file is handed over to another desk that has room for it.
        a_file_is_handed_over
        /// The saved input of a form is its account's alone: the last one replaces the one before.
        saved_input_is_its_accounts_alone
        /// An account keeps the saved input of its newest forms, by number and bytes. Old input is forgotten.
        the_oldest_saved_input_goes_first
        /// An unsent form waits for its account alone. The oldest goes first, and old ones are forgotten.
        the_oldest_unsent_form_goes_first
    }
}
