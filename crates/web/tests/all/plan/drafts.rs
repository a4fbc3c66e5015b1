//! A draft plan of the small town: it is opened, both sides write it, and each side sees only what it may see.

use axum::http::Request;
use renkei_app::access::{Role, local_operator, local_viewer};
use renkei_app::{NewPlan, plan};
use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::passage::Passage;
use renkei_domain::command::Command;
use renkei_domain::plan::Wording;
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::view::Viewer;

use crate::town::Town;

const PLAN: &str = "/plans/2027/plan";

impl Town {
    /// Opens the next plan with drafts that carry over last year's rows of both parties. Returns the address of the
    /// city's row.
    pub fn draft_of_the_city(&self) -> String {
        let (agreement, parties) = self.agreement();
        let plan = |year| {
            let state = self.node.state();
            let view = state.seen_by(local_viewer()).agreement(agreement).expect("concluded");
            view.plan_of(FiscalYear(year), PlanKind::Plan).map(|(id, _)| id)
        };
        let like = plan(2026);
        match plan(2027).zip(like) {
            Some((plan, from)) => {
                let city = (agreement, parties[0]);
                // A refusal means that an earlier call has carried the rows over.
                let _ = plan::carry_over(&self.node, local_operator(), city, plan, from);
            }
            None => {
                let new =
                    NewPlan { agreement, by: parties[0], fiscal_year: FiscalYear(2027), like, carry_over: parties };
                plan::open_plan(&self.node, local_operator(), new).expect("opened");
            }
        }
        let row = self.drafts().into_iter().find(|(_, text)| text.starts_with("創業する人"));
        format!("/initiatives/{}", row.expect("the city's row").0)
    }

    /// Returns the rows of the draft plan in order: id and text.
    pub fn drafts(&self) -> Vec<(String, String)> {
        let state = self.node.state();
        let view = state.seen_by(local_viewer()).agreements().next().expect("concluded");
        let (_, plan) = view.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened");
        let rows = plan.sections().flat_map(|section| view.rows(section));
        rows.map(|(_, id, row)| (id.to_string(), row.wording.text.print(None, |_| None).0)).collect()
    }

    /// Returns the fields of the form on the plan's page that shows rows to the other side, with this field and value.
    /// The city's secretariat sends it.
    pub async fn share_form(&self, name: &str, value: &str) -> Vec<(&'static str, String)> {
        let page = self.seen_by(Role::Secretariat, PLAN).await.main();
        let action = format!("action=\"{PLAN}/share\"");
        let mut forms = page.split(&action).skip(1);
        let has = |form: &&str| form.contains(&format!("name=\"{name}\" value=\"{value}\""));
        let form = forms.find_map(|form| form.split("</form>").next().filter(has)).expect("a button");
        let field = |name: &'static str| {
            let value = form.split(&format!("name=\"{name}\" value=\"")).nth(1)?.split('"').next()?;
            Some((name, value.to_owned()))
        };
        ["row", "section", "all", "read"].into_iter().filter_map(field).collect()
    }

    pub async fn press(&self, role: Role, form: &[(&str, String)]) -> crate::town::Told {
        self.send_form(role, &format!("{PLAN}/share"), form).await
    }

    /// Returns the fields of a row's form.
    pub async fn fields_of(&self, row: &str) -> Vec<(String, String)> {
        let page = self.get(&format!("{row}/edit")).await.main();
        let base = page.split("name=\"base\" value=\"").nth(1).expect("a base").split('"').next().expect("closed");
        let area = |name: &str| {
            let field = page.split(&format!("name=\"{name}\"")).nth(1).expect("a field");
            let text = field.split_once('>').expect("open").1.split_once("</textarea>").expect("closed").0;
            (name.to_owned(), text.to_owned())
        };
        let mut fields = vec![("base".to_owned(), base.to_owned())];
        fields.extend(["text", "items", "divisions", "with"].map(area));
        fields
    }

    pub async fn save(&self, row: &str, fields: &[(String, String)], changes: &[(&str, &str)]) -> crate::town::Told {
        let unchanged = fields.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        let mut all: Vec<(&str, &str)> = unchanged.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        all.extend(changes);
        self.send(&format!("{row}/edit"), &all).await
    }

    async fn seen_by(&self, role: Role, address: &str) -> crate::town::Told {
        self.ask(role, Request::get(address).header("host", "localhost")).await
    }
}

