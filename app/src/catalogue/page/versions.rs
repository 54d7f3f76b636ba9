//! The versions of an agency's catalogue, newest first.

use kpi::ids::CatalogueId;
use leptos::prelude::*;

use super::super::api::Version;
use super::status_tone;
use crate::format;
use crate::ui::Chip;

/// Versions with their state; the one shown is marked.
#[component]
pub(super) fn VersionsCard(
    versions: Vec<Version>,
    current: Option<CatalogueId>,
    may_import: bool,
) -> impl IntoView {
    let body = versions
        .into_iter()
        .map(|version| {
            let here = (current == Some(version.catalogue)).then_some("true");
            view! { <VersionLine version here may_import/> }
        })
        .collect_view();
    view! {
        <section class="card">
            <header><h2>"Các bản danh mục"</h2></header>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Các bản danh mục">
                <table>
                    <caption class="visually-hidden">"Các bản danh mục, mới nhất trước"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Bản"</th>
                            <th scope="col">"Trạng thái"</th>
                            <th scope="col">"Quyết định"</th>
                            <th scope="col">"Áp dụng từ"</th>
                            <th scope="col" class="num">"Sản phẩm"</th>
                            {may_import.then(|| view! { <th scope="col">"Nhập bởi"</th> <th scope="col">"Phê duyệt bởi"</th> })}
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn VersionLine(version: Version, here: Option<&'static str>, may_import: bool) -> impl IntoView {
    let href = format!("/catalogue?version={}", version.catalogue);
    let people = may_import.then(|| {
        let imported = if version.created_by.is_empty() {
            "dòng lệnh".to_owned()
        } else {
            version.created_by
        };
        view! {
            <td>{imported}<p class="muted small">{version.created}</p></td>
            <td>{version.approved_by}<p class="muted small">{version.approved}</p></td>
        }
    });
    view! {
        <tr aria-current=here>
            <th scope="row"><a href=href>{format!("Bản số {}", version.number)}</a><p class="muted small">{version.name}</p></th>
            <td><Chip tone=status_tone(version.status) text=version.status.label()/></td>
            <td>{version.decision.unwrap_or_else(|| "–".to_owned())}</td>
            <td>{version.effective_from.map_or_else(|| "–".to_owned(), format::day)}</td>
            <td class="num">{version.products}</td>
            {people}
        </tr>
    }
}
