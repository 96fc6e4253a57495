// SPDX-License-Identifier: Apache-2.0
package keeper

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"dev.defender/testbed/internal/build"
	"dev.defender/testbed/internal/cgroup"
	"dev.defender/testbed/internal/controlplane"
	"dev.defender/testbed/internal/node"
	"dev.defender/testbed/internal/process"
	"dev.defender/testbed/internal/state"
)

// Enter waits until the keeper has connected this process, sees to its view of the control groups and becomes the node by
// an exec: only so do all threads of it share that view.
func Enter(dir state.Dir, control *os.File) error {
	line := make([]byte, 3)
	if _, err := control.Read(line); err != nil {
		return errors.New("the keeper ended before the node began")
	}
	record, err := dir.Read()
	if err != nil {
		return err
	}
	runtime.LockOSThread()
	if record.Options.PIDNamespace {
		if err := syscall.Unshare(syscall.CLONE_NEWCGROUP); err != nil {
			return fmt.Errorf("no cgroup namespace: %w", err)
		}
	}
	if !record.Options.APIServerOnly {
		if err := cgroup.Settle(record.Group); err != nil {
			return err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	// The files that the keeper passed stay open.
	for fd := 3; fd <= 5; fd++ {
		if _, _, errno := syscall.RawSyscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_SETFD, 0); errno != 0 {
			return errno
		}
	}
	return syscall.Exec(self, []string{self, "entered", "--state", dir.Path()}, os.Environ())
}

// Node is the testbed itself. It runs until control is closed or a part of it fails.
func Node(dir state.Dir, status Status, control *os.File) error {
	stopped, stop := context.WithCancelCause(context.Background())
	go func() {
		_, _ = bufio.NewReader(control).ReadByte()
		stop(errStopped)
	}()
	keeper := os.Getppid()
	err := runNode(stopped, stop, dir, status)
	if os.Getppid() != keeper {
		return standIn(dir)
	}
	if errors.Is(context.Cause(stopped), errStopped) {
		return nil
	}
	if err != nil {
		status.Failed(err)
	}
	return err
}

// standIn removes everything in the place of a keeper that was killed. (In a pid namespace this process sees no keeper; the
// end of the namespace's first process ends all others, and `down` removes the rest.)
func standIn(dir state.Dir) error {
	// In a testbed without a node the mounts are the machine's.
	if record, err := dir.Read(); err == nil && !record.Options.APIServerOnly {
		node.Detach()
	}
	return errors.Join(cgroup.Leave(), Clean(dir))
}

var errStopped = errors.New("told to stop")

func runNode(stopped context.Context, stop context.CancelCauseFunc, dir state.Dir, status Status) error {
	record, err := dir.Read()
	if err != nil {
		return err
	}
	if !record.Options.APIServerOnly {
		if err := node.Prepare(dir, record.Options.PIDNamespace); err != nil {
			return err
		}
	}
	children, err := process.New(dir.Path("log"))
	if err != nil {
		return err
	}
	defer children.Stop(500 * time.Millisecond)
	go func() { stop(<-children.Failures()) }()
	go restarts(dir, children, stop)
	starting, cancel := context.WithTimeout(stopped, node.StartLimit)
	defer cancel()
	begun := time.Now()
	say := func(text string) { status.Say(fmt.Sprintf("%s after %.1f s", text, time.Since(begun).Seconds())) }
	if record.Options.APIServerOnly {
		err = startPlane(starting, stopped, dir, children, record, say)
	} else {
		err = node.Start(starting, dir, children, record, say)
	}
	if err != nil {
		// That a part has ended says more than what it was waited for.
		if cause := context.Cause(stopped); cause != nil {
			return cause
		}
		return err
	}
	status.Ready()
	<-stopped.Done()
	return context.Cause(stopped)
}

// restarts kills the API server and starts it again whenever it is asked to, by SIGUSR1.
func restarts(dir state.Dir, children *process.Children, stop context.CancelCauseFunc) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR1)
	for range signals {
		if err := controlplane.Restart(dir, children); err != nil {
			stop(err)
		}
	}
}

// startPlane starts a control plane without a node, on ports of the loopback address.
func startPlane(ctx, stopped context.Context, dir state.Dir, children *process.Children, record state.Record, say func(string)) error {
	place, claims, err := controlplane.Loopback()
	if err != nil {
		return err
	}
	for _, claim := range claims {
		context.AfterFunc(stopped, func() { claim.Close() })
	}
	plane, err := controlplane.Start(dir, build.Binaries(record.Binaries), children, place, record.Options)
	if err != nil {
		return err
	}
	if err := plane.AwaitReady(ctx); err != nil {
		return err
	}
	say("API server ready")
	if record.Options.Controllers == "none" {
		return nil
	}
	if err := plane.Controllers(record.Options.Controllers); err != nil {
		return err
	}
	return plane.AwaitServiceAccount(ctx)
}
