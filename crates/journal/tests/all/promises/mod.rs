//! 約束 — the promises of the store, which every database engine must fulfil. The list below describes each promise in
//! one sentence.
//!
//! A promise is a test function. It gets a function that makes stores, each in a new folder, and uses only the public
//! interface of the crate: no SQL and no file of an engine. To test a second engine, add it to [`on_each_engine`] only.
//!
//! Tests that read or change the files of SQLite directly are next to this folder: `absence`, `backup`, `crash`,
//! `forger`, `verify` and `wal_cut`. The engine itself has tests for its migrations, its pragmas, and the limit of
//! 20,000 subjects with failed attempts (this test would be slow here, because each attempt is a write to the disk).

use std::path::{Path, PathBuf};

use renkei_journal::{Journal, JournalError, Reader, RestoreKey, restore};

mod access;
mod accounts;
mod desk;
mod events;
mod proof;
mod sequence;
mod together;

/// Makes a store in a new folder.
type Fresh = fn() -> Store;

/// Runs a promise with the stores of each engine.
fn on_each_engine(promise: fn(Fresh)) {
    promise(Store::of_sqlite);
}

/// A store in a folder of its own; dropping it deletes the folder.
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

    /// Opens the store for writing. Creates the store if it does not exist yet.
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

    /// Returns a path next to the store, for a copy.
    fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Restores a copy into a store of its own.
    fn restored(copy: &Path) -> Self {
        let store = Self::of_sqlite();
        let key = RestoreKey::Lost { by: "局長".to_owned(), at: 7 };
        restore(copy, &store.data, key).unwrap();
        store
    }
}

