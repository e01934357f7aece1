//! Routes: making workshops, files, headers.

use server::Config;
use server::settings::{Create, Limits};
use shared::access::link;
use shared::documents::Kind;

use crate::hall::Hall;

const WANTED: &str = r#"{"tools":["A1","A2"],"title":"Støtte i hverdagen","lang":"da"}"#;

#[tokio::test]
async fn a_workshop_is_made_with_links_addresses_and_documents() {
    let hall = Hall::open().await;
    let made = hall.post("/api/workshops", WANTED).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.header("cache-control"), "no-store");
    let made = made.json();
    let origin = format!("http://{}/#/w/", hall.address());
    let line = format!("ws://{}/sync?w=", hall.address());
    for role in ["facilitator", "site", "participant", "projector"] {
        let text = made["links"][role].as_str().unwrap();
        assert!(text.starts_with(&origin), "{text}");
        let capability = link::parse(text).unwrap();
        assert_eq!(capability.role.name(), role);
        assert_eq!(capability.workshop.to_string(), made["workshop"]);
        assert!(made["sync"][role].as_str().unwrap().starts_with(&line));
        assert_eq!(made["documents"]["board"], capability.workshop.document(Kind::Board).to_url());
        assert_eq!(made["documents"]["control"], capability.workshop.document(Kind::Control).to_url());
    }
}

#[tokio::test]
async fn links_begin_with_the_public_address_if_there_is_one() {
    let public_url = Some("https://tavle.example".to_owned());
    let hall = Hall::open_with(Config { public_url, ..Config::on_loopback() }).await;
    let made = hall.post("/api/workshops", WANTED).await.json();
    assert!(made["links"]["site"].as_str().unwrap().starts_with("https://tavle.example/#/w/"));
    assert!(made["sync"]["site"].as_str().unwrap().starts_with("wss://tavle.example/sync?w="));
}

