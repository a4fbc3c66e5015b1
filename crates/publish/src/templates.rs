//! 様式のフォルダー — a folder with the layouts, as files that an office may copy and change: `report.typ` for the PDF,
//! `report.docx` for Word.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use typst::foundations::Bytes;

use crate::error::PressError;
use crate::template_fault::{Fault, FaultPlace, TemplateFault};
use crate::typst_faults::syntax_faults;
use crate::typst_file::TYPST;
use crate::word::layout::{WordLayout, our_file};
use crate::word::placeholders::PLACEHOLDERS;

const WORD: &str = "report.docx";
const GUIDE: &str = "使い方.txt";

/// Maximum number of files read from a folder of templates; further files are ignored.
const MAX_FILES: usize = 200;
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// 様式 — the layouts of an office, or ours if it has none.
#[derive(Debug, Clone)]
pub struct Templates {
    pub word: WordLayout,
    /// The office's Typst layout, with the pictures next to it.
    pub(crate) typst: Option<TypstLayout>,
}

/// `report.typ` and the files that it may refer to.
#[derive(Debug, Clone)]
pub(crate) struct TypstLayout {
    pub source: String,
    pub files: BTreeMap<String, Bytes>,
}

impl Templates {
    /// Returns our layouts.
    pub fn ours() -> Result<Self, PressError> {
        Ok(Self { word: WordLayout::ours()?, typst: None })
    }

    /// Reads the layouts of a folder; if a file is missing, our layout is used. Reports together all faults of the Word
    /// file and all syntax faults of the Typst file. Faults that only appear in the layout of a page are found by
    /// [`Templates::check`].
    pub fn in_folder(folder: &Path) -> Result<Self, PressError> {
        let mut files = read_folder(folder)?;
        let (word, typst) = (files.remove(WORD), files.remove(TYPST));
        if word.is_none() && typst.is_none() {
            return Err(PressError::Templates(vec![nothing(folder)]));
        }
        let mut faults = Vec::new();
        let mut keep = |found: Vec<TemplateFault>| faults.extend(found);
        let word = match word {
            Some(bytes) => WordLayout::read(WORD, &bytes).map_err(&mut keep).ok(),
            None => Some(WordLayout::ours()?),
        };
        let typst = typst.map(|bytes| typst_layout(&bytes, files));
        let typst = typst.transpose().map_err(&mut keep).ok().flatten();
        match word {
            Some(word) if faults.is_empty() => Ok(Self { word, typst }),
            _ => Err(PressError::Templates(faults)),
        }
    }
}

/// Returns our layouts and the guide to changing them, with their file names.
pub fn template_files() -> Result<Vec<(&'static str, Vec<u8>)>, PressError> {
    let word = our_file().map_err(|reason| PressError::Refused(vec![reason]))?;
    let typst = include_str!("../templates/report.typ").as_bytes().to_vec();
    Ok(vec![(TYPST, typst), (WORD, word), (GUIDE, guide().into_bytes())])
}

/// Returns 使い方.txt with the placeholders that this program knows, and with Windows line ends.
fn guide() -> String {
    let rows = PLACEHOLDERS.iter().map(|(name, _, meaning)| format!("  {{{{{name}}}}}  {meaning}\n"));
    let text = include_str!("../templates/guide.txt").replace("〔差込項目〕\n", &rows.collect::<String>());
    format!("\u{FEFF}{}", text.replace('\n', "\r\n"))
}

fn nothing(folder: &Path) -> TemplateFault {
    TemplateFault { file: folder.display().to_string(), place: FaultPlace::File, fault: Fault::NoTemplates }
}

fn typst_layout(bytes: &[u8], files: BTreeMap<String, Vec<u8>>) -> Result<TypstLayout, Vec<TemplateFault>> {
    let unreadable = |reason: &str| {
        let fault = Fault::Unreadable { kind: "UTF-8のテキスト", reason: reason.to_owned() };
        vec![TemplateFault { file: TYPST.to_owned(), place: FaultPlace::File, fault }]
    };
    let source = std::str::from_utf8(bytes).map_err(|fault| unreadable(&fault.to_string()))?;
    let source = source.trim_start_matches('\u{FEFF}').to_owned();
    let faults = syntax_faults(&source);
    let files = files.into_iter().map(|(name, bytes)| (name, Bytes::new(bytes))).collect();
    if faults.is_empty() { Ok(TypstLayout { source, files }) } else { Err(faults) }
}

fn read_folder(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, PressError> {
    let unreadable = |path: &Path, fault: std::io::Error| PressError::TemplateFile {
        path: path.to_owned(),
        reason: fault.to_string(),
    };
    let entries = std::fs::read_dir(folder).map_err(|fault| unreadable(folder, fault))?;
    let mut paths: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    paths.sort();
    let mut files = BTreeMap::new();
    for path in paths.into_iter().take(MAX_FILES) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if std::fs::metadata(&path).is_ok_and(|file| file.len() <= MAX_BYTES) {
            files.insert(name.to_owned(), std::fs::read(&path).map_err(|fault| unreadable(&path, fault))?);
        }
    }
    Ok(files)
}
