# `make` lists the commands. They are the same on every machine, and .ci/run calls no others.

ATLAS ?= .
LISTEN ?= 127.0.0.1:8080

# Where `make install` installs to, and a folder that stands for the root while a package is made.
PREFIX ?= /usr/local
DESTDIR ?=

target := $(abspath $(or $(CARGO_TARGET_DIR),target))
cargo_deb := $(target)/tools/bin/cargo-deb
# What is installed to be read, in the same folders as here, so that links hold. The package has the same: crates/tessera/Cargo.toml.
documents := $(wildcard *.md docs/*.md docs/decisions/*.md docs/images/*) data/README.md tests/reference/README.md atlas.toml NOTICE LICENSE-MIT LICENSE-APACHE
# Folders too: their time changes when a file goes away.
web_sources := $(shell find web words -mindepth 1 \( -path web/node_modules -o -path web/dist -o -path web/test \) -prune -o -print)

.PHONY: help run build install deb check lint fmt test test-rust test-web test-browser test-install api-test bless bless-pictures pictures fuzz national national-areas national-indicators limit bench bench-peers bench-growth bench-load bench-crates bench-browser clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Build everything and serve the demo (or ATLAS=folder) at http://127.0.0.1:8080 (or LISTEN=address)
	$(target)/release/tessera serve $(ATLAS) --listen $(LISTEN)

build: web/dist/index.html ## Build the one file that holds server and page: target/release/tessera
	cargo build --release --package tessera

install: $(target)/release/tessera ## Install program, service and documents below PREFIX=/usr/local (and DESTDIR)
	install -D -m 755 $< $(DESTDIR)$(PREFIX)/bin/tessera
	sed 's|/usr/|$(PREFIX)/|' packaging/tessera.service | \
	  install -D -m 644 /dev/stdin $(DESTDIR)$(PREFIX)/lib/systemd/system/tessera.service
	install -D -m 644 packaging/tessera.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/tessera.conf
	set -e; for document in $(documents); do install -D -m 644 $$document $(DESTDIR)$(PREFIX)/share/doc/tessera/$$document; done
	test -e $(DESTDIR)/etc/default/tessera || install -D -m 644 packaging/tessera.default $(DESTDIR)/etc/default/tessera

# Only where it is missing: who installs as root need not build as root.
$(target)/release/tessera:
	$(MAKE) build

deb: build $(cargo_deb) ## Make a Debian package: target/debian/tessera_….deb
	$(cargo_deb) --package tessera --no-build --locked

# A tool of this checkout alone.
$(cargo_deb):
	cargo install cargo-deb --version 3.8.0 --locked --debug --no-default-features --root $(target)/tools --target-dir $(target)/tools/build

check: lint ## Judge the sources without running them: formatting, lints, types, documentation
	cargo fmt --all --check
	npm --prefix web run check
	# Named, so that dependencies are those that Clippy has looked at: without the examples they lack features of tests.
	RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --lib --bins --examples

lint: web/dist/index.html ## Clippy and Biome; a warning is an error
	cargo clippy --workspace --all-targets -- -D warnings
	npm --prefix web run lint

fmt: web/node_modules/.package-lock.json ## Format Rust, TypeScript, Svelte and CSS
	cargo fmt --all
	npm --prefix web run fmt

test: test-rust test-web test-browser test-install ## Run every test

test-rust: web/dist/index.html ## Run the tests of the crates, end to end tests and examples in the documentation
	cargo test --workspace --no-fail-fast

test-web: web/node_modules/.package-lock.json ## Run the unit tests of the page
	npm --prefix web test

# The same artefacts as the tests of the crates, so that nothing is compiled a second time.
test-browser: web/dist/index.html tests/browser/node_modules/.package-lock.json ## Run the page in Chromium
	cargo build --workspace --bins --tests
	TESSERA_BIN=$(target)/debug/tessera npm --prefix tests/browser test

# The same artefacts again.
test-install: web/dist/index.html $(if $(shell command -v dpkg-deb),$(cargo_deb)) ## Install from source and as a Debian package, and start both
	cargo build --workspace --bins --tests
	tests/install/run.sh $(target)/debug/tessera $(cargo_deb)

api-test: web/dist/index.html ## Hold the interface against its description (Schemathesis, pyarrow, GDAL; from PyPI)
	cargo build --package tessera
	tests/api/run.sh $(target)/debug/tessera .

bless: export INSTA_UPDATE := always
bless: test-rust ## Record the snapshot files anew; look at the difference before you commit it

bless-pictures: web/dist/index.html tests/browser/node_modules/.package-lock.json ## Take the pictures that the main views are held against anew; look at them before you commit
	cargo build --workspace --bins --tests
	TESSERA_BIN=$(target)/debug/tessera npm --prefix tests/browser test -- looks.spec.ts --project=desk --update-snapshots=all

pictures: build tests/browser/node_modules/.package-lock.json ## Take the pictures of the README, in docs/images
	TESSERA_BIN=$(target)/release/tessera node tests/browser/pictures.mjs docs/images

fuzz: ## Throw hostile bytes at every parser, a minute each (SECONDS_EACH=60)
	tests/fuzz/run

national: ## Make an atlas of 34,753 areas and 250 invented indicators in target/national, to measure with
	python3 tests/load/make_national.py $(target)/national

national-areas: ## The same with 188,880 areas and 25 indicators, in target/national-areas
	python3 tests/load/make_national.py $(target)/national-areas --areas 188880 --indicators 25 --periods 1

national-indicators: ## The same with 10,000 indicators in one period, in target/national-indicators
	python3 tests/load/make_national.py $(target)/national-indicators --indicators 10000 --periods 1

bench: bench-crates bench-peers bench-growth ## Measure the methods one by one, compare with other programs and see how cost grows; the last two into docs/benchmarks.md

bench-peers: build national limit
	cargo build --release --package tessera-geo --package tessera-stats --examples
	tests/load/peers/install.sh $(target)/peers
	python3 tests/load/peers/compare.py $(target)/release $(target)/national $(target)/peers $(target)/limit/release/tessera-limit

bench-growth: build
	python3 tests/load/growth.py $(target)/release/tessera $(target)

bench-crates: web/dist/index.html ## Measure the methods of the crates one by one
	cargo bench --workspace

# Apart from the workspace, as it is no part of the program.
limit:
	cargo build --release --locked --manifest-path tests/load/limit/Cargo.toml --target-dir $(target)/limit

bench-load: build national limit ## Measure the server under load (wrk; five minutes), and write it down in docs/benchmarks.md
	python3 tests/load/under_load.py $(target)/release/tessera $(target)/national $(target)/limit/release/tessera-limit

bench-browser: build national tests/browser/node_modules/.package-lock.json ## Measure the page in Chromium, and write it down in docs/benchmarks.md
	TESSERA_BIN=$(target)/release/tessera node tests/browser/bench.mjs $(target)/national

clean: ## Remove what was built
	cargo clean
	rm -rf web/dist web/node_modules tests/browser/node_modules

# npm writes this file last: it is as new as the installation.
%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	npm --prefix $* ci --no-audit --no-fund

web/dist/index.html: web/node_modules/.package-lock.json $(web_sources)
	npm --prefix web run build
