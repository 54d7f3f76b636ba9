//! Settings of the command line; each is an environment variable too.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};

use crate::command;

mod mail;

pub use mail::{Mail, MailArgs};

/// Đo kết quả công việc của công chức theo Nghị định 335/2025/NĐ-CP.
#[derive(Debug, Parser)]
#[command(name = "congtam", version, about, long_about = None)]
pub struct Cli {
    /// What to do; `serve` without one.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Settings of `serve`.
    #[command(flatten)]
    pub serve: ServeArgs,
}

/// Sub-commands of `congtam`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Chạy máy chủ (mặc định).
    Serve(ServeArgs),
    /// Chấm điểm một kỳ từ JSON (tệp hoặc đầu vào chuẩn).
    Score(command::exchange::ExchangeArgs),
    /// Xếp loại một năm của công chức trong một tổ chức từ JSON.
    Rate(command::exchange::ExchangeArgs),
    /// Chấm điểm và xếp loại một tổ chức từ JSON.
    Unit(command::exchange::ExchangeArgs),
    /// Nhập danh mục hoặc danh sách người từ tệp xlsx.
    Import(command::import::ImportArgs),
    /// Tạo cơ quan mẫu trong một cơ sở dữ liệu trống.
    Demo(command::demo::DemoArgs),
    /// Tính lại điểm đã lưu từ dữ liệu đã lưu và nêu điểm nào khác.
    Replay(command::replay::ReplayArgs),
    /// Kiểm tra chuỗi niêm phong của nhật ký và nêu dòng sai đầu tiên.
    VerifyAudit(command::verify_audit::VerifyAuditArgs),
    /// Tạo, đặt lại, khóa tài khoản.
    Account(command::account::AccountArgs),
}

/// Where the database is.
#[derive(Clone, Debug, Args)]
pub struct DatabaseArgs {
    /// PostgreSQL của cơ quan; không có thì máy chủ tự chạy một PostgreSQL riêng.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// Chủ sở hữu các bảng, chỉ dùng để cập nhật cấu trúc; DATABASE_URL khi đó là một vai trò không sửa được nhật ký.
    #[arg(long, env = "CONGTAM_OWNER_URL", hide_env_values = true, global = true)]
    pub owner_url: Option<String>,
    /// Kết nối để nghe thay đổi (LISTEN) khi khác với DATABASE_URL.
    #[arg(
        long,
        env = "CONGTAM_LISTEN_URL",
        hide_env_values = true,
        global = true
    )]
    pub listen_url: Option<String>,
    /// Thư mục dữ liệu của PostgreSQL riêng.
    #[arg(long, env = "CONGTAM_DATA_DIR", global = true)]
    pub data_dir: Option<PathBuf>,
}

/// Settings of the server.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// Địa chỉ và cổng lắng nghe.
    #[arg(long, env = "CONGTAM_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Tạo cơ quan mẫu nếu cơ sở dữ liệu trống.
    #[arg(long, env = "CONGTAM_DEMO")]
    pub demo: bool,
    /// Cookie chỉ gửi qua HTTPS; mặc định bật, trừ khi lắng nghe trên máy này (127.0.0.1).
    #[arg(long, env = "CONGTAM_SECURE_COOKIE")]
    pub secure_cookie: Option<bool>,
    /// Máy chủ đứng sau một proxy tin cậy trên máy này, proxy ghi đè X-Forwarded-For.
    #[arg(long, env = "CONGTAM_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Coi ngày này là hôm nay (dành cho trình diễn và kiểm thử).
    #[arg(long, env = "CONGTAM_TODAY", value_parser = parse_day)]
    pub today: Option<NaiveDate>,
    /// Thư mục của trang (mặc định: `site` bên cạnh tệp chạy).
    #[arg(long, env = "CONGTAM_SITE")]
    pub site: Option<PathBuf>,
    /// Gửi thư điện tử: tóm tắt hằng ngày và nhắc hạn.
    #[command(flatten)]
    pub mail: MailArgs,
    /// Where the database is.
    #[command(flatten)]
    pub database: DatabaseArgs,
}

pub(crate) fn parse_day(text: &str) -> Result<NaiveDate, String> {
    app::format::parse_day(text)
        .ok_or_else(|| "ngày phải có dạng yyyy-MM-dd hoặc dd/MM/yyyy".to_owned())
}

impl DatabaseArgs {
    /// Refuses settings that contradict each other.
    ///
    /// # Errors
    /// One clear sentence.
    pub fn check(&self) -> Result<(), String> {
        if self.database_url.is_some() && self.data_dir.is_some() {
            return Err(
                "Đặt DATABASE_URL hoặc CONGTAM_DATA_DIR (--data-dir), không đặt cả hai: \
                        thư mục dữ liệu chỉ dành cho PostgreSQL riêng."
                    .to_owned(),
            );
        }
        if self.listen_url.is_some() && self.database_url.is_none() {
            return Err("CONGTAM_LISTEN_URL chỉ có nghĩa khi có DATABASE_URL.".to_owned());
        }
        if self.owner_url.is_some() && self.database_url.is_none() {
            return Err("CONGTAM_OWNER_URL chỉ có nghĩa khi có DATABASE_URL.".to_owned());
        }
        for (name, url) in [
            ("DATABASE_URL", &self.database_url),
            ("CONGTAM_OWNER_URL", &self.owner_url),
        ] {
            if url.as_deref().is_some_and(|url| {
                !url.starts_with("postgres://") && !url.starts_with("postgresql://")
            }) {
                return Err(format!(
                    "{name} phải bắt đầu bằng postgres:// hoặc postgresql://."
                ));
            }
        }
        Ok(())
    }
}

impl ServeArgs {
    /// Refuses settings that contradict each other.
    ///
    /// # Errors
    /// One clear sentence.
    pub fn check(&self) -> Result<(), String> {
        self.database.check()?;
        if self.today.is_some() && !self.listen.ip().is_loopback() {
            return Err("--today chỉ dùng khi lắng nghe trên máy này (127.0.0.1).".to_owned());
        }
        Ok(())
    }

    /// Whether the cookie is sent over HTTPS only.
    pub fn secure(&self) -> bool {
        self.secure_cookie
            .unwrap_or(!self.listen.ip().is_loopback())
    }
}
