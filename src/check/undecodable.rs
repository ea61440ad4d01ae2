//! Undecodable: bytes that no charset explains, as a finding. Cleaning leaves such a file alone and says
//! so; a check reports it like other damage, so that it can be allowed or known like other damage.

use crate::article::Finding;
use crate::edit::Certainty;
use crate::reader::DecodeError;
use crate::rules::Rule;

/// The finding for an error of decoding `bytes`.
///
/// ```
/// use artclean::{Cleaner, check};
/// let bytes = b"caf\xC3\xA9\ncaf\xC3";
/// let error = Cleaner::default().clean(bytes).unwrap_err();
/// let finding = check::undecodable(&error, bytes);
/// assert_eq!((finding.rule.code(), finding.line, finding.column), ("E104", 2, 4));
/// assert_eq!(finding.before, r"\xC3");
/// ```
pub fn undecodable(error: &DecodeError, bytes: &[u8]) -> Finding {
    /// The longest sequence that is one character in any charset but GB 18030, of which the first
    /// two bytes tell enough.
    const SHOWN: usize = 3;
    let start = error.offset.min(bytes.len());
    let line_start = memchr::memrchr(b'\n', &bytes[..start]).map_or(0, |end| end + 1);
    let line = 1 + memchr::memchr_iter(b'\n', &bytes[..start]).count();
    let column = 1 + String::from_utf8_lossy(&bytes[line_start..start])
        .chars()
        .count();
    // What is not ASCII belongs to the character that could not be read.
    let of_it = bytes[start..].iter().take(SHOWN);
    let length = of_it.take_while(|byte| !byte.is_ascii()).count().max(1);
    let end = (start + length).min(bytes.len());
    let shown = bytes[start..end].iter();
    Finding {
        rule: Rule::E104,
        span: start..end,
        line,
        column,
        last_line: line,
        last_column: column + 1,
        before: shown.map(|byte| format!("\\x{byte:02X}")).collect(),
        after: String::new(),
        certainty: Certainty::Lost,
        applied: false,
        repair: None,
    }
}