#[tokio::test]
async fn a_plan_begins_with_last_year_s_rows_as_drafts() {
    let town = Town::with_document();
    let page = town.get("/plans").await.main();
    assert!(
        page.contains("令和9年度") && page.contains("みどり市の取組") && page.contains("あおば労働局の取組"),
        "{page}"
    );
    let like = page.split("name=\"like\"><option value=\"").nth(1).expect("a table").split('"').next().expect("closed");
    let party = town.agreement().1[0].to_string();
    let told = town.send("/plans", &[("year", "2027"), ("like", like), ("carry", &party)]).await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, PLAN));
    assert_eq!(town.drafts().len(), 1, "the rows of the city alone");
    let plan = town.get(PLAN).await.main();
    assert!(plan.contains("創業する人のための相談窓口を新たに設ける。") && plan.contains("起案中"), "{plan}");
    assert!(plan.contains("前年度の厚生労働省あおば労働局の取組を引き継ぐ"), "{plan}");
    let again = town.send("/plans", &[("year", "2027"), ("like", like)]).await;
    assert_eq!(again.status, 400, "there is one already");
    let bureau = town.agreement().1[1].to_string();
    town.send(&format!("{PLAN}/carry-over"), &[("party", &bureau)]).await;
    assert_eq!(town.drafts().len(), 2);
    let again = town.send(&format!("{PLAN}/carry-over"), &[("party", &bureau)]).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("引き継ぐ取組は残っていません"));
}

#[tokio::test]
async fn a_row_is_drafted_edited_and_withdrawn_and_nothing_typed_is_lost() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    let fields = town.fields_of(&row).await;
    let told = town
        .save(
            &row,
            &fields,
            &[
                ("text", "創業の相談窓口を開く。"),
                ("target", "women"),
                ("target", "youth"),
                ("programme", "consultation"),
                ("with", "あおば労働局 職業安定課"),
            ],
        )
        .await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, "/plans/2027/plan#r1-1-2"));
    let plan = town.get(PLAN).await.main();
    for said in ["創業の相談窓口を開く。", "対象：若者、女性", "種類：相談窓口", "連携：あおば労働局 職業安定課"]
    {
        assert!(plan.contains(said), "{said}: {plan}");
    }
    let told = town.save(&row, &town.fields_of(&row).await, &[("text", " "), ("items", "・残る箇条")]).await;
    assert_eq!(told.status, 422);
    assert!(told.text().contains("取組内容が空です") && told.text().contains("・残る箇条"));
    let told = town.send(&format!("{row}/withdraw"), &[]).await;
    assert_eq!(told.status, 400, "it is not sure");
    town.send(&format!("{row}/withdraw"), &[("sure", "1")]).await;
    assert_eq!(town.drafts().len(), 1);
    let new = town.get(&format!("{PLAN}/new")).await.main();
    let section =
        new.split("name=\"section\"><option value=\"").nth(1).expect("a section").split('"').next().expect("closed");
    let party = town.agreement().1[0].to_string();
    let fields = [
        ("section", section),
        ("party", party.as_str()),
        ("text", "新しい窓口を設ける。"),
        ("divisions", "しごと課\nくらし課"),
    ];
    let told = town.send(&format!("{PLAN}/new"), &fields).await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, "/plans/2027/plan#s1-1"), "{}", told.main());
    assert_eq!(town.drafts()[1].1, "新しい窓口を設ける。");
}

#[tokio::test]
async fn two_people_s_changes_of_a_row_are_merged_or_shown_as_a_conflict() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    let begun = town.fields_of(&row).await;
    town.save(&row, &begun, &[("text", "創業する女性のための相談窓口を新たに設ける。")]).await;
    let told =
        town.save(&row, &begun, &[("text", "創業する人のための相談窓口を二つ設ける。"), ("target", "women")]).await;
    assert_eq!(told.status, 303, "{}", told.main());
    assert_eq!(town.drafts()[1].1, "創業する女性のための相談窓口を二つ設ける。");
    let told = town.save(&row, &begun, &[("text", "創業する若者のための相談窓口を新たに設ける。")]).await;
    assert_eq!(told.status, 422);
    let page = told.main();
    assert!(page.contains("ほかの人が同じところを先に保存しました"), "{page}");
    assert!(page.contains("<del>女性</del>") && page.contains("<ins>若者</ins>"), "{page}");
    assert!(page.contains("required>創業する若者のための相談窓口を新たに設ける。</textarea>"), "{page}");
    assert_eq!(town.drafts()[1].1, "創業する女性のための相談窓口を二つ設ける。", "nothing was overwritten");
    let now = page.split("name=\"base\" value=\"").nth(1).expect("a base").split('"').next().expect("closed");
    let told =
        town.save(&row, &begun, &[("base", now), ("text", "創業する若者と女性のための相談窓口を二つ設ける。")]).await;
    assert_eq!(told.status, 303);
}

