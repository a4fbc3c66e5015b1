//! Words that are common in such reports, for reading labels, states and scopes. Contains no names of places, people or
//! programmes.

/// Words that name the counted thing but not its programme: 相談件数, 参加企業. A label that consists only of such words needs
/// a subject.
const GENERIC: &[&str] = &[
    "進路指導担当者",
    "補助対象者",
    "訓練生",
    "修了者",
    "延人数",
    "参加者",
    "開催",
    "回数",
    "件数",
    "人数",
    "組数",
    "企業",
    "事業所",
    "事業者",
    "参加",
    "出席",
    "出展",
    "参画",
    "掲載",
    "回答",
    "派遣",
    "講師",
    "保護者",
    "事業主",
    "視聴",
    "閲覧",
    "受験",
    "相談",
    "支援",
    "対象",
    "求人",
    "求職",
    "就職",
    "決定",
    "実績",
    "会員",
    "助成",
    "補助",
    "交付",
    "採択",
    "申請",
    "申込",
    "登録",
    "紹介",
    "団体",
    "科目",
    "学校",
    "高校",
    "教諭",
    "教員",
    "児童",
    "生徒",
    "学生",
    "来場",
    "来訪",
    "移住者",
    "助成金",
    "補助金",
    "奨励金",
    "交付金",
    "入居",
    "受講",
    "訪問",
    "合計",
    "全体",
    "総額",
    "総数",
    "男性",
    "女性",
    "新規",
    "利用",
    "応募",
    "受理",
    "支給",
    "認定",
    "策定",
    "修了",
    "内定",
    "成立",
    "充足",
    "開始",
    "終了",
    "実施",
    "世帯",
    "施設",
    "金額",
    "面談",
    "面接",
    "件",
    "数",
    "額",
    "者",
    "率",
    "人",
    "社",
    "校",
    "組",
    "回",
    "戸",
    "等",
    "総",
    "計",
    "内",
    "中",
    "別",
    "区分",
    "先",
    "の",
    "延",
    "うち",
    "年間",
    "割合",
    "実",
    "定員",
    "目標値",
    "目標",
    "値",
];

/// Whether the label consists only of generic words, which do not name its programme.
pub(crate) fn is_generic(label: &str) -> bool {
    if is_held(label) && !label.ends_with("開催") {
        return false;
    }
    let mut rest: &str = without_remark(label);
    let mut own = 0;
    while let Some(c) = rest.chars().next() {
        let known = GENERIC.iter().filter(|word| rest.starts_with(**word)).map(|word| word.len()).max();
        rest = match known {
            Some(length) => &rest[length..],
            None => {
                own += usize::from(c.is_alphanumeric());
                &rest[c.len_utf8()..]
            }
        };
    }
    own <= 1
}

/// Endings after which a label needs no noun for the counted thing: 求職者, 支給決定件数, 就職率.
const COUNT_NOUNS: &[&str] = &[
    "数",
    "額",
    "率",
    "者",
    "企業",
    "社",
    "生徒",
    "学生",
    "児童",
    "教諭",
    "教員",
    "校",
    "人",
    "員",
    "生",
    "団体",
    "事業所",
    "法人",
    "実績",
    "先",
    "合計",
    "全体",
    "計",
    "割合",
    "男性",
    "女性",
    "値",
    "金額",
    "総額",
    "件",
    "農家",
    "世帯",
    "決定",
    "開始",
    "表彰",
    "援助",
    "目標",
    "名",
    "店舗",
    "施設",
];

pub(crate) fn names_its_count(label: &str) -> bool {
    let label = without_remark(label);
    COUNT_NOUNS.iter().any(|noun| label.ends_with(noun))
}

/// Returns the label without a remark at its end: 支給決定件数 for 支給決定件数（若年者のみ）.
fn without_remark(label: &str) -> &str {
    let open = label.rfind(['(', '（']).filter(|_| label.ends_with([')', '）']));
    open.map_or(label, |open| label[..open].trim_end())
}

