//! Uploading, reviewing, correcting, recording and undoing a document.

use crate::town::{Told, Town};

const BOUNDARY: &str = "multipart/form-data; boundary=xx";

/// Returns the body of a form with files, as a browser sends it.
fn files(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!("--xx\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(b"--xx--\r\n");
    body
}

fn report() -> &'static [u8] {
    include_bytes!("../../../../import/tests/midori.txt")
}

fn goes_to(told: &Told) -> String {
    assert_eq!(told.status, 303, "{}", told.main());
    told.header("location").to_owned()
}

#[tokio::test]
async fn a_file_is_uploaded_reviewed_corrected_recorded_and_its_import_undone() {
    let town = Town::empty();
    let page = goes_to(&town.send_as("/imports", BOUNDARY, files(&[("昨年度.txt", report())])).await);
    let review = town.get(&page).await.main();
    assert!(review.contains("この内容で取り込む") && review.contains("令和6年度 事業進捗状況"), "{review}");
    let row = format!("{page}/rows/0-1-1-1");
    let form = town.get(&row).await.main();
    assert!(form.contains("読み取りを直す"), "{form}");
    let fields = [("do", "save"), ("party", "city"), ("divisions", "ほかの課\r\n次の課"), ("text", "別の文を書いた。")];
    let back = goes_to(&town.send(&row, &fields).await);
    assert_eq!(back, format!("{page}?done=saved&row=0-1-1-1#row-0-1-1-1"));
    let review = town.get(&page).await.main();
    assert!(review.contains("直しました") && review.contains("ほかの課、次の課"), "{review}");
    assert_eq!(goes_to(&town.send(&page, &[("do", "accept")]).await), "/imports?done=accepted");
    assert!(town.get("/plans/2024/progress").await.main().contains("別の文を書いた。"));
    assert_eq!(town.get(&page).await.status, 404, "it does not wait any more");
    let undone = town.send(&town.evidence(), &[("reason", "年度の誤り")]).await;
    assert_eq!(goes_to(&undone), "/imports?done=undone");
    assert_eq!(town.get("/plans/2024/progress").await.status, 404);
    assert!(town.get("/imports").await.main().contains("年度の誤り"));
}

#[tokio::test]
async fn refused_input_is_shown_again_with_its_faults() {
    let town = Town::empty();
    let page = town.bring("昨年度.txt");
    let review = town.get(&page).await.main();
    let with_figures = review.split("<ul class=\"read-figures\">").next().expect("figures");
    let row = with_figures.rsplit("<tr id=\"row-").next().and_then(|rest| rest.split('"').next()).expect("a row");
    let address = format!("{page}/rows/{row}");
    let told = town.send(&address, &[("do", "save"), ("divisions", "書いておいた課")]).await;
    assert_eq!(told.status, 422);
    assert!(told.main().contains("取組内容が空です") && told.main().contains("書いておいた課"), "{}", told.main());
    let form = town.get(&address).await.main();
    let typed = |name: &str| {
        let rest = form.split(&format!("<textarea id=\"{name}\"")).nth(1).and_then(|rest| rest.split_once('>'));
        let text = rest.and_then(|(_, rest)| rest.split_once("</textarea>")).map_or("", |(text, _)| text);
        text.replace("&#60;", "<").replace("&#62;", ">")
    };
    let (text, items) = (typed("text"), typed("items"));
    let fields = [
        ("do", "save"),
        ("party", "city"),
        ("divisions", "しごと課"),
        ("text", text.as_str()),
        ("items", items.as_str()),
        ("label-0", "参加した人"),
        ("state-0", "0"),
        ("value-0", "たくさん"),
        ("as-of-0", "いつか"),
    ];
    let told = town.send(&address, &fields).await;
    assert_eq!(told.status, 422);
    let form = told.main();
    for expected in ["「たくさん」は数として読めません", "value=\"たくさん\"", "value=\"いつか\"", "参加した人"]
    {
        assert!(form.contains(expected), "{expected}: {form}");
    }
}

