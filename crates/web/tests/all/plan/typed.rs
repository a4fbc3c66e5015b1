//! Unsent input of a row's form. It is kept for its author, shown when the author opens the form again, and hidden from
//! others.

use renkei_app::access::{Role, local_operator, local_viewer};
use renkei_app::{Known, Visitor, plan};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;

use crate::town::Town;

const PLAN: &str = "/plans/2027/plan";
const KEPT: &str = "まだ保存していないものを表示しています";

impl Town {
    /// Sends the input of a form, as the script does while a person types.
    async fn type_into(&self, form: &str, fields: &[(String, String)], changes: &[(&str, &str)]) -> crate::town::Told {
        let unchanged = fields.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        let mut all: Vec<(&str, &str)> = unchanged.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        all.extend(changes);
        self.send(&format!("{form}/typed"), &all).await
    }
}

fn colleague(party: Id<id::Party>) -> Visitor {
    Visitor::known(Known {
        account: "another".to_owned(),
        name: "佐藤".to_owned(),
        party: Some(party),
        posts: Vec::new(),
        is_administrator: false,
        language: Language::Japanese,
    })
}

#[tokio::test]
async fn typed_input_is_shown_in_the_form_again_until_it_is_saved_or_discarded() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    let form = format!("{row}/edit");
    let begun = town.fields_of(&row).await;
    let told = town.type_into(&form, &begun, &[("text", "途中まで書いた"), ("target", "youth")]).await;
    assert_eq!((told.status.as_u16(), told.header("content-type")), (200, "application/json"));
    assert!(
        told.text().contains("一時保存しました") && told.text().contains("まだ保存していません"),
        "{}",
        told.text()
    );
    assert_eq!(town.drafts()[1].1, "創業する人のための相談窓口を新たに設ける。", "nothing is saved");
    let again = town.get(&form).await;
    assert_eq!(again.header("cache-control"), "no-store");
    let page = again.main();
    assert!(page.contains(KEPT) && page.contains(">途中まで書いた</textarea>"), "{page}");
    assert!(page.contains("value=\"youth\" checked"), "{page}");
    let told = town.send(&format!("{form}/typed"), &[("do", "drop")]).await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, form.as_str()));
    assert!(!town.get(&form).await.main().contains("途中まで書いた"));
    town.type_into(&form, &begun, &[("text", "窓口を開く。")]).await;
    assert_eq!(town.save(&row, &town.fields_of(&row).await, &[]).await.status, 303);
    assert_eq!(town.drafts()[1].1, "窓口を開く。", "what came back could be saved");
    assert!(!town.get(&form).await.main().contains(KEPT));
}

#[tokio::test]
async fn input_typed_over_an_older_wording_is_merged_when_it_is_saved() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    let form = format!("{row}/edit");
    let begun = town.fields_of(&row).await;
    town.type_into(&form, &begun, &[("text", "創業する人のための相談窓口を二つ設ける。")]).await;
    let id: Id<id::Initiative> = row.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    let (agreement, base, mut wording) = {
        let state = town.node.state();
        let view = state.seen_by(local_viewer()).agreements().next().expect("concluded");
        let row = view.initiative(id).expect("there").initiative;
        (view.id, view.wordings(row).present().at, row.wording.clone())
    };
    wording.text = renkei_document::passage::Passage::words("創業する女性のための相談窓口を新たに設ける。");
    plan::save_row(&town.node, local_operator(), agreement, id, base, wording).expect("saved by somebody else");
    let told = town.type_into(&form, &begun, &[("text", "創業する人のための相談窓口を二つ設ける。")]).await;
    assert!(told.text().contains("ほかの人がこの取組を保存しました"), "{}", told.text());
    assert_eq!(town.save(&row, &town.fields_of(&row).await, &[]).await.status, 303);
    assert_eq!(town.drafts()[1].1, "創業する女性のための相談窓口を二つ設ける。");
    // Input that arrives after the form was saved is ignored.
    town.type_into(&form, &begun, &[("text", "創業する人のための相談窓口を二つ設ける。")]).await;
    assert!(!town.get(&form).await.main().contains(KEPT));
}

