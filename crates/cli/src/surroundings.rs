//! The environment of the process: the user's language and the default data directory.

use std::path::{Path, PathBuf};

use renkei_document::language::Language;

use crate::failure::Failure;

/// 周囲 — the environment of the process.
pub struct Surroundings {
    pub language: Language,
}

impl Surroundings {
    /// Reads the language of the environment. It is Japanese unless the first non-empty one of LC_ALL, LC_MESSAGES and
    /// LANG names another.
    pub fn of_this_process() -> Self {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
        Self { language: language_of(named.as_deref()) }
    }

    /// Returns the data directory that a command names, or else the standard one of the platform.
    pub fn data(&self, named: Option<PathBuf>) -> Result<PathBuf, Failure> {
        let own = || directories::ProjectDirs::from("", "", "renkei").map(|own| own.data_dir().to_owned());
        let data = named.or_else(own).ok_or(Failure::NoDataDirectory)?;
        tell_what_was_open(&data)?;
        Ok(data)
    }
}

/// Restricts the directory of an earlier release to its owner. Prints, only once, which paths other users could read
/// before.
fn tell_what_was_open(data: &Path) -> Result<(), Failure> {
    let open = renkei_app::tighten(data)?;
    if let Some(first) = open.first() {
        eprintln!(
            "「{}」など{}件は、この機械のほかの利用者も開ける状態でした。持ち主だけが開けるようにしました。ほかの利用者のいる機械では、読まれたおそれがあるものとして、パスワードを変えてもらってください。",
            first.display(),
            open.len()
        );
    }
    Ok(())
}

fn language_of(named: Option<&str>) -> Language {
    match named {
        None => Language::Japanese,
        Some(name) if name.starts_with("ja") => Language::Japanese,
        Some(_) => Language::English,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_japanese_by_default() {
        assert_eq!(language_of(None), Language::Japanese);
        assert_eq!(language_of(Some("ja_JP.UTF-8")), Language::Japanese);
        assert_eq!(language_of(Some("C.UTF-8")), Language::English);
        assert_eq!(language_of(Some("en_GB.UTF-8")), Language::English);
    }
}
