//! import
use clap::Args;
/// x
#[derive(Debug, Args)]
pub struct AccountArgs {}
/// x
pub async fn run(_: AccountArgs) -> Result<(), String> {
    Ok(())
}
/// x
pub async fn announce_setup(_: &sqlx::PgPool, _: std::net::SocketAddr) -> Result<(), String> {
    Ok(())
}
