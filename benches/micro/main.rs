//! Micro-benchmarks: what each step costs a byte, one file a subject.
//!
//! `cargo bench --bench micro` runs them all, `cargo bench --bench micro boilerplate` one subject.

mod boilerplate;
mod passes;
mod records;
mod repair;
mod scan;
mod texts;

fn main() {
    divan::main();
}
