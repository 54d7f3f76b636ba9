//! `congtam verify-audit`: checks every agency's chain of audit rows and names the first bad row.

use std::time::Instant;

use app::audit::chain::Head;
use app::audit::verify::{Verified, agencies, verify};
use clap::Args;
use kpi::ids::AgencyId;
use sqlx::{PgConnection, PgPool};

use super::say;
use crate::config::DatabaseArgs;
use crate::database::Database;

/// Which chain, and what is known of it from elsewhere.
#[derive(Debug, Args)]
pub struct VerifyAuditArgs {
    /// Mã cơ quan; bỏ trống: mọi cơ quan.
    #[arg(long)]
    agency: Option<String>,
    /// Đầu chuỗi đã in trên biểu mẫu hoặc đã giữ ở nơi khác, dạng SỐ:MÃ; chuỗi phải đi qua nó. Cần --agency khi có nhiều cơ quan.
    #[arg(long)]
    head: Option<Head>,
    /// Where the database is.
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Checks, and says rows and seconds for each agency.
///
/// # Errors
/// One sentence: some row is bad, no such agency, or the database failed.
pub async fn run(args: VerifyAuditArgs) -> Result<(), String> {
    let database = Database::open_beside_server(&args.database).await?;
    let outcome = check(&database.pool, args.agency.as_deref(), args.head).await;
    database.close().await;
    match outcome? {
        0 => Ok(()),
        bad => Err(format!(
            "Nhật ký của {bad} cơ quan không còn nguyên vẹn, hoặc chưa được niêm phong đủ."
        )),
    }
}

/// The number of agencies with a fault.
async fn check(pool: &PgPool, code: Option<&str>, kept: Option<Head>) -> Result<usize, String> {
    // One snapshot for all: rows that are written and sealed meanwhile are not half seen.
    let mut db = pool
        .begin_with("begin isolation level repeatable read read only")
        .await
        .map_err(failed)?;
    let chosen = chosen(&mut db, code).await?;
    if kept.is_some() && chosen.len() != 1 {
        return Err("Đầu chuỗi là của một cơ quan: hãy nêu --agency MÃ.".to_owned());
    }
    let mut bad = 0;
    for (agency, name) in chosen {
        let began = Instant::now();
        let found = verify(&mut db, agency, kept).await.map_err(failed)?;
        say(&told(&name, &found, began.elapsed().as_secs_f64()));
        bad += usize::from(found.fault.is_some());
    }
    Ok(bad)
}

fn told(name: &str, found: &Verified, seconds: f64) -> String {
    if let Some(fault) = &found.fault {
        return format!(
            "SAI  {name}: {fault}. {} dòng trước đó còn nguyên vẹn.",
            found.rows
        );
    }
    let seconds = format!("{seconds:.2}").replace('.', ",");
    let waiting = match found.waiting {
        0 => String::new(),
        waiting => format!(", {waiting} dòng đang chờ niêm phong"),
    };
    let head = found
        .head
        .map_or_else(|| "chưa có".to_owned(), |head| head.to_string());
    format!(
        "{name}: {} dòng nguyên vẹn{waiting}, {seconds} giây. Đầu chuỗi: {head}",
        found.rows
    )
}

/// The agencies to check and how to name them; one that only the log knows is named by its id.
async fn chosen(
    db: &mut PgConnection,
    code: Option<&str>,
) -> Result<Vec<(AgencyId, String)>, String> {
    let known = sqlx::query!("select agency_id, code, name from agency order by name")
        .fetch_all(&mut *db)
        .await
        .map_err(failed)?;
    if let Some(code) = code {
        return known
            .into_iter()
            .find(|row| row.code == code)
            .map(|row| vec![(AgencyId(row.agency_id), row.name)])
            .ok_or_else(|| "Không có cơ quan mang mã này.".to_owned());
    }
    let logged = agencies(db).await.map_err(failed)?;
    Ok(logged
        .into_iter()
        .map(|agency| {
            let name = known
                .iter()
                .find(|row| row.agency_id == agency.0)
                .map_or_else(
                    || format!("Cơ quan lạ {}", agency.0),
                    |row| row.name.clone(),
                );
            (agency, name)
        })
        .collect())
}

fn failed(error: impl std::fmt::Display) -> String {
    format!("Không kiểm tra được nhật ký: {error}")
}
