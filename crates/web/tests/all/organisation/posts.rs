//! The 組織 pages: changes by form, refused forms with their input, changes by list, deputies, and the home page of each
//! role.

use axum::body::Body;
use axum::http::Request;
use renkei_app::access::{Role, local_operator, local_viewer};
use renkei_app::organisation;
use renkei_document::house_style::{HouseStyle, NumberStyle};
use renkei_document::id::Id;
use renkei_domain::command::Command;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::organisation::{Division, OrganisationChange, Place};

use crate::town::{Told, Town};

const APRIL: &str = "2026-04-01";

impl Town {
    /// Makes the division しごと課 of the city, with a post for each duty. Returns the address of its page.
    pub fn division(&self) -> String {
        let party = self.agreement().1[0];
        let from: jiff::civil::Date = APRIL.parse().expect("a day");
        let known = {
            let state = self.node.state();
            let organisation = state.seen_by(local_viewer()).organisation(party).expect("a party");
            organisation.named_on("しごと課", from)
        };
        if let Some(known) = known {
            return format!("/organisation/divisions/{known}");
        }
        let mut made = None;
        let changes = |facts: &renkei_domain::record::facts::Facts| {
            let division: Id<Division> = *made.insert(facts.id());
            let (name, kind) = ("しごと課".to_owned(), "課".to_owned());
            let begun = OrganisationChange::DivisionBegun { division, from, name, kind, parent: None, area: None };
            let post = |duty: Duty| {
                let place = Place { division, title: duty.name().to_owned(), duties: vec![duty] };
                OrganisationChange::PostBegun { post: facts.id(), from, place }
            };
            std::iter::once(begun).chain(Duty::ALL.map(post)).collect()
        };
        organisation::change_organisation(&self.node, local_operator(), party, changes).expect("organised");
        format!("/organisation/divisions/{}", made.expect("begun"))
    }

    async fn send_by(&self, role: Role, address: &str, fields: &[(&str, &str)]) -> Told {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(address).header("host", "localhost").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.answer(role, request.body(Body::from(body)).expect("a request")).await
    }

    async fn see(&self, role: Role, address: &str) -> String {
        self.ask(role, Request::get(address).header("host", "localhost")).await.main()
    }
}

#[tokio::test]
async fn a_division_is_set_up_renamed_and_merged_by_forms() {
    let town = Town::with_document();
    let begin = |name: &'static str| [("change", "begin"), ("name", name), ("from", "2025-04-01")];
    for name in ["しごと課", "まち課"] {
        let told = town.send_by(Role::Secretariat, "/organisation", &begin(name)).await;
        assert_eq!(told.status, 303, "{}", told.main());
    }
    let page = town.see(Role::Clerk, "/organisation").await;
    let address = |name: &str| {
        let at = page.find(&format!(">{name}</a>")).expect("listed");
        let start = page[..at].rfind("href=\"").expect("a link") + 6;
        page[start..at].split(['?', '"']).next().unwrap_or_default().to_owned()
    };
    let (work, town_division) = (address("しごと課"), address("まち課"));
    let id = |address: &str| address.rsplit('/').next().unwrap_or_default().to_owned();
    let rename = [("change", "rename"), ("division", &id(&work)), ("name", "しごと未来課"), ("from", "2027-04-01")];
    assert_eq!(town.send_by(Role::Secretariat, "/organisation", &rename).await.status, 303);
    let merge =
        [("change", "end"), ("division", &id(&town_division)), ("successor", &id(&work)), ("from", "2027-04-01")];
    assert_eq!(town.send_by(Role::Secretariat, "/organisation", &merge).await.status, 303);
    let today = town.see(Role::Reader, "/organisation").await;
    assert!(today.contains("これからの変更") && today.contains("しごと未来課"), "{today}");
    let then = town.see(Role::Reader, "/organisation?on=2027-04-01").await;
    let tree = &then[..then.find("id=\"deputies\"").expect("deputies")];
    assert!(tree.contains("しごと未来課") && !tree.contains("まち課"), "{tree}");
    assert!(town.see(Role::Reader, &format!("{town_division}?on=2027-04-01")).await.contains("承継先"));
    assert!(!today.contains("<form method=\"post\" action=\"/organisation\""), "a reader changes nothing");
}

#[tokio::test]
async fn a_refused_form_comes_back_with_every_reason_and_what_was_typed() {
    let town = Town::with_document();
    let division = town.division();
    let id = division.rsplit('/').next().unwrap_or_default();
    let post = [("change", "post"), ("back", id), ("division", id), ("title", "補佐<b>"), ("from", APRIL)];
    let told = town.send_by(Role::Secretariat, "/organisation", &post).await;
    assert_eq!(told.status, 422);
    assert!(
        told.main().contains("職務がありません") && told.main().contains("value=\"補佐&#60;b&#62;\""),
        "{}",
        told.main()
    );
    let twice = [("change", "begin"), ("name", "しごと課"), ("from", "2026-10-01")];
    let told = town.send_by(Role::Secretariat, "/organisation", &twice).await;
    assert_eq!(told.status, 422);
    assert!(told.main().contains("令和8年10月1日に、「しごと課」という名前の課が"), "{}", told.main());
    let no_day = [("change", "begin"), ("name", "まち課"), ("from", "四月")];
    let told = town.send_by(Role::Secretariat, "/organisation", &no_day).await;
    assert!(told.main().contains("日付が読めません") && told.main().contains("value=\"まち課\""));
}

