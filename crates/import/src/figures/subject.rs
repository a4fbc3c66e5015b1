//! Finds the subject of a row's sentences: the programme, consultation desk or event. A figure such as 「求職者 20 人」
//! belongs to it.

use super::clean::object_of;
use super::words::is_generic;

/// Returns the subject of a row's sentences, without additions that do not identify it.
pub(crate) fn subject(text: &str) -> Option<String> {
    let sentences: Vec<&str> =
        text.split(['。', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty()).collect();
    let first = *sentences.first()?;
    let found = quoted(text)
        .or_else(|| place(first))
        .or_else(|| sentences.iter().find_map(|sentence| held(sentence)))
        .or_else(|| sentences.iter().find_map(|sentence| given_to(sentence)))
        .or_else(|| sake(first))
        .or_else(|| sentences.iter().find_map(|sentence| done(sentence)))?;
    let short = shorten(&found);
    (short.chars().count() >= 2).then_some(short)
}

/// Returns a name in quotes: 「相談所」を開設, 「出前講座」の中で. A held event takes precedence over a place.
fn quoted(text: &str) -> Option<String> {
    const HELD: &[&str] =
        &["を開催", "を開設", "を設置", "を実施", "の運用", "を運用", "として認定", "を通して", "を通じて", "の中で"];
    const PLACES: &[&str] = &["において", "における", "にて", "で"];
    let counted =
        |after: &str| after.strip_prefix('を').is_some_and(|rest| rest.trim_start().starts_with(char::is_numeric));
    let names = || quotes(text);
    let held = names().find(|(_, after)| counted(after) || HELD.iter().any(|word| after.starts_with(word)));
    held.or_else(|| names().find(|(_, after)| PLACES.iter().any(|word| after.starts_with(word))))
        .map(|(name, _)| name.to_owned())
}

/// Iterates over the names in 「」, each with the text after it.
fn quotes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices('「').filter_map(move |(open, mark)| {
        let name = &text[open + mark.len()..];
        let close = name.find('」')?;
        Some((&name[..close], name[close + '」'.len_utf8()..].trim_start()))
    })
}

/// Returns the place or role of the action: 相談コーナーにおいて, 研究開発支援として.
fn place(sentence: &str) -> Option<String> {
    const PLACES: &[&str] = &["において", "として、", "における", "を中心に"];
    const DESKS: &[&str] =
        &["窓口", "センター", "コーナー", "デスク", "プラザ", "ステーション", "サテライト", "サロン", "バンク"];
    let (at, word) = PLACES.iter().filter_map(|word| Some((sentence.find(word)?, *word))).min()?;
    let place = &sentence[..at];
    let is_office =
        ["役所", "役場", "庁舎", "市内", "県内", "職場", "学校"].iter().any(|office| place.ends_with(office));
    let is_desk = DESKS.iter().any(|desk| place.contains(desk)) || place.contains("ハローワーク");
    let fits = !place.contains(['、', 'を']) && place.chars().count() <= 24 && !is_office;
    (fits && (word != "における" || is_desk)).then(|| place.to_owned())
}

/// Returns the thing that is held, set up or given: 面接会を開催し, コーナーを設置し, 奨励金を交付した.
fn held(sentence: &str) -> Option<String> {
    const VERBS: &[&str] =
        &["開催", "開設", "設置", "配置", "交付", "運営", "設立", "実施", "提供", "助成", "認定", "運用"];
    for (at, mark) in sentence.match_indices('を') {
        let after = sentence[at + mark.len()..].trim_start();
        let near: String = after.chars().take(14).collect::<String>().replace("を得", "");
        let verb = VERBS.iter().find_map(|verb| near.find(verb).map(|place| (place, *verb)));
        let Some((place, verb)) = verb.filter(|(place, _)| !near[..*place].contains(['、', 'を', 'す'])) else {
            continue;
        };
        // In 「認定する企業」 the subject is the enterprise, not the certified thing.
        if verb == "認定" && near[place..].starts_with("認定する") {
            continue;
        }
        let object = first_of_list(object_of(&sentence[..at]));
        if !is_generic(object) && !object.ends_with("支援") && object != "情報提供" && object.chars().count() >= 3
        {
            return Some(object.to_owned());
        }
    }
    None
}

/// Returns the first name of a list such as 「就職相談会、見学会」.
fn first_of_list(list: &str) -> &str {
    list.split('、').find(|part| part.chars().count() >= 3).unwrap_or(list)
}

