//! The data from which pages are made, as one viewer sees it: tables, findings, lineages. Each value is made once and
//! kept until something that was read for it changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use renkei_document::document::PlanTable;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::plan::lineage::Lineage;
use renkei_domain::plan::renamed_divisions::Renaming;

use crate::frame::memory::Memory;
use crate::frame::placed::Placed;
use crate::frame::row_alone::{RowAlone, RowIndex};
use crate::frame::step::Step;

const MOST_TABLES: usize = 256;
const MOST_ROWS: usize = 4096;

/// Ids of two tables: the old and the new one.
type OldAndNew = (Id<id::Plan>, Id<id::Plan>);

/// The kept data of one viewer. `R` is the type of the record of what was read for a value.
pub struct KeptValues<R> {
    pub tables: Memory<Id<id::Plan>, Option<Arc<PlanTable>>, R>,
    /// Positions of the rows in each table.
    pub row_indexes: Memory<Id<id::Plan>, Option<Arc<RowIndex>>, R>,
    pub rows: Memory<Id<id::Initiative>, Option<Arc<RowAlone>>, R>,
    /// How the rows of one table came from those of an earlier table; the key is the old and the new table.
    pub lineages: Memory<OldAndNew, Option<Arc<Lineage>>, R>,
    pub paths: Memory<(Id<id::Initiative>, Language), Arc<Vec<Step>>, R>,
    pub findings: Memory<FiscalYear, Arc<Vec<Placed>>, R>,
    /// The findings about a row, by the id of the row.
    pub about: Memory<Id<id::Initiative>, Arc<Vec<Placed>>, R>,
    pub renamed: Memory<(), Arc<Vec<Renaming>>, R>,
    made: Arc<Made>,
}

impl<R> KeptValues<R> {
    pub fn of(made: &Arc<Made>) -> Self {
        Self {
            tables: Memory::of(MOST_TABLES),
            row_indexes: Memory::of(MOST_TABLES),
            rows: Memory::of(MOST_ROWS),
            lineages: Memory::of(MOST_TABLES),
            paths: Memory::of(MOST_ROWS),
            findings: Memory::of(MOST_TABLES),
            about: Memory::of(MOST_ROWS),
            renamed: Memory::of(1),
            made: Arc::clone(made),
        }
    }

    pub fn made(&self) -> &Made {
        &self.made
    }
}

/// Counters of the pages and values that had to be made because no valid one was kept.
#[derive(Debug, Default)]
pub struct Made {
    pub(crate) pages: AtomicU64,
    pub(crate) tables: AtomicU64,
    pub(crate) lineages: AtomicU64,
    pub(crate) findings: AtomicU64,
}

/// The numbers of values made so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub pages: u64,
    pub tables: u64,
    pub lineages: u64,
    pub findings: u64,
}

impl Made {
    pub fn counts(&self) -> Counts {
        let [pages, tables, lineages, findings] =
            [&self.pages, &self.tables, &self.lineages, &self.findings].map(|count| count.load(Ordering::Relaxed));
        Counts { pages, tables, lineages, findings }
    }
}
