// SPDX-License-Identifier: Apache-2.0

// Command probe is the program of an image for tests of a cluster: one static file, no shell.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

const usage = `probe serve ADDRESS TEXT | fetch URL | lookup NAME | read FILE | write FILE TEXT | status | sleep`

var client = http.Client{Timeout: 5 * time.Second}

func main() {
	if err := run(append(os.Args[1:], "", "", "")); err != nil {
		fmt.Fprintln(os.Stderr, "probe:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	switch arguments[0] {
	case "serve":
		return serve(arguments[1], arguments[2])
	case "fetch":
		return fetch(arguments[1])
	case "lookup":
		found, err := net.LookupHost(arguments[1])
		fmt.Println(strings.Join(found, " "))
		return err
	case "read":
		return read(arguments[1])
	case "status":
		return read("/proc/self/status")
	case "write":
		return os.WriteFile(arguments[1], []byte(arguments[2]), 0o644)
	case "sleep":
		fmt.Println("asleep")
		await()
		return nil
	default:
		return fmt.Errorf("usage: %s", usage)
	}
}

func serve(address, text string) error {
	go func() { await(); os.Exit(0) }()
	fmt.Println("serving on", address)
	return http.ListenAndServe(address, http.HandlerFunc(func(writer http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(writer, text)
	}))
}

func fetch(url string) error {
	response, err := client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(os.Stdout, response.Body)
	return err
}

func read(file string) error {
	content, err := os.ReadFile(file)
	fmt.Print(string(content))
	return err
}

func await() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	<-signals
}
