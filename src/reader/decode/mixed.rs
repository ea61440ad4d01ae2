//! Mixed: UTF-8 with stray bytes of a legacy charset, told apart from a legacy charset throughout.

use std::borrow::Cow;

use encoding_rs::{UTF_8, WINDOWS_1252};

use super::{DecodeError, Decoded, Offsets, Undecodable, passed_over, read_as};

/// What bytes that are not all UTF-8 look like as a whole.
pub(super) enum Mixture {
    /// UTF-8 with stray bytes of a legacy charset in it.
    MostlyUtf8,
    /// A legacy charset throughout.
    Legacy,
}

impl Mixture {
    /// Legacy prose is now and then valid UTF-8 by chance, never most of the time; and real UTF-8
    /// with stray bytes has far more sound characters than strays.
    pub(super) fn of(bytes: &[u8]) -> Mixture {
        /// How much sound UTF-8 outweighs a stray byte, from which on the document is UTF-8.
        const WEIGHT_OF_STRAY: usize = 2;
        let (mut sound, mut stray) = (0, 0);
        for chunk in bytes.utf8_chunks() {
            // The longer a sequence, the less likely it came about by chance.
            sound += chunk
                .valid()
                .chars()
                .map(|c| (c.len_utf8() - 1).pow(2))
                .sum::<usize>();
            stray += chunk.invalid().len() * WEIGHT_OF_STRAY;
        }
        if sound >= stray {
            Mixture::MostlyUtf8
        } else {
            Mixture::Legacy
        }
    }
}

/// UTF-8 in which single bytes of windows-1252 stand: each becomes the character it means there.
pub(super) fn mostly_utf8(bytes: &[u8], bom: usize) -> Result<Decoded<'static>, DecodeError> {
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut table = Vec::new();
    let mut edits = passed_over(bom);
    let mut at = bom;
    for chunk in bytes[bom..].utf8_chunks() {
        for (index, _) in chunk.valid().char_indices() {
            table.push((text.len() + index, at + index));
        }
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if chunk.invalid().len() > 1 {
            // The start of a longer character without its end is no windows-1252.
            return Err(DecodeError {
                offset: at,
                reason: Undecodable::Malformed(UTF_8.name()),
            });
        }
        for byte in chunk.invalid() {
            let Some(read) = WINDOWS_1252
                .decode_without_bom_handling_and_without_replacement(std::slice::from_ref(byte))
            else {
                return Err(DecodeError {
                    offset: at,
                    reason: Undecodable::Malformed(WINDOWS_1252.name()),
                });
            };
            if read.chars().any(|c| ('\u{80}'..='\u{9F}').contains(&c)) {
                return Err(DecodeError {
                    offset: at,
                    reason: Undecodable::Malformed(WINDOWS_1252.name()),
                });
            }
            let start = text.len();
            table.push((start, at));
            text.push_str(&read);
            edits.push(read_as(WINDOWS_1252, start..text.len(), &read));
            at += 1;
        }
    }
    table.push((text.len(), bytes.len()));
    Ok(Decoded {
        text: Cow::Owned(text),
        charset: UTF_8.name(),
        edits,
        offsets: Offsets::Table(table),
    })
}
