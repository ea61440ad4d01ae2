//! The README says what the program does.

use artclean::{Rule, RuleSet};

#[test]
fn the_table_of_kinds_is_the_default() {
    let readme = include_str!("../README.md");
    for rule in Rule::ALL.iter().filter(|rule| rule.is_boilerplate()) {
        let state = if RuleSet::default().contains(*rule) {
            "goes"
        } else {
            "stays"
        };
        let row = format!("`{}` | {} | {state}", rule.name(), rule.code());
        assert!(readme.contains(&row), "README lacks {row}");
    }
}
