//! ワンタイムコード — codes of six digits that an app on a phone shows (TOTP, RFC 6238). The code changes every thirty seconds,
//! and each code is accepted once.

use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};
use subtle::ConstantTimeEq;
use totp_rs::{Builder, Secret, Totp};

use crate::NoRandomness;

const SECONDS_OF_A_STEP: u64 = 30;
const DIGITS: usize = 6;
/// The name that the app shows above the code.
const ISSUER: &str = "renkei";

/// ワンタイムコードの鍵 — the secret that this node and the app share: 160 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeSecret([u8; 20]);

impl OneTimeSecret {
    pub fn fresh() -> Result<Self, NoRandomness> {
        let mut bytes = [0; 20];
        getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
        Ok(Self(bytes))
    }

    /// Restores a stored secret; `None` if it does not have 20 bytes.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the secret as text that can be typed into the app: base32 in groups of four.
    pub fn text(&self) -> String {
        let letters = Secret::from(self.0).to_base32();
        letters.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
    }

    /// Returns the secret as an `otpauth` address, which apps can read.
    pub fn uri(&self, login: &str) -> String {
        self.totp(login).and_then(|totp| totp.to_url().ok()).unwrap_or_default()
    }

    /// Returns that address as a QR code for the camera of the phone. `title` is the text alternative of the image.
    pub fn qr_code(&self, login: &str, title: &str) -> Option<String> {
        let code = QrCode::with_error_correction_level(self.uri(login), EcLevel::M).ok()?;
        let picture = code.render::<Color<'_>>().min_dimensions(200, 200).build();
        let drawn = &picture[picture.find("<svg")?..];
        let named = format!("<svg role=\"img\" aria-label=\"{}\"", escaped(title));
        Some(drawn.replacen("<svg", &named, 1))
    }

    /// Checks a code at the time `seconds` (since 1970). It must be the code of the present time step, or of the step
    /// before or after, and its step must be later than `last_taken`. Returns its step; `None` if the code is not
    /// accepted.
    pub fn check(&self, code: &str, seconds: u64, last_taken: u64) -> Option<u64> {
        let typed = digits(code)?;
        let now = seconds / SECONDS_OF_A_STEP;
        let steps = now.saturating_sub(1)..=now + 1;
        let mut right = steps.filter(|step| bool::from(self.code_of(*step).as_bytes().ct_eq(typed.as_bytes())));
        right.rfind(|step| *step > last_taken)
    }

    /// Returns the code that the app shows at a time, in seconds since 1970.
    pub fn code(&self, seconds: u64) -> String {
        self.code_of(seconds / SECONDS_OF_A_STEP)
    }

    fn code_of(&self, step: u64) -> String {
        self.totp("").map(|totp| totp.generate(step * SECONDS_OF_A_STEP).to_string()).unwrap_or_default()
    }

    fn totp(&self, login: &str) -> Option<Totp> {
        let name = login.replace(':', "_");
        Builder::new().with_secret(Secret::from(self.0)).with_account_name(name).with_issuer(Some(ISSUER)).build().ok()
    }
}

/// Debug output must not reveal the secret.
impl std::fmt::Debug for OneTimeSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OneTimeSecret(…)")
    }
}

/// Returns the six digits of a typed code. Full-width digits and blanks are allowed; `None` for any other input.
fn digits(code: &str) -> Option<String> {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0),
        other => Some(other),
    };
    let typed: String = code.chars().filter(|c| !c.is_whitespace()).take(DIGITS + 1).filter_map(narrow).collect();
    (typed.len() == DIGITS && typed.bytes().all(|byte| byte.is_ascii_digit())).then_some(typed)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_775_001_610;

    fn secret() -> OneTimeSecret {
        OneTimeSecret::of_bytes(b"12345678901234567890").unwrap()
    }

    #[test]
    fn codes_match_the_examples_of_the_standard() {
        // Codes of RFC 6238, appendix B (SHA-1): the last six of the eight digits that are printed there.
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(secret().code(seconds), code);
        }
    }

    #[test]
    fn a_code_is_accepted_once_and_up_to_one_step_early_or_late() {
        let step = NOW / 30;
        for (made, last, expected) in [
            (NOW, 0, Some(step)),
            (NOW - 30, 0, Some(step - 1)),
            (NOW + 30, 0, Some(step + 1)),
            (NOW - 60, 0, None),
            (NOW + 60, 0, None),
            (NOW, step, None),
            (NOW - 30, step, None),
            (NOW + 30, step, Some(step + 1)),
        ] {
            assert_eq!(secret().check(&secret().code(made), NOW, last), expected, "{made} {last}");
        }
    }

    #[test]
    fn a_code_may_have_blanks_or_full_width_digits_and_nothing_else() {
        let code = secret().code(NOW);
        let wide: String = code.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        for typed in [format!("{} {}", &code[..3], &code[3..]), wide, format!(" {code} ")] {
            assert!(secret().check(&typed, NOW, 0).is_some(), "{typed}");
        }
        for typed in ["", "12345", "１２３４５六", &format!("{code}0"), &code[..5]] {
            assert!(secret().check(typed, NOW, 0).is_none(), "{typed}");
        }
    }

    #[test]
    fn the_key_is_shown_as_text_and_as_a_picture() {
        assert_eq!(secret().text(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let uri = secret().uri("a:\"<b>");
        assert!(uri.starts_with("otpauth://totp/renkei:a_"), "{uri}");
        assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=renkei"), "{uri}");
        let picture = secret().qr_code("shi-tanto", "鍵 \"<").unwrap();
        assert!(picture.starts_with("<svg role=\"img\" aria-label=\"鍵 &quot;&lt;\""), "{picture}");
        assert!(picture.ends_with("</svg>"));
        assert_eq!(format!("{:?}", secret()), "OneTimeSecret(…)");
    }
}
