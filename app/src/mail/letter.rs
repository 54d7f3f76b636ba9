//! What a letter says, and to whom: plain text, with the way out at its end.

use lettre::Address;

use super::BaseUrl;

/// Longest address, in characters (RFC 5321).
const LONGEST: usize = 254;

/// To whom a letter goes.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// How he is greeted.
    pub name: String,
    /// His address.
    pub address: String,
}

/// A letter as it is queued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The recipient's address.
    pub address: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

impl Letter {
    /// `text` between the greeting and the end, which says `why` the letter came and where that is changed.
    pub fn new(to: Recipient, subject: String, text: &str, why: &str, base: &BaseUrl) -> Self {
        let body = format!(
            "Chào {},\n\n{text}\n\n-- \n{why}\nĐổi hoặc bỏ địa chỉ thư, bật hoặc tắt tóm tắt hằng ngày:\n{}\n\
             Thư do hệ thống Công Tâm gửi tự động, xin đừng trả lời.\n",
            to.name,
            base.link("/account#mail"),
        );
        Self {
            address: to.address,
            subject,
            body,
        }
    }
}

/// An address that mail can be sent to everywhere: one "@", ASCII, no spaces, at most 254 characters; spaces around it
/// are dropped.
pub fn parse_address(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = text.is_ascii() && text.len() <= LONGEST && !text.contains(['"', ' ']);
    let address: Address = text.parse().ok()?;
    plain.then(|| address.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_at_sign_and_no_accents() {
        assert_eq!(
            parse_address(" ha.nt@ban.gov.vn ").as_deref(),
            Some("ha.nt@ban.gov.vn")
        );
        for wrong in [
            "",
            "ha.nt",
            "@ban.gov.vn",
            "ha.nt@",
            "hà.nt@ban.gov.vn",
            "ha nt@ban.gov.vn",
            "ha@nt@ban.gov.vn",
            "ha.nt@ban.gov.vn\r\nBcc: x@y.vn",
            "\"ha nt\"@ban.gov.vn",
            "Hà <ha.nt@ban.gov.vn>",
        ] {
            assert_eq!(parse_address(wrong), None, "{wrong}");
        }
        assert_eq!(parse_address(&format!("{}@b.vn", "a".repeat(250))), None);
    }

    #[test]
    fn a_letter_names_the_page_where_it_is_turned_off() {
        let to = Recipient {
            name: "Lê Thị An".into(),
            address: "an@ban.gov.vn".into(),
        };
        let base = BaseUrl::parse("https://congtam.example").unwrap();
        let letter = Letter::new(to, "Công Tâm".into(), "Một việc.", "Vì sao.", &base);
        assert!(
            letter
                .body
                .starts_with("Chào Lê Thị An,\n\nMột việc.\n\n-- \nVì sao.\n")
        );
        assert!(
            letter
                .body
                .contains("https://congtam.example/account#mail\n")
        );
    }
}
