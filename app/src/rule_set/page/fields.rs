//! The values of a rule set under their headings, to read or to change, as `kpi::rule_set::field` describes them.

use kpi::rule_set::RuleSet;
use kpi::rule_set::field::{Control, Difference, FIELDS, Field, Group, read, read_rows};
use leptos::prelude::*;

use crate::error::AppError;
use crate::rule_set::api::{ChangeRuleSet, SetView};
use crate::ui::{Chip, PostForm, TextArea, refusal_of};

fn fields_of(group: Group) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.group == group)
}

/// What the value differs from, when it departs from the decree.
fn departure<'a>(data: &'a SetView, field: &Field) -> Option<&'a Difference> {
    data.departures
        .iter()
        .find(|found| found.path == field.path)
}

/// All values to read.
#[component]
pub(super) fn Values(data: SetView) -> impl IntoView {
    let groups = Group::ALL
        .iter()
        .map(|group| {
            let rows = fields_of(*group)
                .map(|field| view! { <ValueRow field data=data.clone()/> })
                .collect_view();
            view! {
                <section class="card" id=group.as_str()>
                    <header><h2>{group.label()}</h2></header>
                    <dl class="rule-values">{rows}</dl>
                </section>
            }
        })
        .collect_view();
    view! { <div class="stack">{groups}</div> }
}

#[component]
fn ValueRow(field: &'static Field, data: SetView) -> impl IntoView {
    let reason = data.reasons.get(field.path).cloned();
    view! {
        <div class="rule-value" data-field=field.path>
            <dt>{field.label}<Source field/></dt>
            <dd>
                <Shown field set=data.set.clone()/>
                {departure(&data, field).cloned().map(|found| view! { <Departs found reason/> })}
            </dd>
        </div>
    }
}

/// On what the value rests, and which open question it answers.
#[component]
fn Source(field: &'static Field) -> impl IntoView {
    let words = match (field.source, field.choice) {
        ("", None) => String::new(),
        (source, None) => source.to_owned(),
        ("", Some(choice)) => format!("lựa chọn {choice}"),
        (source, Some(choice)) => format!("{source} · lựa chọn {choice}"),
    };
    (!words.is_empty()).then(|| view! { <span class="muted small">{words}</span> })
}

#[component]
fn Departs(found: Difference, reason: Option<String>) -> impl IntoView {
    if found.choice {
        return view! { <p class="small muted">{format!("NĐ 335 để ngỏ; mặc định: {}", found.before)}</p> }.into_any();
    }
    view! {
        <p class="small"><Chip tone="risk" text="khác NĐ 335"/>{format!(" {} ", found.before)}</p>
        {reason.map(|reason| view! { <p class="small">{format!("Lý do: {reason}")}</p> })}
    }
    .into_any()
}

/// A value as it is read.
#[component]
fn Shown(field: &'static Field, set: RuleSet) -> impl IntoView {
    if set.is_unfilled(field.path) {
        return view! { <Chip tone="risk" text="do đơn vị ban hành, chưa điền"/> }.into_any();
    }
    let typed = read(&set, field);
    match field.control {
        Control::Percent => view! { <span>{format!("{typed}%")}</span> }.into_any(),
        Control::Choice(choices) => {
            let words = choices
                .iter()
                .find(|(code, _)| *code == typed)
                .map_or("", |(_, words)| *words);
            view! { <span>{words}</span> }.into_any()
        }
        Control::List { columns } => {
            view! { <Rows columns rows=read_rows(&set, field)/> }.into_any()
        }
        _ if typed.is_empty() => view! { <span class="muted">"không có"</span> }.into_any(),
        _ => view! { <span>{typed}</span> }.into_any(),
    }
}

