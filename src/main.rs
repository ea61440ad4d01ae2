//! artclean on the command line: outcome → exit code, nothing else.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod about;
mod batch;
mod checking;
mod cli;
mod config;
mod ending;
mod exit;
mod files;
mod job;
mod learning;
mod manifest;
mod names;
mod own;
mod panics;
mod progress;
mod report;
mod run;
mod scope;
mod settings;

use std::process::ExitCode;

use clap::Parser;

use crate::exit::Outcome;

fn main() -> ExitCode {
    match run::run(cli::Args::parse()) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            report::trouble(&format!("{error:#}"));
            Outcome::Trouble.into()
        }
    }
}
