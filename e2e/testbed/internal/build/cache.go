// SPDX-License-Identifier: Apache-2.0
package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"syscall"
	"time"
)

// kept is how long binaries stay that nothing has used.
const kept = 30 * 24 * time.Hour

// Binaries is a folder with every program of a testbed.
type Binaries string

// Path of a program.
func (b Binaries) Path(program string) string { return filepath.Join(string(b), program) }

// Ensure returns the folder for these sources, building what is not there; say is told of progress. Two at once: the second
// waits for the first.
func Ensure(sources string, say func(string)) (Binaries, error) {
	user, err := caller()
	if err != nil {
		return "", err
	}
	root := user.cache()
	key, err := key(sources)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(root, key)
	if complete(dir) {
		return Binaries(dir), nil
	}
	if err := user.mkdir(root); err != nil {
		return "", err
	}
	lock, err := user.lock(filepath.Join(root, "lock"), func() { say("another build is under way; waiting for it") })
	if err != nil {
		return "", err
	}
	defer lock.Close()
	if complete(dir) {
		return Binaries(dir), nil
	}
	tools, err := toolchain(sources)
	if err != nil {
		return "", err
	}
	prune(root)
	partial := dir + ".partial"
	if err := os.RemoveAll(partial); err != nil {
		return "", err
	}
	if err := user.mkdir(partial); err != nil {
		return "", err
	}
	for i, step := range steps {
		begun := time.Now()
		say(fmt.Sprintf("building %d/%d: %s", i+1, len(steps), step.name))
		if err := step.run(tools, sources, partial, user); err != nil {
			return "", err
		}
		say(fmt.Sprintf("built %s in %.0f s", step.name, time.Since(begun).Seconds()))
	}
	return Binaries(dir), os.Rename(partial, dir)
}

// complete also notes that the folder is in use.
func complete(dir string) bool {
	if _, err := os.Stat(filepath.Join(dir, "kube")); err != nil {
		return false
	}
	now := time.Now()
	_ = os.Chtimes(dir, now, now)
	return true
}

func prune(root string) {
	entries, _ := os.ReadDir(root)
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && entry.IsDir() && time.Since(info.ModTime()) > kept {
			_ = os.RemoveAll(filepath.Join(root, entry.Name()))
		}
	}
}

// key is the checksum of everything that decides what the binaries are, but for the compiler: any that is new enough will do.
func key(sources string) (string, error) {
	hash := sha256.New()
	fmt.Fprintf(hash, "%s %+v\n", runtime.GOARCH, steps)
	for _, pattern := range []string{
		"*/go.mod", "*/go.sum", "kube/main.go", "dns/main.go", "cmd/pause/main.go", "cmd/probe/main.go", "cmd/runc-lean/main.go",
	} {
		files, err := filepath.Glob(filepath.Join(sources, pattern))
		if err != nil {
			return "", err
		}
		if len(files) == 0 {
			return "", fmt.Errorf("%s is not the testbed's source folder: no %s in it", sources, pattern)
		}
		sort.Strings(files)
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				return "", err
			}
			name, _ := filepath.Rel(sources, file)
			fmt.Fprintf(hash, "%s %d\n", name, len(content))
			hash.Write(content)
		}
	}
	return hex.EncodeToString(hash.Sum(nil))[:16], nil
}

// lock waits until no one else has the file.
func (u user) lock(path string, waits func()) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := u.give(path); err != nil {
		return nil, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		waits()
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
	}
	return file, err
}

// environment of a step, on top of the caller's own.
func (s step) environment() []string {
	// Never another compiler than the one that was found, and never a change of what is pinned.
	return []string{"CGO_ENABLED=" + s.cgo, "GOTOOLCHAIN=local", "GOFLAGS=-mod=readonly", "GOWORK=off"}
}

func (s step) arguments(output string) []string {
	target := output + "/"
	if s.output != "" {
		target = filepath.Join(output, s.output)
	}
	arguments := []string{"build", "-trimpath", "-ldflags=" + s.ldflags, "-o", target}
	if s.tags != "" {
		arguments = append(arguments, "-tags", s.tags)
	}
	return append(arguments, strings.Fields(strings.Join(s.packages, " "))...)
}
