//! The catalogue page: the version in use for everyone, drafts with their faults for personnel.

mod draft;
mod lint;
mod table;
mod versions;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use self::draft::DraftCard;
pub use self::lint::LintPage;
use self::table::ProductsCard;
pub use self::table::two_places;
use self::versions::VersionsCard;
use super::api::{DeleteDraft, Shown, Status, Version, shown_catalogue};
use crate::format;
use crate::ui::{Chip, RefusalNotice, ask, query_value, refusal_of, shown};

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub version: Option<Uuid>,
    pub search: String,
    pub group: String,
    pub page: u32,
}

impl Asked {
    /// The address of this selection on another page.
    pub(super) fn href(&self, page: u32) -> String {
        let mut parts = Vec::new();
        if let Some(version) = self.version {
            parts.push(format!("version={version}"));
        }
        for (name, value) in [("q", &self.search), ("group", &self.group)] {
            if !value.is_empty() {
                parts.push(format!("{name}={}", query_value(value)));
            }
        }
        if page > 1 {
            parts.push(format!("page={page}"));
        }
        if parts.is_empty() {
            "/catalogue".to_owned()
        } else {
            format!("/catalogue?{}", parts.join("&"))
        }
    }

    /// The same selection of another group, from its first page.
    pub(super) fn with_group(&self, group: &str) -> String {
        let mut other = self.clone();
        group.clone_into(&mut other.group);
        other.href(1)
    }
}

/// Products and coefficients in use; for personnel also drafts, approval and import.
#[component]
pub fn CataloguePage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let text = |name: &str| query.get(name).unwrap_or_default();
        Asked {
            version: text("version").parse().ok(),
            search: text("q"),
            group: text("group"),
            page: text("page").parse().unwrap_or(1).max(1),
        }
    });
    let loaded = ask(
        move || asked.get(),
        |asked| shown_catalogue(asked.version, asked.search, asked.group, asked.page),
    );
    let done = move || query.read().get("done").as_deref().and_then(done_words);
    let refused = refusal_of::<DeleteDraft>();
    view! {
        <Title text="Danh mục sản phẩm"/>
        <header class="page-head">
            <h1>"Danh mục sản phẩm/công việc"</h1>
            <p class="muted">"Sản phẩm và hệ số quy đổi dùng để giao và chấm công việc (Điều 13 Nghị định 335/2025/NĐ-CP)."</p>
        </header>
        {move || done().map(|words| view! { <p class="notice" data-tone="good" role="status">{words}</p> })}
        <RefusalNotice refusal=refused/>
        {Suspend::new(async move {
            let data = loaded.await;
            shown(data, |data| view! { <Whole data asked=asked.get_untracked()/> })
        })}
    }
}

fn done_words(code: &str) -> Option<&'static str> {
    match code {
        "approved" => Some(
            "Đã phê duyệt. Từ bây giờ công việc được giao theo bản này; tháng đã giao giữ nguyên hệ số cũ.",
        ),
        "deleted" => Some("Đã xóa bản nháp."),
        "imported" => Some("Đã nhập thành bản nháp mới. Bản đang áp dụng chưa thay đổi."),
        "unchanged" => Some("Không có thay đổi: nội dung tệp trùng với bản này."),
        _ => None,
    }
}

#[component]
fn Whole(data: Shown, asked: Asked) -> impl IntoView {
    let Shown {
        versions,
        version,
        groups,
        products,
        found,
        draft,
        may_import,
        today,
    } = data;
    let several = versions.len() > 1 || (may_import && !versions.is_empty());
    let current = version.as_ref().map(|version| version.catalogue);
    let body = match version {
        None => view! { <NoVersion may_import waiting=!versions.is_empty()/> }.into_any(),
        Some(version) => {
            let standard_points = version.standard_points;
            let card = draft.map(|draft| {
                view! { <DraftCard version=version.clone() draft today/> }
            });
            view! {
                <VersionHead version may_import/>
                {card}
                <ProductsCard products groups found asked standard_points/>
            }
            .into_any()
        }
    };
    view! {
        <div class="stack">
            {body}
            {several.then(|| view! { <VersionsCard versions current may_import/> })}
        </div>
    }
}

/// Before the first approval.
#[component]
fn NoVersion(may_import: bool, waiting: bool) -> impl IntoView {
    let words = if waiting && may_import {
        "Có bản nháp đang chờ phê duyệt: mở ở danh sách các bản bên dưới."
    } else if may_import {
        "Nhập danh mục mà cơ quan đã ban hành từ tệp Excel, xem trước rồi phê duyệt."
    } else {
        "Bộ phận tổ chức cán bộ sẽ nhập và trình phê duyệt; sau đó công việc mới giao được."
    };
    view! {
        <section class="card">
            <div class="empty">
                <p>"Chưa có danh mục được phê duyệt"</p>
                <p>{words}</p>
                {may_import.then(|| view! { <a class="button" data-tone="act" href="/catalogue/import">"Nhập danh mục"</a> })}
            </div>
        </section>
    }
}

/// Which version is shown, by which decision, and what can be done with it as a whole.
#[component]
fn VersionHead(version: Version, may_import: bool) -> impl IntoView {
    let tone = status_tone(version.status);
    let from = version.effective_from.map(|day| {
        let decision = version.decision.clone().unwrap_or_default();
        view! { <p>"Quyết định " <b>{decision}</b> ", áp dụng từ " {format::day(day)}</p> }
    });
    let standard = version.standard_points.map(|points| {
        let words = format!(
            "1 đơn vị sản phẩm chuẩn = {} điểm",
            format::number(points, 4)
        );
        view! { <p class="muted">{words}</p> }
    });
    let download = format!("/catalogue.xlsx?version={}", version.catalogue);
    let lint = format!("/catalogue/lint?version={}", version.catalogue);
    view! {
        <section class="card">
            <header>
                <h2>{format!("Bản số {}", version.number)}</h2>
                <Chip tone text=version.status.label()/>
                <div class="toolbar">
                    <a class="button" href=download rel="external" download="">"Tải bản này (xlsx)"</a>
                    {may_import.then(|| view! { <a class="button" href=lint>"Rà soát"</a> })}
                    {may_import.then(|| view! { <a class="button" data-tone="act" href="/catalogue/import">"Nhập danh mục"</a> })}
                </div>
            </header>
            <div class="card-body stack">
                <div>
                    <p>{version.name} " · " {version.products} " sản phẩm"</p>
                    {from}
                    {standard}
                </div>
            </div>
        </section>
    }
}

pub(super) fn status_tone(status: Status) -> &'static str {
    match status {
        Status::Draft => "risk",
        Status::Approved => "good",
        Status::Superseded => "plain",
    }
}
