//! Reads a submitted form within the limits of the route: its fields into memory, its files onto the disk.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use renkei_app::{Arrival, ArrivalFault, Arrivals, Bringer};
use serde::de::DeserializeOwned;

use crate::frame::intake::Intake;
use crate::frame::measured::{BrokenOff, Measure, Measured, Pace};
use crate::frame::phrases::{InBoth, phrase, tell};
use crate::frame::problem::Problem;

/// Largest number of fields in a form without files. Our largest page has fewer than half as many.
const MOST_FIELDS: usize = 1000;
const MOST_PARTS: usize = 64;

/// Name of the field with the id of a kept form that is sent again.
pub const AGAIN: &str = "renkei-unsent";

/// The limits within which a form is read.
#[derive(Debug, Clone)]
pub struct Terms {
    pub intake: Intake,
    pub pace: Pace,
    /// Storage for the files of a form, and the owner of these files; `None` if no files are accepted.
    pub arrives: Option<(Arc<Arrivals>, Bringer)>,
    /// How long the rest of a refused body is read. A browser shows the answer only after it has sent everything.
    pub lingering: Duration,
}

/// The fields and files of a form, in the order of the request.
#[derive(Debug, Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    pub files: Vec<SentFile>,
    /// Whether the form contained files although the route accepts none.
    pub had_files: bool,
}

/// A file that was sent with a form. Dropping the form deletes the file.
#[derive(Debug, Clone)]
pub struct SentFile {
    pub name: String,
    arrival: Arc<Arrival>,
    from: u64,
    to: u64,
}

impl SentFile {
    /// Reads the content of the file.
    pub fn bytes(&self) -> Result<Vec<u8>, Problem> {
        self.arrival.read(self.from, self.to).map_err(|_| Problem::DiskFails)
    }
}

impl Terms {
    /// Whether the request announces a larger body than the limits allow.
    pub fn are_exceeded_by(&self, request: &Request) -> bool {
        request.body().size_hint().lower() > self.intake.bytes() as u64
    }

    pub fn too_large(&self) -> Problem {
        Problem::TooLarge { intake: self.intake }
    }

    fn measured(&self, body: Body, measure: &Measure, is_in_parts: bool) -> Body {
        let measured = Measured::new(body, measure.clone(), self.intake.bytes(), self.intake.time, self.pace);
        Body::new(measured.parsed(is_in_parts).lingering(self.lingering))
    }

    /// Returns why a body could not be read: the exceeded limit if there is one, else the problem that `otherwise`
    /// returns.
    fn problem(&self, measure: &Measure, otherwise: impl FnOnce() -> Problem) -> Problem {
        match measure.broken_off() {
            Some(BrokenOff::TooLarge) => self.too_large(),
            Some(BrokenOff::TooSlow) => Problem::TooSlow,
            None => otherwise(),
        }
    }
}

impl Form {
    pub async fn read(request: Request, terms: &Terms) -> Result<Self, Problem> {
        let is_too_large = terms.are_exceeded_by(&request);
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let (is_in_parts, measure) = (kind.starts_with("multipart/form-data"), Measure::default());
        let request = request.map(|body| terms.measured(body, &measure, is_in_parts));
        if is_too_large {
            return Err(terms.too_large());
        }
        if is_in_parts {
            let parts = Multipart::from_request(request, &()).await.map_err(|fault| unreadable(&fault.body_text()))?;
            let (form, left) = (Self::default(), terms.intake);
            let reading = Parts { form, terms, measure, arrival: None, places: Vec::new(), left };
            return reading.read(parts).await;
        }
        let body = to_bytes(request.into_body(), terms.intake.fields).await;
        let body = body.map_err(|_| terms.problem(&measure, || terms.too_large()))?;
        let mut fields = form_urlencoded::parse(&body).map(|(name, value)| (name.into_owned(), value.into_owned()));
        let form = Self { fields: fields.by_ref().take(MOST_FIELDS).collect(), ..Self::default() };
        if fields.next().is_some() { Err(too_many()) } else { Ok(form) }
    }

    /// Returns the value of a field, with Unix line ends; empty if the form has no such field.
    pub fn get(&self, name: &str) -> String {
        let value = self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
        unix_lines(value)
    }

    /// Returns the form as a type whose fields are texts with Unix line ends. If a field occurs several times, its
    /// first value is used. `None` if a required field is missing or a value does not fit, for example the name of an
    /// unknown action.
    pub fn parsed<T: DeserializeOwned>(&self) -> Option<T> {
        let mut fields = serde_json::Map::new();
        for (name, value) in &self.fields {
            fields.entry(name.as_str()).or_insert_with(|| unix_lines(value).into());
        }
        serde_json::from_value(fields.into()).ok()
    }

    /// Returns a form with these fields, which were kept from an earlier request.
    pub fn of_fields(fields: Vec<(String, String)>) -> Self {
        Self { fields, ..Self::default() }
    }

    /// Returns all fields with their names.
    pub fn fields(&self) -> Vec<(String, String)> {
        self.fields.clone()
    }

