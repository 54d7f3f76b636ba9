//! The worker: takes one job after another, prints its people part by part, and says after each part that it lives.

use std::future::Future;
use std::io::{Cursor, Read, Write};
use std::time::Duration;

use forms::{Data, Format, Request};
use kpi::ids::{AccountId, AgencyId, OfficerId, UnitId};
use kpi::period::Period;
use kpi::permission::Permission;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use tokio::time::sleep;
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::store::{self, Job};
use crate::audit;
use crate::auth::{Access, check, store::load_actor};
use crate::error::AppError;
use crate::live;
use crate::report::store::{NewPrint, put_prints};
use crate::report::{compose, print, program};
use crate::state::Clock;

/// How often it is looked for a job.
const PAUSE: Duration = Duration::from_secs(1);
/// How often a running job says that it lives.
const PULSE: Duration = Duration::from_secs(10);
/// People printed in one go.
const PART: usize = 20;
/// Days that a file is kept.
pub const KEPT: i32 = 14;
/// How often a job is begun before it is given up.
const ATTEMPTS: i32 = 3;

/// Works for ever. A failure of the database is logged, and tried again.
pub async fn run(pool: PgPool, clock: Clock) {
    let mut idle: u32 = 0;
    loop {
        match turn(&pool, clock).await {
            Ok(true) => continue,
            Ok(false) => sleep(PAUSE).await,
            Err(error) => {
                tracing::warn!(%error, "the queue of prints could not be read; trying again");
                sleep(PAUSE * 5).await;
            }
        }
        // About once an hour.
        idle = (idle + 1) % 3600;
        if idle == 1
            && let Err(error) = store::remove_old(&pool, KEPT).await
        {
            tracing::warn!(%error, "old prints could not be removed");
        }
    }
}

/// Does the next job, if one waits; returns whether there was one.
///
/// # Errors
/// The database's failure; a failure of the job itself is stored with it.
pub async fn turn(pool: &PgPool, clock: Clock) -> Result<bool, AppError> {
    let Some(job) = store::take(pool).await? else {
        return Ok(false);
    };
    let outcome = if job.attempts > ATTEMPTS {
        Err(AppError::invalid(
            "job",
            "Máy chủ đã dừng giữa chừng ba lần khi in; hãy thử in từng đơn vị.",
            "",
        ))
    } else {
        made(pool, clock, &job).await
    };
    if let Err(error) = outcome {
        store::fail(pool, &job, &error.to_string()).await?;
        tell(pool, clock, &job).await?;
    }
    Ok(true)
}

/// Everything printed so far.
#[derive(Default)]
struct Made {
    prints: Vec<NewPrint>,
    /// Papers of one file.
    sheets: Vec<Data>,
    /// Files of an archive: name and content.
    files: Vec<(String, Vec<u8>)>,
}

async fn made(pool: &PgPool, clock: Clock, job: &Job) -> Result<(), AppError> {
    let access = access(pool, clock, job).await?;
    let people = people(pool, &access, job).await?;
    let total = i32::try_from(people.len()).map_err(AppError::inner)?;
    if people.is_empty() {
        let message = "Chưa có phiếu nào trong kỳ này, nên chưa có gì để in.";
        return Err(AppError::invalid("job", message, ""));
    }
    let chain = print::chain(pool, &access).await?;
    let mut made = Made::default();
    let mut done = 0;
    for part in people.chunks(PART) {
        if !store::alive(pool, job, done, total).await? {
            return Ok(());
        }
        tell(pool, clock, job).await?;
        let compose::Composed { mut data, papers } =
            composed(pool, &access, clock, job, part).await?;
        let codes = print::stamp(&mut data, chain.as_ref());
        let rows = print::rows(&papers, &data, codes, "pdf", Some(job.job))?;
        if job.pack == "zip" {
            let request = Request {
                format: Format::Zip,
                data,
            };
            let archive = living(
                pool,
                job,
                (done, total),
                program::run(&request, program::LONG),
            )
            .await?;
            unpack(&archive, &rows, &mut made)?;
        } else {
            made.sheets.push(data);
        }
        made.prints.extend(rows);
        done += i32::try_from(part.len()).map_err(AppError::inner)?;
    }
    let file = if job.pack == "zip" {
        packed(std::mem::take(&mut made.files))?
    } else {
        let data = joined(std::mem::take(&mut made.sheets))?;
        let request = Request {
            format: Format::Pdf,
            data,
        };
        let file = living(
            pool,
            job,
            (done, total),
            program::run(&request, program::LONG),
        )
        .await?;
        let hash: [u8; 32] = Sha256::digest(&file).into();
        for print in &mut made.prints {
            print.file = hash;
        }
        file
    };
    keep(pool, &access, job, &made.prints, &file).await?;
    tell(pool, clock, job).await
}

/// Whoever asked, with the rights that he has now.
async fn access(pool: &PgPool, clock: Clock, job: &Job) -> Result<Access, AppError> {
    let account = AccountId(job.account);
    let actor = load_actor(pool, AgencyId(job.agency), account, clock.today())
        .await?
        .ok_or(AppError::Forbidden)?;
    check(actor.clone(), Permission::PrintAgency)?;
    check(
        actor,
        match job.year {
            Some(_) => Permission::ViewRating,
            None => Permission::ViewMonth,
        },
    )
}

