//! Only their owner can read stored files, whatever the umask is.

use std::fs::{Permissions, read_dir, set_permissions, symlink_metadata};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::{command, folder_with_sample, text};

/// Runs `renkei` in a folder with this umask.
fn with_umask(folder: &Path, umask: &str, arguments: &[&str]) -> Output {
    let node = command(folder, "ja_JP.UTF-8", arguments);
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\"")]).arg(node.get_program()).args(arguments);
    shell.current_dir(folder).env("LANG", "ja_JP.UTF-8").env("XDG_DATA_HOME", folder.join("home"));
    shell.output().expect("the binary runs")
}

/// Returns the paths that others could open: files in a directory, and the directory itself.
fn open_to_others(path: &Path) -> Vec<PathBuf> {
    let known = symlink_metadata(path).expect("there");
    let mut open: Vec<_> = (known.permissions().mode() & 0o077 != 0).then(|| path.to_owned()).into_iter().collect();
    if known.is_dir() {
        let inside = read_dir(path).expect("readable").map(|one| one.expect("readable").path());
        open.extend(inside.flat_map(|path| open_to_others(&path)));
    }
    open
}

#[test]
fn stored_files_are_readable_by_the_owner_only_under_any_umask() {
    for umask in ["000", "022"] {
        let folder = folder_with_sample();
        let at = folder.path();
        let runs = [
            &["import", "昨年度.txt", "--data", "above/data"][..],
            &["backup", "写し.sqlite3", "--data", "above/data"],
            &["restore", "写し.sqlite3", "--data", "restored", "--acknowledged-by", "局長"],
            &["user", "list", "--data", "restored"],
        ];
        for arguments in runs {
            let done = with_umask(at, umask, arguments);
            assert_eq!(done.status.code(), Some(0), "{arguments:?}: {}", text(&done.stderr));
            assert_eq!(text(&done.stderr), "", "{arguments:?}");
        }
        for kept in ["above", "写し.sqlite3", "restored"] {
            assert_eq!(open_to_others(&at.join(kept)), Vec::<PathBuf>::new(), "umask {umask}");
        }
    }
}

#[test]
fn a_directory_of_an_earlier_release_is_restricted_and_reported_once() {
    let folder = folder_with_sample();
    let at = folder.path();
    let run = |arguments: &[&str]| with_umask(at, "022", arguments);
    assert_eq!(run(&["import", "昨年度.txt", "--data", "data"]).status.code(), Some(0));
    let open = |path: &str, mode| set_permissions(at.join(path), Permissions::from_mode(mode)).expect("set");
    open("data", 0o755);
    for file in ["renkei.sqlite3", "renkei.lock", "node.key"] {
        open(&format!("data/{file}"), 0o644);
    }
    let told = run(&["user", "list", "--data", "data"]);
    assert!(
        text(&told.stderr).contains("など4件は、この機械のほかの利用者も開ける状態でした"),
        "{}",
        text(&told.stderr)
    );
    assert_eq!(open_to_others(&at.join("data")), Vec::<PathBuf>::new());
    assert_eq!(text(&run(&["user", "list", "--data", "data"]).stderr), "");
}

#[test]
fn a_directory_that_cannot_be_restricted_is_refused_with_the_command_that_does() {
    let folder = folder_with_sample();
    let at = folder.path();
    let run = |data: &str| with_umask(at, "022", &["user", "list", "--data", data]);
    std::fs::create_dir(at.join("shared")).expect("made");
    std::fs::write(at.join("shared/その他.txt"), "x").expect("written");
    set_permissions(at.join("shared"), Permissions::from_mode(0o755)).expect("set");
    let refused = run("shared");
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("`mkdir -m 700 'shared/renkei'`"), "{}", text(&refused.stderr));
    assert_eq!(open_to_others(&at.join("shared")).len(), 2, "nothing was touched");
    assert_eq!(with_umask(at, "022", &["import", "昨年度.txt", "--data", "data"]).status.code(), Some(0));
    std::fs::rename(at.join("data/renkei.sqlite3"), at.join("elsewhere")).expect("moved");
    std::os::unix::fs::symlink(at.join("elsewhere"), at.join("data/renkei.sqlite3")).expect("linked");
    let refused = run("data");
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("シンボリックリンクです"), "{}", text(&refused.stderr));
}
