//! The measured quantities of a bench row: the values of renkei and of the reference program (peer) in all runs,
//! compared with the limit.

use std::fmt::Write;

/// Which of two values is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    Less,
    More,
}

/// The limit of the median: a maximum if less is better, a minimum if more is better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// Limit of the value of renkei.
    Value(f64),
    /// Limit of the quotient: the value of renkei ÷ the value of the peer.
    Ratio(f64),
    None,
}

/// One quantity in one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub what: &'static str,
    pub unit: &'static str,
    pub better: Better,
    pub limit: Limit,
    pub ours: f64,
    /// The name of the peer and its value; `None` if there is no peer or it is not installed.
    pub peer: Option<(&'static str, f64)>,
}

impl Figure {
    /// Returns a quantity without peer and limit, where less is better.
    pub fn less(what: &'static str, unit: &'static str, ours: f64) -> Self {
        Self { what, unit, better: Better::Less, limit: Limit::None, ours, peer: None }
    }

    /// Returns a quantity without peer and limit, where more is better.
    pub fn more(what: &'static str, unit: &'static str, ours: f64) -> Self {
        Self { better: Better::More, ..Self::less(what, unit, ours) }
    }

    pub fn beside(self, peer: &'static str, value: f64) -> Self {
        Self { peer: Some((peer, value)), ..self }
    }

    pub fn within(self, limit: Limit) -> Self {
        Self { limit, ..self }
    }
}

/// Returns a table line for each quantity of these runs: medians with minimum and maximum, the quotient of the values
/// of renkei and of the peer, which of the two is better, and the limit.
pub fn told(runs: &[Vec<Figure>]) -> Vec<String> {
    let of = |place: usize| runs.iter().filter_map(|run| run.get(place)).collect::<Vec<_>>();
    (0..runs.first().map_or(0, Vec::len)).map(|place| line(&of(place))).collect()
}

fn line(figures: &[&Figure]) -> String {
    let Some(first) = figures.first() else { return String::new() };
    let ours = Spread::of(figures.iter().map(|figure| figure.ours));
    let mut line = format!("{:<34} {} {}", first.what, ours, first.unit);
    let peers = figures.iter().filter_map(|figure| figure.peer);
    let ratios = figures.iter().filter_map(|figure| Some(figure.ours / figure.peer?.1));
    let ratio = first.peer.map(|_| Spread::of(ratios));
    if let (Some((peer, _)), Some(ratio)) = (first.peer, &ratio) {
        let theirs = Spread::of(peers.map(|(_, value)| value));
        let is_better = (ratio.median < 1.0) == (first.better == Better::Less);
        let which = if is_better { "ours is better" } else { "theirs is better" };
        let _ = write!(line, " | {peer} {theirs} | ours ÷ theirs {ratio}: {which}");
    }
    let (bound, value, of) = match first.limit {
        Limit::None => return line,
        Limit::Value(bound) => (bound, Some(ours.median), first.unit),
        Limit::Ratio(bound) => (bound, ratio.map(|ratio| ratio.median), "× theirs"),
    };
    let sign = if first.better == Better::Less { "≤" } else { "≥" };
    let holds = value.map(|value| if first.better == Better::Less { value <= bound } else { value >= bound });
    let word = match holds {
        Some(true) => "holds",
        Some(false) => "DOES NOT HOLD",
        None => "not compared",
    };
    let _ = write!(line, " | limit {sign} {bound} {of}: {word}");
    line
}

/// The distribution of one value over the runs.
#[derive(Debug, Clone, PartialEq)]
struct Spread {
    median: f64,
    least: f64,
    greatest: f64,
    count: usize,
}

impl Spread {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
        let count = values.len();
        Self { median: at(count / 2), least: at(0), greatest: at(count.saturating_sub(1)), count }
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { median, least, greatest, count } = self;
        let digits = if *median >= 100.0 {
            0
        } else if *median >= 1.0 {
            1
        } else {
            3
        };
        write!(f, "{median:.digits$}")?;
        if *count > 1 { write!(f, " ({least:.digits$}–{greatest:.digits$})") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(figures: &[Figure], expected: &str) {
        let runs: Vec<_> = figures.iter().map(|figure| vec![figure.clone()]).collect();
        assert_eq!(told(&runs), [expected]);
    }

    #[test]
    fn a_slower_word_file_is_not_called_faster() {
        let run = |ours, theirs| Figure::less("a Word file", "s", ours).beside("python-docx", theirs);
        check(
            &[run(0.24, 0.13), run(0.22, 0.11), run(0.26, 0.13)],
            "a Word file                        0.240 (0.220–0.260) s | python-docx 0.130 (0.110–0.130) | \
             ours ÷ theirs 2.0 (1.8–2.0): theirs is better",
        );
    }

    #[test]
    fn the_median_is_compared_with_the_limit() {
        let page = |ours| Figure::more("a page", "/s", ours).beside("nginx", 1000.0).within(Limit::Ratio(0.5));
        check(
            &[page(600.0), page(400.0), page(550.0)],
            "a page                             550 (400–600) /s | nginx 1000 (1000–1000) | \
             ours ÷ theirs 0.550 (0.400–0.600): theirs is better | limit ≥ 0.5 × theirs: holds",
        );
        check(
            &[Figure::less("fold", "ms", 613.0).within(Limit::Value(300.0))],
            "fold                               613 ms | limit ≤ 300 ms: DOES NOT HOLD",
        );
        check(
            &[Figure::less("PDF", "s", 0.5).within(Limit::Ratio(0.2))],
            "PDF                                0.500 s | limit ≤ 0.2 × theirs: not compared",
        );
    }
}
