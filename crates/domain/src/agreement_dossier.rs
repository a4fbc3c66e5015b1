//! 協定簿冊 — one agreement: its text, the documents imported into it, its plans and their rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::agreement::{Agreement, Party};
use crate::chain::Order;
use crate::document::{self, PlanKind};
use crate::edition::Edition;
use crate::event::{Authored, Event, Frozen};
use crate::evidence::{Evidence, Replaced};
use crate::fiscal_year::FiscalYear;
use crate::id::Id;
use crate::observation::Stated;
use crate::passage::{Binding, Passage};
use crate::plan::{Chapter, Initiative, Item, Plan, PlanState, Section, Standing, Wording};
use crate::shared_fact::{self, SharedFact};

/// 協定簿冊 — the fold of all parties' events about one agreement.
///
/// Invariants, held by `apply` alone: each row stands in exactly one section, which belongs to its plan; each plan of an
/// evidence exists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementDossier {
    pub agreement: Option<Agreement>,
    pub evidence: BTreeMap<Id<Evidence>, Evidence>,
    pub plans: BTreeMap<Id<Plan>, Plan>,
    pub initiatives: BTreeMap<Id<Initiative>, Initiative>,
    #[serde(default)]
    pub editions: BTreeMap<Id<Edition>, Edition>,
    #[serde(default)]
    pub shared_facts: BTreeMap<Id<SharedFact>, SharedFact>,
}

impl AgreementDossier {
    /// The only code that changes an agreement's dossier. What does not fit is left out: it never fails.
    pub(crate) fn apply(&mut self, order: &Order, authored: &Authored) {
        match &authored.event {
            Event::AgreementConcluded { agreement } if self.agreement.is_none() => {
                self.agreement = Some((**agreement).clone());
            }
            Event::DocumentImported { evidence, .. } if !self.evidence.contains_key(evidence) => {
                self.import(order, authored);
            }
            Event::DocumentMerged { evidence, .. } if !self.evidence.contains_key(evidence) => {
                self.import(order, authored);
            }
            Event::ImportUndone { evidence, reason } => self.undo(order, *evidence, reason),
            Event::RowsTakenOver { evidence, rows } => self.take_over(order, *evidence, rows),
            Event::PlanOpened { plan, fiscal_year, kind, title, chapters } if !self.plans.contains_key(plan) => {
                let chapters = chapters.iter().map(Chapter::without_rows).collect();
                let opened = Plan {
                    fiscal_year: *fiscal_year,
                    kind: *kind,
                    title: title.clone(),
                    state: PlanState::Draft,
                    chapters,
                };
                self.plans.insert(*plan, opened);
            }
            Event::InitiativeDrafted { initiative, plan, section, after, wording } => {
                self.draft(order, *initiative, (*plan, *section, *after), wording);
            }
            Event::InitiativeReworded { initiative, wording } => self.reword(order, *initiative, wording),
            Event::InitiativeMoved { initiative, section, after } => self.reorder(order, *initiative, *section, *after),
            Event::InitiativeWithdrawn { initiative } => {
                if let Some(plan) = self.own_draft(order.party, *initiative) {
                    self.initiatives.remove(initiative);
                    self.unlist(plan, *initiative);
                }
            }
            Event::InitiativesShared { initiatives } => self.share(order, initiatives),
            Event::EditionFrozen { edition, frozen } => self.freeze(order, &authored.post, *edition, frozen),
            Event::SharedFactStated { .. } | Event::SharedFactWithdrawn { .. } | Event::SharedFactExplained { .. } => {
                shared_fact::tell(&mut self.shared_facts, order, authored);
            }
            _ => {}
        }
    }

    fn import(&mut self, order: &Order, authored: &Authored) {
        let (Event::DocumentImported { evidence: id, file_name, digest, document, findings }
        | Event::DocumentMerged { evidence: id, file_name, digest, document, findings, .. }) = &authored.event
        else {
            return;
        };
        let same = match &authored.event {
            Event::DocumentMerged { same, .. } => Some(same.as_slice()),
            _ => None,
        };
        let mut plans = Vec::new();
        let mut replaced = Vec::new();
        for table in &document.plans {
            let Some(plan) = table.id else { continue };
            match self.plans.get(&plan).map(|known| &known.state) {
                None => self.record(plan, *id, table),
                Some(PlanState::Recorded { .. }) => match same {
                    Some(same) => replaced.extend(self.replace(order, (plan, *id), table, same)),
                    None => continue,
                },
                Some(PlanState::Draft) => continue,
            }
            plans.push(plan);
        }
        let evidence = Evidence {
            file_name: file_name.clone(),
            digest: digest.clone(),
            imported_by: order.party,
            post: authored.post.clone(),
            at: order.time,
            document: Arc::new((**document).clone()),
            findings: findings.clone(),
            plans,
            replaced,
            undone: None,
        };
        self.evidence.insert(*id, evidence);
    }

