//! 様式の誤り — a fault in an office's changed layout: its kind, its place, and the next step.

use std::fmt;

/// 様式の誤り — one fault of a template file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// The file name: report.docx or report.typ.
    pub file: String,
    pub place: FaultPlace,
    pub fault: Fault,
}

/// 誤りの場所 — the place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultPlace {
    /// The file as a whole.
    File,
    /// A paragraph of the text, or of a header or footer, counted from 1, including paragraphs in cells and frames.
    Paragraph { part: &'static str, number: usize, text: String },
    /// A line and a column, from 1.
    Line { line: usize, column: usize, text: String },
}

/// 誤りの種類 — the kind of fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The file has another format than its name says, or is damaged.
    Unreadable {
        kind: &'static str,
        reason: String,
    },
    UnknownPlaceholder {
        name: String,
        known: Vec<&'static str>,
    },
    /// A placeholder for several paragraphs is in one paragraph with other words.
    NotAlone {
        name: &'static str,
    },
    /// A placeholder for several paragraphs is in a table, a frame, a header or a footer.
    NotInBody {
        name: &'static str,
    },
    /// A placeholder for several paragraphs occurs twice.
    Repeated {
        name: &'static str,
    },
    Unclosed,
    Unopened,
    /// The template has no placeholder for the plan, which every report needs.
    NoPlan,
    /// The folder contains no layout.
    NoTemplates,
    MissingStyle {
        name: &'static str,
    },
    /// The typesetter's own message.
    Typst {
        message: String,
        hints: Vec<String>,
    },
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}: {}", self.file, self.place, self.fault)
    }
}

impl fmt::Display for FaultPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FaultPlace::File => Ok(()),
            FaultPlace::Paragraph { part, number, text } => write!(f, " {part}の第{number}段落「{}」", shortened(text)),
            FaultPlace::Line { line, column, text } => write!(f, " {line}行{column}字目「{}」", shortened(text.trim())),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Unreadable { kind, reason } => write!(
                f,
                "{kind}として読めません（{reason}）。{kind}として保存し直すか、renkei template export で書き出し直してください。"
            ),
            Fault::UnknownPlaceholder { name, known } => {
                write!(f, "差込項目「{name}」はありません。使えるのは{}です。", known.join("、"))
            }
            Fault::NotAlone { name } => {
                write!(f, "差込項目「{name}」は、前後に文字のない一つの段落にしてください。前後で改行してください。")
            }
            Fault::NotInBody { name } => write!(
                f,
                "差込項目「{name}」は、表、枠、ヘッダー、フッターの中では使えません。本文の段落に移してください。"
            ),
            Fault::Repeated { name } => write!(f, "差込項目「{name}」が二度あります。一つにしてください。"),
            Fault::Unclosed => {
                write!(f, "「{{{{」に対する「}}}}」が同じ段落にありません。補うか、「{{{{」を消してください。")
            }
            Fault::Unopened => {
                write!(f, "「}}}}」に対する「{{{{」が同じ段落にありません。補うか、「}}}}」を消してください。")
            }
            Fault::NoTemplates => {
                write!(f, "様式（report.typ、report.docx）がありません。renkei template export で書き出してください。")
            }
            Fault::NoPlan => {
                write!(f, "差込項目「計画」がありません。計画を入れる段落に {{{{計画}}}} と書いてください。")
            }
            Fault::MissingStyle { name } => write!(
                f,
                "スタイル「{name}」がありません。同じ名前のスタイルを作るか、renkei template export で書き出した様式から写してください。"
            ),
            Fault::Typst { message, hints } => {
                write!(f, "Typstの誤りです。この行を直してください：{message}")?;
                hints.iter().try_for_each(|hint| write!(f, "（{hint}）"))
            }
        }
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String = text.chars().take(LONGEST).collect();
    if text.chars().count() > LONGEST {
        short.push('…');
    }
    short
}