#[tokio::test]
async fn rows_are_ordered_and_repeated_and_counted_once() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    let before: Vec<String> = town.drafts().into_iter().map(|(_, text)| text).collect();
    let told = town.send(&format!("{row}/move"), &[("to", "up")]).await;
    assert_eq!(told.header("location"), "/plans/2027/plan#r1-1-1");
    let after: Vec<String> = town.drafts().into_iter().map(|(_, text)| text).collect();
    assert_eq!(after, before.iter().rev().cloned().collect::<Vec<_>>());
    town.send(&format!("{row}/move"), &[("to", "up")]).await;
    let told = town.send(&format!("{row}/move"), &[("to", "down")]).await;
    assert_eq!(told.status, 303, "{}", told.main());
    assert_eq!(town.drafts().into_iter().map(|(_, text)| text).collect::<Vec<_>>(), before);
}

#[tokio::test]
async fn the_other_side_sees_a_row_when_it_is_shown_and_not_before() {
    let town = Town::with_document();
    let (agreement, parties) = town.agreement();
    let city = town.draft_of_the_city();
    let bureau = format!("/initiatives/{}", town.drafts()[0].0);
    for (role, row, status) in [
        (Role::Clerk, &city, 200),
        (Role::Secretariat, &city, 200),
        (Role::Approver, &city, 403),
        (Role::Clerk, &bureau, 404),
        (Role::Secretariat, &bureau, 404),
        (Role::Councillor, &city, 403),
    ] {
        assert_eq!(town.seen_by(role, &format!("{row}/edit")).await.status.as_u16(), status, "{role:?} {row}");
    }
    let plan = town.seen_by(Role::Secretariat, PLAN).await.main();
    assert!(plan.contains("創業する人") && !plan.contains("高校生と大学生"), "{plan}");
    assert!(!town.seen_by(Role::Councillor, PLAN).await.main().contains("創業する人"));
    let id = town.drafts()[0].0.parse().expect("an id");
    town.act(Command::Plan(PlanCommand::ShareInitiatives { agreement, party: parties[1], initiatives: vec![id] }));
    let plan = town.seen_by(Role::Secretariat, PLAN).await.main();
    assert!(plan.contains("高校生と大学生") && plan.contains("提示済み"), "{plan}");
    assert_eq!(town.seen_by(Role::Secretariat, &format!("{bureau}/edit")).await.status, 403, "not theirs");
    let told = town.press(Role::LocalOperator, &town.share_form("all", "1").await).await;
    assert_eq!(told.status, 303);
    assert!(town.seen_by(Role::Councillor, PLAN).await.main().contains("創業する人"));
}

