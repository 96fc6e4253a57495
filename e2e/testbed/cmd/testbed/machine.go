// SPDX-License-Identifier: Apache-2.0
package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"dev.defender/testbed/internal/cgroup"
	"dev.defender/testbed/internal/state"
)

// What a node runs of this machine, and the Debian package of each.
var needed = []struct{ program, packageName string }{
	{"nft", "nftables"}, {"conntrack", "conntrack"}, {"ip", "iproute2"}, {"nsenter", "util-linux"}, {"mount", "mount"},
}

// prerequisites says everything that is missing at once.
func prerequisites(options state.Options) error {
	if options.APIServerOnly {
		return nil
	}
	var missing, packages []string
	if os.Geteuid() != 0 {
		missing = append(missing, "root (a node makes namespaces, mounts and control groups): run it with sudo; --apiserver-only needs none")
	}
	// Where a user's PATH does not look.
	if err := os.Setenv("PATH", os.Getenv("PATH")+":/usr/sbin:/sbin"); err != nil {
		return err
	}
	for _, need := range needed {
		if _, err := exec.LookPath(need.program); err != nil {
			missing = append(missing, need.program)
			packages = append(packages, need.packageName)
		}
	}
	if _, err := cgroup.Hierarchies(); err != nil {
		missing = append(missing, err.Error())
	}
	if len(missing) == 0 {
		return nil
	}
	text := "this machine lacks what a node needs:\n  " + strings.Join(missing, "\n  ")
	if len(packages) > 0 {
		text += "\non Debian: apt-get install -y " + strings.Join(packages, " ")
	}
	return errors.New(text)
}

// group is a name that no other testbed has.
func group(state.Dir) string {
	var random [4]byte
	_, _ = rand.Read(random[:])
	return state.Prefix + hex.EncodeToString(random[:])
}

// giveKubeconfig lets the user who called sudo read it.
func giveKubeconfig(dir state.Dir) error {
	var uid, gid int
	if os.Geteuid() != 0 || os.Getenv("SUDO_UID") == "" {
		return nil
	}
	if _, err := fmt.Sscan(os.Getenv("SUDO_UID")+" "+os.Getenv("SUDO_GID"), &uid, &gid); err != nil {
		return fmt.Errorf("SUDO_UID and SUDO_GID: %w", err)
	}
	return os.Chown(dir.Kubeconfig(), uid, gid)
}