#[tokio::test]
async fn unsent_new_rows_and_suggestions_are_kept_too() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    for (form, field) in [(format!("{PLAN}/new"), "text"), (format!("{row}/suggest"), "reason")] {
        let fields = [(field, "考えている途中"), ("base", "0"), ("divisions", "しごと課")];
        assert_eq!(town.send(&format!("{form}/typed"), &fields).await.status, 200, "{form}");
        let page = town.get(&form).await.main();
        assert!(page.contains(KEPT) && page.contains(">考えている途中</textarea>"), "{form}: {page}");
    }
}

#[tokio::test]
async fn input_is_private_and_two_people_of_one_side_see_each_other_s_names() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    let form = format!("{row}/edit");
    let begun = town.fields_of(&row).await;
    let parties = town.agreement().1;
    town.type_into(&form, &begun, &[("text", "操作する人の途中の文")]).await;
    let seen = town.ask(Role::Clerk, axum::http::Request::get(&form).header("host", "localhost")).await.main();
    assert!(!seen.contains("途中の文"), "{seen}");
    for (other, shown) in [(parties[1], false), (parties[0], true)] {
        plan::open_form(&town.node, &colleague(other), &form);
        let seen = town.ask(Role::Clerk, axum::http::Request::get(&form).header("host", "localhost")).await.main();
        assert_eq!(seen.contains("佐藤さんもこの画面を開いています"), shown, "{seen}");
        let told = town.send_form(Role::Clerk, &format!("{form}/typed"), &[("do", "here".to_owned())]).await;
        assert_eq!(told.text().contains("佐藤さん"), shown, "{}", told.text());
        plan::close_form(&town.node, &colleague(other), &form);
    }
    let seen = town.ask(Role::Clerk, axum::http::Request::get(&form).header("host", "localhost")).await.main();
    assert!(!seen.contains("佐藤さん"), "they have left");
    let bureau = format!("/initiatives/{}", town.drafts()[0].0);
    let told = town.send_form(Role::Clerk, &format!("{bureau}/edit/typed"), &[("text", "x".to_owned())]).await;
    assert_eq!(told.status, 404, "the other side's draft is not there");
}

#[tokio::test]
async fn the_home_page_links_to_unsent_forms() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    let home = async || town.ask(Role::Clerk, axum::http::Request::get("/").header("host", "localhost")).await.main();
    assert!(!home().await.contains("書きかけの入力"));
    let base = town.fields_of(&row).await.into_iter().find(|(name, _)| name == "base").expect("a base").1;
    for form in [format!("{row}/edit"), format!("{PLAN}/new")] {
        let fields = [("text", "途中".to_owned()), ("base", base.clone())];
        assert_eq!(town.send_form(Role::Clerk, &format!("{form}/typed"), &fields).await.status, 200);
        let page = home().await;
        assert!(page.contains("書きかけの入力") && page.contains(&format!("href=\"{form}\"")), "{form}: {page}");
    }
    let told = town.send_form(Role::Clerk, &format!("{PLAN}/new/typed"), &[("do", "drop".to_owned())]).await;
    assert_eq!(told.status, 303);
    assert!(!home().await.contains(&format!("{PLAN}/new")));
}

#[tokio::test]
async fn input_equal_to_the_saved_row_is_not_kept_or_linked() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    let form = format!("{row}/edit");
    let begun = town.fields_of(&row).await;
    town.type_into(&form, &begun, &[("text", "途中")]).await;
    town.type_into(&form, &begun, &[]).await;
    let operator = plan::typing(&town.node, &town.visitor(Role::LocalOperator), &form).expect("read");
    assert_eq!(operator, None, "what was typed was taken back");
}

