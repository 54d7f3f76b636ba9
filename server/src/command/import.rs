//! import
use clap::Args;
/// x
#[derive(Debug, Args)]
pub struct ImportArgs {}
/// x
pub async fn run(_: ImportArgs) -> Result<(), String> {
    Ok(())
}
