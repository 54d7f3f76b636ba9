//! import
use clap::Args;
/// x
#[derive(Debug, Args)]
pub struct DemoArgs {}
/// x
pub async fn run(_: DemoArgs) -> Result<(), String> {
    Ok(())
}
/// x
pub async fn ensure(_: &sqlx::PgPool, _: app::state::Clock) -> Result<(), String> {
    Ok(())
}
