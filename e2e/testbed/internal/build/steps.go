// SPDX-License-Identifier: Apache-2.0

// Package build makes the programs of a testbed from published Go modules and keeps them in a cache.
package build

// kubernetes is the version that the binary reports; without it, it says v0.0.0 and charts refuse it. The same as in
// kube/go.mod.
const kubernetes = "1.36.3"

const stripped = "-s -w"

// step is one `go build`. Every part of it goes into the key of the cache.
type step struct {
	name     string
	module   string // folder below the sources
	packages []string
	output   string // file name, or empty for the names of the packages
	tags     string
	ldflags  string
	cgo      string
}

var steps = []step{
	{
		name:     "launcher's helpers",
		module:   ".",
		packages: []string{"./cmd/pause", "./cmd/probe", "./cmd/runc-lean"},
		ldflags:  stripped,
		cgo:      "0",
	},
	{
		name:     "etcd, Kubernetes, kubectl",
		module:   "kube",
		packages: []string{"."},
		output:   "kube",
		ldflags: stripped + " -X k8s.io/component-base/version.gitVersion=v" + kubernetes +
			" -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36",
		cgo: "0",
	},
	{
		name:   "containerd, CNI plugins, helm",
		module: "tools",
		packages: []string{
			"github.com/containerd/containerd/v2/cmd/containerd",
			"github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2",
			"github.com/containerd/containerd/v2/cmd/ctr",
			"github.com/containernetworking/plugins/plugins/ipam/host-local",
			"github.com/containernetworking/plugins/plugins/main/bridge",
			"github.com/containernetworking/plugins/plugins/main/loopback",
			"github.com/containernetworking/plugins/plugins/meta/portmap",
			"helm.sh/helm/v3/cmd/helm",
		},
		tags:    "no_btrfs no_devmapper no_zfs",
		ldflags: stripped,
		cgo:     "0",
	},
	{
		// In C for a part: it sets namespaces up before Go's threads are there, and seccomp comes from libseccomp.
		name:     "runc",
		module:   "tools",
		packages: []string{"github.com/opencontainers/runc"},
		tags:     "seccomp",
		ldflags:  stripped,
		cgo:      "1",
	},
	{
		name:     "CoreDNS",
		module:   "dns",
		packages: []string{"."},
		output:   "coredns",
		ldflags:  stripped,
		cgo:      "0",
	},
}
