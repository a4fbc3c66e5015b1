//! What a form sends: its fields and files, as many and as large as a form of ours can be, and no more. Whoever sends slower
//! than any line is not waited for.

use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use tokio::time::timeout;

use crate::phrases::{InBoth, phrase, tell};
use crate::problem::Problem;

/// The most that the fields of a form hold together, names and values, whatever way they are sent.
const MOST_BYTES_OF_FIELDS: usize = 1 << 20;
/// The most fields of a form without files: no page of ours has half as many boxes.
const MOST_FIELDS: usize = 1000;
/// The most that all files of a form hold together.
const MOST_BYTES_OF_FILES: usize = 64 << 20;
const MOST_PARTS: usize = 64;
/// Files may come over a slow line.
const LONGEST_FOR_FILES: Duration = Duration::from_secs(600);
const LONGEST_FOR_FIELDS: Duration = Duration::from_secs(30);

/// The fields and files of a form, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    /// The names and contents of files.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Form {
    pub async fn read(request: Request) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            let parts = Multipart::from_request(request, &()).await.map_err(|fault| unreadable(&fault.body_text()))?;
            return timeout(LONGEST_FOR_FILES, Self::of_parts(parts)).await.map_err(|_| Problem::TooSlow)?;
        }
        let body = timeout(LONGEST_FOR_FIELDS, to_bytes(request.into_body(), MOST_BYTES_OF_FIELDS)).await;
        let too_large = Problem::TooLarge { megabytes: MOST_BYTES_OF_FIELDS >> 20 };
        let body = body.map_err(|_| Problem::TooSlow)?.map_err(|_| too_large)?;
        let mut fields = form_urlencoded::parse(&body).map(|(name, value)| (name.into_owned(), value.into_owned()));
        let form = Self { fields: fields.by_ref().take(MOST_FIELDS).collect(), files: Vec::new() };
        if fields.next().is_some() { Err(too_many()) } else { Ok(form) }
    }

    async fn of_parts(mut parts: Multipart) -> Result<Self, Problem> {
        let mut form = Self::default();
        let mut left_for_files = MOST_BYTES_OF_FILES;
        let mut left_for_fields = MOST_BYTES_OF_FIELDS;
        while let Some(mut part) = parts.next_field().await.map_err(|fault| unreadable(&fault.body_text()))? {
            if form.fields.len() + form.files.len() >= MOST_PARTS {
                return Err(too_many());
            }
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(base_name) {
                None => {
                    let bytes = read_part(&mut part, &mut left_for_fields, MOST_BYTES_OF_FIELDS).await?;
                    form.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
                }
                Some(file) => {
                    let bytes = read_part(&mut part, &mut left_for_files, MOST_BYTES_OF_FILES).await?;
                    // A file field that was left empty comes without a name.
                    if !(file.is_empty() && bytes.is_empty()) {
                        form.files.push((file, bytes));
                    }
                }
            }
        }
        Ok(form)
    }

    /// The value of a field; empty where the form has none. Line ends are those of Unix.
    pub fn get(&self, name: &str) -> String {
        let value = self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
        value.replace("\r\n", "\n")
    }

    /// A form that was kept.
    pub fn of_fields(fields: Vec<(String, String)>) -> Self {
        Self { fields, files: Vec::new() }
    }

    /// All fields with their names.
    pub fn fields(&self) -> Vec<(String, String)> {
        self.fields.clone()
    }

    /// The values of a field that stands several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The bytes of one part, out of what is left for all parts of its kind: no byte more is held.
async fn read_part(part: &mut Field<'_>, left: &mut usize, most: usize) -> Result<Vec<u8>, Problem> {
    let too_large = || Problem::TooLarge { megabytes: most >> 20 };
    *left = left.checked_sub(part.name().map_or(0, str::len)).ok_or_else(too_large)?;
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|fault| unreadable(&fault.body_text()))? {
        *left = left.checked_sub(chunk.len()).ok_or_else(too_large)?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn too_many() -> Problem {
    Problem::UnreadableForm {
        sentences: phrase("一度に送れる数を超えています。何回かに分けて送ってください。").into()
    }
}

fn unreadable(fault: &str) -> Problem {
    Problem::UnreadableForm {
        sentences: InBoth::of(|language| tell(language, "画面を開き直して、もう一度送ってください（{}）。", [fault])),
    }
}

/// The name without folders: some browsers send the whole path.
fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_without_its_folders() {
        for (name, expected) in [
            ("計画.docx", "計画.docx"),
            ("C:\\文書\\計画.docx", "計画.docx"),
            ("../../etc/passwd", "passwd"),
            ("a\nb", "ab"),
        ] {
            assert_eq!(base_name(name), expected);
        }
    }
}