#[component]
fn Rows(columns: &'static [&'static str], rows: Vec<Vec<String>>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <span class="muted">"không có"</span> }.into_any();
    }
    let head = columns
        .iter()
        .map(|column| view! { <th scope="col">{*column}</th> })
        .collect_view();
    let body = rows
        .into_iter()
        .map(|row| {
            let cells = row
                .into_iter()
                .map(|cell| view! { <td>{cell}</td> })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! { <table class="rule-rows"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table> }
        .into_any()
}

/// A draft as one form.
#[component]
pub(super) fn DraftForm(data: SetView) -> impl IntoView {
    let refusal = refusal_of::<ChangeRuleSet>().get_untracked();
    let groups = Group::ALL
        .iter()
        .map(|group| {
            let rows = fields_of(*group)
                .map(|field| view! { <EditRow field data=data.clone() refusal=refusal.clone()/> })
                .collect_view();
            view! {
                <fieldset class="card rule-group" id=group.as_str()>
                    <legend><h2>{group.label()}</h2></legend>
                    {rows}
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <PostForm<ChangeRuleSet> id="draft" said="Đã lưu bản nháp.">
            <input type="hidden" name="code" value=data.line.code.clone()/>
            <input type="hidden" name="version" value=data.version.to_string()/>
            <div class="stack">
                {groups}
                <div class="form-actions rule-save">
                    <button class="button" data-tone="act">"Lưu bản nháp"</button>
                </div>
            </div>
        </PostForm<ChangeRuleSet>>
    }
}

#[component]
fn EditRow(field: &'static Field, data: SetView, refusal: Option<AppError>) -> impl IntoView {
    let refused = match &refusal {
        Some(AppError::Invalid {
            field: path,
            message,
            typed,
        }) if path == field.path => Some((message.clone(), typed.clone())),
        _ => None,
    };
    let stored = read(&data.set, field);
    let value = match &refused {
        Some((_, typed)) if !typed.is_empty() => typed.clone(),
        _ => stored,
    };
    let name = format!("fields[{}]", field.path);
    let found = departure(&data, field).cloned();
    let reason = found.clone().filter(|found| !found.choice).map(|_| {
        let name = format!("reasons[{}]", field.path);
        let value = data.reasons.get(field.path).cloned().unwrap_or_default();
        let id = format!("{}-reason", field.path);
        view! {
            <label class="small" for=id.clone()>"Lý do, căn cứ khác NĐ 335"</label>
            <input id=id name=name value=value maxlength="1000"/>
        }
    });
    let unfilled = data.set.is_unfilled(field.path);
    view! {
        <div class="rule-edit" data-field=field.path>
            <div>
                <label for=field.path>{field.label}</label>
                <Source field/>
                {(!field.help.is_empty()).then(|| view! { <p class="field-hint" id=format!("{}-help", field.path)>{field.help}</p> })}
            </div>
            <div class="field">
                <Input field name value invalid=refused.is_some()/>
                {unfilled.then(|| view! { <p class="small"><Chip tone="risk" text="do đơn vị ban hành"/>" phải điền trước khi phê duyệt"</p> })}
                {refused.map(|(message, _)| view! { <p class="field-error">{message}</p> })}
                {found.map(|found| view! { <Departs found reason=None/> })}
                {reason}
            </div>
        </div>
    }
}

#[component]
fn Input(field: &'static Field, name: String, value: String, invalid: bool) -> impl IntoView {
    let described = (!field.help.is_empty()).then(|| format!("{}-help", field.path));
    let invalid = invalid.then_some("true");
    match field.control {
        Control::Text { most } => {
            view! { <input id=field.path name=name value=value maxlength=most aria-invalid=invalid aria-describedby=described/> }.into_any()
        }
        Control::Number { .. } | Control::Percent => {
            let unit = matches!(field.control, Control::Percent).then(|| view! { <span aria-hidden="true">"%"</span> });
            view! {
                <span class="row rule-number">
                    <input id=field.path name=name value=value inputmode="decimal" maxlength="20" aria-invalid=invalid aria-describedby=described/>
                    {unit}
                </span>
            }
            .into_any()
        }
        Control::Whole { .. } => {
            view! {
                <span class="row rule-number">
                    <input id=field.path name=name value=value inputmode="numeric" maxlength="10" aria-invalid=invalid aria-describedby=described/>
                </span>
            }
            .into_any()
        }
        Control::Choice(choices) => {
            let options = choices
                .iter()
                .map(|(code, words)| view! { <option value=*code selected=*code == value>{*words}</option> })
                .collect_view();
            view! { <select id=field.path name=name aria-invalid=invalid aria-describedby=described>{options}</select> }.into_any()
        }
        Control::List { columns } => {
            let rows = u32::try_from(value.lines().count() + 1).unwrap_or(20).clamp(2, 20);
            view! {
                <TextArea id=field.path name value rows maxlength=20_000/>
                <p class="field-hint">{format!("Mỗi dòng một mục: {}", columns.join(" | "))}</p>
            }
            .into_any()
        }
    }
}
