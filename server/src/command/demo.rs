//! `congtam demo`: makes the demo agency in an empty database and says how to sign in.

use app::auth::password::hash_now;
use app::state::Clock;
use chrono::NaiveDate;
use clap::Args;
use sqlx::PgPool;

use super::say;
use crate::config::DatabaseArgs;
use crate::database::Database;
use crate::demo::accounts::{PASSWORD, SEATED_UNIT, login_of, seats};
use crate::demo::organisation::UNITS;
use crate::demo::store::{Found, find, write};
use crate::demo::{AGENCY_NAME, plan};

/// Settings of `congtam demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Coi ngày này là hôm nay.
    #[arg(long, env = "CONGTAM_TODAY", value_parser = crate::config::parse_day)]
    today: Option<NaiveDate>,
    /// Where the database is.
    #[command(flatten)]
    database: DatabaseArgs,
}

const NOT_EMPTY: &str =
    "Cơ sở dữ liệu đã có cơ quan: cơ quan mẫu chỉ tạo được trong một cơ sở dữ liệu trống.";

/// Creates the demo agency in an empty database.
///
/// # Errors
/// One sentence: the database holds an agency already, or failed.
pub async fn run(args: DemoArgs) -> Result<(), String> {
    let database = Database::open(&args.database).await?;
    let clock = args.today.map_or_else(Clock::default, Clock::fixed);
    let outcome = create(database.owner(), clock).await;
    database.close().await;
    outcome.map(|()| announce())
}

/// Creates the demo agency for a fresh database, keeps it where it exists, refuses beside another agency.
///
/// # Errors
/// One sentence.
pub async fn ensure(pool: &PgPool, clock: Clock) -> Result<(), String> {
    match find(pool).await.map_err(failed)? {
        Found::Nothing => create(pool, clock).await?,
        Found::Demo => {}
        Found::Other => return Err(NOT_EMPTY.to_owned()),
    }
    announce();
    Ok(())
}

/// Makes and stores the demo agency.
///
/// # Errors
/// One sentence: an agency is there already, or the database failed.
pub async fn create(pool: &PgPool, clock: Clock) -> Result<(), String> {
    if find(pool).await.map_err(failed)? != Found::Nothing {
        return Err(NOT_EMPTY.to_owned());
    }
    let plan = plan(clock.today())?;
    // One hash for all: everybody may know the password.
    let hash = hash_now(PASSWORD).map_err(|error| error.to_string())?;
    if write(pool, &plan, &hash).await.map_err(failed)? {
        Ok(())
    } else {
        Err(NOT_EMPTY.to_owned())
    }
}

/// Role, login name and password of the demo accounts with a story of their own.
pub fn accounts() -> Vec<(&'static str, &'static str, &'static str)> {
    seats()
        .iter()
        .map(|seat| (seat.label, seat.login, PASSWORD))
        .collect()
}

fn announce() {
    say(&format!(
        "Cơ quan mẫu: {AGENCY_NAME}. Mật khẩu của mọi tài khoản: {PASSWORD}"
    ));
    for (label, login, _) in accounts() {
        say(&format!("  {login:<12} {label}"));
    }
    let last = UNITS.get(SEATED_UNIT).map_or(0, |unit| unit.people - 1);
    let unit = UNITS.get(SEATED_UNIT).map_or("", |unit| unit.name);
    say(&format!("  {}–{}  {unit}", login_of(1), login_of(last)));
}

fn failed(error: impl std::fmt::Display) -> String {
    format!("Không ghi được cơ quan mẫu: {error}")
}