#[tokio::test]
async fn a_row_can_be_left_out_included_and_restored() {
    let town = Town::empty();
    let page = town.bring("昨年度.txt");
    let row = format!("{page}/rows/0-1-1-1");
    goes_to(&town.send(&row, &[("do", "leave-out")]).await);
    assert!(town.get(&page).await.main().contains("取り込まない行"));
    assert!(town.get(&row).await.main().contains("この行も取り込む"));
    goes_to(&town.send(&row, &[("do", "take-in")]).await);
    assert!(!town.get(&page).await.main().contains("取り込まない行"));
    goes_to(&town.send(&page, &[("do", "put-away")]).await);
    assert_eq!(town.node.state().position, 0, "nothing was recorded");
}

#[tokio::test]
async fn importing_a_recorded_year_shows_differences_and_rows_can_stay() {
    let town = Town::empty();
    let first = town.bring("一回目.txt");
    goes_to(&town.send(&first, &[("do", "accept")]).await);
    let text = String::from_utf8_lossy(report()).into_owned();
    let (_, table) = text.split_once("第2 令和6年度").expect("the tables");
    let sentence =
        table.lines().find_map(|line| line.split('\t').find(|cell| cell.contains("行った"))).expect("a result");
    let changed = text.replace(sentence, &sentence.replace("行った", "早くから行った"));
    let told = town.send_as("/imports", BOUNDARY, files(&[("二回目.txt", changed.as_bytes())])).await;
    let page = goes_to(&told);
    let review = town.get(&page).await.main();
    assert!(review.contains("既にある年度との違い") && review.contains("変更"), "{review}");
    let row = review.split("name=\"kept\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a row");
    goes_to(&town.send(&page, &[("do", "keep"), ("kept", row)]).await);
    assert!(town.get(&page).await.main().contains("今の値と同じです"));
    goes_to(&town.send(&page, &[("do", "keep")]).await);
    // The button `accept` also saves the choices of its form. Here the chosen row is the only difference, so nothing is
    // left to record.
    assert!(review.contains("value=\"accept\" class=\"solid\" form=\"chosen\"") && review.contains("id=\"chosen\""));
    let told = town.send(&page, &[("chosen", "1"), ("kept", row), ("do", "accept")]).await;
    assert!(told.status == 422 && told.main().contains("今の値と同じです"), "{}", told.main());
    goes_to(&town.send(&page, &[("chosen", "1"), ("do", "accept")]).await);
    assert!(town.get("/plans/2024/progress").await.main().contains("早くから行った"));
}

/// The message with which the domain refuses a document without articles and rows.
const NOTHING_READ: &str = "この文書には、協定の条文（「第1条」など）も取組の行も見つからないため、取り込めません。";

#[tokio::test]
async fn a_file_without_rows_is_refused_in_the_review() {
    let town = Town::with_document();
    let before = town.get("/plans/2026/plan").await.main();
    let csv = "令和8年度雇用関連事業計画,,,\n区分,番号,担当課,取組内容\nみどり市,(1),しごと課,相談会を開く。\n";
    for (name, bytes) in [
        ("計画.txt", csv.as_bytes()),
        ("空.txt", b"".as_slice()),
        ("空.csv", b"\n\n"),
        ("でたらめ.txt", b"qwertz uiop"),
        ("お知らせ.html", "<h1>お知らせ</h1><p>みどり市とあおば労働局</p>".as_bytes()),
    ] {
        let page = goes_to(&town.send_as("/imports", BOUNDARY, files(&[(name, bytes)])).await);
        let review = town.get(&page).await.main();
        assert!(review.contains(NOTHING_READ) && !review.contains("value=\"accept\""), "{name}: {review}");
        for fields in [[("do", "accept"), ("x", "")], [("do", "accept"), ("chosen", "1")]] {
            let told = town.send(&page, &fields).await;
            assert!(told.status == 422 && told.main().contains(NOTHING_READ), "{name}: {}", told.main());
        }
    }
    assert_eq!(town.get("/plans/2026/plan").await.main(), before);
}

