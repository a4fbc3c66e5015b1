//! 番号 — the printed form of a row's number: ① to ㊿.

/// Returns ① to ㊿ for 1 to 50, and a form such as (51) for larger numbers.
pub fn circled(number: u32) -> String {
    let code = match number {
        1..=20 => 0x2460 + number - 1,
        21..=35 => 0x3251 + number - 21,
        36..=50 => 0x32B1 + number - 36,
        _ => return format!("({number})"),
    };
    char::from_u32(code).map_or_else(|| format!("({number})"), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_circled_as_far_as_circles_go() {
        for (number, expected) in [(1, "①"), (20, "⑳"), (21, "㉑"), (36, "㊱"), (50, "㊿"), (51, "(51)")] {
            assert_eq!(circled(number), expected);
        }
    }
}
