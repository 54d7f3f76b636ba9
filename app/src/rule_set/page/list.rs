//! All rule sets of the agency, the one in force first.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{StandingChip, done_words, span};
use crate::rule_set::api::{CopyRuleSet, SetLine, SetsView, load_rule_sets};
use crate::ui::{Field, PostForm, RefusalNotice, ask, refusal_of, refused_in, shown, typed_in};

/// Which rules score the agency's months.
#[component]
pub fn RuleSetsPage() -> impl IntoView {
    let query = use_query_map();
    let loaded = ask(|| (), |()| load_rule_sets());
    let done = query.with_untracked(|query| query.get("done").as_deref().and_then(done_words));
    view! {
        <Title text="Bộ quy tắc"/>
        <header class="page-head">
            <h1>"Bộ quy tắc đánh giá"</h1>
            <p class="muted">"Tiêu chí, trọng số, mức trừ, ngưỡng xếp loại và tỷ lệ xuất sắc dùng để chấm điểm. Mỗi tháng giữ bộ quy tắc của chính tháng đó."</p>
        </header>
        {done.map(|words| view! { <p class="notice" data-tone="good" role="status">{words}</p> })}
        {Suspend::new(async move { shown(loaded.await, |data| view! { <Sets data/> }) })}
    }
}

#[component]
fn Sets(data: SetsView) -> impl IntoView {
    let rows = data
        .sets
        .iter()
        .map(|line| view! { <SetRow line=line.clone()/> })
        .collect_view();
    view! {
        <section class="card">
            <div class="scroll-x" tabindex="0" role="region" aria-label="Các bộ quy tắc">
                <table>
                    <caption class="visually-hidden">"Các bộ quy tắc, bộ đang áp dụng trước"</caption>
                    <thead><tr>
                        <th scope="col">"Bộ quy tắc"</th><th scope="col">"Trạng thái"</th><th scope="col">"Soạn"</th><th scope="col">"Phê duyệt"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
        {data.may_copy.then(|| view! { <CopyCard data/> })}
    }
}

#[component]
fn SetRow(line: SetLine) -> impl IntoView {
    let when = span(&line);
    view! {
        <tr data-key=line.code.clone()>
            <th scope="row"><a href=format!("/rule-set/{}", line.code)>{line.name}</a><p class="muted small">{line.legal_basis}</p></th>
            <td><StandingChip standing=line.standing/><p class="muted small">{when}</p></td>
            <td>{line.author}</td>
            <td>{line.approved}</td>
        </tr>
    }
}

#[component]
fn CopyCard(data: SetsView) -> impl IntoView {
    let refusal = refusal_of::<CopyRuleSet>();
    let options = data
        .sets
        .iter()
        .map(|line| view! { <option value=line.code.clone()>{line.name.clone()}</option> })
        .collect_view();
    view! {
        <section class="card">
            <header><h2>"Soạn bộ quy tắc mới"</h2></header>
            <div class="card-body stack">
                <p class="muted">"Sao chép một bộ đã có, sửa trên bản sao, thử với các tháng đã qua, rồi trình người có thẩm quyền phê duyệt."</p>
                <RefusalNotice refusal/>
                <PostForm<CopyRuleSet>>
                    <input type="hidden" name="key" value=data.key.to_string()/>
                    <div class="form-grid">
                        <Field label="Sao chép từ" name="source">
                            <select id="source" name="source">{options}</select>
                        </Field>
                        <Field label="Tên bộ quy tắc mới" name="name" hint="Ví dụ: Quy chế đánh giá của Sở Nội vụ, năm 2027">
                            <input id="name" name="name" maxlength="200" required aria-describedby="name-hint"
                                value=typed_in(refusal, "name") aria-invalid=refused_in(refusal, "name")/>
                        </Field>
                    </div>
                    <div class="form-actions"><button class="button" data-tone="act">"Sao chép"</button></div>
                </PostForm<CopyRuleSet>>
            </div>
        </section>
    }
}
