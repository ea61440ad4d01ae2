//! Controls: C1 control characters that were meant as windows-1252.
//!
//! Old pages label windows-1252 as ISO-8859-1 and are believed: ’ arrives as the control U+0092.

use super::Step;
use super::charset::CHARSETS;
use super::page::Patch;
use crate::edit::Certainty;
use crate::rules::Rule;

/// The controls of the text that windows-1252 has a character for.
pub(crate) fn find(chars: &[char], offsets: &[usize]) -> Vec<Patch> {
    chars
        .iter()
        .enumerate()
        .filter(|(_, c)| matches!(**c as u32, 0x80..=0x9F))
        .filter_map(|(at, &c)| {
            let meant = char::from_u32(u32::from(CHARSETS[0].own(c as u8)?))?;
            Some(Patch {
                span: offsets[at]..offsets[at + 1],
                after: meant.to_string(),
                rule: Rule::E105,
                certainty: Certainty::Proven,
                charset: "windows-1252".to_owned(),
                steps: vec![
                    Step::Encode("iso-8859-1".to_owned()),
                    Step::Decode("windows-1252".to_owned()),
                ],
            })
        })
        .collect()
}
