//! The pages of the small town's indicators.

use axum::http::Request;
use renkei_app::access::{Role, local_viewer};
use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::wareki::AsOf;
use renkei_domain::command::Command;
use renkei_domain::indicator::command::IndicatorCommand;

use crate::town::Town;

/// Address of the 引継書 of 職業安定課.
pub const HANDOVER: &str = "/indicators/handover/%E8%81%B7%E6%A5%AD%E5%AE%89%E5%AE%9A%E8%AA%B2";

impl Town {
    /// Returns the address of the indicator 面接会参加者.
    pub fn indicator(&self) -> String {
        self.indicator_named("面接会参加者")
    }

    pub fn indicator_named(&self, label: &str) -> String {
        let state = self.node.state();
        let agreement = state.seen_by(local_viewer()).agreements().next().expect("an agreement");
        let indicators = agreement.indicators();
        let found = indicators.iter().find(|known| known.printed.label == label).expect("known");
        format!("/indicators/{}", found.id)
    }

    /// Reports a value of the city (party 0) or of the bureau (party 1) as of the end of January.
    pub fn report(&self, party: usize, label: &str, value: i64, year: i16) {
        let indicator = Indicator {
            label: label.to_owned(),
            unit: Some("人".to_owned()),
            scope: Some("市内".to_owned()),
            qualifier: Some("延べ".to_owned()),
        };
        let measured = Measured { as_of: Some(AsOf::end_of_month(year, 1)), ..Measured::default() };
        let stated = Stated::Value { value: value.into(), provisional: false };
        let (party, kind) = (self.agreement().1[party], FigureKind::Actual);
        self.act(Command::Indicator(IndicatorCommand::ReportObservation { party, indicator, kind, measured, stated }));
    }
}

fn id_of(address: &str) -> &str {
    address.rsplit('/').next().expect("an id")
}

/// Returns the ids of the values that a page offers for comparison, newest first.
fn values(page: &str) -> Vec<String> {
    let boxes = page.split("class=\"pick\"").skip(1);
    boxes.map(|rest| rest.split("value=\"").nth(1).expect("a value")[..36].to_owned()).collect()
}

const DEFINITION: [(&str, &str); 5] = [
    ("deed", "describe"),
    ("meaning", "面接会に来た人の数"),
    ("adds_up", "sum"),
    ("counting", "visits"),
    ("division", "職業安定課"),
];

#[tokio::test]
async fn a_definition_is_recorded_and_an_incomplete_one_is_shown_again_with_its_faults() {
    let town = Town::with_document();
    let address = town.indicator();
    let refused = town.send(&address, &[("deed", "describe"), ("source", "受付票 <b>")]).await;
    assert_eq!(refused.status, 422);
    let page = refused.main();
    for words in ["何を数えるかが空です", "所管課がありません", "受付票 &#60;b&#62;"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let told = town.send(&address, &DEFINITION).await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, format!("{address}?done=1").as_str()));
    let page = town.get(&format!("{address}?done=1")).await.main();
    for words in ["記録しました", "面接会に来た人の数", "合計する", "1回目の定義"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let handover = town.get(HANDOVER).await.main();
    assert!(handover.contains("面接会に来た人の数") && handover.contains("定義のない指標1件"), "{handover}");
    assert!(handover.contains(&format!("{HANDOVER}/handover.pdf")), "{handover}");
    let paper = town.get(&format!("{HANDOVER}/handover.pdf")).await;
    assert_eq!((paper.header("content-type"), &paper.body[..5]), ("application/pdf", b"%PDF-".as_slice()));
    let list = town.get("/indicators?gap=definition").await.main();
    assert!(list.contains("面接会就職者") && !list.contains("面接会参加者"), "{list}");
    assert_eq!(town.send(&address, &DEFINITION).await.status, 422, "nothing changes");
}

#[tokio::test]
async fn a_clerk_can_define_only_indicators_of_the_own_division() {
    let town = Town::with_document();
    town.report(0, "相談者", 10, 2026);
    let address = town.indicator_named("相談者");
    let ask = async |role, division: &str| {
        let fields = [("deed", "describe"), ("meaning", "相談した人"), ("division", division)];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(&address).header("host", "localhost").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        town.answer(role, request.body(body.into()).expect("a request")).await.status.as_u16()
    };
    assert_eq!(ask(Role::Clerk, "しごと課").await, 403, "no division keeps it yet");
    assert_eq!(ask(Role::Secretariat, "しごと課").await, 303);
    assert_eq!(ask(Role::Clerk, "しごと課").await, 422, "nothing changes");
    assert_eq!(ask(Role::Secretariat, "くらし課").await, 303);
    assert_eq!(ask(Role::Clerk, "しごと課").await, 403, "another division's by now");
    assert_eq!(ask(Role::Approver, "くらし課").await, 403);
}

