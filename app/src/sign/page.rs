//! The password field of a signing form, and the list of signatures.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::sign::Kind;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;
use crate::format;
use crate::ui::refused_in;

/// A signature as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Its id.
    pub id: Uuid,
    /// What was signed.
    pub kind: Kind,
    /// Name of the unit it is about, where it is about one.
    pub unit: Option<String>,
    /// First day of the month it is about.
    pub period: Option<NaiveDate>,
    /// The year it is about.
    pub year: Option<i32>,
    /// Version of what was signed, from 1.
    pub version: i32,
    /// SHA-256 of what was signed, 64 hexadecimal digits.
    pub hash: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The signer's name then.
    pub name: String,
    /// The signer's post then.
    pub post: String,
    /// When and why it was withdrawn.
    pub withdrawn: Option<(DateTime<Utc>, String)>,
}

/// The field in which a signer types his password again; its form posts it as `password`.
#[component]
pub fn PasswordField(
    /// What the signing form refused.
    #[prop(into)]
    refusal: Signal<Option<AppError>>,
    /// Id of the control where a page has several forms.
    #[prop(default = "password".into(), into)]
    id: String,
    /// Id of what names the signing act ("Ký xác nhận 24 phiếu"), for those who do not see it.
    #[prop(optional, into)]
    described_by: Option<String>,
) -> impl IntoView {
    let invalid = refused_in(refusal, "password");
    let wrong = move || {
        refusal.with(|refusal| match refusal {
            Some(AppError::Invalid { field, message, .. }) if field == "password" => {
                Some(message.clone())
            }
            _ => None,
        })
    };
    view! {
        <div class="field sign-password">
            <label for=id.clone()>"Mật khẩu của bạn, để ký"</label>
            <input id=id name="password" type="password" autocomplete="current-password" required maxlength="200" aria-invalid=invalid aria-describedby=described_by/>
            {move || wrong().map(|message| view! { <p class="field-error">{message}</p> })}
        </div>
    }
}

/// Signatures, newest first, with who, when and the beginning of the hash; withdrawn ones say why.
#[component]
pub fn SignatureList(
    /// What is listed.
    signatures: Vec<Signed>,
    /// The page of what was signed, for signatures of several records.
    #[prop(optional)]
    links: Vec<(Uuid, String)>,
) -> impl IntoView {
    if signatures.is_empty() {
        return view! { <p class="muted">"Chưa có chữ ký nào."</p> }.into_any();
    }
    let rows = signatures.into_iter().map(|signed| {
        let short: String = signed.hash.chars().take(12).collect();
        let who = if signed.post.is_empty() {
            signed.name
        } else {
            format!("{}, {}", signed.name, signed.post)
        };
        let unit = signed.unit.map(|unit| format!(" · {unit}"));
        let version = (signed.version > 1).then(|| format!(" · bản {}", signed.version));
        let withdrawn = signed.withdrawn.map(|(at, reason)| {
            view! { <p class="signature-withdrawn"><strong>"Đã hủy chữ ký "</strong>{format::moment(at)}": "{reason}</p> }
        });
        let mut what = signed.kind.label().to_owned();
        let link = links.iter().find(|(id, _)| *id == signed.id);
        let what = match link {
            None => view! { <strong>{what}</strong> }.into_any(),
            Some((_, href)) => {
                if let Some(time) = time_of(signed.period, signed.year) {
                    what = format!("{what}, {time}");
                }
                view! { <a href=href.clone()><strong>{what}</strong></a> }.into_any()
            }
        };
        view! {
            <li data-key=signed.id.to_string()>
                <p>{what}{unit}{version}</p>
                <p>{who}" · "<time datetime=signed.at.to_rfc3339()>{format::moment(signed.at)}</time>
                    " · dấu nội dung "<code title=signed.hash.clone()>{short}</code></p>
                {withdrawn}
            </li>
        }
    });
    view! { <ul class="signature-list">{rows.collect_view()}</ul> }.into_any()
}

/// "tháng 11/2026", "năm 2026".
fn time_of(period: Option<NaiveDate>, year: Option<i32>) -> Option<String> {
    let month = period.and_then(|day| kpi::period::Period::from_first_day(day).ok());
    match (month, year) {
        (Some(month), _) => Some(month.label().to_lowercase()),
        (None, Some(year)) => Some(format!("năm {year}")),
        (None, None) => None,
    }
}
