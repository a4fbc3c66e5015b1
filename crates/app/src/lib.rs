//! What the product does: one file per use case, each load → decide → append → tell.
//!
//! [`Renkei`] is an open data directory. It keeps the folded dossiers in memory as a [`State`] that readers share; a use case
//! that changes something decides on a copy, appends to the journal, and only then puts the copy in its place. The world
//! (clock and randomness) comes in through [`Context`].

pub mod access;
mod account_fault;
mod arrivals;
mod backup;
mod carry_out;
mod check;
mod compare;
mod context;
mod correct;
mod divisions;
mod draft;
mod edition_file;
mod edition_freeze;
mod entry_lines;
mod error;
mod fair_table;
mod handover;
mod house_style;
mod import;
mod import_many;
mod indicators;
mod invitations;
mod lineage;
mod list_columns;
mod officer_fault;
mod officer_list;
mod officer_proposal;
mod open;
mod open_data;
mod organisation;
mod organisation_list;
mod outside;
mod passkeys;
mod people;
mod people_log;
mod posts;
mod queue;
mod quotas;
mod report;
mod review;
mod search;
mod sessions;
mod sign_in;
mod state;
mod summary;
mod templates;
mod throttle;
mod typing;
mod unsent;
mod verify;
mod visit;
mod visitor;
mod watch;

pub use account_fault::AccountFault;
pub use arrivals::{Arrival, ArrivalFault, ArrivalLimits, Arrivals, Bringer};
pub use backup::{Restored, back_up, restore_backup, tighten};
pub use check::machine_readable;
pub use compare::compare_files;
pub use context::Context;
pub use draft::{NewPlan, RowAsRead, RowSpot, Saved};
pub use edition_file::{read_edition_file, why_no_pdf};
pub use error::AppError;
pub use handover::handover_pdf;
pub use house_style::PartyStyle;
pub use import::{ImportOutcome, MergedTable, read_document};
pub use import_many::ImportedFile;
pub use officer_fault::{OfficerColumn, OfficerDoubt, OfficerFault};
pub use officer_list::{
    OfficerLine, OfficerList, OfficerOutcome, OfficerStep, OfficerTrial, names_officers, read_officer_list,
};
pub use open::{Renkei, read_state};
pub use organisation_list::{ListFault, ListTrial, OrganisationList, read_organisation_list};
pub use outside::{OutsideDoor, Returned};
pub use passkeys::{OwnPasskey, PasskeyKnock};
pub use people::{Appointment, HandedLink, NewAccount, Person, PostToHold};
pub use people_log::{DeedLine, PeopleDeed};
pub use renkei_identity::oidc::{OidcFault, OidcSettings, OutsidePerson};
pub use renkei_identity::one_time::OneTimeSecret;
pub use renkei_identity::password::fresh as fresh_password;
pub use renkei_identity::token::Token;
pub use renkei_import::Unreadable;
pub use renkei_import::machine_readable::{RuleNotice, RulePlace, Verdict};
pub use renkei_journal::{Account, LinkPurpose};
pub use renkei_publish::{
    Csv, CsvEncoding, LostCharacter, Press, PressError, TABLES as DATA_TABLES, Templates, WorkbookError,
    document_schema,
};
pub use report::{Report, missing_glyphs, report_of};
pub use review::{Review, RowPlace, placed_rows};
pub use search::Hit;
pub use sessions::{OwnSession, SessionLimits, day_of};
pub use sign_in::{Answered, Knock, OpenLink};
pub use state::{EntryLine, State};
pub use summary::Summary;
pub use templates::export_templates;
pub use throttle::network_of;
pub use typing::{Beside, FormName, KeptTyping, TypedForm};
pub use unsent::UnsentForm;
pub use verify::{JournalHead, JournalProof, verify_journal};
pub use visit::LastVisit;
pub use visitor::{HeldPost, Known, Visitor};
pub use watch::{HandedOver, LastSeen, PeopleWatch, Watched};
