// SPDX-License-Identifier: Apache-2.0

// Package keeper watches over one testbed: it starts it, waits for the reason to stop it, and removes what it left, however
// it ended.
package keeper

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// Status is told, line by line, to whoever started the testbed: progress, then ready or an error.
type Status struct{ out io.Writer }

const ready, failed, progress = "ready", "failed ", "progress "

// StatusTo speaks to the other end of a pipe. That it is gone is no reason to stop.
func StatusTo(file *os.File) Status { return Status{file} }

// Say tells of progress.
func (s Status) Say(text string) { s.line(progress, text) }

// Ready tells that the testbed can be used.
func (s Status) Ready() { s.line(ready, "") }

// Failed tells why there is no testbed.
func (s Status) Failed(err error) { s.line(failed, err.Error()) }

func (s Status) line(kind, text string) {
	_, _ = fmt.Fprintln(s.out, kind+strconv.Quote(text))
}

// Listener is the other end.
type Listener struct{ lines *bufio.Scanner }

// ListenTo hears what is written to the pipe.
func ListenTo(in io.Reader) Listener {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	return Listener{lines}
}

// Await listens until the testbed is ready, or says why it is not, or not any more.
func (l Listener) Await(say func(string)) error {
	for l.lines.Scan() {
		kind, quoted, _ := strings.Cut(l.lines.Text(), `"`)
		text, err := strconv.Unquote(`"` + quoted)
		if err != nil {
			return err
		}
		switch kind {
		case ready:
			return nil
		case failed:
			return errors.New(text)
		case progress:
			say(text)
		}
	}
	return errors.New("it was killed")
}
