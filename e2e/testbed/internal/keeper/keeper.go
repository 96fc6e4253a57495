// SPDX-License-Identifier: Apache-2.0
package keeper

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"dev.defender/testbed/internal/cgroup"
	"dev.defender/testbed/internal/network"
	"dev.defender/testbed/internal/process"
	"dev.defender/testbed/internal/state"
)

// grace is how long a node may take to end its daemons before all is killed.
const grace = 10 * time.Second

// Keep runs the testbed of the folder until it is told to stop: by SIGTERM, by the end of the pipe stop (nil: there is
// none), or by the testbed's own failure. Then it removes everything, the folder too.
func Keep(dir state.Dir, status Status, statusFile, lock, stop *os.File) error {
	reasons := make(chan error, 3)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	go func() { <-signals; reasons <- nil }()
	if stop != nil {
		go func() { _, _ = io.Copy(io.Discard, stop); reasons <- nil }()
	}
	record, err := dir.Read()
	if err == nil {
		err = process.AdoptOrphans()
	}
	if err == nil {
		record.KeeperPID = os.Getpid()
		err = dir.Write(record)
	}
	if err == nil {
		err = run(dir, record, statusFile, lock, reasons)
	}
	if err != nil {
		status.Failed(err)
	}
	err = errors.Join(err, CleanGroups(dir))
	process.ReapOrphans()
	return errors.Join(err, Clean(dir))
}

func run(dir state.Dir, record state.Record, statusFile, lock *os.File, reasons chan error) error {
	if record.Group != "" {
		if err := cgroup.Create(record.Group); err != nil {
			return err
		}
	}
	node, control, err := start(dir, record, statusFile, lock)
	if err != nil {
		return err
	}
	ended := make(chan struct{})
	go func() {
		err := node.Wait()
		close(ended)
		if err != nil {
			err = fmt.Errorf("the node's process ended: %w", err)
		}
		reasons <- err
	}()
	err = connect(dir, record, node.Process.Pid, control)
	if err == nil {
		err = <-reasons
	}
	control.Close()
	select {
	case <-ended:
	case <-time.After(grace):
		_ = node.Process.Kill()
		<-ended
	}
	return err
}

// start starts the process that is the node, in namespaces of its own; it waits for a line on control, and ends when
// control is closed, be it by the death of this process.
func start(dir state.Dir, record state.Record, statusFile, lock *os.File) (*exec.Cmd, *os.File, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	theirs, ours, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	defer theirs.Close()
	command := exec.Command(self, "node", "--state", dir.Path())
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.ExtraFiles = []*os.File{statusFile, lock, theirs}
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if !record.Options.APIServerOnly {
		command.SysProcAttr.Cloneflags = syscall.CLONE_NEWNS | syscall.CLONE_NEWNET | syscall.CLONE_NEWUTS
	}
	if record.Options.PIDNamespace {
		command.SysProcAttr.Cloneflags |= syscall.CLONE_NEWPID
	}
	if err := command.Start(); err != nil {
		ours.Close()
		return nil, nil, fmt.Errorf("cannot start the node's process: %w", err)
	}
	return command, ours, nil
}

// connect gives the node its control group and its link, then lets it go on.
func connect(dir state.Dir, record state.Record, pid int, control *os.File) error {
	record.NodePID = pid
	if !record.Options.APIServerOnly {
		if err := cgroup.Join(record.Group, pid, record.Options.PIDNamespace); err != nil {
			return err
		}
		plan, err := network.Attach(pid, record.Group)
		if err != nil {
			return err
		}
		record.Block = plan.Block
	}
	if err := dir.Write(record); err != nil {
		return err
	}
	_, err := control.WriteString("go\n")
	return err
}

// Clean removes what a testbed has left whose processes are gone or shall go, its folder too.
func Clean(dir state.Dir) error {
	return errors.Join(CleanGroups(dir), os.RemoveAll(dir.Path()))
}

// CleanGroups removes control groups with all processes in them, and the link. Mounts, addresses and rules went with the
// namespaces.
func CleanGroups(dir state.Dir) error {
	record, err := dir.Read()
	if err != nil {
		return nil // nothing was started
	}
	return errors.Join(cgroup.Remove(record.Group), network.Detach(record.Block, record.Group))
}
