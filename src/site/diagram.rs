//! Mermaid diagrams, drawn once at build as two pictures: one for light paper, one for dark.
//!
//! 1. `source` refuses what is too long or too deep and blanks the author's own configuration.
//! 2. `theme` gives the renderer the palette of the site, `measure` the widths of texts, and
//!    `night` turns over the colours that the author set in the diagram.
//! 3. merman parses, lays out and draws; it ports Mermaid and needs no browser and no fonts.
//! 4. `clean` copies what a picture needs into a new file, so that nothing else gets through.
//! 5. `check` reads the finished file once more and refuses all that is not self-contained.

mod check;
mod clean;
mod failure;
mod measure;
mod night;
mod source;
mod theme;

use std::fmt::Display;
use std::thread;
use std::time::Duration;

use merman::svg::{
    DeterministicTextMeasurer, MeasurementProfileId, RenderResourcePolicy, ResourceLimitId,
    SvgEnvironment, SvgPipeline, SvgRenderOptions, TextMeasurementPolicy, TextMeasurementProfile,
    TextMeasurementProfileIdentity,
};
use merman::{OperationControl, RenderOutput, RenderRequest, SvgRequest};

use crate::site::config::Theme;
use theme::Paper;

/// Far more than parser and layout use on the longest and deepest source that `source` admits.
const STACK: usize = 256 << 20;

/// Steps of the layout, counted by merman: the same everywhere, unlike a time. Ordinary diagrams
/// take some thousands.
const MOST_WORK: usize = 3_000_000;

/// For one of the two pictures, in case a step takes longer than all others: a build must end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A diagram as two self-contained SVG files with transparent backgrounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// For light paper.
    pub light: Vec<u8>,
    /// For dark paper; the same shapes at the same places.
    pub dark: Vec<u8>,
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
}

/// Draws the text of a ```` ```mermaid ```` fence on the paper of a theme. The error is one sentence for the author, with
/// the line in the fence where it is known.
pub fn draw(source: &str, theme: &Theme) -> Result<Drawing, String> {
    let source = source::admit(source)?;
    // A thread of its own, because the renderer recurses as deep as the diagram nests, and
    // because a panic in it then ends the thread alone: one bad diagram must not end the build.
    let drawn = thread::scope(|scope| {
        let thread = thread::Builder::new().name("diagram".to_owned()).stack_size(STACK);
        let handle = thread.spawn_scoped(scope, || draw_both(&source, theme));
        handle.map(|handle| handle.join())
    });
    match drawn {
        Ok(Ok(drawing)) => drawing,
        Ok(Err(_)) => Err("the renderer failed on this diagram; simplify it".to_owned()),
        Err(error) => Err(format!("can't start a thread to draw in: {error}")),
    }
}

fn draw_both(source: &str, theme: &Theme) -> Result<Drawing, String> {
    let light = draw_on(&theme::light(theme), source)?;
    let dark = draw_on(&theme::dark(theme), &night::at_night(source))?;
    let clean::Picture { width, height, .. } = light;
    Ok(Drawing { light: light.svg.into_bytes(), dark: dark.svg.into_bytes(), width, height })
}

fn draw_on(paper: &Paper, source: &str) -> Result<clean::Picture, String> {
    let request = SvgRequest {
        environment: environment()?,
        // Without HTML labels, which an `<img>` shows in some browsers only.
        pipeline: Some(SvgPipeline::resvg_safe()),
        options: SvgRenderOptions { diagram_id: Some("d".to_owned()), ..Default::default() },
        ..Default::default()
    };
    let control = OperationControl::new().with_deadline(PATIENCE);
    let request = RenderRequest::svg(source, control, request);
    let output = theme::renderer(paper)?.render(request);
    let svg = match output.map_err(|error| failure::sentence(&error, source))? {
        RenderOutput::Svg(Some(svg)) => svg.into_parts().0,
        _ => return Err(failure::NO_DIAGRAM.to_owned()),
    };
    let picture = clean::clean(&svg, paper)?;
    check::check(&picture.svg).map(|()| picture)
}

fn environment() -> Result<SvgEnvironment, String> {
    let limits = RenderResourcePolicy::interactive()
        .with_limit(ResourceLimitId::MaxLayoutWorkUnits, MOST_WORK)
        .map_err(|error| format!("can't limit the layout: {error}"))?;
    Ok(SvgEnvironment::deterministic()
        .with_resource_policy(limits)
        .with_text_measurement_policy(TextMeasurementPolicy::uniform(measurer()?)))
}

fn measurer() -> Result<TextMeasurementProfile, String> {
    let wrong = |error: &dyn Display| format!("can't measure text: {error}");
    let id = MeasurementProfileId::new("inkstone").map_err(|error| wrong(&error))?;
    let identity = TextMeasurementProfileIdentity::new(id, "1").map_err(|error| wrong(&error))?;
    let measurer = DeterministicTextMeasurer::default().with_width_callback(|text, style| {
        let bold = matches!(style.font_weight.as_deref(), Some("bold" | "bolder" | "600" | "700"));
        measure::width(text, style.font_size, bold)
    });
    Ok(TextMeasurementProfile::new(identity, measurer))
}

#[cfg(test)]
mod tests;