#[tokio::test]
async fn the_other_side_suggests_and_the_owner_accepts_with_the_author_in_the_history() {
    let town = Town::with_document();
    let (agreement, parties) = town.agreement();
    let row = town.draft_of_the_city();
    let id = row.rsplit('/').next().expect("an id").parse().expect("an id");
    town.act(Command::Plan(PlanCommand::ShareInitiatives { agreement, party: parties[0], initiatives: vec![id] }));
    let fields = town.fields_of(&row).await;
    let suggest = async |text: &str, reason: &str| {
        let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        all.retain(|(name, _)| *name != "text");
        all.extend([("text", text), ("reason", reason)]);
        town.send(&format!("{row}/suggest"), &all).await
    };
    let told = suggest("創業する人のための相談窓口を二つ設ける。", "").await;
    assert_eq!(told.status, 422);
    assert!(told.text().contains("提案の理由がありません") && told.text().contains("二つ設ける"), "nothing is lost");
    let told = suggest("創業する人のための相談窓口を二つ設ける。", "数を示すため").await;
    assert_eq!(told.status, 303, "{}", told.main());
    let page = town.get(&row).await.main();
    assert!(page.contains("数を示すため") && page.contains("<ins>二つ</ins>"), "{page}");
    let id = page.split("action=\"/suggestions/").nth(1).expect("a suggestion").split('"').next().expect("closed");
    let old_read = page.split("name=\"read\" value=\"").nth(1).expect("a time").split('"').next().expect("closed");
    let (id, old_read) = (id.to_owned(), old_read.to_owned());
    let told = town.send(&format!("/suggestions/{id}"), &[("do", "decline"), ("reason", "")]).await;
    assert_eq!(told.status, 422);
    town.save(&row, &fields, &[("text", "創業する女性のための相談窓口を新たに設ける。")]).await;
    let page = town.get(&row).await.main();
    assert!(page.contains("提案の後に文言が変わりました"), "{page}");
    let read = page.split("name=\"read\" value=\"").nth(1).expect("a time").split('"').next().expect("closed");
    let told = town.send(&format!("/suggestions/{id}"), &[("do", "accept"), ("read", &old_read)]).await;
    assert_eq!(told.status, 422, "a wording that was not on the page: {}", told.main());
    let told = town.send(&format!("/suggestions/{id}"), &[("do", "accept"), ("read", read)]).await;
    assert_eq!(told.status, 303, "{}", told.main());
    assert_eq!(town.drafts()[1].1, "創業する女性のための相談窓口を二つ設ける。", "both changes stand");
    let history = town.get(&format!("{row}/history")).await.main();
    assert!(history.contains("提案：労働局 事務局") && history.contains("令和8年度"), "{history}");
    let again = town.send(&format!("/suggestions/{id}"), &[("do", "withdraw")]).await;
    assert_eq!(again.status, 422, "it has been answered");
}

#[tokio::test]
async fn wordings_from_before_a_row_was_shown_are_hidden_from_the_other_side() {
    let town = Town::with_document();
    let (agreement, parties) = town.agreement();
    town.draft_of_the_city();
    let initiative: Id<id::Initiative> = town.drafts()[0].0.parse().expect("an id");
    let row = format!("/initiatives/{initiative}");
    let divisions = vec!["しごと課".to_owned()];
    let reword = |text: &str| {
        let wording = Wording { divisions: divisions.clone(), text: Passage::words(text), ..Wording::default() };
        town.act(Command::Plan(PlanCommand::RewordInitiative { agreement, initiative, base: None, wording }));
    };
    let bases = || {
        let state = town.node.state();
        let view = state.seen_by(Viewer::Party(parties[1])).agreement(agreement).expect("concluded");
        let wordings = view.wordings(view.initiative(initiative).expect("there").initiative);
        wordings.iter().map(|(worded, _)| worded.at.to_string()).collect::<Vec<_>>()
    };
    reword("予算は半減とする。");
    reword("相談を行う。");
    town.act(Command::Plan(PlanCommand::ShareInitiatives {
        agreement,
        party: parties[1],
        initiatives: vec![initiative],
    }));
    let hidden = bases();
    for role in [Role::Secretariat, Role::Clerk, Role::Councillor] {
        assert!(!town.seen_by(role, &row).await.main().contains("文言はこれまでに"), "{role:?}: it has one wording");
    }
    reword("相談と面接を行う。");
    let told = town.get(&format!("{row}/history")).await.main();
    assert!(told.contains(&hidden[1]), "whoever acts for its party reads all: {told}");
    for role in [Role::Secretariat, Role::Clerk, Role::Councillor] {
        let told = town.seen_by(role, &format!("{row}/history")).await;
        assert_eq!(told.status, 200, "{role:?}");
        let page = told.main();
        assert!(!page.contains("半減") && hidden.iter().all(|base| !page.contains(base)), "{role:?}: {page}");
        let to = format!("{row}/history?to={initiative}%40{}", hidden[1]);
        assert_eq!(town.seen_by(role, &to).await.status, 404, "{role:?}");
    }
    let suggest = async |base: &str| {
        let fields = ["base", "text", "divisions", "reason"].into_iter();
        let fields = fields.zip([base, "相談と訪問を行う。", "しごと課", "漏れのため"].map(str::to_owned));
        town.send_form(Role::Clerk, &format!("{row}/suggest"), &fields.collect::<Vec<_>>()).await
    };
    let never = suggest("1.0").await;
    assert_eq!(never.status, 422);
    assert!(never.text().contains("提案のもとにした文言がありません"), "{}", never.main());
    for base in &hidden {
        let told = suggest(base).await;
        assert_eq!((told.status, told.text().replace(base, "1.0")), (never.status, never.text()), "{base}");
    }
    assert_eq!(suggest(&bases()[3]).await.status, 303);
}

