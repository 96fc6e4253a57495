// SPDX-License-Identifier: Apache-2.0

// Package cgroup holds the control group of one testbed, in every hierarchy that the machine has mounted: the pods are
// below it, so everything that the testbed started can be found, ended and removed by one name.
package cgroup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Hierarchy is one mounted tree of groups.
type Hierarchy struct {
	Mount string
	// Controllers as in the mount's options ("cpu", "name=systemd"); empty for version 2.
	Controllers string
	Unified     bool
}

// Hierarchies are those that this process sees.
func Hierarchies() ([]Hierarchy, error) {
	content, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil, err
	}
	var found []Hierarchy
	for line := range strings.Lines(string(content)) {
		before, after, _ := strings.Cut(strings.TrimSpace(line), " - ")
		left, right := strings.Fields(before), strings.Fields(after)
		if len(left) < 5 || len(right) < 3 {
			continue
		}
		switch right[0] {
		case "cgroup2":
			found = append(found, Hierarchy{Mount: left[4], Unified: true})
		case "cgroup":
			found = append(found, Hierarchy{Mount: left[4], Controllers: controllers(right[2])})
		}
	}
	if len(found) == 0 {
		return nil, errors.New("no cgroup hierarchy is mounted; a machine started by systemd has one at /sys/fs/cgroup")
	}
	return found, nil
}

func controllers(options string) string {
	var kept []string
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "rw", "ro", "xattr", "clone_children", "noprefix", "release_agent":
		default:
			kept = append(kept, option)
		}
	}
	return strings.Join(kept, ",")
}

// Create makes the group in every hierarchy.
func Create(name string) error {
	hierarchies, err := Hierarchies()
	if err != nil {
		return err
	}
	for _, hierarchy := range hierarchies {
		path := filepath.Join(hierarchy.Mount, name)
		if err := os.Mkdir(path, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
			return fmt.Errorf("cannot make a control group: %w", err)
		}
		// A group of the cpuset hierarchy takes no process before it has processors and memory.
		for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
			if content, err := os.ReadFile(filepath.Join(hierarchy.Mount, file)); err == nil && !hierarchy.Unified {
				if err := os.WriteFile(filepath.Join(path, file), content, 0o644); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Join moves a process into the group: in every hierarchy, or only where pods do not count against it (the version 2 tree,
// or pids where there is none), which is enough to find it again.
func Join(name string, pid int, everywhere bool) error {
	hierarchies, err := Hierarchies()
	if err != nil {
		return err
	}
	for _, hierarchy := range hierarchies {
		if everywhere || hierarchy.Unified || hierarchy.Controllers == "pids" {
			file := filepath.Join(hierarchy.Mount, name, "cgroup.procs")
			if err := os.WriteFile(file, []byte(strconv.Itoa(pid)), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// Settle moves this process one group down in the version 2 tree: where that tree has the controllers, a group with
// processes of its own can have no children that are limited, and the pods are to be its children.
func Settle(name string) error {
	hierarchies, err := Hierarchies()
	if err != nil {
		return err
	}
	for _, hierarchy := range hierarchies {
		if !hierarchy.Unified {
			continue
		}
		below := filepath.Join(name, "daemons")
		if err := os.Mkdir(filepath.Join(hierarchy.Mount, below), 0o755); err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
		file := filepath.Join(hierarchy.Mount, below, "cgroup.procs")
		if err := os.WriteFile(file, []byte(strconv.Itoa(os.Getpid())), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Leave moves this process to the top of each hierarchy in which it is in a testbed's group.
func Leave() error { return Join("", os.Getpid(), false) }

// Remove ends every process in the group but this one, and removes the group. It is no error when it is not there.
func Remove(name string) error {
	hierarchies, err := Hierarchies()
	if err != nil || name == "" {
		return err
	}
	deadline := time.Now().Add(20 * time.Second)
	for {
		left := 0
		for _, hierarchy := range hierarchies {
			left += removeTree(filepath.Join(hierarchy.Mount, name))
		}
		if left == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("control groups of %s do not go away: a process in them does not end even by SIGKILL", name)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// removeTree returns how many groups are left.
func removeTree(root string) int {
	var groups []string
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			groups = append(groups, path)
		}
		return nil
	})
	left := 0
	for i := len(groups) - 1; i >= 0; i-- {
		killAll(groups[i])
		if err := os.Remove(groups[i]); err != nil && !errors.Is(err, os.ErrNotExist) {
			left++
		}
	}
	return left
}

func killAll(group string) {
	content, err := os.ReadFile(filepath.Join(group, "cgroup.procs"))
	if err != nil {
		return
	}
	for field := range strings.FieldsSeq(string(content)) {
		// 0 is a process that this namespace does not see; kill(0) would be this one's own group.
		if pid, err := strconv.Atoi(field); err == nil && pid > 1 && pid != os.Getpid() {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	// A frozen group does not die.
	_ = os.WriteFile(filepath.Join(group, "freezer.state"), []byte("THAWED"), 0o644)
}
