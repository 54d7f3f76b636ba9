//! The speed of the main paths as ratios in one run: pages against a bare handler, a report against pgbench,
//! a commit's way to a hundred screens, pages while others sign in; the SQL statements of each request; and
//! the rules alone, by case.
#![expect(clippy::print_stdout, reason = "a command line speaks to its user")]

mod audit;
mod bare;
mod live;
mod pages;
mod reports;
mod rules;
mod scene;
mod seed;
mod statements;

use clap::Parser;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use scene::Scene;

/// What is measured.
#[derive(Debug, Parser)]
pub struct Args {
    /// Officers.
    #[arg(long, default_value_t = 1_000)]
    people: i32,
    /// Units below the root.
    #[arg(long, default_value_t = 40)]
    units: i32,
    /// Work items of the first pass.
    #[arg(long, default_value_t = 10_000)]
    items: i32,
    /// How many times as many in the second pass.
    #[arg(long, default_value_t = 10)]
    times: i32,
    /// Requests behind each figure.
    #[arg(long, default_value_t = 200)]
    requests: usize,
    /// Rows of the audit chain that is verified; 0 leaves it out.
    #[arg(long, default_value_t = 100_000)]
    audit_rows: i64,
    /// Seconds of writing behind each throughput.
    #[arg(long, default_value_t = 8)]
    seconds: u64,
}

fn main() -> Result<(), String> {
    tracing_subscriber::registry()
        .with(statements::Counter)
        .init();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?
        .block_on(run(Args::parse()))
}

async fn run(args: Args) -> Result<(), String> {
    rules::measure()?;
    for times in [1, args.times] {
        let items = args.items * times;
        println!(
            "\n== {} people, {} units, {items} work items",
            args.people, args.units
        );
        let scene = Scene::open(&args, items).await?;
        let mut outcome = measure(&scene, &args).await;
        // Once, beside the smaller agency.
        if outcome.is_ok() && times == 1 && args.audit_rows > 0 {
            outcome = audit::measure(&scene, args.audit_rows).await;
        }
        scene.close().await;
        outcome?;
    }
    Ok(())
}

async fn measure(scene: &Scene, args: &Args) -> Result<(), String> {
    pages::measure(scene, args).await?;
    reports::measure(scene, args).await?;
    live::measure(scene).await?;
    pages::during_sign_ins(scene, args).await
}
