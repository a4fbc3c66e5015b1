//! 数値の名 — finds the meaning of the words before a number: the counted thing, its unit, and the kind of figure.

use renkei_document::figure::FigureKind;

/// Words with which the name of a counted thing ends, each with the unit to use if the number has no unit.
const MEASURES: [(&str, Option<&str>); 52] = [
    ("事業所数", Some("事業所")),
    ("求人倍率", Some("倍")),
    ("充足数", Some("件")),
    ("件数", Some("件")),
    ("者数", Some("人")),
    ("人数", Some("人")),
    ("人員", Some("人")),
    ("人口", Some("人")),
    ("求人数", Some("人")),
    ("学生数", Some("人")),
    ("生徒数", Some("人")),
    ("者", Some("人")),
    ("総数", None),
    ("社数", Some("社")),
    ("企業数", Some("社")),
    ("回数", Some("回")),
    ("校数", Some("校")),
    ("施設数", Some("施設")),
    ("団体数", Some("団体")),
    ("世帯数", Some("世帯")),
    ("戸数", Some("戸")),
    ("箇所数", Some("箇所")),
    ("か所数", Some("か所")),
    ("倍率", Some("倍")),
    ("率", Some("%")),
    ("割合", Some("%")),
    ("シェア", Some("%")),
    ("増減比", Some("%")),
    ("同月比", Some("%")),
    ("同期比", Some("%")),
    ("年度比", Some("%")),
    ("前年比", Some("%")),
    ("前月比", Some("%")),
    ("数", None),
    ("額", None),
    ("値", None),
    ("実績", None),
    ("目標", None),
    ("計画", None),
    ("累計", None),
    ("賃金", None),
    ("所得", None),
    ("工賃", None),
    ("時間", None),
    ("予算", None),
    ("見込", None),
    ("計", None),
    ("男性", None),
    ("女性", None),
    ("増減", None),
    ("差", None),
    ("定員", None),
];

/// Words for a kind, a time span or a share. They do not name a counted thing.
const KIND_WORDS: &str = "で 間で 間に 間 時間額 月額平均 平均 目標年度 目標値 実績値 基準値 現状値 参考値 計画値 累計値 目標 実績 基準 現状 参考 計画 \
    累計 年間 年度 当月 今月 本年 に対する 進捗率 達成率 以降 時点 現在 見込 合計 計 値 月 \
    の は が 全体 分 末";

/// Returns a label without a bracket at its end: 入所者数 for 入所者数(A).
fn core(label: &str) -> &str {
    let label = label.trim_end();
    match label.rfind(['(', '（', '〔', '[']) {
        Some(open) if open > 0 && label.ends_with([')', '）', '〕', ']']) => label[..open].trim_end(),
        _ => label,
    }
}

/// Whether a label names something that is counted or measured.
pub(super) fn is_measure(label: &str) -> bool {
    let core = core(label);
    MEASURES.iter().any(|(end, _)| core.ends_with(end))
}

/// Returns the unit that belongs to the last word of a label.
pub(super) fn unit_of(label: &str) -> Option<&'static str> {
    let core = core(label);
    MEASURES.iter().find(|(end, _)| core.ends_with(end)).and_then(|(_, unit)| *unit)
}

/// Whether a label names only a kind of value and not the counted thing: 実績, 4月以降の累計値, 目標に対する進捗率.
pub(super) fn is_kind_only(label: &str) -> bool {
    let mut rest = label.trim();
    while let Some(next) = rest.chars().next() {
        let word = KIND_WORDS.split(' ').find(|word| rest.starts_with(*word));
        let length = match word {
            Some(word) => word.len(),
            None if next.is_ascii_digit() || next.is_whitespace() => next.len_utf8(),
            None => return false,
        };
        rest = &rest[length..];
    }
    true
}

/// Whether a label only repeats the kind of the figure (実績, 目標値) and can be left out.
pub(super) fn is_plain_kind(label: &str) -> bool {
    matches!(
        label,
        "実績"
            | "目標"
            | "実績値"
            | "目標値"
            | "基準値"
            | "現状値"
            | "参考値"
            | "計画値"
            | "基準"
            | "現状"
            | "計画"
            | "目標年度"
    )
}

/// Whether a label is a comparison that needs a subject: 対前年度比, 前月を.
pub(super) fn is_comparison(label: &str) -> bool {
    const WORDS: &str = "前年 前月 前期 前回 同期 同月 増減 前々 対比 昨年";
    WORDS.split(' ').any(|word| label.contains(word)) || matches!(label, "増" | "減" | "比")
}

