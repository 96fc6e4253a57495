// SPDX-License-Identifier: Apache-2.0
package node

import (
	"context"
	"fmt"
	"os"
	"strings"

	"dev.defender/testbed/internal/api"
	"dev.defender/testbed/internal/image"
	"dev.defender/testbed/internal/network"
)

// Socket is containerd's, where agents look for it.
const Socket = "/run/containerd/containerd.sock"

const containerdConfig = `version = 3
root = "/var/lib/containerd"
state = "/run/containerd"
[grpc]
  address = "%[1]s"
[plugins.'io.containerd.cri.v1.images']
  snapshotter = "overlayfs"
  [plugins.'io.containerd.cri.v1.images'.pinned_images]
    sandbox = "%[2]s"
[plugins.'io.containerd.cri.v1.runtime']
  restrict_oom_score_adj = %[3]t
  [plugins.'io.containerd.cri.v1.runtime'.cni]
    bin_dirs = ["%[4]s"]
    conf_dir = "/etc/cni/net.d"
  [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
      BinaryName = "%[4]s/runc-lean"
`

// The plugin's own default route: it makes one of the gateway, so none is asked for beside it.
const cniConfig = `{"cniVersion": "1.0.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "%s", "isDefaultGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "ranges": [[{"subnet": "%s", "rangeStart": "%s", "gateway": "%s"}]]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
`

func (n *node) containerd(ctx context.Context) error {
	plan := n.plan
	restricted, err := withoutResource()
	if err != nil {
		return err
	}
	files := map[string]string{
		"/etc/containerd/config.toml": fmt.Sprintf(
			containerdConfig, Socket, image.Pause, restricted, string(n.binaries)),
		"/etc/cni/net.d/10-pods.conflist": fmt.Sprintf(
			cniConfig, network.Bridge, plan.Pods(), plan.FirstPod(), plan.Gateway()),
	}
	if err := writeAll(files); err != nil {
		return err
	}
	if _, err := n.children.Start("containerd", n.binaries.Path("containerd"), "--config=/etc/containerd/config.toml"); err != nil {
		return err
	}
	if err := api.Await(ctx, "containerd's socket", func(context.Context) error {
		_, err := os.Stat(Socket)
		return err
	}); err != nil {
		return err
	}
	return n.images()
}

// images are there before the first pod: one that fails for want of its sandbox is tried again only after a pause.
func (n *node) images() error {
	for reference, program := range map[string]string{image.Pause: "pause", image.Probe: "probe"} {
		archive := "/run/testbed/" + program + ".tar"
		if err := image.Write(archive, reference, n.binaries.Path(program)); err != nil {
			return err
		}
		err := n.children.Run("images", nil, n.binaries.Path("ctr"), "--address="+Socket, "--namespace=k8s.io",
			"images", "import", archive)
		if err != nil {
			return err
		}
		if err := os.Remove(archive); err != nil {
			return err
		}
	}
	return nil
}

// withoutResource tells whether this machine keeps CAP_SYS_RESOURCE (bit 24) from everyone; a sandbox then cannot lower its
// oom_score_adj, and containerd must not try.
func withoutResource() (bool, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return false, err
	}
	for line := range strings.Lines(string(status)) {
		if value, found := strings.CutPrefix(line, "CapBnd:"); found {
			var set uint64
			_, err := fmt.Sscanf(strings.TrimSpace(value), "%x", &set)
			return set&(1<<24) == 0, err
		}
	}
	return false, nil
}
