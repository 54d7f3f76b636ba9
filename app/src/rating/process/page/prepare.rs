//! What is done for many at once: the minutes of a unit's meeting, proposals that follow the computed level, the announcement.

use leptos::prelude::*;

use crate::rating::process::api::{ProposeAll as ProposeEverybody, PublishLevels, RecordMeeting};
use crate::rating::process::wire::ProcessView;
use crate::ui::{Field, PostForm, RefusalNotice, TextArea, refusal_of, refused_in, typed_in};

/// Minutes on paper of a unit whose people handed their sheets in.
#[component]
pub(super) fn Meetings(view: ProcessView) -> impl IntoView {
    let refusal = refusal_of::<RecordMeeting>();
    (view.records && !view.to_meet.is_empty()).then(|| {
        let waiting: u32 = view.to_meet.iter().map(|(_, people)| people).sum();
        let options = view
            .to_meet
            .iter()
            .map(|(unit, people)| {
                let words = format!("{} ({people} người đã gửi phiếu)", unit.name);
                (unit.unit, view.unit == Some(unit.unit), words)
            })
            .collect::<Vec<_>>();
        let options = || {
            let each = options.clone().into_iter();
            each.map(|(unit, selected, words)| view! { <option value=unit.to_string() selected=selected>{words}</option> })
                .collect_view()
        };
        let (kept, paper) = (options(), options());
        let summary = typed_in(refusal, "summary")().unwrap_or_default();
        view! {
            <details class="card no-print" open=move || refusal.get().is_some()>
                <summary>{format!("Biên bản họp nhận xét: {waiting} người ở {} đơn vị đang chờ", view.to_meet.len())}</summary>
                <div class="card-body stack">
                    <RefusalNotice refusal/>
                    <PostForm<RecordMeeting> said="Đã gắn biên bản.">
                        <input type="hidden" name="year" value=view.year.to_string()/>
                        <input type="hidden" name="kept" value="true"/>
                        <div class="filter">
                            <div class="field grow"><label for="kept-unit">"Họp tại hệ thống: đơn vị"</label><select id="kept-unit" name="unit" required>{kept}</select></div>
                            <button class="button">"Dùng biên bản đã ký ở mục Họp"</button>
                        </div>
                    </PostForm<RecordMeeting>>
                    <PostForm<RecordMeeting> said="Đã ghi biên bản.">
                        <div class="stack">
                            <h3>"Họp trên giấy"</h3>
                            <p class="muted">"Biên bản áp dụng cho mọi người của đơn vị đã gửi Mẫu số 02 (điểm b khoản 1, khoản 2 Điều 21)."</p>
                            <input type="hidden" name="year" value=view.year.to_string()/>
                            <div class="form-grid">
                                <Field label="Đơn vị họp" name="meeting-unit"><select id="meeting-unit" name="unit" required>{paper}</select></Field>
                                <Field label="Số biên bản" name="meeting-number">
                                    <input id="meeting-number" name="number" required maxlength="200" autocomplete="off" value=typed_in(refusal, "number") aria-invalid=refused_in(refusal, "number")/>
                                </Field>
                                <Field label="Ngày họp" name="meeting-day">
                                    <input id="meeting-day" name="day" type="date" required aria-invalid=refused_in(refusal, "day")/>
                                </Field>
                            </div>
                            <Field label="Tóm tắt ý kiến tại cuộc họp" name="meeting-summary">
                                <TextArea name="summary" id="meeting-summary" value=summary rows=4 maxlength=4000 required=true/>
                            </Field>
                            <div><button class="button" data-tone="act">"Ghi biên bản"</button></div>
                        </div>
                    </PostForm<RecordMeeting>>
                </div>
            </details>
        }
    })
}

/// Proposals that follow the computed level.
#[component]
pub(super) fn ProposeAll(view: ProcessView) -> impl IntoView {
    let refusal = refusal_of::<ProposeEverybody>();
    (view.records && view.to_propose > 0).then(|| {
        view! {
            <section class="card no-print" aria-labelledby="propose-all">
                <header><h2 id="propose-all">{format!("Đề xuất mức: {} người đến lượt", view.to_propose)}</h2></header>
                <div class="card-body stack">
                    <RefusalNotice refusal/>
                    <p class="muted">"Đề xuất theo đúng mức tính theo điểm cho tất cả trong một lần; trường hợp cần mức khác, hãy đề xuất từng người ở danh sách dưới, kèm lý do. Ai được giữ mức xuất sắc khi vượt tỷ lệ do người đứng đầu chọn."</p>
                    <PostForm<ProposeEverybody> said="Đã đề xuất.">
                        <input type="hidden" name="year" value=view.year.to_string()/>
                        <button class="button" data-tone="act">{format!("Đề xuất theo mức tính cho {} người", view.to_propose)}</button>
                    </PostForm<ProposeEverybody>>
                </div>
            </section>
        }
    })
}

/// Notice to everybody decided about, and publication.
#[component]
pub(super) fn Publish(view: ProcessView) -> impl IntoView {
    let refusal = refusal_of::<PublishLevels>();
    (view.publishes && view.to_publish > 0).then(|| {
        view! {
            <section class="card no-print" aria-labelledby="publish">
                <header><h2 id="publish">{format!("Thông báo, công khai: {} quyết định đã ký", view.to_publish)}</h2></header>
                <div class="card-body stack">
                    <RefusalNotice refusal/>
                    <p class="muted">"Từng người nhận thông báo bằng văn bản điện tử; mức xếp loại hiện ở trang công khai trong cơ quan (điểm đ khoản 1, khoản 2 Điều 21)."</p>
                    <PostForm<PublishLevels> said="Đã thông báo và công khai.">
                        <input type="hidden" name="year" value=view.year.to_string()/>
                        <button class="button" data-tone="act">{format!("Thông báo và công khai {} kết quả", view.to_publish)}</button>
                    </PostForm<PublishLevels>>
                </div>
            </section>
        }
    })
}
