// SPDX-License-Identifier: Apache-2.0

// Command runc-lean stands where containerd expects runc. A container that asks for a capability which this machine has
// taken from everyone (its bounding set lacks it) would not start at all; runc-lean takes such capabilities out of what
// runc is told to apply, then becomes the runc beside it. Where nothing is lacking, nothing is changed.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "runc-lean:", err)
		os.Exit(1)
	}
}

func run() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	lacking, err := lackingCapabilities()
	if err != nil {
		return err
	}
	if len(lacking) > 0 {
		if err := lean(os.Args[1:], lacking); err != nil {
			return err
		}
	}
	runc := filepath.Join(filepath.Dir(self), "runc")
	return fmt.Errorf("cannot run %s: %w", runc, syscall.Exec(runc, append([]string{runc}, os.Args[1:]...), os.Environ()))
}

// lean edits the file that these arguments of runc name: a bundle (create, run) or a process (exec).
func lean(arguments []string, lacking map[string]bool) error {
	if bundle := option(arguments, "--bundle", "-b"); bundle != "" {
		return edit(filepath.Join(bundle, "config.json"), lacking, func(spec map[string]any) any { return spec["process"] })
	}
	if process := option(arguments, "--process", "-p"); process != "" {
		return edit(process, lacking, func(spec map[string]any) any { return spec })
	}
	return nil
}

func option(arguments []string, names ...string) string {
	for i, argument := range arguments {
		for _, name := range names {
			if argument == name && i+1 < len(arguments) {
				return arguments[i+1]
			}
			if value, found := strings.CutPrefix(argument, name+"="); found {
				return value
			}
		}
	}
	return ""
}

func edit(file string, lacking map[string]bool, process func(map[string]any) any) error {
	content, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	var spec map[string]any
	decoder := json.NewDecoder(strings.NewReader(string(content)))
	decoder.UseNumber() // limits do not survive a detour through float64
	if err := decoder.Decode(&spec); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	what, _ := process(spec).(map[string]any)
	sets, _ := what["capabilities"].(map[string]any)
	changed := false
	for name, set := range sets {
		kept := without(set, lacking)
		asked, _ := set.([]any)
		changed = changed || len(kept) != len(asked)
		sets[name] = kept
	}
	if !changed {
		return nil
	}
	if content, err = json.Marshal(spec); err != nil {
		return err
	}
	return replace(file, content)
}

func without(set any, lacking map[string]bool) []any {
	kept := []any{}
	names, _ := set.([]any)
	for _, name := range names {
		if text, _ := name.(string); !lacking[text] {
			kept = append(kept, name)
		}
	}
	return kept
}

// replace writes beside and renames: who reads the bundle meanwhile (a sensor does) never sees half of it.
func replace(file string, content []byte) error {
	beside := file + ".lean"
	if err := os.WriteFile(beside, content, 0o600); err != nil {
		return err
	}
	return os.Rename(beside, file)
}

// lackingCapabilities is what the kernel knows and the bounding set of this process does not hold.
func lackingCapabilities() (map[string]bool, error) {
	bounding, err := boundingSet()
	if err != nil {
		return nil, err
	}
	lacking := map[string]bool{}
	for bit, name := range capabilityNames {
		if bounding&(1<<bit) == 0 {
			lacking["CAP_"+name] = true
		}
	}
	return lacking, nil
}

func boundingSet() (uint64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if value, found := strings.CutPrefix(line, "CapBnd:"); found {
			return strconv.ParseUint(strings.TrimSpace(value), 16, 64)
		}
	}
	return 0, errors.New("/proc/self/status has no line CapBnd")
}

// capabilityNames is in the order of linux/capability.h: the index is the bit.
var capabilityNames = [...]string{
	"CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
	"LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE",
	"SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME",
	"SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG",
	"WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE",
}
