//! A list of officers is tried line by line and recorded as a whole. Recording it again changes nothing.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Request;
use renkei_app::access::{Role, local_operator};
use renkei_app::{NewAccount, people};
use renkei_document::language::Language;
use renkei_domain::organisation::duty::Duty;

use crate::town::{Told, Town};

const ADDRESS: &str = "/people/import";
/// A number of lines whose fields would exceed the limit for a form without files.
const MANY: usize = 3_000;
const HEAD: &str = "課名,職名,氏名,利用者ID,着任日,離任日,備考\n";
const LIST: &str = "しごと課,担当,山本 花,yamamoto,令和8年4月1日,,\nしごと課,決裁者,森 一,Mori,2026/4/1,2027-03-31,\nしごと課,長,,,,,空席\n";

fn field(name: &str, value: &str) -> String {
    format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

impl Town {
    /// Returns the answer to a form with files, sent by the administrator.
    async fn send_parts(&self, body: String) -> Told {
        let request = Request::post(ADDRESS).header("host", "localhost").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "multipart/form-data; boundary=x").body(Body::from(body));
        self.answer(Role::Administrator, request.expect("a request")).await
    }

    /// Returns the answer to a file with these rows, uploaded by the administrator.
    async fn try_officers(&self, rows: &str, complete: bool) -> Told {
        let party = self.agreement().1[0].to_string();
        let complete = if complete { field("complete", "1") } else { String::new() };
        let file = format!(
            "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"l.csv\"\r\n\r\n{HEAD}{rows}\r\n--x--\r\n"
        );
        self.send_parts([field("party", &party), field("from", "2026-04-01"), complete, file].concat()).await
    }

    /// Presses the button that records a tried list.
    async fn record_officers(&self, tried: &Told) -> Told {
        let page = tried.main();
        let value = |before: &str, after: &str| {
            let start = page.find(before).unwrap_or_else(|| panic!("{before} in {page}")) + before.len();
            page[start..].split(after).next().unwrap_or_default().to_owned()
        };
        let form = &page[page.find("class=\"deeds\"").expect("a button")..];
        let mut fields = vec![
            ("deed", "record".to_owned()),
            ("party", value("name=\"party\" value=\"", "\"")),
            ("from", value("name=\"from\" value=\"", "\"")),
            ("list", value("name=\"list\" hidden>", "</textarea>")),
        ];
        fields.extend(
            form[..form.find("</form>").unwrap_or(0)].contains("complete").then(|| ("complete", "1".to_owned())),
        );
        // Sends the form in the encoding that the form names, as a browser does.
        if form[..form.find('>').unwrap_or(0)].contains("multipart/form-data") {
            let parts: String = fields.iter().map(|(name, value)| field(name, value)).collect();
            return self.send_parts(format!("{parts}--x--\r\n")).await;
        }
        self.send_form(Role::Administrator, ADDRESS, &fields).await
    }

    /// Makes new links for all unused invitations, as the administrator.
    async fn invite_again(&self) -> Told {
        self.send_form(Role::Administrator, "/people", &[("do", "invitations".to_owned())]).await
    }

    /// Whether the link with this number can be used.
    async fn is_good(&self, number: &str) -> bool {
        let link = self.ask(Role::Stranger, Request::get(format!("/links/{number}")).header("host", "localhost")).await;
        link.text().contains("name=\"again\"")
    }

    /// Returns one line for each appointment: login name, post, first day and last day.
    fn appointed(&self) -> Vec<String> {
        let people = people::people(&self.node).expect("read").into_iter();
        let told = people.flat_map(|person| {
            let held = person.appointments.into_iter();
            let login = person.login;
            held.map(move |held| format!("{login} {} {}〜{}", held.post, held.from, held.until.unwrap_or_default()))
        });
        told.collect()
    }

    fn person(&self, login: &str, name: &str, appointed: Option<(usize, Duty)>) -> String {
        let new = NewAccount {
            login: login.to_owned(),
            name: name.to_owned(),
            is_administrator: false,
            language: Language::Japanese,
        };
        let account = people::add_account(&self.node, "", &new).expect("added");
        if let Some((party, duty)) = appointed {
            let party = self.agreement().1[party];
            let post = people::post_named(&self.node, local_operator(), party, "しごと課", duty.name(), &[duty]);
            let from = jiff::civil::date(2025, 10, 1);
            people::appoint(&self.node, "", &account, post.expect("a post"), from, None).expect("appointed");
        }
        account
    }
}

