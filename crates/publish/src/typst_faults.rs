//! Typstの誤り — converts the typesetter's errors about an office's layout to faults with line and column.

use typst::diag::SourceDiagnostic;
use typst::syntax::{DiagSpan, DiagSpanKind, Source};

use crate::template_fault::{Fault, FaultPlace, TemplateFault};
use crate::typst_file::{TYPST, file_id};

/// Returns the syntax errors of a layout, without laying out a page.
pub(crate) fn syntax_faults(text: &str) -> Vec<TemplateFault> {
    let Ok(id) = file_id(TYPST) else { return Vec::new() };
    let source = Source::new(id, text.to_owned());
    let (errors, _warnings) = source.root().errors_and_warnings();
    errors.into_iter().map(|error| fault(&source, &SourceDiagnostic::from(error))).collect()
}

/// Converts an error to a fault. Its place is the place of the error, or otherwise the line of the layout that caused
/// the error.
pub(crate) fn fault(source: &Source, reason: &SourceDiagnostic) -> TemplateFault {
    let traced = reason.trace.iter().map(|point| DiagSpan::from_span(point.span, None));
    let place = std::iter::once(reason.span).chain(traced).find_map(|span| place(source, span));
    let hints = reason.hints.iter().map(|hint| hint.v.to_string()).collect();
    let fault = Fault::Typst { message: reason.message.to_string(), hints };
    TemplateFault { file: TYPST.to_owned(), place: place.unwrap_or(FaultPlace::File), fault }
}

fn place(source: &Source, span: DiagSpan) -> Option<FaultPlace> {
    let start = match span.get() {
        DiagSpanKind::Number { id, num, sub_range } if id == source.id() => source.range(num, sub_range)?.start,
        DiagSpanKind::Range { id, range } if id == source.id() => range.start,
        _ => return None,
    };
    let (line, column) = source.lines().byte_to_line_column(start)?;
    let text = source.text().lines().nth(line).unwrap_or_default().to_owned();
    Some(FaultPlace::Line { line: line + 1, column: column + 1, text })
}
