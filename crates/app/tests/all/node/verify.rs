//! Faults of a data directory that its verification finds outside of the chains.

use renkei_app::access::{local_operator, local_viewer};
use renkei_app::verify_journal;
use renkei_domain::command::Command;
use renkei_domain::evidence::command::{EvidenceCommand, ImportDocument};
use renkei_sample::{Settings, document};

use crate::fixture::{Office, sample};

#[test]
fn a_missing_file_that_an_event_names_is_reported_by_its_name() {
    let office = Office::with(&sample());
    let folder = office.folder.path();
    verify_journal(folder, &[]).expect("all files are kept");
    let (agreement, by) = {
        let state = office.node.state();
        let known = state.seen_by(local_viewer()).agreements().next().expect("an agreement");
        (known.id, known.agreement.parties[0].id)
    };
    let document = renkei_import::read(document(&Settings::usual(8, 2027)).as_bytes()).expect("readable").value;
    let (file_name, digest) = ("翌年度.txt".to_owned(), "0".repeat(64));
    let import = ImportDocument { agreement, by, file_name, digest, document, findings: Vec::new(), merge: None };
    let command = Command::Evidence(EvidenceCommand::ImportDocument(Box::new(import)));
    office.node.do_as(local_operator(), command).expect("recorded");
    let fault = verify_journal(folder, &[]).expect_err("the file is not there");
    assert!(fault.to_string().contains("翌年度.txt"), "{fault}");
}
