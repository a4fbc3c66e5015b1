//! Reduces the words before a number to the figure's label: removes particles and the verb of the sentence, and
//! separates qualifiers such as 延べ and 約.

use super::words::is_held;

/// The words that name a figure, and the words that qualify it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lead {
    pub(crate) own: String,
    pub(crate) qualifiers: Vec<String>,
}

/// Words at the end that qualify the number, each with the name of its qualifier.
const QUALIFIERS: &[(&str, &str)] = &[
    ("延べ人数", "延べ"),
    ("延人数", "延べ"),
    ("延べ数", "延べ"),
    ("延数", "延べ"),
    ("のべ", "延べ"),
    ("延べ", "延べ"),
    ("およそ", "約"),
    ("概ね", "約"),
    ("約", "約"),
];

/// Particles and marks removed from the end.
const ENDINGS: &[&str] = &[
    "に対して",
    "に対し",
    "について",
    "により",
    "として",
    "は",
    "が",
    "を",
    "に",
    "で",
    "の",
    "へ",
    "：",
    ":",
    "＝",
    "=",
    "、",
    "，",
    "・",
    "+",
    "＋",
    "／",
    "/",
    "…",
    "→",
];

const BEGINNINGS: &[&str] = &[
    "また、",
    "なお、",
    "さらに、",
    "うち、",
    "年度内に",
    "今年度は",
    "今年度の",
    "本年度は",
    "本年度の",
    "及び",
    "並びに",
    "、",
    "・",
    "-",
    "－",
    "‐",
    "○",
    "●",
    "◎",
    "※",
    "＊",
    "*",
    "＋",
    "+",
    "：",
    ":",
    "／",
];

/// Splits the words before a number into label words and qualifiers; removes particles.
pub(crate) fn clean(words: &str) -> Lead {
    let mut lead = Lead::default();
    let mut own = begin(words).to_owned();
    loop {
        let rest = own.trim_end();
        if let Some((before, name)) = qualifier_at_end(rest) {
            lead.qualifiers.insert(0, name.to_owned());
            own = before.to_owned();
        } else if let Some(before) = total_at_end(rest) {
            own = before.to_owned();
        } else if let Some(before) = rest.strip_suffix("を対象に") {
            own = doing_of(before).to_owned();
        } else if let Some(before) = ENDINGS.iter().find_map(|ending| rest.strip_suffix(ending)) {
            own = if rest.ends_with('を') { object_of(before).to_owned() } else { before.to_owned() };
        } else {
            lead.own = begin(rest).to_owned();
            return lead;
        }
    }
}

fn begin(words: &str) -> &str {
    let mut rest = words.trim();
    while let Some(after) = BEGINNINGS.iter().find_map(|beginning| rest.strip_prefix(beginning)) {
        rest = after.trim_start();
    }
    rest
}

fn qualifier_at_end(words: &str) -> Option<(&str, &'static str)> {
    let found = QUALIFIERS.iter().find_map(|(word, name)| Some((words.strip_suffix(word)?, *name)));
    // 月 in 「月約2万PV」 means a monthly average.
    found.or_else(|| match words.strip_suffix('月') {
        Some(before) if before.is_empty() || before.ends_with(' ') => Some((before, "月")),
        _ => None,
    })
}

/// Removes 計, 全, 各 or 総 from the end if this character is a separate word and not the end of a word such as 設計 or 合計.
fn total_at_end(words: &str) -> Option<&str> {
    let before = words.strip_suffix(['計', '全', '各', '総'])?;
    let last = before.chars().next_back();
    let counted = words.ends_with('計') && last.is_some_and(|c| matches!(c, '者' | '数' | '員' | '人'));
    (counted || last.is_none_or(|c| !is_kanji(c))).then_some(before)
}

fn is_kanji(c: char) -> bool {
    matches!(c, '一'..='鿿' | '々')
}

fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ')
}

/// Returns the action in a relative clause: 処遇改善 in 「処遇改善を図った事業主」.
fn doing_of(words: &str) -> &str {
    const RELATIVES: &[&str] = &["に取り組んだ", "を図った", "を行った", "を実施した", "に努めた", "を受けた"];
    RELATIVES.iter().filter_map(|relative| words.rfind(relative)).max().map_or(words, |at| &words[..at])
}

