//! The binary `congtam`: reads the command line and runs what it says.

use std::process::ExitCode;

use clap::Parser;
use server::command;
use server::config::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        // Need neither runtime nor log: they are filters from JSON to JSON.
        Some(Command::Score(args)) => {
            return command::exchange::run(&args, kpi::json::score_text);
        }
        Some(Command::Rate(args)) => return command::exchange::run(&args, kpi::json::rate_text),
        Some(Command::Unit(args)) => return command::exchange::run(&args, kpi::json::unit_text),
        // Speaks JSON in both directions, and needs a runtime only to apply.
        Some(Command::Import(args)) => return command::import::run(&args),
        Some(Command::Serve(args)) => run(server::serve::run(args)),
        Some(Command::Demo(args)) => run(command::demo::run(args)),
        Some(Command::Replay(args)) => run(command::replay::run(args)),
        Some(Command::VerifyAudit(args)) => run(command::verify_audit::run(args)),
        Some(Command::Account(args)) => run(command::account::run(args)),
        None => run(server::serve::run(cli.serve)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            command::complain(&sentence);
            ExitCode::FAILURE
        }
    }
}

fn run(work: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    server::serve::log();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("Không khởi động được môi trường chạy: {error}"))?
        .block_on(work)
}