#[tokio::test]
async fn a_list_of_officers_is_tried_and_recorded_once_and_a_repetition_changes_nothing() {
    let town = Town::with_document();
    town.division();
    let position = town.node.state().position;
    let tried = town.try_officers(LIST, false).await;
    let page = tried.main();
    assert!(tried.status == 422 && tried.header("cache-control") == "no-store", "{page}");
    for expected in
        ["2行目", "山本 花", "しごと課 担当", "登録と任命", "令和8年4月1日〜令和9年3月31日", "2件の変更を記録する"]
    {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert_eq!(town.appointed(), Vec::<String>::new(), "nothing is recorded yet");
    let sheet = town.record_officers(&tried).await;
    assert_eq!((sheet.status.as_u16(), sheet.header("cache-control")), (200, "no-store"), "{}", sheet.main());
    assert_eq!(sheet.main().matches("class=\"slip\"").count(), 2);
    let start = sheet.main().find("/links/").expect("a link");
    let number = sheet.main()[start + 7..start + 36].to_owned();
    let link = town.ask(Role::Stranger, Request::get(format!("/links/{number}")).header("host", "localhost")).await;
    assert!(link.text().contains("森 一") || link.text().contains("山本 花"), "{}", link.main());
    let expected = ["mori しごと課 決裁者 2026-04-01〜2027-03-31", "yamamoto しごと課 担当 2026-04-01〜"];
    assert_eq!(town.appointed(), expected);
    let again = town.try_officers(LIST, false).await.main();
    assert!(again.contains("今の記録と同じです") && !again.contains("value=\"record\""), "{again}");
    assert_eq!(town.node.state().position, position, "no person stands in the journal");
    let log = town.ask(Role::Administrator, Request::get("/people/log").header("host", "localhost")).await.main();
    assert!(log.contains("利用者の登録") && log.contains("しごと課 決裁者 2026-04-01〜2027-03-31"), "{log}");
}

#[track_caller]
fn check(page: &str, expected: &[&str]) {
    let told = page.split("<li>").filter_map(|rest| rest.split("</li>").next());
    let told: Vec<&str> = told.filter(|told| told.contains("行目「")).collect();
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told} for {expected}");
    }
    assert!(told.len() >= expected.len(), "{told:?}");
    assert!(!page.contains("value=\"record\""), "what is not clear is not recorded");
}

#[tokio::test]
async fn faults_of_a_list_of_officers_are_reported_with_line_and_column() {
    let town = Town::with_document();
    town.division();
    town.person("sato", "佐藤", None);
    town.person("kato", "加藤", Some((1, Duty::Clerk)));
    let closed = town.person("kimura", "木村", None);
    people::close_account(&town.node, "", &closed).expect("closed");
    let rows = "しごと課,社長,山本,yamamoto,,,\nまち課,担当,山本,yamamoto,,,\nしごと課,担当,山本,,,,\nしごと課,担当,,yamamoto,,,\nしごと課,担当,山本,山本,,,\nしごと課,担当,山本,sato,,,\nしごと課,担当,加藤,kato,,,\nしごと課,担当,木村,kimura,,,\nしごと課,担当,佐藤,sato,四月,,\nしごと課,担当,佐藤,sato,2026-04-02,2026-04-01,\nしごと課,担当,佐藤,sato,,,\nしごと課,担当,佐藤,sato,,,\n";
    let tried = town.try_officers(rows, false).await;
    check(
        &tried.main(),
        &[
            "2行目「職名」：「しごと課 社長」という職が",
            "3行目「課名」：「まち課」という課が令和8年4月1日に",
            "4行目「利用者ID」：空です",
            "5行目「氏名」：空です",
            "6行目「利用者ID」：半角の",
            "7行目「氏名」：この利用者IDは「佐藤」さんのもの",
            "8行目「利用者ID」：この人は厚生労働省あおば労働局の職に",
            "9行目「利用者ID」：この利用者は停止中",
            "10行目「着任日」：「四月」を日付として",
            "11行目「離任日」：着任日より前",
            "13行目「職名」：同じ人の同じ職が",
        ],
    );
    let party = town.agreement().1[0].to_string();
    let list = "2行目\tまち課\t\t担当\t山本\tyamamoto\t\t".to_owned();
    let fields = [("deed", "record".to_owned()), ("party", party), ("from", "2026-04-01".to_owned()), ("list", list)];
    let forced = town.send_form(Role::Administrator, ADDRESS, &fields).await;
    assert!(forced.status == 422 && forced.main().contains("記録していません"), "{}", forced.main());
    let no_columns = town.send_form(Role::Administrator, ADDRESS, &[]).await;
    assert!(no_columns.main().contains("当事者を選んでください"));
    assert_eq!(town.appointed().len(), 1, "nothing was recorded");
}