#[tokio::test]
async fn what_cannot_be_made_is_told_with_what_to_do() {
    let hall = Hall::open().await;
    let json = ("content-type", "application/json");
    let long = format!(r#"{{"title":"{}"}}"#, "å".repeat(121));
    let huge = format!(r#"{{"title":"{}"}}"#, "a".repeat(1 << 20));
    let many = format!(r#"{{"tools":[{}"A1"]}}"#, r#""A1","#.repeat(200));
    for (headers, body, status, code) in [
        (vec![json], r#"{"tools":["Q1"]}"#, 422, "unknown-tool"),
        (vec![json], long.as_str(), 422, "title-too-long"),
        (vec![json], many.as_str(), 422, "too-many-tools"),
        (vec![json], "not json", 400, "bad-json"),
        (vec![json], r#"{"tools":"A1"}"#, 400, "bad-json"),
        (vec![json], r#"{"lang":"de"}"#, 400, "bad-json"),
        (vec![json], huge.as_str(), 413, "too-long"),
        (vec![], WANTED, 415, "not-json"),
        (vec![("content-type", "text/plain")], WANTED, 415, "not-json"),
        (vec![json, ("origin", "https://elsewhere.example")], WANTED, 403, "wrong-origin"),
    ] {
        let mut told = Vec::new();
        for language in ["da", "en"] {
            let mut headers = headers.clone();
            headers.push(("accept-language", language));
            let refused = hall.request("POST", "/api/workshops", &headers, body).await;
            assert_eq!(refused.status, status, "{code}: {}", refused.body);
            let error = &refused.json()["error"];
            assert_eq!(error["code"], code);
            let words = format!("{}{}", error["message"].as_str().unwrap(), error["mend"].as_str().unwrap());
            assert!(words.len() > 20 && !words.contains("{tool}") && !words.contains("{limit}"), "{words}");
            assert_eq!(refused.header("content-language"), language);
            told.push(words);
        }
        assert_ne!(told[0], told[1], "each in its language");
    }
    assert_eq!(hall.get("/api/workshops").await.status, 405);
}

#[tokio::test]
async fn a_body_that_is_spoiled_anywhere_makes_a_workshop_or_is_refused_in_words() {
    const SPOILERS: [&str; 9] = ["", "\"", "{", "]", ",", "\\", "\\ud800", "9e999", "\u{202e}\0"];
    let hall = Hall::open().await;
    let mut refused = 0;
    for (at, letter) in WANTED.char_indices() {
        let (before, after) = (&WANTED[..at], &WANTED[at + letter.len_utf8()..]);
        let spoiled = SPOILERS.map(|spoiler| format!("{before}{spoiler}{after}"));
        for body in spoiled.iter().map(String::as_str).chain([before]) {
            let answer = hall.post("/api/workshops", body).await;
            let said = answer.json();
            if answer.status == 201 {
                assert!(said["workshop"].is_string(), "{body}");
                continue;
            }
            assert!([400, 422].contains(&answer.status), "{body}: {}", answer.status);
            assert!(["code", "message", "mend"].iter().all(|key| said["error"][key].is_string()), "{body}");
            refused += 1;
        }
    }
    assert!(refused > 300, "only {refused} were refused");
    assert_eq!(hall.post("/api/workshops", WANTED).await.status, 201);
}

#[tokio::test]
async fn a_page_of_our_own_may_make_workshops() {
    let hall = Hall::open().await;
    let own = format!("http://{}", hall.address());
    let headers = [("content-type", "application/json; charset=utf-8"), ("origin", own.as_str())];
    assert_eq!(hall.request("POST", "/api/workshops", &headers, WANTED).await.status, 201);
}

#[tokio::test]
async fn who_may_make_workshops_is_held() {
    let none = Hall::open_with(Config { create: Create::None, ..Config::on_loopback() }).await;
    assert_eq!(none.post("/api/workshops", WANTED).await.json()["error"]["code"], "create-none");

    let config = Config { create: Create::Token, token: "hemmelig".to_owned(), ..Config::on_loopback() };
    let token = Hall::open_with(config).await;
    assert_eq!(token.post("/api/workshops", WANTED).await.status, 401);
    for (given, status) in [("Bearer forkert", 401), ("hemmelig", 401), ("Bearer hemmelig", 201)] {
        let headers = [("content-type", "application/json"), ("authorization", given)];
        assert_eq!(token.request("POST", "/api/workshops", &headers, WANTED).await.status, status, "{given}");
    }

    for (hall, rule) in [(&none, "none"), (&token, "token"), (&Hall::open().await, "open")] {
        let told = hall.get("/api/relay").await;
        assert_eq!((told.status, told.header("cache-control")), (200, "no-store"));
        assert_eq!(told.json(), serde_json::json!({ "create": rule }), "the rule, and nothing else");
    }

    let limits = Limits { workshops: 1, ..Limits::default() };
    let small = Hall::open_with(Config { limits, ..Config::on_loopback() }).await;
    assert_eq!(small.post("/api/workshops", WANTED).await.status, 201);
    let refused = small.post("/api/workshops", WANTED).await;
    assert_eq!((refused.status, &refused.json()["error"]["code"]), (503, &"too-many-workshops".into()));
}

#[tokio::test]
async fn every_answer_has_a_strict_policy_and_no_cookie() {
    let hall = Hall::open().await;
    for path in ["/", "/healthz", "/nothing", "/api/nothing"] {
        let response = hall.get(path).await;
        let policy = response.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'") && !policy.contains('*'));
        assert!(policy.ends_with(&format!("connect-src 'self' ws://{0} wss://{0}", hall.address())), "{policy}");
        assert_eq!(response.header("x-content-type-options"), "nosniff");
        assert_eq!(response.header("referrer-policy"), "no-referrer");
        assert_eq!(response.header("set-cookie"), "");
        let permissions = response.header("permissions-policy");
        for unused in ["camera", "microphone", "geolocation", "web-share"] {
            assert!(permissions.contains(&format!("{unused}=()")), "{permissions}");
        }
        assert_eq!(response.header("strict-transport-security"), "", "there is no https here");
    }
}

#[tokio::test]
async fn a_host_header_cannot_change_the_policy() {
    let hall = Hall::open().await;
    let response = hall.request("GET", "/healthz", &[], "").await;
    assert_eq!((response.status, response.body.as_str()), (200, "ok\n"));
    let line = "x; script-src *";
    let mut socket = tokio::net::TcpStream::connect(hall.address()).await.unwrap();
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {line}\r\nconnection: close\r\n\r\n");
    tokio::io::AsyncWriteExt::write_all(&mut socket, request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    tokio::io::AsyncReadExt::read_to_string(&mut socket, &mut answer).await.unwrap();
    assert!(!answer.contains("script-src *"), "{answer}");
}

#[tokio::test]
async fn what_is_not_there_is_told_as_a_page_or_as_json() {
    let hall = Hall::open().await;
    let page = hall.request("GET", "/w/somewhere", &[("accept", "text/html")], "").await;
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
    let json = hall.get("/api/nothing").await;
    assert_eq!((json.status, &json.json()["error"]["code"]), (404, &"not-found".into()));
    assert_eq!(hall.get("/index.html.br").await.status, 404, "compressed forms are not asked for by name");
    assert_eq!(hall.get("/../Cargo.toml").await.status, 404);
}

#[tokio::test]
async fn the_front_page_is_the_app_or_says_how_to_build_it() {
    let hall = Hall::open().await;
    let plain = hall.get("/").await;
    assert_eq!(plain.header("content-type"), "text/html; charset=utf-8");
    if plain.status == 503 {
        assert!(plain.body.contains("cargo xtask build"));
        return;
    }
    assert_eq!((plain.status, plain.header("cache-control")), (200, "no-cache"));
    assert_eq!(plain.header("content-encoding"), "");
    assert!(plain.body.contains("</html>"));
    let tag = plain.header("etag");
    let known = hall.request("GET", "/", &[("if-none-match", tag)], "").await;
    assert_eq!((known.status, known.body.as_str()), (304, ""));
    let small = hall.request("GET", "/", &[("accept-encoding", "gzip, br")], "").await;
    assert_eq!(small.header("content-encoding"), "br");
    assert_ne!(small.header("etag"), tag, "another form has a tag of its own");
    assert_eq!(hall.request("POST", "/", &[], "").await.status, 405);
}
