//! Where the server listens: a TCP address, or a unix socket.

use std::fmt;
use std::io;
#[cfg(unix)]
use std::path::{Path, PathBuf};
use std::str::FromStr;

use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::net::UnixListener;

/// Who may use a unix socket: its owner and its group.
#[cfg(unix)]
const SOCKET_MODE: u32 = 0o660;

/// Where to listen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `127.0.0.1:8080`; port 0 takes a free one.
    Tcp(String),
    /// `unix:/run/tessera.sock`
    #[cfg(unix)]
    Unix(PathBuf),
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Address, String> {
        match text.strip_prefix("unix:") {
            #[cfg(unix)]
            Some("") => Err("name the socket's file: `unix:/run/tessera.sock`".to_owned()),
            #[cfg(unix)]
            Some(path) => Ok(Address::Unix(path.into())),
            #[cfg(not(unix))]
            Some(_) => Err("this system has no unix sockets; name an address and a port".to_owned()),
            None => {
                let parts = text.rsplit_once(':');
                let is_whole = parts.is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
                let whole = is_whole.then(|| Address::Tcp(text.to_owned()));
                whole.ok_or_else(|| "name an address and a port from 0 to 65535: `127.0.0.1:8080`".to_owned())
            }
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Tcp(address) => f.write_str(address),
            #[cfg(unix)]
            Address::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// Something that listens.
#[derive(Debug)]
pub enum Listener {
    /// On a TCP address.
    Tcp(TcpListener),
    /// On a unix socket.
    #[cfg(unix)]
    Unix(UnixListener, SocketFile),
}

impl Listener {
    /// Begins to listen. The file of a unix socket that nobody listens on any more is replaced.
    ///
    /// # Errors
    /// When the address cannot be had: it is in use, it is nobody's, or one may not.
    pub async fn bind(address: &Address) -> io::Result<Listener> {
        match address {
            Address::Tcp(address) => Ok(Listener::Tcp(TcpListener::bind(address).await?)),
            #[cfg(unix)]
            Address::Unix(path) => {
                let (listener, file) = bind_socket(path)?;
                Ok(Listener::Unix(listener, file))
            }
        }
    }

    /// Where it listens, as a client names it: `http://127.0.0.1:54321`, `unix:/run/tessera.sock`.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<String> {
        match self {
            Listener::Tcp(listener) => Ok(format!("http://{}", listener.local_addr()?)),
            #[cfg(unix)]
            Listener::Unix(_, file) => Ok(format!("unix:{}", file.0.display())),
        }
    }
}

/// The file of a socket, which goes away with this value.
#[cfg(unix)]
#[derive(Debug)]
pub struct SocketFile(PathBuf);

#[cfg(unix)]
impl Drop for SocketFile {
    fn drop(&mut self) {
        // Where it is gone already there is nothing to do.
        let _ = std::fs::remove_file(&self.0);
    }
}

#[cfg(unix)]
fn bind_socket(path: &Path) -> io::Result<(UnixListener, SocketFile)> {
    use std::os::unix::fs::PermissionsExt;

    if is_stale(path) {
        std::fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    let file = SocketFile(path.to_owned());
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(SOCKET_MODE))?;
    Ok((listener, file))
}

/// Whether a server that ended without tidying up has left its socket. Any other file stays where it is.
#[cfg(unix)]
fn is_stale(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;

    let is_socket = std::fs::symlink_metadata(path).is_ok_and(|file| file.file_type().is_socket());
    let refused = |error: io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
    is_socket && std::os::unix::net::UnixStream::connect(path).is_err_and(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read() {
        for text in ["127.0.0.1:0", "[::1]:8080", "localhost:80"] {
            assert_eq!(text.parse(), Ok(Address::Tcp(text.to_owned())));
        }
        for text in ["127.0.0.1", "localhost:http", "127.0.0.1:65536", ":8080", ""] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
        #[cfg(unix)]
        {
            assert_eq!("unix:/run/a.sock".parse(), Ok(Address::Unix("/run/a.sock".into())));
            assert!("unix:".parse::<Address>().is_err());
        }
    }
}
