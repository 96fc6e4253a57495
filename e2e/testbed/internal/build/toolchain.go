// SPDX-License-Identifier: Apache-2.0
package build

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// toolchain is the `go` that runs the build: that of DEFENDER_GO, which the wrapper script has chosen, else of PATH.
func toolchain(sources string) (string, error) {
	if _, err := exec.LookPath("gcc"); err != nil {
		return "", errors.New("gcc is missing (runc needs it); on Debian: apt-get install -y gcc libc6-dev libseccomp-dev")
	}
	if !hasSeccompHeader() {
		return "", errors.New("seccomp.h is missing (runc needs it); on Debian: apt-get install -y libseccomp-dev")
	}
	program := os.Getenv("DEFENDER_GO")
	if program == "" {
		program = "go"
	}
	found, err := exec.LookPath(program)
	if err != nil {
		return "", fmt.Errorf("no Go compiler: start the testbed through %s, which looks for one", filepath.Join(sources, "testbed"))
	}
	return found, nil
}

func hasSeccompHeader() bool {
	for _, pattern := range []string{"/usr/include/seccomp.h", "/usr/include/*/seccomp.h", "/usr/local/include/seccomp.h"} {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return true
		}
	}
	return false
}

func (s step) run(golang, sources, output string, user user) error {
	// Behind whatever else the machine is doing: a build in the background shall not delay what is waited for.
	runtime.LockOSThread() // the parent-death signal comes with the end of the thread
	defer runtime.UnlockOSThread()
	command := user.command("nice", append([]string{"-n", "10", golang}, s.arguments(output)...)...)
	command.Env = append(command.Env, s.environment()...)
	command.Dir = filepath.Join(sources, s.module)
	said, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("building %s failed (%w):\n%s%s", s.name, err, tail(string(said)), hint(string(said)))
	}
	return nil
}

func tail(said string) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	if len(lines) > 15 {
		lines = lines[len(lines)-15:]
	}
	return "  " + strings.Join(lines, "\n  ")
}

var network = regexp.MustCompile(`dial tcp|no such host|proxyconnect|x509:|TLS handshake|connection refused`)

func hint(said string) string {
	switch {
	case strings.Contains(said, "no space left"):
		return "\nThe disk is full: building takes about 4 GB in Go's caches and 0.4 GB for the result."
	case network.MatchString(said):
		return "\nGo could not fetch modules: set GOPROXY to a mirror that this machine reaches, or HTTPS_PROXY to a proxy; " +
			"SSL_CERT_FILE names extra certificates."
	default:
		return ""
	}
}
