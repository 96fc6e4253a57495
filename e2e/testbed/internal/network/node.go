// SPDX-License-Identifier: Apache-2.0
package network

import "os"

// Bridge is the name of the link that the pods are tied to, inside the node's own namespace.
const Bridge = "cni0"

// Node is what the node's own namespace is given: addresses, a bridge, and a route by which the service range reaches the
// rules of kube-proxy. There is no default route, so nothing leaves the machine. Run of a command is up to the caller,
// because it may be the reaper of all children.
func Node(plan Plan, run func(command ...string) error) error {
	for _, command := range [][]string{
		{"link", "set", "lo", "up"},
		{"address", "add", plan.Node() + "/30", "dev", "eth0"},
		{"link", "set", "eth0", "up"},
		{"link", "add", Bridge, "type", "bridge"},
		{"address", "add", plan.Gateway() + "/20", "dev", Bridge},
		{"link", "set", Bridge, "up"},
		{"route", "add", plan.Services(), "dev", Bridge},
	} {
		if err := run(append([]string{"ip"}, command...)...); err != nil {
			return err
		}
	}
	// Of this namespace only.
	return os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0o644)
}
