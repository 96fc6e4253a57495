// SPDX-License-Identifier: Apache-2.0

// Package node is one Kubernetes node in namespaces of its own: the paths that agents expect on a node (/run/containerd,
// /var/lib/kubelet, /etc/cni, /sys/fs/bpf, …) are where they always are, and none of what is written there reaches the
// machine's own.
package node

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"dev.defender/testbed/internal/cgroup"
	"dev.defender/testbed/internal/state"
)

// The node writes below these; what the machine has there stays readable.
var overlaid = []string{"/etc", "/var/lib", "/var/log"}

// These lie in the state folder itself rather than in an overlay: containerd lays overlays on its own, which cannot lie on
// another, and a volume wants a plain file system.
var plain = []string{"/var/lib/containerd", "/var/lib/kubelet", "/var/lib/defender", volumes}

// mounts makes the mount namespace that this process is in the node's.
func mounts(dir state.Dir, pidNamespace bool) error {
	// First cut the tie to the machine's mounts, then make every mount visible to pods that ask for propagation.
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("cannot make mounts private: %w", err)
	}
	if err := mount("run", "/run", "tmpfs", syscall.MS_NOSUID|syscall.MS_NODEV, "mode=755"); err != nil {
		return err
	}
	for _, path := range overlaid {
		if err := overlay(dir, path); err != nil {
			return err
		}
	}
	for _, path := range plain {
		if err := bind(dir.Path("node", path), path); err != nil {
			return err
		}
	}
	if err := kernelFileSystems(); err != nil {
		return err
	}
	if pidNamespace {
		if err := nested(); err != nil {
			return err
		}
	}
	if err := sysctls(); err != nil {
		return err
	}
	return syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_SHARED, "")
}

// Detach takes the node's folders out of its namespace, with what was mounted below them: a folder on which something is
// mounted cannot be removed from within.
func Detach() {
	for _, path := range plain {
		_ = syscall.Unmount(path, syscall.MNT_DETACH)
	}
}

func overlay(dir state.Dir, path string) error {
	upper, work := dir.Path("node", path+".upper"), dir.Path("node", path+".work")
	if err := mkdirs(upper, work); err != nil {
		return err
	}
	return mount("overlay", path, "overlay", 0, fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", path, upper, work))
}

func bind(source, target string) error {
	if err := mkdirs(source, target); err != nil {
		return err
	}
	return mount(source, target, "", syscall.MS_BIND, "")
}

// kernelFileSystems mounts those that the machine may not have mounted, and a bpffs of the node's own: each instance of it
// has its own pins.
func kernelFileSystems() error {
	if err := mount("bpffs", "/sys/fs/bpf", "bpf", 0, "mode=700"); err != nil {
		return err
	}
	if _, err := os.Stat("/sys/kernel/tracing/events"); err != nil {
		return mount("tracefs", "/sys/kernel/tracing", "tracefs", 0, "")
	}
	return nil
}

// nested shows the node its own processes and control groups only, as a node in a container sees them.
func nested() error {
	if err := mount("proc", "/proc", "proc", syscall.MS_NOSUID|syscall.MS_NODEV|syscall.MS_NOEXEC, ""); err != nil {
		return err
	}
	hierarchies, err := cgroup.Hierarchies()
	if err != nil {
		return err
	}
	const top = "/sys/fs/cgroup"
	if len(hierarchies) == 1 && hierarchies[0].Mount == top {
		return mount("cgroup2", top, "cgroup2", 0, "")
	}
	if err := mount("cgroup", top, "tmpfs", 0, "mode=755"); err != nil {
		return err
	}
	for _, hierarchy := range hierarchies {
		if filepath.Dir(hierarchy.Mount) != top {
			continue
		}
		if err := mkdirs(hierarchy.Mount); err != nil {
			return err
		}
		kind := "cgroup"
		if hierarchy.Unified {
			kind = "cgroup2"
		}
		if err := mount("cgroup", hierarchy.Mount, kind, 0, hierarchy.Controllers); err != nil {
			return err
		}
	}
	return nil
}

// What the kubelet would set on the whole machine. It finds these values set already, in files laid over the kernel's.
var wanted = map[string]string{
	"vm/overcommit_memory":     "1",
	"vm/panic_on_oom":          "0",
	"kernel/panic":             "10",
	"kernel/panic_on_oops":     "1",
	"kernel/keys/root_maxkeys": "1000000", "kernel/keys/root_maxbytes": "25000000",
}

func sysctls() error {
	for name, value := range wanted {
		file := filepath.Join("/run/testbed/sysctl", filepath.Base(name))
		if err := mkdirs(filepath.Dir(file)); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(value+"\n"), 0o644); err != nil {
			return err
		}
		if err := mount(file, filepath.Join("/proc/sys", name), "", syscall.MS_BIND, ""); err != nil {
			return err
		}
	}
	return nil
}

func mkdirs(paths ...string) error {
	for _, path := range paths {
		if err := os.MkdirAll(path, 0o755); err != nil {
			return err
		}
	}
	return nil
}

func mount(source, target, kind string, flags uintptr, data string) error {
	if err := syscall.Mount(source, target, kind, flags, data); err != nil {
		return fmt.Errorf("cannot mount %s on %s: %w", source, target, err)
	}
	return nil
}
