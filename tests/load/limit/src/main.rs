//! Answers from memory what it was given: how many requests a second axum and this machine allow at most.
//!
//! `tessera-limit FOLDER` reads `FOLDER/answers.tsv`, in which a line is a path with its query, a media type, an encoding (or
//! nothing) and the name of the file in the folder that holds the bytes. It says on standard output where it listens.

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::serve::ListenerExt;
use bytes::Bytes;
use tokio::net::TcpListener;

/// An answer: its headers and its bytes.
type Answer = (HeaderMap, Bytes);
type Answers = Arc<HashMap<String, Answer>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: tessera-limit FOLDER")?;
    let answers = Arc::new(read(&PathBuf::from(folder))?);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, Router::new().fallback(answer).with_state(answers)).await?;
    Ok(())
}

async fn answer(State(answers): State<Answers>, uri: Uri) -> Result<Answer, StatusCode> {
    let path = uri.path_and_query().map_or("", |path| path.as_str());
    answers.get(path).cloned().ok_or(StatusCode::NOT_FOUND)
}

fn read(folder: &Path) -> Result<HashMap<String, Answer>, Box<dyn Error>> {
    let list = std::fs::read_to_string(folder.join("answers.tsv"))?;
    list.lines().map(|line| told(folder, line)).collect()
}

fn told(folder: &Path, line: &str) -> Result<(String, Answer), Box<dyn Error>> {
    let [path, media_type, encoding, file] = line.split('\t').collect::<Vec<_>>()[..] else {
        return Err(format!("`{line}` should have four parts").into());
    };
    let mut headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_str(media_type)?)]);
    if !encoding.is_empty() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_str(encoding)?);
    }
    Ok((path.to_owned(), (headers, std::fs::read(folder.join(file))?.into())))
}
