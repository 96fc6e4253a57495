// SPDX-License-Identifier: Apache-2.0
package main

import (
	"flag"
	"os"
	"syscall"

	"dev.defender/testbed/internal/keeper"
)

// passed are the files that each of these processes is started with; what it starts itself does not get them.
func passed() (status, lock, control *os.File) {
	for fd := 3; fd <= 5; fd++ {
		syscall.CloseOnExec(fd)
	}
	return os.NewFile(3, "status"), os.NewFile(4, "lock"), os.NewFile(5, "control")
}

// runKeep is the process that outlives up.
func runKeep(flags *flag.FlagSet, arguments []string) error {
	dir, _, err := stateFlag(flags, arguments)
	if err != nil {
		return err
	}
	status, lock, stop := passed()
	if record, err := dir.Read(); err == nil && !record.Options.Foreground {
		stop = nil
	}
	return keeper.Keep(dir, keeper.StatusTo(status), status, lock, stop)
}

// runNode is the first process in the node's namespaces.
func runNode(flags *flag.FlagSet, arguments []string) error {
	dir, _, err := stateFlag(flags, arguments)
	if err != nil {
		return err
	}
	_, _, control := passed()
	return keeper.Enter(dir, control)
}

// runEntered is what it becomes.
func runEntered(flags *flag.FlagSet, arguments []string) error {
	dir, _, err := stateFlag(flags, arguments)
	if err != nil {
		return err
	}
	status, _, control := passed()
	return keeper.Node(dir, keeper.StatusTo(status), control)
}
