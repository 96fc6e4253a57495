// SPDX-License-Identifier: Apache-2.0
package network

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"
	"net/netip"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// Attach ties the network namespace of a process to the machine, with the first block that is free. The link bears the
// owner's name as its alias.
func Attach(pid int, owner string) (Plan, error) {
	taken, err := taken()
	if err != nil {
		return Plan{}, err
	}
	for block := firstBlock; block <= lastBlock; block++ {
		plan := Plan{block}
		if !plan.free(taken) {
			continue
		}
		err := ip("link", "add", plan.Link(), "type", "veth", "peer", "name", "eth0", "netns", strconv.Itoa(pid))
		if err != nil && strings.Contains(err.Error(), "File exists") {
			continue
		}
		if err != nil {
			return Plan{}, err
		}
		return plan, errors.Join(
			ip("link", "set", plan.Link(), "alias", owner),
			ip("address", "add", plan.Machine()+"/30", "dev", plan.Link()),
			ip("link", "set", plan.Link(), "up"),
			ip("route", "add", plan.All(), "via", plan.Node(), "dev", plan.Link()))
	}
	return Plan{}, fmt.Errorf("no free address range: each of 10.%d.0.0/16 to 10.%d.0.0/16 overlaps with a route of this machine",
		firstBlock, lastBlock)
}

// Detach removes the link where it outlived its testbed. It is no error when it is gone; another testbed may have one of the
// same name since.
func Detach(block int, owner string) error {
	link := Plan{block}.Link()
	if block == 0 || !owned(link, owner) {
		return nil
	}
	// The kernel may be about to do the same.
	if err := ip("link", "delete", link); err != nil && owned(link, owner) {
		return err
	}
	return nil
}

func owned(link, owner string) bool {
	alias, err := os.ReadFile("/sys/class/net/" + link + "/ifalias")
	return err == nil && strings.TrimSpace(string(alias)) == owner
}

func taken() ([]netip.Prefix, error) {
	taken, err := addresses()
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile("/proc/net/route")
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(content)) {
		fields := strings.Fields(line)
		if len(fields) < 8 {
			continue
		}
		destination, okay := littleEndian(fields[1])
		mask, okayToo := littleEndian(fields[7])
		if okay && okayToo {
			var address [4]byte
			binary.BigEndian.PutUint32(address[:], destination)
			taken = append(taken, netip.PrefixFrom(netip.AddrFrom4(address), bits.OnesCount32(mask)))
		}
	}
	return taken, nil
}

func littleEndian(field string) (uint32, bool) {
	raw, err := hex.DecodeString(field)
	if err != nil || len(raw) != 4 {
		return 0, false
	}
	return binary.LittleEndian.Uint32(raw), true
}

func ip(arguments ...string) error {
	said, err := exec.Command("ip", arguments...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("ip %s: %w: %s", strings.Join(arguments, " "), err, strings.TrimSpace(string(said)))
	}
	return nil
}
