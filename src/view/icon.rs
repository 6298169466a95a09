//! Small drawings, all of one stroke and in the colour of the text.

use leptos::prelude::*;

/// The site's mark: an inkstone with its pool.
pub fn mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
            <path fill="currentColor" d="M4.3 2.3c7.6-.5 15.8-.4 23.4 0 1.2.1 1.9.8 2 2 .4 7.6.4 15.7 0 23.3-.1 1.3-.8 2-2 2.1-7.7.4-15.7.4-23.4 0-1.2-.1-2-.8-2-2.1-.4-7.7-.4-15.7 0-23.3.1-1.2.8-1.9 2-2z" />
            <path fill="none" stroke="var(--paper)" stroke-width="1.7" d="M10 5.8h12c1.7 0 2.6.9 2.7 2.6.2 5 .2 10.1 0 15.1-.1 1.8-1 2.7-2.7 2.7H10c-1.7 0-2.6-.9-2.7-2.7-.2-5-.2-10.1 0-15.1.1-1.7 1-2.6 2.7-2.6z" />
            <path fill="var(--paper)" d="M9.9 14.2c-.1-3.9.3-5.9 2.2-5.9h7.8c1.9 0 2.3 2 2.2 5.9-.9-1.8-3.1-2.9-6.1-2.9s-5.2 1.1-6.1 2.9z" />
        </svg>
    }
}

/// A half-filled disc: the colours of the page.
pub fn contrast() -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
            <circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="1.6" />
            <path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor" />
        </svg>
    }
}
