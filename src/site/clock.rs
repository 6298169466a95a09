//! What each step of a build took.

use std::time::{Duration, Instant};

/// Steps with what they took, in their order.
pub type Timings = Vec<(&'static str, Duration)>;

/// Takes the time from step to step.
pub struct Clock {
    last: Instant,
    /// The steps so far.
    pub timings: Timings,
}

impl Clock {
    /// Begins with the first step.
    pub fn start() -> Self {
        Clock { last: Instant::now(), timings: Timings::new() }
    }

    /// A step is done.
    pub fn step(&mut self, name: &'static str) {
        let now = Instant::now();
        self.timings.push((name, now - self.last));
        self.last = now;
    }
}
