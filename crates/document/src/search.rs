//! 検索 — Japanese substring search: finds every text that contains the words, regardless of character width.
//!
//! Texts are compared in a folded form (NFKC, lower case, no white space; ① is 1, ｶﾅ is カナ). The index lists single
//! characters and pairs of characters, so words of one or two characters are found as reliably as long words.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// Returns the form in which texts are compared.
pub fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}

/// 検索索引 — numbered texts, and for each character and pair of characters the texts that contain it.
#[derive(Debug, Default)]
pub struct SearchIndex {
    /// The folded texts by number; `None` for a removed text.
    texts: Vec<Option<String>>,
    taken_out: usize,
    singles: HashMap<char, Vec<u32>>,
    pairs: HashMap<(char, char), Vec<u32>>,
}

impl SearchIndex {
    /// Adds a text and returns its number.
    pub fn add(&mut self, text: &str) -> u32 {
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let text = folded(text);
        let mut before = None;
        for c in text.chars() {
            list(self.singles.entry(c).or_default(), number);
            if let Some(before) = before {
                list(self.pairs.entry((before, c)).or_default(), number);
            }
            before = Some(c);
        }
        self.texts.push(Some(text));
        number
    }

    /// Removes the text with this number from the index.
    pub fn take_out(&mut self, number: u32) {
        if self.texts.get_mut(number as usize).and_then(Option::take).is_some() {
            self.taken_out += 1;
        }
    }

    /// Whether more than half of the texts were removed. The lists still name removed texts, so a new index would be
    /// smaller.
    pub fn is_worn(&self) -> bool {
        2 * self.taken_out > self.texts.len()
    }

    /// Returns the numbers of the texts that contain all words of the query, ascending. White space separates words.
    pub fn find(&self, query: &str) -> Vec<u32> {
        let words: Vec<String> = query.split_whitespace().map(folded).filter(|word| !word.is_empty()).collect();
        let Some(rarest) = words.iter().map(|word| self.candidates(word)).min_by_key(|numbers| numbers.len()) else {
            return Vec::new();
        };
        let holds = |number: &u32| {
            let text = self.texts[*number as usize].as_ref();
            text.is_some_and(|text| words.iter().all(|word| text.contains(word.as_str())))
        };
        rarest.iter().copied().filter(holds).collect()
    }

    /// Returns the texts that contain the rarest pair of characters of a word.
    fn candidates(&self, word: &str) -> &[u32] {
        let pairs = word.chars().zip(word.chars().skip(1));
        let listed =
            pairs.map(|pair| self.pairs.get(&pair).map_or(&[][..], Vec::as_slice)).min_by_key(|list| list.len());
        let single = || word.chars().next().and_then(|c| self.singles.get(&c)).map_or(&[][..], Vec::as_slice);
        listed.unwrap_or_else(single)
    }
}

fn list(numbers: &mut Vec<u32>, number: u32) {
    if numbers.last() != Some(&number) {
        numbers.push(number);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn index_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> SearchIndex {
        let mut index = SearchIndex::default();
        texts.into_iter().for_each(|text| {
            index.add(text);
        });
        index
    }

    #[track_caller]
    fn check(query: &str, expected: &[u32]) {
        let texts = ["若者の就職・定着支援", "ＵＩＪターン者の就職支援", "①ｾﾐﾅｰを2回開催", "seminar 若手社員"];
        assert_eq!(index_of(texts).find(query), expected, "{query}");
    }

    #[test]
    fn words_are_found_however_wide_and_short() {
        check("若者", &[0]);
        check("若", &[0, 3]);
        check("uijターン", &[1]);
        check("UIJ", &[1]);
        check("セミナー", &[2]);
        check("1", &[2]);
        check("就職　支援", &[0, 1]);
        check("定着支援", &[0]);
        check("SEMINAR若手", &[3]);
        check("ない", &[]);
        check(" ", &[]);
    }

    proptest! {
        #[test]
        fn hits_are_those_of_a_scan(
            texts in proptest::collection::vec(("[あいう若者 ]{0,12}", any::<bool>()), 0..20),
            query in "[あいう若者]{1,3}",
        ) {
            let mut index = index_of(texts.iter().map(|(text, _)| text.as_str()));
            for (number, (_, stays)) in (0..).zip(&texts) {
                if !stays {
                    index.take_out(number);
                }
            }
            let holds = |(text, stays): &(String, bool)| *stays && folded(text).contains(&query);
            let scan: Vec<u32> = (0..).zip(&texts).filter(|(_, text)| holds(text)).map(|(number, _)| number).collect();
            prop_assert_eq!(index.find(&query), scan);
        }
    }
}
