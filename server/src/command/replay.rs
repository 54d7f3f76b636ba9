//! `congtam replay`: computes stored scores again from their stored inputs under their stored rules, and names every
//! one that differs.

use app::format::score;
use app::replay::run::run as replay;
use chrono::Utc;
use clap::Args;
use kpi::ids::AgencyId;
use kpi::period::Period;
use sqlx::PgPool;

use super::say;
use crate::config::DatabaseArgs;
use crate::database::Database;

/// Which months.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// Tháng đầu, ví dụ 2026-01; bỏ trống: từ tháng đầu tiên có phiếu.
    #[arg(long, value_parser = month)]
    from: Option<Period>,
    /// Tháng cuối, ví dụ 2026-11; bỏ trống: đến tháng cuối có phiếu.
    #[arg(long, value_parser = month)]
    to: Option<Period>,
    #[command(flatten)]
    database: DatabaseArgs,
}

fn month(text: &str) -> Result<Period, String> {
    text.parse()
        .map_err(|error: kpi::period::PeriodError| error.to_string())
}

/// Computes again and says what differs.
///
/// # Errors
/// One sentence: some score differs, the months are out of order, or the database failed.
pub async fn run(args: ReplayArgs) -> Result<(), String> {
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from > to
    {
        return Err(format!(
            "--from {from} sau --to {to}: tháng đầu phải trước tháng cuối."
        ));
    }
    let database = Database::open_beside_server(&args.database).await?;
    let outcome = every_agency(&database.pool, (args.from, args.to)).await;
    database.close().await;
    match outcome? {
        0 => Ok(()),
        differences => Err(format!(
            "Có {differences} điểm đang lưu không khớp với kết quả tính lại."
        )),
    }
}

async fn every_agency(
    pool: &PgPool,
    months: (Option<Period>, Option<Period>),
) -> Result<usize, String> {
    let failed = |error: &dyn std::fmt::Display| format!("Không tính lại được: {error}");
    let agencies = sqlx::query!("select agency_id, name from agency order by name")
        .fetch_all(pool)
        .await
        .map_err(|error| failed(&error))?;
    let mut differences = 0;
    for agency in agencies {
        let found = replay(pool, AgencyId(agency.agency_id), months, Utc::now())
            .await
            .map_err(|error| failed(&error))?;
        let Some((from, until)) = found.months else {
            say(&format!(
                "{}: không có phiếu nào trong khoảng này.",
                agency.name
            ));
            continue;
        };
        for one in &found.differences {
            let what: Vec<&str> = one.what.iter().map(|what| what.label()).collect();
            say(&format!(
                "KHÁC  {} ({}), {}: {}; đang lưu {}, tính lại {}.",
                one.name,
                one.code,
                one.period.label().to_lowercase(),
                what.join(", "),
                score(one.stored),
                score(one.computed)
            ));
        }
        say(&format!(
            "{}: đã tính lại {} điểm từ {} đến {}, {} khác biệt.",
            agency.name,
            found.checked,
            from.label().to_lowercase(),
            until.label().to_lowercase(),
            found.differences.len()
        ));
        differences += found.differences.len();
    }
    Ok(differences)
}
