//! 報告書: the official report of a year, made at each request.

use axum::http::{HeaderValue, header};
use data_encoding::BASE64;
use renkei_app::{AppError, Templates};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::language::Language;
use renkei_document::limits;
use sha2::{Digest, Sha256};

use crate::frame::address;
use crate::frame::answer::{Answer, HTML};
use crate::frame::phrases::tell;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;

const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// File format of a report.
#[derive(Debug, Clone, Copy)]
enum Format {
    Pdf,
    Word,
    Excel,
    Html,
    Json,
}

pub fn report(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (year, format) = asked(ask.part("file")).ok_or(Problem::NoSuchPage)?;
    let report = ask.moment.report(year)?;
    let named = format!("inline; filename=\"report-{}.{}\"", year.0, extension(format));
    let answer = match format {
        Format::Pdf => Answer::packed(
            HeaderValue::from_static("application/pdf"),
            report.pdf(ask.site.press().map_err(AppError::from)?)?,
        ),
        Format::Word => {
            let templates = Templates::ours().map_err(AppError::from)?;
            let word = report.docx(&templates, ask.site.press().ok())?;
            Answer::packed(HeaderValue::from_static(WORD), word)
        }
        Format::Excel => Answer::packed(HeaderValue::from_static(EXCEL), report.workbook()?),
        Format::Json => Answer::text(HeaderValue::from_static("application/json"), report.json()),
        Format::Html => {
            let page = report.html();
            let policy = policy_of(&page)?;
            Answer::text(HTML, page).with_header(header::CONTENT_SECURITY_POLICY, policy)
        }
    };
    let named = HeaderValue::from_str(&named).map_err(|_| Problem::Broken)?;
    Ok(answer.with_header(header::CONTENT_DISPOSITION, named))
}

/// Returns the note that a report with this many rows is too long for a PDF.
pub(crate) fn no_pdf(language: Language, rows: usize) -> String {
    tell(
        language,
        "PDFなし（取組が{}件。PDFにできるのは{}件まで）",
        [rows.to_string(), limits::ROWS_OF_PDF.to_string()],
    )
}

/// Parses the file name of a report, such as `2026.pdf`.
fn asked(file: &str) -> Option<(FiscalYear, Format)> {
    let (year, name) = file.split_once('.')?;
    let formats = [Format::Pdf, Format::Word, Format::Excel, Format::Html, Format::Json];
    let format = formats.into_iter().find(|format| extension(*format) == name)?;
    Some((FiscalYear(address::canonical(year)?), format))
}

fn extension(format: Format) -> &'static str {
    match format {
        Format::Pdf => "pdf",
        Format::Word => "docx",
        Format::Excel => "xlsx",
        Format::Html => "html",
        Format::Json => "json",
    }
}

/// Returns the content security policy for a report as an HTML page. It allows only the style sheet that is inside the
/// page, by its hash.
pub(crate) fn policy_of(page: &str) -> Result<HeaderValue, Problem> {
    let style =
        page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).map_or("", |(style, _)| style);
    let hash = BASE64.encode(&Sha256::digest(style));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).map_err(|_| Problem::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_style_of_the_page_by_its_hash_in_base64() {
        for (page, hash) in [
            ("<style></style>", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
            ("<style>foobar</style>", "w6uP8Tcg6K2QR905Rms8iXTlksL6OD1KOWBxTK7wxPI="),
        ] {
            let Ok(policy) = policy_of(page) else { panic!("{page} has a policy") };
            let policy = policy.to_str().expect("ASCII");
            assert!(policy.contains(&format!("style-src 'sha256-{hash}';")), "{policy}");
        }
    }
}
