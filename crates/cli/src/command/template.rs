//! `renkei template` — writes layouts that an office can change, and checks layouts for errors.

use std::process::ExitCode;

use renkei_app::{AppError, Templates, export_templates};

use crate::arguments::Template;
use crate::failure::Failure;

pub fn template(task: Template) -> Result<ExitCode, Failure> {
    match task {
        Template::Export(task) => {
            for file in export_templates(&task.layouts)? {
                println!("{} を書き出しました。", file.display());
            }
        }
        Template::Check(task) => {
            Templates::in_folder(&task.layouts).and_then(Templates::check).map_err(AppError::from)?;
            println!("様式に誤りはありません。");
        }
    }
    Ok(ExitCode::SUCCESS)
}
