//! Answers for forms that end in a secret shown once: a small page when there is no WASM, and the list of a bulk
//! creation as a workbook. Nothing of it is kept by the server, a browser's cache or an address.

use axum::Router;
use axum::extract::{Extension, Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use kpi::permission::Permission;
use leptos::server_fn::ServerFn;
use leptos::server_fn::error::ServerFnUrlError;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::Issued;
use super::api::CreateAccount;
use super::steps::{Acting, Password, create_missing, reset};
use super::view::{CreateForm, create_from};
use crate::auth::guard::plain_page;
use crate::auth::{Access, Actor, check};
use crate::error::AppError;
use crate::state::AppState;

/// `POST /accounts/create`, `/accounts/reset`, `/accounts/create-missing`; all need `ManageAccounts`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/accounts/create", post(create_one))
        .route("/accounts/reset", post(reset_one))
        .route("/accounts/create-missing", post(create_all))
}

type Who = Option<Extension<Actor>>;
type Pairs = Form<Vec<(String, String)>>;

fn access(actor: Who) -> Result<Access, AppError> {
    let Extension(actor) = actor.ok_or(AppError::SignedOut)?;
    check(actor, Permission::ManageAccounts)
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map_or("", |(_, value)| value.as_str())
}

async fn create_one(State(state): State<AppState>, actor: Who, Form(pairs): Pairs) -> Response {
    let made = async {
        let access = access(actor)?;
        let roles = pairs
            .iter()
            .filter(|(key, _)| key.starts_with("roles["))
            .map(|(_, role)| role.parse())
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error: kpi::UnknownCode| AppError::invalid("roles", error.to_string(), ""))?;
        let form = CreateForm {
            officer: value(&pairs, "officer").to_owned(),
            login: value(&pairs, "login").to_owned(),
            roles,
        };
        create_from(&state, &access, form).await
    };
    match made.await {
        Err(error @ AppError::Invalid { .. }) => back_to_form(error),
        made => answer(made),
    }
}

/// Back to the form of the page, which says what was refused and holds what was typed.
fn back_to_form(error: AppError) -> Response {
    // The base is only there for the address to be parsed.
    let refused =
        ServerFnUrlError::new(CreateAccount::PATH, error).to_url("http://localhost/accounts");
    match refused {
        Ok(url) => {
            Redirect::to(&format!("/accounts?{}", url.query().unwrap_or_default())).into_response()
        }
        Err(error) => answer(Err(AppError::inner(error))),
    }
}

async fn reset_one(State(state): State<AppState>, actor: Who, Form(pairs): Pairs) -> Response {
    let made = async {
        let access = access(actor)?;
        let account = value(&pairs, "account")
            .parse()
            .map_err(|_| AppError::NotFound)?;
        let acting = Acting::of(&access);
        reset(
            &state.pool,
            &state.hashing,
            acting,
            account,
            Password::Temporary,
        )
        .await
    };
    answer(made.await)
}

async fn create_all(State(state): State<AppState>, actor: Who) -> Response {
    let made = async {
        let access = access(actor)?;
        let today = state.clock.today();
        create_missing(&state.pool, &state.hashing, Acting::of(&access), today).await
    };
    match made.await {
        Ok(issued) if issued.is_empty() => page(
            StatusCode::OK,
            "Không có ai để tạo",
            "<p>Mọi công chức đang làm việc đã có tài khoản.</p>",
        ),
        Ok(issued) => match workbook(&issued) {
            Ok(bytes) => (
                [
                    (
                        header::CONTENT_TYPE,
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    ),
                    (
                        header::CONTENT_DISPOSITION,
                        "attachment; filename=\"tai-khoan.xlsx\"",
                    ),
                ],
                bytes,
            )
                .into_response(),
            Err(error) => answer(Err(AppError::inner(error))),
        },
        Err(error) => answer(Err(error)),
    }
}

fn answer(made: Result<Issued, AppError>) -> Response {
    match made {
        Ok(issued) => {
            let person = if issued.name.is_empty() {
                String::new()
            } else {
                format!("<dt>Người dùng</dt><dd>{}</dd>", escape(&issued.name))
            };
            let body = format!(
                "<dl>{person}<dt>Tên tài khoản</dt><dd><code>{}</code></dd>\
                 <dt>Mật khẩu tạm</dt><dd><code>{}</code></dd></dl>\
                 <p>Mật khẩu này chỉ hiện một lần. Hãy trao tận tay; khi đăng nhập lần đầu người dùng phải đổi mật khẩu.</p>",
                escape(&issued.login),
                escape(&issued.password)
            );
            page(StatusCode::OK, "Mật khẩu tạm", &body)
        }
        Err(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            let body = format!("<p role=\"alert\">{}</p>", escape(&error.to_string()));
            page(status, "Chưa thực hiện được", &body)
        }
    }
}

fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let back = "<p><a href=\"/accounts\">Về danh sách tài khoản</a></p>";
    plain_page(status, title, "", &format!("{body}{back}"))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Names, units, logins and temporary passwords as text cells: a name that looks like a formula stays a name.
fn workbook(issued: &[(Issued, String)]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Tài khoản")?;
    let columns = [
        ("Họ và tên", 30),
        ("Đơn vị", 36),
        ("Tên tài khoản", 20),
        ("Mật khẩu tạm", 26),
    ];
    for (column, (words, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, words, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    for (row, (issued, unit)) in (1..).zip(issued) {
        sheet.write_string(row, 0, &issued.name)?;
        sheet.write_string(row, 1, unit)?;
        sheet.write_string(row, 2, &issued.login)?;
        sheet.write_string(row, 3, &issued.password)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}
