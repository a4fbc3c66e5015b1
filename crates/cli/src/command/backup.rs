//! `renkei backup` and `renkei restore` — write a backup file, and restore a journal from it.

use std::process::ExitCode;

use crate::arguments::{Backup, Restore};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::surroundings::Surroundings;

pub fn back_up(task: Backup, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let data = surroundings.data(task.data.data)?;
    let progress = Progress::of("写しを取っています");
    let events = renkei_app::back_up(&data, &task.file)?;
    drop(progress);
    println!("記録{events}件の写しを {} に取りました。", task.file.display());
    Ok(ExitCode::SUCCESS)
}

pub fn restore(task: Restore, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let data = surroundings.data(task.data.data)?;
    let progress = Progress::of("写しを確かめています");
    let restored = renkei_app::restore_backup(&task.file, &data)?;
    drop(progress);
    println!("連鎖{}、記録{}件を {} に復元しました。", restored.chains, restored.events, data.display());
    Ok(ExitCode::SUCCESS)
}
