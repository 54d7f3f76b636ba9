//! The set-up page: a plain form, since it ends with a new session and a new document.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::{SetUpAgency, Typed, setup_link};
use crate::error::AppError;
use crate::ui::{Field, PostForm, RefusalNotice, ask, refusal_of, refused_in, shown};

/// Makes the agency and its first administrator, once.
#[component]
pub fn SetupPage() -> impl IntoView {
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let open = ask(token, setup_link);
    view! {
        <Title text="Thiết lập cơ quan"/>
        <header class="page-head">
            <h1>"Thiết lập cơ quan"</h1>
            <p class="muted">"Làm một lần, khi hệ thống chưa có dữ liệu."</p>
        </header>
        {Suspend::new(async move {
            let token = params.read_untracked().get("token").unwrap_or_default();
            shown(open.await, move |open| {
                if open { view! { <SetupForm token/> }.into_any() } else { view! { <LinkEnded/> }.into_any() }
            })
        })}
    }
}

#[component]
fn LinkEnded() -> impl IntoView {
    view! {
        <div class="notice" data-tone="plain">
            <p><b>"Đường dẫn này không còn dùng được."</b></p>
            <p>
                "Nó đã được dùng, hoặc máy chủ đã in một đường dẫn mới khi khởi động lại. Nếu cơ quan đã được thiết lập, hãy "
                <a href="/sign-in">"đăng nhập"</a>
                "; nếu chưa, hãy khởi động lại máy chủ và mở đường dẫn vừa in ra."
            </p>
        </div>
    }
}

#[component]
fn SetupForm(token: String) -> impl IntoView {
    let refusal = refusal_of::<SetUpAgency>();
    let typed = Memo::new(move |_| match refusal.get() {
        Some(AppError::Invalid { typed, .. }) => typed_before(&typed),
        _ => Typed::default(),
    });
    let refused = move |field: &'static str| refused_in(refusal, field);
    view! {
        <section class="card">
            <header><h2>"Cơ quan và quản trị viên đầu tiên"</h2></header>
            <PostForm<SetUpAgency> plain=true>
                <div class="card-body stack">
                    <RefusalNotice refusal/>
                    <input type="hidden" name="token" value=token/>
                    <Field label="Tên cơ quan" name="agency_name">
                        <input id="agency_name" name="agency_name" required maxlength="200" value=move || typed.get().agency_name aria-invalid=refused("agency_name")/>
                    </Field>
                    <Field label="Mã cơ quan" name="agency_code" hint="Chữ cái không dấu, chữ số, dấu gạch ngang; ví dụ BKT. Dùng trong tên tệp và báo cáo.">
                        <input id="agency_code" name="agency_code" required maxlength="40" pattern="[A-Za-z0-9.\\-]+" autocapitalize="characters" value=move || typed.get().agency_code aria-invalid=refused("agency_code") aria-describedby="agency_code-hint"/>
                    </Field>
                    <Field label="Tên đơn vị gốc" name="unit_name" hint="Để trống thì lấy tên cơ quan.">
                        <input id="unit_name" name="unit_name" maxlength="200" value=move || typed.get().unit_name aria-invalid=refused("unit_name") aria-describedby="unit_name-hint"/>
                    </Field>
                    <Field label="Tên tài khoản quản trị" name="login" hint="Chữ thường không dấu, chữ số, dấu chấm; ví dụ quantri.">
                        <input id="login" name="login" required maxlength="60" autocomplete="username" autocapitalize="none" value=move || typed.get().login aria-invalid=refused("login") aria-describedby="login-hint"/>
                    </Field>
                    <Field label="Mật khẩu" name="password" hint="Ít nhất 15 ký tự; một cụm ba bốn từ dễ nhớ là đủ.">
                        <input id="password" name="password" type="password" required minlength="15" maxlength="200" autocomplete="new-password" aria-invalid=refused("password") aria-describedby="password-hint"/>
                    </Field>
                    <Field label="Nhập lại mật khẩu" name="again">
                        <input id="again" name="again" type="password" required maxlength="200" autocomplete="new-password" aria-invalid=refused("again")/>
                    </Field>
                    <p class="muted small">
                        "Tài khoản này có hai vai trò: quản trị hệ thống và tổ chức cán bộ. Tháng hiện tại được mở làm kỳ đầu tiên."
                    </p>
                    <div><button class="button" data-tone="act">"Tạo cơ quan và đăng nhập"</button></div>
                </div>
            </PostForm<SetUpAgency>>
        </section>
    }
}

fn typed_before(text: &str) -> Typed {
    serde_json::from_str(text).unwrap_or_default()
}
