//! How likely an emoji is, for lost emoji bytes.

use super::BIT;

/// Cost of `emoji` where an emoji of some kind is known to stand.
pub fn emoji_cost(emoji: char, at_heading_start: bool) -> u16 {
    let _ = (emoji, at_heading_start);
    10 * BIT
}
