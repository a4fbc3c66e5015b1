//! 語の差分 — finds the words in which two texts differ. Another tense or politeness of one verb (行う, 行った, 行います), another
//! character width and another kind of comma are not differences.

mod sequence;
mod words;

use std::ops::Range;

pub use sequence::{Step, steps};
pub use words::{Word, pieces, words};

/// 語の違い — ranges of words in one text that are not in the other; UTF-8 offsets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordDifference {
    pub gone: Vec<Range<usize>>,
    pub come: Vec<Range<usize>>,
    /// 数値の違い: replaced figures, as in the old and in the new text.
    pub figures: Vec<(String, String)>,
}

impl WordDifference {
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.come.is_empty()
    }
}

/// 並べた文の違い — for each text of two lists, its ranges of words that are not in the other list; UTF-8 offsets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListDifference {
    pub gone: Vec<Vec<Range<usize>>>,
    pub come: Vec<Vec<Range<usize>>>,
}

/// Returns the ranges in which the words of two texts differ.
pub fn word_difference(old: &str, new: &str) -> WordDifference {
    let (old_words, new_words) = (words(old), words(new));
    let mut difference = WordDifference::default();
    for step in changed(&old_words, &new_words) {
        let places =
            |words: &[Word], range: &Range<usize>| words[range.clone()].iter().map(|w| w.place.clone()).collect();
        let (gone, come): (Vec<_>, Vec<_>) = (places(&old_words, &step.old), places(&new_words, &step.new));
        let number = |text: &str, places: &[Range<usize>]| {
            let numbers = places.iter().map(|place| text[place.clone()].to_owned()).filter(|word| is_figure(word));
            numbers.collect::<Vec<_>>().join(" ")
        };
        let (was, is) = (number(old, &gone), number(new, &come));
        if !was.is_empty() || !is.is_empty() {
            difference.figures.push((was, is));
        }
        extend_joined(&mut difference.gone, gone, old);
        extend_joined(&mut difference.come, come, new);
    }
    difference
}

/// Returns the ranges in which the words of two lists of texts differ. Each list is compared as one text.
pub fn list_difference(old: &[&str], new: &[&str]) -> ListDifference {
    let words_of = |texts: &[&str]| -> (Vec<usize>, Vec<Word>) {
        let texts = texts.iter().enumerate();
        texts.flat_map(|(text, said)| words(said).into_iter().map(move |word| (text, word))).unzip()
    };
    let ((old_texts, old_words), (new_texts, new_words)) = (words_of(old), words_of(new));
    let mut difference = ListDifference { gone: vec![Vec::new(); old.len()], come: vec![Vec::new(); new.len()] };
    for step in changed(&old_words, &new_words) {
        for at in step.old {
            let text = old_texts[at];
            extend_joined(&mut difference.gone[text], vec![old_words[at].place.clone()], old[text]);
        }
        for at in step.new {
            let text = new_texts[at];
            extend_joined(&mut difference.come[text], vec![new_words[at].place.clone()], new[text]);
        }
    }
    difference
}

fn changed(old: &[Word], new: &[Word]) -> impl Iterator<Item = Step> {
    let keys = |words: &[Word]| words.iter().map(|word| word.key.clone()).collect::<Vec<_>>();
    steps(&keys(old), &keys(new)).into_iter().filter(|step| !step.same)
}

/// Adds ranges; ranges separated only by white space become one.
fn extend_joined(places: &mut Vec<Range<usize>>, more: Vec<Range<usize>>, text: &str) {
    for place in more {
        match places.last_mut() {
            Some(last) if last.end <= place.start && text[last.end..place.start].trim().is_empty() => {
                last.end = place.end;
            }
            _ => places.push(place),
        }
    }
}

fn is_figure(word: &str) -> bool {
    word.chars().any(char::is_numeric) && word.chars().all(|c| c.is_numeric() || ",.，．-".contains(c))
}

#[cfg(test)]
mod tests;
