//! The secretariat of either side, with an account, imports a document. Rows of its own side belong to that side at
//! once. Rows of the other side wait until that side takes them over.

use renkei_app::evidence;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use renkei_app::access::{Role, local_operator, local_viewer};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_domain::command::Command;
use renkei_domain::evidence::command::EvidenceCommand;
use renkei_domain::plan::Standing;
use renkei_domain::view::AgreementView;
use renkei_web::{Entrance, Keep, site_keeping};

use crate::addresses::answer_without_agreement;
use crate::town::{Told, Town};

pub const BOUNDARY: &str = "multipart/form-data; boundary=xx";
const CITY: usize = 0;
const BUREAU: usize = 1;
const SIDES: [usize; 2] = [CITY, BUREAU];

fn report() -> String {
    String::from_utf8_lossy(include_bytes!("../../../../import/tests/midori.txt")).into_owned()
}

impl Town {
    /// Returns the answer to a GET by the secretariat of this side.
    pub async fn read_by(&self, side: usize, address: &str) -> Told {
        let request = Request::get(address).header("host", "localhost").body(Body::empty()).expect("a request");
        self.answer_to(self.visitor_of(side, Role::Secretariat), request).await
    }

    /// Returns the answer to a form that the secretariat of this side sends from our page.
    pub async fn sent_by(&self, side: usize, address: &str, fields: &[(&str, &str)]) -> Told {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.posted_by(side, address, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    pub async fn posted_by(&self, side: usize, address: &str, kind: &str, body: Vec<u8>) -> Told {
        let request = Request::post(address).header("host", "localhost").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", kind).body(Body::from(body)).expect("a request");
        self.answer_to(self.visitor_of(side, Role::Secretariat), request).await
    }

    /// Uploads a text, and returns the address of its review page.
    pub async fn brought_by(&self, side: usize, name: &str, text: &str) -> String {
        let head = format!("--xx\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), text.as_bytes(), b"\r\n--xx--\r\n"].concat();
        goes_to(&self.posted_by(side, "/imports", BOUNDARY, body).await)
    }

    pub async fn recorded_by(&self, side: usize, name: &str, text: &str) {
        let page = self.brought_by(side, name, text).await;
        let review = self.read_by(side, &page).await.main();
        assert!(!review.contains("このままでは取り込めません"), "{review}");
        assert_eq!(goes_to(&self.sent_by(side, &page, &[("do", "accept")]).await), "/imports?done=waiting");
    }

    fn sees<T>(&self, read: impl FnOnce(AgreementView<'_>) -> T) -> T {
        let state = self.node.state();
        read(state.seen_by(local_viewer()).agreements().next().expect("an agreement"))
    }

    /// Returns how many of a party's rows in the newest document were taken over, and how many wait for it.
    fn taken_over(&self, party: Id<id::Party>) -> (usize, usize) {
        self.sees(|view| {
            let newest = view.evidence().into_iter().max_by_key(|(_, known)| known.at).expect("imported").0;
            let plans = view.plans();
            let rows = plans.iter().flat_map(|(_, plan)| view.rows_at_home(plan)).filter(|(_, row)| row.party == party);
            let standing: Vec<_> = rows.map(|(_, row)| row.standing.clone()).collect();
            let own = |known: &&Standing| matches!(known, Standing::TakenOver { evidence, .. } if *evidence == newest);
            let waits = |known: &&Standing| **known == Standing::Evidence { evidence: newest };
            (standing.iter().filter(own).count(), standing.iter().filter(waits).count())
        })
    }

    fn reported(&self, party: Id<id::Party>) -> usize {
        self.sees(|view| view.indicators().iter().filter(|known| known.party == party).count())
    }
}

pub fn goes_to(told: &Told) -> String {
    assert_eq!(told.status, 303, "{}", told.main());
    told.header("location").to_owned()
}

/// Returns the first link on a page whose address ends with `end`.
pub fn link<'a>(page: &'a str, end: &str) -> &'a str {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.into_iter().find(|href| href.ends_with(end)).unwrap_or_else(|| panic!("no link to {end} in {page}"))
}

#[tokio::test]
async fn a_new_year_is_recorded_and_the_other_sides_rows_wait_until_it_takes_them_over() {
    for side in SIDES {
        let town = Town::with_document();
        let parties = town.agreement().1;
        let (own, other, other_side) = (parties[side], parties[1 - side], 1 - side);
        let counted = town.reported(other);
        let page = town.brought_by(side, "昨年度.txt", &report()).await;
        let review = town.read_by(side, &page).await.main();
        assert!(review.contains("引き継ぐまで、文書に書かれた値（仮の値）"), "{review}");
        assert_eq!(goes_to(&town.sent_by(side, &page, &[("do", "accept")]).await), "/imports?done=waiting");
        let brought = town.sees(|view| {
            view.evidence().into_iter().max_by_key(|(_, known)| known.at).expect("imported").1.imported_by
        });
        assert_eq!(brought, own, "evidence is authored by the side that brings it");
        let (taken, waits) = (town.taken_over(own), town.taken_over(other));
        assert!(taken.0 > 3 && taken.1 == 0 && waits.0 == 0 && waits.1 > 3, "{taken:?} {waits:?}");
        assert_eq!(town.reported(other), counted, "nothing is reported in the other side's name");

        let imports = town.read_by(side, "/imports").await.main();
        assert!(imports.contains(&format!("取組{}件は", waits.1)) && !imports.contains("/rows\""), "{imports}");
        assert!(!town.read_by(side, "/").await.main().contains("引継ぎを待つ取組"));

        let home = town.read_by(other_side, "/").await.main();
        assert!(home.contains("引継ぎを待つ取組（昨年度.txt）</b> <span class=\"count\">"), "{home}");
        let address = link(&home, "/rows").to_owned();
        assert!(town.read_by(other_side, "/imports").await.main().contains(&address));
        assert!(town.read_by(other_side, "/plans/2024/progress").await.main().contains(&address));
        let rows = town.read_by(other_side, &address).await.main();
        assert!(rows.contains(&format!("この{}件を引き継ぐ", waits.1)), "{rows}");
        assert!(rows.contains("昨年度.txt"), "{rows}");
        let nothing = town.read_by(side, &address).await.main();
        assert!(nothing.contains("引継ぎを待つこちらの取組はありません"), "{nothing}");
        assert_eq!(town.sent_by(side, &address, &[]).await.status, 422, "nobody takes over for the other side");

        let undo = address.strip_suffix("/rows").expect("of a document").to_owned();
        assert_eq!(goes_to(&town.sent_by(other_side, &address, &[]).await), "/imports?done=taken-over");
        assert_eq!(town.taken_over(other), (waits.1, 0));
        assert!(town.reported(other) > counted, "the figures are theirs");
        assert!(!town.read_by(other_side, "/").await.main().contains("引継ぎを待つ取組"));
        assert_eq!(town.sent_by(other_side, &address, &[]).await.status, 422, "once");
        for (by, sentence) in [(side, "引き継いだ取組があるため"), (other_side, "相手方の当事者に代わって")]
        {
            let told = town.sent_by(by, &undo, &[("reason", "別の年度だった")]).await;
            assert!(told.status == 422 && told.main().contains(sentence), "{}", told.main());
            let imports = town.read_by(by, "/imports").await.main();
            assert!(!imports.contains(&format!("action=\"{undo}\"")), "{imports}");
        }
    }
}

#[tokio::test]
async fn an_import_can_be_undone_by_its_side_while_rows_of_the_other_side_wait() {
    for side in SIDES {
        let town = Town::with_document();
        let before = town.get("/plans/2026/plan").await.main();
        town.recorded_by(side, "昨年度.txt", &report()).await;
        let imports = town.read_by(side, "/imports").await.main();
        let undo = town.evidence();
        assert!(imports.contains(&format!("action=\"{undo}\"")), "{imports}");
        assert_eq!(town.sent_by(1 - side, &undo, &[("reason", "誤り")]).await.status, 422);
        assert_eq!(goes_to(&town.sent_by(side, &undo, &[("reason", "誤り")]).await), "/imports?done=undone");
        assert_eq!(town.get("/plans/2024/progress").await.status, 404);
        assert_eq!(town.get("/plans/2026/plan").await.main(), before);
    }
}

#[tokio::test]
async fn a_merge_does_not_change_rows_that_the_other_side_took_over() {
    for side in SIDES {
        let town = Town::with_document();
        let parties = town.agreement().1;
        town.recorded_by(side, "一回目.txt", &report()).await;
        let waiting = link(&town.read_by(1 - side, "/").await.main(), "/rows").to_owned();
        goes_to(&town.sent_by(1 - side, &waiting, &[]).await);
        // The second file differs in one row of each side.
        let changed = report().replace("農業の担い手を育てる。", "農業の担い手を重点的に育てる。");
        let changed = changed.replace("助成金の案内を行う。", "助成金の案内を早くから行う。");
        let words = [("重点的に", "育てる。"), ("早くから", "行う。")];
        let (own, others) = (words[side].0, words[1 - side].0);
        let page = town.brought_by(side, "二回目.txt", &changed).await;
        let review = town.read_by(side, &page).await.main();
        let (changes, stay) = review.split_once("相手方が引き継いだ取組").expect("what stays is told");
        assert!(stay.contains("<span class=\"count\">1</span>"), "{stay}");
        assert!(changes.contains(own) && !changes.contains(others), "{changes}");
        assert!(stay.split("</section>").next().is_some_and(|stay| stay.contains(others)), "{stay}");
        let owned = |party| town.sees(|view| owned_by(view, party));
        let before = owned(parties[1 - side]);
        assert_eq!(goes_to(&town.sent_by(side, &page, &[("do", "accept")]).await), "/imports?done=accepted");
        assert_eq!(owned(parties[1 - side]), before, "nothing of theirs is overwritten");
        let plan = town.get("/plans/2025/plan").await.main();
        assert!(plan.contains(own) && !plan.contains(others), "{plan}");
        // The side that imported the document can also undo the import, although rows of the other side are in the same
        // plan.
        assert_eq!(goes_to(&town.sent_by(side, &town.evidence(), &[("reason", "誤り")]).await), "/imports?done=undone");
        assert_eq!(owned(parties[1 - side]), before);
        assert!(!town.get("/plans/2025/plan").await.main().contains(own));
        // If only rows of the other side differ, nothing can be recorded.
        let only_theirs = report()
            .replace(if side == CITY { "助成金の案内を行う。" } else { "農業の担い手を育てる。" }, "何もしない。");
        let page = town.brought_by(side, "三回目.txt", &only_theirs).await;
        let told = town.sent_by(side, &page, &[("do", "accept")]).await;
        assert!(told.status == 422 && told.main().contains("相手方の当事者に代わって"), "{}", told.main());
        assert!(told.main().contains(&format!("<a class=\"button solid\" href=\"{page}\">元のページへ</a>")));
    }
}

#[tokio::test]
async fn headings_and_the_cover_stay_if_the_other_side_took_over_rows() {
    let town = Town::with_document();
    town.recorded_by(CITY, "一回目.txt", &report()).await;
    let waiting = link(&town.read_by(BUREAU, "/").await.main(), "/rows").to_owned();
    goes_to(&town.sent_by(BUREAU, &waiting, &[]).await);
    let renamed = report().replace("若い人への支援", "市の若者だけの支援").replace("連携する。", "市に従う。");
    let renamed = renamed.replace("農業の担い手を育てる。", "農業の担い手を重点的に育てる。");
    // The review names the divisions of a row if nothing else differs.
    let renamed = renamed.replace("商い・観光振興課", "にぎわい課");
    let page = town.brought_by(CITY, "二回目.txt", &renamed).await;
    let review = town.read_by(CITY, &page).await.main();
    assert!(review.contains("（商い・観光振興課）\n") && review.contains("（にぎわい課）\n"), "{review}");
    let (_, stays) = review.split_once("今のまま残る見出し・表紙").expect("what stays is told");
    let stays = stays.split("</section>").next().unwrap_or_default();
    for told in ["若い人への支援", "市の若者だけの支援", "今の表紙が残ります"] {
        assert!(stays.contains(told), "{told} {stays}");
    }
    assert_eq!(goes_to(&town.sent_by(CITY, &page, &[("do", "accept")]).await), "/imports?done=accepted");
    let report = town.read_by(BUREAU, "/reports/2025.json").await.text();
    for stays in ["重点的に", "若い人への支援", "連携する。"] {
        assert!(report.contains(stays), "{stays}");
    }
    assert!(!report.contains("市の若者だけの支援") && !report.contains("市に従う。"), "{report}");
}

fn owned_by(view: AgreementView<'_>, party: Id<id::Party>) -> String {
    let plans = view.plans();
    let rows = plans.iter().flat_map(|(_, plan)| view.rows_at_home(plan));
    let own = rows.filter(|(_, row)| row.party == party).map(|(id, row)| {
        let values: Vec<_> = row.wording.observations().filter_map(|id| view.observation(row, id)).collect();
        format!("{id} {:?} {:?} {values:?}\n", row.wording, row.standing)
    });
    let mut own: Vec<String> = own.collect();
    own.sort();
    own.concat()
}

#[tokio::test]
async fn the_secretariat_of_each_side_freezes_an_edition_in_its_own_name() {
    let town = Town::with_document();
    for (side, edition, by) in [(BUREAU, "/editions/R8-1", "労働局"), (CITY, "/editions/R8-2", "市")] {
        assert_eq!(goes_to(&town.sent_by(side, "/editions", &[("year", "2026")]).await), edition);
        let page = town.read_by(1 - side, edition).await.main();
        assert!(page.contains(&format!("{by} しごと課 事務局")), "{page}");
        town.correct_first_figure(1_000 + i64::try_from(side).expect("small"), "数え直したため");
    }
}

#[tokio::test]
async fn a_document_of_other_parties_is_refused_alike_whether_their_agreement_is_known_or_not() {
    let with_another_bureau = report().replace("あおば労働局", "わかば労働局").replace("雇用対策協定", "人材確保協定");
    let with_another_city = report().replace("みどり市", "となり市").replace("み ど り 市", "と な り 市");
    let theirs = with_another_city.replace("あおば労働局", "わかば労働局");
    let (alone, beside) = (Town::with_document(), Town::with_document());
    evidence::import(&beside.node, local_operator(), "となり.txt", theirs.replace("令和6", "令和5").as_bytes())
        .expect("imported");
    assert_eq!(beside.node.state().seen_by(local_viewer()).agreements().count(), 2);
    let of_both =
        [&theirs, &with_another_city, &with_another_bureau].into_iter().flat_map(|file| SIDES.map(|side| (file, side)));
    for (file, side) in of_both {
        let mut told = Vec::new();
        for town in [&alone, &beside] {
            let position = town.node.state().position;
            let page = town.brought_by(side, "文書.txt", file).await;
            let review = town.read_by(side, &page).await;
            let accepted = town.sent_by(side, &page, &[("do", "accept")]).await;
            assert_eq!((review.status.as_u16(), accepted.status.as_u16()), (200, 422));
            assert!(review.main().contains("自分の組織の協定として登録されていません"), "{}", review.main());
            assert_eq!(town.node.state().position, position, "no agreement is concluded and no party registered");
            let id = page.rsplit('/').next().expect("an id").to_owned();
            told.push([review, accepted].map(|told| told.main().replace(&id, "ID")));
        }
        assert_eq!(told[0], told[1]);
    }
}

#[tokio::test]
async fn the_operator_takes_over_rows_for_all_parties_at_once() {
    let town = Town::with_document();
    let page = town.bring("昨年度.txt");
    assert_eq!(goes_to(&town.send(&page, &[("do", "accept")]).await), "/imports?done=accepted");
    for party in town.agreement().1 {
        assert_eq!(town.taken_over(party).1, 0);
    }
    // The operator can also take over rows of an earlier import that still wait.
    let (agreement, parties) = town.agreement();
    let officer = crate::town::holder(parties[CITY], "しごと課 事務局");
    let later = report().replace("令和7", "令和10").replace("令和6", "令和9");
    evidence::import(&town.node, officer, "市の文書.txt", later.as_bytes()).expect("recorded");
    let address = format!("{}/rows", town.evidence());
    assert!(town.get("/imports").await.main().contains(&address));
    assert_eq!(goes_to(&town.send(&address, &[]).await), "/imports?done=taken-over");
    assert_eq!(town.taken_over(parties[BUREAU]).1, 0);
    let undo = Command::Evidence(EvidenceCommand::UndoImport {
        agreement,
        evidence: town.evidence().rsplit('/').next().expect("an id").parse().expect("an id"),
        reason: "誤り".to_owned(),
    });
    town.node.do_as(local_operator(), undo).expect("for all");
}

#[tokio::test]
async fn a_long_list_is_on_several_pages_and_all_of_it_is_taken_over() {
    let town = Town::with_document();
    let bureau = town.agreement().1[BUREAU];
    let mut lines = vec!["令和10年度雇用関連事業計画,,,".to_owned(), "1 しごとづくり,,,".to_owned()];
    lines.extend(["(1) 事業主への支援,,,", "区分,番号,担当課,取組内容"].map(str::to_owned));
    lines.extend((1..=900).map(|row| format!("労働局,({row}),職業安定課,{row}番地で相談会を{row}回行う。")));
    town.recorded_by(CITY, "長い計画.csv", &lines.join("\n")).await;
    let address = link(&town.read_by(BUREAU, "/").await.main(), "/rows").to_owned();
    let mut rows = 0;
    for page in 1..=3 {
        let told = town.read_by(BUREAU, &format!("{address}?page={page}")).await.main();
        assert!(
            told.contains("この900件を引き継ぐ") && told.contains("引き継がないのも、すべてのページの900件"),
            "{told}"
        );
        rows += told.matches("class=\"hit-head\"").count();
    }
    assert_eq!(rows, 900);
    assert_eq!(town.read_by(BUREAU, &format!("{address}?page=4")).await.status, 404);
    let plan = town.read_by(BUREAU, "/plans/2028/plan").await.main();
    assert!(plan.contains(&address) && plan.contains("900"), "{plan}");
    assert_eq!(goes_to(&town.sent_by(BUREAU, &address, &[]).await), "/imports?done=taken-over");
    assert_eq!(town.taken_over(bureau), (900, 0));
}

/// Returns the plan of a year as a text file, with one row of each side.
fn plan_of(year: i16) -> String {
    let year = FiscalYear(year);
    format!(
        "{year}雇用関連事業計画,,,\n1 しごとづくり,,,\n(1) 相談,,,\n区分,番号,担当課,取組内容\nみどり市,(1),しごと課,{year}の窓口を開く。\n労働局,(2),職業安定課,{year}の相談に応じる。\n"
    )
}

#[tokio::test]
async fn documents_of_many_years_displace_no_other_task() {
    let town = Town::with_document();
    let link_to_plan = |page: &str| page.contains("<a href=\"/plans/2026/plan\">計画</a>");
    assert!(link_to_plan(&town.read_by(BUREAU, "/").await.text()));
    for year in (2001..=2024).chain([2031]) {
        // One document has two waiting rows, because rows and documents are counted separately.
        let second = if year == 2010 { "労働局,(3),職業安定課,相談員を置く。\n" } else { "" };
        town.recorded_by(CITY, &format!("{year}.csv"), &(plan_of(year) + second)).await;
    }
    let keep = Arc::<Keep>::default();
    let visitor = town.visitor_of(BUREAU, Role::Secretariat);
    let site = site_keeping(Arc::clone(&keep), Arc::clone(&town.node), Entrance::As(Arc::new(visitor)));
    let request = Request::get("/").header("host", "localhost").body(Body::empty()).expect("a request");
    let home = answer_without_agreement(&site, request).await.text();
    // The tables of the visitor's own side come first. The newest documents of the other side are named; the others are
    // only counted.
    assert!(link_to_plan(&home), "the present plan is still the own one");
    assert_eq!(home.matches("<th role=\"rowheader\" scope=\"row\"><a href=\"/plans/").count(), 12);
    assert!(home.contains("ほかの表（15件）"), "{home}");
    assert_eq!(home.matches("<b>引継ぎを待つ取組（").count(), 6);
    assert!(home.contains("引継ぎを待つ取組（ほか20件の文書）</b> <span class=\"count\">21</span>"));
    let counts = keep.counts();
    assert!(counts.findings <= 13, "{} reports were checked for one page", counts.findings);
    let models = town.read_by(BUREAU, "/plans").await.main();
    let first = models.split("<select id=\"like\"").nth(1).and_then(|rest| rest.split("</option>").next());
    assert!(first.is_some_and(|first| first.ends_with("令和8年度 事業計画")), "{models}");
    let findings = town.read_by(BUREAU, "/findings").await.main();
    assert!(findings.contains("令和8年度の報告書"), "{findings}");
    assert!(!findings.contains("aria-current=\"page\">令和13年度の報告書"), "{findings}");
}

#[tokio::test]
async fn a_side_declines_waiting_rows_and_the_other_side_learns_who_and_why() {
    for side in SIDES {
        let town = Town::with_document();
        let (parties, other_side) = (town.agreement().1, 1 - side);
        town.recorded_by(side, "昨年度.txt", &report()).await;
        let (own, waits) = (town.taken_over(parties[side]), town.taken_over(parties[other_side]).1);
        let address = link(&town.read_by(other_side, "/").await.main(), "/rows").to_owned();
        let (undo, decline) = (address.strip_suffix("/rows").expect("of a document"), format!("{address}/decline"));
        let waiting = town.sent_by(side, "/editions", &[("year", "2025")]).await;
        assert!(
            waiting.status == 422 && waiting.main().contains("引き継ぐか引き継がないかが決まってから"),
            "{}",
            waiting.main()
        );

        let page = town.read_by(other_side, &address).await.main();
        assert!(page.contains(&format!("action=\"{decline}\"")), "{page}");
        assert!(page.contains(&format!("この{waits}件を引き継がない")), "{page}");
        let theirs = town.sent_by(side, &decline, &[("reason", "要らない")]).await;
        assert!(theirs.status == 422 && theirs.main().contains("引き継ぐ行は残っていません"), "{}", theirs.main());
        assert!(theirs.main().contains("要らない"), "what was typed is there: {}", theirs.main());
        let long = "長".repeat(3_000);
        for (reason, sentence) in [("  ", "引き継がない理由を入れてください。"), (long.as_str(), "理由や備考")]
        {
            let told = town.sent_by(other_side, &decline, &[("reason", reason)]).await;
            let page = told.main();
            assert!(told.status == 422 && page.contains("<details class=\"undo\" open>"), "{page}");
            assert!(page.contains(sentence), "{page}");
            assert!(page.contains(&format!("value=\"{}\"", reason.trim())), "{page}");
        }
        assert_eq!(town.taken_over(parties[other_side]).1, waits, "nothing happened yet");

        let reason = "他の課が所管 <b>";
        assert_eq!(goes_to(&town.sent_by(other_side, &decline, &[("reason", reason)]).await), "/imports?done=declined");
        assert_eq!((town.taken_over(parties[side]), town.taken_over(parties[other_side])), (own, (0, 0)));
        assert!(!town.read_by(other_side, "/").await.main().contains("引継ぎを待つ取組"));
        let by = ["市", "労働局"][other_side];
        for reader in SIDES {
            let imports = town.read_by(reader, "/imports").await.main();
            let told =
                format!("{by} しごと課 事務局が、取組{waits}件を引き継がないことにしました。理由：他の課が所管 ");
            assert!(imports.contains(&told) && !imports.contains("所管 <b>"), "{imports}");
        }
        let journal = town.read_by(other_side, "/journal").await.main();
        assert!(journal.contains("取組を引き継がない決定") && journal.contains("（理由：他の課が所管 "), "{journal}");
        let again = town.sent_by(other_side, &decline, &[("reason", reason)]).await;
        assert_eq!(again.status, 422, "once");

        // The side that imported the document can now make an edition, and can still undo its import.
        assert_eq!(goes_to(&town.sent_by(side, "/editions", &[("year", "2025")]).await), "/editions/R7-1");
        assert_eq!(goes_to(&town.sent_by(side, undo, &[("reason", "誤り")]).await), "/imports?done=undone");
    }
}
