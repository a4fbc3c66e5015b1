//! 資料の反映 — creates plans and rows from imported documents, undoes imports, and takes rows over.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use renkei_document::document::{self, Document, PlanTable};
use renkei_document::figure::Stated;
use renkei_document::finding::Finding;
use renkei_document::id::{self, Id};
use renkei_document::passage::{Binding, Passage};

use crate::evidence::event::EvidenceEvent;
use crate::evidence::{Evidence, Replaced};
use crate::plan::{Chapter, Former, Initiative, Item, Plan, PlanState, Section, Standing, Worded, Wording};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::Order;

/// An imported document as its event contains it.
struct Brought<'a> {
    id: Id<id::Evidence>,
    file_name: &'a str,
    digest: &'a str,
    document: &'a Arc<Document>,
    findings: &'a [Finding],
    /// For a merge: the rows that stay unchanged when the document's tables replace the recorded ones.
    same: Option<&'a [Id<id::Initiative>]>,
}

impl AgreementDossier {
    pub(crate) fn fold_evidence(&mut self, order: &Order, post: &str, event: &EvidenceEvent) {
        match event {
            EvidenceEvent::DocumentImported { evidence: id, file_name, digest, document, findings } => {
                self.import(order, post, &Brought { id: *id, file_name, digest, document, findings, same: None });
            }
            EvidenceEvent::DocumentMerged { evidence: id, file_name, digest, document, findings, same } => {
                self.import(order, post, &Brought { id: *id, file_name, digest, document, findings, same: Some(same) });
            }
            EvidenceEvent::ImportUndone { evidence, reason } => self.undo(order, *evidence, reason),
            EvidenceEvent::RowsTakenOver { evidence, rows } => self.take_over(order, *evidence, rows),
            EvidenceEvent::RowsDeclined { evidence, rows, reason } => {
                self.decline_rows(order, post, (*evidence, rows), reason)
            }
        }
    }

    fn import(&mut self, order: &Order, post: &str, brought: &Brought<'_>) {
        let Brought { id, file_name, digest, document, findings, same } = *brought;
        if self.evidence.contains_key(&id) {
            return;
        }
        let worded = Worded { post: post.to_owned(), at: order.time, suggestion: None };
        let mut plans = Vec::new();
        let mut replaced = Vec::new();
        for table in &document.plans {
            let Some(plan) = table.id else { continue };
            match self.plans.get(&plan).map(|known| &known.state) {
                None => self.record(plan, (id, &worded), table),
                Some(PlanState::Recorded { .. }) => match same {
                    Some(same) => replaced.extend(self.replace(plan, (id, &worded), table, same)),
                    None => continue,
                },
                Some(PlanState::Draft) => continue,
            }
            plans.push(plan);
        }
        let evidence = Evidence {
            file_name: file_name.to_owned(),
            digest: digest.to_owned(),
            imported_by: order.party,
            post: post.to_owned(),
            at: order.time,
            document: Arc::clone(document),
            findings: findings.to_vec(),
            plans,
            replaced,
            undone: None,
            declined: Vec::new(),
        };
        self.evidence.insert(id, Arc::new(evidence));
    }

    /// Replaces a recorded table by a merged one; the rows in `same` stay unchanged.
    fn replace(
        &mut self,
        id: Id<id::Plan>,
        from: (Id<id::Evidence>, &Worded),
        table: &PlanTable,
        same: &[Id<id::Initiative>],
    ) -> Option<Replaced> {
        let plan = self.plans.remove(&id)?;
        let same: HashSet<Id<id::Initiative>> = same.iter().copied().collect();
        let ids: Vec<Id<id::Initiative>> = plan.sections().flat_map(|section| &section.rows).copied().collect();
        let rows: Vec<_> = ids.into_iter().filter_map(|row| Some((row, self.initiatives.remove(&row)?))).collect();
        self.record(id, from, table);
        for (row, before) in &rows {
            self.initiatives.change(row, |now| {
                if same.contains(row) {
                    *now = Initiative::clone(&before.printed_like(now));
                } else {
                    now.earlier.clone_from(&before.earlier);
                    let former = Former { wording: before.wording.clone(), worded: before.worded.clone() };
                    now.earlier.push(Arc::new(former));
                }
            });
        }
        Some(Replaced { id, plan, rows })
    }

