// SPDX-License-Identifier: Apache-2.0

// Package network gives each testbed a network namespace of its own, tied to the machine by one pair of links. Nothing but
// the machine is reachable from it, and all of it goes with its last process.
package network

import (
	"fmt"
	"net"
	"net/netip"
)

// Plan is what addresses a testbed has: those of 10.K.0.0/16.
type Plan struct{ Block int }

// The blocks that are tried. Private, and high enough to be rarely taken.
const firstBlock, lastBlock = 180, 249

func (p Plan) address(third, fourth int) string {
	return fmt.Sprintf("10.%d.%d.%d", p.Block, third, fourth)
}

// All is the whole block.
func (p Plan) All() string { return p.address(0, 0) + "/16" }

// Machine is the end of the link on the machine's side; pods reach what listens there.
func (p Plan) Machine() string { return p.address(0, 1) }

// Node is the node's address: API server, kubelet and DNS listen there.
func (p Plan) Node() string { return p.address(0, 2) }

// Pods is the range of the pods.
func (p Plan) Pods() string { return p.address(64, 0) + "/20" }

// Gateway is the bridge's address in the range of the pods.
func (p Plan) Gateway() string { return p.address(64, 1) }

// FirstPod is the first address that a pod is given.
func (p Plan) FirstPod() string { return p.address(64, 10) }

// Services is the range of the services.
func (p Plan) Services() string { return p.address(128, 0) + "/20" }

// APIService is the address of the service "kubernetes".
func (p Plan) APIService() string { return p.address(128, 1) }

// Link is the name on the machine's side. To make it is to claim the block: the kernel lets one testbed do it.
func (p Plan) Link() string { return fmt.Sprintf("testbed%d", p.Block) }

// free tells whether no address of the machine and no route overlaps.
func (p Plan) free(taken []netip.Prefix) bool {
	own := netip.MustParsePrefix(p.All())
	for _, other := range taken {
		if other.Bits() > 0 && other.Overlaps(own) {
			return false
		}
	}
	return true
}

func addresses() ([]netip.Prefix, error) {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil, err
	}
	var taken []netip.Prefix
	for _, address := range all {
		if prefix, err := netip.ParsePrefix(address.String()); err == nil {
			taken = append(taken, prefix)
		}
	}
	return taken, nil
}
