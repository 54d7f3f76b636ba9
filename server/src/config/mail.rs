//! Settings of mail: server, sender, and the address that links begin with.

use app::mail::{BaseUrl, Fault, Smtp};
use clap::Args;

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
        let command = crate::config::Cli::command();
        let smtp = command
            .get_arguments()
            .find(|argument| argument.get_id() == "smtp_url")
            .unwrap();
        assert!(smtp.is_hide_env_values_set());
    }
}