    /// Undoes an import: removes its plans and rows, and restores the plans and rows that the import replaced.
    fn undo(&mut self, order: &Order, id: Id<id::Evidence>, reason: &str) {
        if self.evidence.get(&id).is_none_or(|evidence| evidence.undone.is_some()) {
            return;
        }
        let Some(evidence) = self.evidence.get_mut(&id).map(Arc::make_mut) else { return };
        evidence.undone = Some((order.time, reason.to_owned()));
        let (plans, replaced) = (std::mem::take(&mut evidence.plans), std::mem::take(&mut evidence.replaced));
        let taken_back: HashSet<Id<id::Plan>> = plans.iter().copied().collect();
        taken_back.iter().for_each(|plan| {
            self.plans.remove(plan);
        });
        let gone: Vec<_> = self.initiatives.iter().filter(|(_, row)| taken_back.contains(&row.plan)).collect();
        let mut gone: HashMap<_, _> = gone.into_iter().map(|(id, row)| (*id, row.clone())).collect();
        gone.keys().for_each(|id| {
            self.initiatives.remove(id);
        });
        for Replaced { id: plan_id, plan, rows } in replaced {
            self.plans.insert(plan_id, plan);
            for (row, before) in rows {
                // A row that the merge left unchanged may have been edited since; the undo restores only its position.
                let stayed = gone.remove(&row).filter(|now| !now.standing.is_from(id));
                self.initiatives.insert(row, stayed.map_or_else(|| before.clone(), |now| now.printed_like(&before)));
            }
        }
        for gone in plans.iter().filter(|plan| !self.plans.contains_key(plan)) {
            let names = |other: &Evidence| other.plans.contains(gone) || other.replaced.iter().any(|r| r.id == *gone);
            let naming: Vec<_> = self.evidence.iter().filter(|(_, other)| names(other)).map(|(id, _)| *id).collect();
            for other in naming {
                let Some(other) = self.evidence.get_mut(&other).map(Arc::make_mut) else { continue };
                other.plans.retain(|plan| plan != gone);
                other.replaced.retain(|replaced| replaced.id != *gone);
            }
        }
    }

    /// Creates the rows of an imported table, each linked to its figures.
    fn record(&mut self, id: Id<id::Plan>, from: (Id<id::Evidence>, &Worded), table: &PlanTable) {
        let mut chapters = Vec::with_capacity(table.chapters.len());
        for chapter in &table.chapters {
            let mut sections = Vec::with_capacity(chapter.sections.len());
            for section in &chapter.sections {
                let Some(section_id) = section.id else { continue };
                let rows = section.initiatives.iter().filter_map(|row| self.record_row(id, from, row)).collect();
                let title = section.title.clone();
                sections.push(Section { id: section_id, title, lead: section.lead.clone(), rows });
            }
            chapters.push(Chapter { title: chapter.title.clone(), sections });
        }
        let state = PlanState::Recorded { evidence: from.0 };
        let plan =
            Plan { fiscal_year: table.fiscal_year, kind: table.kind, title: table.title.clone(), state, chapters };
        self.plans.insert(id, Arc::new(plan));
    }

    fn record_row(
        &mut self,
        plan: Id<id::Plan>,
        (evidence, worded): (Id<id::Evidence>, &Worded),
        row: &document::Initiative,
    ) -> Option<Id<id::Initiative>> {
        let id = row.id.filter(|id| !self.initiatives.contains_key(id))?;
        let party = self.agreement.as_ref()?.party_of(&row.party)?;
        let initiative = Initiative {
            plan,
            party,
            standing: Standing::Evidence { evidence },
            mark: row.mark.clone(),
            wording: wording_of(row),
            worded: worded.clone(),
            earlier: Vec::new(),
            shown: None,
            lines: row.lines.clone(),
            follows: None,
            repeated_in: Vec::new(),
        };
        self.initiatives.insert(id, Arc::new(initiative));
        Some(id)
    }

    fn take_over(&mut self, order: &Order, evidence: Id<id::Evidence>, rows: &[Id<id::Initiative>]) {
        for row in rows {
            let open = |known: &Arc<Initiative>| {
                known.party == order.party && known.standing == (Standing::Evidence { evidence })
            };
            if self.initiatives.get(row).is_some_and(open) {
                self.initiatives.restate(row, Standing::TakenOver { evidence, at: order.time });
            }
        }
    }
}

fn wording_of(row: &document::Initiative) -> Wording {
    let passage = |item: Option<u32>, text: &str| {
        let bindings = row.figures.iter().filter_map(|figure| {
            let span = figure.span.filter(|span| span.item == item)?;
            Some(Binding {
                observation: figure.observation?,
                start: span.start as usize,
                end: span.end as usize,
                first: Stated::of(figure),
            })
        });
        Passage::bind(text, bindings.collect())
    };
    let items = row.items.iter().enumerate().map(|(place, text)| Item {
        mark: row.mark_of_item(place).to_owned(),
        passage: passage(u32::try_from(place).ok(), text),
    });
    Wording {
        divisions: row.divisions.clone(),
        divisions_printed: row.divisions_printed.clone(),
        text: passage(None, &row.text),
        items: items.collect(),
        particulars: row.particulars.clone(),
    }
}
