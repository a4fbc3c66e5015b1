//! Number formats: a format code → its sections and their tokens (ISO/IEC 29500 18.8.31).

/// A parsed format code.
#[derive(Debug, Default)]
pub struct Format {
    pub sections: Vec<Section>,
}

/// The format of one class of numbers.
#[derive(Debug, Default)]
pub struct Section {
    pub tokens: Vec<Token>,
    /// The comparison and the number of `[>=1000]`.
    pub condition: Option<(String, f64)>,
    /// Whether the first year of an era is written as 令和元年 and not as 令和1年.
    pub says_first_year: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Literal(String),
    /// A digit place: `0`, `#` or `?`.
    Place(char),
    Point,
    Comma,
    Percent,
    /// `E+00` or fractions, which are not supported: such numbers are shown without a format.
    Unusual,
    /// `@` or General.
    AsIs,
    /// A letter of a date and its number of repetitions: `yyyy`.
    Date(char, usize),
    /// Elapsed time: `[h]`.
    Elapsed(char),
    AmPm,
}

impl Format {
    pub fn parse(code: &str) -> Self {
        let mut parser = Parser { rest: code, section: Section::default(), sections: Vec::new() };
        while let Some(c) = parser.rest.chars().next() {
            parser.token(c);
        }
        parser.sections.push(parser.section);
        Self { sections: parser.sections }
    }

    pub fn is_date(&self) -> bool {
        self.sections.first().is_some_and(Section::is_date)
    }
}

impl Section {
    pub fn is_date(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Date(..) | Token::Elapsed(_)))
    }

    fn literal(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Literal(last)) => last.push_str(text),
            _ => self.tokens.push(Token::Literal(text.to_owned())),
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
    section: Section,
    sections: Vec<Section>,
}

impl Parser<'_> {
    fn token(&mut self, c: char) {
        match c {
            '"' => self.quoted(),
            '[' => self.bracket(),
            ';' => {
                self.skip(1);
                self.sections.push(std::mem::take(&mut self.section));
            }
            // An escaped character, a blank of the width of the next character, or a character that is repeated to fill
            // the cell.
            '\\' | '!' | '_' | '*' => {
                let escaped: String = self.rest.chars().skip(1).take(1).collect();
                self.skip(1 + escaped.len());
                if matches!(c, '\\' | '!') {
                    self.section.literal(&escaped);
                }
            }
            '0' | '#' | '?' => self.one(c, Token::Place(c)),
            '.' => self.one(c, Token::Point),
            ',' => self.one(c, Token::Comma),
            '%' => self.one(c, Token::Percent),
            '@' => self.one(c, Token::AsIs),
            _ if self.takes("general") || self.takes("g/標準") => self.section.tokens.push(Token::AsIs),
            _ if self.takes("am/pm") || self.takes("a/p") => self.section.tokens.push(Token::AmPm),
            _ if self.takes("e+") || self.takes("e-") => self.section.tokens.push(Token::Unusual),
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'g' | 'G' | 'e' | 'E' | 'a' | 'A' => {
                let letter = c.to_ascii_lowercase();
                let count = self.rest.chars().take_while(|next| next.to_ascii_lowercase() == letter).count();
                self.skip(count);
                self.section.tokens.push(Token::Date(letter, count));
            }
            '/' if self.section.tokens.last().is_some_and(|token| matches!(token, Token::Place(_))) => {
                self.one(c, Token::Unusual);
            }
            _ => {
                self.section.literal(c.encode_utf8(&mut [0; 4]));
                self.skip(c.len_utf8());
            }
        }
    }

    fn skip(&mut self, length: usize) {
        self.rest = &self.rest[length..];
    }

    fn one(&mut self, c: char, token: Token) {
        self.skip(c.len_utf8());
        self.section.tokens.push(token);
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_there = self.rest.get(..word.len()).is_some_and(|start| start.to_ascii_lowercase() == word);
        if is_there {
            self.skip(word.len());
        }
        is_there
    }

    fn quoted(&mut self) {
        let inside = &self.rest[1..];
        let length = inside.find('"').unwrap_or(inside.len());
        self.section.literal(&inside[..length]);
        self.rest = inside.get(length + 1..).unwrap_or("");
    }

    /// Reads a bracket: `[Red]`, `[>=100]`, `[$-411]`, `[$¥-411]`, `[h]`.
    fn bracket(&mut self) {
        let inside = &self.rest[1..];
        let length = inside.find(']').unwrap_or(inside.len());
        let word = &inside[..length];
        self.rest = inside.get(length + 1..).unwrap_or("");
        if let Some(locale) = word.strip_prefix('$') {
            self.section.literal(locale.split('-').next().unwrap_or(""));
            self.section.says_first_year |= locale.contains("gannen");
        } else if word.starts_with(['<', '>', '=']) {
            let number = word.trim_start_matches(['<', '>', '=']);
            let comparison = &word[..word.len() - number.len()];
            self.section.condition = number.parse().ok().map(|number| (comparison.to_owned(), number));
        } else if let Some(letter) = word.chars().next().map(|c| c.to_ascii_lowercase())
            && matches!(letter, 'h' | 'm' | 's')
            && word.chars().all(|c| c.to_ascii_lowercase() == letter)
        {
            self.section.tokens.push(Token::Elapsed(letter));
        }
    }
}
