// SPDX-License-Identifier: Apache-2.0
package main

import (
	"flag"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"dev.defender/testbed/internal/state"
)

// stateFlag reads --state from the arguments; those of another program that follow are not looked at.
func stateFlag(flags *flag.FlagSet, arguments []string) (state.Dir, []string, error) {
	path := flags.String("state", defaultState(), "")
	if err := flags.Parse(arguments); err != nil {
		return "", nil, err
	}
	dir, err := state.Of(*path)
	return dir, flags.Args(), err
}

// before splits off a leading --state DIR, so that the rest can be another program's own flags.
func before(arguments []string) (own, rest []string) {
	switch {
	case len(arguments) > 1 && (arguments[0] == "--state" || arguments[0] == "-state"):
		return arguments[:2], arguments[2:]
	case len(arguments) > 0 && strings.HasPrefix(arguments[0], "--state="):
		return arguments[:1], arguments[1:]
	default:
		return nil, arguments
	}
}

func defaultState() string {
	if path := os.Getenv("DEFENDER_TESTBED_STATE"); path != "" {
		return path
	}
	return filepath.Join(os.TempDir(), state.Prefix+userName()+"-default")
}

func userName() string {
	if name := os.Getenv("SUDO_USER"); name != "" && os.Geteuid() == 0 {
		return name
	}
	if found, err := user.Current(); err == nil {
		return found.Username
	}
	return "nobody"
}

// sources is the folder of the testbed's modules; the wrapper script names it.
func sources() string { return os.Getenv("DEFENDER_TESTBED_SOURCES") }
