// SPDX-License-Identifier: Apache-2.0
package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

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

const overlayMagic = 0x794c7630

// plain refuses a folder on which the node cannot lay its own file systems; it need not be there yet.
func plain(dir state.Dir, options state.Options) error {
	if options.APIServerOnly {
		return nil
	}
	var stat syscall.Statfs_t
	for path := dir.Path(); syscall.Statfs(path, &stat) != nil && path != "/"; {
		path = filepath.Dir(path)
	}
	if stat.Type == overlayMagic {
		return fmt.Errorf("%s lies on an overlay file system (inside a container?), on which no other can be laid: "+
			"choose a folder on a plain one or on a tmpfs with --state", dir)
	}
	return nil
}

// group is a name that no other testbed has.
func group() string {
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