    /// Returns the values of a field that occurs several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A form while its parts are read one after the other.
struct Parts<'a> {
    form: Form,
    terms: &'a Terms,
    measure: Measure,
    /// The stored bytes of all files; `places` says which file begins and ends where.
    arrival: Option<Arrival>,
    places: Vec<(String, u64, u64)>,
    /// Bytes that the fields and the files may still use.
    left: Intake,
}

impl Parts<'_> {
    async fn read(mut self, mut parts: Multipart) -> Result<Form, Problem> {
        for number in 0.. {
            let part = parts.next_field().await;
            let Some(part) = part.map_err(|fault| self.problem(&fault))? else { break };
            self.measure.handed_on();
            if number >= MOST_PARTS {
                return Err(too_many());
            }
            match part.file_name().map(base_name) {
                Some(name) => self.read_file(name, part).await?,
                None => self.read_field(part).await?,
            }
        }
        if let Some(arrival) = self.arrival {
            let arrival = Arc::new(arrival);
            let file = |(name, from, to)| SentFile { name, arrival: Arc::clone(&arrival), from, to };
            self.form.files = self.places.into_iter().map(file).collect();
        }
        Ok(self.form)
    }

    async fn read_field(&mut self, mut part: Field<'_>) -> Result<(), Problem> {
        let name = part.name().unwrap_or_default().to_owned();
        let mut value = Vec::new();
        self.take(name.len())?;
        while let Some(chunk) = self.chunk(&mut part).await? {
            self.take(chunk.len())?;
            value.extend_from_slice(&chunk);
        }
        self.form.fields.push((name, String::from_utf8_lossy(&value).into_owned()));
        Ok(())
    }

    /// Subtracts bytes from what the fields may still use, names and values together.
    fn take(&mut self, bytes: usize) -> Result<(), Problem> {
        self.left.fields = self.left.fields.checked_sub(bytes).ok_or_else(|| self.terms.too_large())?;
        Ok(())
    }

    /// Writes a file to the disk in pieces. Skips a file if the route accepts no files.
    async fn read_file(&mut self, name: String, mut part: Field<'_>) -> Result<(), Problem> {
        let from = self.arrival.as_ref().map_or(0, Arrival::length);
        let mut is_empty = true;
        while let Some(chunk) = self.chunk(&mut part).await? {
            is_empty &= chunk.is_empty();
            self.write(chunk).await?;
        }
        // A browser sends a file field without a file as an empty part without a name.
        if name.is_empty() && is_empty {
            return Ok(());
        }
        self.form.had_files = true;
        self.write(Bytes::new()).await?;
        let to = self.arrival.as_ref().map_or(0, Arrival::length);
        self.places.push((name, from, to));
        Ok(())
    }

    async fn chunk(&self, part: &mut Field<'_>) -> Result<Option<Bytes>, Problem> {
        let chunk = part.chunk().await.map_err(|fault| self.problem(&fault))?;
        self.measure.handed_on();
        Ok(chunk)
    }

    /// Writes a chunk on another thread, because the disk may be slow.
    async fn write(&mut self, chunk: Bytes) -> Result<(), Problem> {
        let Some((arrivals, bringer)) = self.terms.arrives.clone() else { return Ok(()) };
        self.left.files = self.left.files.checked_sub(chunk.len()).ok_or_else(|| self.terms.too_large())?;
        let begun = self.arrival.take();
        let written = tokio::task::spawn_blocking(move || {
            let mut arrival = begun.map_or_else(|| arrivals.begin(&bringer), Ok)?;
            arrival.write(&chunk)?;
            Ok(arrival)
        });
        let written = written.await.map_err(|_| Problem::Broken)?;
        self.arrival = Some(written.map_err(|fault| match fault {
            ArrivalFault::Full => Problem::TooMuchArrives,
            ArrivalFault::Disk(_) => Problem::DiskFails,
        })?);
        Ok(())
    }

    fn problem(&self, fault: &MultipartError) -> Problem {
        self.terms.problem(&self.measure, || unreadable(&fault.body_text()))
    }
}

fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
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

/// Returns the file name without folders, because some browsers send the whole path.
fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    #[serde(tag = "do", rename_all = "kebab-case")]
    enum Wanted {
        PutAway,
        Decline {
            #[serde(default)]
            reason: String,
        },
    }

    #[test]
    fn a_form_is_read_as_the_deed_that_it_names() {
        for (fields, expected) in [
            (&[("do", "put-away"), ("row", "1"), ("row", "2")][..], Some(Wanted::PutAway)),
            (
                &[("do", "decline"), ("reason", "一\r\n二"), ("reason", "三")],
                Some(Wanted::Decline { reason: "一\n二".into() }),
            ),
            (&[("do", "decline")], Some(Wanted::Decline { reason: String::new() })),
            (&[("do", "decline"), ("do", "put-away")], Some(Wanted::Decline { reason: String::new() })),
            (&[("do", "erase")], None),
            (&[("reason", "一")], None),
        ] {
            let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            assert_eq!(Form::of_fields(fields.collect()).parsed::<Wanted>(), expected);
        }
    }

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
