//! `renkei backup` and `renkei restore` — write a backup file, and restore a journal from it.

use std::process::ExitCode;

use renkei_app::{Context, LostKey, restore_backup};

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
    let lost = task.acknowledged_by.map(|acknowledged_by| LostKey { acknowledged_by });
    let restored = restore_backup(&task.file, &data, lost, &Context::of_this_machine())?;
    drop(progress);
    println!("連鎖{}、記録{}件を {} に復元しました。", restored.chains, restored.events, data.display());
    for key in restored.replaced {
        println!("新しい鍵を作りました。これまでの鍵の指紋は {key} です。控えた指紋と同じことを確かめてください。");
    }
    Ok(ExitCode::SUCCESS)
}
