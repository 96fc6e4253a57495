// SPDX-License-Identifier: Apache-2.0
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"dev.defender/testbed/internal/build"
	"dev.defender/testbed/internal/image"
	"dev.defender/testbed/internal/network"
	"dev.defender/testbed/internal/state"
)

// running reads the record of a testbed that runs.
func running(flags *flag.FlagSet, arguments []string) (state.Dir, state.Record, []string, error) {
	own, rest := before(arguments)
	dir, _, err := stateFlag(flags, own)
	if err != nil {
		return "", state.Record{}, nil, err
	}
	record, err := dir.Read()
	if err == nil && !dir.Held() {
		err = fmt.Errorf("the testbed in %s has ended; remove what it left with `testbed down --state %s`", dir, dir)
	}
	return dir, record, rest, err
}

func runKubectl(flags *flag.FlagSet, arguments []string) error {
	dir, record, rest, err := running(flags, arguments)
	if err != nil {
		return err
	}
	return become(build.Binaries(record.Binaries).Path("kube"), append([]string{"kubectl"}, rest...), dir)
}

func runHelm(flags *flag.FlagSet, arguments []string) error {
	dir, record, rest, err := running(flags, arguments)
	if err != nil {
		return err
	}
	return become(build.Binaries(record.Binaries).Path("helm"), rest, dir)
}

func become(program string, arguments []string, dir state.Dir) error {
	// What they would keep in the user's home goes with the testbed.
	for name, value := range map[string]string{
		"KUBECONFIG":       dir.Kubeconfig(),
		"KUBECACHEDIR":     dir.Path("clients", "kubectl"),
		"HELM_CACHE_HOME":  dir.Path("clients", "helm", "cache"),
		"HELM_CONFIG_HOME": dir.Path("clients", "helm", "config"),
		"HELM_DATA_HOME":   dir.Path("clients", "helm", "data"),
	} {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return syscall.Exec(program, append([]string{filepath.Base(program)}, arguments...), os.Environ())
}

// enter is a command line that runs what follows it on the node.
func enter(record state.Record) ([]string, error) {
	if record.Options.APIServerOnly {
		return nil, errors.New("this testbed was started with --apiserver-only: it has no node")
	}
	line := []string{"nsenter", "--target", strconv.Itoa(record.NodePID), "--mount", "--net", "--uts"}
	if record.Options.PIDNamespace {
		line = append(line, "--pid", "--cgroup")
	}
	return append(line, "--"), nil
}

func runNodeExec(flags *flag.FlagSet, arguments []string) error {
	_, record, rest, err := running(flags, arguments)
	if err != nil {
		return err
	}
	if len(rest) > 0 && rest[0] == "--" {
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return errors.New("node-exec wants a command")
	}
	line, err := enter(record)
	if err != nil {
		return err
	}
	command := exec.Command(line[0], append(line[1:], rest...)...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	var ended *exec.ExitError
	if err := command.Run(); errors.As(err, &ended) {
		return exitStatus(ended.ExitCode())
	} else if err != nil {
		return err
	}
	return nil
}

func runProbeImage(flags *flag.FlagSet, arguments []string) error {
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("probe-image wants the name of the archive that it shall write")
	}
	binaries, err := build.Ensure(sources(), say)
	if err != nil {
		return err
	}
	return image.Write(flags.Arg(0), image.Probe, binaries.Path("probe"))
}

func runStatus(flags *flag.FlagSet, arguments []string) error {
	dir, record, _, err := running(flags, arguments)
	if err != nil {
		return err
	}
	kind := "node"
	switch {
	case record.Options.APIServerOnly:
		kind = "API server only"
	case record.Options.PIDNamespace:
		kind = "node in a pid namespace"
	}
	fmt.Printf("state: %s\nkind: %s\nkubeconfig: %s\nbinaries: %s\nkeeper: %d\n", dir, kind, dir.Kubeconfig(), record.Binaries,
		record.KeeperPID)
	if record.Block != 0 {
		plan := network.Plan{Block: record.Block}
		fmt.Printf("process: %d\ncgroup: %s\nlink: %s\naddresses: %s\nmachine: %s\n",
			record.NodePID, record.Group, plan.Link(), plan.All(), plan.Machine())
	}
	return nil
}

func runLogs(flags *flag.FlagSet, arguments []string) error {
	own, rest := before(arguments)
	dir, _, err := stateFlag(flags, own)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		found, err := filepath.Glob(dir.Log("*"))
		fmt.Println(strings.Join(found, "\n"))
		return err
	}
	content, err := os.ReadFile(dir.Log(filepath.Base(rest[0])))
	fmt.Print(string(content))
	return err
}
