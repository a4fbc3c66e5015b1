//! 権限 — file permissions. The data directory has mode 0700 and each file in it 0600, whatever the umask is, from its
//! creation on. SQLite gives its `-wal` and `-shm` files the mode of the database file.
//!
//! Opening a directory of an earlier release restricts its permissions. If this process may not change them, opening
//! fails and names the command that does. This is so if the directory contains other people's files (it is sticky, or
//! has files but no journal), has another owner, or contains a symbolic link in place of a file, which may lead
//! elsewhere. If the directory itself is a symbolic link, the link is followed, because the operator named it.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use crate::error::JournalError;

/// Name of the file in a data directory that contains the journal.
pub(crate) const DATABASE: &str = "renkei.sqlite3";

#[cfg(unix)]
const CHECKING: &str = "データ置き場の権限を確かめる";

/// Creates a directory and its missing parents. Only their owner can use them.
pub(crate) fn make_directory(directory: &Path) -> Result<(), JournalError> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(directory).map_err(JournalError::io("データ置き場を作る", directory))
}

/// Opens a file for writing. A new file can be opened by its owner only. If `new` is true, nothing of this name may
/// exist, not even a symbolic link.
pub(crate) fn private_file(path: &Path, new: bool) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).create_new(new).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Syncs the directory that contains a path, so that a new name survives a loss of power.
#[cfg(unix)]
pub(crate) fn sync_directory_of(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => File::open(directory)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

#[cfg(not(unix))]
pub(crate) fn sync_directory_of(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Restricts the permissions of a data directory and our files in it to the owner. Returns the paths that others could
/// open before; empty if the directory does not exist.
#[cfg(unix)]
pub fn tighten(directory: &Path) -> Result<Vec<PathBuf>, JournalError> {
    use std::os::unix::fs::PermissionsExt;
    let Ok(known) = fs::metadata(directory) else { return Ok(Vec::new()) };
    let reading = || JournalError::io(CHECKING, directory);
    let mut names: Vec<_> = fs::read_dir(directory)
        .and_then(|all| all.map(|one| Ok(one?.path())).collect::<Result<_, _>>())
        .map_err(reading())?;
    names.sort();
    let mut tightened = Vec::new();
    if known.permissions().mode() & 0o077 != 0 {
        let is_ours = names.is_empty() || directory.join(DATABASE).exists();
        let is_sticky = known.permissions().mode() & 0o1000 != 0;
        if !is_ours || is_sticky {
            return Err(JournalError::SharedPlace { path: directory.to_owned() });
        }
        set_mode(directory, 0o700)?;
        tightened.push(directory.to_owned());
    }
    for path in names.into_iter().filter(|path| is_our_name(path)) {
        let known = fs::symlink_metadata(&path).map_err(JournalError::io(CHECKING, &path))?;
        if known.is_symlink() {
            return Err(JournalError::NotInPlace { path });
        }
        if known.is_file() && known.permissions().mode() & 0o077 != 0 {
            set_mode(&path, 0o600)?;
            tightened.push(path);
        }
    }
    Ok(tightened)
}

#[cfg(not(unix))]
pub fn tighten(_directory: &Path) -> Result<Vec<PathBuf>, JournalError> {
    Ok(Vec::new())
}

#[cfg(unix)]
fn is_our_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("renkei.") || name.starts_with("node.key")
}

/// Sets the mode of a path. Also fails if the file system accepts the call but does not change the mode.
#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> Result<(), JournalError> {
    use std::os::unix::fs::PermissionsExt;
    let set = fs::set_permissions(path, fs::Permissions::from_mode(mode));
    let kept = fs::metadata(path).map(|known| known.permissions().mode() & 0o077);
    match (set, kept) {
        (Ok(()), Ok(0)) => Ok(()),
        _ => Err(JournalError::Exposed { path: path.to_owned(), command: format!("chmod {mode:o}") }),
    }
}
