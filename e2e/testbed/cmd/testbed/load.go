// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"dev.defender/testbed/internal/build"
	"dev.defender/testbed/internal/node"
)

func runLoad(flags *flag.FlagSet, arguments []string) error {
	_, record, archives, err := running(flags, arguments)
	if err != nil {
		return err
	}
	line, err := enter(record)
	if err != nil {
		return err
	}
	images := imageStore(append(line, build.Binaries(record.Binaries).Path("ctr"), "--address="+node.Socket,
		"--namespace=k8s.io", "images"))
	for _, archive := range archives {
		if err := images.load(archive); err != nil {
			return err
		}
	}
	return images.nameByDigest()
}

// imageStore is a command line that asks the node's containerd of its images.
type imageStore []string

// load goes through standard input: the node has another view of some folders. It prints the names of what it has loaded.
func (s imageStore) load(archive string) error {
	file, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer file.Close()
	var out, complaints bytes.Buffer
	command := s.command("import", "-")
	command.Stdin, command.Stdout, command.Stderr = file, &out, &complaints
	if err := command.Run(); err != nil {
		return fmt.Errorf("containerd does not take %s: %s", archive, lastLine(complaints.String()))
	}
	for line := range strings.Lines(out.String()) {
		if fields := strings.Fields(line); len(fields) == 2 && fields[1] == "saved" {
			fmt.Println(fields[0])
		}
	}
	return nil
}

// lastLine passes over the warnings that come before what went wrong.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// nameByDigest gives every image the name by which a pod asks that pins it, NAME@sha256:…; a pull would have done so.
func (s imageStore) nameByDigest() error {
	listed, err := s.command("list").Output()
	if err != nil {
		return fmt.Errorf("containerd does not list its images: %w", err)
	}
	for line := range strings.Lines(string(listed)) {
		fields := strings.Fields(line)
		if len(fields) < 3 || !strings.HasPrefix(fields[2], "sha256:") || strings.HasPrefix(fields[0], "sha256:") {
			continue
		}
		name, tagged := untagged(fields[0])
		if !tagged {
			continue
		}
		if said, err := s.command("tag", "--force", fields[0], name+"@"+fields[2]).CombinedOutput(); err != nil {
			return fmt.Errorf("%s cannot be named by its digest: %s", fields[0], lastLine(string(said)))
		}
	}
	return nil
}

func (s imageStore) command(arguments ...string) *exec.Cmd {
	return exec.Command(s[0], append(append([]string{}, s[1:]...), arguments...)...)
}

// untagged splits "registry:5000/name:tag"; false for a reference without a tag.
func untagged(reference string) (string, bool) {
	colon := strings.LastIndex(reference, ":")
	if colon < 0 || strings.Contains(reference, "@") || strings.Contains(reference[colon:], "/") {
		return reference, false
	}
	return reference[:colon], true
}
