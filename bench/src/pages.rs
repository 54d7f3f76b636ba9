//! Server-rendered pages against the bare handler, their SQL statements, and their pace while others sign in.

use std::time::Duration;

use crate::Args;
use crate::scene::{Scene, ms, percentile, text};
use crate::statements;

/// Most statements a page may send.
const MOST: usize = 6;

/// Month page and unit page against the bare handler.
pub async fn measure(scene: &Scene, args: &Args) -> Result<(), String> {
    let officer = scene
        .sign_in("nguoi1000")
        .await
        .or(scene.sign_in("nguoi2").await)?;
    let head = scene.sign_in("nguoi1").await?;
    let bare = median(scene, args, scene.bare, "/", "").await?;
    println!("bare handler, one indexed query: median {}", ms(bare));
    for (name, path, cookie) in [
        ("month page", "/month", &officer),
        ("unit page", "/unit", &head),
        ("compare page", "/compare", &head),
    ] {
        scene.get(scene.product, path, cookie).await?;
        let (answer, sent) = statements::count(scene.get(scene.product, path, cookie)).await;
        answer?;
        let page = median(scene, args, scene.product, path, cookie).await?;
        let ratio = page.as_secs_f64() / bare.as_secs_f64();
        println!(
            "{name}: median {}, {ratio:.1} × bare, {} SQL statements",
            ms(page),
            sent.len()
        );
        if sent.len() > MOST {
            return Err(format!(
                "{name} sends {} statements, more than {MOST}: {sent:#?}",
                sent.len()
            ));
        }
    }
    Ok(())
}

async fn median(
    scene: &Scene,
    args: &Args,
    at: std::net::SocketAddr,
    path: &str,
    cookie: &str,
) -> Result<Duration, String> {
    let mut times = Vec::with_capacity(args.requests);
    for _ in 0..args.requests {
        times.push(scene.get(at, path, cookie).await?);
    }
    Ok(percentile(&mut times, 50))
}

/// The month page alone, and while sixteen others sign in again and again.
pub async fn during_sign_ins(scene: &Scene, args: &Args) -> Result<(), String> {
    let cookie = scene.sign_in("nguoi2").await?;
    let quiet = spread(scene, args, &cookie).await?;
    let signing = futures::future::join_all((0..16).map(|n| async move {
        loop {
            scene.sign_in(&format!("nguoi{}", 100 + n)).await?;
        }
        #[expect(unreachable_code, reason = "names the type of an endless loop's error")]
        Ok::<(), String>(())
    }));
    let busy = tokio::select! {
        busy = spread(scene, args, &cookie) => busy?,
        ended = signing => return Err(format!("signing in ended: {ended:?}")),
    };
    println!(
        "month page alone: p50 {}, p99 {}; while 16 sign in: p50 {}, p99 {}",
        ms(quiet.0),
        ms(quiet.1),
        ms(busy.0),
        ms(busy.1)
    );
    Ok(())
}

async fn spread(scene: &Scene, args: &Args, cookie: &str) -> Result<(Duration, Duration), String> {
    let mut times = Vec::with_capacity(args.requests);
    for _ in 0..args.requests {
        times.push(
            scene
                .get(scene.product, "/month", cookie)
                .await
                .map_err(text)?,
        );
    }
    Ok((percentile(&mut times, 50), percentile(&mut times, 99)))
}
