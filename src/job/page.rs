//! Page: an input that is a web page, of which the article's text is what comes out.

use std::borrow::Cow;
use std::io::{self, Write};

use artclean::formats::html::{Page, PageError};

use super::deliver::Before;
use super::input::Input;
use super::{Done, Job};
use crate::report::name;
use crate::settings::Mode;

impl Job<'_> {
    pub(super) fn page(
        &self,
        mut input: Input,
        out: &mut dyn Write,
        done: &mut Done,
    ) -> io::Result<()> {
        let path = self.source.path();
        if self.settings.mode == Mode::Write {
            // Its text in its place would be no page any more.
            if self.is_named() {
                done.fail(format!(
                    "{}: is a web page, whose text goes to a file of its own: name a folder for it with --output",
                    name(path)
                ));
            } else {
                done.tally.pages += 1;
            }
            return Ok(());
        }
        let compression = input.compression;
        let Some(bytes) = self.read_whole(&mut input, done) else {
            return Ok(());
        };
        let page = match Page::read(&self.cleaner, bytes) {
            Ok(page) => page,
            Err(PageError::Undecodable(error)) => {
                self.undecodable(&error, bytes, done);
                return Ok(());
            }
            Err(error) => {
                done.fail(format!("{}: {error}", name(path)));
                return Ok(());
            }
        };
        let article = page.clean(&self.cleaner);
        let before = Before {
            bytes: page.text.as_bytes(),
            charset: encoding_rs::UTF_8.name(),
            text: || Cow::Borrowed(page.text.as_str()),
            changed: true,
        };
        self.deliver(&article, before, compression, out, done)
    }
}
