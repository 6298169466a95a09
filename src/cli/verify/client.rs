//! The network: one GET with its raw bytes, all headers and redirects in sight.

use std::io::Read;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ureq::Agent;
use ureq::http::Response;
use url::Url;

use crate::site::verify::answer::{Answer, End, Headers, Hop, Lead, Reply, Trouble, Visit};

/// Redirects within the site that are followed.
const MOST_HOPS: usize = 3;
/// After so many requests without an answer, one after another, no more are sent.
const MOST_TROUBLES: usize = 8;
/// Second and further tries in all, so that a host that is always busy is not waited for all day.
const MOST_RETRIES: usize = 64;
/// What browsers send, as far as it can be unpacked here.
pub const PACKED: &str = "br, gzip";
/// For a client that can't unpack.
pub const PLAIN: &str = "identity";

/// How long to wait, and how often to try.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For a connection, and again for the start of an answer.
    pub start: Duration,
    /// For the whole of one answer.
    pub whole: Duration,
    /// Requests for one address in all.
    pub tries: u32,
    /// Before the second try; doubled for each further one.
    pub pause: Duration,
    /// The most that a host's `Retry-After` is followed.
    pub longest_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience {
            start: Duration::from_secs(15),
            whole: Duration::from_secs(120),
            tries: 4,
            pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(10),
        }
    }
}

/// Asks below one base.
pub struct Client {
    agent: Agent,
    base: Url,
    patience: Patience,
    /// Requests without an answer, or refused as too many, one after another.
    troubles: AtomicUsize,
    /// Second and further tries.
    retries: AtomicUsize,
}

impl Client {
    /// For the site below `base`.
    pub fn new(base: Url, patience: Patience) -> Self {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections_per_host(8)
            .timeout_resolve(Some(patience.start))
            .timeout_connect(Some(patience.start))
            .timeout_recv_response(Some(patience.start))
            .timeout_global(Some(patience.whole))
            .user_agent(concat!("inkstone-verify/", env!("CARGO_PKG_VERSION")));
        if is_this_machine(&base) {
            config = config.proxy(None);
        }
        let agent = config.build().new_agent();
        Client {
            agent,
            base,
            patience,
            troubles: AtomicUsize::new(0),
            retries: AtomicUsize::new(0),
        }
    }

    /// Asks, and follows redirects that stay below the base.
    pub fn visit(&self, url: &Url, accept: &str, limit: u64) -> Visit {
        let mut visit =
            Visit { asked: url.clone(), hops: Vec::new(), reply: Err(Trouble::NotAsked) };
        let mut at = url.clone();
        loop {
            visit.reply = self.patiently(&at, accept, limit);
            let Ok(answer) = &visit.reply else { return visit };
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
                return visit;
            }
            let location = answer.headers.values("location").into_iter().next().unwrap_or_default();
            let lead = match location.is_empty() {
                true => Lead::Nowhere,
                false => Lead::of(&self.base, &at, &location),
            };
            let next = if let Lead::Inside(next) = &lead { Some(next.clone()) } else { None };
            visit.hops.push(Hop { status: answer.status, location, lead });
            match next {
                Some(next) if visit.hops.len() <= MOST_HOPS && next != at => at = next,
                _ => return visit,
            }
        }
    }

    /// Asks again where the host says that it is busy, or the connection broke.
    fn patiently(&self, url: &Url, accept: &str, limit: u64) -> Reply {
        let mut pause = self.patience.pause;
        for last in (0..self.patience.tries).rev() {
            if self.troubles.load(Ordering::Relaxed) >= MOST_TROUBLES {
                return Err(Trouble::NotAsked);
            }
            let reply = self.once(url, accept, limit);
            let wait = self.wait(&reply, pause);
            if let Some(wait) = wait.filter(|_| last > 0 && self.may_retry()) {
                std::thread::sleep(wait);
                pause *= 2;
                continue;
            }
            match &reply {
                Ok(answer) if answer.status != 429 => self.troubles.store(0, Ordering::Relaxed),
                _ => drop(self.troubles.fetch_add(1, Ordering::Relaxed)),
            }
            return reply;
        }
        Err(Trouble::NotAsked)
    }

    fn may_retry(&self) -> bool {
        self.retries.fetch_add(1, Ordering::Relaxed) < MOST_RETRIES
    }

    /// How long to wait before another try; `None` where that would change nothing.
    fn wait(&self, reply: &Reply, pause: Duration) -> Option<Duration> {
        let pause = pause.min(self.patience.longest_pause);
        match reply {
            Ok(answer) if matches!(answer.status, 429 | 502..=504) => {
                let said = answer.headers.get("retry-after").and_then(|value| value.parse().ok());
                let said = said.map(Duration::from_secs).unwrap_or(pause);
                Some(said.clamp(pause, self.patience.longest_pause))
            }
            Ok(answer) => matches!(answer.end, End::Early(_)).then_some(pause),
            Err(Trouble::Connection(_)) => Some(pause),
            Err(_) => None,
        }
    }

    fn once(&self, url: &Url, accept: &str, limit: u64) -> Reply {
        let request = self.agent.get(url.as_str()).header("Accept-Encoding", accept);
        let response = request.header("Accept", "*/*").call();
        response.map(|response| answer(response, limit)).map_err(trouble)
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn answer(response: Response<ureq::Body>, limit: u64) -> Answer {
    let (parts, body) = response.into_parts();
    let mut headers = Headers::default();
    for (name, value) in &parts.headers {
        headers.push(name.as_str(), value.as_bytes());
    }
    let mut bytes = Vec::new();
    let mut reader = body.into_with_config().limit(u64::MAX).reader().take(limit.saturating_add(1));
    // What came before an error stays in `bytes`.
    let end = match reader.read_to_end(&mut bytes) {
        Err(error) => End::Early(error.to_string()),
        Ok(_) if bytes.len() as u64 > limit => End::TooLong,
        Ok(_) => End::Whole,
    };
    Answer { status: parts.status.as_u16(), headers, body: bytes, end }
}

fn trouble(error: ureq::Error) -> Trouble {
    match error {
        ureq::Error::Timeout(_) => Trouble::Timeout,
        ureq::Error::HostNotFound => Trouble::UnknownHost,
        ureq::Error::Tls(why) => Trouble::Tls(why.to_owned()),
        ureq::Error::Rustls(why) => Trouble::Tls(why.to_string()),
        ureq::Error::Io(why) if why.kind() == std::io::ErrorKind::InvalidData => {
            Trouble::Tls(why.to_string())
        }
        ureq::Error::Io(why) if why.kind() == std::io::ErrorKind::TimedOut => Trouble::Timeout,
        ureq::Error::Io(why) if why.to_string().contains("lookup address") => Trouble::UnknownHost,
        ureq::Error::Io(why) => Trouble::Connection(why.to_string()),
        ureq::Error::ConnectionFailed => Trouble::Connection("no address of it answers".to_owned()),
        ureq::Error::ConnectProxyFailed(why) => Trouble::Connection(format!("the proxy: {why}")),
        other => Trouble::Protocol(other.to_string()),
    }
}
