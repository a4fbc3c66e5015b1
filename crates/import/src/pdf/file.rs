//! Bytes → the marks (characters and rules) drawn on each page, read by the PDF library.

use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hayro_syntax::{LoadPdfError, Pdf};
use kurbo::Rect;

use crate::decode::Unreadable;
use crate::pdf::device::Collector;
use crate::pdf::guard::{Budget, MAX_PAGES};
use crate::pdf::marks::PageMarks;

/// Reads the marks on the pages of a file.
pub fn pages(bytes: Vec<u8>) -> Result<Vec<PageMarks>, Unreadable> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Unreadable::Encrypted,
        LoadPdfError::Invalid => Unreadable::Damaged { part: "PDF".to_owned() },
    })?;
    if pdf.pages().len() > MAX_PAGES {
        return Err(Unreadable::TooMuchInside { limit: "ページの数" });
    }
    let cache = InterpreterCache::new();
    let mut budget = Budget::new();
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let bounds = Rect::new(0.0, 0.0, width, height);
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, bounds, &cache, pdf.xref(), InterpreterSettings::default());
        let mut collector = Collector::new(width, height, &mut budget);
        interpret_page(page, &mut context, &mut collector);
        pages.push(collector.marks);
    }
    Ok(pages)
}