#[tokio::test]
async fn a_list_is_tried_line_by_line_and_then_recorded() {
    let town = Town::with_document();
    let csv = "課名,上位組織,職名,職務\n産業部,,,\nしごと課,産業部,課長,決裁者\nしごと課,産業部,主査,王様\n";
    let file = |csv: &str| {
        format!(
            "--x\r\ncontent-disposition: form-data; name=\"from\"\r\n\r\n{APRIL}\r\n--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"l.csv\"\r\n\r\n{csv}\r\n--x--\r\n"
        )
    };
    let kind = "multipart/form-data; boundary=x";
    let told = town.send_as("/organisation/import", kind, file(csv).into_bytes()).await.main();
    assert!(told.contains("4行目") && told.contains("職務「王様」がわかりません"), "{told}");
    assert!(!told.contains("value=\"record\""), "what is not clear is not recorded");
    let told = town.send_as("/organisation/import", kind, file(&csv.replace("王様", "担当")).into_bytes()).await.main();
    assert!(told.contains("value=\"record\""), "{told}");
    let start = told.find("<textarea name=\"list\" hidden>").expect("the list") + 29;
    let list = told[start..].split("</textarea>").next().unwrap_or_default();
    let recorded = town.send("/organisation/import", &[("deed", "record"), ("from", APRIL), ("list", list)]).await;
    assert_eq!(recorded.status, 303, "{}", recorded.main());
    let page = town.see(Role::LocalOperator, "/organisation").await;
    assert!(page.contains("課長（決裁者）") && page.contains("主査（担当）"), "{page}");
    let printed = town.send("/organisation/import", &[("deed", "printed"), ("from", APRIL)]).await;
    assert!(printed.main().contains("新設"), "the divisions of the newest plan: {}", printed.main());
}

#[tokio::test]
async fn a_deputy_s_act_is_on_the_holder_s_home_page_until_it_is_reviewed() {
    let town = Town::with_document();
    town.division();
    let party = town.agreement().1[0];
    let actor = crate::town::deputy(party, "しごと課 決裁者", "しごと課 担当");
    let style = HouseStyle { numbers: NumberStyle::Plain, ..HouseStyle::default() };
    town.node.do_as(actor, Command::Organisation(OrganisationCommand::SetHouseStyle { party, style })).expect("set");
    assert!(!town.see(Role::Clerk, "/").await.contains("代決されたもの"), "it waits for nobody else");
    let home = town.see(Role::Approver, "/").await;
    assert!(home.contains("表記の設定") && home.contains("代決 しごと課 担当"), "{home}");
    let start = home.find("name=\"entry\" value=\"").expect("an entry") + 20;
    let entry = home[start..].split('"').next().unwrap_or_default().to_owned();
    let fields = [("entry", entry.as_str())];
    let reviewed = |role| town.send_by(role, "/after-reviews", &fields);
    assert_eq!(reviewed(Role::Head).await.status, 422, "another post's");
    assert_eq!(reviewed(Role::Approver).await.status, 303);
    assert!(!town.see(Role::Approver, "/").await.contains("代決されたもの"));
    assert!(town.see(Role::Approver, "/journal").await.contains("後閲"));
}

#[tokio::test]
async fn an_approver_can_name_a_deputy_only_for_the_own_post() {
    let town = Town::with_document();
    town.division();
    let page = town.see(Role::Approver, "/organisation").await;
    let post = |name: &str| {
        let at = page.find(&format!(">{name}</option>")).expect("a post");
        let start = page[..at].rfind("value=\"").expect("a value") + 7;
        page[start..at].split('"').next().unwrap_or_default().to_owned()
    };
    let (own, clerk, head) = (post("しごと課 決裁者"), post("しごと課 担当"), post("しごと課 長"));
    let name = async |of: &str| {
        let fields = [("change", "deputy"), ("post", of), ("deputy", clerk.as_str()), ("from", APRIL)];
        town.send_by(Role::Approver, "/deputies", &fields).await.status.as_u16()
    };
    assert_eq!([name(&head).await, name(&own).await, name(&own).await], [403, 303, 422]);
    let page = town.see(Role::Approver, "/organisation").await;
    assert!(page.contains("代理中") && page.contains("代理を終える"), "{page}");
}

#[tokio::test]
async fn each_role_has_its_own_home_page() {
    let town = Town::with_document();
    town.division();
    for (role, expected, unexpected) in [
        (Role::Secretariat, "確認事項", "はじめに、昨年度"),
        (Role::Clerk, "あなたを待つもの", "同じ課かどうかの問い"),
        (Role::Approver, "前回から変わったこと", "確かめを待つファイル"),
        (Role::Head, "あなたを待つもの", "確かめを待つファイル"),
        (Role::Reader, "はじめての訪問です", "確かめを待つファイル"),
        (Role::Councillor, "いま、あなたを待つものはありません", "記録簿をすべて見る"),
        (Role::LocalOperator, "年度の計画と実績", "あなたを待つもの"),
    ] {
        let home = town.see(role, "/").await;
        assert!(home.contains(expected) && !home.contains(unexpected), "{role:?}: {home}");
    }
    town.bring("操作者の昨年度.txt");
    assert!(!town.see(Role::Secretariat, "/").await.contains("確かめを待つファイル"), "another's desk");
    town.bring_as(&town.visitor(Role::Secretariat), "昨年度.txt");
    assert!(town.see(Role::Secretariat, "/").await.contains("確かめを待つファイル"));
}