#[tokio::test]
async fn removing_most_rows_of_a_year_requires_a_confirmation_of_their_number() {
    let town = Town::empty();
    goes_to(&town.send(&town.bring("一回目.txt"), &[("do", "accept")]).await);
    let table = |page: String| page.matches("class=\"c-number\"><a").count();
    let before = table(town.get("/plans/2024/progress").await.main());
    // A document of the same year that contains only one of the rows.
    let text = String::from_utf8_lossy(report()).into_owned();
    let (front, rest) = text.split_once("\t②\t商い").expect("a second row");
    let (_, plan) = rest.split_once("第3 令和7年度").expect("the plan");
    let file = format!("{front}第3 令和7年度{plan}");
    let page = goes_to(&town.send_as("/imports", BOUNDARY, files(&[("二回目.txt", file.as_bytes())])).await);
    let review = town.get(&page).await.main();
    let tick = |review: &str| {
        let input = review.split("name=\"gone\" value=\"").nth(1).expect("a box to tick");
        let (count, rest) = input.split_once('"').expect("a number");
        let ticked = rest.split_once('>').expect("a box").0.contains(" checked");
        (count.to_owned(), ticked)
    };
    let (count, ticked) = tick(&review);
    assert!(!ticked && review.contains(&format!("なくなる取組が{count}件あることを確かめました")), "{review}");
    let kept = review.split("name=\"kept\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a row");
    let fewer = (count.parse::<usize>().expect("a number") - 1).to_string();
    // Without a tick, or with a tick for fewer rows, nothing is recorded. The choice of the row that stays is saved all
    // the same.
    for gone in [None, Some("1"), Some("x")] {
        let mut fields = vec![("chosen", "1"), ("do", "accept"), ("kept", kept)];
        fields.extend(gone.map(|gone| ("gone", gone)));
        let back = goes_to(&town.send(&page, &fields).await);
        assert_eq!(back, format!("{page}?done=unconfirmed"));
        let review = town.get(&back).await.main();
        assert!(review.contains("まだ取り込んでいません"), "{review}");
        assert_eq!(tick(&review), (fewer.clone(), false));
        let (_, input) = review.split_once(&format!("name=\"kept\" value=\"{kept}\"")).expect("the row is there");
        assert!(input.split('>').next().is_some_and(|input| input.contains(" checked")), "{review}");
        assert_eq!(table(town.get("/plans/2024/progress").await.main()), before);
    }
    // Saving the choice of rows also saves the tick.
    goes_to(&town.send(&page, &[("chosen", "1"), ("do", "keep"), ("kept", kept), ("gone", &fewer)]).await);
    assert_eq!(tick(&town.get(&page).await.main()), (fewer.clone(), true));
    let done = town.send(&page, &[("chosen", "1"), ("do", "accept"), ("kept", kept), ("gone", &fewer)]).await;
    assert_eq!(goes_to(&done), "/imports?done=accepted");
    assert!(table(town.get("/plans/2024/progress").await.main()) < before / 2);
}

#[tokio::test]
async fn unreadable_files_are_named_and_the_others_wait_for_review() {
    let town = Town::empty();
    let body = files(&[("../写真.png", b"\x89PNG\r\n\x1a\n0000"), ("昨年度.txt", report())]);
    let told = town.send_as("/imports", BOUNDARY, body).await;
    assert_eq!(told.status, 422);
    let page = told.main();
    assert!(page.contains("「写真.png」：画像のファイルのため"), "{page}");
    assert!(page.contains(">昨年度.txt</a>"), "{page}");
    let none = town.send_as("/imports", BOUNDARY, files(&[])).await;
    assert!(none.main().contains("取り込む文書を選んでください"));
    let broken = town.send_as("/imports", BOUNDARY, b"--yy".to_vec()).await;
    assert_eq!(broken.status, 400);
    let endless = town.send("/imports", &[("x", &"あ".repeat(1 << 20))]).await;
    assert_eq!(endless.status, 413);
    let large = town.send_as("/imports", BOUNDARY, files(&[("大.txt", &vec![b'a'; 65 << 20])])).await;
    assert_eq!(large.status, 413);
}

#[tokio::test]
async fn names_and_reasons_are_never_markup() {
    let town = Town::empty();
    let body = files(&[("<script>alert(1)<script>.txt", report())]);
    let page = goes_to(&town.send_as("/imports", BOUNDARY, body).await);
    for address in ["/imports", page.as_str()] {
        assert!(!town.get(address).await.text().contains("<script"), "{address}");
    }
    goes_to(&town.send(&page, &[("do", "accept")]).await);
    goes_to(&town.send(&town.evidence(), &[("reason", "<script>x")]).await);
    assert!(!town.get("/imports").await.text().contains("<script"));
}
