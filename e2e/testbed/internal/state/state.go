// SPDX-License-Identifier: Apache-2.0

// Package state is the folder of one testbed: who holds it, what was started, where each thing lies.
package state

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

// Prefix begins the name of every folder that a testbed chooses for itself, below the folder for temporary files.
const Prefix = "defender-testbed-"

// Dir is the folder. Whatever a testbed writes lies below it, or in namespaces that end with their processes.
type Dir string

// Of makes the path absolute and refuses places that the node hides behind its own mounts.
func Of(path string) (Dir, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	for _, hidden := range []string{"/run", "/var/run", "/var/lib", "/var/log", "/etc", "/sys", "/proc", "/dev"} {
		if path == hidden || strings.HasPrefix(path, hidden+"/") {
			return "", fmt.Errorf("the state folder %s lies below %s, where the node has mounts of its own; choose another, "+
				"for instance --state %s", path, hidden, filepath.Join(os.TempDir(), Prefix+"mine"))
		}
	}
	return Dir(path), nil
}

// Path is a file or folder of the testbed.
func (d Dir) Path(parts ...string) string {
	return filepath.Join(append([]string{string(d)}, parts...)...)
}

// Kubeconfig is the administrator's.
func (d Dir) Kubeconfig() string { return d.Path("kubeconfig") }

// Log is where the process of that name writes.
func (d Dir) Log(name string) string { return d.Path("log", name+".log") }

// Lock takes the folder, made when absent. It is held while any process has the file open; the kernel gives it back when
// the last of them ends, however it ends.
func (d Dir) Lock() (*os.File, error) {
	if err := os.MkdirAll(d.Path("log"), 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(d.Path("lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, ErrHeld{d}
		}
		return nil, err
	}
	return file, nil
}

// Held tells whether a testbed lives in the folder.
func (d Dir) Held() bool {
	file, err := os.Open(d.Path("lock"))
	if err != nil {
		return false
	}
	defer file.Close()
	if syscall.Flock(int(file.Fd()), syscall.LOCK_SH|syscall.LOCK_NB) != nil {
		return true
	}
	return false
}

// ErrHeld says that another testbed has the folder.
type ErrHeld struct{ Dir Dir }

func (e ErrHeld) Error() string {
	return fmt.Sprintf("a testbed runs in %s already: stop it with `testbed down --state %s`, or choose another folder with --state",
		e.Dir, e.Dir)
}

// Options are what a person asks for.
type Options struct {
	APIServerOnly bool     `json:"apiserverOnly"`
	PIDNamespace  bool     `json:"pidNamespace"`
	Foreground    bool     `json:"foreground"`
	Audit         bool     `json:"audit"`
	AuditPolicy   string   `json:"auditPolicy,omitempty"`
	APIServerArgs []string `json:"apiserverArgs,omitempty"`
	Controllers   string   `json:"controllers"`
}

// Record is what is known of a testbed; it outlives its processes, so that what they left can be found.
type Record struct {
	Options  Options `json:"options"`
	Binaries string  `json:"binaries"`
	// Group is the name of its control group in every hierarchy; empty where it needs none.
	Group string `json:"group,omitempty"`
	// Block is K where the testbed's addresses are 10.K.0.0/16; 0 where it needs none.
	Block     int `json:"block,omitempty"`
	KeeperPID int `json:"keeperPid,omitempty"`
	NodePID   int `json:"nodePid,omitempty"`
}

// Write stores the record.
func (d Dir) Write(record Record) error {
	content, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return err
	}
	beside := d.Path("testbed.json.new")
	if err := os.WriteFile(beside, content, 0o600); err != nil {
		return err
	}
	return os.Rename(beside, d.Path("testbed.json"))
}

// NoteServer stores the API server's URL.
func (d Dir) NoteServer(url string) error {
	return os.WriteFile(d.Path("server"), []byte(url), 0o644)
}

// Server is the API server's URL.
func (d Dir) Server() (string, error) {
	content, err := os.ReadFile(d.Path("server"))
	return string(content), err
}

// NoteAPIServer stores the process number of the API server that was started last.
func (d Dir) NoteAPIServer(pid int) error {
	return os.WriteFile(d.Path("apiserver.pid"), []byte(strconv.Itoa(pid)), 0o644)
}

// APIServer is what was noted last; empty before the first.
func (d Dir) APIServer() string {
	content, _ := os.ReadFile(d.Path("apiserver.pid"))
	return string(content)
}

// Read is the record last written.
func (d Dir) Read() (Record, error) {
	var record Record
	content, err := os.ReadFile(d.Path("testbed.json"))
	if errors.Is(err, os.ErrNotExist) {
		return record, fmt.Errorf("no testbed in %s: start one with `testbed up --state %s`", d, d)
	} else if err != nil {
		return record, err
	}
	if err := json.Unmarshal(content, &record); err != nil {
		return record, fmt.Errorf("%s: %w", d.Path("testbed.json"), err)
	}
	return record, nil
}
