//! The one error that crosses the wire. Inner causes stay in the log, found again by a reference number.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What a server function can refuse, in words for the visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// Nobody is signed in, or the session ended.
    #[error(
        "Phiên làm việc đã kết thúc. Hãy đăng nhập lại; những gì bạn đã nhập vẫn còn trên trang này."
    )]
    SignedOut,
    /// The officer may not do this.
    #[error("Bạn không có quyền thực hiện việc này.")]
    Forbidden,
    /// No such thing within what the officer may see.
    #[error("Không tìm thấy nội dung này trong phạm vi bạn được xem.")]
    NotFound,
    /// Somebody else changed the row since it was read; both values are shown.
    #[error("Có người khác vừa sửa. Giá trị hiện tại: {current}. Giá trị của bạn: {yours}.")]
    Conflict {
        /// What is stored now.
        current: String,
        /// What the visitor typed.
        yours: String,
    },
    /// A field was refused.
    #[error("{message}")]
    Invalid {
        /// Name of the field in its form.
        field: String,
        /// A Vietnamese sentence.
        message: String,
        /// What was typed, so that it can be shown again.
        typed: String,
    },
    /// Too many tries; wait.
    #[error("Bạn đã thử quá nhiều lần. Hãy chờ {minutes} phút rồi thử lại.")]
    TooMany {
        /// Minutes to wait, at least 1.
        minutes: u32,
    },
    /// Something failed inside; the number is in the log.
    #[error(
        "Hệ thống tạm thời không phục vụ được. Nội dung bạn nhập chưa bị mất; hãy thử lại sau ít phút. Mã tra cứu: {reference}"
    )]
    Unavailable {
        /// Reference number in the log.
        reference: String,
    },
    /// The request never reached the server.
    #[error("Mất kết nối mạng. Nội dung bạn nhập vẫn còn trên trang này; hãy thử lại khi có mạng.")]
    Offline,
}

impl AppError {
    /// A refused field with what was typed in it.
    pub fn invalid(
        field: impl Into<String>,
        message: impl Into<String>,
        typed: impl Into<String>,
    ) -> Self {
        Self::Invalid {
            field: field.into(),
            message: message.into(),
            typed: typed.into(),
        }
    }

    /// The same refusal of `field` with the very text that was typed in it.
    pub fn typed_as(self, name: &str, text: &str) -> Self {
        match self {
            Self::Invalid { field, message, .. } if field == name => {
                Self::invalid(field, message, text.chars().take(40).collect::<String>())
            }
            other => other,
        }
    }

    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict { .. } => 409,
            Self::Invalid { .. } => 422,
            Self::TooMany { .. } => 429,
            Self::Unavailable { .. } | Self::Offline => 503,
        }
    }
}

impl From<kpi::RuleError> for AppError {
    fn from(error: kpi::RuleError) -> Self {
        Self::invalid(error.field, error.message, "")
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Args(text) | ServerFnErrorErr::MissingArg(text) => {
                argument_error(&text)
            }
            other => unavailable(&other),
        }
    }

    /// Encodes the error; on the server also sets the status of the answer, which would be 500 otherwise. A form
    /// posted without WASM keeps its 302 back to the page: a browser follows no other status.
    fn ser(&self) -> leptos::server_fn::Bytes {
        if !is_form_post() {
            self.set_status();
        }
        <JsonEncoding as leptos::server_fn::Encodes<Self>>::encode(self).unwrap_or_default()
    }
}

/// Whether a browser posted this request itself and waits for a page.
#[cfg(feature = "ssr")]
fn is_form_post() -> bool {
    leptos::prelude::use_context::<http::request::Parts>().is_some_and(|parts| {
        let accept = parts.headers.get(http::header::ACCEPT);
        accept
            .is_some_and(|accept| String::from_utf8_lossy(accept.as_bytes()).contains("text/html"))
    })
}

#[cfg(not(feature = "ssr"))]
fn is_form_post() -> bool {
    false
}

fn argument_error(text: &str) -> AppError {
    let field = text.split('`').nth(1).unwrap_or_default().to_owned();
    AppError::invalid(field, "Giá trị gửi lên không đúng định dạng.", "")
}

impl AppError {
    /// Gives the answer of this request the status that says the same; nothing in the browser.
    #[cfg(feature = "ssr")]
    pub fn set_status(&self) {
        use leptos::prelude::use_context;
        if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
            && let Ok(status) = http::StatusCode::from_u16(self.status())
        {
            response.set_status(status);
        }
    }

    /// Gives the answer of this request the status that says the same; nothing in the browser.
    #[cfg(not(feature = "ssr"))]
    pub fn set_status(&self) {}
}

#[cfg(feature = "ssr")]
fn unavailable(inner: &dyn std::fmt::Display) -> AppError {
    let reference = reference();
    tracing::error!(%reference, error = %inner, "a request failed");
    AppError::Unavailable { reference }
}

#[cfg(not(feature = "ssr"))]
fn unavailable(_: &dyn std::fmt::Display) -> AppError {
    AppError::Offline
}

#[cfg(feature = "ssr")]
fn reference() -> String {
    let id = uuid::Uuid::now_v7().simple().to_string();
    id[20..].to_uppercase()
}

#[cfg(feature = "ssr")]
impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            other => unavailable(&other),
        }
    }
}

#[cfg(feature = "ssr")]
impl AppError {
    /// An inner failure: logged with a reference number, which is all the visitor sees.
    pub fn inner(error: impl std::fmt::Display) -> Self {
        unavailable(&error)
    }
}
