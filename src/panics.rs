//! Panics: a page that the extraction library gives up on is told in a sentence like any other failure,
//! not by the library's message too.

use artclean::formats::html::THREAD;

/// Says nothing about panics of the threads that take pages apart; about any other, what is usual.
pub fn quieten_pages() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(THREAD) {
            usual(panic);
        }
    }));
}
