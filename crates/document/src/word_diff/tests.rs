//! Tests which words are reported as different.

use super::*;

#[track_caller]
fn check(old: &str, new: &str, gone: &[&str], come: &[&str]) {
    let found = word_difference(old, new);
    let texts = |text: &str, places: &[Range<usize>]| -> Vec<String> {
        places.iter().map(|place| text[place.clone()].to_owned()).collect()
    };
    assert_eq!(
        (texts(old, &found.gone), texts(new, &found.come)),
        (gone.iter().map(|t| (*t).to_owned()).collect(), come.iter().map(|t| (*t).to_owned()).collect()),
        "{old} → {new}"
    );
}

#[test]
fn another_tense_or_politeness_is_no_difference() {
    for forms in [
        &["面接会を行う。", "面接会を行った。", "面接会を行います。", "面接会を行いました。", "面接会を行っている。"][..],
        &["周知を図る。", "周知を図った。", "周知を図ります。", "周知を図っていた。"],
        &["支援に努める。", "支援に努めた。", "支援に努めます。", "支援に努めている。"],
        &["連携して取り組む。", "連携して取り組んだ。", "連携して取り組みます。", "連携して取り組んでいる。"],
        &[
            "説明会を開催する。",
            "説明会を開催した。",
            "説明会を開催します。",
            "説明会を開催している。",
            "説明会を開催していました。",
        ],
        &["制度を用いる。", "制度を用いた。"],
        &["窓口を開く。", "窓口を開いた。", "窓口を開きます。"],
        &["採用につなげる。", "採用につなげた。", "採用につなげます。"],
        &["利用を促す。", "利用を促した。", "利用を促します。"],
        &["相談に応じる。", "相談に応じた。", "相談に応じます。"],
        &["支援される。", "支援された。", "支援されています。"],
        &["サポートする。", "サポートした。"],
        &["相談を行うとともに、周知を図る。", "相談を行ったとともに、周知を図った。"],
        &["対象は若者です。", "対象は若者である。", "対象は若者でした。"],
    ] {
        for form in forms {
            check(forms[0], form, &[], &[]);
            check(form, forms[0], &[], &[]);
        }
    }
}

#[test]
fn another_width_or_comma_is_no_difference() {
    for (old, new) in [
        ("Ｕターン　１０件", "Uターン 10件"),
        ("相談，面接（年３回）", "相談、面接(年3回)"),
        ("1,304人", "1304人"),
        ("ｾﾐﾅｰを開催する．", "セミナーを開催する。"),
        ("４月～６月", "4月〜6月"),
    ] {
        check(old, new, &[], &[]);
    }
}

#[test]
fn inserted_and_deleted_words_are_found() {
    check("高校生の面接会を行った。", "大学生の面接会を行う。", &["高校生"], &["大学生"]);
    check("面接会を行った。", "面接会とセミナーを行う。", &[], &["とセミナー"]);
    check("冊子を配布した（8回）。", "冊子を配布する。", &["（8回）"], &[]);
    check("くらし課", "くらし課としごと課", &[], &["としごと課"]);
    check("", "新しく始める。", &[], &["新しく始める。"]);
    check("若者を支援する。", "若者を支援しない。", &["支援する"], &["支援しない"]);
}

#[test]
fn figures_are_distinguished() {
    let found = word_difference("面接会を4回開き、延べ120人が参加した。", "面接会を6回開き、延べ１２０人が参加する。");
    assert_eq!(found.figures, [("4".to_owned(), "6".to_owned())]);
    assert_eq!(word_difference("年3回行う。", "行う。").figures, [("3".to_owned(), String::new())]);
}

#[test]
fn two_lists_are_compared_as_one_text_each() {
    for (old, new, gone, come) in [
        (
            ["説明会を開いた。", "参加 20人"],
            ["説明会を開く。", "相談を行う。"],
            ["", "参加 20人"],
            ["", "相談を行う。"],
        ),
        (["説明会。", "参加"], ["説明会", "。参加"], ["", ""], ["", ""]),
    ] {
        let found = list_difference(&old, &new);
        let said = |texts: [&str; 2], places: &[Vec<Range<usize>>]| {
            let of = |(text, places): (&str, &Vec<Range<usize>>)| {
                places.iter().map(|place| &text[place.clone()]).collect::<String>()
            };
            texts.into_iter().zip(places).map(of).collect::<Vec<_>>()
        };
        assert_eq!(
            (said(old, &found.gone), said(new, &found.come)),
            (gone.map(str::to_owned).into(), come.map(str::to_owned).into())
        );
    }
}

proptest::proptest! {
    #[test]
    fn the_words_and_the_white_space_are_the_text(text in "[相談をう行った 。1,年アa]{0,30}") {
        proptest::prop_assert_eq!(pieces(&text).concat(), text.clone());
        let said: String = words(&text).into_iter().map(|word| text[word.place].to_owned()).collect();
        let unspaced = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        proptest::prop_assert_eq!(unspaced(&said), unspaced(&text));
    }
}
