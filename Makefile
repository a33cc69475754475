# SPDX-License-Identifier: Apache-2.0
#
# What one types here. Each target is one script of Tests/Support/, which says
# in its first lines what it does.

.DEFAULT_GOAL := help
.PHONY: help setup build deb check-deb demo demo-live test pins \
	format bench-engine protos docs clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install the Debian packages that are missing, check Swift, make .venv
	@Tests/Support/setup.sh --python

build: ## Build vigied and vigie for use, into .build/release
	@Tests/Support/setup.sh
	@Tests/Support/build.sh

deb: build ## Make a Debian package of vigied and vigie, into .build/packages
	@Sources/Packaging/deb.sh

check-deb: build ## Try the package and the image in a bare Debian, as root
	@Tests/Packaging/all.sh

demo: ## Score sample companies and fill a portfolio with a real server, from nothing
	@Tests/Support/demo.sh

demo-live: ## Show the page of a portfolio of made-up companies until interrupted
	@Tests/Support/demo.sh --live

test: ## Run every test and check
	@Tests/Support/test.sh

pins: ## Tell which libraries that models are compared with have newer releases
	@.venv/bin/python Tests/Support/newest_pins.py

format: ## Format all Swift code
	swift format --in-place --recursive Package.swift Sources Tests Clients

bench-engine: ## Measure the engine against other libraries, or as ARGUMENTS says
	@Tests/Benchmarks/Engine/engine.sh $(ARGUMENTS)

protos: ## Generate the code of Protos/ again
	@Tests/Support/setup.sh --python
	@Tests/Support/generate.sh

docs: ## Write the tables of limits, rooms, settings and exit codes again
	python3 Tests/Support/limits_page.py
	python3 Tests/Support/rooms.py
	VIGIE_WRITE_DOCS=1 swift test --filter DocumentedTablesTests

clean: ## Delete what was built, and .venv
	rm -rf .build .venv .pytest_cache
