//! Collects the characters and rules (straight lines) that the interpreter draws on a page, without painting them.

use hayro_interpret::font::Glyph as Drawn;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use crate::pdf::characters;
use crate::pdf::guard::Budget;
use crate::pdf::marks::{Area, Glyph, PageMarks, Rule};

/// Maximum thickness of a filled box that is treated as a rule, in points.
const THIN: f64 = 4.0;

/// Minimum length of a rule, in points; shorter lines are parts of letters or ornaments.
const SHORT: f64 = 3.0;

/// The device on which the interpreter draws one page.
pub struct Collector<'b> {
    pub marks: PageMarks,
    budget: &'b mut Budget,
    /// Whether a form may begin: only a form sets its blend mode and its clip directly after each other.
    may_enter_form: bool,
    /// The clipping areas, innermost last, each with the depth of nested drawings.
    clips: Vec<(Area, u64)>,
}

impl<'b> Collector<'b> {
    pub fn new(width: f64, height: f64, budget: &'b mut Budget) -> Self {
        Self {
            marks: PageMarks { width, height, ..PageMarks::default() },
            budget,
            may_enter_form: false,
            clips: Vec::new(),
        }
    }

    fn drawn(&mut self) {
        self.may_enter_form = false;
        self.budget.spend_call();
    }

    fn is_on_page(&self, area: &Area) -> bool {
        area.right > -1.0
            && area.left < self.marks.width + 1.0
            && area.bottom > -1.0
            && area.top < self.marks.height + 1.0
    }

    fn rule(&mut self, from: Point, to: Point) {
        let (across, along) = ((to.y - from.y).abs(), (to.x - from.x).abs());
        let rule = if across <= 0.75 && along >= SHORT {
            Rule { is_horizontal: true, at: (from.y + to.y) / 2.0, from: from.x.min(to.x), to: from.x.max(to.x) }
        } else if along <= 0.75 && across >= SHORT {
            Rule { is_horizontal: false, at: (from.x + to.x) / 2.0, from: from.y.min(to.y), to: from.y.max(to.y) }
        } else {
            return;
        };
        let area = match rule.is_horizontal {
            true => Area { left: rule.from, right: rule.to, top: rule.at, bottom: rule.at },
            false => Area { left: rule.at, right: rule.at, top: rule.from, bottom: rule.to },
        };
        if self.is_on_page(&area) {
            self.budget.spend_mark();
            self.marks.rules.push(rule);
        }
    }

    /// Adds the rules of a filled path: each of its thin parts is a rule.
    fn filled(&mut self, path: &BezPath) {
        for part in parts(path) {
            let bounds = part.bounding_box();
            let (middle_x, middle_y) = ((bounds.x0 + bounds.x1) / 2.0, (bounds.y0 + bounds.y1) / 2.0);
            if bounds.height() <= THIN && bounds.width() > bounds.height() * 2.0 {
                self.rule(Point::new(bounds.x0, middle_y), Point::new(bounds.x1, middle_y));
            } else if bounds.width() <= THIN && bounds.height() > bounds.width() * 2.0 {
                self.rule(Point::new(middle_x, bounds.y0), Point::new(middle_x, bounds.y1));
            }
        }
    }

    /// Adds the rules of a stroked path: each of its straight pieces is a rule.
    fn stroked(&mut self, path: &BezPath) {
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => (start, last) = (to, to),
                PathEl::LineTo(to) => {
                    self.rule(last, to);
                    last = to;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = to,
                PathEl::ClosePath => {
                    self.rule(last, start);
                    last = start;
                }
            }
        }
    }
}

fn area_of(bounds: Rect) -> Area {
    Area { left: bounds.x0, top: bounds.y0, right: bounds.x1, bottom: bounds.y1 }
}

/// Returns the closed parts of a path.
fn parts(path: &BezPath) -> Vec<BezPath> {
    let mut parts: Vec<BezPath> = Vec::new();
    for element in path.elements() {
        if matches!(element, PathEl::MoveTo(_)) || parts.is_empty() {
            parts.push(BezPath::new());
        }
        if let Some(part) = parts.last_mut() {
            if part.elements().is_empty() && !matches!(element, PathEl::MoveTo(_)) {
                part.move_to(Point::ZERO);
            }
            part.push(*element);
        }
    }
    parts
}

