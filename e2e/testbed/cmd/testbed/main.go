// SPDX-License-Identifier: Apache-2.0

// Command testbed is a single-node Kubernetes for machines without Docker. See docs/testbed.md.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

const usage = `usage: testbed COMMAND [--state DIR] …

  build                     build the programs into the cache, if they are not there; prints the folder
  up                        start; returns when pods can be created
     --foreground             stay until SIGTERM or the end of standard input, then remove everything
     --apiserver-only         etcd, API server and controllers on loopback ports; needs no root
     --pidns                  the node in a pid namespace of its own, as one of kind or k3d is
     --audit                  audit log in log/audit.log of the state folder (--audit-policy FILE: your own policy)
     --controllers LIST       as of kube-controller-manager; "none" for none
     --apiserver-arg ARG      passed to kube-apiserver; any number of times
  down [--stale]            stop and remove; --stale: also what killed testbeds of this user have left
  load ARCHIVE…             import images (docker save or OCI layout, .tar)
  kubectl … | helm …        of the testbed's version, with its kubeconfig
  node-exec [--] COMMAND …  run a command of this machine among the node's mounts, network and processes
  restart-apiserver         kill the API server and start it again; returns when it serves
  probe-image ARCHIVE       write the image testbed.local/probe:1, a small program for tests of any cluster
  status                    what runs, where
  logs [NAME]               list of logs, or one

The state folder is $DEFENDER_TESTBED_STATE or /tmp/defender-testbed-USER-default unless given.
up prints "kubeconfig: PATH" and then "ready" on standard output; progress and errors go to standard error.
`

var commands = map[string]func(*flag.FlagSet, []string) error{
	"build":             runBuild,
	"up":                runUp,
	"down":              runDown,
	"load":              runLoad,
	"kubectl":           runKubectl,
	"helm":              runHelm,
	"node-exec":         runNodeExec,
	"restart-apiserver": runRestart,
	"probe-image":       runProbeImage,
	"status":            runStatus,
	"logs":              runLogs,
	// What up starts.
	"keep":    runKeep,
	"node":    runNode,
	"entered": runEntered,
}

func main() {
	if len(os.Args) < 2 {
		fail(2, usage)
	}
	run, known := commands[os.Args[1]]
	if !known {
		fail(2, usage)
	}
	flags := flag.NewFlagSet("testbed "+os.Args[1], flag.ContinueOnError)
	flags.Usage = func() { fmt.Fprint(os.Stderr, usage) }
	err := run(flags, os.Args[2:])
	var status exitStatus
	switch {
	case err == nil:
	case errors.Is(err, flag.ErrHelp):
	case errors.As(err, &status):
		os.Exit(int(status))
	default:
		fail(1, "testbed: "+err.Error()+"\n")
	}
}

// exitStatus is that of a command which has said itself what was wrong.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

func fail(status int, text string) {
	fmt.Fprint(os.Stderr, text)
	os.Exit(status)
}

func say(text string) { fmt.Fprintln(os.Stderr, "testbed:", text) }
