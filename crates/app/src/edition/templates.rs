//! 様式 — writes the built-in layouts into a folder, where an office can change them.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use renkei_publish::template_files;

use crate::node::error::AppError;

/// Writes the layouts and their guide into `folder`, and returns their paths. If one of these files exists, writes
/// nothing, because the office may have changed the file.
pub fn export_templates(folder: &Path) -> Result<Vec<PathBuf>, AppError> {
    let refused = |path: &Path, fault| AppError::File { path: path.display().to_string(), fault };
    let files = template_files()?;
    fs::create_dir_all(folder).map_err(|fault| refused(folder, fault))?;
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    if let Some(known) = paths.iter().find(|path| path.exists()) {
        return Err(AppError::AlreadyThere { path: known.display().to_string() });
    }
    for (path, (_, bytes)) in paths.iter().zip(&files) {
        let mut file =
            OpenOptions::new().write(true).create_new(true).open(path).map_err(|fault| refused(path, fault))?;
        file.write_all(bytes).map_err(|fault| refused(path, fault))?;
    }
    Ok(paths)
}