/// Lists the promises with their sentences, and makes a test of each.
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
        /// Events are read as they were appended, in the order in which the store received them.
        events_are_read_in_the_order_heard
        /// Either all events of an append are stored or none, whatever the reason of a refusal.
        an_append_is_whole_or_refused
        /// An append whose expected number of a chain is wrong is refused. The refusal names the chain, the expected
        /// number and the actual number.
        a_conflict_is_refused_by_name
        /// Each chain numbers its events from 1 without gaps, even if appends to several chains alternate.
        each_chain_counts_without_gaps
        /// If several writers decide on the same numbers, one succeeds and the others decide again; no event is lost.
        one_of_several_deciders_wins
        /// Reading a dossier returns the chains of all its parties, and no event of another dossier.
        a_dossier_is_read_alone
        /// Times, versions and bodies of any size are read as they were written.
        times_and_versions_of_any_size_come_back
        /// Equal files are stored once, under the digest of their bytes.
        a_file_is_stored_once_under_its_digest
        /// A dossier has one snapshot, the newest. It is returned only to the code that computed it.
        a_snapshot_serves_the_code_that_made_it
    }
    proof {
        /// Each chain has one head, which is its last event and is signed by this node. Heads are sorted by party and
        /// dossier.
        each_chain_has_a_signed_head
        /// An unchanged store verifies. The result contains the numbers of chains, events, absent bodies and files.
        an_untouched_store_verifies
        /// A head that was noted earlier verifies while the chain contains it. If the chain became shorter or differs,
        /// this is reported.
        a_noted_head_reveals_a_shorter_chain
        /// A withheld or blacked-out body is deleted for good. The envelope stays, heads do not change, and the chain
        /// verifies and can grow.
        an_absent_body_leaves_its_envelope
        /// Blacking out a body deletes every snapshot that may contain the body, and no earlier snapshot.
        blacking_out_deletes_later_snapshots
        /// Each change of an account, an appointment, a credential, a session, a file or an absence moves the ledger. A
        /// head of the ledger that was noted earlier stays valid, and reveals an earlier copy.
        each_change_beside_the_events_moves_the_ledger
        /// An event that does not exist cannot be made absent; the refusal says that it does not exist.
        an_event_that_does_not_exist_cannot_become_absent
    }
    sequence {
        /// After any sequence of appends, absences, reopenings and restores, the store contains exactly the
        /// acknowledged events.
        any_sequence_keeps_every_chain_whole
    }
    together {
        /// While a writer appends, a reader sees each append as a whole, and can read up to each position that was
        /// reported.
        a_reader_sees_whole_appends
        /// A second writer is refused at once, with the process id of the first. Readers are not refused. After the
        /// first writer has closed, another can open.
        a_second_writer_is_refused
        /// Reading from a folder without a store reports that the store is missing, and creates nothing.
        reading_creates_nothing
        /// Every acknowledged change is still there after closing and opening the store.
        acknowledged_changes_survive_reopening
        /// Restoring a copy that was made while a writer appended gives all events up to the position that the copy
        /// reported.
        a_copy_restores_to_a_prefix
        /// A restored copy contains the accounts, but no sessions, links or failed attempts.
        a_restored_copy_signs_nobody_in
    }
    accounts {
        /// Login names are unique. The name, language and password of an account can change, and an account can be
        /// closed.
        a_login_is_unique
        /// A secret for one-time codes is valid only after a code has confirmed it. Each time step is accepted once.
        each_step_of_a_code_is_accepted_once
        /// Appointments are sorted by first day, and then by the order of recording.
        appointments_keep_their_order
        /// An appointment can get a last day. If it begins after that day, it is deleted.
        an_appointment_ends_or_never_began
        /// A list of officers is recorded as a whole or not at all.
        a_list_is_recorded_whole
        /// The log of administrators' actions is returned newest first.
        actions_are_read_newest_first
        /// The owner of an account has seen the log up to some entry; this never goes back.
        the_seen_part_of_the_log_only_grows
        /// A request after a pause begins a new visit. Each person's visits are separate.
        a_visit_begins_after_a_pause
    }
    access {
        /// A session is found, can be ended by its own account only, is kept for a while after its end, and is then
        /// deleted.
        a_session_ends
        /// The number of sessions of an account is limited: ended ones are deleted first, then the least recently used.
        /// Other accounts are not affected.
        an_account_loses_its_own_oldest_session
        /// All sessions of an account except one can be ended together.
        all_sessions_end_but_one
        /// A proof is stored with an open session.
        a_session_is_proved_while_it_lasts
        /// A change of a credential is stored together with its log entry. Unless it only adds or renames, it ends the
        /// account's other sessions, its unused links, and sign-ins that began before.
        a_change_is_stored_with_its_log_entry_and_what_it_ends
        /// A reset removes each credential, each known browser and each session of its account, and nothing of others.
        a_reset_ends_every_credential
        /// A browser is known to an account by a token that the browser got when the account signed in.
        a_browser_is_known_by_a_token_that_the_store_accepted
        /// A link can be used once, before it expires. A new link replaces earlier links of the account.
        a_link_works_once
        /// If a link is used several times at once, one use is accepted.
        one_of_several_uses_of_a_link_is_accepted
        /// Failed attempts are counted separately for each subject, and deleted after a while or on request.
        attempts_are_counted_and_forgotten
        /// A passkey belongs to one account; no other account can rename, remove or register it.
        a_passkey_belongs_to_one_account
        /// A use of a passkey must start from the stored state; of two uses that start from the same state, one is
        /// refused.
        a_passkey_is_used_from_its_state
        /// A subject of an issuer is bound to one account only, and an account has a limited number of bindings.
        a_subject_is_bound_to_one_account
    }
    desk {
        /// A file stays on its owner's desk, with its corrections, until it is removed. Files are listed oldest first.
        a_file_waits_until_it_is_taken
        /// No owner can read, correct, remove or hand over a file on another desk.
        a_desk_is_its_owners_alone
        /// The quota that one more file would exceed is named, and other owners are not affected.
        a_full_desk_stops_nobody_else
        /// A file can be handed over to another desk if that desk has room.
        a_file_is_handed_over
        /// Only the account that saved the input of a form can read it. New input replaces earlier input.
        saved_input_is_its_accounts_alone
        /// Saved input is limited by number and size: the input of an account's oldest forms is deleted first. Old
        /// input is deleted.
        the_oldest_saved_input_goes_first
        /// Only the account that sent a form can read it. The number of forms is limited: the oldest is deleted first,
        /// and old ones are deleted.
        the_oldest_unsent_form_goes_first
    }
}
