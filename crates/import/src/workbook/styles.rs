//! Reads the number format and the look of each cell style.

use std::collections::HashMap;
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};

use super::sections::Format;
use super::xml;

/// Maximum number of styles that are read; Excel allows at most 65,490.
const MAX_STYLES: usize = 65_536;

/// The properties of a cell's look that can have a meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Look {
    pub is_bold: bool,
    /// Font size as written in the file, for example 10.5.
    pub size: String,
    /// Colour as written in the file (RGB, theme or index); empty for the automatic colour.
    pub colour: String,
    pub fill: String,
}

#[derive(Debug, Default)]
pub struct Styles {
    formats: Vec<Option<Rc<Format>>>,
    looks: Vec<Look>,
    usual: Look,
}

impl Styles {
    pub fn read(part: &str) -> Self {
        let mut pass = Pass::default();
        let mut reader = xml::reader(part);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) | Err(_) => break,
                Ok(Event::Start(start)) => pass.element(&start, false),
                Ok(Event::Empty(start)) => pass.element(&start, true),
                Ok(Event::End(end)) => pass.end(end.local_name().as_ref()),
                Ok(_) => {}
            }
        }
        pass.finish()
    }

    pub fn format(&self, style: u32) -> Option<&Format> {
        self.formats.get(style as usize)?.as_deref()
    }

    pub fn look(&self, style: u32) -> &Look {
        self.looks.get(style as usize).unwrap_or(&self.usual)
    }
}

/// The state of reading the XML.
#[derive(Default)]
struct Pass {
    /// The list being read: fonts, fills, cellXfs.
    list: String,
    codes: HashMap<u32, String>,
    fonts: Vec<Look>,
    fills: Vec<String>,
    /// Format, font and fill of each style.
    styles: Vec<(u32, u32, u32)>,
}

impl Pass {
    fn element(&mut self, element: &BytesStart<'_>, is_empty: bool) {
        let name = xml::name(element);
        match (self.list.as_str(), name.as_ref()) {
            (_, list @ ("fonts" | "fills" | "cellXfs" | "cellStyleXfs" | "dxfs")) if !is_empty => {
                list.clone_into(&mut self.list)
            }
            ("", "numFmt") if self.codes.len() < MAX_STYLES => {
                let code = xml::attribute(element, "formatCode").unwrap_or_default().into_owned();
                self.codes.extend(xml::number(element, "numFmtId").map(|id| (id, code)));
            }
            ("fonts", "font") if self.fonts.len() < MAX_STYLES => self.fonts.push(Look::default()),
            ("fonts", property) => {
                if let Some(font) = self.fonts.last_mut() {
                    add(font, property, element);
                }
            }
            ("fills", "fill") if self.fills.len() < MAX_STYLES => self.fills.push(String::new()),
            ("fills", "fgColor") => {
                if let Some(fill) = self.fills.last_mut() {
                    *fill = colour(element);
                }
            }
            ("cellXfs", "xf") if self.styles.len() < MAX_STYLES => {
                let id = |name| xml::number(element, name).unwrap_or_default();
                self.styles.push((id("numFmtId"), id("fontId"), id("fillId")));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.list == name {
            self.list.clear();
        }
    }

    fn finish(self) -> Styles {
        let mut known: HashMap<u32, Option<Rc<Format>>> = HashMap::new();
        let mut styles = Styles::default();
        for (format, font, fill) in self.styles {
            let format = known.entry(format).or_insert_with(|| {
                let code = self.codes.get(&format).map(String::as_str).or_else(|| built_in(format))?;
                Some(Rc::new(Format::parse(code)))
            });
            styles.formats.push(format.clone());
            let look = self.fonts.get(font as usize).cloned().unwrap_or_default();
            let fill = self.fills.get(fill as usize).cloned().unwrap_or_default();
            styles.looks.push(Look { fill, ..look });
        }
        styles.usual = styles.looks.first().cloned().unwrap_or_default();
        styles
    }
}

fn add(font: &mut Look, property: &str, element: &BytesStart<'_>) {
    let value = xml::attribute(element, "val");
    match property {
        "b" => font.is_bold = value.is_none_or(|value| !matches!(&*value, "0" | "false")),
        "sz" => font.size = value.unwrap_or_default().into_owned(),
        "color" => font.colour = colour(element),
        _ => {}
    }
}

/// Returns a colour; empty for black, white and the automatic colours.
fn colour(element: &BytesStart<'_>) -> String {
    let said = |name| xml::attribute(element, name).map(|value| format!("{name} {value}"));
    let found = said("rgb").or_else(|| said("theme")).or_else(|| said("indexed")).unwrap_or_default();
    let is_plain = ["FF000000", "00000000", "FFFFFFFF", "00FFFFFF"].iter().any(|plain| found == format!("rgb {plain}"));
    let is_usual =
        ["theme 0", "theme 1", "indexed 8", "indexed 9", "indexed 64", "indexed 65"].contains(&found.as_str());
    let tinted = xml::attribute(element, "tint").is_some_and(|tint| tint != "0");
    if is_plain || (is_usual && !tinted) { String::new() } else { found }
}

/// Returns the built-in formats, which have an id but no code in the file (ISO/IEC 29500 18.8.30), as in Japanese
/// Excel.
fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        5 | 6 | 42 => "¥#,##0;¥-#,##0",
        7 | 8 | 44 => "¥#,##0.00;¥-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 57 => "[$-411]ge.m.d",
        28 | 29 | 51 | 54 | 58 => "[$-411]ggge\"年\"m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"時\"mm\"分\"",
        33 => "h\"時\"mm\"分\"ss\"秒\"",
        34 | 52 | 55 => "yyyy\"年\"m\"月\"",
        35 | 53 | 56 => "m\"月\"d\"日\"",
        41 => "#,##0;-#,##0",
        43 => "#,##0.00;-#,##0.00",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        _ => return None,
    })
}