/// Returns the object from the words that precede a verb: アンケート in 「早期離職防止のために窓口がアンケート」.
pub(crate) fn object_of(words: &str) -> &str {
    const PARTINGS: &[&str] =
        &["ために", "のため", "において", "により", "を通じて", "として", "が", "は", "で", "に", "を", "、"];
    let mut start = 0;
    for parting in PARTINGS {
        for (at, _) in words.match_indices(parting) {
            let end = at + parting.len();
            let next = words[end..].chars().next();
            let inside_name = words[..end].matches('「').count() > words[..end].matches('」').count();
            // 「習得に向けた講座」 is one name.
            let joins = *parting == "に" && next.is_some_and(|c| matches!(c, '向' | '関' | '対' | '係' | '伴'));
            if end > start && !inside_name && !joins && next.is_some_and(|c| !is_hiragana(c)) {
                start = end;
            }
        }
    }
    let object = words[start..].trim();
    if object.chars().count() >= 3 { object } else { words }
}

/// Returns the last of several words separated by blanks, if the words are long enough to be separate words.
pub(crate) fn last_word(words: &str) -> String {
    match words.rsplit_once(' ') {
        Some((before, last)) if last.chars().count() >= 6 && before.chars().count() >= 6 => last.to_owned(),
        _ => words.to_owned(),
    }
}

/// Returns the topic of a clause without figures: 研修会 in 「研修会を2月に開催し」, 講座 in 「講座の実施」.
pub(crate) fn topic_of(clause: &str) -> Option<String> {
    const HELD: &[&str] = &["を開催", "を実施", "を開設", "を設置", "を運営", "を行", "に参加", "へ参加"];
    const NAMED: &[&str] =
        &["の実施", "の開催", "の実績は次のとおり", "は次のとおり", "は以下のとおり", "の開設", "の運営"];
    let clause = begin(clause);
    if is_held(clause) && !clause.contains(['を', '。']) {
        return Some(clause.to_owned());
    }
    if let Some(name) = NAMED.iter().find_map(|ending| clause.strip_suffix(ending)) {
        return Some(object_of(name).to_owned());
    }
    let verb =
        ["開催し", "実施し", "開設し", "設置し", "運営し", "行い", "参加し"].iter().any(|verb| clause.ends_with(verb));
    let object =
        HELD.iter().filter_map(|verb| clause.find(verb)).min().or_else(|| clause.find('を').filter(|_| verb))?;
    Some(object_of(&clause[..object]).to_owned()).filter(|topic| topic.chars().count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, own: &str, qualifiers: &[&str]) {
        let lead = clean(words);
        assert_eq!(
            (lead.own.as_str(), lead.qualifiers.iter().map(String::as_str).collect::<Vec<_>>().as_slice()),
            (own, qualifiers),
            "{words}"
        );
    }

    #[test]
    fn particles_and_qualifiers_are_no_part_of_a_label() {
        check("参加者：のべ", "参加者", &["延べ"]);
        check("受講者数延べ", "受講者数", &["延べ"]);
        check("相談者延人数", "相談者", &["延べ"]);
        check("閲覧数 月約", "閲覧数", &["月", "約"]);
        check("個人向けセミナー計", "個人向けセミナー", &[]);
        check("相談件数 合計", "相談件数 合計", &[]);
        check("早期離職防止のために窓口が職場アンケートを", "職場アンケート", &[]);
        check("賃金水準の処遇改善を図った事業主を対象に", "賃金水準の処遇改善", &[]);
    }

    #[test]
    fn the_object_of_a_clause_is_found() {
        assert_eq!(topic_of("介護の説明会を開催し").as_deref(), Some("介護の説明会"));
        assert_eq!(topic_of("習得に向けた講座の実施").as_deref(), Some("習得に向けた講座"));
        assert_eq!(topic_of("修了者の実績は次のとおり").as_deref(), Some("修了者"));
        assert_eq!(topic_of("情報を共有した"), None);
    }
}