    /// Puts a merged table in the place of a recorded one; the rows in `same` stay as they are.
    fn replace(
        &mut self,
        order: &Order,
        (id, evidence): (Id<Plan>, Id<Evidence>),
        table: &document::PlanTable,
        same: &[Id<Initiative>],
    ) -> Option<Replaced> {
        let plan = self.plans.remove(&id)?;
        let ids: Vec<Id<Initiative>> = plan.sections().flat_map(|section| &section.rows).copied().collect();
        let rows: Vec<_> = ids.into_iter().filter_map(|row| Some((row, self.initiatives.remove(&row)?))).collect();
        self.record(id, evidence, table);
        for (row, before) in &rows {
            let Some(now) = self.initiatives.get_mut(row) else { continue };
            if same.contains(row) {
                *now = Initiative { mark: now.mark.take(), lines: std::mem::take(&mut now.lines), ..before.clone() };
            } else {
                now.earlier.clone_from(&before.earlier);
                now.earlier.push((order.time, before.wording.clone()));
            }
        }
        Some(Replaced { id, plan, rows })
    }

    /// Takes an import back: its plans and rows go, and what they replaced comes again.
    fn undo(&mut self, order: &Order, id: Id<Evidence>, reason: &str) {
        let Some(evidence) = self.evidence.get_mut(&id).filter(|evidence| evidence.undone.is_none()) else { return };
        evidence.undone = Some((order.time, reason.to_owned()));
        let (plans, replaced) = (std::mem::take(&mut evidence.plans), std::mem::take(&mut evidence.replaced));
        for plan in &plans {
            self.plans.remove(plan);
            self.initiatives.retain(|_, row| row.plan != *plan);
        }
        for Replaced { id, plan, rows } in replaced {
            self.plans.insert(id, plan);
            self.initiatives.extend(rows);
        }
        for gone in plans.iter().filter(|plan| !self.plans.contains_key(plan)) {
            for other in self.evidence.values_mut() {
                other.plans.retain(|plan| plan != gone);
                other.replaced.retain(|replaced| replaced.id != *gone);
            }
        }
    }

    /// Makes the rows of an imported table, each bound to its figures.
    fn record(&mut self, id: Id<Plan>, evidence: Id<Evidence>, table: &document::PlanTable) {
        let mut chapters = Vec::with_capacity(table.chapters.len());
        for chapter in &table.chapters {
            let mut sections = Vec::with_capacity(chapter.sections.len());
            for section in &chapter.sections {
                let Some(section_id) = section.id else { continue };
                let rows = section.initiatives.iter().filter_map(|row| self.record_row(id, evidence, row)).collect();
                let title = section.title.clone();
                sections.push(Section { id: section_id, title, lead: section.lead.clone(), rows });
            }
            chapters.push(Chapter { title: chapter.title.clone(), sections });
        }
        let state = PlanState::Recorded { evidence };
        let plan =
            Plan { fiscal_year: table.fiscal_year, kind: table.kind, title: table.title.clone(), state, chapters };
        self.plans.insert(id, plan);
    }

    fn record_row(
        &mut self,
        plan: Id<Plan>,
        evidence: Id<Evidence>,
        row: &document::Initiative,
    ) -> Option<Id<Initiative>> {
        let id = row.id.filter(|id| !self.initiatives.contains_key(id))?;
        let party = self.agreement.as_ref()?.party_of(&row.party)?;
        let initiative = Initiative {
            plan,
            party,
            standing: Standing::Evidence { evidence },
            mark: row.mark.clone(),
            wording: wording_of(row),
            earlier: Vec::new(),
            lines: row.lines.clone(),
        };
        self.initiatives.insert(id, initiative);
        Some(id)
    }

    fn take_over(&mut self, order: &Order, evidence: Id<Evidence>, rows: &[Id<Initiative>]) {
        for row in rows {
            if let Some(initiative) = self.initiatives.get_mut(row)
                && initiative.party == order.party
                && initiative.standing == (Standing::Evidence { evidence })
            {
                initiative.standing = Standing::TakenOver { evidence, at: order.time };
            }
        }
    }