/// Endings of events that are held: 面接会, セミナー.
const HELD: &[&str] = &[
    "会",
    "会議",
    "セミナー",
    "講座",
    "フェア",
    "ライブ",
    "イベント",
    "研修",
    "サロン",
    "スクール",
    "教室",
    "見学",
    "ツアー",
    "祭",
    "講習",
    "マッチング",
    "訓練",
    "開催",
    "講演",
    "授業",
];

pub(crate) fn is_held(label: &str) -> bool {
    let label = label.trim_end_matches(['」', '』']);
    HELD.iter().any(|ending| label.ends_with(ending))
}

/// Verbs that follow a number and name the counted action.
pub(crate) const DEEDS: &[&str] = &[
    "対面開催",
    "開催",
    "実施",
    "出展",
    "作成",
    "発行",
    "参加",
    "出席",
    "訪問",
    "派遣",
    "提供",
    "認定",
    "受講",
    "交付",
    "配布",
    "開設",
];

/// Returns the action at the beginning of the words after a number, without particles; `None` for 「参加者」.
pub(crate) fn deed(tail: &str) -> Option<&'static str> {
    let tail = tail.trim_start_matches(['を', 'に', 'が', 'の', '以', '上', '程', '度']);
    let (deed, rest) = DEEDS.iter().find_map(|deed| Some((*deed, tail.strip_prefix(deed)?)))?;
    (!rest.starts_with(['者', '企', '社', '校', '団', '件', '数', '事', '額', '先', '率', '児', '学', '生', '人']))
        .then_some(deed)
}

/// Whether a remark names the places or people that a figure covers.
pub(crate) fn is_scope(remark: &str) -> bool {
    const PLACES: &[&str] = &[
        "全県",
        "県内",
        "県全体",
        "市内",
        "市域",
        "区内",
        "町内",
        "村内",
        "管内",
        "所内",
        "全国",
        "全体",
        "圏内",
        "域内",
        "ハローワーク",
    ];
    const ENDS: &[&str] =
        &["所のみ", "区のみ", "市のみ", "県のみ", "所含む", "所を含む", "市分", "県分", "局分", "所分"];
    if remark.ends_with("を除く") || remark.ends_with("以外") {
        return false;
    }
    let short_place = remark.chars().count() <= 6
        && ["市", "県", "府", "都", "道", "区", "町", "村", "所"].iter().any(|end| remark.ends_with(end));
    short_place || PLACES.iter().any(|word| remark.contains(word)) || ENDS.iter().any(|end| remark.ends_with(end))
}

/// Returns the place that a label begins with: 県内認定企業, 市内事業所数.
pub(crate) fn scope_of_label(label: &str) -> Option<&'static str> {
    const BEGINNINGS: &[&str] = &["県内", "市内", "全県", "管内", "全国", "区内", "町内", "圏域内", "県外", "市外"];
    BEGINNINGS.iter().copied().find(|word| label.starts_with(word))
}

/// Returns the whole area that a label names: みどり県全体 in 「みどり県全体での決定件数」.
pub(crate) fn whole_of_label(label: &str) -> Option<&str> {
    let at = label.find("全体で")?;
    let whole = &label[..at + "全体".len()];
    (whole.chars().count() <= 10).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generic_label_says_what_is_counted_but_not_of_what() {
        for label in ["相談件数", "求職者", "参加企業", "交付決定額", "実績", "支援対象者数", "新規支給決定者数"]
        {
            assert!(is_generic(label), "{label}");
        }
        for label in
            ["合同就職説明会", "日本語講座", "誘致企業フェア", "紛争解決援助", "転居費支援金", "オンライン職業相談件数"]
        {
            assert!(!is_generic(label), "{label}");
        }
    }

    #[test]
    fn a_remark_on_a_place_is_a_scope() {
        for remark in ["市内の事業所", "みどり所のみ", "全県", "みどり市", "北出張所含む"] {
            assert!(is_scope(remark), "{remark}");
        }
        for remark in ["障害者を除く", "交付決定額", "建設以外", "見込", "有償ボランティア"] {
            assert!(!is_scope(remark), "{remark}");
        }
    }
}
