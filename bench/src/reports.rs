//! A progress report on its full path, committed, against pgbench sending the same statements to the same database.

use std::time::{Duration, Instant};

use futures::future::join_all;
use tokio::process::Command;
use uuid::Uuid;

use crate::Args;
use crate::scene::{Scene, ms, percentile, text};
use crate::statements;

/// The statements of a report, for pgbench.
const SCRIPT: &str = include_str!("../report.sql");
/// Reports under way at once.
const CLIENTS: i32 = 8;

/// The form of a report on item `item` of person `person`.
pub async fn form(scene: &Scene, person: i32, item: i32, round: usize) -> Result<String, String> {
    let (assignment, version): (Uuid, i32) = sqlx::query_as(
        "select assignment_id, version from assignment where agency_id = md5('agency')::uuid and period = '2026-11-01'
         and assignment_id = md5('assignment0-' || $1 || '-' || $2)::uuid",
    )
    .bind(person)
    .bind(item)
    .fetch_one(&scene.pool)
    .await
    .map_err(text)?;
    Ok(filled(assignment, version, round))
}

fn filled(assignment: Uuid, version: i32, round: usize) -> String {
    let done = if round.is_multiple_of(2) { "2" } else { "3" };
    format!(
        "period=2026-11&assignment={assignment}&quantity_done={done}&work_day=2026-11-10&note=bench&version={version}&key={}",
        Uuid::now_v7()
    )
}

/// Reports a second and their latency, beside pgbench's.
pub async fn measure(scene: &Scene, args: &Args) -> Result<(), String> {
    let cookie = scene.sign_in("nguoi90").await?;
    let first = form(scene, 90, 1, 1).await?;
    let (answer, sent) =
        statements::count(scene.post("/api/progress/report", &cookie, first)).await;
    answer?;
    let own = reports_a_second(scene, args).await?;
    let raw = pgbench(scene, args).await?;
    let listed = SCRIPT
        .lines()
        .filter(|line| line.trim_end().ends_with(';'))
        .count();
    println!(
        "progress report: {:.0}/s, median {}; pgbench {raw:.0}/s; {:.2} × pgbench ({} statements, {listed} in the script)",
        own.0,
        ms(own.1),
        own.0 / raw,
        sent.len()
    );
    Ok(())
}

async fn reports_a_second(scene: &Scene, args: &Args) -> Result<(f64, Duration), String> {
    let mut writers = Vec::new();
    for person in 101..101 + CLIENTS {
        let cookie = scene.sign_in(&format!("nguoi{person}")).await?;
        let (assignment, version): (Uuid, i32) = sqlx::query_as(
            "select assignment_id, version from assignment where assignment_id = md5('assignment0-' || $1 || '-1')::uuid",
        )
        .bind(person)
        .fetch_one(&scene.pool)
        .await
        .map_err(text)?;
        writers.push((cookie, assignment, version));
    }
    let begin = Instant::now();
    let limit = Duration::from_secs(args.seconds);
    let written = join_all(writers.into_iter().map(
        |(cookie, assignment, mut version)| async move {
            let mut times = Vec::new();
            while begin.elapsed() < limit {
                times.push(
                    scene
                        .post(
                            "/api/progress/report",
                            &cookie,
                            filled(assignment, version, times.len()),
                        )
                        .await?,
                );
                version += 1;
            }
            Ok::<_, String>(times)
        },
    ))
    .await;
    let elapsed = begin.elapsed();
    let mut times: Vec<Duration> = written
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect();
    let count = u32::try_from(times.len()).map_err(text)?;
    Ok((
        f64::from(count) / elapsed.as_secs_f64(),
        percentile(&mut times, 50),
    ))
}

async fn pgbench(scene: &Scene, args: &Args) -> Result<f64, String> {
    let script = std::env::temp_dir().join(format!("congtam-bench-{}.sql", std::process::id()));
    std::fs::write(&script, SCRIPT).map_err(text)?;
    let answer = Command::new(program())
        .args([
            "--no-vacuum",
            "--protocol=prepared",
            "--client",
            &CLIENTS.to_string(),
            "--jobs=2",
        ])
        .args(["--time", &args.seconds.to_string(), "--file"])
        .arg(&script)
        .arg(&scene.url)
        .output()
        .await
        .map_err(|error| format!("pgbench did not start: {error}"))?;
    let _ = std::fs::remove_file(&script);
    let said = String::from_utf8_lossy(&answer.stdout).into_owned();
    said.lines()
        .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok())
        .ok_or_else(|| format!("pgbench: {said}{}", String::from_utf8_lossy(&answer.stderr)))
}

/// Debian keeps pgbench beside the server's binaries.
fn program() -> std::path::PathBuf {
    let beside = std::fs::read_dir("/usr/lib/postgresql")
        .ok()
        .and_then(|versions| {
            versions
                .flatten()
                .map(|version| version.path().join("bin/pgbench"))
                .filter(|file| file.is_file())
                .max()
        });
    beside.unwrap_or_else(|| "pgbench".into())
}
