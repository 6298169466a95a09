//! Small drawings, all of one stroke and in the colour of the text.

use leptos::prelude::*;

/// The site's mark: an inkstone with its pool.
pub fn mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
            <rect x="2" y="2" width="28" height="28" rx="7" fill="currentColor" />
            <ellipse cx="16" cy="17.5" rx="9.5" ry="8.5" fill="none" stroke="var(--paper)" stroke-width="1.6" />
            <path d="M9 13.2c2-3.4 12-3.4 14 0-1.6 2.6-12.400 2.600-14 0z" fill="var(--paper)" />
        </svg>
    }
}

/// A half-filled disc: the colours of the page.
pub fn contrast() -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
            <circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="1.600" />
            <path d="M12 3.500a8.500 8.500 0 0 1 0 17z" fill="currentColor" />
        </svg>
    }
}
