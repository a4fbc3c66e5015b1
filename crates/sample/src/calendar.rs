//! Formats years as offices write them. The sample does not use our other crates, because an error in them would then
//! also be in the expected results.

/// Formats a fiscal year, for example 令和8年度.
pub fn fiscal_year(year: i16) -> String {
    let (era, number) = if year >= 2019 { ("令和", year - 2018) } else { ("平成", year - 1988) };
    if number == 1 { format!("{era}元年度") } else { format!("{era}{number}年度") }
}

/// Formats a month of a calendar year, for example 令和8年3月.
pub fn month(year: i16, month: u8) -> String {
    let (era, _, number) = era_of(year, month);
    if number == 1 { format!("{era}元年{month}月") } else { format!("{era}{number}年{month}月") }
}

/// Formats a month as tables write it, for example R8.1.
pub fn short_month(year: i16, month: u8) -> String {
    let (_, letter, number) = era_of(year, month);
    format!("{letter}{number}.{month}")
}

fn era_of(year: i16, month: u8) -> (&'static str, char, i16) {
    if (year, month) >= (2019, 5) { ("令和", 'R', year - 2018) } else { ("平成", 'H', year - 1988) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_written_by_era() {
        assert_eq!(fiscal_year(2026), "令和8年度");
        assert_eq!(fiscal_year(2019), "令和元年度");
        assert_eq!(fiscal_year(2018), "平成30年度");
        assert_eq!(month(2019, 3), "平成31年3月");
        assert_eq!(short_month(2026, 1), "R8.1");
    }
}
