//! 到着中のファイル — files while they are uploaded. They are written to the disk in pieces and later read one after another.
//! Limits apply to the node, to each party and to each account.
//!
//! All files of one form are written to one file on the disk. It has no name in the file system, so it disappears when
//! the form is dropped or the process ends, even in a crash.

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Folder for uploads in the data directory, and so on the same disk as the stored data.
const FOLDER: &str = "arriving";

/// 到着の上限 — the limits for simultaneous uploads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArrivalLimits {
    /// Maximum number of bytes: of the whole node, of one party, of one account.
    pub bytes: [u64; 3],
    /// Maximum number of forms with files: of the whole node, of one party, of one account.
    pub forms: [u64; 3],
}

impl Default for ArrivalLimits {
    fn default() -> Self {
        Self { bytes: [512 << 20, 256 << 20, 128 << 20], forms: [24, 12, 4] }
    }
}

/// 到着の難 — why an upload is refused.
#[derive(Debug)]
pub enum ArrivalFault {
    /// A limit is reached; try again later.
    Full,
    /// The disk could not be written.
    Disk(io::Error),
}

/// 持込み人 — the uploader: an account, and the party for which it acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bringer {
    pub party: String,
    pub account: String,
}

/// 到着口 — all uploads of a node that are under way.
#[derive(Debug)]
pub struct Arrivals {
    folder: PathBuf,
    limits: ArrivalLimits,
    number: AtomicU64,
    taken: Mutex<BTreeMap<Payer, [u64; 2]>>,
}

/// The node, party or account whose limit is charged, in the order of the limits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Payer {
    All,
    Party(String),
    Account(String),
}

/// 一つの用紙の到着 — the files of one form, stored one after another in one file.
#[derive(Debug)]
pub struct Arrival {
    file: File,
    length: u64,
    share: Share,
}

/// The bytes and forms that an upload has reserved; dropping it releases them.
#[derive(Debug)]
struct Share {
    arrivals: Arc<Arrivals>,
    payers: [Payer; 3],
    bytes: u64,
}

impl Arrivals {
    /// Opens the upload folder of a data directory, and deletes files that a crash left there.
    pub(crate) fn of(directory: &Path, limits: ArrivalLimits) -> io::Result<Self> {
        let folder = directory.join(FOLDER);
        match std::fs::remove_dir_all(&folder) {
            Err(fault) if fault.kind() != ErrorKind::NotFound => return Err(fault),
            _ => {}
        }
        Ok(Self { folder, limits, number: AtomicU64::new(0), taken: Mutex::default() })
    }

    /// Starts the upload of a form.
    pub fn begin(self: &Arc<Self>, bringer: &Bringer) -> Result<Arrival, ArrivalFault> {
        let payers = [Payer::All, Payer::Party(bringer.party.clone()), Payer::Account(bringer.account.clone())];
        self.take(&payers, [0, 1])?;
        let share = Share { arrivals: Arc::clone(self), payers, bytes: 0 };
        Ok(Arrival { file: self.nameless().map_err(ArrivalFault::Disk)?, length: 0, share })
    }

    /// Returns the number of forms whose files are being uploaded or wait to be read.
    pub fn under_way(&self) -> u64 {
        self.taken().get(&Payer::All).map_or(0, |[_, forms]| *forms)
    }

    fn nameless(&self) -> io::Result<File> {
        private_folder(&self.folder)?;
        let path = self.folder.join(self.number.fetch_add(1, Ordering::Relaxed).to_string());
        let file = private_file(&path)?;
        std::fs::remove_file(&path)?;
        Ok(file)
    }

    /// Reserves bytes and forms within all limits; reserves nothing if one limit is exceeded.
    fn take(&self, payers: &[Payer; 3], [bytes, forms]: [u64; 2]) -> Result<(), ArrivalFault> {
        let mut taken = self.taken();
        let limits = self.limits.bytes.into_iter().zip(self.limits.forms);
        for (payer, (most_bytes, most_forms)) in payers.iter().zip(limits) {
            let [of_bytes, of_forms] = taken.get(payer).copied().unwrap_or_default();
            if of_bytes + bytes > most_bytes || of_forms + forms > most_forms {
                return Err(ArrivalFault::Full);
            }
        }
        for payer in payers {
            let [of_bytes, of_forms] = taken.entry(payer.clone()).or_default();
            (*of_bytes, *of_forms) = (*of_bytes + bytes, *of_forms + forms);
        }
        Ok(())
    }