/// Returns the recipient: 人材センターへ助成を行う, 技能祭に対し、助成を行った.
fn given_to(sentence: &str) -> Option<String> {
    const TO: &[&str] =
        &["へ助成を", "に対し、助成", "に対し助成", "に対して助成", "に対して、助成", "へ補助", "への助成を"];
    let at = TO.iter().filter_map(|word| sentence.find(word)).min()?;
    Some(object_of(&sentence[..at]).to_owned())
}

/// Returns the purpose if the sentence begins with it: 「母子家庭の自立のため、」.
fn sake(sentence: &str) -> Option<String> {
    let (sake, _) = sentence.split_once("のため、")?;
    (!sake.contains(['、', 'を']) && sake.chars().count() <= 16).then(|| sake.to_owned())
}

/// Returns the object of the main verb with its owner: 保証料補給による支援を実施した, 団体が…活動の支援を行った.
fn done(sentence: &str) -> Option<String> {
    let end = sentence.rfind('を')?;
    let before = &sentence[..end];
    let start = before.rfind('を').map_or(0, |at| at + 'を'.len_utf8());
    let clause = &before[start..];
    if let Some((place, rest)) = clause.split_once("で実施する")
        && let Some((_, given)) = rest.split_once("に対し、")
    {
        return Some(format!("{place} {given}"));
    }
    let clause = ["図るための", "行うための", "含む", "目指す", "通じた"]
        .iter()
        .fold(clause, |clause, word| clause.split_once(word).map_or(clause, |(_, rest)| rest));
    let clause =
        clause.rsplit_once('、').filter(|(_, last)| last.chars().count() >= 8).map_or(clause, |(_, last)| last);
    let clause = first_of_list(clause.trim_start_matches(['、', ' ']));
    let agent =
        sentence.split_once('が').map(|(agent, _)| agent).filter(|agent| agent.chars().count() <= 8 && start > 0);
    let target =
        sentence.split_once("を対象に").map(|(target, _)| target.rsplit_once('た').map_or(target, |(_, rest)| rest));
    match (agent, target.filter(|target| target.chars().count() <= 16)) {
        (Some(agent), _) => Some(format!("{agent}の{clause}")),
        (None, Some(target)) => Some(format!("{target}の{clause}")),
        (None, None) => Some(clause.to_owned()),
    }
}

/// Removes additions around the name: 対面での…, …等, …による支援.
fn shorten(name: &str) -> String {
    const BEFORE: &[&str] = &[
        "等向け",
        "での",
        "対象とした",
        "に設置している",
        "に設置する",
        "に配置した",
        "が実施する",
        "で実施する",
        "の一環として",
        "に関する",
        "である",
        "に係る",
        "とする",
        "を認定する",
        "認定する",
    ];
    const BEHIND: &[&str] = &[
        "による支援",
        "にかかる支援",
        "に係る支援",
        "に対する支援",
        "のための活動",
        "の運用",
        "の支援事業",
        "の後援",
        "開催等",
        "の普及拡大・情報発信",
        "の普及拡大",
        "の普及",
        "の周知・啓発",
        "の周知",
        "の促進",
        "の推進",
        "の開催",
        "等",
        "など",
    ];
    let mut name = name.trim().trim_start_matches("なお、").replace(['「', '」'], "");
    for parting in BEFORE {
        if let Some(at) = name.rfind(parting) {
            let rest = &name[at + parting.len()..];
            if rest.chars().count() >= 4 {
                name = rest.to_owned();
            }
        }
    }
    while let Some(rest) =
        BEHIND.iter().find_map(|ending| name.strip_suffix(ending)).filter(|rest| rest.chars().count() >= 3)
    {
        name = rest.to_owned();
    }
    name.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(subject(text).as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn the_subject_of_a_row_is_the_topic_of_its_sentence() {
        check("対面での合同面談会を開催した。", "合同面談会");
        check("新商品研究支援として、地場企業の開発に対する助成を行った。", "新商品研究支援");
        check("移住デスクにおいて、移住の相談等を実施した。", "移住デスク");
        check("「出前教室」の中で、市民へ広報等を行った。", "出前教室");
        check("「みらい館」において「働き方広場」を開設した。", "働き方広場");
        check("若者等を雇用した企業に対し、雇用助成金を交付した。", "雇用助成金");
        check("高齢者相談窓口を設置し、情報の提供を行った。", "高齢者相談窓口");
        check("人材センターへ助成を行うことで、活動を促進した。", "人材センター");
        check("移住者の創業に対して、保証料補給による支援を実施した。", "保証料補給");
        check("北区役所において、一体型の支援施設に係る共同事業を運営した。", "共同事業");
        check("一人親の自立のため、計画書の作成で就労を支援した。", "一人親の自立");
    }
}
