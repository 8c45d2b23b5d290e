//! `caselint serve` from outside: real requests to the real program. Most are data, in `serve/requests.toml`.

#![cfg(feature = "serve")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;

use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto};

const NOTE: &str = "{\"record\": {\"text\": \"Sam puts herself at risk.\"}, \"policy\": {\"stage\": \"finalise\"}}";
const TLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/serve/tls");

/// A server of its own; it is killed where a test breaks off.
struct Server {
    child: Child,
    address: SocketAddr,
    /// What it writes to standard error.
    told: Option<JoinHandle<String>>,
}

impl Server {
    fn start(args: &[&str]) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
        command.args(["serve", "--address", "127.0.0.1:0"]).args(args);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut stderr = BufReader::new(child.stderr.take().expect("stderr is piped"));
        let mut first = String::new();
        stderr.read_line(&mut first).expect("it tells where it listens");
        let address = first
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once(';'))
            .map(|(address, _)| address.parse());
        let Some(Ok(address)) = address else {
            panic!("it does not listen: {first}{}", rest(stderr))
        };
        Server { child, address, told: Some(std::thread::spawn(move || first + &rest(stderr))) }
    }

    /// Sends a request and reads the answer.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        stream.write_all(head(method, path, headers, body.len()).as_bytes()).expect("it reads");
        // It may answer before it has read all.
        let _ = stream.write_all(body.as_bytes());
        Answer::read(stream)
    }

    fn post(&self, path: &str, body: &str) -> Answer {
        self.ask("POST", path, &[("Content-Type", "application/json")], body)
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(status.expect("kill runs").success());
    }

    /// Stops it as a service manager does. Gives all that it wrote.
    fn stop(mut self) -> (ExitStatus, String) {
        self.signal("TERM");
        let status = self.child.wait().expect("it ends");
        (status, self.told.take().expect("taken once").join().expect("it was read"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn rest(mut stderr: BufReader<ChildStderr>) -> String {
    let mut rest = String::new();
    let _ = stderr.read_to_string(&mut rest);
    rest
}

fn head(method: &str, path: &str, headers: &[(&str, &str)], length: usize) -> String {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n")
}

#[derive(Debug)]
struct Answer {
    status: u16,
    /// By name in lower case.
    headers: BTreeMap<String, String>,
    body: String,
}

impl Answer {
    fn read(mut stream: impl Read) -> Answer {
        let mut bytes = Vec::new();
        // A connection that is cut after the answer has still given it.
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8(bytes).expect("UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
        let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Answer {
            status: status.expect("a status"),
            headers: lines.filter_map(header).collect(),
            body: body.to_owned(),
        }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

#[derive(Deserialize)]
struct Requests {
    request: Vec<Asked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    name: String,
    ask: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: String,
    /// The body is so many letters.
    #[serde(default)]
    letters: usize,
    status: u16,
    /// Pointers into the answer, with what stands there.
    #[serde(default)]
    answer: toml::Table,
    #[serde(default)]
    answer_headers: BTreeMap<String, String>,
    #[serde(default)]
    shows: Vec<String>,
}

#[test]
fn requests() {
    let requests: Requests = toml::from_str(include_str!("serve/requests.toml")).expect("the requests are sound");
    let server = Server::start(&["--max-body", "20000", "--max-batch", "3"]);
    for asked in requests.request {
        let (method, path) = asked.ask.split_once(' ').expect("a method and a path");
        let mut headers: Vec<(&str, &str)> = asked.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if method == "POST" && !asked.headers.contains_key("Content-Type") {
            headers.push(("Content-Type", "application/json"));
        }
        let body = if asked.letters > 0 { "x".repeat(asked.letters) } else { asked.body };
        let answer = server.ask(method, path, &headers, &body);
        let name = asked.name;
        assert_eq!(answer.status, asked.status, "{name}: {answer:?}");
        for (pointer, wanted) in &asked.answer {
            let wanted = serde_json::to_value(wanted).expect("TOML fits into JSON");
            assert_eq!(answer.json().pointer(pointer), Some(&wanted), "{name}: {pointer}: {answer:?}");
        }
        for (header, wanted) in &asked.answer_headers {
            assert_eq!(answer.header(header), wanted, "{name}: {header}");
        }
        for shown in &asked.shows {
            assert!(answer.body.contains(shown), "{name}: {shown}: {answer:?}");
        }
        if asked.status >= 400 && method != "HEAD" {
            assert_eq!(answer.header("content-type"), "application/problem+json", "{name}");
            let problem = answer.json();
            assert_eq!((&problem["status"], &problem["decision"]), (&asked.status.into(), &"save".into()), "{name}");
        }
    }
    let (status, _) = server.stop();
    assert_eq!(status.code(), Some(0));
}

#[test]
fn no_word_that_was_sent_is_written() {
    let marker = "MARKER-7c2e";
    let server = Server::start(&["--max-body", "500", "--max-batch", "1", "--timeout", "200"]);
    let note = format!("{{\"record\": {{\"id\": \"{marker}\", \"text\": \"{marker} puts herself at risk.\"}}}}");
    assert_eq!(server.post("/v1/check", &note).status, 200);
    let bodies = [
        format!("{{\"record\": {{\"text\": \"{marker}"),
        format!("{{\"record\": {{\"text\": [\"{marker}\"]}}}}"),
        format!("{{\"record\": {{\"text\": \"\"}}, \"{marker}\": 1}}"),
        format!("{{\"record\": {{\"text\": \"\"}}, \"policy\": {{\"profile\": \"{marker}\"}}}}"),
        format!("{{\"records\": [{{\"text\": \"{marker}\"}}, {{\"text\": \"{marker}\"}}]}}"),
        marker.repeat(100),
        format!("\u{0}{marker}"),
    ];
    for body in &bodies {
        for path in ["/v1/check", "/v1/check/batch"] {
            let answer = server.post(path, body);
            assert!(answer.status >= 400 && !answer.body.contains(marker), "{answer:?}");
        }
    }
    let sent = [
        server.ask("POST", "/v1/check", &[("Content-Type", marker)], &note),
        server.ask("GET", &format!("/{marker}?{marker}={marker}"), &[(marker, marker), ("Authorization", marker)], ""),
        server.ask("GET", &format!("/v1/rules/consent/{marker}"), &[], ""),
        server.ask(marker, "/v1/check", &[], ""),
        server.ask(marker, &format!("/{marker}"), &[], ""),
    ];
    assert!(sent.iter().all(|answer| answer.status >= 400 && !answer.body.contains(marker)), "{sent:?}");
    // A note that breaks off, and one that never ends.
    let mut stream = TcpStream::connect(server.address).expect("it listens");
    let half = head("POST", "/v1/check", &[("Content-Type", "application/json")], note.len()) + &note[..note.len() / 2];
    stream.write_all(half.as_bytes()).expect("it reads");
    let slow = Answer::read(stream.try_clone().expect("a stream"));
    assert_eq!((slow.status, slow.json()["decision"].as_str()), (408, Some("save")));
    stream.write_all(b"no HTTP").unwrap_or_default();
    drop(stream);
    assert!(!server.get("/metrics").body.contains(marker));
    let (status, told) = server.stop();
    assert_eq!(status.code(), Some(0));
    assert!(told.contains("POST /v1/check 200") && told.contains("OTHER unmatched 404"), "{told}");
    assert!(!told.contains(marker), "{told}");
}

#[test]
fn it_does_not_start_in_the_open() {
    let folder = TempDir::new().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (tokens, none, wrong) = (path("tokens.txt"), path("none.txt"), path("wrong.txt"));
    token(&tokens, "case-system");
    fs::write(&none, "# nobody\n").expect("it is written");
    fs::write(&wrong, "case-system secret\n").expect("it is written");
    let cert = format!("{TLS}/cert.pem");
    let open = ["--address", "0.0.0.0:0"];
    let cases: [(&[&str], &str); 9] = [
        (&[], "0.0.0.0:0 can be reached from other computers, and there are no tokens"),
        (&["--behind-proxy"], "there are no tokens"),
        (&["--tokens", &tokens], "notes would cross the network in the open"),
        (&["--tokens", &none, "--behind-proxy"], "none.txt: holds no token"),
        (&["--tokens", &wrong, "--behind-proxy"], "wrong.txt: line 1: write a name and a hash"),
        (&["--tokens", &path("gone.txt"), "--behind-proxy"], "gone.txt: "),
        (&["--tokens", &tokens, "--tls-cert", &cert, "--tls-key", &cert], "cert.pem: holds no private key"),
        (&["--demo", &path("")], "--demo has no sign-in"),
        (&["--tokens", &tokens, "--behind-proxy", "--cors-origin", "*"], "*: is no origin"),
    ];
    for (args, wanted) in cases {
        let output = Command::new(env!("CARGO_BIN_EXE_caselint"))
            .arg("serve")
            .args(open)
            .args(args)
            .output()
            .expect("it runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {told}");
        assert!(told.contains(wanted), "{args:?}: {told}");
    }
}

/// Makes a token with the program.
fn token(file: &str, name: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_caselint"))
        .args(["token", name, "--file", file])
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}

#[test]
fn tokens_let_in_and_can_be_taken_back() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("tokens.txt").to_string_lossy().into_owned();
    let (ours, theirs) = (token(&file, "case-system"), token(&file, "other.system"));
    let written = fs::read_to_string(&file).expect("it is there");
    assert!(ours.starts_with("caselint_") && !written.contains(&ours), "the token itself is kept nowhere");
    let again = Command::new(env!("CARGO_BIN_EXE_caselint"))
        .args(["token", "case-system", "--file", &file])
        .output()
        .expect("it runs");
    assert!(String::from_utf8_lossy(&again.stderr).contains("holds a token of that name"), "{again:?}");

    let server = Server::start(&["--tokens", &file]);
    let metrics = |token: &str| server.ask("GET", "/metrics", &[("Authorization", &format!("Bearer {token}"))], "").status;
    assert_eq!(server.get("/metrics").header("www-authenticate"), "Bearer");
    assert_eq!([metrics("caselint_00"), metrics(""), metrics(&ours), metrics(&theirs)], [401, 401, 200, 200]);
    assert_eq!(server.get("/nowhere").status, 401, "who has no token learns nothing");
    assert_eq!(["/healthz", "/readyz", "/openapi.json"].map(|path| server.get(path).status), [200; 3]);

    let kept: String = written.lines().filter(|line| !line.starts_with("other")).collect();
    fs::write(&file, kept).expect("it is written");
    server.signal("HUP");
    while metrics(&theirs) != 401 {}
    assert_eq!(metrics(&ours), 200);
    // A file that is broken changes nothing.
    fs::write(&file, "case-system\n").expect("it is written");
    server.signal("HUP");
    assert_eq!(metrics(&ours), 200);
    let (_, told) = server.stop();
    assert!(told.contains("GET /metrics 200") && told.contains(" ms case-system"), "{told}");
    assert!(!told.contains(&ours), "{told}");
}

#[test]
fn a_token_that_asks_too_often_is_told_to_come_again() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("tokens.txt").to_string_lossy().into_owned();
    let bearer = format!("Bearer {}", token(&file, "case-system"));
    let server = Server::start(&["--tokens", &file, "--rate", "1"]);
    let answers: Vec<Answer> = (0..20).map(|_| server.ask("GET", "/v1/rules", &[("Authorization", &bearer)], "")).collect();
    assert_eq!(answers[0].status, 200);
    let refused = answers.iter().find(|answer| answer.status == 429).expect("one of twenty is too many");
    assert_eq!((refused.header("retry-after"), refused.json()["decision"].as_str()), ("1", Some("save")));
}

#[test]
fn one_request_too_many_is_told_to_come_again() {
    let server = Server::start(&["--max-requests", "1"]);
    let mut holding = TcpStream::connect(server.address).expect("it listens");
    // The server asks for the body once the request has its place.
    let request = head("POST", "/v1/check", &[("Content-Type", "application/json"), ("Expect", "100-continue")], NOTE.len());
    holding.write_all(request.as_bytes()).expect("it reads");
    let mut go_on = [0; 25];
    holding.read_exact(&mut go_on).expect("it answers");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    let refused = server.post("/v1/check", NOTE);
    assert_eq!((refused.status, refused.header("retry-after")), (503, "1"));
    assert_eq!(server.get("/healthz").status, 200);
    holding.write_all(NOTE.as_bytes()).expect("it reads");
    assert_eq!(Answer::read(holding).status, 200);
}

#[test]
fn what_is_under_way_is_answered_before_it_stops() {
    let mut server = Server::start(&[]);
    let mut stream = TcpStream::connect(server.address).expect("it listens");
    let request = head("POST", "/v1/check", &[("Content-Type", "application/json")], NOTE.len()) + &NOTE[..10];
    stream.write_all(request.as_bytes()).expect("it reads");
    while !server.get("/metrics").body.contains("caselint_requests_under_way 2") {}
    server.signal("TERM");
    while TcpStream::connect(server.address).is_ok() {}
    stream.write_all(&NOTE.as_bytes()[10..]).expect("it reads");
    let answer = Answer::read(stream);
    assert_eq!((answer.status, answer.json()["decision"].as_str()), (200, Some("prompt")));
    assert_eq!(server.child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn every_answer_tells_the_browser_to_be_careful() {
    let server = Server::start(&[]);
    let answers = [
        server.post("/v1/check", NOTE),
        server.get("/nowhere"),
        server.get("/openapi.json"),
        server.ask("PUT", "/v1/check", &[], ""),
    ];
    for answer in answers {
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'", "{answer:?}");
        let others =
            ["x-content-type-options", "x-frame-options", "referrer-policy", "cache-control", "cross-origin-resource-policy"];
        assert_eq!(others.map(|name| answer.header(name)), ["nosniff", "DENY", "no-referrer", "no-store", "same-origin"]);
        assert_eq!(answer.header("access-control-allow-origin"), "", "no page of another origin may read it");
    }
}

#[test]
fn only_named_origins_may_ask() {
    let server = Server::start(&["--cors-origin", "https://cases.example.org"]);
    let preflight = |origin: &str| {
        let headers =
            [("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type")];
        server.ask("OPTIONS", "/v1/check", &headers, "").header("access-control-allow-origin").to_owned()
    };
    assert_eq!(
        [preflight("https://cases.example.org"), preflight("https://elsewhere.example.org")],
        ["https://cases.example.org", ""]
    );
}

#[test]
fn the_description_is_whole_and_true() {
    let server = Server::start(&[]);
    let description = server.get("/openapi.json").json();
    assert_eq!(description["openapi"], "3.1.0");
    let paths = description["paths"].as_object().expect("paths");
    assert_eq!(paths.len(), 8);
    for (path, methods) in paths {
        for method in methods.as_object().expect("methods").keys() {
            let answer =
                server.ask(&method.to_uppercase(), &path.replace("{family}", "gap").replace("{id}", "gp-missing"), &[], "");
            assert!(answer.status != 404 && answer.status != 405, "{path}: {answer:?}");
        }
    }
    let mut references = Vec::new();
    collect(&description, &mut references);
    assert!(references.len() > 20);
    for reference in references {
        assert!(reference.strip_prefix('#').is_some_and(|pointer| description.pointer(pointer).is_some()), "{reference}");
    }
}

/// The references of a schema.
fn collect<'a>(value: &'a Value, references: &mut Vec<&'a str>) {
    references.extend(value.get("$ref").and_then(Value::as_str));
    match value {
        Value::Object(object) => object.values().for_each(|value| collect(value, references)),
        Value::Array(items) => items.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}

#[test]
fn tls() {
    let server = Server::start(&["--tls-cert", &format!("{TLS}/cert.pem"), "--tls-key", &format!("{TLS}/key.pem")]);
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(format!("{TLS}/ca.pem")).expect("a certificate"))
        .expect("a root");
    let config =
        ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider())).with_safe_default_protocol_versions();
    let config = config.expect("versions").with_root_certificates(roots).with_no_client_auth();
    let client = ClientConnection::new(Arc::new(config), "localhost".try_into().expect("a name")).expect("a client");
    let mut stream = StreamOwned::new(client, TcpStream::connect(server.address).expect("it listens"));
    let request = head("POST", "/v1/check", &[("Content-Type", "application/json")], NOTE.len()) + NOTE;
    stream.write_all(request.as_bytes()).expect("it reads");
    let answer = Answer::read(stream);
    assert_eq!((answer.status, answer.json()["decision"].as_str()), (200, Some("prompt")));
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
}

#[test]
fn the_demo_serves_its_folder_and_nothing_else() {
    let folder = TempDir::new().expect("a temporary folder");
    let pages = folder.path().join("pages");
    fs::create_dir(&pages).expect("it is made");
    for (name, content) in
        [("pages/index.html", "<p>form</p>"), ("pages/caselint.wasm", "\0asm"), ("pages/a.js", "1"), ("secret.txt", "secret")]
    {
        fs::write(folder.path().join(name), content).expect("it is written");
    }
    let server = Server::start(&["--demo", &pages.to_string_lossy()]);
    let kind = |path: &str| server.get(path).header("content-type").to_owned();
    assert_eq!([kind("/"), kind("/a.js"), kind("/caselint.wasm")], ["text/html", "text/javascript", "application/wasm"]);
    let page = server.get("/");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';") && !policy.contains("unsafe-inline"), "{policy}");
    for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/nowhere"] {
        let answer = server.get(path);
        assert!(answer.status == 404 && !answer.body.contains("secret"), "{path}: {answer:?}");
    }
    assert_eq!(server.post("/v1/check", NOTE).json()["decision"], "prompt");
}
