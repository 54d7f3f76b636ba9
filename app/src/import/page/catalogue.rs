//! Upload, preview and apply a catalogue.

use leptos::prelude::*;
use leptos_meta::Title;
use uuid::Uuid;

use super::super::api::{ApplyCatalogue, CatalogueUnderstood, ReadUpload, Upload, catalogue_read};
use super::super::preview::{Group, ProductRow};
use super::asked::Asked;
use super::parts::{
    Count, NotYet, PER_PAGE, Problems, Refused, Sheets, UploadCard, UploadHead, problem_count,
};
use crate::catalogue::two_places;
use crate::format;
use crate::ui::{Chip, Pager, PostForm, RefusalNotice, refusal_of, shown};

const HERE: &str = "/catalogue/import";

/// Upload, preview and apply a catalogue.
#[component]
pub fn CatalogueImportPage() -> impl IntoView {
    let asked = Asked::of(HERE);
    let loaded = catalogue_read(asked.preview, asked.page, asked.problem_page);
    let refusal = refusal_of::<ApplyCatalogue>();
    view! {
        <Title text="Nhập danh mục"/>
        <header class="page-head">
            <p class="page-back"><a href="/catalogue">"‹ Danh mục sản phẩm"</a></p>
            <h1>"Nhập danh mục sản phẩm/công việc"</h1>
            <p class="muted">"Nhận tệp Excel đúng như cơ quan đã ban hành: nhiều trang tính, dòng tiêu đề phía trên, ô gộp, công thức."</p>
        </header>
        <RefusalNotice refusal/>
        {Suspend::new(async move {
            let data = loaded.await;
            shown(data, |read| match read {
                None => view! { <Start/> }.into_any(),
                Some(ReadUpload { upload, content: Err(refusal) }) => view! {
                    <div class="stack"><Refused upload refusal again=HERE/> <Start/></div>
                }
                .into_any(),
                Some(ReadUpload { upload, content: Ok(content) }) => {
                    view! { <Preview upload content asked/> }.into_any()
                }
            })
        })}
    }
}

#[component]
fn Start() -> impl IntoView {
    view! {
        <UploadCard action="/import/catalogue" template="/template/catalogue.xlsx"
            template_words="Tải mẫu trống" title="Chọn tệp danh mục"/>
    }
}

#[component]
fn Preview(upload: Upload, content: CatalogueUnderstood, asked: Asked) -> impl IntoView {
    let standard_code = content
        .standard
        .as_ref()
        .map(|standard| standard.code.clone());
    let problem_href = move |page| asked.with_problem_page(page);
    let row_href = move |page| asked.with_page(page);
    let CatalogueUnderstood {
        sheets,
        groups,
        standard,
        products,
        problems,
        errors,
        rows,
        problem_rows,
        same_as,
    } = content;
    view! {
        <div class="stack">
            <section class="card">
                <UploadHead upload=upload.clone() again=HERE/>
                <div class="card-body stack">
                    <div class="grid-3">
                        <Count label="Sản phẩm đọc được" figure=products.to_string() words=format!("từ {} trang tính", with_products(&sheets))/>
                        <Count label="Vấn đề" figure=problems.to_string() words=problem_count(errors, problems)/>
                        <StandardBlock standard groups/>
                    </div>
                    <ApplyRow preview=upload.preview errors products same_as/>
                </div>
            </section>
            <section class="card">
                <header><h2>"Các trang tính"</h2></header>
                <Sheets sheets/>
            </section>
            <Problems problems=problem_rows errors all=problems page=asked.problem_page href=problem_href/>
            <section class="card">
                <header><h2>"Từng dòng đã hiểu"</h2><span class="muted small">{format!("{products} sản phẩm")}</span></header>
                <Rows rows standard_code/>
                <Pager page=asked.page per_page=PER_PAGE found=products rows="sản phẩm" href=row_href/>
            </section>
        </div>
    }
}