#[tokio::test]
async fn values_are_added_and_compared_or_refused_with_every_reason() {
    let town = Town::with_document();
    for (year, value) in [(2024, 100), (2025, 120), (2026, 150)] {
        town.report(0, "相談者", value, year);
    }
    let (address, of_bureau) = (town.indicator_named("相談者"), town.indicator());
    let page = town.get(&address).await.main();
    let known = values(&page);
    assert!(page.contains("＋30（＋25%）") && page.contains("<svg") && known.len() == 3, "{page}");
    let theirs = values(&town.get(&of_bureau).await.main()).remove(0);
    let two = format!("{address}/compare?v1={}&v2={}", known[0], known[1]);
    let both = format!("{address}/compare?v1={}&v3={theirs}&with={}", known[0], id_of(&of_bureau));
    for (query, expected) in [
        (format!("{two}&how=difference"), "＋30人"),
        (format!("{two}&how=year"), "＋30人（＋25%）"),
        (format!("{two}&how=sum"), "合算の仕方がまだ決まっていません"),
        (format!("{two}&v3={}&how=difference", known[2]), "ちょうど二つ"),
        (format!("{both}&how=quotient"), "11.5%"),
        (format!("{both}&how=year"), "別の指標です"),
    ] {
        let page = town.get(&query).await.main();
        assert!(page.contains(expected), "{query}: {page}");
    }
    for (indicator, division) in [(&address, "しごと課"), (&of_bureau, "職業安定課")] {
        let mut fields = DEFINITION.to_vec();
        fields[4] = ("division", division);
        assert_eq!(town.send(indicator, &fields).await.status, 303);
    }
    let sum = town.get(&format!("{both}&how=sum")).await.main();
    assert!(sum.contains("1,454人"), "{sum}");
    let guess = town.get(&format!("{address}/compare?how=guess")).await;
    assert_eq!(guess.status, 404);
    let back = format!("href=\"{address}/compare\">元のページへ</a>");
    assert!(guess.main().contains(&back) && !guess.main().contains("絞り込み"), "{}", guess.main());
}

#[tokio::test]
async fn names_are_merged_and_separated_and_targets_are_set() {
    let town = Town::with_document();
    town.report(0, "相談者", 10, 2026);
    town.report(0, "相談者数", 9, 2025);
    let (address, other) = (town.indicator_named("相談者"), town.indicator_named("相談者数"));
    let send = async |fields: &[(&str, &str)]| town.send(&address, fields).await.status.as_u16();
    let page = town.get(&address).await.main();
    assert!(page.contains("「相談者数」とまとめる"), "{page}");
    assert_eq!(send(&[("deed", "merge"), ("other", id_of(&other))]).await, 303);
    let merged = town.get(&other).await.main();
    assert!(merged.contains("「相談者数」として") && merged.contains("「相談者数」を分ける"), "{merged}");
    assert_eq!(send(&[("deed", "part"), ("other", id_of(&other))]).await, 303);
    assert_eq!(send(&[("deed", "target"), ("by", "2027-03"), ("value", "1,500"), ("note", "計画")]).await, 303);
    let list = town.get("/indicators").await.main();
    assert!(list.contains("1,500人（令和9年3月）"), "{list}");
    let refused = town.send(&address, &[("deed", "target"), ("by", "いつか"), ("value", "3")]).await;
    assert_eq!(refused.status, 422);
    let page = refused.main();
    assert!(page.contains("value=\"いつか\"") && page.contains("目標値の時点は"), "{page}");
    assert_eq!(send(&[("deed", "target"), ("by", "2027-03")]).await, 303);
    assert!(!town.get("/indicators").await.main().contains("1,500"));
}