/// Returns the kind of figure that the words indicate.
pub(super) fn kind_of(words: &str) -> Option<FigureKind> {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if has(&[
        "前年を",
        "前年同",
        "前月を",
        "前月から",
        "前月より",
        "前年より",
        "前年度差",
        "対前月",
        "前年度比",
        "対前年",
        "前年比",
        "前年同",
        "前月比",
        "前月差",
        "前年差",
        "同期比",
        "同月比",
        "増減",
    ]) {
        Some(FigureKind::YearOnYear)
    } else if has(&["達成率", "進捗率", "目標比"]) {
        Some(FigureKind::Derived)
    } else if has(&["実績"]) {
        Some(FigureKind::Actual)
    } else if has(&["目標", "計画値", "目指", "見込量"]) {
        Some(FigureKind::Target)
    } else if has(&["基準値", "現状値", "基準年", "策定時"]) {
        Some(FigureKind::Baseline)
    } else if has(&["参考"]) {
        Some(FigureKind::Reference)
    } else {
        None
    }
}

/// Particles and words of time that open a clause; longer ones first.
const LEADING: &str = "に対して に対し 対して 対し 目標年度の 時点の 時点における 時点で 時点 現在の 現在で 現在 における においては において \
    までの までに からの 以降の の実績は の目標は 実績は 目標は 平均の 平均で 分の の は が を \
    も に で と 及び また なお うち、 度の";

/// Particles and words of time that close a clause; longer ones first.
const TRAILING: &str = "は月額 が月額 の月額 について に関して として では には とも が約 は約 を約 も約 の約 は延べ が延べ 延べ のべ \
    おおむね 概ね 約 は が を も に で の と";

/// Removes particles and words of time from both ends.
pub(super) fn clean(words: &str) -> String {
    let mut rest = words.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '~' | '～' | '：' | ':' | '「' | '」' | '・' | '=' | '＝' | '→')
    });
    for _ in 0..4 {
        let before = rest;
        // A name in hiragana may begin like a particle, so a particle is removed only if the rest is still a word.
        if let Some(next) = LEADING.split(' ').find_map(|head| rest.strip_prefix(head)) {
            rest = next.trim_start_matches(['、', ' ', '　']);
        }
        if let Some(next) = TRAILING.split(' ').find_map(|tail| rest.strip_suffix(tail)) {
            rest = next.trim_end_matches(['、', ' ', '　']);
        }
        if rest == before {
            break;
        }
    }
    rest.trim().to_owned()
}

/// Whether the words are about people, jobs or work, as in sentences that state a figure.
pub(super) fn speaks_of_results(label: &str) -> bool {
    const WORDS: &str = "所得 生産 出荷 売上 収入 満足 数 率 割合 件 者 額 求人 求職 就職 雇用 参加 利用 来場 登録 相談 支給 受講 定着 離職 \
        失業 採用 転換 移行 人口 実績 目標 累計 比 差 開催 紹介 訓練 工賃 賃金 企業 事業所 会社 \
        男 女 人 合計 全体 計";
    WORDS.split(' ').any(|word| label.contains(word))
}

/// Whether the words show that a number belongs to a rule, a place or an ordering, and not to a result.
pub(super) fn states_a_rule(label: &str) -> bool {
    const WORDS: &str = "名中 人中 定員 先着 上限 限度 募集人 要件 最大 当たり あたり につき 電話 番号 住所 徒歩 駐車 内線 \
        お問 問合 助成額 支給額は 単価 日額 委員 出席 欠席 傍聴 ページ 締切 期間 受付 対象とな \
        満たす Copyright 時間は";
    WORDS.split(' ').any(|word| label.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_clean(words: &str, expected: &str) {
        assert_eq!(clean(words), expected, "{words}");
    }

    #[test]
    fn a_label_has_no_particles_at_its_ends() {
        check_clean("の有効求人倍率が", "有効求人倍率");
        check_clean("時点の入所者数(A)", "入所者数(A)");
        check_clean("の実績は", "");
        check_clean("求職者数は約", "求職者数");
    }

    #[test]
    fn a_label_of_a_kind_is_distinguished_from_a_measure() {
        assert!(is_kind_only("4月以降の累計値") && is_kind_only("実績") && is_kind_only("目標に対する進捗率"));
        assert!(!is_kind_only("就職件数") && !is_kind_only("削減見込数"));
        assert_eq!(unit_of("一般の就職件数"), Some("件"));
        assert_eq!(unit_of("入所者数(A)"), Some("人"));
        assert_eq!(unit_of("窓口"), None);
        assert!(is_comparison("対前年度比") && !is_comparison("就職率"));
    }
}