/// Whether a paint is visible, that is, not fully transparent.
fn is_seen(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => color.to_rgba().to_rgba8()[3] > 0,
        Paint::Pattern(_) => true,
    }
}

impl Device<'_> for Collector<'_> {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {
        self.may_enter_form = true;
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'_>, mode: &PathDrawMode) {
        self.drawn();
        self.budget.spend_calls(path.elements().len() as u64 / 16);
        if !is_seen(paint) {
            return;
        }
        let path = transform * path.clone();
        match mode {
            PathDrawMode::Fill(_) => self.filled(&path),
            PathDrawMode::Stroke(_) => self.stroked(&path),
        }
    }

    fn draw_rect(&mut self, rect: &Rect, transform: Affine, paint: &Paint<'_>, mode: &PathDrawMode) {
        self.draw_path(&rect.to_path(0.1), transform, paint, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let bounds = area_of(clip.path.bounding_box());
        let (seen, mut depth) = self.clips.last().map_or((bounds, 0), |(outer, depth)| (outer.common(&bounds), *depth));
        if self.may_enter_form {
            depth += 1;
            self.budget.spend_form(depth);
        }
        self.drawn();
        self.clips.push((seen, depth));
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.drawn();
    }

    fn draw_glyph(
        &mut self,
        glyph: &Drawn<'_>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'_>,
        _: &GlyphDrawMode,
    ) {
        self.drawn();
        let Some(text) = text_of(glyph) else {
            self.marks.unnamed += 1;
            return;
        };
        if text.is_empty() {
            return;
        }
        let place = transform * glyph_transform;
        let advance = advance(glyph, &text);
        let corner = |x: f64, y: f64| place * Point::new(x, y);
        let (origin, end) = (corner(0.0, 0.0), corner(advance, 0.0));
        let up = corner(0.0, 1000.0) - origin;
        let box_of = Rect::from_points(corner(0.0, 880.0), corner(advance, -120.0));
        let box_of = box_of.union(Rect::from_points(corner(0.0, -120.0), corner(advance, 880.0)));
        let area = area_of(box_of);
        let size = up.hypot();
        if !size.is_finite() || size < 0.5 || !area.left.is_finite() || !area.top.is_finite() || !self.is_on_page(&area)
        {
            return;
        }
        self.budget.spend_mark();
        let along = end - origin;
        let turns = match (along.x.abs() >= along.y.abs(), along.x >= 0.0, along.y >= 0.0) {
            (true, true, _) => 0,
            (true, false, _) => 2,
            (false, _, true) => 1,
            (false, _, false) => 3,
        };
        let seat = self.clips.last().map_or(area.middle(), |(clip, _)| clip.nearest(area.middle()));
        self.marks.glyphs.push(Glyph { text, area, baseline: origin.y, size, seat, turns });
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {
        self.drawn();
        self.marks.pictures += 1;
    }

    fn pop_clip_path(&mut self) {
        self.clips.pop();
        self.may_enter_form = false;
    }

    fn pop_transparency_group(&mut self) {
        self.may_enter_form = false;
    }
}

/// Returns the text of a glyph; `None` if its font does not state the text.
fn text_of(glyph: &Drawn<'_>) -> Option<String> {
    let text = match glyph.as_unicode()? {
        BfString::Char(c) => characters::plain(c),
        BfString::String(text) => text.chars().map(characters::plain).collect(),
    };
    (!text.contains(char::REPLACEMENT_CHARACTER)).then_some(text)
}

/// Returns the advance width of a glyph, in thousandths of its size. For vertical fonts and fonts made of drawings, the
/// width is estimated.
fn advance(glyph: &Drawn<'_>, text: &str) -> f64 {
    let said = match glyph {
        Drawn::Outline(outline) => outline.advance_width().map(f64::from).filter(|width| *width > 0.0),
        Drawn::Type3(_) => None,
    };
    said.unwrap_or_else(|| if text.is_ascii() { 500.0 } else { 1000.0 })
}
