//! Generates the figures of a row in a year. Sums equal the sum of their parts, rates match their figures, and growth
//! is computed from last year's value.

use crate::bank::section::Measure;
use crate::calendar::short_month;
use crate::chance::Chance;
use crate::strand::{Part, Strand};
use crate::truth::{FigureTruth, State};

/// A bullet item of a row.
#[derive(Debug, Clone)]
pub struct Item {
    /// The text without its bullet.
    pub text: String,
    pub figures: Vec<FigureTruth>,
    /// Whether the first figure is the total of the others.
    pub is_sum: bool,
}

/// The note after the last item, which states the as-of day of all figures of a row.
#[derive(Debug, Clone)]
pub struct AsOfNote {
    pub printed: String,
    /// The day as YYYY-MM-DD.
    pub date: String,
    /// The calendar year of the month.
    pub year: i16,
    pub month: u8,
}

/// Returns the items of a row for the progress of a fiscal year.
pub fn items(seed: u64, strand: &Strand, year: i16) -> Vec<Item> {
    let wide = Chance::about(seed, &[4, strand.key()]).once_in(2);
    let of_part = |part: &Part| {
        let key = part.figures;
        let draw = move |measure| Draw { seed, key, measure, year };
        (0..).zip(part.row.measures).map(move |(place, measure)| Pen::new(wide).item(measure, &draw(place)))
    };
    strand.parts.iter().flat_map(of_part).collect()
}

/// Returns the as-of note of a row's figures; two rows in three have one.
pub fn as_of_note(seed: u64, strand: &Strand, year: i16) -> Option<AsOfNote> {
    let (calendar_year, month, day) = match Chance::about(seed, &[5, strand.key()]).between(0, 5) {
        0 | 1 => return None,
        2 => (year, 12, 31),
        _ => (year + 1, 1, 31),
    };
    Some(AsOfNote {
        printed: format!("({}月末時点)", short_month(calendar_year, month)),
        date: format!("{calendar_year}-{month:02}-{day}"),
        year: calendar_year,
        month,
    })
}

/// The key that selects the random numbers of a figure.
struct Draw {
    seed: u64,
    key: u64,
    measure: u64,
    year: i16,
}

impl Draw {
    /// Returns the value of the figure in its year: a constant level of the figure, changed by up to a tenth.
    fn value(&self, slot: u64, low: u32, high: u32) -> u32 {
        let level = Chance::about(self.seed, &[6, self.key, self.measure, slot]).between(low, high);
        let per_cent = self.chance(slot).between(90, 110);
        (level * per_cent + 50) / 100
    }

    fn before(&self) -> Draw {
        Draw { year: self.year - 1, ..*self }
    }

    fn chance(&self, slot: u64) -> Chance {
        Chance::about(self.seed, &[7, self.key, self.measure, slot, self.year.unsigned_abs().into()])
    }
}

/// A builder that writes an item and records its figures.
struct Pen {
    text: String,
    figures: Vec<FigureTruth>,
    /// The text between number and unit: a blank as in 148 件, or nothing as in 148件.
    blank: &'static str,
}

impl Pen {
    fn new(wide: bool) -> Self {
        Self { text: String::new(), figures: Vec::new(), blank: if wide { " " } else { "" } }
    }

    fn item(mut self, measure: &Measure, draw: &Draw) -> Item {
        match *measure {
            Measure::Count(label, unit, low, high) => self.count(label, draw.value(0, low, high), unit),
            Measure::Fair(firms, people) => self.fair(draw, firms, people),
            Measure::Sum(label, unit, low, high, parts) => self.sum(draw.value(0, low, high), label, unit, parts, draw),
            Measure::Share(whole, part, rate, low, high) => {
                self.share([whole, part, rate], draw.value(0, low, high), draw)
            }
            Measure::Placed(low, high) => self.placed(draw.value(0, low, high), draw),
            Measure::Growth(label, unit, low, high) => {
                self.growth(label, unit, draw.value(0, low, high), draw.before().value(0, low, high));
            }
            Measure::Target(label) => self.target(label, draw),
            Measure::Grant(low, high) => self.grant(draw.value(0, low, high), draw),
            Measure::Rare(label, unit) => self.rare(label, unit, draw),
        }
        Item { text: self.text, figures: self.figures, is_sum: matches!(measure, Measure::Sum(..)) }
    }

    fn fair(&mut self, draw: &Draw, firms: u32, people: u32) {
        let times = draw.value(0, 2, 6);
        self.text.push_str(&format!("計{times}回開催"));
        self.note("開催回数", times.to_string(), "回");
        self.text.push(' ');
        self.count("参加企業", draw.value(1, firms / 2, firms), "社");
        self.text.push(' ');
        self.count("参加者", draw.value(2, people / 2, people), "人");
    }

