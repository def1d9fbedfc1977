# `make` lists the commands. They are the same on every machine, and .ci/run calls no others.

ATLAS ?= .
LISTEN ?= 127.0.0.1:8080

target := $(abspath $(or $(CARGO_TARGET_DIR),target))
# Folders too: their time changes when a file goes away.
web_sources := $(shell find web -mindepth 1 \( -path web/node_modules -o -path web/dist -o -path web/test \) -prune -o -print)

.PHONY: help run build check lint fmt test test-rust test-web test-browser api-test bless fuzz bench clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Build everything and serve the demo (or ATLAS=folder) at http://127.0.0.1:8080 (or LISTEN=address)
	$(target)/release/tessera serve $(ATLAS) --listen $(LISTEN)

build: web/dist/index.html ## Build the one file that holds server and page: target/release/tessera
	cargo build --release --package tessera

check: lint ## Judge the sources without running them: formatting, lints, types, documentation
	cargo fmt --all --check
	npm --prefix web run check
	RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps

lint: web/dist/index.html ## Clippy and Biome; a warning is an error
	cargo clippy --workspace --all-targets -- -D warnings
	npm --prefix web run lint

fmt: web/node_modules/.package-lock.json ## Format Rust, TypeScript, Svelte and CSS
	cargo fmt --all
	npm --prefix web run fmt

test: test-rust test-web test-browser ## Run every test

test-rust: web/dist/index.html ## Run the tests of the crates, end to end tests and examples in the documentation
	cargo test --workspace --no-fail-fast

test-web: web/node_modules/.package-lock.json ## Run the unit tests of the page
	npm --prefix web test

# The same artefacts as the tests of the crates, so that nothing is compiled a second time.
test-browser: web/dist/index.html tests/browser/node_modules/.package-lock.json ## Run the page in Chromium
	cargo build --workspace --bins --tests
	TESSERA_BIN=$(target)/debug/tessera npm --prefix tests/browser test

api-test: web/dist/index.html ## Hold the interface against its description (Schemathesis, pyarrow; from PyPI)
	cargo build --package tessera
	tests/api/run.sh $(target)/debug/tessera .

bless: export INSTA_UPDATE := always
bless: test-rust ## Record the snapshot files anew; look at the difference before you commit it

fuzz: ## Throw hostile bytes at every parser, a minute each (SECONDS_EACH=60)
	tests/fuzz/run

bench: web/dist/index.html ## Measure
	cargo bench --workspace

clean: ## Remove what was built
	cargo clean
	rm -rf web/dist web/node_modules tests/browser/node_modules

# npm writes this file last: it is as new as the installation.
%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	npm --prefix $* ci --no-audit --no-fund

web/dist/index.html: web/node_modules/.package-lock.json $(web_sources)
	npm --prefix web run build