async fn people(pool: &PgPool, access: &Access, job: &Job) -> Result<Vec<Uuid>, AppError> {
    let agency = access.actor.agency;
    match (job.period, job.year) {
        (Some(period), _) => {
            let period = Period::of(period).map_err(AppError::inner)?;
            crate::report::store::people_of_agency(pool, agency, period).await
        }
        (None, Some(year)) => crate::report::store::people_of_year(pool, agency, year).await,
        (None, None) => Ok(Vec::new()),
    }
}

async fn composed(
    pool: &PgPool,
    access: &Access,
    clock: Clock,
    job: &Job,
    people: &[Uuid],
) -> Result<compose::Composed, AppError> {
    let today = clock.today();
    match (job.period, job.year) {
        (Some(period), _) => {
            let period = Period::of(period).map_err(AppError::inner)?;
            compose::sheets(pool, access, today, (period, people)).await
        }
        (None, Some(year)) => compose::year_sheets(pool, access, today, (year, people)).await,
        (None, None) => Err(AppError::NotFound),
    }
}

/// Waits for a part, and says meanwhile that the job lives.
async fn living<T>(
    pool: &PgPool,
    job: &Job,
    (done, total): (i32, i32),
    part: impl Future<Output = Result<T, AppError>>,
) -> Result<T, AppError> {
    tokio::pin!(part);
    loop {
        tokio::select! {
            outcome = &mut part => return outcome,
            () = sleep(PULSE) => {
                store::alive(pool, job, done, total).await?;
            }
        }
    }
}

/// Takes the files out of a part's archive, under the names of their people's order and codes.
fn unpack(archive: &[u8], rows: &[NewPrint], made: &mut Made) -> Result<(), AppError> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(AppError::inner)?;
    for row in rows {
        let code = print::printed(&row.code);
        let mut file = archive
            .by_name(&format!("{code}.pdf"))
            .map_err(AppError::inner)?;
        let mut content = Vec::new();
        file.read_to_end(&mut content).map_err(AppError::inner)?;
        let ordinal = made.files.len() + 1;
        made.files
            .push((format!("{ordinal:04}-{code}.pdf"), content));
    }
    Ok(())
}

fn packed(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, AppError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in files {
        archive.start_file(name, options).map_err(AppError::inner)?;
        archive.write_all(&content).map_err(AppError::inner)?;
    }
    Ok(archive.finish().map_err(AppError::inner)?.into_inner())
}

/// The parts as one file.
fn joined(parts: Vec<Data>) -> Result<Data, AppError> {
    let mut months = Vec::new();
    let mut years = Vec::new();
    for part in parts {
        match part {
            Data::MonthSheet(sheets) => months.extend(sheets),
            Data::YearSheet(sheets) => years.extend(sheets),
            _ => return Err(AppError::inner("a job prints sheets of months or years")),
        }
    }
    Ok(if years.is_empty() {
        Data::MonthSheet(months)
    } else {
        Data::YearSheet(years)
    })
}

/// Keeps the file, its papers on record and who printed them, at once.
async fn keep(
    pool: &PgPool,
    access: &Access,
    job: &Job,
    prints: &[NewPrint],
    file: &[u8],
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    if !store::finish(&mut db, job, file).await? {
        return Ok(());
    }
    put_prints(&mut db, access, prints).await?;
    let detail = json!({
        "period": job.period.map(|period| period.to_string()),
        "year": job.year,
        "pack": job.pack,
        "papers": prints.len(),
    });
    let agency = access.actor.agency;
    let subject = ("report_job", Some(job.job));
    audit::write(
        &mut db,
        agency,
        access.actor.audit(),
        "report.print_agency",
        subject,
        detail,
    )
    .await?;
    if let Some(officer) = access.actor.officer {
        let text = format!(
            "Tệp in {} phiếu đã xong, giữ trong {KEPT} ngày.",
            prints.len()
        );
        live::notify(&mut db, agency.0, officer, &text, "/report").await?;
    }
    db.commit().await?;
    Ok(())
}

/// Moves the page of whoever asked: a change row of his own, which adds nothing to any sum.
async fn tell(pool: &PgPool, clock: Clock, job: &Job) -> Result<(), AppError> {
    let agency = AgencyId(job.agency);
    let today = clock.today();
    let actor = load_actor(pool, agency, AccountId(job.account), today).await?;
    let Some(officer) = actor.and_then(|actor| actor.officer) else {
        return Ok(());
    };
    let Some(unit) = store::unit_of(pool, job.agency, officer.0, today).await? else {
        return Ok(());
    };
    let moved = live::store::Moved {
        agency,
        period: Period::of(today).map_err(AppError::inner)?.first_day(),
        unit: UnitId(unit),
        officer: OfficerId(officer.0),
        kind: "report",
    };
    let mut db = pool.acquire().await?;
    live::store::append(&mut db, moved, live::store::Delta::default()).await
}
