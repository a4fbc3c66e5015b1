//! 印刷できない理由 — the reasons why a report cannot be printed, each with the next step.

use std::fmt;
use std::path::PathBuf;

use renkei_document::figure_words::comma;
use renkei_document::language::Language;
use renkei_document::limits;
use renkei_document::phrases::{say, tell};

use crate::missing_glyph::MissingGlyph;
use crate::template_fault::TemplateFault;

/// 印刷できない理由 — the reason why a report cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PressError {
    /// None of these directories has a Japanese font.
    NoJapaneseFont { searched: Vec<PathBuf> },
    /// The fonts have no glyph for some characters; a print would show empty boxes.
    MissingGlyphs(Vec<MissingGlyph>),
    /// The report has more rows than the typesetter can set. `parties` contains the name and the number of rows of each
    /// party.
    TooManyRows { rows: usize, parties: Vec<(String, usize)> },
    /// The typesetter reported errors, or the page does not conform to the PDF standards. Contains the messages.
    Refused(Vec<String>),
    /// A file in an office's folder of layouts could not be read.
    TemplateFile { path: PathBuf, reason: String },
    /// An office's changed layout has faults. Contains all of them.
    Templates(Vec<TemplateFault>),
}

impl PressError {
    /// Returns the sentence: the problem and the next step. Faults of a layout are always in Japanese, because an
    /// office checks its layouts on the command line.
    pub fn message_in(&self, language: Language) -> String {
        match self {
            PressError::NoJapaneseFont { searched } => {
                let searched: Vec<String> = searched.iter().map(|folder| folder.display().to_string()).collect();
                let told = [
                    say(language, "日本語のフォントが見つからないため、PDFを作れません。"),
                    say(
                        language,
                        "Debian・Ubuntuでは次を実行してください: apt install fonts-morisawa-bizud-gothic fonts-morisawa-bizud-mincho",
                    ),
                    say(language, "ほかの置き場所は環境変数 RENKEI_FONT_DIR で指定できます。探した場所:"),
                ];
                listed(&told.join("\n"), &searched)
            }
            PressError::MissingGlyphs(glyphs) => listed(
                say(
                    language,
                    "フォントにない文字があるため、PDFを作れません。常用の字体に改めるか、その字を持つフォントを環境変数 RENKEI_FONT_DIR の場所に入れてください。Word、Excel、HTML には、そのまま書き出せます。",
                ),
                glyphs,
            ),
            PressError::TooManyRows { rows, parties } => {
                let of_party = |(name, rows): &(String, usize)| {
                    tell(language, "{}の取組{}件", [name.as_str(), rows.to_string().as_str()])
                };
                let parties: Vec<String> = parties.iter().map(of_party).collect();
                let most = limits::ROWS_OF_PDF.to_string();
                tell(
                    language,
                    "取組が{}件（{}）あり、PDFにできる{}件を超えています。Word、Excel、HTMLで作ってください。引継ぎを待つ取組があれば、その当事者が引き継がないことにすると、報告書から外れます。",
                    [rows.to_string(), parties.join(comma(language)), most],
                )
            }
            PressError::Refused(reasons) => {
                listed(say(language, "PDFを作れませんでした。次の内容を添えて開発者に知らせてください。"), reasons)
            }
            PressError::TemplateFile { path, reason } => {
                let path = path.display().to_string();
                tell(language, "様式「{}」を開けません：{}。場所と権限を確かめてください。", [&path, reason])
            }
            PressError::Templates(faults) => faults.iter().map(|fault| format!("{fault}\n")).collect(),
        }
    }
}

/// Returns a sentence with its items below it, one per line.
fn listed(sentence: &str, lines: &[impl fmt::Display]) -> String {
    let mut told = format!("{sentence}\n");
    for line in lines {
        told.push_str("  ");
        told.push_str(&line.to_string());
        told.push('\n');
    }
    told
}

impl fmt::Display for PressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message_in(Language::Japanese))
    }
}

impl std::error::Error for PressError {}
