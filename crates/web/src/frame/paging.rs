//! ページ割り — shows a long list on several pages of limited size. A shorter list gets one page.

use std::ops::Range;

use renkei_document::language::Language;

use crate::frame::address;
use crate::frame::phrases::tell;

/// Largest number of entries on one page: three times the rows of the longest known plan.
const MOST_ENTRIES: usize = 400;
/// Largest size of one page, in bytes, as estimated from its entries.
const MOST_BYTES: usize = 800_000;

/// The division of a list into pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    starts: Vec<usize>,
    length: usize,
}

/// The links from one page of a list to the other pages, for the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    /// The position in words, for example 3ページ中の1ページ目.
    pub here: String,
    pub first: Option<String>,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub last: Option<String>,
}

impl Paging {
    /// Divides a list into pages by the estimated size of each entry, in bytes. An entry is never divided.
    pub fn of(bytes: impl IntoIterator<Item = usize>) -> Self {
        Self::within(MOST_BYTES, bytes)
    }

    /// Divides a list that shares its page with a longer one: each page gets half of the bytes.
    pub fn of_short(bytes: impl IntoIterator<Item = usize>) -> Self {
        Self::within(MOST_BYTES / 2, bytes)
    }

    /// Divides a list of `length` entries into pages of `entries` entries.
    pub fn of_equal(entries: usize, length: usize) -> Self {
        let starts = (0..length.max(1)).step_by(entries.max(1)).collect();
        Self { starts, length }
    }

    fn within(most: usize, bytes: impl IntoIterator<Item = usize>) -> Self {
        let mut paging = Self { starts: vec![0], length: 0 };
        let (mut entries, mut sum) = (0, 0);
        for bytes in bytes {
            if entries > 0 && (entries >= MOST_ENTRIES || sum + bytes > most) {
                paging.starts.push(paging.length);
                (entries, sum) = (0, 0);
            }
            (entries, sum) = (entries + 1, sum + bytes);
            paging.length += 1;
        }
        paging
    }

    /// Returns the range of entries on a page. Pages are numbered from 1.
    pub fn entries(&self, page: usize) -> Range<usize> {
        let start = |page: usize| self.starts.get(page).copied().unwrap_or(self.length);
        start(page.saturating_sub(1))..start(page)
    }

    /// Returns the page that contains an entry. Pages are numbered from 1.
    pub fn page_of(&self, entry: usize) -> usize {
        self.starts.partition_point(|start| *start <= entry).max(1)
    }

    /// Returns the page number that an address gives, or 1 if the address gives none; `None` if the list has no such
    /// page.
    pub fn numbered(&self, number: Option<&str>) -> Option<usize> {
        let Some(number) = number else { return Some(1) };
        address::canonical(number).filter(|page| (1..=self.starts.len()).contains(page))
    }

    /// Returns the links from a page to the others; `None` if the list fits on one page.
    pub fn pager(&self, language: Language, page: usize, address: impl Fn(usize) -> String) -> Option<Pager> {
        let all = self.starts.len();
        let way = |to: usize, is_way: bool| is_way.then(|| address(to));
        (all > 1).then(|| Pager {
            here: tell(language, "{}ページ中の{}ページ目", [all.to_string(), page.to_string()]),
            first: way(1, page > 2),
            previous: way(page.saturating_sub(1), page > 1),
            next: way(page + 1, page < all),
            last: way(all, page + 1 < all),
        })
    }
}

/// Returns the estimated size of a text on a page, in bytes.
pub fn bytes_of(text: &str) -> usize {
    text.len() + text.len() / 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_is_on_one_page_and_no_page_is_too_long() {
        for (count, bytes) in [(0, 10), (1, 10), (400, 10), (401, 10), (2_000, 1_000), (300, 9_000), (5, 900_000)] {
            let paging = Paging::of(std::iter::repeat_n(bytes, count));
            let mut entry = 0;
            for page in 1..=paging.starts.len() {
                let entries = paging.entries(page);
                assert_eq!(entries.start, entry, "{count} of {bytes}");
                assert!(entries.len() <= MOST_ENTRIES && (entries.len() <= 1 || entries.len() * bytes <= MOST_BYTES));
                entries.clone().for_each(|entry| assert_eq!(paging.page_of(entry), page));
                entry = entries.end;
            }
            assert_eq!(entry, count);
            let fits = count <= 400 && (count <= 1 || count * bytes <= MOST_BYTES);
            let pager = paging.pager(Language::Japanese, 1, |page| page.to_string());
            assert_eq!(pager.is_none(), fits);
        }
    }

    #[test]
    fn a_list_is_divided_into_equal_pages() {
        for (length, pages) in [(0, 1), (1, 1), (50, 1), (51, 2), (100, 2), (101, 3)] {
            let paging = Paging::of_equal(50, length);
            let entries: Vec<usize> = (1..=pages).flat_map(|page| paging.entries(page)).collect();
            assert_eq!(entries, (0..length).collect::<Vec<_>>());
            assert_eq!(paging.numbered(Some(&(pages + 1).to_string())), None);
        }
    }

    #[test]
    fn a_missing_page_number_is_refused() {
        let paging = Paging::of([1; 900]);
        let numbered = |page| paging.numbered(Some(page));
        assert_eq!((paging.numbered(None), numbered("2"), numbered("3")), (Some(1), Some(2), Some(3)));
        for page in ["0", "4", "-1", "x", "+2", "02", "0002", "2.0", "２", "18446744073709551617"] {
            assert_eq!(numbered(page), None, "{page}");
        }
        let pager = paging.pager(Language::Japanese, 2, |page| page.to_string()).expect("three pages");
        assert_eq!(
            (pager.first, pager.previous.as_deref(), pager.next.as_deref(), pager.last),
            (None, Some("1"), Some("3"), None)
        );
    }
}
