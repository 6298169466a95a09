//! The site's palette (`style/tokens.css`) in the roles of a diagram.

use merman::svg::{HostTheme, HostThemeAppearance, Presentation, PresentationError, ThemeRole};
use merman::{Engine, MermaidConfig, Renderer};
use serde_json::json;

use crate::site::config::Theme;

/// The font of every label: sans-serif as the page's, by names that a system may have.
const FONT: &str = r#""PingFang SC","Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif"#;

/// The colours of one theme.
pub(super) struct Paper<'a> {
    appearance: HostThemeAppearance,
    /// `--paper`: behind the labels of edges, so that the edge doesn't strike them through.
    pub(super) paper: &'a str,
    /// `--ink`.
    pub(super) ink: &'static str,
    /// `--ink-faint`: edges and arrows.
    edge: &'static str,
    /// `--line`: borders.
    pub(super) line: &'static str,
    /// `--rule`, a little stronger: the grid behind bars.
    pub(super) grid: &'static str,
    /// `--accent`.
    accent: &'a str,
    /// Paper that is a little darker (light) or lighter (dark): nodes.
    surface: &'static str,
    /// Between paper and `surface`: what holds nodes.
    muted: &'static str,
    /// `--note`, `--tip`, `--warning`, `--important` and `--caution`, mixed with the paper until
    /// ink can be read on them; then the same once more, paler.
    series: [&'static str; 10],
}

/// Light paper, with the author's colours of it.
pub(super) fn light(theme: &Theme) -> Paper<'_> {
    Paper {
        appearance: HostThemeAppearance::Light,
        paper: &theme.background,
        ink: "#2a2622",
        edge: "#6d6965",
        line: "#8a867f",
        grid: "#d6d2cc",
        accent: &theme.accent,
        surface: "#f1e9dc",
        muted: "#f6f1e8",
        series: [
            "#a4b4bd", "#a9b9aa", "#ccb690", "#c1aec3", "#d8a39a", "#cfd6d8", "#d2d8ce", "#e3d7c2",
            "#ded3db", "#e9cec6",
        ],
    }
}

/// Dark paper, with the author's colours of it.
pub(super) fn dark(theme: &Theme) -> Paper<'_> {
    Paper {
        appearance: HostThemeAppearance::Dark,
        paper: &theme.background_dark,
        ink: "#e6e2d8",
        edge: "#a4a19a",
        line: "#827f7b",
        grid: "#46484a",
        accent: &theme.accent_dark,
        surface: "#282a2d",
        muted: "#1e2023",
        series: [
            "#506474", "#52695b", "#756448", "#6b5d73", "#805650", "#394650", "#3a4941", "#4f4636",
            "#494150", "#563d3b",
        ],
    }
}

/// A renderer that knows the palette and writes every label as SVG text.
pub(super) fn renderer(paper: &Paper<'_>) -> Result<Renderer, String> {
    let theme = theme(paper).map_err(|error| format!("the palette is wrong: {error}"))?;
    let engine = Presentation::new().with_theme(theme).resolve().materialize_engine(Engine::new());
    Ok(Renderer::new().with_engine(engine.with_site_config(configuration(paper))))
}

fn theme(paper: &Paper<'_>) -> Result<HostTheme, PresentationError> {
    let roles = [
        (ThemeRole::Canvas, paper.paper),
        (ThemeRole::Surface, paper.surface),
        (ThemeRole::SurfaceAlt, paper.surface),
        (ThemeRole::SurfaceMuted, paper.muted),
        (ThemeRole::Text, paper.ink),
        (ThemeRole::Border, paper.line),
        (ThemeRole::Line, paper.edge),
        (ThemeRole::ClusterBackground, paper.muted),
        (ThemeRole::NoteBackground, paper.paper),
        (ThemeRole::NoteBorder, paper.accent),
        (ThemeRole::Error, paper.accent),
        (ThemeRole::Warning, paper.accent),
    ];
    let theme = HostTheme::new().with_appearance(paper.appearance).try_with_font_family(FONT)?;
    let theme = theme.try_with_series_palette(paper.series)?;
    roles.into_iter().try_fold(theme, |theme, (role, colour)| theme.try_with_role(role, colour))
}

/// What the roles don't reach.
fn configuration(paper: &Paper<'_>) -> MermaidConfig {
    let mut variables = json!({
        "sequenceNumberColor": paper.paper,
        "activeTaskBkgColor": paper.series[0],
        "doneTaskBkgColor": paper.muted,
        "gridColor": paper.grid,
        "sectionBkgColor": paper.muted,
        "excludeBkgColor": paper.muted,
        "quadrantPointFill": paper.accent,
        "xyChart": {
            "backgroundColor": "transparent",
            "plotColorPalette": format!("{},{}", paper.series[0], paper.accent),
        },
    });
    // Ink can be read on the whole series; merman would take black or white.
    for index in 0..paper.series.len() {
        variables[format!("cScaleLabel{index}")] = paper.ink.into();
        variables[format!("cScaleInv{index}")] = paper.line.into();
        variables[format!("gitBranchLabel{index}")] = paper.ink.into();
    }
    MermaidConfig::from_value(json!({
        "flowchart": {
            "wrappingWidth": 200,
            "subGraphTitleMargin": { "top": 4, "bottom": 8 },
        },
        "themeVariables": variables,
    }))
}