#[tokio::test]
async fn refused_input_is_kept_and_accepted_input_is_deleted() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    let form = format!("{row}/edit");
    let begun = town.fields_of(&row).await;
    assert_eq!(town.save(&row, &begun, &[("text", " "), ("items", "・消えては困る")]).await.status, 422);
    assert!(town.get(&form).await.main().contains(">・消えては困る</textarea>"), "closing the window loses nothing");
    let new = format!("{PLAN}/new");
    let fields = [("text", "新しい窓口を設ける。"), ("opened", "7"), ("divisions", "しごと課")];
    assert_eq!(town.send(&new, &fields).await.status, 422, "without a section");
    assert!(town.get(&new).await.main().contains(">新しい窓口を設ける。</textarea>"));
    let section = town.get(&new).await.main();
    let section =
        section.split("name=\"section\"><option value=\"").nth(1).expect("one").split('"').next().expect("one");
    let party = town.agreement().1[0].to_string();
    let mut taken = fields.to_vec();
    taken.extend([("section", section), ("party", party.as_str())]);
    assert_eq!(town.send(&new, &taken).await.status, 303);
    assert_eq!(town.send(&format!("{new}/typed"), &taken).await.status, 200, "it was under way meanwhile");
    assert!(!town.get(&new).await.main().contains("新しい窓口"), "a row that was added is not offered again");
}

#[tokio::test]
async fn new_rows_begun_in_two_sections_do_not_overwrite_each_other() {
    let town = Town::with_document();
    town.draft_of_the_city();
    let [one, two] = ["1", "2"].map(|end| format!("00000000-0000-7000-8000-00000000000{end}"));
    for (begun, text) in [(&one, "一つ目"), (&two, "二つ目")] {
        town.send(&format!("{PLAN}/new/typed"), &[("begun", begun), ("text", text)]).await;
    }
    for (begun, text) in [(&one, "一つ目"), (&two, "二つ目")] {
        let page = town.get(&format!("{PLAN}/new?section={begun}")).await.main();
        assert!(page.contains(&format!(">{text}</textarea>")), "{page}");
    }
    let page = town.get(&format!("{PLAN}/new?section={one}")).await.main();
    let discard = page.split("value=\"drop\"").nth(1).expect("a button").split("</form>").next().expect("closed");
    assert!(discard.contains(&format!("name=\"begun\" value=\"{one}\"")), "{discard}");
    let told = town.send(&format!("{PLAN}/new/typed"), &[("do", "drop"), ("begun", &one)]).await;
    assert_eq!(told.header("location"), format!("{PLAN}/new?section={one}"));
    assert!(!town.get(&format!("{PLAN}/new?section={one}")).await.main().contains("一つ目"));
    assert!(town.get(&format!("{PLAN}/new?section={two}")).await.main().contains("二つ目"), "the other stays");
}

#[tokio::test]
async fn input_for_a_removed_row_can_be_read_and_deleted() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    let form = format!("{row}/edit");
    let begun = town.fields_of(&row).await;
    town.type_into(&form, &begun, &[("text", "写したい文")]).await;
    town.send(&format!("{row}/withdraw"), &[("sure", "1")]).await;
    let page = town.get(&form).await.main();
    assert!(page.contains("写したい文") && page.contains("いま直せません"), "{page}");
    let told = town.send(&format!("{form}/typed"), &[("do", "drop")]).await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, "/"));
    assert_eq!(town.get(&form).await.status, 404);
}

#[tokio::test]
async fn typing_over_a_wording_that_the_row_never_had_overwrites_nothing() {
    let town = Town::with_document();
    let row = town.draft_of_the_city();
    let fields = town.fields_of(&row).await;
    let told = town.save(&row, &fields, &[("base", "9.9"), ("text", "上書きする。")]).await;
    assert_eq!(told.status, 422);
    assert!(told.text().contains("上書きする。") && told.text().contains("ほかの人が同じところを先に保存しました"));
    assert_eq!(town.drafts()[1].1, "創業する人のための相談窓口を新たに設ける。");
}