    fn draft(
        &mut self,
        order: &Order,
        id: Id<Initiative>,
        (plan, section, after): (Id<Plan>, Id<Section>, Option<Id<Initiative>>),
        wording: &Wording,
    ) {
        if self.initiatives.contains_key(&id)
            || !self.plans.get(&plan).is_some_and(|plan| plan.state == PlanState::Draft)
        {
            return;
        }
        if self.list(plan, section, id, after) {
            let initiative = Initiative {
                plan,
                party: order.party,
                standing: Standing::Private,
                mark: None,
                wording: wording.clone(),
                earlier: Vec::new(),
                lines: Vec::new(),
            };
            self.initiatives.insert(id, initiative);
        }
    }

    fn reword(&mut self, order: &Order, id: Id<Initiative>, wording: &Wording) {
        if self.own_draft(order.party, id).is_some()
            && let Some(initiative) = self.initiatives.get_mut(&id)
        {
            let before = std::mem::replace(&mut initiative.wording, wording.clone());
            initiative.earlier.push((order.time, before));
        }
    }

    fn reorder(&mut self, order: &Order, id: Id<Initiative>, section: Id<Section>, after: Option<Id<Initiative>>) {
        let Some(plan) = self.own_draft(order.party, id) else { return };
        if after != Some(id) && self.plans.get_mut(&plan).is_some_and(|plan| plan.section_mut(section).is_some()) {
            self.unlist(plan, id);
            self.list(plan, section, id, after);
        }
    }

    fn share(&mut self, order: &Order, rows: &[Id<Initiative>]) {
        for row in rows {
            if let Some(initiative) = self.initiatives.get_mut(row)
                && initiative.party == order.party
                && initiative.standing == Standing::Private
            {
                initiative.standing = Standing::Shared { at: order.time };
            }
        }
    }

    /// Of two editions of one name the first in the order of all chains stands.
    fn freeze(&mut self, order: &Order, post: &str, id: Id<Edition>, frozen: &Frozen) {
        let same_name = |known: &Edition| (known.fiscal_year, known.number) == (frozen.fiscal_year, frozen.number);
        if self.editions.contains_key(&id) || self.editions.values().any(same_name) {
            return;
        }
        let edition = Edition {
            fiscal_year: frozen.fiscal_year,
            number: frozen.number,
            document: Arc::new(frozen.document.clone()),
            digest: frozen.digest.clone(),
            files: frozen.files.clone(),
            errata: frozen.errata.clone(),
            heads: frozen.heads.clone(),
            open_errors: frozen.open_errors,
            frozen_by: order.party,
            post: post.to_owned(),
            at: order.time,
        };
        self.editions.insert(id, edition);
    }

    /// The plan of a row that the party drafted itself.
    fn own_draft(&self, party: Id<Party>, id: Id<Initiative>) -> Option<Id<Plan>> {
        let initiative = self.initiatives.get(&id)?;
        let own = matches!(initiative.standing, Standing::Private | Standing::Shared { .. });
        (own && initiative.party == party).then_some(initiative.plan)
    }

    /// Puts a row behind `after`; at the end where that is no longer in the section, first where it is none.
    fn list(
        &mut self,
        plan: Id<Plan>,
        section: Id<Section>,
        id: Id<Initiative>,
        after: Option<Id<Initiative>>,
    ) -> bool {
        let Some(section) = self.plans.get_mut(&plan).and_then(|plan| plan.section_mut(section)) else { return false };
        let place = match after {
            None => 0,
            Some(after) => section.rows.iter().position(|row| *row == after).map_or(section.rows.len(), |at| at + 1),
        };
        section.rows.insert(place, id);
        true
    }

    fn unlist(&mut self, plan: Id<Plan>, id: Id<Initiative>) {
        if let Some(plan) = self.plans.get_mut(&plan) {
            for section in plan.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections) {
                section.rows.retain(|row| *row != id);
            }
        }
    }

    /// The editions of a year, first to last.
    pub fn editions_of(&self, fiscal_year: FiscalYear) -> Vec<&Edition> {
        let mut editions: Vec<_> = self.editions.values().filter(|known| known.fiscal_year == fiscal_year).collect();
        editions.sort_by_key(|edition| edition.number);
        editions
    }

    /// The plan, progress or result of a year.
    pub fn plan_of(&self, fiscal_year: FiscalYear, kind: PlanKind) -> Option<(Id<Plan>, &Plan)> {
        let found = self.plans.iter().find(|(_, plan)| plan.fiscal_year == fiscal_year && plan.kind == kind);
        found.map(|(id, plan)| (*id, plan))
    }
}

impl Chapter {
    fn without_rows(&self) -> Self {
        let bare = |section: &Section| Section { rows: Vec::new(), ..section.clone() };
        Self { title: self.title.clone(), sections: self.sections.iter().map(bare).collect() }
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
    }
}