/// Returns the numbers on a sheet of links, by login name.
fn numbers(sheet: &Told) -> BTreeMap<String, String> {
    let slips = sheet.text();
    let slips = slips.split("class=\"slip\" aria-label=\"").skip(1).map(|slip| {
        let number = slip.split("/links/").nth(1).and_then(|rest| rest.split('<').next()).expect("a number");
        (slip.split('"').next().expect("a name").to_owned(), number.to_owned())
    });
    slips.collect()
}

#[tokio::test]
async fn a_list_sent_twice_is_refused_and_unused_invitations_can_be_replaced() {
    let town = Town::with_document();
    town.division();
    let tried = town.try_officers(LIST, false).await;
    let first = numbers(&town.record_officers(&tried).await);
    assert_eq!(first.keys().collect::<Vec<_>>(), ["mori", "yamamoto"]);
    let second = town.record_officers(&tried).await;
    let page = second.main();
    assert!(second.status == 422 && page.contains("何も変えていません") && !page.contains("一覧のとおりに"), "{page}");
    let deed = "まだ使っていない人の招待をまとめて作り直し、印刷する";
    assert!(page.contains(deed), "it says where to get the numbers: {page}");
    people::use_link(&town.node, &first["mori"], "a heron stands still", "", "").expect("in");
    let closed = town.person("kimura", "木村", None);
    people::close_account(&town.node, "", &closed).expect("closed");
    let people = town.ask(Role::Administrator, Request::get("/people").header("host", "localhost")).await.main();
    assert!(people.contains(deed) && people.contains("value=\"invitations\""), "{people}");
    let sheet = town.invite_again().await;
    assert_eq!((sheet.status.as_u16(), sheet.header("cache-control")), (200, "no-store"));
    let again = numbers(&sheet);
    let expected = people::people(&town.node).expect("read").into_iter();
    let expected: Vec<_> = expected.filter(|one| !one.has_password && !one.is_closed).map(|one| one.login).collect();
    assert!(expected.contains(&"yamamoto".to_owned()) && !expected.contains(&"mori".to_owned()));
    assert_eq!(again.keys().cloned().collect::<Vec<_>>(), expected);
    assert_eq!([town.is_good(&first["yamamoto"]).await, town.is_good(&again["yamamoto"]).await], [false, true]);
    assert!(!sheet.main().contains("一覧のとおりに"), "{}", sheet.main());
    let refused = town.send_form(Role::Secretariat, "/people", &[("do", "invitations".to_owned())]).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn two_people_who_record_the_same_list_at_once_make_one_sheet() {
    let town = Town::with_document();
    town.division();
    let tried = town.try_officers(LIST, false).await;
    let (one, other) = tokio::join!(town.record_officers(&tried), town.record_officers(&tried));
    let mut told = [one.status.as_u16(), other.status.as_u16()];
    told.sort_unstable();
    assert_eq!(told, [200, 422]);
    let (sheet, late) = if one.status == 200 { (one, other) } else { (other, one) };
    assert!(late.main().contains("何も変えていません"), "{}", late.main());
    for number in numbers(&sheet).values() {
        assert!(town.is_good(number).await);
    }
}

#[tokio::test]
async fn a_list_of_thousands_of_lines_is_tried_and_recorded() {
    let town = Town::with_document();
    town.division();
    let row = |number: usize| format!("しごと課,担当,{}{number},tanto{number:05},令和8年4月1日,,\n", "山本".repeat(20));
    let rows: String = (0..MANY).map(row).collect();
    let tried = town.try_officers(&rows, false).await;
    let page = tried.main();
    assert!(page.contains(&format!("{MANY}件の変更を記録する")), "{}", &page[..page.len().min(2_000)]);
    let sheet = town.record_officers(&tried).await;
    assert_eq!((sheet.status.as_u16(), numbers(&sheet).len()), (200, MANY));
    assert_eq!(town.appointed().len(), MANY);
}

#[tokio::test]
async fn a_recorded_last_day_that_is_missing_in_the_list_is_a_fault() {
    let town = Town::with_document();
    town.division();
    let recorded = "しごと課,担当,山本,yamamoto,2026-04-01,2026-09-30,\n";
    town.record_officers(&town.try_officers(recorded, false).await).await;
    let silent = "しごと課,担当,山本,yamamoto,2026-04-01,,\n";
    let told = "2行目「離任日」：この職には令和8年9月30日で終わる記録があります。";
    check(&town.try_officers(silent, false).await.main(), &[told]);
    let further = format!("{recorded}しごと課,担当,山本,yamamoto,2026-10-01,,\n");
    town.record_officers(&town.try_officers(&further, true).await).await;
    let expected = ["yamamoto しごと課 担当 2026-04-01〜2026-09-30", "yamamoto しごと課 担当 2026-10-01〜"];
    assert_eq!(town.appointed(), expected, "what the sentence says helps");
}

#[tokio::test]
async fn a_changed_name_is_corrected_by_the_administrator_and_logged() {
    let town = Town::with_document();
    town.division();
    let account = town.person("sato", "佐藤", None);
    let rows = "しごと課,担当,鈴木,sato,,,\n";
    assert!(town.try_officers(rows, false).await.main().contains("この利用者IDは「佐藤」さんのもの"));
    let rename = async |role, name: &str| {
        let fields = [("do", "rename".to_owned()), ("name", name.to_owned())];
        town.send_form(role, &format!("/people/{account}"), &fields).await.status.as_u16()
    };
    assert_eq!([rename(Role::Secretariat, "鈴木").await, rename(Role::Administrator, "").await], [403, 422]);
    assert_eq!(rename(Role::Administrator, " 鈴木\u{7} ").await, 303);
    let tried = town.try_officers(rows, false).await.main();
    assert!(tried.contains("鈴木") && tried.contains("value=\"record\""), "{tried}");
    let log = town.ask(Role::Administrator, Request::get("/people/log").header("host", "localhost")).await.main();
    assert!(log.contains("氏名の変更") && !log.contains("鈴木"), "{log}");
}

#[tokio::test]
async fn only_a_complete_list_ends_appointments_that_it_does_not_contain() {
    let town = Town::with_document();
    town.division();
    town.person("sato", "佐藤", Some((0, Duty::Clerk)));
    town.person("kato", "加藤", Some((1, Duty::Clerk)));
    let rows = "しごと課,担当,山本,yamamoto,,,\n";
    assert!(!town.try_officers(rows, false).await.main().contains("佐藤"));
    let tried = town.try_officers(rows, true).await;
    assert!(tried.main().contains("佐藤") && tried.main().contains("一覧にない"), "{}", tried.main());
    assert!(!tried.main().contains("加藤"), "the other party has a list of its own");
    assert_eq!(town.record_officers(&tried).await.status, 200);
    let expected = [
        "kato しごと課 担当 2025-10-01〜",
        "sato しごと課 担当 2025-10-01〜2026-03-31",
        "yamamoto しごと課 担当 2026-04-01〜",
    ];
    assert_eq!(town.appointed(), expected);
    let again = town.try_officers(rows, true).await.main();
    assert!(again.contains("今の記録と同じです"), "{again}");
    let back = town.try_officers("しごと課,担当,佐藤,sato,2026-05-01,,\n", false).await;
    assert!(back.main().contains("任命") && !back.main().contains("登録と任命</td>"), "{}", back.main());
    let done = town.record_officers(&back).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/people?done=listed"), "nobody is new");
}

#[tokio::test]
async fn a_refused_list_or_appointment_comes_back_with_every_field_that_was_filled_in() {
    let town = Town::with_document();
    let bureau = town.agreement().1[1];
    let file = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"l.csv\"\r\n\r\na,b\r\n--x--\r\n";
    let fields = [field("party", &bureau.to_string()), field("from", "2027-04-01"), field("complete", "1")];
    let refused = town.send_parts([fields.concat(), file.to_owned()].concat()).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let page = refused.main();
    for filled in [
        format!("<option value=\"{bureau}\" selected>"),
        "name=\"from\" type=\"date\" required value=\"2027-04-01\"".into(),
        "name=\"complete\" value=\"1\" checked".into(),
    ] {
        assert!(page.contains(&filled), "{filled}: {page}");
    }

    let account = town.person("tanaka", "田中 実", Some((1, Duty::Clerk)));
    let page = town.ask(Role::Administrator, Request::get(format!("/people/{account}")).header("host", "localhost"));
    let page = page.await.main();
    let posts = page[page.find("<select id=\"post\"").expect("posts")..].split("<option value=\"").skip(1);
    let last = posts.filter_map(|rest| rest.split('"').next()).last().expect("a post").to_owned();
    let dates = [("from", "2027-04-01".to_owned()), ("until", "2026-04-01".to_owned())];
    let fields = [[("do", "appoint".to_owned()), ("post", last.clone())], dates].concat();
    let refused = town.send_form(Role::Administrator, &format!("/people/{account}"), &fields).await;
    let page = refused.main();
    assert_eq!(refused.status, 422, "{page}");
    for filled in [
        format!("<option value=\"{last}\" selected>"),
        "value=\"2027-04-01\"".into(),
        "id=\"until\" name=\"until\" type=\"date\" value=\"2026-04-01\"".into(),
    ] {
        assert!(page.contains(&filled), "{filled}: {page}");
    }
}
