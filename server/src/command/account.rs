//! `congtam account`: accounts without a browser, and the one-time link of an empty database.

use std::io::Read;
use std::net::SocketAddr;

use app::admin::accounts::steps::{self, Acting, Password, Wanted};
use app::admin::accounts::{Issued, store};
use app::admin::setup;
use app::error::AppError;
use app::state::{Clock, Hashing};
use clap::{Args, Subcommand};
use kpi::permission::Role;
use sqlx::PgPool;

use super::say;
use crate::config::DatabaseArgs;
use crate::database::Database;

/// What to do with which account.
#[derive(Debug, Args)]
pub struct AccountArgs {
    #[command(subcommand)]
    act: Act,
    #[command(flatten)]
    database: DatabaseArgs,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Tạo tài khoản; mật khẩu tạm được in ra một lần.
    Create(CreateArgs),
    /// Đặt lại mật khẩu và kết thúc mọi phiên.
    Reset(ResetArgs),
    /// Khóa tài khoản và kết thúc mọi phiên.
    Lock(LoginArgs),
    /// Mở khóa tài khoản.
    Unlock(LoginArgs),
    /// Liệt kê 50 tài khoản đầu tiên khớp với từ cần tìm.
    List(ListArgs),
}

#[derive(Debug, Args)]
struct CreateArgs {
    /// Tên tài khoản; có --officer thì có thể bỏ trống.
    #[arg(long, default_value = "")]
    login: String,
    /// Mã công chức của người dùng tài khoản.
    #[arg(long)]
    officer: Option<String>,
    /// leader, personnel hoặc administrator; lặp lại được.
    #[arg(long = "role", value_parser = role)]
    roles: Vec<Role>,
    /// Mã cơ quan; bỏ trống khi chỉ có một.
    #[arg(long)]
    agency: Option<String>,
    /// Đọc mật khẩu từ đầu vào chuẩn thay vì tạo mật khẩu tạm.
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
struct ResetArgs {
    /// Tên tài khoản.
    #[arg(long)]
    login: String,
    /// Đọc mật khẩu từ đầu vào chuẩn thay vì tạo mật khẩu tạm.
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
struct LoginArgs {
    /// Tên tài khoản.
    #[arg(long)]
    login: String,
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Mã cơ quan; bỏ trống khi chỉ có một.
    #[arg(long)]
    agency: Option<String>,
    /// Một phần của tên hoặc tài khoản.
    #[arg(long, default_value = "")]
    search: String,
}

fn role(text: &str) -> Result<Role, String> {
    text.parse::<Role>()
        .ok()
        .filter(|role| steps::GIVEN.contains(role))
        .ok_or_else(|| "vai trò là leader, personnel hoặc administrator".to_owned())
}

/// Runs one act on the configured database.
///
/// # Errors
/// One clear sentence.
pub async fn run(args: AccountArgs) -> Result<(), String> {
    let database = Database::open(&args.database).await?;
    let outcome = act(&database.pool, args.act).await;
    database.close().await;
    outcome
}

async fn act(pool: &PgPool, act: Act) -> Result<(), String> {
    match act {
        Act::Create(args) => create(pool, args).await,
        Act::Reset(args) => {
            let (acting, account) = found(pool, &args.login).await?;
            let password = password(args.password_stdin)?;
            let hashing = Hashing::default();
            let issued = steps::reset(pool, &hashing, acting, account, password)
                .await
                .map_err(sentence)?;
            show(&issued, args.password_stdin);
            Ok(())
        }
        Act::Lock(args) => set_locked(pool, &args.login, true).await,
        Act::Unlock(args) => set_locked(pool, &args.login, false).await,
        Act::List(args) => list(pool, &args).await,
    }
}

async fn create(pool: &PgPool, args: CreateArgs) -> Result<(), String> {
    let acting = acting(agency(pool, args.agency.as_deref()).await?);
    let officer = match &args.officer {
        Some(code) => Some(
            store::officer_by_code(pool, acting.agency, code)
                .await
                .map_err(|_| format!("Không có công chức mang mã “{code}”."))?,
        ),
        None => None,
    };
    let wanted = Wanted {
        officer,
        login: args.login,
        roles: args.roles,
        password: password(args.password_stdin)?,
    };
    let issued = steps::create(pool, &Hashing::default(), acting, wanted)
        .await
        .map_err(sentence)?;
    show(&issued, args.password_stdin);
    Ok(())
}

async fn set_locked(pool: &PgPool, login: &str, locked: bool) -> Result<(), String> {
    let (acting, account) = found(pool, login).await?;
    steps::set_locked(pool, acting, account, locked)
        .await
        .map_err(sentence)?;
    let done = if locked {
        "Đã khóa"
    } else {
        "Đã mở khóa"
    };
    say(&format!("{done} tài khoản {login}."));
    Ok(())
}

async fn list(pool: &PgPool, args: &ListArgs) -> Result<(), String> {
    let agency = agency(pool, args.agency.as_deref()).await?;
    let filter = store::Filter {
        search: &args.search,
        only: None,
        offset: 0,
    };
    let rows = store::list(pool, agency, Clock::default().today(), filter)
        .await
        .map_err(sentence)?;
    for row in &rows {
        let state = if row.locked { "khóa" } else { "dùng" };
        say(&format!(
            "{}\t{}\t{}\t{state}",
            row.login,
            row.full_name.as_deref().unwrap_or("–"),
            row.roles.join(",")
        ));
    }
    let total = rows.first().map_or(0, |row| row.total);
    say(&format!("{} trong {total} tài khoản.", rows.len()));
    Ok(())
}

fn acting(agency: uuid::Uuid) -> Acting {
    Acting {
        agency,
        actor: app::audit::Actor::default(),
    }
}

async fn agency(pool: &PgPool, code: Option<&str>) -> Result<uuid::Uuid, String> {
    store::agency(pool, code)
        .await
        .map_err(|error| match error {
            AppError::NotFound if code.is_none() => {
                "Chưa có cơ quan nào, hoặc có nhiều cơ quan: hãy nêu --agency MÃ.".to_owned()
            }
            AppError::NotFound => "Không có cơ quan mang mã này.".to_owned(),
            other => other.to_string(),
        })
}

async fn found(pool: &PgPool, login: &str) -> Result<(Acting, uuid::Uuid), String> {
    let login = login.trim().to_lowercase();
    let (agency, account) = store::by_login(pool, &login)
        .await
        .map_err(|error| match error {
            AppError::NotFound => format!("Không có tài khoản “{login}”."),
            other => other.to_string(),
        })?;
    Ok((acting(agency), account))
}

/// The first line of standard input, or a temporary password to be made.
fn password(from_stdin: bool) -> Result<Password, String> {
    if !from_stdin {
        return Ok(Password::Temporary);
    }
    let mut typed = String::new();
    std::io::stdin()
        .take(4096)
        .read_to_string(&mut typed)
        .map_err(|error| format!("Không đọc được mật khẩu từ đầu vào chuẩn: {error}"))?;
    Ok(Password::Chosen(
        typed.lines().next().unwrap_or_default().to_owned(),
    ))
}

fn show(issued: &Issued, chosen: bool) {
    say(&format!("Tài khoản: {}", issued.login));
    if !chosen {
        say(&format!(
            "Mật khẩu tạm (chỉ hiện một lần, phải đổi khi đăng nhập): {}",
            issued.password
        ));
    }
}

fn sentence(error: AppError) -> String {
    error.to_string()
}

/// Prints the one-time set-up link when no agency exists; an earlier unused link ends.
///
/// # Errors
/// One clear sentence.
pub async fn announce_setup(pool: &PgPool, listen: SocketAddr) -> Result<(), String> {
    if let Some(token) = setup::new_link(pool).await.map_err(sentence)? {
        say(
            "Cơ sở dữ liệu chưa có cơ quan nào. Mở đường dẫn sau, dùng được một lần, để thiết lập:",
        );
        say(&format!("  http://{listen}/setup/{token}"));
    }
    Ok(())
}
