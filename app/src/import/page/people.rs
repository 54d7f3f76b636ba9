//! Upload, preview and apply people and units.

use leptos::prelude::*;
use leptos_meta::Title;
use uuid::Uuid;

use super::super::api::{
    ApplyPeople, Change, Counts, PeopleUnderstood, PersonPlan, ReadUpload, UnitPlan, Upload,
    people_read,
};
use super::asked::Asked;
use super::parts::{
    Count, NotYet, PER_PAGE, Problems, Refused, Sheets, UploadCard, UploadHead, problem_count,
};
use crate::ui::{Chip, Pager, PostForm, RefusalNotice, refusal_of, shown};

const HERE: &str = "/organisation/import";

/// Upload, preview and apply people and units.
#[component]
pub fn PeopleImportPage() -> impl IntoView {
    let asked = Asked::of(HERE);
    let loaded = people_read(asked.preview, asked.page, asked.problem_page);
    let refusal = refusal_of::<ApplyPeople>();
    view! {
        <Title text="Nhập danh sách công chức"/>
        <header class="page-head">
            <p class="page-back"><a href="/organisation">"‹ Tổ chức"</a></p>
            <h1>"Nhập đơn vị và công chức"</h1>
            <p class="muted">"Thêm và sửa theo mã cán bộ và mã đơn vị. Ai không có trong tệp thì giữ nguyên; không ai bị xóa."</p>
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
        <UploadCard action="/import/people" template="/template/people.xlsx"
            template_words="Tải mẫu kèm danh sách hiện có" title="Chọn tệp danh sách"/>
    }
}

#[component]
fn Preview(upload: Upload, content: PeopleUnderstood, asked: Asked) -> impl IntoView {
    let problem_href = move |page| asked.with_problem_page(page);
    let row_href = move |page| asked.with_page(page);
    let PeopleUnderstood {
        sheets,
        unit_counts,
        people_counts,
        problems,
        errors,
        unchanged,
        unit_rows,
        rows,
        problem_rows,
    } = content;
    let people = people_counts.new + people_counts.changed + people_counts.same;
    view! {
        <div class="stack">
            <section class="card">
                <UploadHead upload=upload.clone() again=HERE/>
                <div class="card-body stack">
                    <div class="grid-3">
                        <Count label="Công chức" figure=people.to_string() words=count_words(people_counts)/>
                        <Count label="Đơn vị trong tệp" figure=(unit_counts.new + unit_counts.changed + unit_counts.same).to_string() words=count_words(unit_counts)/>
                        <Count label="Vấn đề" figure=problems.to_string() words=problem_count(errors, problems)/>
                    </div>
                    <ApplyRow preview=upload.preview errors unchanged done=asked.done/>
                </div>
            </section>
            <section class="card">
                <header><h2>"Các trang tính"</h2></header>
                <Sheets sheets/>
            </section>
            <Problems problems=problem_rows errors all=problems page=asked.problem_page href=problem_href/>
            <UnitRows rows=unit_rows/>
            <section class="card">
                <header><h2>"Từng người"</h2><span class="muted small">{count_words(people_counts)}</span></header>
                <PeopleRows rows/>
                <Pager page=asked.page per_page=PER_PAGE found=people rows="người" href=row_href/>
            </section>
        </div>
    }
}

fn count_words(counts: Counts) -> String {
    format!(
        "{} mới, {} thay đổi, {} không đổi",
        counts.new, counts.changed, counts.same
    )
}

/// Applying, or why there is nothing to apply.
#[component]
fn ApplyRow(preview: Uuid, errors: u32, unchanged: bool, done: bool) -> impl IntoView {
    if errors > 0 {
        return view! { <NotYet errors/> }.into_any();
    }
    if unchanged && done {
        return view! {
            <p class="notice" data-tone="good" role="status"><span>
                <b>"Đã áp dụng. "</b>"Hệ thống bây giờ đúng như tệp. "<a href="/organisation">"Xem tổ chức"</a>
            </span></p>
        }
        .into_any();
    }
    if unchanged {
        return view! {
            <p class="notice" data-tone="plain" role="status"><span>
                <b>"Không có thay đổi. "</b>"Mọi dòng trong tệp đã đúng như trong hệ thống."
            </span></p>
        }
        .into_any();
    }
    view! {
        <PostForm<ApplyPeople>>
            <div class="form-actions">
                <input type="hidden" name="preview" value=preview.to_string()/>
                <button class="button" data-tone="act">"Áp dụng"</button>
                <span class="muted small">"Tất cả các dòng cùng lúc, hoặc không dòng nào."</span>
            </div>
        </PostForm<ApplyPeople>>
    }
    .into_any()
}

#[component]
fn ChangeChip(change: Change) -> impl IntoView {
    let (tone, words) = match change {
        Change::New => ("good", "Mới"),
        Change::Changed => ("risk", "Thay đổi"),
        Change::Same => ("plain", "Không đổi"),
    };
    view! { <Chip tone text=words/> }
}

#[component]
fn UnitRows(rows: Vec<UnitPlan>) -> impl IntoView {
    let any = !rows.is_empty();
    let body = rows
        .into_iter()
        .map(|unit| {
            view! {
                <tr>
                    <td class="muted small">{unit.sheet} ", dòng " {unit.row}</td>
                    <th scope="row">{unit.code}</th>
                    <td>{unit.name}</td>
                    <td>{unit.parent}</td>
                    <td><ChangeChip change=unit.change/> " " {unit.words.join("; ")}</td>
                </tr>
            }
        })
        .collect_view();
    any.then(|| {
        view! {
            <section class="card">
                <header><h2>"Đơn vị mới hoặc đổi tên"</h2></header>
                <div class="scroll-x" tabindex="0" role="region" aria-label="Đơn vị mới hoặc đổi tên">
                    <table>
                        <caption class="visually-hidden">"Đơn vị sẽ thêm hoặc đổi tên"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Trang tính, dòng"</th>
                                <th scope="col">"Mã"</th>
                                <th scope="col">"Tên"</th>
                                <th scope="col">"Cấp trên"</th>
                                <th scope="col">"Sẽ làm gì"</th>
                            </tr>
                        </thead>
                        <tbody>{body}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}

#[component]
fn PeopleRows(rows: Vec<PersonPlan>) -> impl IntoView {
    let body = rows
        .into_iter()
        .map(|person| {
            view! {
                <tr>
                    <td class="muted small">{person.sheet} ", dòng " {person.row}</td>
                    <td>{person.officer_code}</td>
                    <th scope="row">{person.full_name}</th>
                    <td>{person.unit}</td>
                    <td>{person.role.label()}<p class="muted small">{person.title}</p></td>
                    <td>{person.group}</td>
                    <td><ChangeChip change=person.change/> " " {person.words.join("; ")}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Từng người">
            <table>
                <caption class="visually-hidden">"Mỗi người trong tệp và việc sẽ làm"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Trang tính, dòng"</th>
                        <th scope="col">"Mã cán bộ"</th>
                        <th scope="col">"Họ và tên"</th>
                        <th scope="col">"Đơn vị"</th>
                        <th scope="col">"Vai trò, chức danh"</th>
                        <th scope="col">"Nhóm tương đồng"</th>
                        <th scope="col">"Sẽ làm gì"</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}
