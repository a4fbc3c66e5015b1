//! 検索 — rows of all years by the words in them.

use renkei_domain::agreement::Agreement;
use renkei_domain::id::Id;
use renkei_domain::plan::Initiative;
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
        for agreement in self.seen_by(Viewer::Operator).agreements() {
            for table in agreement.plans().into_iter().filter_map(|(id, _)| agreement.table(id)) {
                let table = table.without_repeats();
                let sections = table.chapters.iter().flat_map(|chapter| &chapter.sections);
                for row in sections.flat_map(|section| &section.initiatives) {
                    let Some(initiative) = row.id else { continue };
                    rows.push(Hit { agreement: agreement.id, initiative });
                    texts.push(format!("{}\n{}\n{}", row.divisions.join("\n"), row.text, row.items.join("\n")));
                }
            }
        }
        let index = SearchIndex::of(texts.iter().map(String::as_str));
        Searchable { rows, index }
    }
}
