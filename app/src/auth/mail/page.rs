//! The card of the own address on the page of the own account.

use leptos::prelude::*;

use super::api::{OwnMail, SetOwnMail, load_own_mail};
use crate::ui::{Field, PostForm, RefusalNotice, refusal_of, refused_in, shown, typed_in};

/// The own address and the daily digest.
#[component]
pub(in crate::auth) fn OwnMailCard() -> impl IntoView {
    view! {
        <section class="card" id="mail">
            <header><h2>"Thư điện tử"</h2></header>
            {Suspend::new(async move {
                shown(load_own_mail().await, |mail| view! { <MailForm mail/> })
            })}
        </section>
    }
}

#[component]
fn MailForm(mail: OwnMail) -> impl IntoView {
    let refusal = refusal_of::<SetOwnMail>();
    let refused = refused_in(refusal, "email");
    let typed = typed_in(refusal, "email");
    let stored = mail.email;
    let email = move || typed().unwrap_or_else(|| stored.clone());
    view! {
        <PostForm<SetOwnMail>>
            <div class="card-body stack">
                {(!mail.configured).then(|| view! {
                    <p class="notice" data-tone="risk">"Máy chủ này chưa được cấu hình gửi thư điện tử: địa chỉ được lưu, nhưng chưa có thư nào được gửi."</p>
                })}
                <RefusalNotice refusal/>
                <Field label="Địa chỉ thư điện tử" name="email" hint="Để trống thì không có thư nào được gửi cho bạn.">
                    <input id="email" name="email" type="email" maxlength="254" autocomplete="email" autocapitalize="none" spellcheck="false" value=email aria-invalid=refused aria-describedby="email-hint"/>
                </Field>
                <div>
                    <label class="check"><input type="checkbox" name="digest" value="true" checked=mail.digest aria-describedby="digest-hint"/>"Gửi tóm tắt hằng ngày"</label>
                    <p class="field-hint" id="digest-hint">"Mỗi ngày làm việc một thư, từ 7 giờ sáng, khi có việc chờ bạn hoặc thông báo mới; thư không nêu điểm của ai. Thư nhắc hạn của kỳ đánh giá vẫn được gửi khi tắt tóm tắt."</p>
                </div>
                <div><button class="button" data-tone="act">"Lưu"</button></div>
            </div>
        </PostForm<SetOwnMail>>
    }
}
