# The program with its page in a small image. Serves the atlas that is mounted at /srv/tessera:
#
#   docker build --tag tessera .
#   docker run --publish 8080:8080 --volume "$PWD:/srv/tessera:ro" --volume tessera:/var/lib/tessera tessera

FROM node:22-bookworm-slim AS page
WORKDIR /tessera/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY words ../words
COPY web ./
RUN npm run build

FROM rust:1.95-slim-bookworm AS program
WORKDIR /tessera
COPY Cargo.toml Cargo.lock ./
COPY crates crates
COPY words words
COPY web/src/styles web/src/styles
COPY --from=page /tessera/web/dist web/dist
RUN cargo build --locked --release --package tessera

FROM debian:bookworm-slim
COPY --from=program /tessera/target/release/tessera /usr/bin/tessera
COPY NOTICE LICENSE-MIT LICENSE-APACHE /usr/share/doc/tessera/
RUN useradd --system --uid 999 --home-dir /var/lib/tessera --create-home --shell /usr/sbin/nologin tessera
USER tessera
VOLUME /var/lib/tessera
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && grep -q '\"ok\"' <&3"]
ENTRYPOINT ["tessera"]
CMD ["serve", "/srv/tessera", "--store", "/var/lib/tessera", "--listen", "0.0.0.0:8080"]
