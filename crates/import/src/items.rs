//! Splits the content of a row into its sentences and the items after them.
//!
//! The character ・ begins an item or joins words; the surrounding text decides.

/// The content of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The sentences before the first item; line feeds separate paragraphs.
    pub text: String,
    pub items: Vec<String>,
    /// The bullet of each item; empty for a later paragraph.
    pub marks: Vec<String>,
}

/// Whether a character can begin an item.
pub fn is_bullet(c: char) -> bool {
    matches!(c, '・' | '･' | '○' | '〇' | '●' | '◆' | '◇' | '■' | '□' | '▪' | '•' | '◎' | '►' | '▶')
}

impl Content {
    /// Reads the content from the paragraphs of a cell.
    pub fn of(paragraphs: &[String]) -> Self {
        let mut content = Self::default();
        for paragraph in paragraphs {
            content.add(paragraph);
        }
        content
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.items.is_empty()
    }

    /// Appends the text after a page break; if the last sentence is incomplete, the text continues it.
    pub fn join(&mut self, paragraphs: &[String]) {
        let mut rest = paragraphs;
        if let [first, others @ ..] = paragraphs
            && self.is_cut()
            && !first.starts_with(is_bullet)
            && let Some(last) = if self.items.is_empty() { Some(&mut self.text) } else { self.items.last_mut() }
        {
            let cut = split(first);
            last.push_str(cut[0].1);
            for (mark, text) in &cut[1..] {
                self.push(mark, text);
            }
            rest = others;
        }
        for paragraph in rest {
            self.add(paragraph);
        }
    }

    /// Whether the last sentence is incomplete.
    pub fn is_cut(&self) -> bool {
        match self.items.last() {
            Some(item) => item.ends_with(['、', '，', '（', '(', '「']) || opens(item),
            None => !self.text.is_empty() && !ends_a_sentence(&self.text),
        }
    }

    fn add(&mut self, paragraph: &str) {
        for (place, (mark, text)) in split(paragraph).into_iter().enumerate() {
            let is_sentence = ends_a_sentence(text) && !text.starts_with(['【', '＜', '<', '※', '〔']);
            let still_text = place == 0 && mark.is_empty() && self.items.is_empty();
            if still_text && (self.text.is_empty() || is_sentence) && !text.is_empty() {
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
                self.text.push_str(text);
            } else {
                self.push(mark, text);
            }
        }
    }

    fn push(&mut self, mark: &str, text: &str) {
        if !text.is_empty() {
            self.items.push(text.to_owned());
            self.marks.push(mark.to_owned());
        }
    }
}

/// Whether a text ends like a sentence, or like a note after one.
pub fn ends_a_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['。', '．', '）', ')', '」', '』', '！', '？', '!', '?', '：', ':'])
}

/// Whether a text opens more brackets than it closes.
fn opens(text: &str) -> bool {
    let count = |set: &str| text.chars().filter(|c| set.contains(*c)).count();
    count("（(「『") > count("）)」』")
}

/// Splits a paragraph into bullets and their texts. The first part has an empty bullet if the paragraph begins without
/// one.
fn split(paragraph: &str) -> Vec<(&str, &str)> {
    let mut parts = Vec::new();
    let (mut start, mut mark) = (0, "");
    let mut before: Option<char> = None;
    let mut last_seen: Option<char> = None;
    let mut tail = Tail::default();
    let mut characters = paragraph.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if is_bullet(c) {
            let spaced_after = characters.peek().is_some_and(|(_, next)| next.is_whitespace());
            let listed = !mark.is_empty() || !parts.is_empty();
            let begins = match (before, last_seen) {
                (_, None) | (Some('。'), _) => true,
                (Some(b), Some(seen)) if b.is_whitespace() => listed || !spaced_after || "。）)」】：:".contains(seen),
                (Some(_), _) => listed && c == '・' && tail.is_a_count(),
                (None, Some(_)) => false,
            };
            if begins {
                parts.push((mark, paragraph[start..at].trim()));
                (start, mark) = (at + c.len_utf8(), &paragraph[at..at + c.len_utf8()]);
            }
        }
        tail.see(c);
        if !c.is_whitespace() {
            last_seen = Some(c);
        }
        before = Some(c);
    }
    parts.push((mark, paragraph[start..].trim()));
    if parts.len() > 1 && parts[0] == ("", "") {
        parts.remove(0);
    }
    parts
}

/// Tracks whether the last characters read are a number and its unit, such as 「29 人」.
#[derive(Default)]
struct Tail {
    digits: bool,
    unit: usize,
}

impl Tail {
    fn see(&mut self, c: char) {
        if c.is_ascii_digit() || ('０'..='９').contains(&c) {
            (self.digits, self.unit) = (true, 0);
        } else if self.digits && !c.is_whitespace() {
            self.unit += 1;
            self.digits = self.unit <= 1 && "人名件社回組校者団円戸%％か".contains(c);
        }
    }

    fn is_a_count(&self) -> bool {
        self.digits && self.unit == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paragraphs: &[&str], text: &str, items: &[&str], marks: &[&str]) {
        let content = Content::of(&paragraphs.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>());
        assert_eq!((content.text.as_str(), content.items, content.marks), (text, owned(items), owned(marks)));
    }

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_dot_begins_an_item_or_joins_words() {
        check(
            &["相談・支援を行った。", "・相談 3 件 ・訪問・指導 2 件"],
            "相談・支援を行った。",
            &["相談 3 件", "訪問・指導 2 件"],
            &["・", "・"],
        );
        check(&["助成を行った。 ・助成 5 件"], "助成を行った。", &["助成 5 件"], &["・"]);
        check(&["育児 ・ 介護の支援を行った。"], "育児 ・ 介護の支援を行った。", &[], &[]);
        check(
            &["・支援 43人・面接 110回・就職 29人"],
            "",
            &["支援 43人", "面接 110回", "就職 29人"],
            &["・", "・", "・"],
        );
        check(&["○ 一つ ○ 二つ"], "", &["一つ", "二つ"], &["○", "○"]);
    }

    #[test]
    fn later_paragraphs_are_text_where_they_are_sentences_and_items_where_not() {
        check(
            &["助成を行った。", "なお、続ける。", "【新規】 3 件", "【更新】実績なし"],
            "助成を行った。\nなお、続ける。",
            &["【新規】 3 件", "【更新】実績なし"],
            &["", ""],
        );
        check(
            &["支援した。", "・講座 3 回", "審査を行った。"],
            "支援した。",
            &["講座 3 回", "審査を行った。"],
            &["・", ""],
        );
    }

    #[test]
    fn an_item_that_a_page_break_cuts_continues() {
        let mut content = Content::of(&owned(&["求職者の支援を行"]));
        content.join(&owned(&["った。 ・3 件"]));
        assert_eq!((content.text.as_str(), content.items.clone()), ("求職者の支援を行った。", owned(&["3 件"])));
        content.join(&owned(&["公式の案内"]));
        assert_eq!(content.items, owned(&["3 件", "公式の案内"]));
    }
}
