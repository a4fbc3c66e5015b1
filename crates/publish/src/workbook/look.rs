//! 見た目 — the fonts, borders, widths and page settings of the printable workbook.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};

use crate::workbook_error::WorkbookError;

/// The gothic and mincho fonts of the printed report, by name. The workbook does not contain them, so the program that
/// opens it must have them.
const GOTHIC: &str = "BIZ UDGothic";
const MINCHO: &str = "BIZ UDMincho";
/// Code of the Japanese character set (日本語の文字セット).
const JAPANESE: u8 = 128;
/// The size of text, in points.
const SIZE: f64 = 10.5;
/// Width of a full-width character of that size, in pixels.
const CHARACTER: u32 = 14;
/// Sum of the distances from the text of a cell to its left and right borders, in pixels.
const PADDING: u32 = 10;
/// The height of a line of text, in points, in Excel with this font. LibreOffice needs slightly less.
const LINE: f64 = 13.5;
/// Height between the upper and the lower margin of A4, in points.
const PAGE_HEIGHT: f64 = 733.0;
/// A sheet that exceeds the page height by at most this factor is scaled down to one page.
const SHRINKS: f64 = 1.25;
/// Width between the margins of A4 (180 mm), in pixels.
const PAGE_WIDTH: u32 = 680;
const ORGANISATION_WIDTH: u32 = 5 * CHARACTER + PADDING;
const NUMBER_WIDTH: u32 = 2 * CHARACTER + PADDING;
const A4: u8 = 9;

/// The widths of 区分, 番号, 担当課 and 取組内容 in pixels.
pub(super) struct Widths(pub [u32; 4]);

impl Widths {
    /// Returns the widths for a division column of this many full-width characters.
    pub(super) fn with_divisions(characters: usize) -> Self {
        let characters = u32::try_from(characters).unwrap_or(10);
        let division = characters * CHARACTER + PADDING;
        Self([ORGANISATION_WIDTH, NUMBER_WIDTH, division, PAGE_WIDTH - ORGANISATION_WIDTH - NUMBER_WIDTH - division])
    }

    /// Returns the width of a single column that fills the page.
    pub(super) fn whole() -> u32 {
        PAGE_WIDTH
    }
}

/// Returns how many half-width characters of the text size fit in a line of this many pixels.
pub(super) fn half_widths_in(pixels: u32) -> usize {
    usize::try_from(pixels.saturating_sub(PADDING) * 2 / CHARACTER).unwrap_or(0)
}

/// Returns the height of this many lines of a text of this size in points, with a small margin.
pub(super) fn height(lines: usize, size: f64) -> f64 {
    let lines = u32::try_from(lines).map_or(1.0, f64::from);
    (lines * LINE * size / SIZE + 5.0).ceil()
}

/// The formats of the workbook.
pub(super) struct Look {
    pub normal: Format,
    pub title: Format,
    pub issuer: Format,
    pub heading: Format,
    pub subheading: Format,
    pub paragraph: Format,
    pub article: Format,
    pub article_title: Format,
    pub entry: [Format; 3],
    pub column_head: Format,
    pub centred: Format,
    pub cell: Format,
}

impl Look {
    pub(super) fn new() -> Self {
        let font = |name: &str, size: f64| {
            Format::new().set_font_name(name).set_font_size(size).set_font_charset(JAPANESE).set_text_wrap()
        };
        let text = font(GOTHIC, SIZE).set_align(FormatAlign::Top);
        let middle = font(GOTHIC, SIZE).set_align(FormatAlign::VerticalCenter);
        let grey = 0x666666;
        let boxed = |format: &Format| format.clone().set_border(FormatBorder::Thin).set_border_color(grey);
        let entry = |indent| text.clone().set_align(FormatAlign::Left).set_indent(indent).set_font_color(0x00118F);
        Self {
            normal: Format::new().set_font_name(GOTHIC).set_font_size(SIZE).set_font_charset(JAPANESE),
            title: font(GOTHIC, 22.0).set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter),
            issuer: font(GOTHIC, 16.0).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter),
            heading: font(GOTHIC, 14.0).set_bold().set_align(FormatAlign::VerticalCenter),
            subheading: font(GOTHIC, 12.0).set_bold().set_align(FormatAlign::VerticalCenter),
            article: font(MINCHO, SIZE).set_align(FormatAlign::Top),
            article_title: font(GOTHIC, 16.0)
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            entry: [entry(0).set_bold(), entry(1), entry(3)],
            column_head: boxed(&middle).set_bold().set_align(FormatAlign::Center).set_background_color(0xE6E6E6),
            centred: boxed(&text).set_align(FormatAlign::Center),
            cell: boxed(&text),
            paragraph: text,
        }
    }
}

/// Prints a sheet on one page if it is only a little higher than the page.
pub(super) fn on_one_page(sheet: &mut Worksheet, height: f64) {
    let fits = height > PAGE_HEIGHT && height <= PAGE_HEIGHT * SHRINKS;
    sheet.set_print_fit_to_pages(1, u16::from(fits));
}

/// Sets the page: A4 portrait, one page wide, with the page number in the footer and a text in the header.
pub(super) fn page(sheet: &mut Worksheet, above: &str) {
    sheet.set_paper_size(A4).set_portrait().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.59, 0.59, 0.75, 0.75, 0.35, 0.35);
    sheet.set_screen_gridlines(false);
    sheet.set_footer(format!("&C&\"{GOTHIC},Regular\"&9&P / &N"));
    if !above.is_empty() {
        // Excel accepts at most 255 characters in a header and interprets & as a command.
        let above: String = above.chars().take(100).collect::<String>().replace('&', "&&");
        sheet.set_header(format!("&R&\"{GOTHIC},Regular\"&9 {above}"));
    }
}

pub(super) fn columns(sheet: &mut Worksheet, pixels: &[u32]) -> Result<(), WorkbookError> {
    for (place, width) in (0u16..).zip(pixels) {
        sheet.set_column_width_pixels(place, *width)?;
    }
    Ok(())
}
