// SPDX-License-Identifier: Apache-2.0
package node

import (
	"context"
	"fmt"

	"dev.defender/testbed/internal/api"
	"dev.defender/testbed/internal/controlplane"
)

const kubeletConfig = `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
cgroupDriver: cgroupfs
cgroupRoot: %[1]s
containerRuntimeEndpoint: unix://%[2]s
address: %[3]s
healthzBindAddress: 127.0.0.1
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: true}
  x509: {clientCAFile: %[4]s/ca.crt}
authorization: {mode: Webhook}
tlsCertFile: %[4]s/kubelet.crt
tlsPrivateKeyFile: %[4]s/kubelet.key
clusterDNS: [%[3]s]
clusterDomain: cluster.local
resolvConf: /etc/testbed/resolv.conf
volumePluginDir: /var/lib/kubelet/volume-plugins
failSwapOn: false
# The machine's disk is shared with whatever else it does: a full one shall fail a test, not evict its pods.
evictionHard: {memory.available: 100Mi}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
nodeStatusUpdateFrequency: 2s
`

func (n *node) kubelet() error {
	files := map[string]string{
		"/etc/testbed/kubelet.yaml": fmt.Sprintf(kubeletConfig, n.cgroupRoot, Socket, n.plan.Node(), n.dir.Path("pki")),
		// No name server beyond the cluster's: nothing leaves the machine.
		"/etc/testbed/resolv.conf": "nameserver " + n.plan.Node() + "\n",
	}
	if err := writeAll(files); err != nil {
		return err
	}
	_, err := n.children.Start("kubelet", n.binaries.Path("kube"), "kubelet",
		"--config=/etc/testbed/kubelet.yaml", "--kubeconfig="+n.dir.Path("pki", "kubelet.kubeconfig"),
		"--hostname-override="+controlplane.NodeName, "--node-ip="+n.plan.Node())
	return err
}

// proxy sets the service range up, in nftables of the node's own network namespace.
func (n *node) proxy() error {
	_, err := n.children.Start("proxy", n.binaries.Path("kube"), "proxy",
		"--kubeconfig="+n.dir.Path("pki", "proxy.kubeconfig"), "--hostname-override="+controlplane.NodeName,
		"--proxy-mode=nftables", "--cluster-cidr="+n.plan.Pods(), "--bind-address=127.0.0.1",
		// A limit of the machine's, which a namespace cannot set.
		"--conntrack-max-per-core=0")
	return err
}

const corefile = `cluster.local in-addr.arpa {
  bind %[1]s
  errors
  kubernetes {
    kubeconfig %[3]s testbed
  }
}
testbed {
  bind %[1]s
  hosts {
    %[2]s machine.testbed
  }
}
. {
  bind %[1]s
  template ANY ANY {
    rcode NXDOMAIN
  }
}
`

// dns answers names of the cluster, and machine.testbed, which is the machine itself; any other name does not exist.
func (n *node) dns() error {
	text := fmt.Sprintf(corefile, n.plan.Node(), n.plan.Machine(), n.dir.Path("pki", "dns.kubeconfig"))
	if err := writeAll(map[string]string{"/etc/testbed/Corefile": text}); err != nil {
		return err
	}
	_, err := n.children.Start("dns", n.binaries.Path("coredns"), "-conf=/etc/testbed/Corefile", "-quiet")
	return err
}

func (n *node) awaitReady(ctx context.Context) error {
	return api.Await(ctx, "node Ready", func(ctx context.Context) error {
		var found struct {
			Status struct {
				Conditions []struct{ Type, Status, Message string }
			}
		}
		if err := n.plane.Client().Get(ctx, "/api/v1/nodes/"+controlplane.NodeName, &found); err != nil {
			return err
		}
		for _, condition := range found.Status.Conditions {
			if condition.Type == "Ready" {
				if condition.Status == "True" {
					return nil
				}
				return fmt.Errorf("the kubelet says: %s", condition.Message)
			}
		}
		return fmt.Errorf("the kubelet has not said yet")
	})
}
