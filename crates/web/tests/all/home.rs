//! The home page of each role: suggestions to answer, open points, and accounts that need attention. Everybody has a
//! home page.

use axum::body::Body;
use axum::http::Request;
use renkei_app::access::{Role, local_operator};
use renkei_app::{Knock, Known, NewAccount, Visitor, evidence, people};
use renkei_document::language::Language;
use renkei_document::passage::Passage;
use renkei_domain::command::Command;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::plan::Wording;
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::plan::command::SuggestEdit;
use renkei_domain::view::Viewer;

use crate::town::{Town, post_in};

impl Town {
    async fn home_of(&self, visitor: Visitor) -> String {
        let request = Request::get("/").header("host", "localhost").body(Body::empty()).expect("a request");
        let told = self.answer_to(visitor, request).await;
        assert_eq!(told.status, 200, "{}", told.main());
        told.main()
    }

    /// Suggests, for the bureau, other wordings of the city's shown row. Returns the address of the row.
    pub fn suggested_by_the_bureau(&self, texts: &[&str]) -> String {
        let (agreement, parties) = self.agreement();
        let row = self.draft_of_the_city();
        let initiative = row.rsplit('/').next().expect("an id").parse().expect("an id");
        self.act(Command::Plan(PlanCommand::ShareInitiatives {
            agreement,
            party: parties[0],
            initiatives: vec![initiative],
        }));
        let base = {
            let state = self.node.state();
            let view = state.seen_by(Viewer::Party(parties[1])).agreement(agreement).expect("concluded");
            view.wordings(view.initiative(initiative).expect("drafted").initiative).present().at
        };
        for text in texts {
            let (by, reason) = (parties[1], "わかりやすくするため".to_owned());
            let divisions = vec!["しごと課".to_owned()];
            let wording = Wording { divisions, text: Passage::words((*text).to_owned()), ..Wording::default() };
            let suggest = SuggestEdit { agreement, by, initiative, base, wording, reason };
            let actor = crate::town::holder(by, "職業安定課 担当");
            self.node.do_as(actor, Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest)))).expect("suggested");
        }
        row
    }
}

