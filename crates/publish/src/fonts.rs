//! フォント — finds Japanese fonts in the usual directories of a machine; prefers BIZ UD.

use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use typst::text::Font;

use crate::error::PressError;

/// The font families for a report in order of preference, each with the beginning of its file names and its family
/// name. The first family that is found of each list is used for the text; the others are used for glyphs that it
/// lacks.
const GOTHIC: [(&str, &str); 5] = [
    ("bizudgothic", "BIZ UDGothic"),
    ("notosanscjk", "Noto Sans CJK JP"),
    ("notosansjp", "Noto Sans JP"),
    ("ipaexg", "IPAexGothic"),
    ("ipag", "IPAGothic"),
];
const MINCHO: [(&str, &str); 5] = [
    ("bizudmincho", "BIZ UDMincho"),
    ("notoserifcjk", "Noto Serif CJK JP"),
    ("notoserifjp", "Noto Serif JP"),
    ("ipaexm", "IPAexMincho"),
    ("ipam", "IPAMincho"),
];

/// Maximum depth of the folders that are searched below a font directory.
const DEPTH: usize = 5;

/// The fonts found, and the family names for the template.
pub(crate) struct Fonts {
    pub fonts: Vec<Font>,
    pub gothic: Vec<String>,
    pub mincho: Vec<String>,
}

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded_fonts.rs"));
}

impl Fonts {
    /// Returns the embedded fonts, or else those in the directories of this machine.
    pub(crate) fn find() -> Result<Self, PressError> {
        let directories = directories();
        let found =
            Self::among(&directories, &embedded::FONTS).map(|fonts| fonts.with_all_of(own_directory().as_deref()));
        found.ok_or(PressError::NoJapaneseFont { searched: directories })
    }

    pub(crate) fn in_directories(directories: &[PathBuf]) -> Result<Self, PressError> {
        Self::among(directories, &[]).ok_or_else(|| PressError::NoJapaneseFont { searched: directories.to_vec() })
    }

    /// Adds all fonts of the office's own directory. They are used for glyphs that the other fonts lack: 外字, 異体字.
    fn with_all_of(mut self, directory: Option<&Path>) -> Self {
        let Some(directory) = directory else { return self };
        let mut files = Vec::new();
        font_files(directory, DEPTH, &mut files);
        files.sort();
        let read = files.iter().filter_map(|file| std::fs::read(file).ok());
        for font in read.flat_map(|data| Font::iter(Bytes::new(data))) {
            let family = font.info().family.clone();
            if !self.fonts.iter().any(|known| known.info().family == family) {
                self.gothic.push(family.to_string());
                self.mincho.push(family.to_string());
            }
            if !self.fonts.contains(&font) {
                self.fonts.push(font);
            }
        }
        self
    }

    fn among(directories: &[PathBuf], embedded: &[&'static [u8]]) -> Option<Self> {
        let mut fonts: Vec<Font> = embedded.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect();
        if fonts.is_empty() {
            fonts = read_fonts(directories);
        }
        let gothic = families(&fonts, &GOTHIC);
        let mincho = families(&fonts, &MINCHO);
        // Families of the wanted kind come first; the families of the other kind follow, because one kind is enough to
        // print.
        let of_any_kind = |first: &[String], then: &[String]| first.iter().chain(then).cloned().collect::<Vec<_>>();
        let found = Self { gothic: of_any_kind(&gothic, &mincho), mincho: of_any_kind(&mincho, &gothic), fonts };
        (!found.gothic.is_empty()).then_some(found)
    }
}

fn families(fonts: &[Font], liked: &[(&str, &str)]) -> Vec<String> {
    let found = |family: &str| fonts.iter().any(|font| font.info().family == family);
    liked.iter().filter(|(_, family)| found(family)).map(|(_, family)| (*family).to_owned()).collect()
}

/// Returns the directory of an office's own fonts.
fn own_directory() -> Option<PathBuf> {
    std::env::var_os("RENKEI_FONT_DIR").map(PathBuf::from)
}

fn directories() -> Vec<PathBuf> {
    let own = own_directory();
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let of_home = [".local/share/fonts", ".fonts", "Library/Fonts"];
    let of_home = home.iter().flat_map(|home| of_home.map(|directory| home.join(directory)));
    let of_system = ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:\\Windows\\Fonts"];
    own.into_iter().chain(of_home).chain(of_system.map(PathBuf::from)).collect()
}

/// Reads the fonts of the first family found of each kind: one gothic and one mincho are enough, and save memory.
fn read_fonts(directories: &[PathBuf]) -> Vec<Font> {
    let mut files = Vec::new();
    directories.iter().for_each(|directory| font_files(directory, DEPTH, &mut files));
    files.sort();
    let of_kind = |liked: &[(&str, &str)]| -> Vec<Font> {
        let read = liked.iter().map(|(stem, family)| read_family(&files, stem, family));
        read.into_iter().find(|fonts| !fonts.is_empty()).unwrap_or_default()
    };
    [of_kind(&GOTHIC), of_kind(&MINCHO)].concat()
}

fn read_family(files: &[PathBuf], stem: &str, family: &str) -> Vec<Font> {
    let named = files.iter().filter(|file| plain_name(file).starts_with(stem));
    let read = named.filter_map(|file| std::fs::read(file).ok()).flat_map(|data| Font::iter(Bytes::new(data)));
    read.filter(|font| font.info().family == family).collect()
}

/// Normalises a file name, so that BIZ-UDGothicR.ttc and BIZUDGothic-Regular.ttf both begin with bizudgothic.
fn plain_name(file: &Path) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.replace(['-', '_', ' '], "")
}

fn font_files(directory: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            if depth > 0 {
                font_files(&path, depth - 1, files);
            }
        } else if path
            .extension()
            .is_some_and(|end| ["ttf", "otf", "ttc"].iter().any(|kind| end.eq_ignore_ascii_case(kind)))
        {
            files.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_of_the_office_are_used_only_for_missing_glyphs() {
        let lent = Path::new("/usr/share/fonts/truetype/dejavu");
        let Some(found) = Fonts::among(&directories(), &embedded::FONTS).filter(|_| lent.is_dir()) else {
            renkei_sample::skip_or_fail_in_ci("no Japanese font, or none to lend");
            return;
        };
        let before = (found.gothic.clone(), found.fonts.len());
        let found = found.with_all_of(Some(lent));
        assert!(found.fonts.len() > before.1);
        assert_eq!(found.gothic[..before.0.len()], before.0);
        let lending: Vec<_> = found.gothic[before.0.len()..].iter().filter(|family| *family == "DejaVu Sans").collect();
        assert_eq!(lending.len(), 1, "each family once");
    }
}
