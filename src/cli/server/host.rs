//! The hosts whose rules are known.

use super::hosts;
use super::rules::Rules;

/// A host of static files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Host {
    /// What all have in common
    #[default]
    Cdn,
    /// GitHub Pages
    Github,
    /// Cloudflare Pages
    Cloudflare,
    /// Netlify
    Netlify,
    /// Amazon S3 behind CloudFront
    S3,
    /// nginx with the settings that `host nginx` prints
    Nginx,
    /// Caddy with the settings that `host caddy` prints
    Caddy,
}

impl Host {
    /// How it answers.
    pub fn rules(self) -> &'static Rules {
        match self {
            Self::Cdn => &hosts::cdn::RULES,
            Self::Github => &hosts::github::RULES,
            Self::Cloudflare => &hosts::cloudflare::RULES,
            Self::Netlify => &hosts::netlify::RULES,
            Self::S3 => &hosts::s3::RULES,
            Self::Nginx => &hosts::nginx::RULES,
            Self::Caddy => &hosts::caddy::RULES,
        }
    }
}
