//! Progress: the bar a batch shows on a terminal.

use std::fmt::Write;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

/// A bar for so many files, with the rate and the time left.
pub fn bar(files: usize) -> ProgressBar {
    let style = ProgressStyle::with_template(
        "{bar:30} {human_pos}/{human_len} files, {rate} a second, {eta} left",
    );
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    // A rate to four decimals is a flicker, not a figure.
    let rate = |state: &ProgressState, line: &mut dyn Write| {
        let _ = write!(line, "{:.0}", state.per_sec());
    };
    ProgressBar::new(files as u64).with_style(style.with_key("rate", rate))
}
