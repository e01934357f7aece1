//! What the relay tells of itself, and what it never does.

use server::Config;
use shared::documents::Kind;
use shared::sync::message::RefusedReason;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::hall::{Hall, request};

async fn told(hall: &Hall) -> String {
    let address = hall.relay().metrics_addr().unwrap();
    let answer = request(address, "GET", "/metrics", &[], b"").await.unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").starts_with("application/openmetrics-text"));
    answer.body
}

/// The value of a line of the text.
fn value(text: &str, name: &str) -> f64 {
    let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    found.unwrap_or_else(|| panic!("no {name} in\n{text}")).parse().unwrap()
}

async fn open() -> Hall {
    let metrics = Some(std::net::SocketAddr::from(([127, 0, 0, 1], 0)));
    Hall::open_with(Config { metrics, ..Config::on_loopback() }).await
}

#[tokio::test]
async fn edits_lines_bytes_and_what_was_not_taken_are_counted() {
    let hall = open().await;
    let workshop = hall.workshop().await;
    let mut near = hall.device(workshop.participant()).await;
    let mut far = hall.device_over_http(workshop.participant()).await;
    for device in [&mut near, &mut far] {
        device.until("the board is there", |device| !device.doc(Kind::Board).is_empty()).await;
    }
    let before = told(&hall).await;
    for way in ["websocket", "http"] {
        assert!((value(&before, &format!("dialogtavle_lines{{way=\"{way}\"}}")) - 1.0).abs() < 0.1);
    }
    near.add_person("Ann").await;
    near.settle().await;
    far.until("Ann is seen", |far| far.names() == ["Ann"]).await;
    let after = told(&hall).await;
    let rise = |name: &str| value(&after, name) - value(&before, name);
    assert!((rise("dialogtavle_edits_total") - 1.0).abs() < 0.1);
    assert!((rise("dialogtavle_durable_seconds_count") - 1.0).abs() < 0.1);
    assert!(rise("dialogtavle_fan_out_total") >= 1.0);
    assert!(rise("dialogtavle_bytes_in_total") > 100.0 && rise("dialogtavle_bytes_out_total") > 100.0);
    assert!((value(&after, "dialogtavle_documents") - 2.0).abs() < 0.1);
    for quiet in ["mended_total", "queue_drops_total"] {
        assert!(value(&after, &format!("dialogtavle_{quiet}")).abs() < 0.1);
    }

    far.edit(Kind::Control, |doc| crate::device::put_noise(doc, 1, 10)).await;
    far.until("control is not theirs", |far| far.was_refused(&RefusedReason::NotCovered)).await;
    near.send_raw(Frame::Text("{}".into())).await;
    near.until("it is closed", |near| near.closed.is_some()).await;
    assert_eq!(hall.get("/nowhere.txt").await.status, 404);
    let text = told(&hall).await;
    for (what, reason) in [("change", "not-covered"), ("line", "malformed"), ("request", "not-found")] {
        let name = format!("dialogtavle_rejected_total{{what=\"{what}\",reason=\"{reason}\"}}");
        assert!((value(&text, &name) - 1.0).abs() < 0.1, "{name}");
    }
}

#[tokio::test]
async fn numbers_name_nobody_and_are_told_nowhere_else() {
    let hall = open().await;
    let workshop = hall.workshop().await;
    let mut device = hall.device(workshop.participant()).await;
    device.until("the board is there", |device| !device.doc(Kind::Board).is_empty()).await;
    device.add_person("Ann").await;
    device.settle().await;
    let text = told(&hall).await;
    let document = device.id(Kind::Board).to_string();
    for name in [workshop.id().to_string(), document, "Ann".to_owned(), "Hverdagen".to_owned(), "127.0.0.1".to_owned()]
    {
        assert!(!text.contains(&name), "{name} stands in\n{text}");
    }
    assert_eq!(hall.get("/metrics").await.header("content-type").find("openmetrics"), None);
    assert!(Hall::open().await.relay().metrics_addr().is_none(), "off by default");
}
