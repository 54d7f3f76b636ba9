//! What both imports show: the upload form, the sheets, the problems, a refused file.

use leptos::prelude::*;

use super::super::api::Upload;
use super::super::preview::{Problem, Refusal, Severity, SheetKind, SheetSummary};
use crate::ui::{Chip, Field, Pager};

/// Rows on one page, as the store cuts them.
pub(super) const PER_PAGE: u32 = 100;

/// The form that uploads a file; a plain post, so that it works without WASM.
#[component]
pub(super) fn UploadCard(
    /// Where it posts to.
    action: &'static str,
    /// Address of the template.
    template: &'static str,
    /// What the template is.
    template_words: &'static str,
    /// What the file holds, as a heading.
    title: &'static str,
) -> impl IntoView {
    view! {
        <section class="card">
            <header>
                <h2>{title}</h2>
                <a class="button" data-tone="quiet" href=template rel="external" download="">{template_words}</a>
            </header>
            <form class="card-body stack" method="post" action=action enctype="multipart/form-data">
                <Field label="Tệp Excel (.xlsx)" name="file" hint="Tối đa 20 MB. Tải lên chỉ để xem trước; chưa có gì thay đổi cho đến khi bạn bấm áp dụng.">
                    <input id="file" name="file" type="file" required aria-describedby="file-hint"
                        accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>
                </Field>
                <div class="form-actions"><button class="button" data-tone="act">"Xem trước"</button></div>
            </form>
        </section>
    }
}

/// Which file is shown, and the way to another.
#[component]
pub(super) fn UploadHead(upload: Upload, again: &'static str) -> impl IntoView {
    let name = if upload.file_name.is_empty() {
        "Tệp không tên".to_owned()
    } else {
        upload.file_name
    };
    view! {
        <header>
            <h2>{name}</h2>
            <span class="muted small">"tải lên lúc " {upload.uploaded}</span>
            <a class="button" href=again>"Chọn tệp khác"</a>
        </header>
    }
}

/// A file that was not read at all.
#[component]
pub(super) fn Refused(upload: Upload, refusal: Refusal, again: &'static str) -> impl IntoView {
    view! {
        <section class="card">
            <UploadHead upload again/>
            <div class="card-body">
                <p class="notice" data-tone="bad" role="alert"><span><b>"Không đọc được tệp này. "</b>{refusal.to_string()}</span></p>
            </div>
        </section>
    }
}

/// Every sheet and what became of it.
#[component]
pub(super) fn Sheets(sheets: Vec<SheetSummary>) -> impl IntoView {
    let body = sheets
        .into_iter()
        .map(|sheet| {
            let (tone, words) = kind_words(sheet.kind);
            let skipped = match (sheet.refused, sheet.passed_over) {
                (0, 0) => String::new(),
                (0, passed) => format!("{passed} dòng tiêu đề, cộng"),
                (refused, 0) => format!("{refused} dòng không hiểu được"),
                (refused, passed) => {
                    format!("{refused} dòng không hiểu được, {passed} dòng tiêu đề, cộng")
                }
            };
            view! {
                <tr>
                    <th scope="row">{sheet.name}</th>
                    <td><Chip tone text=words/></td>
                    <td class="num">{sheet.header_row.map_or_else(|| "–".to_owned(), |row| row.to_string())}</td>
                    <td class="num">{sheet.products}</td>
                    <td>{sheet.reason.unwrap_or(skipped)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Các trang tính">
            <table>
                <caption class="visually-hidden">"Các trang tính của tệp"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Trang tính"</th>
                        <th scope="col">"Được hiểu là"</th>
                        <th scope="col" class="num">"Dòng tiêu đề"</th>
                        <th scope="col" class="num">"Dòng đọc được"</th>
                        <th scope="col">"Bỏ qua"</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

fn kind_words(kind: SheetKind) -> (&'static str, &'static str) {
    match kind {
        SheetKind::Products => ("measure", "Bảng sản phẩm"),
        SheetKind::Criteria => ("plain", "Tiêu chí chung"),
        SheetKind::People => ("measure", "Danh sách người"),
        SheetKind::Units => ("measure", "Danh sách đơn vị"),
        SheetKind::Ignored => ("plain", "Không đọc"),
    }
}

/// How many problems stop applying and how many are only worth a look.
pub(super) fn problem_count(errors: u32, all: u32) -> String {
    let notices = all.saturating_sub(errors);
    match (errors, notices) {
        (0, 0) => "Không có vấn đề nào".to_owned(),
        (0, notices) => format!("{notices} điều cần xem, không cản áp dụng"),
        (errors, 0) => format!("{errors} lỗi"),
        (errors, notices) => format!("{errors} lỗi, {notices} điều cần xem"),
    }
}

/// Problems with their place in the workbook.
#[component]
pub(super) fn Problems<F>(
    problems: Vec<Problem>,
    errors: u32,
    all: u32,
    page: u32,
    href: F,
) -> impl IntoView
where
    F: Fn(u32) -> String,
{
    let body = problems
        .into_iter()
        .map(|problem| view! { <ProblemLine problem/> })
        .collect_view();
    (all > 0).then(|| {
        view! {
            <section class="card">
                <header>
                    <h2>"Vấn đề tìm thấy"</h2>
                    <span class="muted small">{problem_count(errors, all)}</span>
                </header>
                <div class="scroll-x" tabindex="0" role="region" aria-label="Vấn đề tìm thấy">
                    <table>
                        <caption class="visually-hidden">"Vấn đề theo trang tính, dòng và cột"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Mức"</th>
                                <th scope="col">"Trang tính"</th>
                                <th scope="col" class="num">"Dòng"</th>
                                <th scope="col">"Cột"</th>
                                <th scope="col">"Lý do"</th>
                            </tr>
                        </thead>
                        <tbody>{body}</tbody>
                    </table>
                </div>
                <Pager page per_page=PER_PAGE found=all rows="vấn đề" href/>
            </section>
        }
    })
}

#[component]
fn ProblemLine(problem: Problem) -> impl IntoView {
    let (tone, words) = match problem.severity {
        Severity::Error => ("bad", "Lỗi"),
        Severity::Notice => ("risk", "Cần xem"),
    };
    let dash = || "–".to_owned();
    let sheet = if problem.sheet.is_empty() {
        "Cả tệp".to_owned()
    } else {
        problem.sheet
    };
    view! {
        <tr data-tone=tone>
            <td><Chip tone text=words/></td>
            <td>{sheet}</td>
            <td class="num">{problem.row.map_or_else(dash, |row| row.to_string())}</td>
            <td>{problem.column.unwrap_or_else(dash)}</td>
            <td>{problem.reason}</td>
        </tr>
    }
}

/// One number with what it counts.
#[component]
pub(super) fn Count(label: &'static str, figure: String, words: String) -> impl IntoView {
    view! {
        <div class="figure-block">
            <p class="figure-label">{label}</p>
            <p class="figure">{figure}</p>
            <p class="muted small">{words}</p>
        </div>
    }
}

/// Why nothing can be applied yet.
#[component]
pub(super) fn NotYet(errors: u32) -> impl IntoView {
    view! {
        <p class="notice" data-tone="bad"><span>
            <b>{format!("Còn {errors} lỗi nên chưa áp dụng được. ")}</b>
            "Mỗi lỗi ở bảng bên dưới ghi rõ trang tính, dòng và cột; hãy sửa trong tệp rồi tải lại."
        </span></p>
    }
}
