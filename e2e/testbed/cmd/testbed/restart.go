// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"
	"errors"
	"flag"
	"syscall"
	"time"

	"dev.defender/testbed/internal/api"
)

const restartLimit = time.Minute

// runRestart kills the API server of a testbed, has it started again and returns when it serves.
func runRestart(flags *flag.FlagSet, arguments []string) error {
	dir, record, _, err := running(flags, arguments)
	if err != nil {
		return err
	}
	server, err := dir.Server()
	if err != nil {
		return err
	}
	client, err := api.New(server, dir.Path("pki", "ca.crt"), dir.Path("pki", "admin.crt"), dir.Path("pki", "admin.key"))
	if err != nil {
		return err
	}
	before := dir.APIServer()
	if err := syscall.Kill(record.NodePID, syscall.SIGUSR1); err != nil {
		return err
	}
	limit, cancel := context.WithTimeout(context.Background(), restartLimit)
	defer cancel()
	return api.Await(limit, "API server ready again", func(ctx context.Context) error {
		if dir.APIServer() == before {
			return errors.New("the old one has not ended")
		}
		return client.Get(ctx, "/readyz", nil)
	})
}