    fn sum(&mut self, total: u32, label: &str, unit: &str, names: [&str; 3], draw: &Draw) {
        let first = total * draw.chance(1).between(35, 55) / 100;
        let second = (total - first) * draw.chance(2).between(35, 60) / 100;
        self.count(label, total, unit);
        self.text.push_str("（内訳：");
        for (place, (name, part)) in names.into_iter().zip([first, second, total - first - second]).enumerate() {
            self.text.push_str(if place == 0 { "" } else { "、" });
            self.count(name, part, unit);
        }
        self.text.push('）');
    }

    fn share(&mut self, [whole, part, rate]: [&str; 3], total: u32, draw: &Draw) {
        let share = total * draw.chance(1).between(25, 60) / 100;
        self.count(whole, total, "社");
        self.text.push_str("、うち");
        self.count(part, share, "社");
        self.text.push('（');
        self.rate(rate, per_mille(share, total));
        self.text.push('）');
    }

    fn placed(&mut self, people: u32, draw: &Draw) {
        let placed = people * draw.chance(1).between(45, 75) / 100;
        self.count("支援対象者", people, "人");
        self.text.push('、');
        self.count("就職者", placed, "人");
        self.text.push('、');
        self.rate("就職率", per_mille(placed, people));
    }

    fn growth(&mut self, label: &str, unit: &str, now: u32, before: u32) {
        self.count(label, now, unit);
        let (sign, change) = if now >= before { ('+', now - before) } else { ('-', before - now) };
        let change = decimal(per_mille(change, before));
        self.text.push_str(&format!("（前年同期比{sign}{change}%）"));
        let value = if sign == '-' { format!("-{change}") } else { change };
        self.note(&format!("{label} 前年同期比"), value, "%");
    }

    fn target(&mut self, label: &str, draw: &Draw) {
        self.rate(label, draw.value(0, 780, 890));
        self.text.push('（');
        self.rate("年間目標値", draw.chance(1).between(800, 900));
        self.text.push('）');
    }

    fn grant(&mut self, number: u32, draw: &Draw) {
        self.count("交付件数", number, "件");
        self.text.push('、');
        self.count("交付額", number * draw.chance(1).between(12, 240), "千円");
    }

    fn rare(&mut self, label: &str, unit: &str, draw: &Draw) {
        if draw.chance(0).once_in(2) {
            return self.count(label, draw.value(1, 1, 9), unit);
        }
        self.text.push_str(&format!("{label} 実績なし"));
        let figure = FigureTruth { label: label.to_owned(), state: State::None, value: None, unit: None, as_of: None };
        self.figures.push(figure);
    }

    fn count(&mut self, label: &str, number: u32, unit: &str) {
        self.text.push_str(&format!("{label} {}{}{unit}", separated(number), self.blank));
        self.note(label, number.to_string(), unit);
    }

    fn rate(&mut self, label: &str, per_mille: u32) {
        let rate = decimal(per_mille);
        self.text.push_str(&format!("{label} {rate}%"));
        self.note(label, rate, "%");
    }

    fn note(&mut self, label: &str, value: String, unit: &str) {
        self.figures.push(FigureTruth {
            label: label.to_owned(),
            state: State::Value,
            value: Some(value),
            unit: Some(unit.to_owned()),
            as_of: None,
        });
    }
}

/// Returns the share in tenths of a per cent, rounded half up.
fn per_mille(part: u32, whole: u32) -> u32 {
    (part * 2000 + whole).checked_div(whole * 2).unwrap_or_default()
}

/// Formats a number of tenths: 652 becomes 65.2.
fn decimal(per_mille: u32) -> String {
    format!("{}.{}", per_mille / 10, per_mille % 10)
}

/// Formats a number with separators, for example 1,304.
pub fn separated(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strand::in_year;

    #[test]
    fn numbers_are_written_in_groups_of_three() {
        for (number, expected) in [(0, "0"), (999, "999"), (1304, "1,304"), (1_234_567, "1,234,567")] {
            assert_eq!(separated(number), expected);
        }
        assert_eq!(decimal(per_mille(404, 757)), "53.4");
    }

    #[test]
    fn parts_add_up_to_their_total() {
        let mut sums = 0;
        for section in in_year(3, 2025, None) {
            for item in section.strands.iter().flat_map(|strand| items(3, strand, 2025)).filter(|item| item.is_sum) {
                let values: Vec<u32> =
                    item.figures.iter().map(|figure| figure.value.as_ref().unwrap().parse().unwrap()).collect();
                assert_eq!(values[0], values[1..].iter().sum::<u32>(), "{}", item.text);
                sums += 1;
            }
        }
        assert!(sums >= 5, "{sums}");
    }
}
