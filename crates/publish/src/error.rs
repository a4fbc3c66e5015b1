//! 印刷できない理由 — why a report cannot be printed, each with the next step.

use std::fmt;
use std::path::PathBuf;

use crate::glyphs::MissingGlyph;
use crate::template_fault::TemplateFault;

/// 印刷できない理由 — why there is no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PressError {
    /// No Japanese font in any of these directories.
    NoJapaneseFont { searched: Vec<PathBuf> },
    /// The fonts have no glyph for some characters; printing them would leave empty boxes.
    MissingGlyphs(Vec<MissingGlyph>),
    /// The typesetter or the PDF standards refused the page; its own words.
    Refused(Vec<String>),
    /// A file of a folder of layouts could not be read.
    TemplateFile { path: PathBuf, reason: String },
    /// A layout that an office has changed has faults: all of them.
    Templates(Vec<TemplateFault>),
}

impl fmt::Display for PressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PressError::NoJapaneseFont { searched } => no_font(f, searched),
            PressError::MissingGlyphs(glyphs) => missing(f, glyphs),
            PressError::Refused(reasons) => {
                writeln!(f, "報告書を作れませんでした。次の内容を添えて開発者に知らせてください。")?;
                reasons.iter().try_for_each(|reason| writeln!(f, "  {reason}"))
            }
            PressError::TemplateFile { path, reason } => {
                write!(f, "様式「{}」を開けません：{reason}。場所と権限を確かめてください。", path.display())
            }
            PressError::Templates(faults) => faults.iter().try_for_each(|fault| writeln!(f, "{fault}")),
        }
    }
}

impl std::error::Error for PressError {}

fn no_font(f: &mut fmt::Formatter<'_>, searched: &[PathBuf]) -> fmt::Result {
    writeln!(f, "日本語のフォントが見つからないため、PDFを作れません。")?;
    writeln!(
        f,
        "Debian・Ubuntuでは次を実行してください: apt install fonts-morisawa-bizud-gothic fonts-morisawa-bizud-mincho"
    )?;
    writeln!(f, "ほかの置き場所は環境変数 RENKEI_FONT_DIR で指定できます。探した場所:")?;
    searched.iter().try_for_each(|directory| writeln!(f, "  {}", directory.display()))
}

fn missing(f: &mut fmt::Formatter<'_>, glyphs: &[MissingGlyph]) -> fmt::Result {
    writeln!(
        f,
        "フォントにない文字があるため、PDFを作れません。常用の字体に改めるか、その字を持つフォントを環境変数 RENKEI_FONT_DIR の場所に入れてください。Word、Excel、HTML には、そのまま書き出せます。"
    )?;
    glyphs.iter().try_for_each(|glyph| writeln!(f, "  {glyph}"))
}
