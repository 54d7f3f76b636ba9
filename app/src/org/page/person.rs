//! One person: name and group, posts held, another post; and the form for a new person.

use kpi::scoring::ScoringRole;
use leptos::prelude::*;
use uuid::Uuid;

use super::super::api::{
    AddPerson, AddPost, ChangePerson, EndPost, PersonDetail, PostLine, UnitLine,
};
use super::people::kind_words;
use crate::format::day;
use crate::ui::{Field, PostForm, RefusalNotice, refusal_of, refused_in, typed_in};

/// The chosen person.
#[component]
pub(super) fn PersonCard(
    /// Whom.
    person: PersonDetail,
    /// Units as options.
    choices: Vec<(Uuid, String)>,
    /// Groups of similar tasks.
    groups: Vec<String>,
) -> impl IntoView {
    let refusal = refusal_of::<ChangePerson>();
    let officer = person.officer;
    let current = person
        .posts
        .iter()
        .find(|post| post.until_day.is_none())
        .map(|post| (post.post, post.title.clone(), post.unit_name.clone()));
    let rows = person
        .posts
        .into_iter()
        .map(|post| view! { <PostRow post/> })
        .collect_view();
    view! {
        <section class="card">
            <header><h2>{person.name.clone()}</h2><span class="muted small">{person.code}</span></header>
            <div class="card-body stack">
                <PostForm<ChangePerson>>
                    <div class="stack">
                        <RefusalNotice refusal/>
                        <input type="hidden" name="officer" value=officer.to_string()/>
                        <input type="hidden" name="version" value=person.version.to_string()/>
                        <div class="form-grid">
                            <Field label="Họ và tên" name="change-name">
                                <input id="change-name" name="full_name" required maxlength="200" value=person.name aria-invalid=refused_in(refusal, "full_name")/>
                            </Field>
                            <Field label="Nhóm nhiệm vụ tương đồng" name="change-group">
                                <input id="change-group" name="task_group" maxlength="200" list="task-groups" value=person.task_group aria-invalid=refused_in(refusal, "task_group")/>
                            </Field>
                        </div>
                        <div><button class="button">"Lưu"</button></div>
                    </div>
                </PostForm<ChangePerson>>
                <h3>"Vị trí đã và đang giữ"</h3>
                <RefusalNotice refusal={refusal_of::<EndPost>()}/>
                <div class="scroll-x" tabindex="0" role="region" aria-label="Vị trí">
                    <table>
                        <caption class="visually-hidden">"Vị trí đã và đang giữ"</caption>
                        <thead><tr><th scope="col">"Chức danh"</th><th scope="col">"Đơn vị"</th><th scope="col">"Từ"</th><th scope="col">"Đến"</th><th scope="col">"Kết thúc"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <AddPostForm officer current choices/>
            </div>
            <TaskGroups groups/>
        </section>
    }
}

#[component]
fn PostRow(post: PostLine) -> impl IntoView {
    let held = post.until_day.is_none();
    let id = format!("until-{}", post.post);
    view! {
        <tr>
            <th scope="row">{post.title}<span class="muted small">" · "{kind_words(post.kind)}</span></th>
            <td>{post.unit_name}</td>
            <td>{day(post.from_day)}</td>
            <td>{post.until_day.map_or_else(|| "nay".to_owned(), day)}</td>
            <td>
                {held.then(|| view! {
                    <PostForm<EndPost>>
                        <div class="row">
                            <input type="hidden" name="post" value=post.post.to_string()/>
                            <label class="visually-hidden" for=id.clone()>"Ngày cuối cùng giữ vị trí"</label>
                            <input id=id name="until_day" type="date" required/>
                            <button class="button">"Kết thúc"</button>
                        </div>
                    </PostForm<EndPost>>
                })}
            </td>
        </tr>
    }
}