#[tokio::test]
async fn a_row_that_changed_since_the_page_was_loaded_is_not_shown() {
    let town = Town::with_document();
    let (agreement, parties) = town.agreement();
    let city = town.draft_of_the_city();
    let row = city.rsplit('/').next().expect("an id").to_owned();
    let initiative: Id<id::Initiative> = row.parse().expect("an id");
    let worded = |text: &str| Wording {
        divisions: vec!["しごと課".to_owned()],
        text: Passage::words(text),
        ..Wording::default()
    };
    let reword = |text: &str| {
        town.act(Command::Plan(PlanCommand::RewordInitiative {
            agreement,
            initiative,
            base: None,
            wording: worded(text),
        }))
    };
    let section = |town: &Town| {
        let state = town.node.state();
        let view = state.seen_by(local_viewer()).agreement(agreement).expect("concluded");
        let seen = view.initiative(initiative).expect("there");
        (view.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened").0, seen.section.id)
    };
    let (plan, section) = section(&town);
    let of_section = section.to_string();
    let buttons = [("row", row.as_str()), ("section", of_section.as_str()), ("all", "1")];
    let unseen = async |form: &[(&str, String)], why: &str| {
        let told = town.press(Role::Secretariat, form).await;
        assert_eq!(told.status, 422, "{why}: {form:?}");
        assert!(told.text().contains("画面を開いたあとに、示す取組の文言が変わりました。"), "{why}: {}", told.main());
        let other_side = town.seen_by(Role::Councillor, PLAN).await.main();
        assert!(!other_side.contains("相談"), "{why}: {form:?}: {other_side}");
    };
    for (name, value) in buttons {
        let mut form = town.share_form(name, value).await;
        reword(&format!("相談を行い、{name}の予算は半減とする。"));
        unseen(&form, "reworded").await;
        form.retain(|(name, _)| *name != "read");
        unseen(&form, "a form that does not say what was read").await;
    }
    for (name, value) in &buttons[1..] {
        let form = town.share_form(name, value).await;
        let wording = worded("相談を新たに始める。");
        let party = parties[0];
        town.act(Command::Plan(PlanCommand::DraftInitiative { agreement, party, plan, section, after: None, wording }));
        unseen(&form, "a row more").await;
    }
    // The other rows of the page are unchanged. One row is shown first, and the remaining rows afterwards.
    let told = town.press(Role::Secretariat, &town.share_form("row", &row).await).await;
    assert_eq!(told.status, 303, "{}", told.main());
    let page = town.seen_by(Role::Councillor, PLAN).await.main();
    assert!(page.contains("allの予算は半減") && !page.contains("相談を新たに始める"), "{page}");
    let told = town.press(Role::Secretariat, &town.share_form("all", "1").await).await;
    assert_eq!(told.status, 303, "{}", told.main());
    assert!(town.seen_by(Role::Councillor, PLAN).await.main().contains("相談を新たに始める"));
}

#[tokio::test]
async fn after_importing_a_far_year_the_next_plan_can_still_be_begun() {
    let town = Town::with_document();
    let (agreement, parties) = town.agreement();
    let far = NewPlan { agreement, by: parties[1], fiscal_year: FiscalYear(2031), like: None, carry_over: Vec::new() };
    plan::open_plan(&town.node, local_operator(), far).expect("opened");
    let this = FiscalYear::of(town.node.today());
    let page = town.get("/plans").await.main();
    let years = page.split("name=\"year\">").nth(1).expect("years").split("</select>").next().expect("closed");
    let offered: Vec<i16> = years.split("value=\"").skip(1).map(|rest| rest[..4].parse().expect("a year")).collect();
    assert_eq!(offered.first(), Some(&this.next().0));
    assert!(offered.iter().all(|year| (this.previous().0..=this.0 + 2).contains(year)), "{offered:?}");
    let next = this.next().0.to_string();
    for far in ["2031", "2032", "1950"] {
        assert_eq!(town.send("/plans", &[("year", far)]).await.status, 400, "{far}");
    }
    assert_eq!(town.send("/plans", &[("year", &next)]).await.status, 303);
}