    fn taken(&self) -> MutexGuard<'_, BTreeMap<Payer, [u64; 2]>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Arrival {
    /// Returns the number of bytes written so far, which is the offset of the next piece.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Appends the next piece of a file.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), ArrivalFault> {
        let more = bytes.len() as u64;
        self.share.arrivals.take(&self.share.payers, [more, 0])?;
        self.share.bytes += more;
        self.file.write_all(bytes).map_err(ArrivalFault::Disk)?;
        self.length += more;
        Ok(())
    }

    /// Returns the bytes from the offset `from` to the offset `to`.
    pub fn read(&self, from: u64, to: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(to.saturating_sub(from)).unwrap_or(0));
        (&self.file).seek(SeekFrom::Start(from))?;
        (&self.file).take(to.saturating_sub(from)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.arrivals.taken();
        for payer in &self.payers {
            if let Some([bytes, forms]) = taken.get_mut(payer) {
                (*bytes, *forms) = (bytes.saturating_sub(self.bytes), forms.saturating_sub(1));
            }
        }
        taken.retain(|_, left| *left != [0, 0]);
    }
}

#[cfg(unix)]
fn private_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(path)
}

#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: ArrivalLimits = ArrivalLimits { bytes: [30, 20, 10], forms: [6, 4, 2] };

    fn arrivals(directory: &Path) -> Arc<Arrivals> {
        Arc::new(Arrivals::of(directory, LIMITS).unwrap())
    }

    fn bringer(party: &str, account: &str) -> Bringer {
        Bringer { party: party.to_owned(), account: account.to_owned() }
    }

    #[track_caller]
    fn is_full<T>(told: Result<T, ArrivalFault>) {
        assert!(matches!(told, Err(ArrivalFault::Full)));
    }

    #[test]
    fn files_of_a_form_come_back_as_they_were_written() {
        let directory = tempfile::tempdir().unwrap();
        let mut arrival = arrivals(directory.path()).begin(&bringer("city", "a")).unwrap();
        arrival.write(b"abc").unwrap();
        let second = arrival.length();
        arrival.write(b"de").unwrap();
        arrival.write(b"f").unwrap();
        assert_eq!(arrival.read(second, arrival.length()).unwrap(), b"def");
        assert_eq!(arrival.read(0, second).unwrap(), b"abc");
        assert_eq!(arrival.read(3, 3).unwrap(), b"");
    }

    #[test]
    fn uploaded_bytes_are_limited_for_an_account_a_party_and_the_node() {
        let directory = tempfile::tempdir().unwrap();
        let arrivals = arrivals(directory.path());
        let filled = |party: &str, account: &str| {
            let mut arrival = arrivals.begin(&bringer(party, account)).unwrap();
            arrival.write(&[0; 10]).unwrap();
            arrival
        };
        let mut first = filled("city", "a");
        is_full(first.write(&[0]));
        let second = filled("city", "b");
        is_full(arrivals.begin(&bringer("city", "c")).unwrap().write(&[0]));
        let third = filled("bureau", "d");
        is_full(arrivals.begin(&bringer("bureau", "e")).unwrap().write(&[0]));
        drop(second);
        arrivals.begin(&bringer("city", "c")).unwrap().write(&[0; 10]).unwrap();
        arrivals.begin(&bringer("bureau", "e")).unwrap().write(&[0; 10]).unwrap();
        is_full(first.write(&[0]));
        drop((first, third));
        assert!(arrivals.taken().is_empty(), "what goes gives all back");
    }

    #[test]
    fn the_number_of_forms_under_way_is_limited() {
        let directory = tempfile::tempdir().unwrap();
        let arrivals = arrivals(directory.path());
        let begin = |party: &str, account: &str| arrivals.begin(&bringer(party, account));
        let mut taken: Vec<Arrival> = ["a", "a", "b", "b"].map(|account| begin("city", account).unwrap()).into();
        is_full(begin("city", "a"));
        is_full(begin("city", "c"));
        taken.extend(["d", "e"].map(|account| begin("bureau", account).unwrap()));
        is_full(begin("bureau", "f"));
        taken.pop();
        assert!(begin("bureau", "f").is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn uploads_are_readable_by_the_owner_only_and_leave_no_file() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let directory = tempfile::tempdir().unwrap();
        let folder = directory.path().join(FOLDER);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("7"), "left by a crash").unwrap();
        let arrivals = arrivals(directory.path());
        assert!(!folder.exists(), "removed at the next start");
        let arrival = arrivals.begin(&bringer("city", "a")).unwrap();
        assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        let metadata = arrival.file.metadata().unwrap();
        assert_eq!((metadata.permissions().mode() & 0o777, metadata.nlink()), (0o600, 0), "no name leads to it");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    }
}
