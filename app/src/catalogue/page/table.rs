//! The products of a version: search, groups, one page of rows.

use leptos::prelude::*;
use leptos_router::components::Form;
use rust_decimal::Decimal;

use super::super::api::{Group, Product};
use super::Asked;
use crate::format;
use crate::ui::{Chip, Pager};

/// Products on one page, as the store cuts them.
const PER_PAGE: u32 = 100;

/// Products with search and groups.
#[component]
pub(super) fn ProductsCard(
    products: Vec<Product>,
    groups: Vec<Group>,
    found: u32,
    asked: Asked,
    standard_points: Option<Decimal>,
) -> impl IntoView {
    let count = if asked.search.is_empty() && asked.group.is_empty() {
        format!("{found} sản phẩm")
    } else {
        format!("{found} sản phẩm phù hợp")
    };
    let rows = if products.is_empty() {
        view! {
            <div class="empty">
                <p>"Không có sản phẩm nào phù hợp"</p>
                <p>"Thử từ khác, hoặc "<a href=all(&asked)>"xem toàn bộ"</a>"."</p>
            </div>
        }
        .into_any()
    } else {
        view! { <ProductTable products/> }.into_any()
    };
    let formula = standard_points.map(|points| {
        let words = format!(
            "Hệ số quy đổi = điểm của sản phẩm ÷ {} điểm của sản phẩm chuẩn, làm tròn hai chữ số.",
            format::number(points, 4)
        );
        view! { <p class="formula">{words}</p> }
    });
    let pager = {
        let asked = asked.clone();
        view! { <Pager page=asked.page per_page=PER_PAGE found rows="sản phẩm" href=move |page| asked.href(page)/> }
    };
    view! {
        <section class="card">
            <header>
                <h2>"Sản phẩm"</h2>
                <span class="muted small" role="status">{count}</span>
            </header>
            <div class="card-body stack">
                <SearchForm asked=asked.clone()/>
                <GroupLinks groups asked/>
                {formula}
            </div>
            {rows}
            {pager}
        </section>
    }
}

fn all(asked: &Asked) -> String {
    Asked {
        version: asked.version,
        ..Asked::default()
    }
    .href(1)
}

#[component]
fn SearchForm(asked: Asked) -> impl IntoView {
    let version = asked
        .version
        .map(|version| view! { <input type="hidden" name="version" value=version.to_string()/> });
    let group = (!asked.group.is_empty())
        .then(|| view! { <input type="hidden" name="group" value=asked.group.clone()/> });
    view! {
        <Form method="GET" action="/catalogue">
            <div class="row" role="search">
                {version}
                {group}
                <label class="visually-hidden" for="q">"Tìm theo mã, nhiệm vụ hoặc sản phẩm"</label>
                <input class="grow" id="q" name="q" type="search" maxlength="100" value=asked.search placeholder="Mã, nhiệm vụ, sản phẩm… (có dấu hay không dấu đều được)"/>
                <button class="button">"Tìm"</button>
            </div>
        </Form>
    }
}

#[component]
fn GroupLinks(groups: Vec<Group>, asked: Asked) -> impl IntoView {
    let link = |code: &str, words: String| {
        let current = (asked.group == code).then_some("true");
        view! { <a href=asked.with_group(code) aria-current=current>{words}</a> }
    };
    let links = groups
        .iter()
        .map(|group| {
            let range = group.min.zip(group.max).map(|(min, max)| {
                format!(
                    " ({}–{} điểm)",
                    format::number(min, 4),
                    format::number(max, 4)
                )
            });
            link(
                &group.code,
                format!("{}{}", group.code, range.unwrap_or_default()),
            )
        })
        .collect_view();
    (!groups.is_empty()).then(|| {
        view! {
            <nav class="segmented" aria-label="Nhóm phức tạp">
                {link("", "Tất cả".to_owned())}
                {links}
            </nav>
        }
    })
}

#[component]
fn ProductTable(products: Vec<Product>) -> impl IntoView {
    let body = products
        .into_iter()
        .map(|product| view! { <ProductLine product/> })
        .collect_view();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Bảng sản phẩm">
            <table>
                <caption class="visually-hidden">"Sản phẩm của danh mục"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Mã"</th>
                        <th scope="col">"Nhiệm vụ và công việc chi tiết"</th>
                        <th scope="col">"Sản phẩm đầu ra"</th>
                        <th scope="col">"Nhóm"</th>
                        <th scope="col" class="num">"Điểm"</th>
                        <th scope="col" class="num">"Hệ số"</th>
                        <th scope="col">"Đơn vị tính"</th>
                        <th scope="col">"Dùng cho"</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

#[component]
fn ProductLine(product: Product) -> impl IntoView {
    let detail =
        (!product.detail.is_empty()).then(|| view! { <p class="muted small">{product.detail}</p> });
    let standard = product
        .standard
        .then(|| view! { <Chip tone="measure" text="Sản phẩm chuẩn"/> });
    view! {
        <tr>
            <th scope="row"><span class="catalogue-code">{product.code}</span></th>
            <td>{product.task} " " {standard} {detail}</td>
            <td>{product.output}</td>
            <td>{product.group}</td>
            <td class="num">{format::number(product.points, 4)}</td>
            <td class="num">{two_places(product.coefficient)}</td>
            <td>{product.unit_of_measure}</td>
            <td>{product.unit_name.unwrap_or_else(|| "Chung".to_owned())}</td>
        </tr>
    }
}

/// A coefficient as decisions print it, at least two places: "14,00", "0,125".
pub fn two_places(value: Decimal) -> String {
    let text = format::number(value, 6);
    match text.split_once(',') {
        None => format!("{text},00"),
        Some((_, places)) if places.len() == 1 => format!("{text}0"),
        Some(_) => text,
    }
}

#[cfg(test)]
mod tests {
    use super::two_places;

    #[test]
    fn coefficients_show_at_least_two_places() {
        let shown = |text: &str| two_places(text.parse().unwrap());
        assert_eq!(shown("14"), "14,00");
        assert_eq!(shown("1.6"), "1,60");
        assert_eq!(shown("0.125"), "0,125");
    }
}
