//! 検索 — rows of all years by the words in them.

use std::collections::HashSet;

use renkei_domain::agreement::Agreement;
use renkei_domain::document::PlanTable;
use renkei_domain::id::Id;
use renkei_domain::plan::{Initiative, PlanState};
use renkei_domain::search::SearchIndex;
use renkei_domain::view::Viewer;

use crate::state::State;

/// 検索結果 — a row in which the words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub agreement: Id<Agreement>,
    pub initiative: Id<Initiative>,
}

/// The index over every row, made at the first search of a state.
#[derive(Debug)]
pub(crate) struct Searchable {
    rows: Vec<Hit>,
    index: SearchIndex,
}

impl State {
    /// The rows that hold all words of the query and that the viewer may see: newest year first, then in their order.
    pub fn search(&self, viewer: Viewer, query: &str) -> Vec<Hit> {
        let searchable = self.searchable.get_or_init(|| self.index());
        let view = self.seen_by(viewer);
        let visible = |hit: &Hit| view.agreement(hit.agreement).is_some_and(|a| a.initiative(hit.initiative).is_some());
        searchable.index.find(query).into_iter().map(|place| searchable.rows[place]).filter(visible).collect()
    }

    fn index(&self) -> Searchable {
        let mut rows = Vec::new();
        let mut texts = Vec::new();
        let mut known = HashSet::new();
        for (agreement, table) in self.tables_of_all_parties() {
            let table = table.without_repeats();
            let sections = table.chapters.iter().flat_map(|chapter| &chapter.sections);
            for row in sections.flat_map(|section| &section.initiatives) {
                let Some(initiative) = row.id.filter(|id| known.insert(*id)) else { continue };
                rows.push(Hit { agreement, initiative });
                texts.push(format!("{}\n{}\n{}", row.divisions.join("\n"), row.text, row.items.join("\n")));
            }
        }
        let index = SearchIndex::of(texts.iter().map(String::as_str));
        Searchable { rows, index }
    }

    /// Every plan as the parties see it together, and a draft also as each of them sees it alone: no viewer sees all rows.
    fn tables_of_all_parties(&self) -> Vec<(Id<Agreement>, PlanTable)> {
        let mut tables = Vec::new();
        for id in self.dossiers.agreements.keys().copied() {
            let Some(joint) = self.seen_by(Viewer::Joint(id)).agreement(id) else { continue };
            for (plan, known) in joint.plans() {
                let own = joint.agreement.parties.iter().filter(|_| known.state == PlanState::Draft);
                let own = own.filter_map(|party| self.seen_by(Viewer::Party(party.id)).agreement(id));
                let seen = own.chain([joint]).filter_map(|view| view.table(plan));
                tables.extend(seen.map(|table| (id, table)));
            }
        }
        tables
    }
}