#[tokio::test]
async fn a_handover_contains_rates_targets_and_every_typed_line() {
    let town = Town::with_document();
    for (label, value) in [("参加率", 12), ("参加した人", 12), ("案内した人", 100)] {
        town.report(0, label, value, 2026);
    }
    let [rate, came, asked] = ["参加率", "参加した人", "案内した人"].map(|label| town.indicator_named(label));
    let define = [
        ("deed", "describe"),
        ("meaning", "案内した人のうち来た人の割合"),
        ("adds_up", "never"),
        ("division", "しごと課"),
        ("source", "受付票\n案内の控え"),
        ("rate", "参加率"),
        ("numerator", id_of(&came)),
        ("denominator", id_of(&asked)),
    ];
    assert_eq!(town.send(&rate, &define).await.status, 303);
    let target = [("deed", "target"), ("by", "2027-03"), ("value", "15"), ("note", "第3次計画")];
    assert_eq!(town.send(&rate, &target).await.status, 303);
    let address = format!("/indicators/handover/{}", "%E3%81%97%E3%81%94%E3%81%A8%E8%AA%B2");
    let page = town.get(&address).await.main();
    for words in
        ["分子：参加した人<br>分母：案内した人", "15人（令和9年3月） 第3次計画", "受付票<br>案内の控え", "<b>12人</b>"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(town.get("/indicators/handover/x/handover.pdf").await.status, 404);
}

#[tokio::test]
async fn a_shared_fact_is_proposed_confirmed_explained_and_withdrawn() {
    let town = Town::with_document();
    town.report(0, "相談者", 10, 2026);
    let (address, theirs) = (town.indicator_named("相談者"), town.indicator());
    let share = [("deed", "fact"), ("name", "合同面接会"), ("other", id_of(&theirs))];
    assert_eq!(town.send(&address, &share).await.status, 303);
    let proposed = town.get(&theirs).await.main();
    assert!(proposed.contains("労働局の確認待ち") && proposed.contains("同じことだと確認する"), "{proposed}");
    let fact = proposed.split("name=\"fact\" value=\"").nth(1).expect("a fact")[..36].to_owned();
    assert_eq!(town.send(&theirs, &[("deed", "agree"), ("fact", &fact)]).await.status, 303);
    let agreed = town.get(&theirs).await.main();
    assert!(agreed.contains("双方が確認") && agreed.contains("食い違い"), "{agreed}");
    assert_eq!(town.send(&theirs, &[("deed", "explain"), ("fact", &fact)]).await.status, 422);
    assert_eq!(town.send(&theirs, &[("deed", "explain"), ("fact", &fact), ("reason", "共催だけ")]).await.status, 303);
    assert!(town.get(&address).await.main().contains("共催だけ"));
    assert_eq!(town.send(&theirs, &[("deed", "withdraw"), ("fact", &fact)]).await.status, 303);
    assert!(!town.get(&address).await.main().contains("合同面接会"));
}

#[tokio::test]
async fn two_single_values_are_stated_to_be_one_fact_and_their_rows_say_so() {
    let town = Town::with_document();
    town.report(0, "相談者", 10, 2026);
    town.report(0, "相談者", 8, 2025);
    let (address, theirs) = (town.indicator_named("相談者"), town.indicator());
    let compare = format!("{address}/compare");
    let ours = values(&town.get(&address).await.main()).remove(0);
    let other = values(&town.get(&theirs).await.main()).remove(0);
    let asked = format!("{compare}?v1={ours}&v2={other}&with={}", id_of(&theirs));
    let page = town.get(&asked).await.main();
    assert!(page.contains("選んだ値を共通実績として示す"), "{page}");
    assert!(page.contains("令和7年度 1(1)"), "values are told apart by the rows that print them: {page}");
    assert!(!town.get(&format!("{compare}?v1={ours}")).await.main().contains("選んだ値を共通実績として示す"));
    let with = id_of(&theirs).to_owned();
    let chosen = [("v1", ours.as_str()), ("v2", other.as_str()), ("with", with.as_str())];
    let send = async |name: &str| {
        town.send(&compare, &[&[("deed", "share"), ("name", name)], chosen.as_slice()].concat()).await
    };
    let refused = send(" ").await;
    assert_eq!(refused.status, 422);
    let page = refused.main();
    assert!(page.contains("記録できませんでした") && page.contains(&format!("value=\"{other}\"")), "{page}");
    assert_eq!(send("春の合同面接会").await.header("location"), format!("{address}?done=1#shared"));
    assert!(town.get(&asked).await.main().contains("共通実績「春の合同面接会」として示されています"));
    let proposed = town.get(&theirs).await.main();
    assert!(proposed.contains("この値だけ") && proposed.contains("労働局の確認待ち"), "{proposed}");
    let fact = proposed.split("name=\"fact\" value=\"").nth(1).expect("a fact")[..36].to_owned();
    let mut row = String::new();
    for address in town.rows().await {
        if town.get(&address).await.main().contains(&format!("{theirs}#shared")) {
            row = address;
        }
    }
    let shown = town.get(&row).await.main();
    assert!(shown.contains("春の合同面接会") && shown.contains("ほかの報告：市10人（令和8年1月末）"), "{shown}");
    for (fields, expected) in [
        (vec![("deed", "agree")], "食い違い（説明なし）"),
        (vec![("deed", "explain"), ("reason", "市は予約者だけ")], "食い違いの説明：市は予約者だけ"),
    ] {
        let fields = [fields.as_slice(), &[("fact", fact.as_str())]].concat();
        assert_eq!(town.send(&theirs, &fields).await.status, 303);
        let shown = town.get(&row).await.main();
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    assert_eq!(town.send(&theirs, &[("deed", "withdraw"), ("fact", &fact)]).await.status, 303);
    assert!(!town.get(&row).await.main().contains("春の合同面接会"));
    let late = town.send(&theirs, &[("deed", "explain"), ("fact", &fact), ("reason", "市は予約者だけ")]).await;
    assert_eq!(late.status, 422, "taken back meanwhile");
}
