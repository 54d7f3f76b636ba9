//! What the code at the foot of a paper leads to.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::report::api::{LookupView, Standing, look_up};
use crate::ui::{Chip, ask, shown};

/// A paper found by its code.
#[component]
pub fn LookupPage() -> impl IntoView {
    let params = use_params_map();
    let found = ask(
        move || params.read().get("code").unwrap_or_default(),
        look_up,
    );
    view! {
        <Title text="Tra cứu bản in"/>
        <header class="page-head"><h1>"Tra cứu bản in"</h1></header>
        {Suspend::new(async move { shown(found.await, |found| view! { <Found found/> }) })}
    }
}

#[component]
fn Found(found: LookupView) -> impl IntoView {
    let (tone, word, words) = match found.standing {
        Standing::Current => (
            "good",
            "Còn nguyên giá trị",
            "Hồ sơ đang lưu vẫn đúng như bản in này.",
        ),
        Standing::Outdated => (
            "risk",
            "Đã có bản mới hơn",
            "Hồ sơ đã thay đổi sau khi in bản này. Hãy xem hồ sơ hiện tại và in lại nếu cần.",
        ),
    };
    view! {
        <section class="card">
            <header><h2>{found.what}</h2><Chip tone text=word/></header>
            <div class="card-body stack">
                <p>{words}</p>
                <p><a class="button" href=found.record>"Mở hồ sơ"</a></p>
                <dl class="stack">
                    <div><dt class="muted">"Mã tra cứu"</dt><dd>{found.code}</dd></div>
                    <div><dt class="muted">"Người in"</dt><dd>{format!("{}, {}", found.by, found.at)}</dd></div>
                    <div><dt class="muted">{format!("Mã băm SHA-256 của tệp {}", found.format.to_uppercase())}</dt>
                        <dd class="small report-hash">{found.hash}</dd></div>
                </dl>
            </div>
        </section>
    }
}
