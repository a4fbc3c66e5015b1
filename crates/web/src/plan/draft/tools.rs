//! The actions that a visitor can take on the page of a draft plan and on each of its rows.

use renkei_app::access::Right;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_document::particulars::{Particulars, Partner};
use renkei_domain::plan::needs::to_change;
use renkei_domain::plan::{Plan, PlanState, Standing};
use renkei_domain::view::AgreementView;

use crate::frame::address;
use crate::frame::phrases::{say, tell};
use crate::frame::route::Ask;
use crate::frame::row_block::Placing;
use crate::plan::draft::open::own_parties;
use crate::plan::draft::to_show::{ToShow, in_short, may_show, to_show};

/// Actions for the whole page.
pub struct PlanTools {
    /// Number of private drafts that the visitor may show to the other side.
    pub private: usize,
    /// Digest of these drafts, which the form for showing them contains.
    pub read: String,
    pub share: String,
    /// Parties whose rows of the year before can be carried over: id, name.
    pub carry: Vec<(String, String)>,
    pub carry_over: String,
}

/// Actions for a section.
pub struct SectionTools {
    pub id: String,
    /// Address of the form for a new row; `None` for a visitor who may not write rows.
    pub new: Option<String>,
    /// Number of private drafts of the section that the visitor may show.
    pub private: usize,
    pub read: String,
}

/// Actions for a row.
pub struct RowTools {
    pub id: String,
    pub href: String,
    /// Whether the row was shown to the other side: 起案中 (draft) or 提示済み (shown).
    pub standing: &'static str,
    pub private: bool,
    pub edit: bool,
    /// Digest of the row, which the form for showing it contains; `None` if the visitor may not show the row.
    pub share: Option<String>,
    pub suggest: bool,
    /// Number of suggestions that wait for an answer.
    pub suggestions: usize,
    pub up: bool,
    pub down: bool,
    /// Facts about the row in addition to its text, such as 対象：若者 ・ 連携：あおば労働局.
    pub particulars: Vec<String>,
}

/// The actions on one draft plan.
pub struct Tools<'a> {
    ask: &'a Ask<'a>,
    agreement: AgreementView<'a>,
    plan: &'a Plan,
}

impl<'a> Tools<'a> {
    pub fn of(ask: &'a Ask<'a>, agreement: AgreementView<'a>, plan: &'a Plan) -> Option<Self> {
        (plan.state == PlanState::Draft).then_some(Self { ask, agreement, plan })
    }

    pub fn plan(&self) -> PlanTools {
        let address = address::plan(self.agreement.id, self.plan.fiscal_year, self.plan.kind);
        let rows = self.plan.sections().flat_map(|section| to_show(self.ask, self.agreement, section));
        let rows: Vec<ToShow<'_>> = rows.collect();
        PlanTools {
            private: rows.len(),
            read: in_short(&rows),
            share: format!("{address}/share"),
            carry: self.carriers(),
            carry_over: format!("{address}/carry-over"),
        }
    }

    /// Returns the parties for which the visitor may carry over rows and nothing was carried over yet.
    fn carriers(&self) -> Vec<(String, String)> {
        if !self.ask.visitor.may(Right::Outline) || self.ask.moment.plan_before(self.plan).is_none() {
            return Vec::new();
        }
        let rows = || self.plan.sections().flat_map(|section| self.agreement.rows(section));
        let own = own_parties(self.ask, self.agreement).into_iter();
        let carried = |id: Id<id::Initiative>| self.agreement.follows(id).is_some();
        let without = own.filter(|(party, _)| !rows().any(|(_, id, row)| row.party == *party && carried(id)));
        without.map(|(id, name)| (id.to_string(), name)).collect()
    }

    pub fn section(&self, id: Option<Id<id::Section>>) -> Option<SectionTools> {
        let section = self.plan.sections().find(|section| Some(section.id) == id)?;
        let address = address::plan(self.agreement.id, self.plan.fiscal_year, self.plan.kind);
        let new = || format!("{address}/new?section={}", section.id);
        let rows: Vec<ToShow<'_>> = to_show(self.ask, self.agreement, section).collect();
        Some(SectionTools {
            id: section.id.to_string(),
            new: self.ask.visitor.may(Right::Draft).then(new),
            private: rows.len(),
            read: in_short(&rows),
        })
    }

    pub fn row(&self, placing: Placing<'_>) -> Option<RowTools> {
        let id = placing.row.id?;
        let seen = self.agreement.initiative(id)?;
        let (row, visitor) = (seen.initiative, self.ask.visitor);
        let private = row.standing == Standing::Private;
        let repeated = placing.row.repeated;
        let edit = !repeated && visitor.meets(&to_change(row));
        let rows = self.agreement.rows(seen.section).count();
        let other_side = visitor.is_local_operator() || visitor.party.is_some_and(|party| party != row.party);
        let open = |suggestion: &renkei_domain::plan::suggestion::Suggestion| {
            suggestion.answer == renkei_domain::plan::suggestion::Answer::Open
        };
        let language = visitor.language;
        Some(RowTools {
            id: id.to_string(),
            href: address::initiative(self.agreement.id, id),
            standing: match private {
                true => say(language, "起案中"),
                false => say(language, "提示済み"),
            },
            private,
            edit,
            share: (!repeated && may_show(self.ask, row)).then(|| in_short(&[ToShow { id, row }])),
            suggest: !private && !repeated && visitor.may(Right::Suggest) && other_side,
            suggestions: self.agreement.suggestions(id).iter().filter(|(_, known)| open(known)).count(),
            up: edit && seen.number > 1,
            down: edit && seen.number < rows,
            particulars: particulars(&row.wording.particulars, language),
        })
    }
}

/// Returns the facts about a row in addition to its text, one per line.
pub fn particulars(particulars: &Particulars, language: Language) -> Vec<String> {
    let mut said = Vec::new();
    let groups: Vec<&str> = particulars.target_groups.iter().map(|group| group.name_in(language)).collect();
    if !groups.is_empty() {
        said.push(tell(language, "対象：{}", [groups.join(say(language, "、"))]));
    }
    if let Some(kind) = particulars.programme {
        said.push(tell(language, "種類：{}", [kind.name_in(language)]));
    }
    for partner in &particulars.with {
        said.push(tell(language, "連携：{}", [Partner::in_words(partner)]));
    }
    said
}
