# SPDX-License-Identifier: Apache-2.0
# Thin targets: each calls one script, which a person can run alone. The variables are told in docs/development.md.
.DEFAULT_GOAL := help
.PHONY: help demo demo-cluster test faults soak cluster testbed-up testbed-down bench build images push load check-generated format clean

help: ## this list
	@sed -nE 's/^([a-z-]+): ## (.*)/  make \1\t\2/p' Makefile | expand -t 26

demo: ## kernel to alert on this machine, with proof that nothing was lost (DEMO_MODE=live|replay, DEMO_KEEP=1)
	@scripts/demo.sh

demo-cluster: ## the README's helm path on a cluster, attacks from a pod, upgrade, uninstall (DEMO_KEEP=1)
	@scripts/demo-cluster.sh

test: ## every check and test, the fault loops, the tests on a cluster and the demo
	@scripts/test.sh

faults: ## only the fault loops (kills under load, full disks)
	@scripts/faults.sh

soak: ## the fault loops with a hundred cycles each (CYCLES=n)
	@scripts/faults.sh -Ddefender.faults.cycles=$(or $(CYCLES),100)

cluster: ## only the tests on a cluster (KUBECONFIG's, else k3s in Docker, else the testbed)
	@scripts/cluster.sh

testbed-up: ## a Kubernetes node on this machine, without Docker (ARGS=--pidns, …; docs/testbed.md)
	@scripts/testbed.sh up $(ARGS)

testbed-down: ## remove it, and what killed ones have left
	@scripts/testbed.sh down

bench: ## one JSON line per figure (ONLY=name for one)
	@scripts/bench.sh

build: ## the programs, ready to run, under */target/app
	@scripts/build.sh

images: ## container images of the programs under target/images (REGISTRY=…, ONLY=name), without Docker
	@scripts/images.sh make

push: ## the same into a registry: REGISTRY=registry.example/defender
	@scripts/images.sh push

load: ## the images into a cluster of this machine: CLUSTER=kind|k3d|minikube|testbed (NAME=… of several)
	@scripts/images.sh load

check-generated: ## CRD, chart and pages against what the code generates; helm lint
	@scripts/check-generated.sh

format: ## format the Java sources
	@scripts/mvn.sh -q spotless:apply

clean: ## remove what was built and what a demo left
	@scripts/clean.sh
