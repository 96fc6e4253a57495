// SPDX-License-Identifier: Apache-2.0
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"

	"dev.defender/testbed/internal/build"
	"dev.defender/testbed/internal/keeper"
	"dev.defender/testbed/internal/state"
)

func runBuild(flags *flag.FlagSet, arguments []string) error {
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	binaries, err := build.Ensure(sources(), say)
	if err == nil {
		fmt.Println(binaries)
	}
	return err
}

type list []string

func (l *list) String() string            { return strings.Join(*l, " ") }
func (l *list) Set(argument string) error { *l = append(*l, argument); return nil }

func runUp(flags *flag.FlagSet, arguments []string) error {
	var options state.Options
	flags.BoolVar(&options.Foreground, "foreground", false, "")
	flags.BoolVar(&options.APIServerOnly, "apiserver-only", false, "")
	flags.BoolVar(&options.PIDNamespace, "pidns", false, "")
	flags.BoolVar(&options.Audit, "audit", false, "")
	flags.StringVar(&options.AuditPolicy, "audit-policy", "", "")
	flags.StringVar(&options.Controllers, "controllers", "*", "")
	flags.Var((*list)(&options.APIServerArgs), "apiserver-arg", "")
	dir, rest, err := stateFlag(flags, arguments)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return fmt.Errorf("up takes no argument %q", rest[0])
	}
	if options.PIDNamespace && options.APIServerOnly {
		return errors.New("--apiserver-only has no node: --pidns does not go with it")
	}
	if err := prerequisites(options); err != nil {
		return err
	}
	binaries, err := build.Ensure(sources(), say)
	if err != nil {
		return err
	}
	if options.Foreground && !given(flags, "state") {
		// Its own, so that any number can run.
		path, err := os.MkdirTemp("", state.Prefix+userName()+"-")
		if err != nil {
			return err
		}
		dir = state.Dir(path)
	}
	return up(dir, state.Record{Options: options, Binaries: string(binaries)})
}

func given(flags *flag.FlagSet, name string) bool {
	found := false
	flags.Visit(func(flag *flag.Flag) { found = found || flag.Name == name })
	return found || os.Getenv("DEFENDER_TESTBED_STATE") != ""
}

func up(dir state.Dir, record state.Record) error {
	if err := plain(dir, record.Options); err != nil {
		return err
	}
	lock, err := dir.Lock()
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := leftovers(dir); err != nil {
		return err
	}
	if !record.Options.APIServerOnly {
		record.Group = group()
	}
	if err := dir.Write(record); err != nil {
		return err
	}
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	keep, status, stop, err := startKeeper(dir, lock)
	if err != nil {
		return errors.Join(err, keeper.Clean(dir))
	}
	ended := make(chan error, 1)
	go func() { ended <- keep.Wait() }()
	started := make(chan error, 1)
	go func() { started <- status.Await(say) }()
	select {
	case err = <-started:
	case <-signals:
		err = errors.New("stopped before it was ready")
	}
	if err != nil {
		err = fmt.Errorf("no testbed: %w", err)
		_ = keep.Process.Signal(syscall.SIGTERM)
		<-ended
		return errors.Join(err, keeper.Clean(dir))
	}
	if err := giveKubeconfig(dir); err != nil {
		say(err.Error())
	}
	fmt.Printf("kubeconfig: %s\nready\n", dir.Kubeconfig())
	if !record.Options.Foreground {
		return nil
	}
	return foreground(dir, signals, ended, status, stop)
}

// foreground waits for a reason to stop. Should the keeper have been killed, this process cleans up in its place.
func foreground(dir state.Dir, signals <-chan os.Signal, ended <-chan error, status keeper.Listener, stop *os.File) error {
	input := make(chan struct{})
	if !isNull(os.Stdin) {
		go func() { _, _ = io.Copy(io.Discard, os.Stdin); close(input) }()
	}
	var err error
	select {
	case <-signals:
	case <-input:
	case <-ended:
		err = fmt.Errorf("the testbed ended unasked: %w", status.Await(say))
		return errors.Join(err, keeper.Clean(dir))
	}
	stop.Close()
	if err = <-ended; err != nil {
		err = fmt.Errorf("the testbed did not stop as it should: %w", err)
	}
	return errors.Join(err, keeper.Clean(dir))
}

// isNull tells whether the file is /dev/null, whose end says nothing.
func isNull(file *os.File) bool {
	info, err := file.Stat()
	if err != nil {
		return true // closed
	}
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(info, null)
}

// startKeeper starts the process that outlives this one, and returns the pipe on which it tells of the start and the one
// whose end stops it when it runs for the foreground.
func startKeeper(dir state.Dir, lock *os.File) (*exec.Cmd, keeper.Listener, *os.File, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, keeper.Listener{}, nil, err
	}
	log, err := os.OpenFile(dir.Log("keeper"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, keeper.Listener{}, nil, err
	}
	defer log.Close()
	status, statusWriter, err := os.Pipe()
	if err != nil {
		return nil, keeper.Listener{}, nil, err
	}
	defer statusWriter.Close()
	stopReader, stop, err := os.Pipe()
	if err != nil {
		return nil, keeper.Listener{}, nil, err
	}
	defer stopReader.Close()
	command := exec.Command(self, "keep", "--state", dir.Path())
	command.Stdout, command.Stderr = log, log
	command.ExtraFiles = []*os.File{statusWriter, lock, stopReader}
	// Its own session: what the terminal sends goes to this process only.
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	command.Dir = "/"
	return command, keeper.ListenTo(status), stop, command.Start()
}
