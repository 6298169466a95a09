//! A small host for tests: it answers as a good host would, and lets a test change each answer.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use url::Url;

use crate::site::file::{Files, content_type, is_hashed, sha256};
use crate::site::verify::made;
use crate::text;

/// What was asked.
pub(super) struct Request {
    /// Below the base, encoded, without its first slash.
    pub path: String,
    /// The value of Accept-Encoding.
    pub accept: String,
}

/// What is answered.
pub(super) struct Raw {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Bytes that are sent as they are in place of all else.
    pub wire: Option<Vec<u8>>,
    /// Before anything is sent.
    pub delay: Duration,
}

impl Raw {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let (headers, body) = (Vec::new(), body.into());
        Raw { status, headers, body, wire: None, delay: Duration::ZERO }
    }

    /// Sets a header in place of those of its name.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self = self.unset(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn unset(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// A redirect.
    pub fn to(status: u16, location: &str) -> Self {
        Raw::new(status, "").set("Location", location)
    }

    /// The same answer with other bytes, not packed.
    pub fn plain(self, body: impl Into<Vec<u8>>) -> Self {
        Raw { body: body.into(), ..self.unset("Content-Encoding") }
    }
}

/// A folder as a good host serves it.
#[derive(Clone)]
pub(super) struct Host(Arc<Files>);

impl Host {
    pub fn new(files: Files) -> Self {
        Host(Arc::new(files))
    }

    /// The unpacked bytes of a file.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        self.0[path].clone()
    }

    pub fn answer(&self, request: &Request) -> Raw {
        let decoded = text::decode(&request.path).unwrap_or_default();
        let path = match decoded.is_empty() || decoded.ends_with('/') {
            true => format!("{decoded}index.html"),
            false => decoded.clone(),
        };
        if self.0.contains_key(&path) && path != "_headers" {
            return self.file(&path, 200, request);
        }
        if self.0.contains_key(&format!("{path}/index.html")) {
            return Raw::to(308, &format!("{}/", request.path.rsplit('/').next().unwrap_or("")));
        }
        self.file("404.html", 404, request)
    }

    pub fn file(&self, path: &str, status: u16, request: &Request) -> Raw {
        let packed = |extension: &str| self.0.get(&format!("{path}{extension}")).cloned();
        let wants = |name: &str| request.accept.contains(name);
        let (body, coding) = match (packed(".br"), packed(".gz")) {
            (Some(body), _) if wants("br") => (body, Some("br")),
            (_, Some(body)) if wants("gzip") => (body, Some("gzip")),
            _ => (self.bytes(path), None),
        };
        let cache = match is_hashed(path) {
            true => "public, max-age=31536000, immutable",
            false => "public, max-age=0, must-revalidate",
        };
        let mut raw = Raw::new(status, body)
            .set("Content-Type", content_type(path))
            .set("Cache-Control", cache)
            .set("Vary", "Accept-Encoding")
            .set("ETag", &format!("\"{}\"", &sha256(&self.bytes(path))[..32]));
        for (name, value) in made::headers() {
            raw = raw.set(&name, &value);
        }
        match coding {
            Some(coding) => raw.set("Content-Encoding", coding),
            None => raw,
        }
    }
}

/// Answers until it is dropped.
pub(super) struct Server {
    port: u16,
    base: String,
    is_over: Arc<AtomicBool>,
}

impl Server {
    pub fn start(base: &str, answer: impl Fn(&Request) -> Raw + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let is_over = Arc::new(AtomicBool::new(false));
        let (over, answer, inner) = (is_over.clone(), Arc::new(answer), base.to_owned());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let (answer, base) = (answer.clone(), inner.clone());
                std::thread::spawn(move || drop(serve(stream, &base, &*answer)));
            }
        });
        Server { port, base: base.to_owned(), is_over }
    }

    pub fn url(&self) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}{}", self.port, self.base)).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        // Wakes the listener.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}

fn serve(
    mut stream: TcpStream,
    base: &str,
    answer: &(impl Fn(&Request) -> Raw + ?Sized),
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let path = first.split(' ').nth(1).unwrap_or("/").to_owned();
    let mut accept = String::new();
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("accept-encoding")
        {
            accept = value.trim().to_owned();
        }
    }
    let raw = match path.strip_prefix(base) {
        Some(path) => answer(&Request { path: path.to_owned(), accept }),
        None => Raw::new(404, "outside"),
    };
    std::thread::sleep(raw.delay);
    stream.write_all(&wire(raw))
}

fn wire(raw: Raw) -> Vec<u8> {
    if let Some(wire) = raw.wire {
        return wire;
    }
    let mut out = format!("HTTP/1.1 {} X\r\nConnection: close\r\n", raw.status);
    if !raw.headers.iter().any(|(name, _)| name == "Content-Length") {
        out += &format!("Content-Length: {}\r\n", raw.body.len());
    }
    for (name, value) in &raw.headers {
        out += &format!("{name}: {value}\r\n");
    }
    [out.as_bytes(), b"\r\n", &raw.body].concat()
}
