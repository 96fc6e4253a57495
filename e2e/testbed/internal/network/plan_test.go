// SPDX-License-Identifier: Apache-2.0
package network

import (
	"net/netip"
	"testing"
)

func TestABlockIsFreeUnlessAnAddressOrARouteOverlaps(t *testing.T) {
	plan := Plan{Block: 180}
	for text, free := range map[string]bool{
		"0.0.0.0/0":      true, // the default route is no claim
		"10.181.0.0/16":  true,
		"192.168.0.0/16": true,
		"10.0.0.0/8":     false,
		"10.180.7.1/32":  false,
	} {
		if got := plan.free([]netip.Prefix{netip.MustParsePrefix(text)}); got != free {
			t.Errorf("beside %s: free = %v", text, got)
		}
	}
}

func TestEveryAddressLiesInTheBlockAndTheRangesApart(t *testing.T) {
	plan := Plan{Block: 249}
	all := netip.MustParsePrefix(plan.All())
	pods, services := netip.MustParsePrefix(plan.Pods()), netip.MustParsePrefix(plan.Services())
	if pods.Overlaps(services) {
		t.Error("pods and services overlap")
	}
	for _, text := range []string{plan.Machine(), plan.Node(), plan.Gateway(), plan.FirstPod(), plan.APIService()} {
		if address := netip.MustParseAddr(text); !all.Contains(address) {
			t.Error("outside: ", text)
		}
	}
	if !services.Contains(netip.MustParseAddr(plan.APIService())) || !pods.Contains(netip.MustParseAddr(plan.FirstPod())) {
		t.Error("an address outside its range")
	}
}
