//! `renkei journal` — verifies the journal.

use std::process::ExitCode;

use renkei_app::verify_journal;

use crate::arguments::{Journal, Verify};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::surroundings::Surroundings;

pub fn journal(task: Journal, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    match task {
        Journal::Verify(task) => verify(task, surroundings),
    }
}

fn verify(task: Verify, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let data = surroundings.data(task.data.data)?;
    let progress = Progress::of("記録簿を確かめています");
    let mut noted: Vec<String> = task.heads.into_iter().chain(task.keys).collect();
    if let Some(file) = &task.noted {
        noted.push(std::fs::read_to_string(file).map_err(Failure::file(file))?);
    }
    let proof = verify_journal(&data, &noted)?;
    drop(progress);
    println!(
        "記録簿は正しく続いています：連鎖{}、記録{}件（うち非開示{}件）。",
        proof.chains, proof.events, proof.absent
    );
    if !proof.old_copies.is_empty() {
        println!("版を移す前の控え（30日を過ぎると、次に始めるときに消します。黒塗りをすると、すぐに消します）：");
    }
    for copy in proof.old_copies {
        println!("  {}  {}", copy.made_on, copy.path.display());
    }
    println!("署名した鍵の指紋（控えておくと、後で `--key` で確かめられます）：");
    for key in proof.keys {
        println!("  {}  {}", key.fingerprint, key.origin);
    }
    println!("先頭（控えておくと、後で `--head` で確かめられます）：");
    for head in proof.heads {
        println!("  {}", head.mark);
    }
    Ok(ExitCode::SUCCESS)
}
