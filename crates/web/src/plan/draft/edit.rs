//! 取組の編集: the form of one row, and the result of saving it.

use askama::Template;
use renkei_app::access::Right;
use renkei_app::{Saved, plan};
use renkei_document::time::Hlc;
use renkei_domain::plan::three_way::{Merged, WordingField};
use renkei_domain::plan::{Section, Wording};
use renkei_domain::view::{AgreementView, InitiativeView};

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::names::table_name;
use crate::frame::page::{html, unkept};
use crate::frame::phrases::{phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::frame::word_marks::{Piece, pieces};
use crate::plan::draft::asked::{own_row, row_on_its_plan};
use crate::plan::draft::fields::{Choosable, RowFields};
use crate::plan::draft::left_behind::left_behind;
use crate::plan::draft::typed::{Keeping, keep_refused, keep_unsent, put_away, row_place, typed_over};

#[derive(Template)]
#[template(path = "plan/row_edit.html")]
struct EditPage {
    frame: Frame,
    name: String,
    plan: String,
    plan_address: String,
    address: String,
    move_address: String,
    repeat_address: String,
    withdraw_address: String,
    form: RowForm,
    keeping: Keeping,
    conflict: Option<Conflict>,
    /// Name, address and text of the row of the year before; `None` if no such row is known.
    before: Option<(String, String, String)>,
    shared: bool,
    /// The sections to which the row can be moved or in which it can be repeated: id and name.
    sections: Vec<(String, String)>,
    repeats: Vec<(String, String)>,
}

/// The fields of a row, in a form with a template of its own.
pub struct RowForm {
    pub fields: RowFields,
    pub targets: Vec<Choosable>,
    pub programmes: Vec<Choosable>,
    /// The time that identifies the wording which the person began to edit; empty for a new row.
    pub base: String,
    pub faults: Vec<String>,
}

impl RowForm {
    pub fn of(ask: &Ask<'_>, fields: RowFields, base: Option<Hlc>) -> Self {
        Self {
            targets: fields.targets(ask.visitor.language),
            programmes: fields.programmes(ask.visitor.language),
            base: base.map(|base| base.to_string()).unwrap_or_default(),
            faults: Vec::new(),
            fields,
        }
    }
}

/// The fields that two people changed at the same time, each as saved and as typed, with the differences marked.
struct Conflict {
    fields: Vec<ConflictField>,
}

struct ConflictField {
    name: &'static str,
    present: Vec<Piece>,
    typed: Vec<Piece>,
}

pub fn edit_row(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let place = row_place(ask);
    let (agreement, seen) = match own_row(ask) {
        Ok(found) => found,
        Err(problem) => return left_behind(ask, &place, problem),
    };
    let (row, keeping) = (seen.initiative, Keeping::at(ask, &place));
    let (keeping, fields, base) = match typed_over(ask, &place, agreement, row)? {
        Some((typed, fields, base)) => (keeping.shows(ask, &typed), fields, base),
        None => (keeping, RowFields::of(&row.wording), agreement.wordings(row).present().at),
    };
    page(ask, agreement, seen, (RowForm::of(ask, fields, Some(base)), keeping), None).map(unkept)
}

pub fn save_row(deed: &Deed<'_>) -> Result<Done, Problem> {
    let saved = saved(deed);
    let place = row_place(&deed.ask);
    match &saved {
        Ok(Done::See(_)) => {}
        Err(Problem::NoSuchInitiative) => keep_unsent(deed, &place),
        _ => keep_refused(deed, &place),
    }
    saved
}

fn saved(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let actor = ask.actor(Right::Draft)?;
    let (agreement, seen) = own_row(ask)?;
    let fields = RowFields::from_form(&deed.form);
    let base: Hlc = deed.form.get("base").parse().map_err(|()| unreadable())?;
    let before = agreement.wordings(seen.initiative).of(base);
    let typed = fields.wording(before.or(Some(&seen.initiative.wording)));
    let place = row_place(ask);
    let again = |form: RowForm, conflict| {
        let keeping = Keeping::at(ask, &place);
        Ok(Done::Again(Box::new(page(ask, agreement, seen, (form, keeping), conflict)?)))
    };
    let mut form = RowForm::of(ask, fields, Some(base));
    match plan::save_row(&ask.site.node, actor, agreement.id, seen.id, base, typed.clone()) {
        Ok(Saved::Stands | Saved::Merged) => {
            put_away(deed, &place);
            Ok(Done::See(row_on_its_plan(ask, seen.id)))
        }
        Ok(Saved::Conflict(found)) => {
            let conflict = conflict(ask, &found.present, &typed, &found.merged);
            again(RowForm::of(ask, RowFields::of(&found.merged.wording), Some(found.base)), Some(conflict))
        }
        Err(renkei_app::AppError::Refused(reasons)) => {
            form.faults = reasons.iter().map(|why| why.message_in(ask.visitor.language)).collect();
            again(form, None)
        }
        Err(fault) => Err(fault.into()),
    }
}

fn conflict(ask: &Ask<'_>, present: &Wording, typed: &Wording, merged: &Merged) -> Conflict {
    let (now, mine) = (RowFields::of(present), RowFields::of(typed));
    let language = ask.visitor.language;
    let name = |field| match field {
        WordingField::Divisions => say(language, "担当課"),
        WordingField::With => say(language, "連携先"),
        WordingField::Text => say(language, "取組内容"),
        WordingField::Items => say(language, "箇条"),
        WordingField::Programme => say(language, "事業の種類"),
    };
    let text = |fields: &RowFields, field| match field {
        WordingField::Divisions => fields.divisions.clone(),
        WordingField::With => fields.with.clone(),
        WordingField::Text => fields.text.clone(),
        WordingField::Items => fields.items.clone(),
        WordingField::Programme => {
            let chosen = fields.programmes(language).into_iter().find(|choice| choice.chosen);
            chosen.map(|choice| choice.name.to_owned()).unwrap_or_default()
        }
    };
    let field = |field: &WordingField| {
        let (present, typed) = pieces(&text(&now, *field), &text(&mine, *field));
        ConflictField { name: name(*field), present, typed }
    };
    Conflict { fields: merged.conflicts.iter().map(field).collect() }
}

fn page(
    ask: &Ask<'_>,
    agreement: AgreementView<'_>,
    seen: InitiativeView<'_>,
    (form, keeping): (RowForm, Keeping),
    conflict: Option<Conflict>,
) -> Result<Answer, Problem> {
    let language = ask.visitor.language;
    let plan_address = address::plan(agreement.id, seen.plan.fiscal_year, seen.plan.kind);
    let name = format!("{} {}({}) {}", seen.plan.fiscal_year, seen.chapter, seen.section_number, mark(seen.number));
    let named = |section: &&Section| (section.id.to_string(), section.title.clone());
    let (repeats, others): (Vec<_>, Vec<_>) = seen
        .plan
        .sections()
        .filter(|section| section.id != seen.section.id)
        .partition(|section| seen.initiative.is_repeated_in(section.id));
    let before = agreement.follows(seen.id).and_then(|old| agreement.initiative(old)).map(|old| {
        let name = format!("{} {}({}) {}", old.plan.fiscal_year, old.chapter, old.section_number, mark(old.number));
        (name, address::initiative(agreement.id, old.id), RowFields::of(&old.initiative.wording).text)
    });
    html(&EditPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "取組の編集"), Place::Plan, &plan_address),
        name,
        plan: table_name(language, seen.plan.fiscal_year, seen.plan.kind),
        plan_address,
        address: format!("{}/edit", address::initiative(agreement.id, seen.id)),
        move_address: format!("{}/move", address::initiative(agreement.id, seen.id)),
        repeat_address: format!("{}/repeat", address::initiative(agreement.id, seen.id)),
        withdraw_address: format!("{}/withdraw", address::initiative(agreement.id, seen.id)),
        form,
        keeping,
        conflict,
        before,
        shared: seen.initiative.standing != renkei_domain::plan::Standing::Private,
        sections: others.iter().map(named).collect(),
        repeats: repeats.iter().map(named).collect(),
    })
}

fn mark(number: usize) -> String {
    renkei_document::numbering::circled(u32::try_from(number).unwrap_or(u32::MAX))
}

fn unreadable() -> Problem {
    Problem::UnreadableForm {
        sentences: phrase("取組のページを開き直して、もう一度編集してください。").into()
    }
}
