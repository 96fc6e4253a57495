// SPDX-License-Identifier: Apache-2.0
package node

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"dev.defender/testbed/internal/build"
	"dev.defender/testbed/internal/controlplane"
	"dev.defender/testbed/internal/network"
	"dev.defender/testbed/internal/process"
	"dev.defender/testbed/internal/state"
)

type node struct {
	dir        state.Dir
	binaries   build.Binaries
	children   *process.Children
	plan       network.Plan
	plane      *controlplane.Plane
	cgroupRoot string
}

// Prepare makes the namespaces that this process was started in the node's.
func Prepare(dir state.Dir, pidNamespace bool) error {
	if err := syscall.Sethostname([]byte(controlplane.NodeName)); err != nil {
		return err
	}
	return mounts(dir, pidNamespace)
}

// Start starts everything and returns when pods can be created; say is told of what is there.
func Start(ctx context.Context, dir state.Dir, children *process.Children, record state.Record, say func(string)) error {
	n := &node{
		dir: dir, binaries: build.Binaries(record.Binaries), children: children,
		plan: network.Plan{Block: record.Block}, cgroupRoot: "/" + record.Group,
	}
	if record.Options.PIDNamespace {
		n.cgroupRoot = "/" // its own control group is all it sees
	}
	// Programs of the testbed go before the machine's: containerd looks for its shim, kubelet and proxy for mount, nft.
	if err := os.Setenv("PATH", record.Binaries+":"+os.Getenv("PATH")+":/usr/sbin:/sbin"); err != nil {
		return err
	}
	if err := network.Node(n.plan, func(command ...string) error { return children.Run("network", nil, command...) }); err != nil {
		return err
	}
	runtime := make(chan error, 1)
	go func() { runtime <- n.containerd(ctx) }()
	if err := n.controlPlane(ctx, record.Options); err != nil {
		return err
	}
	say("API server ready")
	if err := <-runtime; err != nil {
		return err
	}
	for _, start := range []func() error{n.kubelet, n.proxy, n.dns} {
		if err := start(); err != nil {
			return err
		}
	}
	if err := n.storage(ctx); err != nil {
		return err
	}
	if err := n.awaitReady(ctx); err != nil {
		return err
	}
	say("node Ready")
	return n.plane.AwaitServiceAccount(ctx)
}

func (n *node) controlPlane(ctx context.Context, options state.Options) (err error) {
	n.plane, err = controlplane.Start(n.dir, n.binaries, n.children, controlplane.Place{
		Address: n.plan.Node(), APIPort: 6443, EtcdPort: 2379, PeerPort: 2380,
		Services: n.plan.Services(), APIService: n.plan.APIService(),
	}, options)
	if err != nil {
		return err
	}
	if err := n.plane.AwaitReady(ctx); err != nil {
		return err
	}
	if err := n.plane.Controllers(options.Controllers); err != nil {
		return err
	}
	return n.plane.Scheduler()
}

// StartLimit is how long a start may take: on a machine that also compiles, ten times of what it takes alone.
const StartLimit = 3 * time.Minute

func writeAll(files map[string]string) error {
	for path, content := range files {
		if err := mkdirs(filepath.Dir(path)); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}