fn with_products(sheets: &[super::super::preview::SheetSummary]) -> usize {
    use super::super::preview::SheetKind;
    sheets
        .iter()
        .filter(|sheet| sheet.kind == SheetKind::Products)
        .count()
}

#[component]
fn StandardBlock(standard: Option<ProductRow>, groups: Vec<Group>) -> impl IntoView {
    let (figure, words) = match standard {
        Some(standard) => (
            standard.code,
            format!(
                "{} · {} điểm = hệ số 1,00",
                standard.task,
                format::number(standard.points, 4)
            ),
        ),
        None => ("–".to_owned(), "Chưa xác định được".to_owned()),
    };
    let groups = groups
        .iter()
        .map(|group| match group.min.zip(group.max) {
            Some((min, max)) => format!(
                "{} ({}–{})",
                group.code,
                format::number(min, 4),
                format::number(max, 4)
            ),
            None => group.code.clone(),
        })
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <div class="figure-block">
            <p class="figure-label">"Sản phẩm chuẩn"</p>
            <p class="figure">{figure}</p>
            <p class="muted small">{words}</p>
            <p class="muted small">"Nhóm: " {groups}</p>
        </div>
    }
}

/// Applying, or why it cannot be done.
#[component]
fn ApplyRow(
    preview: Uuid,
    errors: u32,
    products: u32,
    same_as: Option<(kpi::ids::CatalogueId, i32)>,
) -> impl IntoView {
    if let Some((catalogue, number)) = same_as {
        let href = format!("/catalogue?version={catalogue}");
        return view! {
            <p class="notice" data-tone="plain" role="status"><span>
                <b>"Không có thay đổi. "</b>"Nội dung tệp trùng với "
                <a href=href>{format!("bản số {number}")}</a>"; không có gì để áp dụng."
            </span></p>
        }
        .into_any();
    }
    if errors > 0 || products == 0 {
        return view! { <NotYet errors/> }.into_any();
    }
    view! {
        <PostForm<ApplyCatalogue>>
            <div class="form-actions">
                <input type="hidden" name="preview" value=preview.to_string()/>
                <button class="button" data-tone="act">"Áp dụng làm bản nháp"</button>
                <span class="muted small">"Tạo một bản nháp mới với toàn bộ sản phẩm; bản đang áp dụng giữ nguyên cho đến khi phê duyệt."</span>
            </div>
        </PostForm<ApplyCatalogue>>
    }
    .into_any()
}

#[component]
fn Rows(rows: Vec<ProductRow>, standard_code: Option<String>) -> impl IntoView {
    let body = rows
        .into_iter()
        .map(|row| {
            let standard = standard_code.as_ref() == Some(&row.code);
            view! { <RowLine row standard/> }
        })
        .collect_view();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Từng dòng đã hiểu">
            <table>
                <caption class="visually-hidden">"Sản phẩm như hệ thống hiểu, theo thứ tự trong tệp"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Trang tính, dòng"</th>
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
fn RowLine(row: ProductRow, standard: bool) -> impl IntoView {
    let detail =
        (!row.detail.is_empty()).then(|| view! { <p class="muted small">{row.detail}</p> });
    let chip = standard.then(|| view! { <Chip tone="measure" text="Sản phẩm chuẩn"/> });
    view! {
        <tr>
            <td class="muted small">{row.sheet} ", dòng " {row.row}</td>
            <th scope="row"><span class="catalogue-code">{row.code}</span></th>
            <td>{row.task} " " {chip} {detail}</td>
            <td>{row.output}</td>
            <td>{row.group}</td>
            <td class="num">{format::number(row.points, 4)}</td>
            <td class="num">{two_places(row.coefficient)}</td>
            <td>{row.unit_of_measure}</td>
            <td>{row.unit_name.unwrap_or_else(|| "Chung".to_owned())}</td>
        </tr>
    }
}
