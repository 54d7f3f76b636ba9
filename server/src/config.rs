//! Settings of the command line; each is an environment variable too.

use std::net::SocketAddr;
use std::path::PathBuf;

use app::mail::{BaseUrl, Fault, Smtp};
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};

use crate::command;

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

/// Over what mail is sent; without a server none is.
#[derive(Clone, Debug, Default, Args)]
pub struct MailArgs {
    /// Máy chủ SMTP để gửi thư: smtps://tên:mật-khẩu@máy-chủ hoặc smtp://…?tls=required; không có thì không gửi thư nào.
    #[arg(long, env = "CONGTAM_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Người gửi của thư, ví dụ "Công Tâm <congtam@coquan.gov.vn>".
    #[arg(long, env = "CONGTAM_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Địa chỉ mà mọi người mở Công Tâm, cho các liên kết trong thư: https://congtam.coquan.gov.vn.
    #[arg(long, env = "CONGTAM_PUBLIC_URL")]
    pub public_url: Option<String>,
}

/// Settings of mail that fit together.
pub struct Mail {
    /// The agency's SMTP server.
    pub smtp: Smtp,
    /// What links begin with.
    pub base: BaseUrl,
}

impl MailArgs {
    /// How mail is sent; none without an SMTP server.
    ///
    /// # Errors
    /// One clear sentence for settings that contradict each other; it never holds the password.
    pub fn read(&self) -> Result<Option<Mail>, String> {
        let base = match self.public_url.as_deref().map(BaseUrl::parse) {
            Some(None) => {
                return Err("CONGTAM_PUBLIC_URL phải có dạng https://máy-chủ hoặc http://máy-chủ:cổng, không có đường dẫn.".to_owned());
            }
            known => known.flatten(),
        };
        let Some(url) = &self.smtp_url else {
            return match self.mail_from {
                Some(_) => {
                    Err("CONGTAM_MAIL_FROM chỉ có nghĩa khi có CONGTAM_SMTP_URL.".to_owned())
                }
                None => Ok(None),
            };
        };
        let from = self
            .mail_from
            .as_deref()
            .ok_or("CONGTAM_SMTP_URL cần CONGTAM_MAIL_FROM: địa chỉ người gửi của thư.")?;
        let base = base.ok_or(
            "CONGTAM_SMTP_URL cần CONGTAM_PUBLIC_URL: địa chỉ mà các liên kết trong thư dẫn đến.",
        )?;
        let smtp = Smtp::parse(url, from, &base).map_err(|fault| match fault {
            Fault::Url => "CONGTAM_SMTP_URL phải có dạng smtps://tên:mật-khẩu@máy-chủ, smtp://máy-chủ:cổng hoặc smtp://…?tls=required.",
            Fault::NoPassword => "CONGTAM_SMTP_URL có tên đăng nhập nhưng không có mật khẩu.",
            Fault::PasswordInClear => "CONGTAM_SMTP_URL gửi mật khẩu qua mạng không mã hóa: hãy dùng smtps:// hoặc thêm ?tls=required.",
            Fault::From => "CONGTAM_MAIL_FROM phải là một địa chỉ thư, ví dụ Công Tâm <congtam@coquan.gov.vn>.",
        })?;
        Ok(Some(Mail { smtp, base }))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// How mail of these settings is sent, or the sentence of the refusal.
    fn mail(smtp: &str, from: &str, public: &str) -> Result<Option<Mail>, String> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let args = MailArgs {
            smtp_url: given(smtp),
            mail_from: given(from),
            public_url: given(public),
        };
        args.read()
    }

    const FROM: &str = "Công Tâm <congtam@ban.gov.vn>";
    const PUBLIC: &str = "https://congtam.ban.gov.vn";

    #[test]
    fn without_a_server_no_mail_is_sent() {
        assert!(mail("", "", "").unwrap().is_none());
        assert!(mail("", "", PUBLIC).unwrap().is_none());
    }

    #[test]
    fn servers_of_every_kind_are_read() {
        for url in [
            "smtps://congtam:s%40cret@mail.ban.gov.vn",
            "smtp://congtam:secret@mail.ban.gov.vn?tls=required",
            "smtp://congtam:secret@mail.ban.gov.vn:587/congtam.ban.gov.vn?tls=required",
            "smtp://mail.ban.gov.vn:25",
            "smtp://mail.ban.gov.vn?tls=opportunistic",
            "smtp://congtam:secret@localhost:1025",
            "smtp://congtam:secret@127.0.0.1:1025",
        ] {
            let read = mail(url, FROM, PUBLIC).unwrap_or_else(|error| panic!("{url}: {error}"));
            assert!(read.is_some(), "{url}");
        }
        for from in ["congtam@ban.gov.vn", "\"Công Tâm\" <congtam@ban.gov.vn>"] {
            assert!(mail("smtp://localhost", from, PUBLIC).is_ok(), "{from}");
        }
    }

    #[test]
    fn contradictions_are_refused_without_the_password() {
        let server = "smtps://congtam:secret@mail.ban.gov.vn";
        for (smtp, from, public, named) in [
            (server, "", PUBLIC, "CONGTAM_MAIL_FROM"),
            (server, FROM, "", "CONGTAM_PUBLIC_URL"),
            (server, FROM, "congtam.ban.gov.vn", "CONGTAM_PUBLIC_URL"),
            (server, "Công Tâm", PUBLIC, "CONGTAM_MAIL_FROM"),
            ("", FROM, PUBLIC, "CONGTAM_SMTP_URL"),
            (
                "http://congtam:secret@mail",
                FROM,
                PUBLIC,
                "CONGTAM_SMTP_URL",
            ),
            (
                "smtp://congtam:secret@mail?tls=secret",
                FROM,
                PUBLIC,
                "mã hóa",
            ),
            ("smtp://mail?tls=secret", FROM, PUBLIC, "CONGTAM_SMTP_URL"),
            ("congtam:secret", FROM, PUBLIC, "CONGTAM_SMTP_URL"),
            ("smtps://congtam@mail", FROM, PUBLIC, "mật khẩu"),
            ("smtp://congtam:secret@mail", FROM, PUBLIC, "mã hóa"),
            (
                "smtp://congtam:secret@mail?tls=opportunistic",
                FROM,
                PUBLIC,
                "mã hóa",
            ),
        ] {
            let Err(sentence) = mail(smtp, from, public) else {
                panic!("taken: {smtp} {from} {public}");
            };
            assert!(sentence.contains(named), "{smtp}: {sentence}");
            assert!(!sentence.contains("secret"), "{sentence}");
        }
    }

    #[test]
    fn the_help_hides_the_password_of_the_server() {
        use clap::CommandFactory;
        let command = Cli::command();
        let smtp = command
            .get_arguments()
            .find(|argument| argument.get_id() == "smtp_url")
            .unwrap();
        assert!(smtp.is_hide_env_values_set());
    }
}
