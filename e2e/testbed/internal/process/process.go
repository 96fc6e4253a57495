// SPDX-License-Identifier: Apache-2.0

// Package process starts the programs of a testbed so that none survives it: each gets the kernel's parent-death signal,
// and whatever they orphan comes to this process and is reaped.
package process

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

const prSetChildSubreaper = 36

// Children are the programs of one testbed. There is one of it in a process, because it reaps for the whole process.
type Children struct {
	logs     string
	requests chan func()
	failures chan error

	mutex   sync.Mutex
	running []*Child
	stopped bool
}

// Child is one program.
type Child struct {
	Name    string
	PID     int
	command []string
	log     string
	daemon  bool
	ended   chan struct{}
	status  syscall.WaitStatus
}

// New makes the folder for the logs and begins to reap.
func New(logs string) (*Children, error) {
	if err := os.MkdirAll(logs, 0o755); err != nil {
		return nil, err
	}
	children := &Children{logs: logs, requests: make(chan func()), failures: make(chan error, 1)}
	if err := AdoptOrphans(); err != nil {
		return nil, err
	}
	go children.serve()
	go children.reap()
	return children, nil
}

// AdoptOrphans makes this process the parent of whatever its descendants leave behind.
func AdoptOrphans() error {
	if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, prSetChildSubreaper, 1, 0); errno != 0 {
		return fmt.Errorf("cannot become the reaper of orphans: %w", errno)
	}
	return nil
}

// ReapOrphans waits until no child is left; all of them have been killed.
func ReapOrphans() {
	for {
		if _, err := syscall.Wait4(-1, nil, 0, nil); err != nil && err != syscall.EINTR {
			return
		}
	}
}

// serve starts every program from one thread that never ends: the kernel sends the parent-death signal when the thread
// that started a program ends, not the process.
func (c *Children) serve() {
	runtime.LockOSThread()
	for request := range c.requests {
		request()
	}
}

func (c *Children) reap() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGCHLD)
	for range signals {
		c.reapAll()
	}
}

func (c *Children) reapAll() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, syscall.WNOHANG, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil || pid <= 0 {
			return
		}
		for i, child := range c.running {
			if child.PID == pid {
				c.running = append(c.running[:i], c.running[i+1:]...)
				c.end(child, status)
				break
			}
		}
	}
}

func (c *Children) end(child *Child, status syscall.WaitStatus) {
	child.status = status
	close(child.ended)
	if child.daemon && !c.stopped {
		select {
		case c.failures <- fmt.Errorf("%s ended: %w", child.Name, child.Err()):
		default:
		}
	}
}

// Failures tells of the first daemon that ended unasked.
func (c *Children) Failures() <-chan error { return c.failures }

// Start starts a daemon. Its output goes to NAME.log.
func (c *Children) Start(name string, command ...string) (*Child, error) {
	return c.start(name, true, nil, command)
}

// Run runs a program to its end, with an error that holds its last words when it fails.
func (c *Children) Run(name string, stdin *os.File, command ...string) error {
	child, err := c.start(name, false, stdin, command)
	if err != nil {
		return err
	}
	<-child.ended
	if child.status != 0 {
		return fmt.Errorf("%s failed: %w", strings.Join(command, " "), child.Err())
	}
	return nil
}

func (c *Children) start(name string, daemon bool, stdin *os.File, command []string) (*Child, error) {
	path := filepath.Join(c.logs, name+".log")
	log, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	child := &Child{Name: name, command: command, log: path, daemon: daemon, ended: make(chan struct{})}
	started := make(chan error)
	c.requests <- func() { started <- c.fork(child, log, stdin, command) }
	return child, <-started
}

func (c *Children) fork(child *Child, log, stdin *os.File, command []string) error {
	program := exec.Command(command[0], command[1:]...)
	program.Stdout, program.Stderr = log, log
	if stdin != nil {
		program.Stdin = stdin
	}
	program.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	// Held until the child is known, so that it cannot be reaped before.
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.stopped {
		return fmt.Errorf("%s is not started: the testbed stops", child.Name)
	}
	if err := program.Start(); err != nil {
		return err
	}
	child.PID = program.Process.Pid
	c.running = append(c.running, child)
	return program.Process.Release()
}

// Restart kills the daemon of that name as a fault would and starts it again, with the same command line.
func (c *Children) Restart(name string) (*Child, error) {
	child := c.disown(name)
	if child == nil {
		return nil, fmt.Errorf("no %s runs here", name)
	}
	_ = syscall.Kill(child.PID, syscall.SIGKILL)
	<-child.ended
	return c.Start(name, child.command...)
}

// disown finds a daemon whose end is no failure from now on.
func (c *Children) disown(name string) *Child {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, child := range c.running {
		if child.daemon && child.Name == name {
			child.daemon = false
			return child
		}
	}
	return nil
}

// Err says how the program ended, with the last lines of its log.
func (c *Child) Err() error {
	how := fmt.Sprintf("status %d", c.status.ExitStatus())
	if c.status.Signaled() {
		how = c.status.Signal().String()
	}
	return fmt.Errorf("%s; the last lines of its log:\n%s", how, Tail(c.log))
}

// Ended is closed when the program has ended.
func (c *Child) Ended() <-chan struct{} { return c.ended }

// Stop ends all, the last started first: with SIGTERM, and after the grace with SIGKILL.
func (c *Children) Stop(grace time.Duration) {
	c.mutex.Lock()
	c.stopped = true
	running := append([]*Child(nil), c.running...)
	c.mutex.Unlock()
	deadline := time.After(grace)
	for i := len(running) - 1; i >= 0; i-- {
		_ = syscall.Kill(running[i].PID, syscall.SIGTERM)
	}
	for _, child := range running {
		select {
		case <-child.ended:
		case <-deadline:
			for _, late := range running {
				select {
				case <-late.ended:
				default:
					_ = syscall.Kill(late.PID, syscall.SIGKILL)
				}
			}
			deadline = nil
			<-child.ended
		}
	}
}

// Tail is the last lines of a log that a person would look at first.
func Tail(path string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		return "  (" + err.Error() + ")"
	}
	lines := strings.Split(strings.TrimRight(string(content), "\n"), "\n")
	if len(lines) > 12 {
		lines = lines[len(lines)-12:]
	}
	return "  " + strings.Join(lines, "\n  ")
}
