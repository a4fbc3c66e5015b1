//! The use cases of the product, with one file for each: load → decide → append → replace the state.
//!
//! [`Node`] is an open data directory. It applies all events of its journal once and keeps the result in memory as a
//! [`State`], which all readers share. A use case that changes something decides on a copy of the state, appends the
//! events to the journal, and then replaces the state with the copy. [`Context`] supplies time and random numbers.

pub mod edition;
pub mod evidence;
mod handover;
pub mod indicator;
mod node;
pub mod organisation;
pub mod people;
pub mod plan;
pub mod shared_fact;

pub use edition::check::machine_readable;
pub use edition::file::{read_edition_file, why_no_pdf};
pub use edition::report::{Report, missing_glyphs, report_of};
pub use edition::summary::Summary;
pub use edition::templates::export_templates;
pub use evidence::compare::compare_files;
pub use evidence::import::{ImportOutcome, MergedTable, read_document};
pub use evidence::import_many::ImportedFile;
pub use evidence::review::Review;
pub use evidence::row_place::{RowPlace, placed_rows};
pub use handover::handover_pdf;
pub use node::arrivals::{Arrival, ArrivalFault, ArrivalLimits, Arrivals, Bringer};
pub use node::backup::{BackedUp, KeyOfCopy, Restored, back_up, key_file_of, restore_backup, tighten};
pub use node::context::{Context, day_of};
pub use node::entry_lines::EntryLine;
pub use node::error::AppError;
pub use node::open::{Node, read_state};
pub use node::state::State;
pub use node::verify::{EarlierCopy, JournalHead, JournalProof, ProvenKey, verify_journal};
pub use organisation::house_style::PartyStyle;
pub use organisation::list::{ListTrial, OrganisationList, read_organisation_list};
pub use organisation::list_fault::ListFault;
pub use people::access;
pub use people::accounts::{Appointment, HandedLink, NewAccount, Person, PostToHold};
pub use people::credentials::{Credential, CredentialKind, Doer, Notice};
pub use people::fault::AccountFault;
pub use people::log::{DeedLine, PeopleDeed};
pub use people::officer_fault::{OfficerColumn, OfficerDoubt, OfficerFault};
pub use people::officer_list::{names_officers, read_officer_list};
pub use people::officer_trial::{OfficerLine, OfficerList, OfficerOutcome, OfficerStep, OfficerTrial};
pub use people::outside::{Callback, OutsideDoor, Purpose, Returned};
pub use people::passkeys::PasskeyKnock;
pub use people::sessions::{OwnSession, SessionLimits};
pub use people::sign_in::{Answered, Entered, Knock, OpenLink};
pub use people::throttle::network_of;
pub use people::unsent::UnsentForm;
pub use people::visit::LastVisit;
pub use people::visitor::{Known, Visitor};
pub use people::watch::{HandedOver, LastSeen, PeopleWatch, Watched};
pub use plan::draft::{NewPlan, RowAsRead, RowSpot, Saved};
pub use plan::search::Hit;
pub use plan::typing::{Editor, FormName, KeptTyping, TypedForm};
pub use renkei_identity::oidc::{OidcFault, OidcSettings, OutsidePerson};
pub use renkei_identity::one_time::OneTimeSecret;
pub use renkei_identity::password::fresh as fresh_password;
pub use renkei_identity::priority::yield_to_others;
pub use renkei_identity::token::Token;
pub use renkei_import::Unreadable;
pub use renkei_import::machine_readable::{RuleNotice, RulePlace, Verdict};
pub use renkei_journal::{Account, LinkPurpose};
pub use renkei_publish::{
    Csv, CsvEncoding, LostCharacter, Press, PressError, TABLES as DATA_TABLES, Templates, WorkbookError,
    document_schema,
};
