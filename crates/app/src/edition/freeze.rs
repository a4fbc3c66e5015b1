//! 版の作成 — freezes the report of a year: makes its files, stores them, and records their digests in the journal.

use renkei_document::document::Document;
use renkei_document::edition::{EditionName, Reference, canonical, figures};
use renkei_document::figure_words;
use renkei_document::fiscal_year::FiscalYear;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::edition::command::FreezeEdition;
use renkei_domain::edition::proposal::{Proposal, propose};
use renkei_domain::edition::{Edition, EditionFile, PDF};
use renkei_domain::view::{AgreementView, Viewer};
use renkei_journal::BlobDigest;
use renkei_publish::{
    Dataset, Imprint, PageNumbers, Press, PressError, ReferenceLine, WordLayout, data_workbook, docx, edition_html,
    edition_json, edition_pdf, errata_csv, errata_html, errata_json, json, workbook,
};

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::node::state::State;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file that is made but not yet stored.
struct Made {
    name: String,
    media_type: &'static str,
    bytes: Vec<u8>,
}

/// Freezes the report of a year (by default, of the present one) as its next edition. `without_pdf` allows an edition
/// without a PDF if none can be made: the machine has no fonts, the fonts lack a character, or the typesetter refuses
/// the text. If the report has too many rows for a PDF, the edition never has one; so a party that imports many rows
/// cannot block the other party's editions.
pub fn freeze_edition(
    node: &Node,
    actor: Actor,
    agreement: Option<&str>,
    fiscal_year: Option<FiscalYear>,
    press: Result<&Press, PressError>,
    without_pdf: bool,
) -> Result<Edition, AppError> {
    let state = node.state();
    let view = state.choose_agreement(actor.viewer(), agreement)?;
    let year = fiscal_year.or_else(|| view.present_report()).ok_or(AppError::NothingStored)?;
    let by = actor.speaks_for(view.agreement).ok_or(AppError::NothingStored)?;
    // Making the files takes long, so it is done without a lock. The decision checks again that the content is
    // unchanged.
    let proposal = propose(&state.dossiers, view.id, year)?;
    let digest = BlobDigest::of(canonical(&proposal.document).as_bytes()).to_string();
    let joint = state.seen_by(Viewer::Joint(view.id)).agreement(view.id).ok_or(AppError::NothingStored)?;
    let printed = joint.printed(proposal.document.clone());
    let made = files(&proposal, &printed, &digest, &references(joint, &proposal), press, without_pdf)?;
    let (agreement, name, viewer) = (view.id, proposal.name, actor.viewer());
    node.carry_out_at_length(actor, |deliberation| {
        let (files, document) = (made.iter().map(Made::named).collect(), proposal.document.clone());
        let freeze = FreezeEdition { agreement, by, fiscal_year: year, document, digest: digest.clone(), files };
        deliberation.decide(Command::FreezeEdition(Box::new(freeze)))?;
        // Here the decision has succeeded. The files are stored before the event that names them is appended.
        for file in &made {
            node.journal.put_blob(&file.bytes)?;
        }
        Ok(())
    })?;
    node.state().frozen(viewer, agreement, name)
}
impl State {
    fn frozen(
        &self,
        viewer: Viewer,
        agreement: renkei_document::id::Id<renkei_domain::agreement::Agreement>,
        name: EditionName,
    ) -> Result<Edition, AppError> {
        let view = self.seen_by(viewer).agreement(agreement);
        view.and_then(|view| view.edition(name)).cloned().ok_or(AppError::NothingStored)
    }
}

impl Made {
    fn named(&self) -> EditionFile {
        EditionFile {
            name: self.name.clone(),
            media_type: self.media_type.to_owned(),
            digest: BlobDigest::of(&self.bytes).to_string(),
            bytes: self.bytes.len() as u64,
        }
    }
}

/// Returns the PDF of an edition. `None` if the report has too many rows, or if making it fails and `without_pdf`
/// allows that.
fn pdf_of(
    printed: &Document,
    imprint: &Imprint<'_>,
    press: Result<&Press, PressError>,
    without_pdf: bool,
) -> Result<Option<Vec<u8>>, AppError> {
    match press.and_then(|press| edition_pdf(printed, imprint, press)).map_err(AppError::from) {
        Err(AppError::Press(PressError::TooManyRows { .. })) => Ok(None),
        Err(fault) if without_pdf && fault.is_of_pdf_alone() => Ok(None),
        pdf => pdf.map(Some),
    }
}

fn files(
    proposal: &Proposal,
    printed: &Document,
    digest: &str,
    references: &[ReferenceLine],
    press: Result<&Press, PressError>,
    without_pdf: bool,
) -> Result<Vec<Made>, AppError> {
    let (document, errata) = (&proposal.document, &proposal.errata);
    let imprint = Imprint { name: proposal.name, digest, references, errata, open_errors: proposal.open_errors };
    let title = format!("{}第{}版", proposal.name.fiscal_year, proposal.name.number);
    let made = |name: &str, media_type, bytes| Made { name: format!("{title}{name}"), media_type, bytes };
    let pages = press.as_ref().map(|press| PageNumbers::of(printed, press)).unwrap_or_default();
    let pdf = pdf_of(printed, &imprint, press, without_pdf)?.map(|bytes| made(".pdf", PDF, bytes));
    let mut files: Vec<Made> = pdf.into_iter().collect();
    files.extend([
        made(".docx", DOCX, docx(printed, &WordLayout::ours()?, &pages)?),
        made(".html", "text/html; charset=utf-8", edition_html(printed, &imprint).into_bytes()),
        made(".xlsx", XLSX, workbook(printed)?),
        made("データ.xlsx", XLSX, data_workbook(&Dataset::of(document))?),
        made(".json", "application/json", json(document).into_bytes()),
        made("参照番号.json", "application/json", edition_json(&imprint).into_bytes()),
    ]);
    if proposal.name.number > 1 {
        files.push(made("正誤表.html", "text/html; charset=utf-8", errata_html(&imprint).into_bytes()));
        files.push(made("正誤表.csv", "text/csv; charset=utf-8", errata_csv(&imprint).into_bytes()));
        files.push(made("正誤表.json", "application/json", errata_json(&imprint).into_bytes()));
    }
    Ok(files)
}

/// Returns a line for each figure of the edition, with the party that reported the figure.
fn references(view: AgreementView<'_>, proposal: &Proposal) -> Vec<ReferenceLine> {
    let line = |found: renkei_document::edition::FigureInEdition<'_>| {
        let figure = found.figure;
        let row = found.initiative.and_then(|row| row.id).and_then(|id| view.initiative(id));
        let kept = row.zip(figure.observation).and_then(|(row, id)| view.observation(row.initiative, id));
        let unit = if figure.value.is_some() { figure.unit.as_deref().unwrap_or_default() } else { "" };
        let reported = kept.map(|kept| &kept.observation.reported);
        let by = |kept: renkei_domain::view::ObservationView<'_>| view.party_short_name(kept.party).to_owned();
        ReferenceLine {
            reference: Reference { edition: proposal.name, figure: found.place }.to_string(),
            row: found.row,
            label: figure.label.clone(),
            value: format!("{}{unit}", figure_words::value(figure)),
            measured: figure_words::measured(figure.as_of, figure.period, &figure.event_dates),
            scope: figure.scope.clone(),
            reported_by: kept.map(|kept| format!("{} {}", by(kept), kept.observation.reported.post)),
            reported_on: reported.map(|report| figure_words::japan_day(report.at)),
        }
    };
    figures(&proposal.document).into_iter().map(line).collect()
}
