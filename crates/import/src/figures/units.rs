//! The units that occur in reports of this kind.

use super::glyphs::Glyphs;

/// The kind of thing that a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// People. A limit on their number, such as 301人以上, is the name of a class.
    Heads,
    /// Anything else that is counted, paid or divided.
    Count,
    /// Time, age, rank: the number is part of a name.
    Name,
}

/// A unit found after a number; positions are character indexes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) measure: Measure,
}

/// Units of time, age and rank. If one unit is a prefix of another, the longer unit comes first.
const NAMES: &[&str] = &[
    "回目",
    "人目",
    "件目",
    "社目",
    "年生",
    "年度",
    "年間",
    "年次",
    "年目",
    "年代",
    "年",
    "か月",
    "ヶ月",
    "カ月",
    "ヵ月",
    "ケ月",
    "箇月",
    "月",
    "週間",
    "週",
    "日間",
    "日目",
    "日",
    "時間",
    "時",
    "分の",
    "分",
    "秒",
    "歳",
    "才",
    "級",
    "号",
    "条",
    "項",
    "章",
    "節",
    "次",
    "期",
    "度",
    "割",
    "階",
    "番",
    "位",
    "代",
    "種免許",
    "学年",
];

const HEADS: &[&str] = &["人", "名"];

const COUNTS: &[&str] = &[
    "円",
    "件",
    "社",
    "回",
    "校",
    "組",
    "団体",
    "科目",
    "事業所",
    "事業者",
    "事業",
    "施設",
    "世帯",
    "戸",
    "言語",
    "ヶ所",
    "か所",
    "カ所",
    "ヵ所",
    "ケ所",
    "箇所",
    "個所",
    "%",
    "ポイント",
    "倍",
    "PV",
    "店舗",
    "店",
    "台",
    "部",
    "冊",
    "枚",
    "コース",
    "講座",
    "クラス",
    "か国",
    "カ国",
    "ヶ国",
    "ヵ国",
    "種類",
    "園",
    "区画",
    "自治体",
    "市町村",
    "法人",
    "企業",
    "グループ",
    "チーム",
    "アクセス",
    "ビュー",
    "ページ",
    "機関",
    "地区",
    "会場",
    "コマ",
    "テーマ",
    "品目",
    "事例",
    "棟",
    "室",
    "軒",
    "経営体",
    "農家",
    "通",
    "者",
    "本",
    "床",
    "ha",
    "点",
    "県",
    "市",
    "町",
    "村",
    "区",
    "大学",
    "学校",
    "学級",
    "議題",
    "例",
    "問",
    "個",
    "人日",
    "人回",
];

const MULTIPLES: &[&str] = &["百万", "十万", "千万", "億", "万", "千", "百"];

/// Returns the unit after the number that ends at `end`; blanks are allowed between them.
pub(crate) fn unit_at(glyphs: &Glyphs, end: usize) -> Option<Unit> {
    let start = glyphs.skip_blanks(end);
    let longest = |words: &[&str], at: usize| words.iter().filter_map(|word| glyphs.word(at, word)).max();
    if let Some(end) = longest(NAMES, start) {
        return Some(Unit { start, end, measure: Measure::Name });
    }
    let after_multiple = longest(MULTIPLES, start);
    for at in [after_multiple, Some(start)].into_iter().flatten() {
        let heads = longest(HEADS, at).map(|end| (end, Measure::Heads));
        let counts = longest(COUNTS, at).map(|end| (end, Measure::Count));
        if let Some((end, measure)) = heads.into_iter().chain(counts).max_by_key(|(end, _)| *end) {
            return Some(Unit { start, end, measure });
        }
    }
    // A katakana word directly after the digits is itself the unit: 1プラットフォーム.
    let katakana = (start..).take_while(|&i| glyphs.at(i).is_some_and(is_katakana)).count();
    (start == end && katakana >= 3).then_some(Unit { start, end: start + katakana, measure: Measure::Count })
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}
