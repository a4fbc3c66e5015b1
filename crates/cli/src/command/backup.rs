//! `renkei backup` and `renkei restore` — write a backup file, and restore a journal from it.

use std::process::ExitCode;

use renkei_app::{Context, KeyOfCopy, Restored, key_file_of, restore_backup};

use crate::arguments::{Backup, Passphrase, Restore};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::surroundings::Surroundings;

/// The environment variable with the passphrase of the key.
const PASSPHRASE: &str = "RENKEI_PASSPHRASE";

pub fn back_up(task: Backup, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let data = surroundings.data(task.data.data)?;
    let passphrase = passphrase(&task.passphrase)?;
    let progress = Progress::of("写しを取っています");
    let made = renkei_app::back_up(&data, &task.file, passphrase.as_deref())?;
    drop(progress);
    println!("記録{}件の写しを {} に取りました。", made.events, task.file.display());
    match made.key_file {
        Some(key) => println!("鍵の写しを {} に取りました。合言葉とは別の場所に保管してください。", key.display()),
        None => println!(
            "鍵は入っていません。合言葉を書いたファイルを `--passphrase-file` で指定すると、鍵の写しも取れます。"
        ),
    }
    Ok(ExitCode::SUCCESS)
}

pub fn restore(task: Restore, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let data = surroundings.data(task.data.data)?;
    let key = match (task.acknowledged_by, passphrase(&task.passphrase)?) {
        (Some(acknowledged_by), _) => KeyOfCopy::Lost { acknowledged_by },
        (None, Some(passphrase)) => KeyOfCopy::Beside { passphrase },
        (None, None) if key_file_of(&task.file).exists() => return Err(Failure::NoPassphrase),
        (None, None) => KeyOfCopy::InPlace,
    };
    let progress = Progress::of("写しを確かめています");
    let restored = restore_backup(&task.file, &data, key, &Context::of_this_machine())?;
    drop(progress);
    println!("連鎖{}、記録{}件を {} に復元しました。", restored.chains, restored.events, data.display());
    tell_what_is_lost(&restored);
    Ok(ExitCode::SUCCESS)
}

fn tell_what_is_lost(restored: &Restored) {
    for key in &restored.replaced {
        println!("新しい鍵を作りました。これまでの鍵の指紋は {key} です。控えた指紋と同じことを確かめてください。");
    }
    if !restored.without_codes.is_empty() {
        println!(
            "次の利用者のワンタイムコードは使えません。`renkei user reset ログイン名` で設定し直してもらってください："
        );
    }
    for login in &restored.without_codes {
        println!("  {login}");
    }
}

/// Returns the passphrase of a file, or else of the environment; `None` if neither is given.
fn passphrase(given: &Passphrase) -> Result<Option<String>, Failure> {
    match &given.passphrase_file {
        Some(file) => Ok(Some(std::fs::read_to_string(file).map_err(Failure::file(file))?.trim().to_owned())),
        None => Ok(std::env::var(PASSPHRASE).ok().filter(|text| !text.trim().is_empty())),
    }
}
