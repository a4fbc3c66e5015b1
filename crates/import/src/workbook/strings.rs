//! Reads the shared texts of a workbook. The runs of a rich text are joined; its furigana is left out.

use quick_xml::events::Event;

use super::limits::MAX_CELLS;
use super::xml;
use crate::decode::Unreadable;

/// Maximum number of shared texts; it equals the maximum number of cells.
const MAX_STRINGS: usize = MAX_CELLS;

#[derive(Debug, Default)]
pub struct Strings(Vec<Box<str>>);

impl Strings {
    pub fn read(part: &str) -> Result<Self, Unreadable> {
        let mut strings = Vec::new();
        let mut text = RichText::default();
        let mut reader = xml::reader(part);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) | Err(_) => break,
                Ok(Event::End(end)) if end.local_name().as_ref() == "si" => strings.push(text.take().into_boxed_str()),
                Ok(Event::Empty(start)) if start.local_name().as_ref() == "si" => strings.push(Box::default()),
                Ok(event) => text.take_in(&event),
            }
            if strings.len() > MAX_STRINGS {
                return Err(Unreadable::TooMuchInside { limit: "文字列の数" });
            }
        }
        Ok(Self(strings))
    }

    /// Returns the text of that index; an empty text if it does not exist.
    pub fn get(&self, index: u32) -> &str {
        self.0.get(index as usize).map_or("", |text| text)
    }
}

/// A rich text (a text made of runs) that is being read.
#[derive(Debug, Default)]
pub struct RichText {
    text: String,
    is_text: bool,
    is_phonetic: bool,
}

impl RichText {
    pub fn take_in(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => self.is_text = true,
                "rPh" => self.is_phonetic = true,
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "t" => self.is_text = false,
                "rPh" => self.is_phonetic = false,
                _ => {}
            },
            said if self.is_text && !self.is_phonetic => xml::say(said, &mut self.text),
            _ => {}
        }
    }

    pub fn take(&mut self) -> String {
        (self.is_text, self.is_phonetic) = (false, false);
        xml::unescaped(std::mem::take(&mut self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_join_and_furigana_stays_out() {
        let part = "<sst><si><r><t>求職</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> 者</t></r><rPh sb=\"0\" eb=\"2\"><t>キュウショク</t></rPh><phoneticPr fontId=\"1\"/></si><si/><si><t>一&#10;二</t></si></sst>";
        let strings = Strings::read(part).expect("texts");
        assert_eq!([strings.get(0), strings.get(1), strings.get(2), strings.get(9)], ["求職 者", "", "一\n二", ""]);
    }
}
