//! 新しい取組: the form of a row that does not exist yet.

use askama::Template;
use renkei_app::{AppError, RowSpot, access::Right, plan};
use renkei_document::id::{self, Id};
use renkei_domain::plan::{Plan, PlanState, Section};
use renkei_domain::refusal::Refusal;
use renkei_domain::view::AgreementView;

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::names::table_name;
use crate::frame::page::{html, unkept};
use crate::frame::phrases::{InBoth, say};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::plan::asked_plan::asked_plan;
use crate::plan::draft::asked::anchor_on;
use crate::plan::draft::edit::RowForm;
use crate::plan::draft::fields::RowFields;
use crate::plan::draft::open::own_parties;
use crate::plan::draft::typed::{Keeping, keep_refused, new_place, put_away, typed};

#[derive(Template)]
#[template(path = "plan/row_new.html")]
struct NewRowPage {
    frame: Frame,
    plan: String,
    plan_address: String,
    address: String,
    form: RowForm,
    keeping: Keeping,
    /// The sections: id, title, and whether the section is selected.
    sections: Vec<(String, String, bool)>,
    parties: Vec<(String, String, bool)>,
}

/// The values that are selected in the form.
struct Chosen {
    begun: String,
    section: String,
    party: String,
}

impl Chosen {
    fn of(deed: &Deed<'_>) -> Self {
        let [begun, section, party] = ["begun", "section", "party"].map(|name| deed.form.get(name));
        Self { begun, section, party }
    }
}

pub fn new_row(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, _, plan) = draft(ask)?;
    let begun = ask.query.get("section").unwrap_or_default();
    let keeping = keeping(ask, agreement, plan, begun);
    if let Some((kept, typed)) = typed(ask, &new_place(agreement.id, plan, begun))? {
        let form = RowForm::of(ask, RowFields::from_form(&typed), None);
        let chosen = Chosen { begun: begun.to_owned(), section: typed.get("section"), party: typed.get("party") };
        return page(ask, agreement, plan, (form, keeping.shows(ask, &kept)), &chosen).map(unkept);
    }
    let own = ask.visitor.posts.first().map(|post| post.division.clone()).unwrap_or_default();
    let form = RowForm::of(ask, RowFields { divisions: own, ..RowFields::default() }, None);
    let chosen = Chosen { begun: begun.to_owned(), section: begun.to_owned(), party: String::new() };
    page(ask, agreement, plan, (form, keeping), &chosen).map(unkept)
}

pub fn draft_row(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let actor = ask.actor(Right::Draft)?;
    let (agreement, id, plan) = draft(ask)?;
    let fields = RowFields::from_form(&deed.form);
    let chosen = Chosen::of(deed);
    let place = new_place(agreement.id, plan, &chosen.begun);
    let again = |faults: Vec<String>| {
        keep_refused(deed, &place);
        let form = RowForm { faults, ..RowForm::of(ask, fields.clone(), None) };
        Ok(Done::Again(Box::new(page(
            ask,
            agreement,
            plan,
            (form, keeping(ask, agreement, plan, &chosen.begun)),
            &chosen,
        )?)))
    };
    let Some(section) = plan.sections().find(|known| known.id.to_string() == chosen.section) else {
        return again(vec![Refusal::SectionUnknown.message_in(ask.visitor.language)]);
    };
    let parties = own_parties(ask, agreement);
    let by: Option<Id<id::Party>> = parties.iter().map(|(id, _)| *id).find(|id| id.to_string() == chosen.party);
    let by = by.or(parties.first().map(|(id, _)| *id)).ok_or(Problem::Forbidden)?;
    let wording = fields.wording(None);
    let spot = RowSpot { section: section.id, after: agreement.rows(section).last().map(|(_, id, _)| id) };
    match plan::draft_row(&ask.site.node, actor, (agreement.id, by), id, spot, wording) {
        Ok(()) => {
            put_away(deed, &place);
            Ok(Done::See(section_on_plan(agreement, plan, section)))
        }
        Err(AppError::Refused(reasons)) => {
            again(reasons.iter().map(|why| why.message_in(ask.visitor.language)).collect())
        }
        Err(fault) => Err(fault.into()),
    }
}

fn keeping(ask: &Ask<'_>, agreement: AgreementView<'_>, plan: &Plan, begun: &str) -> Keeping {
    Keeping::alone(ask, format!("{}/typed", new_place(agreement.id, plan, "")), begun)
}

fn section_on_plan(agreement: AgreementView<'_>, plan: &Plan, section: &Section) -> String {
    let address = address::plan(agreement.id, plan.fiscal_year, plan.kind);
    for (chapter, known) in (1..).zip(&plan.chapters) {
        if let Some(place) = known.sections.iter().position(|known| known.id == section.id) {
            let place = u32::try_from(place + 1).unwrap_or(u32::MAX);
            return anchor_on(agreement, plan, &address, &address::section_anchor(chapter, place));
        }
    }
    address
}

fn draft<'a>(ask: &Ask<'a>) -> Result<(AgreementView<'a>, Id<id::Plan>, &'a Plan), Problem> {
    let agreement = ask.moment.agreement()?;
    let (id, plan) = asked_plan(ask, agreement)?;
    if plan.state != PlanState::Draft {
        return Err(Problem::Refused {
            page: None,
            sentences: InBoth::of(|language| {
                Refusal::PlanNotDraft { fiscal_year: plan.fiscal_year }.message_in(language)
            }),
        });
    }
    Ok((agreement, id, plan))
}

fn page(
    ask: &Ask<'_>,
    agreement: AgreementView<'_>,
    plan: &Plan,
    (form, keeping): (RowForm, Keeping),
    chosen: &Chosen,
) -> Result<Answer, Problem> {
    let plan_address = address::plan(agreement.id, plan.fiscal_year, plan.kind);
    let sections = plan.sections().map(|known| {
        let id = known.id.to_string();
        let is_chosen = id == chosen.section;
        (id, known.title.clone(), is_chosen)
    });
    let parties = own_parties(ask, agreement)
        .into_iter()
        .map(|(id, name)| (id.to_string(), name, id.to_string() == chosen.party));
    let title = say(ask.visitor.language, "新しい取組");
    html(&NewRowPage {
        frame: Frame::of(ask.visitor, ask.moment, title, Place::Plan, &plan_address),
        plan: table_name(ask.visitor.language, plan.fiscal_year, plan.kind),
        address: new_place(agreement.id, plan, ""),
        plan_address,
        form,
        keeping,
        sections: sections.collect(),
        parties: parties.collect(),
    })
}
