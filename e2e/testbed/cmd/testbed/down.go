// SPDX-License-Identifier: Apache-2.0
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"dev.defender/testbed/internal/keeper"
	"dev.defender/testbed/internal/state"
)

const stopLimit = 30 * time.Second

func runDown(flags *flag.FlagSet, arguments []string) error {
	stale := flags.Bool("stale", false, "")
	dir, _, err := stateFlag(flags, arguments)
	if err != nil {
		return err
	}
	if *stale {
		return downStale()
	}
	return down(dir)
}

func down(dir state.Dir) error {
	if _, err := os.Stat(dir.Path("lock")); errors.Is(err, os.ErrNotExist) {
		say("nothing runs in " + dir.Path())
		return nil
	}
	// The starter may still hold the lock for the moment between its steps; the record tells whom to ask.
	if record, err := dir.Read(); err == nil && dir.Held() {
		for _, pid := range []int{record.KeeperPID, record.NodePID} {
			if !ours(pid, dir) {
				continue
			}
			_ = syscall.Kill(pid, syscall.SIGTERM)
			if !released(dir, stopLimit) {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
		if !released(dir, stopLimit) {
			return fmt.Errorf("the testbed in %s does not end; its processes are %d and %d", dir, record.KeeperPID, record.NodePID)
		}
	}
	return keeper.Clean(dir)
}

func released(dir state.Dir, limit time.Duration) bool {
	for deadline := time.Now().Add(limit); dir.Held(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			return false
		}
	}
	return true
}

// ours tells whether the process is a testbed's of this folder, and not another that was given its number since.
func ours(pid int, dir state.Dir) bool {
	if pid <= 1 {
		return false
	}
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return err == nil && strings.HasSuffix(strings.TrimRight(string(line), "\x00"), "--state\x00"+dir.Path())
}

// downStale removes what testbeds have left that were killed together with their keepers.
func downStale() error {
	found, err := filepath.Glob(filepath.Join(os.TempDir(), state.Prefix+"*"))
	if err != nil {
		return err
	}
	var all error
	for _, path := range found {
		info, err := os.Lstat(path)
		if err != nil || !info.IsDir() || info.Sys().(*syscall.Stat_t).Uid != uint32(os.Geteuid()) {
			continue
		}
		if dir := state.Dir(path); !lives(dir) {
			say("removing " + path)
			all = errors.Join(all, keeper.Clean(dir))
		}
	}
	return all
}

// lives tells whether a testbed runs in the folder. One that was killed a moment ago may still hold the lock.
func lives(dir state.Dir) bool {
	record, err := dir.Read()
	if err != nil || record.KeeperPID == 0 || ours(record.KeeperPID, dir) || ours(record.NodePID, dir) {
		return dir.Held()
	}
	return !released(dir, 5*time.Second)
}

// leftovers removes what an earlier testbed in this folder has left; the caller holds the lock.
func leftovers(dir state.Dir) error {
	if _, err := dir.Read(); err != nil {
		return nil
	}
	if err := keeper.CleanGroups(dir); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir.Path())
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if name := entry.Name(); name != "lock" && name != "log" {
			if err := os.RemoveAll(dir.Path(name)); err != nil {
				return err
			}
		}
	}
	return nil
}
