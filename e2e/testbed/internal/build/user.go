// SPDX-License-Identifier: Apache-2.0
package build

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	osuser "os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// user is whose cache is used and who builds: with sudo the one who called it, so that nothing of root's is left there.
type user struct {
	home     string
	uid, gid int
	other    bool // than this process
}

func caller() (user, error) {
	if name := os.Getenv("SUDO_USER"); os.Geteuid() == 0 && name != "" && name != "root" {
		found, err := osuser.Lookup(name)
		if err != nil {
			return user{}, fmt.Errorf("SUDO_USER: %w", err)
		}
		uid, err := strconv.Atoi(found.Uid)
		if err != nil {
			return user{}, err
		}
		gid, err := strconv.Atoi(found.Gid)
		return user{home: found.HomeDir, uid: uid, gid: gid, other: true}, err
	}
	self := user{home: os.Getenv("HOME"), uid: os.Geteuid(), gid: os.Getegid()}
	// After `su`, HOME may be another's.
	if !self.owns(self.home) {
		found, err := osuser.LookupId(strconv.Itoa(self.uid))
		if err != nil {
			return user{}, errors.New("HOME is not set to a folder of this user's: it is where the testbed's binaries are kept")
		}
		self.home = found.HomeDir
	}
	return self, nil
}

func (u user) cache() string {
	if base := os.Getenv("XDG_CACHE_HOME"); base != "" && u.owns(base) {
		return filepath.Join(base, "defender", "testbed")
	}
	return filepath.Join(u.home, ".cache", "defender", "testbed")
}

func (u user) owns(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == u.uid
}

// mkdir makes the folder and its parents, each of them the user's.
func (u user) mkdir(path string) error {
	if err := os.Mkdir(path, 0o755); err == nil {
		return u.give(path)
	} else if errors.Is(err, os.ErrExist) {
		return nil
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := u.mkdir(filepath.Dir(path)); err != nil {
		return err
	}
	return u.mkdir(path)
}

func (u user) give(path string) error {
	if !u.other {
		return nil
	}
	return os.Lchown(path, u.uid, u.gid)
}

// command runs as the user.
func (u user) command(program string, arguments ...string) *exec.Cmd {
	command := exec.Command(program, arguments...)
	command.Env = os.Environ()
	// A build that nobody waits for any more ends.
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if u.other {
		command.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(u.uid), Gid: uint32(u.gid)}
		command.Env = append(command.Env, "HOME="+u.home, "GOCACHE=", "GOPATH=", "GOMODCACHE=")
	}
	return command
}
