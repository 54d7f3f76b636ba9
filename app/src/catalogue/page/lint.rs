//! What is worth another look in a version of the catalogue.

use kpi::catalogue::lint::Severity;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use crate::catalogue::api::{Finding, Linted, lint_catalogue};
use crate::error::AppError;
use crate::format::number;
use crate::ui::{Chip, Empty, ask, shown};

/// Findings of a version, the weightiest first.
#[component]
pub fn LintPage() -> impl IntoView {
    let query = use_query_map();
    let asked = query.with_untracked(|query| {
        let text = |name: &str| query.get(name).unwrap_or_default();
        (
            text("version").parse::<Uuid>().ok(),
            text("far"),
            text("coarse"),
        )
    });
    let loaded = ask(
        || asked.clone(),
        |(version, far, coarse)| async move {
            match version {
                Some(version) => lint_catalogue(version, far, coarse).await,
                None => Err(AppError::NotFound),
            }
        },
    );
    view! {
        <Title text="Rà soát danh mục"/>
        {Suspend::new(async move { shown(loaded.await, |data| view! { <Findings data/> }) })}
    }
}

#[component]
fn Findings(data: Linted) -> impl IntoView {
    let version = data.version.catalogue.to_string();
    let back = format!("/catalogue?version={version}");
    let counts = data
        .counts
        .iter()
        .map(|(label, count)| view! { <Chip tone="plain" text=format!("{label}: {count}")/> })
        .collect_view();
    let empty = data.findings.is_empty();
    let rows = data
        .findings
        .into_iter()
        .map(|finding| view! { <Line finding/> })
        .collect_view();
    view! {
        <header class="page-head">
            <p><a href=back>"← Danh mục"</a></p>
            <h1>{format!("Rà soát danh mục, bản số {}", data.version.number)}</h1>
            <p class="muted">"Những dòng nên xem lại trước khi trình phê duyệt bản mới; không có gì bị thay đổi."</p>
        </header>
        <form class="toolbar" method="get" action="/catalogue/lint">
            <input type="hidden" name="version" value=version/>
            <span class="row"><label for="far">"Khác xa đơn vị khác từ (lần)"</label><input id="far" name="far" inputmode="decimal" size="5" value=number(data.far, 2)/></span>
            <span class="row"><label for="coarse">"Quá lớn từ hệ số"</label><input id="coarse" name="coarse" inputmode="decimal" size="6" value=number(data.coarse, 2)/></span>
            <button class="button">"Rà soát"</button>
        </form>
        <p class="row">{counts}</p>
        {if empty {
            view! { <Empty text="Không thấy dòng nào cần xem lại."><p>"Danh mục rõ ràng: nhóm, hệ số, sản phẩm đầu ra đều khớp."</p></Empty> }.into_any()
        } else {
            view! {
                <section class="card">
                    <div class="scroll-x" tabindex="0" role="region" aria-label="Các dòng nên xem lại">
                        <table>
                            <caption class="visually-hidden">"Các dòng nên xem lại, quan trọng trước"</caption>
                            <thead><tr><th scope="col">"Sản phẩm"</th><th scope="col">"Mức độ"</th><th scope="col">"Nhận xét"</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </section>
            }.into_any()
        }}
    }
}

#[component]
fn Line(finding: Finding) -> impl IntoView {
    let tone = match finding.severity {
        Severity::Error => "bad",
        Severity::Warning => "risk",
        Severity::Notice => "plain",
    };
    view! {
        <tr>
            <th scope="row">{finding.code}<p class="muted small">{finding.name}</p></th>
            <td><Chip tone text=finding.severity.label()/></td>
            <td>{finding.sentence}</td>
        </tr>
    }
}
