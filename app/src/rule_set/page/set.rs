//! One rule set: its values under their headings, what departs from the decree, what may be done with it.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::fields::{DraftForm, Values};
use super::side::Side;
use super::{StandingChip, done_words, span};
use crate::rule_set::api::{
    ApproveRuleSet, ChangeRuleSet, CopyRuleSet, DeleteRuleSet, SetView, load_rule_set,
};
use crate::ui::{RefusalNotice, ask, refusal_of, shown};

/// A rule set to read, or a draft to change.
#[component]
pub fn RuleSetPage() -> impl IntoView {
    let code = use_params_map().with_untracked(|params| params.get("code").unwrap_or_default());
    let done =
        use_query_map().with_untracked(|query| query.get("done").as_deref().and_then(done_words));
    let loaded = ask(|| (), |()| load_rule_set(code));
    view! {
        <Title text="Bộ quy tắc"/>
        {Suspend::new(async move { shown(loaded.await, move |data| view! { <Whole data done/> }) })}
    }
}

#[component]
fn Whole(data: SetView, done: Option<&'static str>) -> impl IntoView {
    let line = data.line.clone();
    let when = span(&line);
    view! {
        <header class="page-head">
            <p><a href="/rule-set">"← Các bộ quy tắc"</a></p>
            <h1>{line.name.clone()}</h1>
            <p class="row"><StandingChip standing=line.standing/><span class="muted">{when}</span></p>
            <p class="muted">{line.legal_basis.clone()}</p>
        </header>
        {done.map(|words| view! { <p class="notice" data-tone="good" role="status">{words}</p> })}
        <RefusalNotice refusal={refusal_of::<ChangeRuleSet>()}/>
        <RefusalNotice refusal={refusal_of::<CopyRuleSet>()}/>
        <RefusalNotice refusal={refusal_of::<DeleteRuleSet>()}/>
        <RefusalNotice refusal={refusal_of::<ApproveRuleSet>()}/>
        <div class="split">
            {if data.may.change {
                view! { <DraftForm data=data.clone()/> }.into_any()
            } else {
                view! { <Values data=data.clone()/> }.into_any()
            }}
            <Side data/>
        </div>
    }
}