#[tokio::test]
async fn suggestions_are_on_the_home_page_of_people_who_may_answer_them() {
    let town = Town::with_document();
    town.division();
    assert!(!town.home_of(town.visitor(Role::Secretariat)).await.contains("回答を待つ修正の提案"));
    let row = town.suggested_by_the_bureau(&["窓口を二つ設ける。", "窓口を三つ設ける。"]);
    let other = town.signed_in("まち課", Duty::Clerk);
    let bureau = Visitor::known(Known {
        account: town.account(),
        name: "山田".to_owned(),
        party: Some(town.agreement().1[1]),
        posts: town.visitor(Role::Secretariat).posts.to_vec(),
        is_administrator: false,
        language: Language::Japanese,
    });
    let answer = "あなたを待つもの";
    for (who, visitor, waits) in [
        ("secretariat", town.visitor(Role::Secretariat), true),
        ("clerk", town.visitor(Role::Clerk), true),
        ("another division's", other, false),
        ("approver", town.visitor(Role::Approver), false),
        ("reader", town.visitor(Role::Reader), false),
        ("councillor", town.visitor(Role::Councillor), false),
        ("who suggested", bureau, false),
    ] {
        let home = town.home_of(visitor).await;
        let part = home.split("id=\"mine\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect(answer);
        assert_eq!(part.contains("回答を待つ修正の提案</b> <span class=\"count\">2</span>"), waits, "{who}: {part}");
        assert_eq!(part.contains(&format!("href=\"{row}#suggestions\"")), waits, "{who}: {part}");
    }
    let head = town.home_of(town.visitor(Role::Head)).await;
    let points = head.split("id=\"points\"").nth(1).expect("open points");
    assert!(points.contains("こちらの回答を待つ修正の提案") && points.contains("#suggestions"), "{points}");
    assert!(points.contains("<td role=\"cell\" class=\"number\" data-label=\"件数\">2</td>"), "{points}");
    assert!(!town.home_of(town.visitor(Role::Clerk)).await.contains("未決の点"), "a clerk writes");
}

#[tokio::test]
async fn the_home_page_links_to_findings_of_the_own_division() {
    let town = Town::empty();
    let report = include_bytes!("../../../import/tests/midori.txt");
    evidence::import(&town.node, local_operator(), "昨年度.txt", report).expect("imported");
    let all = town.get("/findings").await.main();
    let count = |page: &str| page.matches("class=\"group\"").count();
    let divisions = all.split("<small>").nth(1).expect("a row's").split("</small>").next().unwrap_or_default();
    let division = divisions.split('、').next().unwrap_or_default().to_owned();
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("division", &division).finish();
    let own = town.get(&format!("/findings?{query}")).await.main();
    assert!(own.contains(&format!("{division}の取組の確認事項だけ")), "{own}");
    assert!(count(&own) > 0 && count(&own) < count(&all), "{} of {}", count(&own), count(&all));
    let clerk = |party| {
        let post = post_in(&division, Duty::Clerk);
        Visitor::known(Known {
            account: town.account(),
            name: "山田".to_owned(),
            party: Some(party),
            posts: vec![post],
            is_administrator: false,
            language: Language::Japanese,
        })
    };
    let parties = town.agreement().1;
    let homes = [town.home_of(clerk(parties[0])).await, town.home_of(clerk(parties[1])).await];
    let leads = homes.iter().filter(|home| home.contains(&format!("?{query}&#38;party="))).count();
    assert_eq!(leads, 1, "{query} {homes:?}");
    // The home page and the page that it links to count the same rows, including rows that a finding about another row
    // names.
    let mut counted = 0;
    for (home, party) in homes.iter().zip(parties) {
        for link in home.split("href=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(link, _)| link) {
            let link = link.replace("&#38;", "&");
            if !link.contains("state=finding") || !link.contains("division=") {
                continue;
            }
            let before = home.split(&format!("href=\"{}\"", link.replace('&', "&#38;"))).next().expect("text");
            let count =
                before.rsplit("class=\"count\">").next().and_then(|rest| rest.split('<').next()).expect("a count");
            let request = Request::get(&link).header("host", "localhost").body(Body::empty()).expect("a request");
            let page = town.answer_to(clerk(party), request).await.main();
            assert_eq!(page.matches("class=\"c-number\"><a").count().to_string(), count, "{link}");
            counted += 1;
        }
    }
    assert!(counted > 0);
    let none = town.get("/findings?division=%3Cb%3E").await.main();
    assert!(count(&none) == 0 && none.contains("&#60;b&#62;の取組"), "{none}");
}

#[tokio::test]
async fn an_administrator_s_home_page_has_accounts_that_need_attention_and_no_plan() {
    let town = Town::with_document();
    town.division();
    let add = |login: &str| {
        let name = format!("{login}さん");
        let new = NewAccount { login: login.to_owned(), name, is_administrator: false, language: Language::Japanese };
        people::add_account(&town.node, "", &new).expect("added")
    };
    let (invited, forgotten) = (add("shotai"), add("wasure"));
    people::hand_link(&town.node, "", &invited).expect("a link");
    let working = add("hataraku");
    people::give_password(&town.node, &working, "a heron stands still").expect("set");
    let (party, from) = (town.agreement().1[0], jiff::civil::date(2026, 5, 1));
    let post = people::post_named(&town.node, local_operator(), party, "しごと課", Duty::Clerk.name(), &[Duty::Clerk]);
    people::appoint(&town.node, "", &working, post.expect("a post"), from, None).expect("appointed");
    for _ in 0..5 {
        let knock = Knock { login: "wasure", password: "wrong password", address: "192.0.2.7", ..Knock::default() };
        people::sign_in(&town.node, &knock).expect("refused");
    }
    let left = add("kaetta");
    let token =
        people::start_session(&town.node, &people::find_account(&town.node, &left).expect("added"), "").expect("in");
    people::sign_out(&town.node, token.text()).expect("out");
    town.signed_in("しごと課", Duty::Clerk);
    let home = town.home_of(town.visitor(Role::Administrator)).await;
    let part = |title: &str| {
        let rest = home.split(title).nth(1).unwrap_or_else(|| panic!("{title}: {home}"));
        rest.split("</section>").next().unwrap_or_default().to_owned()
    };
    assert!(part("職に就いていない人").contains(&format!("/people/{invited}")));
    assert!(
        part("まだリンクを使っていない人").contains("shotai")
            && part("まだリンクを使っていない人").contains("招待、期限")
    );
    assert!(part("リンクの期限が切れた人").contains(&format!("/people/{forgotten}")));
    assert!(part("ワンタイムコードを使っていない人").contains("hatarakuさん"));
    assert!(part("最近のサインイン").contains("サインイン中"));
    assert!(part("最近のサインイン").contains("終了") && !home.contains("サインアウト済み"), "{home}");
    assert!(part("職に就いていない人").contains("令和8年5月1日から就く"), "{home}");
    assert!(part("知らない端末からの失敗が続いている人").contains("wasureさん") && home.contains("失敗 5回"), "{home}");
    assert!(!home.contains("取組") && !home.contains("みどり市雇用対策協定"), "{home}");
    assert!(home.contains("/people/log") && home.contains("/people/import"));
}

#[tokio::test]
async fn somebody_without_a_post_is_told_whom_to_ask() {
    let town = Town::with_document();
    town.division();
    let new = NewAccount {
        login: "kanri".to_owned(),
        name: "管理 よし".to_owned(),
        is_administrator: true,
        language: Language::Japanese,
    };
    people::add_account(&town.node, "", &new).expect("added");
    let nobody = Visitor::known(Known {
        account: town.account(),
        name: "山田".to_owned(),
        party: None,
        posts: Vec::new(),
        is_administrator: false,
        language: Language::Japanese,
    });
    let home = town.home_of(nobody.clone()).await;
    for expected in
        ["山田さん、今日就いている職がありません", "yamada", "管理 よし", "href=\"/me\"", "action=\"/sign-out\""]
    {
        assert!(home.contains(expected), "{expected}: {home}");
    }
    assert!(!home.contains("ほかの日の職") && !home.contains("みどり市"), "{home}");
    let (party, from) = (town.agreement().1[0], jiff::civil::date(2026, 5, 1));
    let post = people::posts_to_hold(&town.node).into_iter().find(|post| post.party == party).expect("a post").post;
    people::appoint(&town.node, "", &town.account(), post, from, None).expect("appointed");
    let home = town.home_of(nobody.clone()).await;
    assert!(home.contains("2026-05-01〜") && home.contains("事務局 みどり市 しごと課 事務局"), "{home}");
    for address in ["/plans/2026/plan", "/organisation", "/people", "/journal", "/search?q=a"] {
        let request = Request::get(address).header("host", "localhost").body(Body::empty()).expect("a request");
        let told = town.answer_to(nobody.clone(), request).await;
        assert!(told.status == 403 && !told.text().contains("みどり市"), "{address}");
    }
}

#[tokio::test]
async fn a_secretariat_reaches_the_log_of_appointments_from_the_page_of_posts() {
    let town = Town::with_document();
    town.division();
    for role in Role::ALL {
        let see = async |address: &str| town.ask(role, Request::get(address).header("host", "localhost")).await;
        let page = see("/organisation").await;
        let leads = page.main().contains("href=\"/people/log\"");
        assert_eq!(leads, role == Role::Secretariat, "{role:?}");
        if leads {
            let log = see("/people/log").await;
            assert!(log.status == 200 && log.main().contains("href=\"/organisation\""), "{}", log.main());
        }
    }
}
