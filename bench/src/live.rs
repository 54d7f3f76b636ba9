//! From the answer of a committed report to a hundred listening tabs, and to the unit's figures in each of them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::{Request, header};
use futures::future::join_all;
use http_body_util::{BodyExt, Full};
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::reports::form;
use crate::scene::{Scene, ms, percentile, text};

/// Tabs that listen.
const TABS: usize = 100;
/// Reports, one after the other.
const REPORTS: usize = 40;
/// How long one change may take before the measurement gives up.
const LIMIT: Duration = Duration::from_secs(20);

/// p50 and p99 over all tabs.
pub async fn measure(scene: &Scene) -> Result<(), String> {
    let head = scene.sign_in("nguoi1").await?;
    // Person 1 + units is the first of the head's own people.
    let officer = scene.sign_in("nguoi41").await?;
    let mut tabs = Vec::new();
    for _ in 0..TABS {
        tabs.push(Arc::new(Mutex::new(listen(scene, &head).await?)));
    }
    // Each stream begins by saying where it stands.
    for tab in &tabs {
        next(tab).await?;
    }
    let (mut heard, mut seen) = (Vec::new(), Vec::new());
    for round in 0..REPORTS {
        let report = form(scene, 41, 1, round).await?;
        // Whatever an earlier report still had to say is over.
        for tab in &tabs {
            while tab.lock().await.try_recv().is_ok() {}
        }
        let committed = async {
            scene.post("/api/progress/report", &officer, report).await?;
            Ok::<Instant, String>(Instant::now())
        };
        let screens = join_all(tabs.iter().map(|tab| screen(scene, tab, &head)));
        let (screens, committed) = futures::join!(screens, committed);
        let committed = committed?;
        for times in screens {
            let (told, shown) = times?;
            heard.push(told.saturating_duration_since(committed));
            seen.push(shown.saturating_duration_since(committed));
        }
    }
    println!(
        "commit to {TABS} tabs: told after p50 {}, p99 {}; the page read again after p50 {}, p99 {}",
        ms(percentile(&mut heard, 50)),
        ms(percentile(&mut heard, 99)),
        ms(percentile(&mut seen, 50)),
        ms(percentile(&mut seen, 99))
    );
    Ok(())
}

/// When a tab was told, and when it had its page again.
async fn screen(
    scene: &Scene,
    tab: &Arc<Mutex<UnboundedReceiver<Instant>>>,
    cookie: &str,
) -> Result<(Instant, Instant), String> {
    let told = next(tab).await?;
    scene.get(scene.product, "/unit", cookie).await?;
    Ok((told, Instant::now()))
}

async fn next(tab: &Arc<Mutex<UnboundedReceiver<Instant>>>) -> Result<Instant, String> {
    let mut events = tab.lock().await;
    tokio::time::timeout(LIMIT, events.recv())
        .await
        .map_err(|_| "a tab heard nothing".to_owned())?
        .ok_or_else(|| "a stream ended".to_owned())
}

/// Opens a stream; the channel gives the moment of each event.
async fn listen(scene: &Scene, cookie: &str) -> Result<UnboundedReceiver<Instant>, String> {
    let request = Request::get(format!("http://{}/live", scene.product))
        .header(header::COOKIE, cookie)
        .body(Full::default())
        .map_err(text)?;
    let mut body = scene
        .client
        .request(request)
        .await
        .map_err(text)?
        .into_body();
    let (sender, receiver) = unbounded_channel();
    tokio::spawn(async move {
        while let Some(Ok(frame)) = body.frame().await {
            let event = frame
                .data_ref()
                .is_some_and(|data| data.starts_with(b"event:") || data.starts_with(b"id:"));
            if event && sender.send(Instant::now()).is_err() {
                return;
            }
        }
    });
    Ok(receiver)
}