/// Another post; the current one may end the day before.
#[component]
fn AddPostForm(
    officer: Uuid,
    /// The post held now: id, title, unit.
    current: Option<(Uuid, String, String)>,
    choices: Vec<(Uuid, String)>,
) -> impl IntoView {
    let refusal = refusal_of::<AddPost>();
    let ends = current.map(|(post, title, unit)| {
        view! {
            <label class="check"><input type="checkbox" name="appointment[ends]" value=post.to_string() checked=true/>{format!("Kết thúc vị trí {title} · {unit} vào ngày trước đó")}</label>
        }
    });
    let options = choices
        .into_iter()
        .map(|(unit, words)| view! { <option value=unit.to_string()>{words}</option> })
        .collect_view();
    view! {
        <h3>"Điều động, bổ nhiệm"</h3>
        <PostForm<AddPost>>
            <div class="stack">
                <RefusalNotice refusal/>
                <input type="hidden" name="appointment[officer]" value=officer.to_string()/>
                <div class="form-grid">
                    <Field label="Đơn vị" name="post-unit">
                        <select id="post-unit" name="appointment[unit]" required aria-invalid=refused_in(refusal, "unit")>{options}</select>
                    </Field>
                    <KindField name="appointment[kind]" id="post-kind"/>
                    <Field label="Hình thức" name="post-arrangement">
                        <select id="post-arrangement" name="appointment[arrangement]" aria-invalid=refused_in(refusal, "arrangement")>
                            <option value="regular">"Chính thức"</option>
                            <option value="secondment">"Biệt phái"</option>
                            <option value="probation">"Tập sự"</option>
                        </select>
                    </Field>
                    <Field label="Chức danh" name="post-title">
                        <input id="post-title" name="appointment[title]" required maxlength="200" value=typed_in(refusal, "title") aria-invalid=refused_in(refusal, "title")/>
                    </Field>
                    <Field label="Từ ngày" name="post-from">
                        <input id="post-from" name="appointment[from_day]" type="date" required aria-invalid=refused_in(refusal, "from_day")/>
                    </Field>
                </div>
                {ends}
                <div><button class="button" data-tone="act">"Ghi nhận"</button></div>
            </div>
        </PostForm<AddPost>>
    }
}

#[component]
fn KindField(name: &'static str, id: &'static str) -> impl IntoView {
    let options = [ScoringRole::Staff, ScoringRole::Deputy, ScoringRole::Head]
        .into_iter()
        .map(|kind| view! { <option value=kind.as_str()>{kind_words(kind)}</option> })
        .collect_view();
    view! { <Field label="Vị trí" name=id><select id=id name=name>{options}</select></Field> }
}

#[component]
fn TaskGroups(groups: Vec<String>) -> impl IntoView {
    let options = groups
        .into_iter()
        .map(|group| view! { <option value=group></option> })
        .collect_view();
    view! { <datalist id="task-groups">{options}</datalist> }
}

/// A new person in the chosen unit.
#[component]
pub(super) fn AddPersonCard(
    /// Where the first post is.
    unit: UnitLine,
    /// Groups of similar tasks.
    groups: Vec<String>,
) -> impl IntoView {
    let refusal = refusal_of::<AddPerson>();
    let refused = move |field: &'static str| refused_in(refusal, field);
    view! {
        <details class="card" open=move || refusal.get().is_some()>
            <summary class="card-body">{format!("Thêm công chức vào {}", unit.name)}</summary>
            <PostForm<AddPerson>>
                <div class="card-body stack">
                    <RefusalNotice refusal/>
                    <input type="hidden" name="person[unit]" value=unit.unit.to_string()/>
                    <div class="form-grid">
                        <Field label="Mã công chức" name="person-code">
                            <input id="person-code" name="person[officer_code]" required maxlength="40" value=typed_in(refusal, "officer_code") aria-invalid=refused("officer_code")/>
                        </Field>
                        <Field label="Họ và tên" name="person-name">
                            <input id="person-name" name="person[full_name]" required maxlength="200" value=typed_in(refusal, "full_name") aria-invalid=refused("full_name")/>
                        </Field>
                        <Field label="Chức danh" name="person-title">
                            <input id="person-title" name="person[title]" required maxlength="200" value=typed_in(refusal, "title") aria-invalid=refused("title")/>
                        </Field>
                        <KindField name="person[kind]" id="person-kind"/>
                        <Field label="Từ ngày" name="person-from">
                            <input id="person-from" name="person[from_day]" type="date" required aria-invalid=refused("from_day")/>
                        </Field>
                        <Field label="Nhóm nhiệm vụ tương đồng" name="person-group" hint="Bỏ trống nếu chưa xếp nhóm.">
                            <input id="person-group" name="person[task_group]" maxlength="200" list="new-task-groups" aria-describedby="person-group-hint" aria-invalid=refused("task_group")/>
                        </Field>
                    </div>
                    <div><button class="button" data-tone="act">"Thêm công chức"</button></div>
                </div>
            </PostForm<AddPerson>>
            <datalist id="new-task-groups">{groups.into_iter().map(|group| view! { <option value=group></option> }).collect_view()}</datalist>
        </details>
    }
}
