//! Starts one worker for each core and stops them in order. In: a loaded [`Service`], addresses and a driver. Out: a
//! running [`Server`]. Never here: requests.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, atomic::Ordering, mpsc},
    thread::{self, JoinHandle},
};

use crate::{
    instance::ticker::{Activity, Ticker},
    socket::{self, Driver, DriverKind, Poll, Waker},
    worker::{Seat, Service, Worker, live::Live},
};

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// Address to listen on; port 0 takes a free one.
    pub address: SocketAddr,
    /// Number of workers.
    pub workers: usize,
    /// Which driver.
    pub driver: DriverKind,
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    /// The address it listens on.
    pub address: SocketAddr,
    /// The driver in use.
    pub driver: DriverKind,
    /// Why another driver than the wanted one is in use.
    pub fallback: Option<String>,
    live: Arc<Live>,
    wakers: Vec<Waker>,
    threads: Vec<JoinHandle<io::Result<()>>>,
    ticker: Ticker,
}

impl Server {
    /// Binds the address once for each worker and starts them.
    pub fn start(
        service: Service,
        engine: wasmtime::Engine,
        options: &ServerOptions,
    ) -> io::Result<Self> {
        let live = Arc::new(Live::new(service));
        let (driver, fallback) = choose(options.driver)?;
        let workers = options.workers.max(1);
        let first = socket::listen(options.address)?;
        let address = first.local_addr()?;
        let mut listeners = vec![first];
        while listeners.len() < workers {
            listeners.push(socket::listen(address)?);
        }
        let activities: Vec<Arc<Activity>> = listeners.iter().map(|_| Arc::default()).collect();
        let ticker = Ticker::start(&engine, activities.clone())?;
        let mut server = Self {
            address,
            driver,
            fallback,
            live,
            wakers: Vec::new(),
            threads: Vec::new(),
            ticker,
        };
        for (index, (listener, activity)) in listeners.into_iter().zip(activities).enumerate() {
            let seat = Seat { ticker: server.ticker.clone(), activity, index, workers };
            server.start_worker(index, listener, seat)?;
        }
        Ok(server)
    }

    fn start_worker(
        &mut self,
        index: usize,
        listener: std::net::TcpListener,
        seat: Seat,
    ) -> io::Result<()> {
        let live = Arc::clone(&self.live);
        let (ready, started) = mpsc::channel();
        let kind = self.driver;
        let thread = thread::Builder::new().name(format!("purview-worker-{index}")).spawn(
            move || match kind {
                #[cfg(target_os = "linux")]
                DriverKind::Uring => run::<socket::Uring>(listener, live, seat, &ready),
                _ => run::<Poll>(listener, live, seat, &ready),
            },
        )?;
        self.threads.push(thread);
        let waker =
            started.recv().map_err(|_| io::Error::other("a worker ended while it started"))??;
        self.wakers.push(waker);
        Ok(())
    }

    /// Asks the workers to finish what is in flight and to accept nothing new.
    pub fn drain(&self) {
        self.live.draining.store(true, Ordering::Release);
        self.wakers.iter().for_each(Waker::wake);
    }

    /// A handle that exchanges what is served, from another thread.
    pub fn exchanger(&self) -> Exchanger {
        Exchanger {
            live: Arc::clone(&self.live),
            wakers: self.wakers.clone(),
            ticker: self.ticker.clone(),
        }
    }

    /// A handle that drains the server from another thread.
    pub fn drainer(&self) -> impl Fn() + Send + Sync + 'static {
        let live = Arc::clone(&self.live);
        let wakers = self.wakers.clone();
        move || {
            live.draining.store(true, Ordering::Release);
            wakers.iter().for_each(Waker::wake);
        }
    }

    /// Waits until every worker has ended.
    pub fn join(mut self) -> io::Result<()> {
        let mut result = Ok(());
        for thread in self.threads.drain(..) {
            match thread.join() {
                Ok(ended) => result = result.and(ended),
                Err(_) => result = Err(io::Error::other("a worker panicked")),
            }
        }
        self.ticker.stop();
        result
    }
}

/// Exchanges what a running server serves. Requests that have begun end as they began; none is lost.
#[derive(Debug, Clone)]
pub struct Exchanger {
    live: Arc<Live>,
    wakers: Vec<Waker>,
    ticker: Ticker,
}

impl Exchanger {
    /// Serves this from now on.
    pub fn exchange(&self, service: Service, engine: &wasmtime::Engine) {
        self.ticker.add(engine);
        self.live.exchange(service);
        self.wakers.iter().for_each(Waker::wake);
    }

    /// Answers every request with this text from now on; with none, as before.
    pub fn notice(&self, text: Option<&str>) {
        self.live.notice(text);
        self.wakers.iter().for_each(Waker::wake);
    }
}

fn run<D: Driver>(
    listener: std::net::TcpListener,
    live: Arc<Live>,
    seat: Seat,
    ready: &mpsc::Sender<io::Result<Waker>>,
) -> io::Result<()> {
    let driver = match D::new(listener) {
        Ok(driver) => driver,
        Err(error) => {
            // Whoever started this worker waits for one of the two.
            let _ = ready.send(Err(io::Error::new(error.kind(), error.to_string())));
            return Err(error);
        }
    };
    let _ = ready.send(Ok(driver.waker()));
    Worker::new(driver, live, seat).run()
}

/// The driver to use, and why it is not the first choice.
fn choose(wanted: DriverKind) -> io::Result<(DriverKind, Option<String>)> {
    if wanted == DriverKind::Poll {
        return Ok((DriverKind::Poll, None));
    }
    // A ring leaves work behind for the thread that made it, so it is tried on a thread of its own.
    #[cfg(target_os = "linux")]
    let probed = thread::spawn(|| {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        socket::listen(address).and_then(socket::Uring::new).map(drop)
    })
    .join()
    .unwrap_or_else(|_| Err(io::Error::other("the attempt panicked")));
    #[cfg(not(target_os = "linux"))]
    let probed = Err::<(), _>(io::Error::from(io::ErrorKind::Unsupported));
    match probed {
        Ok(()) => Ok((DriverKind::Uring, None)),
        Err(error) => Ok((
            DriverKind::Poll,
            Some(format!("io_uring is refused here ({error}); using the poll driver")),
        )),
    }
}
